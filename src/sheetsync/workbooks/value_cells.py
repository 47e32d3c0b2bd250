"""Cells and shared strings written the usual way, as values: piece by piece, however long the part is.

Whatever looks otherwise is ``Unusual`` and belongs to the general reader behind the gate.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from sheetsync.grid import Value, position
from sheetsync.workbooks.ooxml_text import unescape

ROW_ENDS: Final = "</row>"
STRING_ENDS: Final = "</si>"

_WIDEST: Final = 16_384
_LONGEST: Final = 24 << 20
"""Letters that may stand between two ends of a row."""
_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3}+)(\d{1,7}+)"(?: s="\d++")?+(?: t="(\w++)")?+'
    r"(?:/>|>(?:<f[^<>]*+(?:/>|>[^<>]*+</f>))?+(?:(?:<v>|<is><t(?: [^<>]*+)?+>)([^<>]*+)(?:</v>|</t></is>)"
    r"|<v/>|(<is>(?:(?!</is>|<c ).)*</is>))?</c>)",
    re.DOTALL,
)
_STRING: Final = "<si>"
_RUN: Final = re.compile(r"<t(?: [^<>]*)?>([^<>]*)</t>")
_PHONETIC: Final = "<rPh"
_ENTITY: Final = re.compile(r"&(#x?[0-9A-Fa-f]+|\w+);")
_ENTITIES: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_NOT_OURS: Final = ("<!DOCTYPE", "<!--", "<![CDATA[")

Rows = dict[int, dict[int, Value]]
"""Values by row and column."""


class Unusual(Exception):
    """The workbook is not written the usual way: the general reader decides what it is."""


def cut(chunks: Iterable[bytes], end: str) -> Iterator[str]:
    """A part as text, each piece but the last up to where something ends. Raises ``Unusual``."""
    decoder, held = codecs.getincrementaldecoder("utf-8-sig")(), ""
    try:
        for chunk in chunks:
            held += decoder.decode(chunk)
            at = held.rfind(end)
            if at >= 0:
                at += len(end)
                yield checked(held[:at])
                held = held[at:]
            elif len(held) > _LONGEST:
                raise Unusual
        held += decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Unusual from error
    yield checked(held)


def checked(text: str) -> str:
    """The same markup. Raises ``Unusual`` when what it says cannot be told by its tags alone."""
    if any(one in text for one in _NOT_OURS):
        raise Unusual
    return text


def values_in(pieces: Iterable[str], string: Callable[[int], str]) -> Iterator[Rows]:
    """The values of a sheet cut at its rows; ``string`` tells the shared ones. Every cell must be
    written the usual way, or the piece is ``Unusual``; a sheet that does not end is so at its end."""
    columns, has_rows, last = _Columns(), False, ""
    for last in pieces:
        has_rows = has_rows or "<sheetData" in last
        yield _rows(last, string, columns)
    if not has_rows or not last.rstrip().endswith("</worksheet>"):
        raise Unusual


def _rows(text: str, string: Callable[[int], str], columns: _Columns) -> Rows:
    rows: Rows = {}
    cells = _CELL.findall(text)
    if len(cells) != text.count("<c "):
        raise Unusual
    at, row = "", {}
    for letters, number, kind, value, rich in cells:
        if kind == "inlineStr" and value:
            found: Value = value if "&" not in value and "_" not in value else _text_of(value)
        elif kind == "inlineStr":
            found = _runs(rich)
        elif rich:
            raise Unusual
        elif value == "":
            continue  # a formatted cell that holds nothing
        elif kind == "s":
            found = string(_whole(value))
        else:
            found = _value(kind, value)
        if found != "":
            if number != at:
                at, row = number, rows.setdefault(int(number), {})
            row[columns[letters]] = found
    return rows


def _value(kind: str, text: str) -> Value:
    match kind:
        case "" | "n":
            try:
                number = float(text)
            except ValueError as error:
                raise Unusual from error
            return int(number) if number.is_integer() and abs(number) < 1e15 else number
        case "b":
            return text.strip() in ("1", "true")
        case "str" | "e":
            return _text_of(text)
    raise Unusual


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise Unusual
    return int(text)


def strings_in(pieces: Iterable[str]) -> list[str]:
    """The shared strings of a part cut at their ends."""
    found = []
    for piece in pieces:
        head, *items = piece.split(_STRING)
        if "<si" in head:
            raise Unusual
        for item in items:
            body, end, beside = item.partition(STRING_ENDS)
            if not end or "<si" in beside:
                raise Unusual
            found.append(_runs(body))
    return found


def _runs(text: str) -> str:
    """The text of a string with or without its own looks; reading aids are no part of it."""
    if _PHONETIC in text:
        raise Unusual
    found: Sequence[str] = _RUN.findall(text)
    return _text_of("".join(found))


def _text_of(written: str) -> str:
    """The text of a cell without its entities and escapes; most have none."""
    return unescape(plain(written)) if "&" in written or "_" in written else written


def plain(text: str) -> str:
    """Text of an element or an attribute without its entities."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    name = found[1]
    try:
        if name.startswith("#"):
            return chr(int(f"0{name[1:]}", 0) if name[1] in "xX" else int(name[1:]))
        return _ENTITIES[name]
    except (KeyError, ValueError, OverflowError) as error:
        raise Unusual from error


class _Columns(dict[str, int]):
    """The numbers of columns by their letters."""

    def __missing__(self, letters: str) -> int:
        _, column = position(f"{letters}1")
        if column > _WIDEST:
            raise Unusual
        self[letters] = column
        return column
