"""Workbooks and sheets: ``xlwings.base_classes`` Book, Sheets, Sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from fake_excel.areas import MAX_COLUMN, MAX_ROW, Rect, checked, rect_of
from fake_excel.com import ComBook, ComSheet, ComSheets
from fake_excel.document import Document
from fake_excel.document import Sheet as SheetState
from fake_excel.errors import NotOffered, refused
from fake_excel.faces import Face
from fake_excel.names import Names, cell_of_name
from fake_excel.notes import Note
from fake_excel.ranges import Range
from fake_excel.table import Tables
from fake_excel.writing import may_rebuild

if TYPE_CHECKING:
    from fake_excel.app import App


class Book(Face, base_classes.Book):
    def _where(self) -> str:
        return self._document.path.name

    @property
    def api(self) -> ComBook:
        return ComBook(self._document)

    @property
    def app(self) -> App:
        return self._app

    @property
    def name(self) -> str:
        return self._document.path.name

    @property
    def fullname(self) -> str:
        return str(self._document.path)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self._app, self._document)

    @property
    def names(self) -> Names:
        return Names(self._app, self._document)

    def activate(self) -> None:
        """The only workbook is in front already."""

    def save(self, path: Any = None, password: Any = None) -> None:
        """The tool never saves: closing the workbook unsaved undoes a press."""
        self._document.saved += 1
        raise NotOffered("Book.save: the tool never saves the workbook")

    def close(self) -> None:
        raise NotOffered("Book.close: the tool never closes the workbook")


class Sheets(Face, base_classes.Sheets):
    @property
    def api(self) -> ComSheets:
        return ComSheets(self._document)

    @property
    def active(self) -> Sheet:
        return Sheet(self._app, self._document, self._document.active)

    def __call__(self, name_or_index: str | int) -> Sheet:
        if isinstance(name_or_index, int):
            found = (
                self._document.sheets[name_or_index - 1]
                if 1 <= name_or_index <= len(self._document.sheets)
                else None
            )
        else:
            found = self._document.sheet(name_or_index)
        if found is None:
            raise refused("Subscript out of range")
        return Sheet(self._app, self._document, found)

    def __len__(self) -> int:
        return len(self._document.sheets)

    def __iter__(self) -> Iterator[Sheet]:
        for sheet in self._document.sheets:
            yield Sheet(self._app, self._document, sheet)


class Sheet(Face, base_classes.Sheet):
    def __init__(self, app: App, document: Document, state: SheetState) -> None:
        super().__init__(app, document)
        self._state = state

    def _where(self) -> str:
        return self._state.name

    @property
    def api(self) -> ComSheet:
        return ComSheet(self._document, self._state)

    @property
    def book(self) -> Book:
        return Book(self._app, self._document)

    @property
    def name(self) -> str:
        return self._state.name

    @property
    def index(self) -> int:
        return 1 + next(at for at, one in enumerate(self._document.sheets) if one is self._state)

    @property
    def names(self) -> Names:
        return Names(self._app, self._document, self._state.name)

    @property
    def notes(self) -> list[Note]:
        return [
            Note(self._app, self._document, self._state, spot)
            for spot, cell in sorted(self._state.cells.items())
            if cell.note
        ]

    @property
    def tables(self) -> Tables:
        return Tables(self._app, self._document, self._state)

    @property
    def visible(self) -> int:
        return self._state.visible

    @visible.setter
    def visible(self, value: bool | int) -> None:
        self._state.visible = {True: -1, False: 0}.get(value, value)

    def activate(self) -> None:
        if self._state.visible != -1:
            raise refused("Activate method of Worksheet class failed")
        self._document.active = self._state

    def select(self) -> None:
        self.activate()

    @property
    def used_range(self) -> Range:
        return self._range(self._state.used)

    @property
    def cells(self) -> Range:
        return self._range(Rect(1, 1, MAX_ROW, MAX_COLUMN))

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        if isinstance(arg1, int) and isinstance(arg2, int):
            arg1, arg2 = (arg1, arg2), None
        first = self._corner(arg1)
        if arg2 is None:
            return self._range(first)
        last = self._corner(arg2)
        return self._range(
            Rect(
                min(first.top, last.top),
                min(first.left, last.left),
                max(first.bottom, last.bottom),
                max(first.right, last.right),
            )
        )

    def autofit(self, axis: str | None = None) -> None:
        may_rebuild(self._document, self._state)
        if axis in ("rows", "r", None):
            self._state.heights.clear()

    def _corner(self, arg: Any) -> Rect:
        if isinstance(arg, Range):
            return arg._area
        if isinstance(arg, tuple) and len(arg) == 4:
            row, column, rows, columns = arg
            if rows < 1 or columns < 1:
                raise ValueError("a range of no cells")
            return checked(Rect.sized(row, column, rows, columns))
        if isinstance(arg, tuple) and len(arg) == 2:
            if 0 in arg:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return checked(Rect.sized(*arg, 1, 1))
        if not isinstance(arg, str):
            raise TypeError(f"Sheet.range of {arg!r}")
        named = cell_of_name(self._document, arg, self._state)
        return named or rect_of(arg)

    def _range(self, area: Rect) -> Range:
        return Range(self._app, self._document, self._state, area)
