"""Tables of a workbook as values alone: only the parts that hold them are unpacked, nothing is built.

For who reads hundreds of district workbooks. Only sheets written the usual way are read so; whatever
looks otherwise is ``Unusual`` and belongs to the general reader behind the gate.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

from sheetsync.columns import TABLE_PREFIX
from sheetsync.grid import Area, Value, area, position
from sheetsync.workbooks.ooxml_text import unescape
from sheetsync.workbooks.port import ValueTable

_PART_LIMIT: Final = 48 << 20
_TOTAL_LIMIT: Final = 128 << 20
_MEMBERS: Final = 5_000
_WIDEST: Final = 16_384

_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="\d+")?(?: t="(\w+)")?(?:/>|>(?:<f[^<>]*(?:/>|>[^<>]*</f>))?'
    r"(?:(?:<v>|<is><t(?: [^<>]*)?>)([^<>]*)(?:</v>|</t></is>)|<v/>|(<is>(?:(?!</is>|<c ).)*</is>))?</c>)",
    re.DOTALL,
)
_STRING: Final = "<si>"
_STRING_ENDS: Final = "</si>"
_NAME: Final = re.compile(r"<definedName ([^<>]*)>([^<>]*)</definedName>")
_RUN: Final = re.compile(r"<t(?: [^<>]*)?>([^<>]*)</t>")
_PHONETIC: Final = "<rPh"
_ATTRIBUTE: Final = re.compile(r'([\w:]+)="([^"]*)"')
_TAG: Final = "<{}(?= )([^<>]*)>"
_OUTSIDE: Final = 'TargetMode="External"'
"""The end of a hyperlink's relation: a sheet may have thousands."""

_ENTITY: Final = re.compile(r"&(#x?[0-9A-Fa-f]+|\w+);")
_ENTITIES: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class Unusual(Exception):
    """The workbook is not written the usual way: the general reader decides what it is."""


class _Place(Struct, frozen=True):
    """Where a table lies."""

    sheet: str
    part: str
    header: Area
    body: Area
    headers: tuple[str, ...]


class ValueTables:
    """The tables and named cells of one workbook, read when asked for. Raises ``Unusual``."""

    def __init__(self, data: bytes) -> None:
        self._archive = _archive(data)
        self._members = {one.filename.lower(): one for one in self._archive.infolist()}
        self._left = _TOTAL_LIMIT
        self._workbook = self._workbook_part()
        text = self._text(self._workbook)
        targets = self._relations(self._workbook)
        self._sheets = {
            _plain(one.get("name", "")): targets[one.get("r:id", "")][1]
            for one in _tags(text, "sheet")
            if one.get("r:id") in targets
        }
        if not self._sheets:
            raise Unusual
        self.since_1904 = any(one.get("date1904") in ("1", "true") for one in _tags(text, "workbookPr"))
        names = ((dict(_ATTRIBUTE.findall(about)), target) for about, target in _NAME.findall(text))
        self._names = {one.get("name", ""): target for one, target in names if "localSheetId" not in one}
        self._rows: dict[str, dict[int, dict[int, Value]]] = {}
        self._strings: list[str] | None = None
        self._tables = dict(self._places())

    def table(self, name: str) -> ValueTable | None:
        """A table by its name; ``None`` when there is none of that name."""
        place = self._tables.get(name)
        if place is None:
            return None
        rows, body = self._body_of(place.part), place.body
        columns = range(body.left, body.right + 1)
        values = [
            tuple(map(row.get, columns)) if (row := rows.get(number)) else (None,) * len(columns)
            for number in range(body.top, min(body.bottom, max(rows, default=0)) + 1)
        ]
        while values and not any(value not in (None, "") for value in values[-1]):
            values.pop()
        return ValueTable(place.headers, tuple(values), place.sheet, body.top, self.since_1904)

    def rows_of(self, name: str) -> int:
        """How many rows a table is said to have; the sheet is not read."""
        place = self._tables.get(name)
        return place.body.bottom - place.body.top + 1 if place else 0

    def named(self, name: str) -> Value:
        """The value of the cell a defined name leads to; ``None`` when there is none."""
        sheet, _, cell = _plain(self._names.get(name, "")).rpartition("!")
        part = self._sheets.get(sheet.strip("'").replace("''", "'"))
        if part is None:
            return None
        try:
            row, column = position(cell)
        except ValueError:
            return None
        return self._body_of(part).get(row, {}).get(column)

    # --- parts

    def _part(self, name: str) -> bytes:
        member = self._members.get(name.lower())
        if member is None:
            raise Unusual
        try:
            with self._archive.open(member) as stream:
                data = stream.read(min(_PART_LIMIT, self._left) + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
        ) as error:
            raise Unusual from error
        self._left -= len(data)
        if len(data) > _PART_LIMIT or self._left < 0:
            raise Unusual
        return data

    def _text(self, name: str) -> str:
        try:
            text = self._part(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Unusual from error
        if "<!DOCTYPE" in text or "<!--" in text or "<![CDATA[" in text:
            raise Unusual
        return text

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part inside the package: kind and target by id."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels.lower() not in self._members:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for one in _tags(self._text(rels), "Relationship", but=_OUTSIDE):
            if one.get("TargetMode") != "External":
                target = unquote(_plain(one.get("Target", "")))
                path = target if target.startswith("/") else posixpath.join("/", folder, target)
                kind = one.get("Type", "").rpartition("/")[2]
                found[one.get("Id", "")] = kind, posixpath.normpath(path).lstrip("/")
        return found

    def _workbook_part(self) -> str:
        main = (target for kind, target in self._relations("").values() if kind == "officeDocument")
        found = next(main, None)
        if found is None:
            raise Unusual
        return found

    def _places(self) -> Iterator[tuple[str, _Place]]:
        for sheet, part in self._sheets.items():
            for kind, target in self._relations(part).values():
                if kind == "table":
                    yield from _placed(self._text(target), sheet, part)

    # --- cells

    def _body_of(self, part: str) -> dict[int, dict[int, Value]]:
        if part not in self._rows:
            self._rows[part] = _rows(self._text(part), self._string)
        return self._rows[part]

    def _string(self, number: int) -> str:
        if self._strings is None:
            parts = (
                target for kind, target in self._relations(self._workbook).values() if kind == "sharedStrings"
            )
            found = next(parts, None)
            self._strings = _shared(self._text(found)) if found else []
        if not 0 <= number < len(self._strings):
            raise Unusual
        return self._strings[number]


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unusual from error
    if len(archive.infolist()) > _MEMBERS:
        raise Unusual
    return archive


def _tags(text: str, name: str, but: str = "") -> Iterator[dict[str, str]]:
    """Attributes of every element of a name that has any; ``but`` of those that end with some words."""
    for found in re.findall(_TAG.format(name), text):
        if not but or not found.rstrip("/ ").endswith(but):
            yield dict(_ATTRIBUTE.findall(found))


def _placed(text: str, sheet: str, part: str) -> Iterator[tuple[str, _Place]]:
    """A table part as our readers know it; a table of the office is left alone."""
    about = next(_tags(text, "table"), None)
    if about is None:
        raise Unusual
    name = about.get("displayName") or about.get("name") or ""
    if not name.startswith(TABLE_PREFIX):
        return
    headers = tuple(unescape(_plain(one.get("name", ""))) for one in _tags(text, "tableColumn"))
    try:
        whole = area(about.get("ref", ""))
    except ValueError as error:
        raise Unusual from error
    if about.get("headerRowCount", "1") == "0" or whole.right - whole.left + 1 != len(headers):
        raise Unusual
    bottom = whole.bottom - int(about.get("totalsRowCount", "0"))
    header = Area(whole.top, whole.left, whole.top, whole.right)
    yield name, _Place(sheet, part, header, Area(whole.top + 1, whole.left, bottom, whole.right), headers)


def _rows(text: str, string: Callable[[int], str]) -> dict[int, dict[int, Value]]:
    """Values by row and column. Every cell must be written the usual way, or none is believed."""
    rows: dict[int, dict[int, Value]] = {}
    cells = _CELL.findall(text)
    is_whole = "<sheetData" in text and text.rstrip().endswith("</worksheet>")
    if len(cells) != text.count("<c ") or not is_whole:
        raise Unusual
    columns, at, row = _Columns(), "", {}
    for letters, number, kind, value, rich in cells:
        if kind == "inlineStr":
            found: Value = _runs(rich) if rich else _text_of(value)
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


def _shared(text: str) -> list[str]:
    head, *items = text.split(_STRING)
    if "<si" in head:
        raise Unusual
    found = []
    for item in items:
        body, end, beside = item.partition(_STRING_ENDS)
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
    return unescape(_plain(written)) if "&" in written or "_" in written else written


def _plain(text: str) -> str:
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
