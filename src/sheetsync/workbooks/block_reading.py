"""A block of rows read back: what a workbook that holds it will say.

«Сверка» believes what is written, not what was to be written. The bytes of a block go into the
workbook as they are (``block_check``), so reading the block is reading the workbook. It is read here
apart from what wrote it, row by row, and whatever is not understood bears nothing out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from sheetsync.grid import Value, text_of
from sheetsync.patterns import at_first_use
from sheetsync.workbooks.ooxml_text import unescape
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.row_blocks import Block, RowFormat, unpacked
from sheetsync.workbooks.row_encoding import RowValue
from sheetsync.workbooks.xlsx_values import NumberFormats

_CELL: Final = (
    r'<c r="{}\1"(?: s="(\d++)")?(?:/>| t="inlineStr"><is><t(?: xml:space="preserve")?>([^<]*+)</t></is></c>'
    r'|(?: t="([nb])")?><v>([^<]*+)</v></c>)'
)
_PARTS: Final = 4
"""What is read of a cell: its style, its text, the kind of what is stored, and what is stored."""

_TEXTS: Final = frozenset({str, type(None)})
_A_DAY: Final = 14
_GENERAL: Final = 0
"""Numbers of formats every workbook knows."""


def says(block: Block, form: RowFormat, rows: Sequence[Sequence[RowValue]]) -> bool:
    """Whether the block, read back, has these values in these rows and nothing else."""
    if not rows:
        return block.row_count == 0
    try:
        text = unpacked(block.rows).decode()
    except ValueError:
        return False
    found = _rows(text, form)
    if len(found) != len(rows):
        return False
    numbers, *parts = zip(*found, strict=True)
    values = list(zip(*rows, strict=True))
    formats, blank = _formats(form), (None,) * len(rows)
    meant = (blank if column.place is None else values[column.place] for column in form.columns)
    read = _read if "&" in text or "_x" in text else list
    return numbers == tuple(map(str, range(block.first_row, block.next_row))) and all(
        _says((parts[at], read(parts[at + 1]), *parts[at + 2 : at + _PARTS]), formats, column)
        for at, column in zip(range(0, len(parts), _PARTS), meant, strict=True)
    )


def _rows(text: str, form: RowFormat) -> list[tuple[str, ...]]:
    """The number and the cells of every row; nothing at all of a text that holds anything else."""
    pattern, at, found = _pattern(form), 0, []
    while row := pattern.match(text, at):
        at = row.end()
        found.append(row.groups(""))
    return found if at == len(text) else []


def _read(texts: Iterable[str]) -> list[str]:
    """Texts as they are shown, told by how they are written."""
    import html  # noqa: PLC0415 - it brings the names of all signs HTML has

    return [unescape(html.unescape(one)) for one in texts]


@lru_cache(maxsize=16)
def _pattern(form: RowFormat) -> re.Pattern[str]:
    """A row of the table: all of its columns, in their order."""
    cells = "".join(_CELL.format(column.letters) for column in form.columns)
    return at_first_use(rf'<row r="(\d+)"[^>]*>{cells}</row>')


def _says(parts: Sequence[Sequence[str]], formats: NumberFormats, column: Sequence[RowValue]) -> bool:
    """Whether the cells of a column, as read, have these values."""
    styles, texts, kinds, stored = parts
    values = [one.value if type(one) is Out else one for one in column]
    if _TEXTS.issuperset(map(type, values)):
        return not any(stored) and texts == [one or "" for one in values]
    return all(
        _is_same(text or (_stored(kind, number, style, formats) if number else None), value)
        for style, text, kind, number, value in zip(styles, texts, kinds, stored, values, strict=True)
    )


@lru_cache(maxsize=4096)
def _stored(kind: str, number: str, style: str, formats: NumberFormats) -> Value:
    return number == "1" if kind == "b" else formats.value(number, int(style or 0))


@lru_cache(maxsize=16)
def _formats(form: RowFormat) -> NumberFormats:
    """Of styles only those of days matter: any other number is read as it stands."""
    days = {column.dated for column in form.columns}
    plain = {style for column in form.columns for style in (column.style, column.quoted)} - days
    most = max((*days, *plain), default=0)
    codes = [_A_DAY if style in days else _GENERAL for style in range(most + 1)]
    return NumberFormats(codes, {}, from_1904=form.since_1904)


def _is_same(found: Value, value: object) -> bool:
    """Whether a cell says a value: a day before all calendars is written as text."""
    if found is None or value is None or value == "":
        return found is None and value in (None, "")
    if isinstance(value, bool) or isinstance(found, bool):
        return found is value
    if isinstance(value, int | float):
        return isinstance(found, int | float) and float(found) == float(value)
    if isinstance(value, date):
        return found == value or found == text_of(value)
    return found == value
