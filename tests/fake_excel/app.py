"""Excel the program: ``xlwings.base_classes.App`` and ``Books``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from fake_excel.areas import Rect
from fake_excel.book import Book
from fake_excel.book import Sheet as SheetFace
from fake_excel.calls import Watched
from fake_excel.com import ComApp, ComBooks
from fake_excel.document import Document, Program, Sheet
from fake_excel.document import Table as TableState
from fake_excel.ranges import Range
from fake_excel.table import Table

PID = 4711
HWND = 131_584
CALCULATIONS = ("automatic", "manual", "semiautomatic")


class App(Watched, base_classes.App):
    """``engine`` is asked for by ``xlwings.main`` though the interface does not list it."""

    def __init__(self, engine: Any, program: Program, documents: list[Document]) -> None:
        self._engine = engine
        self._state = program
        self._documents = documents

    @property
    def _program(self) -> Program:
        return self._state

    def _cells(self, document: Document, sheet: Sheet, area: Rect) -> Range:
        return Range(self, document, sheet, area)

    def _sheet(self, document: Document, sheet: Sheet) -> SheetFace:
        return SheetFace(self, document, sheet)

    def _table(self, document: Document, sheet: Sheet, table: TableState) -> Table:
        return Table(self, document, sheet, table)

    @property
    def engine(self) -> Any:
        return self._engine

    @property
    def api(self) -> ComApp:
        return ComApp(self._state, self._documents)

    @property
    def books(self) -> Books:
        return Books(self, self._documents)

    @property
    def selection(self) -> Range | None:
        if self._state.nothing_selected:
            raise AttributeError("'NoneType' object has no attribute 'Address'")  # xlwings 0.37.8 itself
        if self._state.shape_selected or not self._documents:
            return None
        document = self._documents[0]
        return self._cells(document, document.active, document.active.selection)

    def activate(self, steal_focus: bool = False) -> None:
        """The window comes to the front."""

    @property
    def version(self) -> str:
        return "16.0"

    @property
    def hwnd(self) -> int:
        return HWND

    @property
    def pid(self) -> int:
        return PID

    @property
    def visible(self) -> bool:
        return True

    @visible.setter
    def visible(self, visible: bool) -> None:
        _boolean(visible)

    @property
    def screen_updating(self) -> bool:
        return self._state.screen_updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self._state.screen_updating = _boolean(value)

    @property
    def display_alerts(self) -> bool:
        return self._state.display_alerts

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        self._state.display_alerts = _boolean(value)

    @property
    def enable_events(self) -> bool:
        return self._state.enable_events

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        self._state.enable_events = _boolean(value)

    @property
    def calculation(self) -> str:
        return self._state.calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in CALCULATIONS:
            raise KeyError(value)
        self._state.calculation = value
        self._state.clipboard = None

    def calculate(self) -> None:
        """Formulas are reckoned at once here; the call is only counted."""

    @property
    def status_bar(self) -> str | bool:
        return self._state.status_bar

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        """Microsoft, «Application.StatusBar»: False gives the bar back; '' would leave it empty."""
        if value is not False and not (isinstance(value, str) and value):
            raise TypeError(f"Application.StatusBar = {value!r}")
        self._state.status_bar = value
        self._state.told.append(value)

    @property
    def cut_copy_mode(self) -> str | None:
        return "copy" if self._state.clipboard else None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: bool) -> None:
        if value is not False:
            raise TypeError("Application.CutCopyMode is only given back: False")
        self._state.clipboard = None


class Books(Watched, base_classes.Books):
    def __init__(self, app: App, documents: list[Document]) -> None:
        self._app = app
        self._documents = documents

    @property
    def _program(self) -> Program:
        return self._app._program

    @property
    def app(self) -> App:
        return self._app

    @property
    def api(self) -> ComBooks:
        return ComBooks(self._app._program, self._documents)

    @property
    def active(self) -> Book:
        return Book(self._app, self._documents[0])

    def __call__(self, name_or_index: str | int) -> Book:
        for number, document in enumerate(self._documents, 1):
            if name_or_index in (number, document.path.name) or (
                isinstance(name_or_index, str) and name_or_index.lower() == document.path.name.lower()
            ):
                return Book(self._app, document)
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[Book]:
        for document in self._documents:
            yield Book(self._app, document)


def _boolean(value: bool) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"a boolean is expected, not {value!r}")
    return value
