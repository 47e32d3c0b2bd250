"""A workbook open in the fake Excel, and what it shows, in forms two media can be compared by."""

from __future__ import annotations

from typing import Any

from fake_excel import Engine, document_of, open_file
from sheetsync.grid import Cell
from sheetsync.workbooks.excel_live.beyond_excel import BeyondExcel
from sheetsync.workbooks.excel_live.workbook import LiveWorkbook
from sheetsync.workbooks.port import TableRows


def in_excel(excel: Engine, data: bytes) -> tuple[LiveWorkbook, Any]:
    """The port over a workbook, and the fake's own document behind it."""
    book = open_file(excel, data)
    return LiveWorkbook(book, BeyondExcel()), document_of(book)


def shown(table: TableRows) -> TableRows:
    """A table without the wording of its formulas: programs write references each in their way."""
    rows = tuple(tuple(_plain(cell) for cell in row) for row in table.rows)
    return TableRows(table.headers, rows, table.sheet, table.first_row)


def _plain(cell: Cell) -> Cell:
    if cell.formula is None:
        return Cell(None if cell.value == "" else cell.value, None, cell.links, cell.comment)
    return Cell(None, "", cell.links, cell.comment)


def texts(document: Any, sheet: str, column: str, first: int, last: int) -> list[object]:
    """What the cells of a column hold: formulas with «=», else values."""
    cells = document.sheet(sheet)
    at = sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(column)))
    found = [cells.at(row, at) for row in range(first, last + 1)]
    return [f"={one.formula.removeprefix('=')}" if one.formula else one.value for one in found]
