"""A block of rows read back by the reader of copies: what a workbook that holds it will say.

«Сверка» believes what is written, not what was to be written. The bytes of a block go into the
workbook as they are (``block_check``), so reading the block is reading the workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sheetsync.grid import Cell, position, text_of
from sheetsync.intake.plain_sheet import plain_sheet
from sheetsync.intake.plain_xml import NotPlain
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.row_blocks import Block, RowFormat, unpacked
from sheetsync.workbooks.row_encoding import RowValue
from sheetsync.workbooks.xlsx_plain import PlainTexts, cells_of
from sheetsync.workbooks.xlsx_values import NumberFormats
from sheetsync.workbooks.xml_walk import Damaged

_HEAD: Final = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_TAIL: Final = b"</sheetData></worksheet>"
_A_DAY: Final = 14
_GENERAL: Final = 0
"""Numbers of formats every workbook knows."""


def says(block: Block, form: RowFormat, rows: Sequence[Sequence[RowValue]]) -> bool:
    """Whether the block, read back, has these values in these rows and nothing else."""
    if not rows:
        return block.row_count == 0
    try:
        cells = _cells(block, form)
    except (NotPlain, Damaged, ValueError):
        return False
    found = 0
    for number, row in enumerate(rows, start=block.first_row):
        for at, place in _places(form):
            out = row[place]
            value = out.value if isinstance(out, Out) else out
            cell = cells.get((number, at))
            found += cell is not None
            if not (_is_same(cell, value) if value not in (None, "") else cell is None):
                return False
    return found == len(cells)


def _cells(block: Block, form: RowFormat) -> dict[tuple[int, int], Cell]:
    """The cells of a block, by sheet row and column."""
    part = _HEAD + unpacked(block.rows) + _TAIL
    return cells_of(plain_sheet(part), PlainTexts((), ()), _formats(form))


def _formats(form: RowFormat) -> NumberFormats:
    """Of styles only those of days matter: any other number is read as it stands."""
    days = {column.dated for column in form.columns}
    plain = {style for column in form.columns for style in (column.style, column.quoted)} - days
    most = max((*days, *plain), default=0)
    codes = [_A_DAY if style in days else _GENERAL for style in range(most + 1)]
    return NumberFormats(codes, {}, from_1904=form.since_1904)


def _places(form: RowFormat) -> tuple[tuple[int, int], ...]:
    """Sheet columns, and where their values stand in a row."""
    return tuple(
        (position(f"{column.letters}1")[1], column.place)
        for column in form.columns
        if column.place is not None
    )


def _is_same(cell: Cell | None, value: object) -> bool:
    """Whether a cell shows a value: a day before all calendars is written as text."""
    if cell is None:
        return isinstance(value, str) and not value.strip()
    if isinstance(value, bool) or isinstance(cell.value, bool):
        return cell.value is value
    if isinstance(value, int | float):
        return isinstance(cell.value, int | float) and float(cell.value) == float(value)
    if isinstance(value, date):
        return cell.value == value or cell.text == text_of(value)
    return cell.text == value
