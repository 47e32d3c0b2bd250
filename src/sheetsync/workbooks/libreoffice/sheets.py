"""Sheets, as xlwings sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sheetsync.workbooks.libreoffice.areas import LAST_COLUMN, LAST_ROW, Area, area_of, around
from sheetsync.workbooks.libreoffice.faces import Face
from sheetsync.workbooks.libreoffice.inside import document, notes, values
from sheetsync.workbooks.libreoffice.names import Names
from sheetsync.workbooks.libreoffice.notes import Note
from sheetsync.workbooks.libreoffice.ranges import Range
from sheetsync.workbooks.libreoffice.tables import Tables

if TYPE_CHECKING:
    from sheetsync.workbooks.libreoffice.books import Book

Corner = str | tuple[int, ...] | Range | int


class Sheets(Face):
    """The sheets of one workbook, in their order."""

    __slots__ = ("book",)

    def __init__(self, book: Book) -> None:
        self.book = book

    def _names(self) -> tuple[str, ...]:
        return self.book.do(document.sheet_names)

    @property
    def api(self) -> Any:
        """LibreOffice's own collection."""
        return self.book.doc.Sheets

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        return Sheet(self.book, self.book.do(document.active_sheet))

    def __call__(self, key: int | str) -> Sheet:
        for number, name in enumerate(self._names(), 1):
            if key == number or (isinstance(key, str) and key.lower() == name.lower()):
                return Sheet(self.book, name)
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, name) for name in self._names())

    def __contains__(self, name: str) -> bool:
        return name.lower() in (other.lower() for other in self._names())

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Add an empty sheet; without a neighbour, before the one in front."""
        present = self._names()
        if before is None and after is None:
            before = self.active
        position = before.index - 1 if before else after.index if after else 0
        chosen = name or next(
            one for number in range(1, len(present) + 2) if (one := f"Sheet{number}") not in present
        )
        self.book.do(document.add_sheet, chosen, position)
        return Sheet(self.book, chosen)


class Sheet(Face):
    """One sheet, by its name."""

    __slots__ = ("_name", "book")

    def __init__(self, book: Book, name: str) -> None:
        self.book = book
        self._name = name

    @property
    def api(self) -> Any:
        """LibreOffice's own sheet."""
        return self.book.doc.Sheets.getByName(self._name)

    @property
    def name(self) -> str:
        """The name."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        self.book.do(document.rename_sheet, self._name, name)
        self._name = name

    @property
    def index(self) -> int:
        """Number of the sheet, from 1."""
        return self.book.do(document.sheet_names).index(self._name) + 1

    @property
    def names(self) -> Names:
        """Names of this sheet only."""
        return Names(self.book, self._name)

    @property
    def tables(self) -> Tables:
        """The sheet's tables."""
        return Tables(self)

    @property
    def notes(self) -> list[Note]:
        """Every note of the sheet."""
        every = self.book.do(notes.read, self._name)
        return [
            Note(self.at(Area(row + 1, column + 1, 1, 1)), text, author)
            for row, column, text, author in every
        ]

    # --- cells

    def at(self, area: Area) -> Range:
        """Cells by their numbers."""
        return Range(self, area)

    @property
    def cells(self) -> Range:
        """All cells."""
        return self.at(Area(1, 1, LAST_ROW, LAST_COLUMN))

    @property
    def used_range(self) -> Range:
        """The least range that holds all that is on the sheet."""
        row, column, rows, columns = self.book.do(values.used, self._name)
        return self.at(Area(row + 1, column + 1, rows, columns))

    def range(self, arg1: Corner, arg2: Corner | None = None) -> Range:
        """Cells by an address, a name, a cell's numbers or another range; with two of them, all between."""
        if isinstance(arg1, int) and isinstance(arg2, int):
            arg1, arg2 = (arg1, arg2), None
        first = self._corner(arg1)
        if arg2 is None:
            return first
        return first.at(around(first.area, self._corner(arg2).area))

    def _corner(self, corner: Corner) -> Range:
        if isinstance(corner, Range):
            return corner
        if isinstance(corner, str):
            area = area_of(corner)
            return self.at(area) if area else self._named(corner)
        if isinstance(corner, int):
            raise TypeError("a cell is told by a row and a column")
        if 0 in corner[:2]:
            raise IndexError("rows and columns are counted from 1")
        return self.at(Area(*corner) if len(corner) == 4 else Area(corner[0], corner[1], 1, 1))

    def _named(self, name: str) -> Range:
        """Cells of a defined name (the sheet's own first) or of a table, header left out as Excel does."""
        for names in (self.names, self.book.names):
            if name in names:
                return names(name).refers_to_range
        for sheet in self.book.sheets:
            if name in sheet.tables:
                table = sheet.tables(name)
                return table.data_body_range or table.range
        raise KeyError(name)

    # --- the sheet as a whole

    @property
    def visible(self) -> bool:
        """Whether the sheet is shown."""
        return bool(self.book.do(document.read, self._name, "IsVisible"))

    @visible.setter
    def visible(self, shown: bool) -> None:
        self.book.do(document.write, self._name, "IsVisible", bool(shown))

    def activate(self) -> None:
        """Bring the sheet to the front."""
        self.book.do(document.show_sheet, self._name)

    select = activate

    def autofit(self, axis: str | None = None) -> None:
        """Rows and columns that are used, as high and wide as what they hold."""
        self.used_range.autofit(axis)

    def clear_contents(self) -> None:
        """Empty all cells."""
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        """Take the look of all cells away."""
        self.used_range.clear_formats()

    def clear(self) -> None:
        """Empty all cells and take their look away."""
        self.used_range.clear()

    def delete(self) -> None:
        """Take the sheet away with all that is on it."""
        self.book.do(document.drop_sheet, self._name)
