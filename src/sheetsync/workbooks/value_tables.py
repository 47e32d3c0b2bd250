"""Tables of a workbook as values alone: only the parts that hold them are unpacked, nothing is built.

For who reads hundreds of district workbooks. Only sheets written the usual way are read so; whatever
looks otherwise is ``Unusual`` and belongs to the general reader behind the gate. A table that may be as
long as a sheet is read in pieces and need never be in memory whole.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

from sheetsync.columns import TABLE_PREFIX
from sheetsync.grid import Area, Value, area, position
from sheetsync.workbooks.ooxml_text import unescape
from sheetsync.workbooks.port import ValueTable
from sheetsync.workbooks.value_cells import (
    ROW_ENDS,
    STRING_ENDS,
    Rows,
    Unusual,
    checked,
    cut,
    lines_in,
    plain,
    strings_in,
    values_in,
)

_PART_LIMIT: Final = 48 << 20
_TOTAL_LIMIT: Final = 128 << 20
"""Bytes of parts that are kept in memory: one, and all of them."""
_STRINGS_LIMIT: Final = 256 << 20
_ROWS_LIMIT: Final = 3 << 29
"""Bytes of a sheet read in pieces: as many rows as a sheet may have."""
_PIECE: Final = 1 << 20
_MOST_TIMES: Final = 200
"""A part larger than what is kept may unpack into so many times its packed size."""
_MEMBERS: Final = 5_000

_NAME: Final = re.compile(r"<definedName ([^<>]*)>([^<>]*)</definedName>")
_ATTRIBUTE: Final = re.compile(r'([\w:]+)="([^"]*)"')
_TAG: Final = "<{}(?= )([^<>]*)>"
_OUTSIDE: Final = 'TargetMode="External"'
"""The end of a hyperlink's relation: a sheet may have thousands."""


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
            plain(one.get("name", "")): targets[one.get("r:id", "")][1]
            for one in _tags(text, "sheet")
            if one.get("r:id") in targets
        }
        if not self._sheets:
            raise Unusual
        self.since_1904 = any(one.get("date1904") in ("1", "true") for one in _tags(text, "workbookPr"))
        names = ((dict(_ATTRIBUTE.findall(about)), target) for about, target in _NAME.findall(text))
        self._names = {one.get("name", ""): target for one, target in names if "localSheetId" not in one}
        self._rows: dict[str, Rows] = {}
        self._strings: list[str] | None = None
        self._tables = dict(self._places())

    def table(self, name: str) -> ValueTable | None:
        """A table by its name; ``None`` when there is none of that name."""
        place = self._tables.get(name)
        if place is None:
            return None
        rows, body = self._body_of(place.part), place.body
        values = _cut_out(rows, place, body.top, min(body.bottom, max(rows, default=0)))
        while values and not any(value not in (None, "") for value in values[-1]):
            values.pop()
        return ValueTable(place.headers, tuple(values), place.sheet, body.top, self.since_1904)

    def pieces(self, name: str) -> Iterator[ValueTable]:
        """The rows of a long table from top to bottom, some thousands at a time; rows between two pieces
        hold nothing. Raises ``Unusual`` at any piece."""
        place = self._tables.get(name)
        if place is None:
            return
        body, before = place.body, place.body.top - 1
        nothing = (None,) * len(place.headers)
        pieces = cut(self._chunks(place.part, _ROWS_LIMIT), ROW_ENDS)
        for lines in lines_in(pieces, self._string, body.left, body.right):
            inside = [number for number in lines if body.top <= number <= body.bottom]
            if not inside:
                continue  # above the table, or below it
            first, last = min(inside), max(inside)
            if first <= before:
                raise Unusual
            before = last
            values = tuple(lines.get(number, nothing) for number in range(first, last + 1))
            yield ValueTable(place.headers, values, place.sheet, first, self.since_1904)

    def rows_of(self, name: str) -> int:
        """How many rows a table is said to have; the sheet is not read."""
        place = self._tables.get(name)
        return place.body.bottom - place.body.top + 1 if place else 0

    def named(self, name: str) -> Value:
        """The value of the cell a defined name leads to; ``None`` when there is none."""
        sheet, _, cell = plain(self._names.get(name, "")).rpartition("!")
        part = self._sheets.get(sheet.strip("'").replace("''", "'"))
        if part is None:
            return None
        try:
            row, column = position(cell)
        except ValueError:
            return None
        return self._body_of(part).get(row, {}).get(column)

    # --- parts

    def _chunks(self, name: str, limit: int) -> Iterator[bytes]:
        """A part as it is unpacked, no more of it than the limit. Raises ``Unusual``."""
        member = self._members.get(name.lower())
        if member is None or member.file_size > max(_PART_LIMIT, _MOST_TIMES * member.compress_size):
            raise Unusual
        try:
            with self._archive.open(member) as stream:
                while chunk := stream.read(_PIECE):
                    limit -= len(chunk)
                    if limit < 0:
                        raise Unusual
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
        ) as error:
            raise Unusual from error

    def _kept(self, name: str) -> Iterator[bytes]:
        """The same of a part that stays in memory."""
        for chunk in self._chunks(name, min(_PART_LIMIT, self._left)):
            self._left -= len(chunk)
            yield chunk

    def _text(self, name: str) -> str:
        try:
            return checked(b"".join(self._kept(name)).decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise Unusual from error

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part inside the package: kind and target by id."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels.lower() not in self._members:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for one in _tags(self._text(rels), "Relationship", but=_OUTSIDE):
            if one.get("TargetMode") != "External":
                target = unquote(plain(one.get("Target", "")))
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

    def _body_of(self, part: str) -> Rows:
        if part not in self._rows:
            found: Rows = {}
            for rows in values_in(cut(self._kept(part), ROW_ENDS), self._string):
                for number, row in rows.items():
                    found.setdefault(number, {}).update(row)
            self._rows[part] = found
        return self._rows[part]

    def _string(self, number: int) -> str:
        if self._strings is None:
            parts = (
                target for kind, target in self._relations(self._workbook).values() if kind == "sharedStrings"
            )
            found = next(parts, None)
            chunks = self._chunks(found, _STRINGS_LIMIT) if found else iter(())
            self._strings = strings_in(cut(chunks, STRING_ENDS))
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
    headers = tuple(unescape(plain(one.get("name", ""))) for one in _tags(text, "tableColumn"))
    try:
        whole = area(about.get("ref", ""))
    except ValueError as error:
        raise Unusual from error
    if about.get("headerRowCount", "1") == "0" or whole.right - whole.left + 1 != len(headers):
        raise Unusual
    bottom = whole.bottom - int(about.get("totalsRowCount", "0"))
    header = Area(whole.top, whole.left, whole.top, whole.right)
    yield name, _Place(sheet, part, header, Area(whole.top + 1, whole.left, bottom, whole.right), headers)


def _cut_out(
    rows: Mapping[int, Mapping[int, Value]], place: _Place, top: int, bottom: int
) -> list[tuple[Value, ...]]:
    """The rows of a table from one to another, with those that hold nothing."""
    columns = range(place.body.left, place.body.right + 1)
    nothing = (None,) * len(columns)
    found = map(rows.get, range(top, bottom + 1))
    return [tuple(map(row.get, columns)) if row else nothing for row in found]
