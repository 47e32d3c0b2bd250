"""Cells inserted, deleted and copied: everything that refers to them follows, as the office does it."""

from __future__ import annotations

from typing import Any

from .places import Place, cells_at, choice, writable_at

INSERT = "sheet.CellInsertMode"
DELETE = "sheet.CellDeleteMode"


def insert(doc: Any, place: Place, mode: str) -> None:
    """Insert empty cells: ``mode`` is DOWN, RIGHT, ROWS or COLUMNS. New cells look as those before them."""
    cells = _movable(doc, place)
    was = cells.getFormulaArray() if mode == "DOWN" else ()
    cells.Spreadsheet.insertCells(cells.RangeAddress, choice(INSERT, mode))
    if any(any(row) for row in was) and any(any(row) for row in cells_at(doc, place).getFormulaArray()):
        # a merged or array block in the way: the office refuses without a word
        raise ValueError("cells in the way cannot be moved")


def delete(doc: Any, place: Place, mode: str) -> None:
    """Delete cells: ``mode`` is UP, LEFT, ROWS or COLUMNS."""
    cells = _movable(doc, place)
    cells.Spreadsheet.removeRange(cells.RangeAddress, choice(DELETE, mode))


def copy(doc: Any, source: Place, target: Place) -> None:
    """Copy cells with all they have; a target that is a multiple of the source is filled with copies."""
    _, _, _, rows, columns = source
    sheet, row, column, target_rows, target_columns = target
    whole = cells_at(doc, source)
    heights, what = _heights(whole), _in_use(whole)
    down = target_rows // rows if target_rows % rows == 0 else 1
    across = target_columns // columns if target_columns % columns == 0 else 1
    for at_row in range(row, row + down * rows, rows):
        for at_column in range(column, column + across * columns, columns):
            where = writable_at(doc, (sheet, at_row, at_column, 1, 1)).getCellByPosition(0, 0)
            where.Spreadsheet.copyRange(where.CellAddress, what.RangeAddress)
            _set_heights(where, heights)


def move(doc: Any, source: Place, target: Place) -> None:
    """Cut cells and paste them from the target's first cell on; whole rows keep their height."""
    whole = _movable(doc, source)
    heights, what = _heights(whole), _in_use(whole)
    where = _movable(doc, (target[0], target[1], target[2], 1, 1)).getCellByPosition(0, 0)
    where.Spreadsheet.moveRange(where.CellAddress, what.RangeAddress)
    _set_heights(where, heights)


def _in_use(cells: Any) -> Any:
    """Of whole rows the part up to the last used column: the rest is empty, and forty times as slow."""
    sheet = cells.Spreadsheet
    if cells.Columns.Count < sheet.Columns.Count:
        return cells
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress.EndColumn
    return cells.getCellRangeByPosition(0, 0, last, cells.Rows.Count - 1)


def _heights(cells: Any) -> list[tuple[int, bool]]:
    """Heights of whole rows, and whether each is only as high as it must be; of other cells nothing."""
    if cells.Columns.Count < cells.Spreadsheet.Columns.Count:
        return []
    rows = (cells.Rows.getByIndex(number) for number in range(cells.Rows.Count))
    return [(row.Height, row.OptimalHeight) for row in rows]


def _set_heights(first: Any, heights: list[tuple[int, bool]]) -> None:
    rows = first.Spreadsheet.Rows
    for number, (height, is_optimal) in enumerate(heights, first.CellAddress.Row):
        row = rows.getByIndex(number)
        if not is_optimal:
            row.Height = height
        elif not row.OptimalHeight:
            row.OptimalHeight = True


def _movable(doc: Any, place: Place) -> Any:
    """Cells of a protected sheet stay where they are."""
    cells = cells_at(doc, place)
    if cells.Spreadsheet.isProtected():
        raise PermissionError(place[0])
    return cells
