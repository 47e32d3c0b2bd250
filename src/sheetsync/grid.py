"""A neutral sheet of cells: what an order's table, a file and a Google sheet all are to us.

Rows and columns count from 1, as users see them. Only non-empty cells are kept, so a sheet with
one stray value in its last corner costs one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Final

from msgspec import Struct

Value = str | float | int | bool | date | datetime | time | None

_ERROR: Final = re.compile(r"#(?:[A-ZА-Я]+[/\d]*[A-ZА-Я]*[!?]|N/A|Н/Д|ЗНАЧ!|ДЕЛ/0!|DIV/0!)")
_REFERENCE: Final = re.compile(r"^\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})$")
_REMEMBERED_CELLS: Final = 1 << 11
"""References that are read again and again: copies of a form are filled in the same cells."""
_REMEMBERED_COLUMNS: Final = 1 << 8


class Visibility(StrEnum):
    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


CELL_LIMIT: Final = 32_767
"""Characters a cell of a workbook can hold, counted as Excel counts them: in UTF-16 units."""

SHEET_ROWS: Final = 1_048_576
SHEET_COLUMNS: Final = 16_384
SHEET_LINKS: Final = 65_530
"""What a sheet of Excel holds; it opens none with more hyperlinks."""


class Cell(Struct, frozen=True):
    """What a cell holds: value, the formula behind it, link targets and the note beside it.

    ``secret`` is a digest of what was personal in the cell and is covered now; '' for most cells.
    """

    value: Value = None
    formula: str | None = None
    links: tuple[str, ...] = ()
    comment: str | None = None
    secret: str = ""

    @property
    def text(self) -> str:
        """The value as a person reads it: whole numbers without «.0», dates as ДД.ММ.ГГГГ."""
        value = self.value
        return value if value.__class__ is str else text_of(value)

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.links or self.comment)


EMPTY: Final = Cell()


class Area(Struct, frozen=True):
    """A rectangle of cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, at: object) -> bool:
        match at:
            case (int(row), int(column)):
                return self.top <= row <= self.bottom and self.left <= column <= self.right
        return False

    @property
    def ref(self) -> str:
        first, last = a1(self.top, self.left), a1(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: non-empty cells by (row, column)."""

    name: str
    cells: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    visibility: Visibility = Visibility.VISIBLE
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    texts: tuple[str, ...] = ()
    """Texts of shapes and text boxes lying over the sheet."""
    pictures: int = 0
    """How many pictures lie over the sheet: what is written on them nobody reads."""
    longest: int = field(default=0, repr=False, compare=False)
    """Letters of its longest value, formula or note at most; 0 when nobody has looked."""
    _by_row: dict[int, dict[int, Cell]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The cells once more, for who asks row by row."""

    def at(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), EMPTY)

    def row(self, number: int) -> dict[int, Cell]:
        """Non-empty cells of one row by column, left to right."""
        if not self._by_row:
            self._by_row.update(self.rows())
        return dict(self._by_row.get(number, {}))

    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Every row that holds something, top to bottom: (number, cells by column)."""
        grouped: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            grouped.setdefault(row, {})[column] = cell
        yield from grouped.items()


class Table(Struct, frozen=True):
    """A named table of a workbook file: where it lies (header row included) and its headers."""

    name: str
    sheet: str
    area: Area
    columns: tuple[str, ...]


class Book(Struct, frozen=True):
    """A workbook as cells, with what identifies it."""

    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = {}
    names: Mapping[str, str] = {}
    """Defined names: name -> what it refers to, as written («Отчёт!$B$2», «\"текст\"»)."""
    tables: tuple[Table, ...] = ()
    has_macros: bool = False

    def sheet(self, name: str) -> Sheet | None:
        return next((one for one in self.sheets if one.name == name), None)


def text_of(value: Value) -> str:
    """A cell value as text: 5.0 -> «5», 2023-02-01 -> «01.02.2023», True -> «ИСТИНА»."""
    if isinstance(value, str):
        return str(value)
    match value:
        case None:
            return ""
        case bool():
            return "ИСТИНА" if value else "ЛОЖЬ"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() != time():
            return value.strftime("%d.%m.%Y %H:%M")
        case date():
            return _day(value)
        case time():
            return value.strftime("%H:%M")
    return str(value)


@lru_cache(maxsize=4096)
def _day(value: date) -> str:
    return value.strftime("%d.%m.%Y")


def is_error(text: str) -> bool:
    """Is this what a formula shows that cannot be computed: «#REF!», «#ССЫЛКА!»?"""
    return _ERROR.fullmatch(text.strip()) is not None


def units(text: str) -> int:
    """The length of a text as a cell counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cell_pieces(text: str) -> list[str]:
    """A text in pieces that cells can hold; no character is cut in two.

    >>> [len(piece) for piece in cell_pieces("а" * 40_000)]
    [32767, 7233]
    """
    if len(text) * 2 <= CELL_LIMIT:
        return [text]
    pieces, start, room = [], 0, CELL_LIMIT
    for at, one in enumerate(text):
        width = 2 if one > "\uffff" else 1
        if width > room:
            pieces.append(text[start:at])
            start, room = at, CELL_LIMIT
        room -= width
    return [*pieces, text[start:]]


@lru_cache(maxsize=_REMEMBERED_COLUMNS)
def column_letters(column: int) -> str:
    """1 -> «A», 27 -> «AA»."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """(7, 4) -> «D7»."""
    return f"{column_letters(column)}{row}"


@lru_cache(maxsize=_REMEMBERED_CELLS)
def position(reference: str) -> tuple[int, int]:
    """«$D$7» -> (7, 4). Raises ``ValueError`` when the text is not a cell reference."""
    match = _REFERENCE.match(reference)
    if not match:
        raise ValueError(f"not a cell reference: {reference!r}")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def area(reference: str) -> Area:
    """«B2:D9» -> Area(2, 2, 9, 4); a single cell is an area of one."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = position(first), position(last or first)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
