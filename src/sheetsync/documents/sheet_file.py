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
    for group in _groups(sheet):
        wide = [place for place, (_, cells) in enumerate(group) if len(cells) >= _TABLE_WIDTH]
        first, last = (wide[0], wide[-1]) if wide else (len(group), -1)
        yield from (_paragraph(*row) for row in group[:first])
        if wide:
            width = max(max(cells) for _, cells in group)
            yield TableBlock(
                tuple(_table_row(number, cells, width) for number, cells in group[first : last + 1])
            )
            yield from (_paragraph(*row) for row in group[last + 1 :])


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


def _table_row(number: int, cells: dict[int, Cell], width: int) -> TableRow:
    texts = (cells[column].text if column in cells else "" for column in range(1, width + 1))
    return TableRow(tuple(texts), number)
