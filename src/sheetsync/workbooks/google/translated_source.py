"""The workbook to translate, as its file has it, and what of it Google cannot hold."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final
from zlib import crc32

from msgspec import Struct
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook.defined_name import DefinedName

from sheetsync.grid import Area
from sheetsync.workbooks.google.translated_formulas import Surroundings, TableShape
from sheetsync.workbooks.ooxml import child, children
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.workbook_xml import WorkbookXml

OpenpyxlBook = Any
OpenpyxlSheet = Any
OpenpyxlCell = Any
"""Objects of openpyxl: its stubs know neither merged cells nor the proxies its styles are read through."""

SPARE_ROWS: Final = 50
"""Empty rows under the content: room to type, and little to read (each row of a grid is in every answer)."""

_GOOGLE_NAME: Final = re.compile(r"[^\W\d]\w{0,249}")
_LIKE_A_CELL: Final = re.compile(r"[a-z]{1,3}\d+|r\d*c\d*|true|false", re.IGNORECASE)
_OF_THE_PROGRAM: Final = "_xlnm."
_TRUE: Final = ("1", "true")


class LossKind(StrEnum):
    """What an .xlsx can hold and a Google spreadsheet cannot, or not from here."""

    CHART = "chart"
    PICTURE = "picture"
    NAME = "name"
    """A name of several areas, of a formula, or spelled as Google does not allow."""
    CHECK = "check"
    """A validation of a kind Google does not have."""
    LOOK = "look"
    """A conditional look of a kind Google does not have: bars, icons, scales, the best ten."""
    SIGN = "sign"
    """The number format of a conditional look («✓ готово»): its colours stay."""
    FREEZE = "freeze"
    """Frozen rows or columns that a merged cell crosses."""
    NEWER = "newer"
    """Something only newer versions of Excel know, which is not read."""


class Loss(Struct, frozen=True):
    """Something that was left out; ``place`` is a cell, an area or a name."""

    kind: LossKind
    sheet: str = ""
    place: str = ""


@dataclass
class SourceSheet:
    """One sheet: openpyxl's, its id in Google, and how far it reaches."""

    sheet: OpenpyxlSheet
    id: int
    tables: tuple[TableShape, ...]
    names: tuple[Area, ...]
    fixed_rows: frozenset[int]
    """Rows whose height a person has set; the others fit what is written in them."""

    @property
    def title(self) -> str:
        return str(self.sheet.title)

    @cached_property
    def content(self) -> Area:
        """From A1 to the last cell that holds something, may be written in, or begins something named."""
        ends = [(1, 1), *((one.top, one.left) for one in self.names)]
        ends += [(one.area.bottom, one.area.right) for one in self.tables]
        ends += [(one.bottom, one.right) for one in areas_of(self.sheet.merged_cells.ranges)]
        ends += [
            (cell.row, cell.column)
            for row in self.sheet.iter_rows()
            for cell in row
            if cell.value is not None or cell.comment or cell.hyperlink or cell.protection.locked is False
        ]
        return Area(1, 1, max(row for row, _ in ends), max(column for _, column in ends))

    def rows(self) -> Iterator[tuple[OpenpyxlCell, ...]]:
        """The cells of the content, row by row."""
        yield from self.sheet.iter_rows(max_row=self.content.bottom, max_col=self.content.right)

    def cells(self) -> Iterator[OpenpyxlCell]:
        """The cells of the content."""
        for row in self.rows():
            yield from row

    @property
    def grid(self) -> Area:
        """The sheet Google makes: the content and some spare rows."""
        return Area(1, 1, self.content.bottom + SPARE_ROWS, self.content.right)


@dataclass
class Source:
    """A workbook read once."""

    book: OpenpyxlBook
    sheets: tuple[SourceSheet, ...]
    names: Mapping[str, tuple[str, Area]]
    """Defined names Google can hold: sheet and area."""
    losses: list[Loss] = field(default_factory=list)

    @cached_property
    def around(self) -> Surroundings:
        """What formulas of this workbook may speak of."""
        tables = {one.name.lower(): one for sheet in self.sheets for one in sheet.tables}
        return Surroundings(tables, frozenset(name.lower() for name in (*self.names, *tables)))

    def lost(self, kind: LossKind, sheet: str = "", place: str = "") -> None:
        self.losses.append(Loss(kind, sheet, place))


def read_source(data: bytes) -> Source:
    """The workbook of these bytes. It is read only: nothing of it is ever saved by openpyxl."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        book: OpenpyxlBook = load_workbook(io.BytesIO(data), rich_text=True)
    losses = [Loss(LossKind.NEWER, place=str(one.message)) for one in said]
    names = dict(_names(book, lambda name: losses.append(Loss(LossKind.NAME, place=name))))
    fixed = _fixed_rows(data)
    ids = _ids([sheet.title for sheet in book.worksheets])
    sheets = []
    for sheet in book.worksheets:
        places = tuple(area for where, area in names.values() if where == sheet.title)
        rows = fixed.get(sheet.title, frozenset())
        sheets.append(SourceSheet(sheet, ids[sheet.title], tuple(_tables(sheet)), places, rows))
        losses += [Loss(LossKind.CHART, sheet.title)] * bool(sheet._charts)
        losses += [Loss(LossKind.PICTURE, sheet.title)] * bool(sheet._images)
    return Source(book, tuple(sheets), names, losses)


def sheet_id(title: str) -> int:
    """The id a sheet of ours has in Google: the same for the same name in every spreadsheet."""
    return crc32(title.casefold().encode()) % (2**31 - 2) + 1


def _ids(titles: list[str]) -> dict[str, int]:
    """Ids by name, no two alike."""
    found: dict[str, int] = {}
    for title in titles:
        number = sheet_id(title)
        while number in found.values():
            number += 1
        found[title] = number
    return found


def _names(book: OpenpyxlBook, lose: Callable[[str], None]) -> Iterator[tuple[str, tuple[str, Area]]]:
    """Names of one area each; print areas and the like belong to Excel alone."""
    scoped = [one for sheet in book.worksheets for one in sheet.defined_names.values()]
    for one in [*book.defined_names.values(), *scoped]:
        if one.name.startswith(_OF_THE_PROGRAM) or one.name in ("Print_Area", "Print_Titles"):
            continue  # how a sheet prints: Google keeps no such names
        place = _place(one)
        if place and place[0] in book.sheetnames and is_google_name(one.name):
            yield one.name, place
        else:
            lose(one.name)


def is_google_name(name: str) -> bool:
    """Whether a named range may be called so: letters, digits and «_», not like a cell."""
    return bool(_GOOGLE_NAME.fullmatch(name)) and not _LIKE_A_CELL.fullmatch(name)


def _place(name: DefinedName) -> tuple[str, Area] | None:
    if name.type != "RANGE":
        return None
    places = list(name.destinations)
    if len(places) != 1:
        return None
    sheet, reference = places[0]
    area = area_of(reference)
    return (sheet, area) if area else None


def areas_of(ranges: Any) -> list[Area]:
    """The areas of openpyxl's set of ranges, in the order of the sheet: equal workbooks, equal requests."""
    found = (Area(one.min_row, one.min_col, one.max_row, one.max_col) for one in ranges)
    return sorted(found, key=lambda one: (one.top, one.left))


def area_of(reference: str) -> Area | None:
    """«$A$1:$B$2» as an area; None for whole rows and columns."""
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return None
    if left is None or top is None or right is None or bottom is None:
        return None
    return Area(top, left, bottom, right)


def _tables(sheet: OpenpyxlSheet) -> Iterator[TableShape]:
    for table in sheet.tables.values():
        area = area_of(table.ref)
        if area:
            columns = tuple(one.name for one in table.tableColumns)
            header = 1 if table.headerRowCount is None else table.headerRowCount
            yield TableShape(table.displayName, sheet.title, area, columns, header, table.totalsRowCount or 0)


def _fixed_rows(data: bytes) -> dict[str, frozenset[int]]:
    """By sheet, rows of a height of their own: openpyxl does not tell them from those that were measured."""
    package = Package.from_bytes(data)
    return {
        place.name: frozenset(
            int(row.get("r"))
            for row in children(child(package.tree(place.part), "sheetData"), "row")
            if row.get("customHeight") in _TRUE and row.get("r")
        )
        for place in WorkbookXml(package).sheets()
    }
