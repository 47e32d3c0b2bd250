"""Orders kept as a spreadsheet: a workbook's visible sheets become paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.findings import fact_of
from sheetsync.grid import Cell, Sheet, Visibility
from sheetsync.plan.document import Block, Document, OrderRefused, Paragraph, TableBlock, TableRow
from sheetsync.workbooks.copies import open_copy

_TABLE_WIDTH = 3
"""A row with so many filled cells belongs to a table; fewer may be a heading or a list."""


def read_sheets(data: bytes, name: str) -> Document:
    """The workbook's blocks, sheet by sheet. Raises ``OrderRefused`` with the gate's own reason."""
    opened = open_copy(data, name)
    if opened.book is None:
        raise OrderRefused(" ".join(fact_of(one) for one in opened.findings))
    sheets = (one for one in opened.book.sheets if one.visibility is Visibility.VISIBLE)
    return Document(tuple(block for sheet in sheets for block in _blocks(sheet)), name)


def _blocks(sheet: Sheet) -> Iterator[Block]:
    """Runs of rows; a page break left empty rows between them, the columns stay those of the sheet."""
    width = 0
    for group in _groups(sheet):
        inside = [place for place, (_, cells) in enumerate(group) if _is_of_table(cells, begun=width > 0)]
        first, last = (inside[0], inside[-1]) if inside else (len(group), -1)
        yield from (_paragraph(*row) for row in group[:first])
        if inside:
            rows = group[first : last + 1]
            width = max(width, *(max(cells) for _, cells in rows))
            yield TableBlock(tuple(_table_row(sheet, number, width) for number, _ in rows))
            yield from (_paragraph(*row) for row in group[last + 1 :])


def _is_of_table(cells: dict[int, Cell], *, begun: bool) -> bool:
    """Several filled cells; under a table also the tail of a row, its first cell empty."""
    return len(cells) >= _TABLE_WIDTH or (begun and min(cells) > 1)


def _groups(sheet: Sheet) -> Iterator[list[tuple[int, dict[int, Cell]]]]:
    """Rows that follow each other without an empty row between."""
    group: list[tuple[int, dict[int, Cell]]] = []
    for number, cells in sheet.rows():
        if group and number > group[-1][0] + 1:
            yield group
            group = []
        group.append((number, cells))
    if group:
        yield group


def _paragraph(number: int, cells: dict[int, Cell]) -> Paragraph:
    return Paragraph(" ".join(cell.text for cell in cells.values()), number)


def _table_row(sheet: Sheet, number: int, width: int) -> TableRow:
    texts = (sheet.at(number, column).text for column in range(1, width + 1))
    return TableRow(tuple(texts), number, tuple(_covered(sheet, number)))


def _covered(sheet: Sheet, number: int) -> Iterator[tuple[int, str]]:
    """The places of a row under a tall cell, and what the tall cell says."""
    for one in sheet.merges:
        if one.top < number <= one.bottom:
            yield one.left - 1, sheet.at(one.top, one.left).text
