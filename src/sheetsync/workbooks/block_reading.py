"""A block of rows read back: what a workbook that holds it will say.

«Сверка» believes what is written, not what was to be written. The bytes of a block go into the
workbook as they are (``block_check``), so reading the block is reading the workbook. It is read here
apart from what wrote it, cell by cell, and whatever is not understood bears nothing out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from sheetsync.grid import Value, position, text_of
from sheetsync.workbooks.ooxml_text import unescape
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.row_blocks import Block, RowFormat, unpacked
from sheetsync.workbooks.row_encoding import RowValue
from sheetsync.workbooks.xlsx_values import NumberFormats

_CELL: Final = re.compile(
    r'<c r="([A-Z]+)(\d+)"(?: s="(\d+)")?(?: t="(inlineStr|n|b)")?'
    r'(?:/>|>(?:<is><t(?: xml:space="preserve")?>([^<]*)</t></is>|<v>([^<]*)</v>)</c>)'
)
_A_DAY: Final = 14
_GENERAL: Final = 0
"""Numbers of formats every workbook knows."""


def says(block: Block, form: RowFormat, rows: Sequence[Sequence[RowValue]]) -> bool:
    """Whether the block, read back, has these values in these rows and nothing else."""
    if not rows:
        return block.row_count == 0
    try:
        cells = _cells(block, form)
    except ValueError:
        return False
    found = 0
    for number, row in enumerate(rows, start=block.first_row):
        for at, place in _places(form):
            out = row[place]
            value = out.value if isinstance(out, Out) else out
            is_there = (number, at) in cells
            found += is_there
            if is_there != (value not in (None, "")) or (is_there and not _is_same(cells[number, at], value)):
                return False
    return found == len(cells)


def _cells(block: Block, form: RowFormat) -> dict[tuple[int, int], Value]:
    """What the cells of a block say, by sheet row and column. Raises ``ValueError``."""
    text = unpacked(block.rows).decode()
    columns = {column.letters: position(f"{column.letters}1")[1] for column in form.columns}
    formats = _formats(form)
    found = _CELL.findall(text)
    if len(found) != text.count("<c ") or not {one[0] for one in found} <= columns.keys():
        raise ValueError("cells that are not understood")
    return {
        (int(row), columns[letters]): _value(kind, style, words, stored, formats)
        for letters, row, style, kind, words, stored in found
        if words or stored
    }


def _value(kind: str, style: str, words: str, stored: str, formats: NumberFormats) -> Value:
    if kind == "inlineStr":
        return unescape(html.unescape(words))
    return stored == "1" if kind == "b" else formats.value(stored, int(style or 0))


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


def _is_same(found: Value, value: object) -> bool:
    """Whether a cell says a value: a day before all calendars is written as text."""
    if isinstance(value, bool) or isinstance(found, bool):
        return found is value
    if isinstance(value, int | float):
        return isinstance(found, int | float) and float(found) == float(value)
    if isinstance(value, date):
        return found == value or found == text_of(value)
    return found == value
