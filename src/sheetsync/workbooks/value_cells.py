"""Cells and shared strings written the usual way, as values: piece by piece, however long the part is.

Whatever looks otherwise is ``Unusual`` and belongs to the general reader behind the gate.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from sheetsync.grid import Value, column_letters, position
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
_WHOLE_ROW: Final = '<row r="([0-9]{{1,7}}+)"[^<>]*+>{}</row>'
_WHOLE_CELL: Final = (
    r'<c r="{}\1"(?: s="\d++")?+(?:/>| t="inlineStr"><is><t(?: xml:space="preserve")?+>([^<>]*+)</t></is></c>'
    r"|><v>([^<>]*+)</v></c>)"
)
"""A cell of a row written as the tool writes it: its letters are known, its row is the first group."""
_STRING: Final = "<si>"
_RUN: Final = re.compile(r"<t(?: [^<>]*)?>([^<>]*)</t>")
_PHONETIC: Final = "<rPh"
_ENTITY: Final = re.compile(r"&(#x?[0-9A-Fa-f]+|\w+);")
_ENTITIES: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_NOT_OURS: Final = ("<!DOCTYPE", "<!--", "<![CDATA[")

Rows = dict[int, dict[int, Value]]
"""Values by row and column."""
Lines = dict[int, tuple[Value, ...]]
"""The values of a table by row, from its first column to its last."""


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
    columns = _Columns()
    return (_rows(piece, string, columns) for piece in _of_a_sheet(pieces))


def lines_in(pieces: Iterable[str], string: Callable[[int], str], left: int, right: int) -> Iterator[Lines]:
    """The same of the columns from one to another, a row at a time where all of it is written as the
    tool writes it."""
    columns, between, whole = _Columns(), range(left, right + 1), WholeRows(left, right)
    for piece in _of_a_sheet(pieces):
        yield whole.lines(piece) or {
            number: tuple(map(row.get, between)) for number, row in _rows(piece, string, columns).items()
        }


def _of_a_sheet(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of a sheet. Raises ``Unusual`` after the last when they were none."""
    has_rows, last = False, ""
    for last in pieces:
        has_rows = has_rows or "<sheetData" in last
        yield last
    if not has_rows or not last.rstrip().endswith("</worksheet>"):
        raise Unusual


class WholeRows:
    """Rows with every cell of some columns and no other, as the tool writes a long table."""

    def __init__(self, left: int, right: int) -> None:
        cells = [_WHOLE_CELL.format(column_letters(column)) for column in range(left, right + 1)]
        self._row = re.compile(_WHOLE_ROW.format("".join(cells)))
        self._width = len(cells)

    def lines(self, text: str) -> Lines:
        """The rows of a piece; none when it holds any cell beside such rows, or a row twice."""
        found = self._row.findall(text)
        if len(found) * self._width != text.count("<c "):
            return {}
        numbers, *cells = zip(*found, strict=True) if found else ((),)
        columns = map(_column, cells[::2], cells[1::2])
        lines: Lines = dict(zip(map(int, numbers), zip(*columns, strict=True), strict=True))
        return lines if len(lines) == len(found) else {}


def _column(texts: Sequence[str], numbers: Sequence[str]) -> list[Value]:
    """The values of a column: of each cell the text, or else the number, that stands there."""
    told = [one if "&" not in one and "_" not in one else _text_of(one) for one in texts]
    if not any(numbers):
        return [one or None for one in told]
    pairs = zip(told, numbers, strict=True)
    return [_value("", number) if number else text or None for text, number in pairs]


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
