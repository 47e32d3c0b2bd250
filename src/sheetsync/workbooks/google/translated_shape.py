"""The shape of sheets: names and order, size of the grid, widths, heights, merges, what is frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final

from sheetsync.workbooks.google.port import Json, Request
from sheetsync.workbooks.google.ranges import grid_range
from sheetsync.workbooks.google.translated_colours import Palette
from sheetsync.workbooks.google.translated_source import (
    LossKind,
    OpenpyxlSheet,
    Source,
    SourceSheet,
    areas_of,
)

_PIXELS_A_CHARACTER: Final = 7
_PIXELS_A_POINT: Final = 4 / 3
_USUAL_WIDTH: Final = 9.140625
"""Characters of an untouched column of Excel."""
_VISIBLE: Final = "visible"
_FROZEN: Final = ("frozen", "frozenSplit")

Dimension = tuple[int | None, bool]
"""Pixels (None: as many as the content needs) and whether a person hid it."""


def properties(source: SourceSheet, index: int, palette: Palette, book: Source) -> Json:
    """``SheetProperties`` without what hides the sheet."""
    view = source.sheet.sheet_view
    rows, columns = frozen(source, book)
    grid = {
        "rowCount": source.grid.bottom,
        "columnCount": source.grid.right,
        "frozenRowCount": rows,
        "frozenColumnCount": columns,
        "hideGridlines": view.showGridLines is False,
    }
    found: Json = {
        "sheetId": source.id,
        "title": source.title,
        "index": index,
        "gridProperties": {name: value for name, value in grid.items() if value},
    }
    colour = palette.style(source.sheet.sheet_properties.tabColor)
    return found | ({"tabColorStyle": colour} if colour else {})


PROPERTY_FIELDS: Final = (
    "title,index,tabColorStyle,"
    "gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount,hideGridlines)"
)


def is_hidden(source: SourceSheet) -> bool:
    """Google knows one way to hide a sheet; a very hidden one is hidden."""
    return str(source.sheet.sheet_state) != _VISIBLE


def frozen(source: SourceSheet, book: Source) -> tuple[int, int]:
    """Frozen rows and columns; none where a merged cell crosses the edge: Google refuses the batch."""
    pane = source.sheet.sheet_view.pane
    if pane is None or pane.state not in _FROZEN:
        return 0, 0
    rows, columns = int(pane.ySplit or 0), int(pane.xSplit or 0)
    merged = areas_of(source.sheet.merged_cells.ranges)
    cut_rows = any(one.top <= rows < one.bottom for one in merged) or rows >= source.grid.bottom
    cut_columns = any(one.left <= columns < one.right for one in merged) or columns >= source.grid.right
    if (cut_rows and rows) or (cut_columns and columns):
        book.lost(LossKind.FREEZE, source.title)
    return 0 if cut_rows else rows, 0 if cut_columns else columns


def merges(source: SourceSheet) -> Iterator[Request]:
    for area in areas_of(source.sheet.merged_cells.ranges):
        yield {"mergeCells": {"range": grid_range(source.id, area), "mergeType": "MERGE_ALL"}}


def dimensions(source: SourceSheet) -> Iterator[Request]:
    """Widths of all columns; heights of rows a person has set, the others as their content needs."""
    yield from _sized(source, "COLUMNS", source.grid.right, _columns(source.sheet))
    if not is_hidden(source):
        where = {
            "sheetId": source.id, "dimension": "ROWS", "startIndex": 0, "endIndex": source.content.bottom,
        }  # fmt: skip
        yield {"autoResizeDimensions": {"dimensions": where}}
    yield from _sized(source, "ROWS", source.content.bottom, _rows(source))


def _columns(sheet: OpenpyxlSheet) -> Callable[[int], Dimension]:
    told = sheet.sheet_format.defaultColWidth or _USUAL_WIDTH
    found: dict[int, Dimension] = {}
    for one in sheet.column_dimensions.values():
        for column in range(one.min, min(one.max, sheet.max_column) + 1):
            found[column] = _pixels(one.width, _PIXELS_A_CHARACTER), bool(one.hidden)
    return lambda column: found.get(column, (_pixels(told, _PIXELS_A_CHARACTER), False))


def _rows(source: SourceSheet) -> Callable[[int], Dimension]:
    def row(number: int) -> Dimension:
        one = source.sheet.row_dimensions.get(number)
        if one is None:
            return None, False
        height = one.height if number in source.fixed_rows else None
        return (_pixels(height, _PIXELS_A_POINT) if height else None), bool(one.hidden)

    return row


def _pixels(size: float, scale: float) -> int:
    return max(round(size * scale), 1)


def _sized(
    source: SourceSheet, dimension: str, count: int, size_of: Callable[[int], Dimension]
) -> Iterator[Request]:
    """One request for every run of rows or columns alike; those left to themselves need none."""
    for (pixels, hidden), run in groupby(range(1, count + 1), key=size_of):
        numbers = list(run)
        told = {"pixelSize": pixels, "hiddenByUser": hidden or None}
        known = {name: value for name, value in told.items() if value is not None}
        if known:
            where = {
                "sheetId": source.id, "dimension": dimension,
                "startIndex": numbers[0] - 1, "endIndex": numbers[-1],
            }  # fmt: skip
            yield {
                "updateDimensionProperties": {"range": where, "properties": known, "fields": ",".join(known)}
            }
