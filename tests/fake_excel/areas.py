"""Rectangles of a sheet and how they are written: rows and columns count from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from fake_excel.errors import refused

MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384
_END: Final = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?")


class Rect(NamedTuple):
    """A rectangle, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def sized(cls, row: int, column: int, rows: int, columns: int) -> Rect:
        return cls(row, column, row + rows - 1, column + columns - 1)

    @property
    def rows(self) -> int:
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        return self.right - self.left + 1

    @property
    def size(self) -> int:
        return self.rows * self.columns

    @property
    def whole_rows(self) -> bool:
        return self.columns == MAX_COLUMN

    @property
    def whole_columns(self) -> bool:
        return self.rows == MAX_ROW

    def holds(self, at: tuple[int, int]) -> bool:
        return self.top <= at[0] <= self.bottom and self.left <= at[1] <= self.right

    def within(self, other: Rect) -> bool:
        return (
            self.top >= other.top
            and self.bottom <= other.bottom
            and self.left >= other.left
            and self.right <= other.right
        )

    def meets(self, other: Rect) -> bool:
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def common(self, other: Rect) -> Rect | None:
        if not self.meets(other):
            return None
        return Rect(
            max(self.top, other.top),
            max(self.left, other.left),
            min(self.bottom, other.bottom),
            min(self.right, other.right),
        )

    def spots(self) -> Iterator[tuple[int, int]]:
        """Every (row, column), row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column

    def address(self, rows_fixed: bool = True, columns_fixed: bool = True) -> str:
        """As Excel writes it: ``$A$1``, ``$A$1:$B$2``, ``$3:$4``, ``$A:$C``."""
        row_sign, column_sign = "$" * rows_fixed, "$" * columns_fixed
        if self.whole_rows:
            return f"{row_sign}{self.top}:{row_sign}{self.bottom}"
        if self.whole_columns:
            return f"{column_sign}{letters(self.left)}:{column_sign}{letters(self.right)}"
        first = f"{column_sign}{letters(self.left)}{row_sign}{self.top}"
        last = f"{column_sign}{letters(self.right)}{row_sign}{self.bottom}"
        return first if first == last else f"{first}:{last}"


def letters(column: int) -> str:
    """27 -> AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_number(text: str) -> int:
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number


def rect_of(address: str) -> Rect:
    """The rectangle an A1 address means; a bad one is refused as Excel's ``Range`` refuses it."""
    ends = address.replace("$", "").split(":")
    found = [_END.fullmatch(end) for end in ends]
    if len(ends) > 2 or not all(found):
        raise refused("Method 'Range' of object '_Worksheet' failed")
    first, last = found[0], found[-1]
    assert first
    assert last
    if not first[0] or (len(ends) == 1 and not (first[1] and first[2])):
        raise refused("Method 'Range' of object '_Worksheet' failed")
    rows = [int(first[2] or 1), int(last[2] or MAX_ROW)]
    columns = [column_number(first[1] or "A"), column_number(last[1] or "XFD")]
    return checked(Rect(min(rows), min(columns), max(rows), max(columns)))


def checked(rect: Rect) -> Rect:
    """The rectangle, when it lies on the sheet."""
    inside = 1 <= rect.top <= rect.bottom <= MAX_ROW and 1 <= rect.left <= rect.right <= MAX_COLUMN
    if not inside:
        raise refused("Application-defined or object-defined error")
    return rect
