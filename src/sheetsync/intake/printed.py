"""Rows under declared headers, where they stand word for word: the office's own sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetsync.columns import REPORT, TableSpec
from sheetsync.grid import Book, Cell, Sheet
from sheetsync.intake.marks import is_marks_sheet
from sheetsync.text import skeleton


def printed_rows(book: Book) -> dict[str, Mapping[str, Cell]]:
    """What an issued form prints beside each key: number, title, deadline, responsible, result."""
    return {
        cells["key"].text: cells
        for sheet in book.sheets
        if not is_marks_sheet(sheet)
        for cells in table_rows(sheet, REPORT)
        if cells["key"].text
    }


def table_rows(sheet: Sheet, spec: TableSpec) -> Iterator[dict[str, Cell]]:
    """Rows under the declared headers; nothing when the sheet has no row with all of them."""
    wanted = {skeleton(one.header): one.key for one in spec.columns}
    header = header_row(sheet, spec)
    if header is None:
        return
    places = {
        wanted[word]: column
        for column, cell in sheet.row(header).items()
        if (word := skeleton(cell.text)) in wanted
    }
    for number, _ in sheet.rows():
        if number > header:
            yield {key: sheet.at(number, column) for key, column in places.items()}


def header_row(sheet: Sheet, spec: TableSpec) -> int | None:
    """The first row with all declared headers."""
    wanted = {skeleton(one.header) for one in spec.columns}
    return next((number for number, cells in sheet.rows() if wanted <= _words(cells)), None)


def _words(cells: Mapping[int, Cell]) -> set[str]:
    return {skeleton(cell.text) for cell in cells.values()}
