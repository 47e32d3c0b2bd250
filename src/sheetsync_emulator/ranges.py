"""Where cells stand: rectangles, A1 texts and the service's ``GridRange``. Everything counts from 0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sheetsync_emulator.values import Json

Place = tuple[int, int]
"""Row and column of a cell."""

FAR: Final = 10**9
"""An end that is not there: a whole column goes that far."""

ROWS: Final = "ROWS"
COLUMNS: Final = "COLUMNS"

_AREA: Final = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d*)(?::\$?([A-Za-z]{0,3})\$?(\d*))?")
_SHEET_AND_REST: Final = re.compile(r"(?:('(?:[^']|'')*'|[^!]+)!)?(.*)", re.DOTALL)
_NEEDS_NO_QUOTES: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LOOKS_LIKE_A_CELL: Final = re.compile(r"[A-Za-z]{1,3}\d+")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of cells; ``bottom`` and ``right`` are the first row and column outside."""

    top: int
    bottom: int
    left: int
    right: int

    def __contains__(self, place: object) -> bool:
        match place:
            case (int(row), int(column)):
                return self.top <= row < self.bottom and self.left <= column < self.right
        return False

    @property
    def is_empty(self) -> bool:
        return self.top >= self.bottom or self.left >= self.right

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def places(self) -> Iterator[Place]:
        return (
            (row, column) for row in range(self.top, self.bottom) for column in range(self.left, self.right)
        )

    def hits(self, other: Box) -> bool:
        return not self.common(other).is_empty

    def covers(self, other: Box) -> bool:
        return self.common(other) == other

    def common(self, other: Box) -> Box:
        """What both have; empty when nothing."""
        return Box(
            max(self.top, other.top),
            min(self.bottom, other.bottom),
            max(self.left, other.left),
            min(self.right, other.right),
        )

    def minus(self, other: Box) -> tuple[Box, ...]:
        """What is left of this rectangle outside another one."""
        cut = self.common(other)
        if cut.is_empty:
            return (self,)
        parts = (
            Box(self.top, cut.top, self.left, self.right),
            Box(cut.bottom, self.bottom, self.left, self.right),
            Box(cut.top, cut.bottom, self.left, cut.left),
            Box(cut.top, cut.bottom, cut.right, self.right),
        )
        return tuple(part for part in parts if not part.is_empty)

    def moved(self, rows: int, columns: int) -> Box:
        return Box(self.top + rows, self.bottom + rows, self.left + columns, self.right + columns)

    def span(self, dimension: str) -> tuple[int, int]:
        """First and one past last row (or column)."""
        return (self.top, self.bottom) if dimension == ROWS else (self.left, self.right)


def box_of(grid_range: Json, rows: int = FAR, columns: int = FAR) -> Box:
    """A ``GridRange`` as a rectangle; an end it does not name is the end of the sheet."""

    def bound(name: str, default: int) -> int:
        value = grid_range.get(name)
        return default if value is None else int(value)

    return Box(
        bound("startRowIndex", 0),
        bound("endRowIndex", rows),
        bound("startColumnIndex", 0),
        bound("endColumnIndex", columns),
    )


def grid_range(sheet_id: int, box: Box) -> Json:
    """A rectangle as a ``GridRange``; the sheet with id 0 is not named, as Google does not name it."""
    return named_sheet(sheet_id) | {
        "startRowIndex": box.top,
        "endRowIndex": box.bottom,
        "startColumnIndex": box.left,
        "endColumnIndex": box.right,
    }


def named_sheet(sheet_id: int) -> Json:
    return {"sheetId": sheet_id} if sheet_id else {}


def tidy_range(given: Json) -> Json:
    """A ``GridRange`` or ``DimensionRange`` as the service gives it back."""
    return {
        name: value
        for name, value in given.items()
        if value is not None and not (name == "sheetId" and value == 0)
    }


def sheet_id_of(given: Json) -> int:
    return int(given.get("sheetId") or 0)


def line_box(dimension: str, start: int, end: int) -> Box:
    """Whole rows (or columns) from ``start`` up to ``end``."""
    return Box(start, end, 0, FAR) if dimension == ROWS else Box(0, FAR, start, end)


# --- A1 -----------------------------------------------------------------------------------------


def column_number(letters: str) -> int:
    """«A» -> 0, «AA» -> 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(column: int) -> str:
    """0 -> «A», 26 -> «AA»."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def a1(place: Place) -> str:
    row, column = place
    return f"{column_letters(column)}{row + 1}"


def quoted(title: str) -> str:
    """A sheet's title as it stands before «!»."""
    plain = _NEEDS_NO_QUOTES.fullmatch(title) and not _LOOKS_LIKE_A_CELL.fullmatch(title)
    return title if plain else "'" + title.replace("'", "''") + "'"


def unquoted(title: str) -> str:
    return title[1:-1].replace("''", "'") if title.startswith("'") else title


def full_a1(title: str, box: Box) -> str:
    """«Отчёт!A1:C5» for a rectangle of a sheet, one address for a single cell."""
    first, last = a1((box.top, box.left)), a1((box.bottom - 1, box.right - 1))
    return f"{quoted(title)}!{first if first == last else f'{first}:{last}'}"


def split_a1(text: str) -> tuple[str | None, str]:
    """«'Лист 1'!A1» -> («Лист 1», «A1»); no sheet is ``None``."""
    match = _SHEET_AND_REST.fullmatch(text)
    assert match is not None
    title, rest = match.groups()
    return (None if title is None else unquoted(title)), rest


@dataclass(frozen=True, slots=True)
class Area:
    """An A1 text without its sheet; ``None`` is an end that is not written («A2:C», «3:5»)."""

    top: int | None
    bottom: int | None
    left: int | None
    right: int | None
    is_single: bool

    def box(self, rows: int, columns: int) -> Box:
        """The rectangle on a sheet of that size; ends written the wrong way round are put right."""
        top, left = self.top or 0, self.left or 0
        bottom = rows if self.bottom is None else self.bottom + 1
        right = columns if self.right is None else self.right + 1
        if self.top is not None and self.bottom is not None and bottom <= top:
            top, bottom = bottom - 1, top + 1
        if self.left is not None and self.right is not None and right <= left:
            left, right = right - 1, left + 1
        return Box(top, bottom, left, right)


def parse_area(text: str) -> Area | None:
    """«B2:C5» as an area; ``None`` when the text is no address."""
    match = _AREA.fullmatch(text)
    if match is None or not text:
        return None
    column, row, last_column, last_row = match.groups()
    is_single = last_column is None
    if is_single:
        if not (column and row):
            return None
        last_column, last_row = column, row
    return Area(_row(row), _row(last_row), _column(column), _column(last_column), is_single)


def _row(digits: str) -> int | None:
    return int(digits) - 1 if digits else None


def _column(letters: str) -> int | None:
    return column_number(letters) if letters else None
