"""Addresses of cells, pure: text to rows and columns and back, and Excel's Ctrl+arrow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from sheetsync.grid import column_letters

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384

_CELL: Final = r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
_CELLS: Final = re.compile(rf"{_CELL}(?::{_CELL})?")
_ROWS: Final = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})")
_COLUMNS: Final = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")


class Area(NamedTuple):
    """First row and column, counted from 1, and how many of both."""

    row: int
    column: int
    rows: int
    columns: int


def area_of(address: str) -> Area | None:
    """The cells of an A1 address, of whole rows («5:7») or columns («B:D»); None for another text."""
    if found := _CELLS.fullmatch(address):
        left, top, right, bottom = found.groups()
        return between((int(top), _number(left)), (int(bottom or top), _number(right or left)))
    if found := _ROWS.fullmatch(address):
        return between((int(found[1]), 1), (int(found[2]), LAST_COLUMN))
    if found := _COLUMNS.fullmatch(address):
        return between((1, _number(found[1])), (LAST_ROW, _number(found[2])))
    return None


def between(one: tuple[int, int], other: tuple[int, int]) -> Area:
    """The least area that holds two cells."""
    (top, bottom), (left, right) = (sorted(pair) for pair in zip(one, other, strict=True))
    return Area(top, left, bottom - top + 1, right - left + 1)


def around(one: Area, other: Area) -> Area:
    """The least area that holds two areas."""
    ends = [(area.row + area.rows - 1, area.column + area.columns - 1) for area in (one, other)]
    return between(
        (min(one.row, other.row), min(one.column, other.column)),
        (max(row for row, _ in ends), max(column for _, column in ends)),
    )


def address_of(area: Area, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """The A1 address of an area."""
    by_row, by_column = "$" if row_absolute else "", "$" if column_absolute else ""
    last_row, last_column = area.row + area.rows - 1, area.column + area.columns - 1
    first, last = (
        f"{by_column}{column_letters(column)}{by_row}{row}"
        for row, column in ((area.row, area.column), (last_row, last_column))
    )
    if area.rows == LAST_ROW:
        return f"{by_column}{column_letters(area.column)}:{by_column}{column_letters(last_column)}"
    if area.columns == LAST_COLUMN:
        return f"{by_row}{area.row}:{by_row}{last_row}"
    return first if first == last else f"{first}:{last}"


def jump(filled: Sequence[bool], last: int) -> int:
    """How far Ctrl+arrow goes: ``filled`` begins with the cell itself, ``last`` the way to the edge."""
    if len(filled) > 1 and filled[0] and filled[1]:
        return next((at - 1 for at in range(1, len(filled)) if not filled[at]), len(filled) - 1)
    return next((at for at in range(1, len(filled)) if filled[at]), last)


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
