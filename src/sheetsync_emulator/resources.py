"""``spreadsheets.get``: a spreadsheet told as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.formulas import Calculation
from sheetsync_emulator.looks import effective_format
from sheetsync_emulator.metadata import Mark
from sheetsync_emulator.protection import Author, shown
from sheetsync_emulator.ranges import COLUMNS, ROWS, Box, Place, grid_range
from sheetsync_emulator.rendering import cell_data
from sheetsync_emulator.sheet import DIMENSIONS, Sheet
from sheetsync_emulator.values import Json

USUAL_SIZE: Final = {ROWS: 21, COLUMNS: 100}
"""Pixels of a row and of a column nobody has changed."""

Wanted = Mapping[int, Sequence[Box]]
"""Rectangles asked for, by sheet."""

MarksOfLines = Mapping[tuple[str, int], Sequence[Mark]]
"""Keys by dimension and row (or column)."""


def wanted_areas(areas: Sequence[tuple[Sheet, Box]]) -> Wanted:
    wanted: dict[int, list[Box]] = defaultdict(list)
    for sheet, box in areas:
        wanted[sheet.id].append(box)
    return wanted


def sheet_properties(sheet: Sheet, index: int) -> Json:
    """``SheetProperties`` in the order Google gives them."""
    rest = {
        name: value
        for name, value in sheet.properties.items()
        if name not in ("sheetId", "title") and value is not False
    }
    return {"sheetId": sheet.id, "title": sheet.title, "index": index} | rest


@dataclass(frozen=True, slots=True)
class Telling:
    """One state of a spreadsheet, told to one reader (``None``: to its owner).

    ``looks`` = cells are told with ``effectiveFormat``, which takes time.
    """

    book: Book
    calculation: Calculation
    reader: Author | None
    looks: bool = False

    def resource(self, wanted: Wanted | None, *, grid_data: bool) -> Json:
        """All of a spreadsheet but its id and address; with ``wanted`` only these sheets and cells."""
        sheets = [
            self._sheet(index, sheet, (wanted or {}).get(sheet.id), grid_data=grid_data)
            for index, sheet in enumerate(self.book.sheets)
            if wanted is None or sheet.id in wanted
        ]
        told: Json = {"properties": self.book.properties, "sheets": sheets}
        if self.book.named:
            told["namedRanges"] = list(self.book.named)
        marks = [mark.resource() for mark in self.book.marks if mark.spot.sheet is None]
        return told | ({"developerMetadata": marks} if marks else {})

    def _sheet(self, index: int, sheet: Sheet, boxes: Sequence[Box] | None, *, grid_data: bool) -> Json:
        told: Json = {"properties": sheet_properties(sheet, index)}
        if grid_data:
            told["data"] = [self._grid_data(sheet, box.common(sheet.whole)) for box in boxes or [sheet.whole]]
        marks = [mark for mark in self.book.marks if mark.spot.sheet == sheet.id and not mark.spot.dimension]
        parts = {
            "merges": [grid_range(sheet.id, merge) for merge in sheet.merges],
            "conditionalFormats": list(sheet.conditional),
            "protectedRanges": [shown(protected, self.reader) for protected in sheet.protected],
            "basicFilter": sheet.filter,
            "bandedRanges": list(sheet.bandings),
            "charts": list(sheet.charts),
            "rowGroups": list(sheet.groups[ROWS]),
            "columnGroups": list(sheet.groups[COLUMNS]),
            "developerMetadata": [mark.resource() for mark in marks],
        }
        return told | {name: part for name, part in parts.items() if part}

    def _grid_data(self, sheet: Sheet, box: Box) -> Json:
        """``GridData``: rows up to the last cell that holds anything."""
        told: Json = {}
        if box.top:
            told["startRow"] = box.top
        if box.left:
            told["startColumn"] = box.left
        rows = self._rows(sheet, box)
        if rows:
            told["rowData"] = rows
        marks = self._marks_of_lines(sheet)
        for dimension, name in zip(DIMENSIONS, ("rowMetadata", "columnMetadata"), strict=True):
            told[name] = [_line(sheet, marks, dimension, index) for index in range(*box.span(dimension))]
        return told

    def _rows(self, sheet: Sheet, box: Box) -> list[Json]:
        last: dict[int, int] = {}
        for row, column in sheet.used(box):
            last[row] = max(last.get(row, 0), column)
        end = max(last, default=box.top - 1) + 1
        return [self._row(sheet, row, box.left, last.get(row)) for row in range(box.top, end)]

    def _row(self, sheet: Sheet, row: int, left: int, last: int | None) -> Json:
        if last is None:
            return {}
        return {"values": [self._cell(sheet, (row, column)) for column in range(left, last + 1)]}

    def _cell(self, sheet: Sheet, place: Place) -> Json:
        told = cell_data(self.calculation, sheet, place)
        if told and self.looks:
            told["effectiveFormat"] = effective_format(self.calculation, sheet, place)
        return told

    def _marks_of_lines(self, sheet: Sheet) -> MarksOfLines:
        marks: dict[tuple[str, int], list[Mark]] = defaultdict(list)
        for mark in self.book.marks:
            if mark.spot.sheet == sheet.id and mark.spot.dimension:
                marks[mark.spot.dimension, mark.spot.index].append(mark)
        return marks


def _line(sheet: Sheet, marks: MarksOfLines, dimension: str, index: int) -> Json:
    """``DimensionProperties`` of one row or column."""
    told: Json = {"pixelSize": USUAL_SIZE[dimension], **sheet.lines[dimension].get(index, {})}
    own = marks.get((dimension, index))
    return told | ({"developerMetadata": [mark.resource() for mark in own]} if own else {})
