"""A Google spreadsheet as one read tells it: what a publication changes and then compares."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from msgspec import Struct

from sheetsync.grid import EMPTY, Area, Cell
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.ranges import Place, area_of, sheet_of
from sheetsync.workbooks.google.workbook_cells import BLANK, GoogleCell
from sheetsync.workbooks.looking import SheetText

_BORDERS: Final = ",".join(f"{side}(style,colorStyle)" for side in ("top", "bottom", "left", "right"))
_FORMAT: Final = (
    f"userEnteredFormat(numberFormat,backgroundColorStyle,borders({_BORDERS}),padding,horizontalAlignment,"
    "verticalAlignment,wrapStrategy,textDirection,hyperlinkDisplayType,textRotation,"
    "textFormat(foregroundColorStyle,fontFamily,fontSize,bold,italic,strikethrough,underline,link))"
)
"""A format whole, each colour told once: Google tells it a second time in the way it was before styles."""

PUBLISHED_FIELDS: Final = (
    "spreadsheetUrl,developerMetadata(metadataKey,metadataValue),namedRanges,"
    "sheets(properties(sheetId,title,index,hidden,sheetType,gridProperties(rowCount,columnCount)),"
    "merges,conditionalFormats,protectedRanges(protectedRangeId,range,unprotectedRanges),"
    "bandedRanges,basicFilter(range,filterSpecs,sortSpecs),charts(chartId,spec),"
    "data(startRow,startColumn,rowMetadata(hiddenByUser),columnMetadata(pixelSize,hiddenByUser),"
    f"rowData(values(userEnteredValue,effectiveValue,{_FORMAT},hyperlink,note,textFormatRuns,"
    "chipRuns,dataValidation))))"
)
"""What was done already and everything a publication may have to move, in one ``spreadsheets.get``."""

_HIDDEN: Final = "hiddenByUser"


class NamedRange(Struct, frozen=True):
    """A name and what it means; ``id`` is None for one that is not made yet."""

    name: str
    id: str | None
    sheet: int
    area: Area


@dataclass
class SheetModel:
    """One sheet: cells, and what lies over them as Google tells it."""

    id: int
    title: str
    rows: int
    columns: int
    cells: dict[Place, GoogleCell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    widths: dict[int, Json] = field(default_factory=dict)
    rules: list[Json] = field(default_factory=list)
    protections: list[Json] = field(default_factory=list)
    bandings: list[Json] = field(default_factory=list)
    filter: Json | None = None
    charts: list[Json] = field(default_factory=list)
    moved: list[Area] = field(default_factory=list)
    """Rows that stand elsewhere now: written whole, so that nothing typed meanwhile gets a strange row."""

    def at(self, row: int, column: int) -> GoogleCell:
        return self.cells.get((row, column), BLANK)

    def put(self, place: Place, cell: GoogleCell) -> None:
        """Put a cell; a blank one is none."""
        if cell.is_blank:
            self.cells.pop(place, None)
        else:
            self.cells[place] = cell

    def text(self) -> SheetText:
        """What the cells show, for looking."""
        columns: dict[int, list[int]] = {}
        for row, column in self.cells:
            columns.setdefault(row, []).append(column)

        def shown(row: int, column: int) -> Cell:
            cell = self.cells.get((row, column))
            return EMPTY if cell is None else cell.to_cell()

        return SheetText({row: sorted(found) for row, found in columns.items()}, shown)


@dataclass
class BookModel:
    """Sheets by their number and ranges by their name."""

    sheets: dict[int, SheetModel]
    names: dict[str, NamedRange]

    @classmethod
    def of(cls, answer: Json) -> BookModel:
        """The spreadsheet of an answer with ``PUBLISHED_FIELDS``."""
        sheets = [_sheet(one) for one in answer.get("sheets", ())]
        numbers = {one.id for one in sheets}
        names = [_named(one) for one in answer.get("namedRanges", ()) if "range" in one]
        return cls({one.id: one for one in sheets}, {one.name: one for one in names if one.sheet in numbers})

    def copy(self) -> BookModel:
        """The same, to be changed; cells and what is kept of Google's JSON are never changed in place."""
        sheets = {
            key: replace(
                one,
                cells=dict(one.cells),
                merges=list(one.merges),
                hidden_rows=set(one.hidden_rows),
                widths=dict(one.widths),
                rules=list(one.rules),
                protections=list(one.protections),
                bandings=list(one.bandings),
                charts=list(one.charts),
                moved=[],
            )
            for key, one in self.sheets.items()
        }
        return BookModel(sheets, copy.copy(self.names))

    def titled(self, title: str) -> SheetModel | None:
        """The sheet of a title, however its letters are written."""
        wanted = title.casefold()
        return next((one for one in self.sheets.values() if one.title.casefold() == wanted), None)


def _named(said: Json) -> NamedRange:
    lies = said["range"]
    return NamedRange(said["name"], said.get("namedRangeId"), sheet_of(lies), area_of(lies))


def _sheet(said: Json) -> SheetModel:
    properties = said["properties"]
    grid = properties.get("gridProperties", {})
    sheet = SheetModel(
        id=properties.get("sheetId", 0),
        title=properties.get("title", ""),
        rows=grid.get("rowCount", 0),
        columns=grid.get("columnCount", 0),
        merges=[area_of(one) for one in said.get("merges", ())],
        rules=said.get("conditionalFormats", []),
        protections=said.get("protectedRanges", []),
        bandings=said.get("bandedRanges", []),
        filter=said.get("basicFilter"),
        charts=said.get("charts", []),
    )
    for block in said.get("data", ()):
        sheet.cells.update(_cells(block))
        top, left = block.get("startRow", 0) + 1, block.get("startColumn", 0) + 1
        sheet.hidden_rows |= {
            row for row, one in enumerate(block.get("rowMetadata", ()), top) if one.get(_HIDDEN)
        }
        sheet.widths |= dict(enumerate(block.get("columnMetadata", ()), left))
    return sheet


def _cells(block: Json) -> Iterator[tuple[Place, GoogleCell]]:
    for row, line in enumerate(block.get("rowData", ()), start=block.get("startRow", 0) + 1):
        for column, said in enumerate(line.get("values", ()), start=block.get("startColumn", 0) + 1):
            cell = GoogleCell.of(said)
            if not cell.is_blank:
                yield (row, column), cell
