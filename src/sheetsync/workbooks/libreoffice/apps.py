"""The office itself, as xlwings sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from sheetsync.workbooks.libreoffice.books import Book, Books
from sheetsync.workbooks.libreoffice.bridge import Bridge
from sheetsync.workbooks.libreoffice.faces import Face
from sheetsync.workbooks.libreoffice.inside import document, look
from sheetsync.workbooks.libreoffice.inside.places import Place
from sheetsync.workbooks.libreoffice.kinds import ERROR_CODES
from sheetsync.workbooks.libreoffice.ranges import Range

NAME: Final = "libreoffice"

_CALCULATION: Final = {True: "automatic", False: "manual"}
_PRODUCT: Final = "/org.openoffice.Setup/Product"
_LIBRARY: Final = "VBAProject"


class Engine(Face):
    """xlwings' engine over one office."""

    __slots__ = ("apps",)

    def __init__(self, bridge: Bridge) -> None:
        self.apps = Apps(self, bridge)

    @property
    def name(self) -> str:
        """How xlwings calls the engine."""
        return NAME

    @property
    def type(self) -> str:
        """A program on this machine."""
        return "desktop"

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:  # noqa: ARG004 - xlwings gives it
        """A value ready to be written: what is no number, as pandas has it, empties a cell."""
        return None if value is None or value != value else value  # noqa: PLR0124 - how NaN and NaT are known

    @staticmethod
    def clean_value_data(
        data: Any,
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Values as read, in the kinds the reader asked for; an error is None or its text."""

        def clean(value: Any) -> Any:
            if value in (None, ""):
                return empty_as
            if isinstance(value, int) and not isinstance(value, bool):
                return ERROR_CODES[value] if err_to_str else None
            if isinstance(value, float):
                return number_builder(value) if number_builder else value
            return value if isinstance(value, str | bool) else _rebuilt(value, datetime_builder)

        return [[clean(value) for value in row] for row in data]


def _rebuilt(moment: Any, builder: Callable[..., Any]) -> Any:
    parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return builder(**{part: getattr(moment, part) for part in parts}, tzinfo=None)


class Apps(Face):
    """One office."""

    __slots__ = ("_app",)

    def __init__(self, engine: Engine, bridge: Bridge) -> None:
        self._app = App(engine, bridge)

    def keys(self) -> list[int]:
        """The number of the office."""
        return [self._app.pid]

    def __iter__(self) -> Iterator[App]:
        yield self._app

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        if pid != self._app.pid:
            raise KeyError(pid)
        return self._app


class Resting:
    """Workbooks whose screen stands still, and which of their rows have changed since."""

    def __init__(self) -> None:
        self.books: list[Book] = []
        self._rows: dict[tuple[str, str], tuple[Book, int, int]] = {}

    def begin(self, books: list[Book]) -> None:
        """Let the screens stand still."""
        self.books = books
        for book in books:
            book.do(document.rest)

    def touch(self, book: Book, place: Place) -> None:
        """Rows of a place have changed."""
        if not self.books:
            return
        sheet, row, _, rows, _ = place
        key = book.identity, sheet
        _, first, last = self._rows.get(key, (book, row, row))
        self._rows[key] = book, min(first, row), max(last, row + rows - 1)

    def grow(self, book: Book, place: Place) -> None:
        """Rows were inserted: those that changed may stand lower now."""
        key = book.identity, place[0]
        if key in self._rows:
            _, first, last = self._rows[key]
            self._rows[key] = book, first, last + place[3]

    def end(self) -> None:
        """Let the screens go on; rows that changed are as high as what they hold, and cannot be undone."""
        books, rows = self.books, self._rows
        self.books, self._rows = [], {}
        for book in books:
            book.do(document.go_on)
        for (_, sheet), (book, first, last) in rows.items():
            book.do(look.fit_again, (sheet, first, 0, last - first + 1, 1))
        for book in {book.identity: book for book, _, _ in rows.values()}.values():
            book.do(document.forget_steps)


class App(Face):
    """The office: one program with all its workbooks."""

    __slots__ = ("_alerts", "_events", "_indicator", "_status", "bridge", "copied", "engine", "resting")

    def __init__(self, engine: Engine, bridge: Bridge) -> None:
        self.engine = engine
        self.bridge = bridge
        self.copied: Range | None = None
        self.resting = Resting()
        self._alerts = True
        self._events = True
        self._status: str | bool = False
        self._indicator: Any = None

    @property
    def api(self) -> Any:
        """LibreOffice's own desktop."""
        return self.bridge.desktop

    @property
    def books(self) -> Books:
        """The open workbooks."""
        return Books(self)

    @property
    def pid(self) -> int:
        """A number that is this office's: over its bridge LibreOffice does not tell the system's."""
        return id(self)

    @property
    def version(self) -> str:
        """«7.4.7.2»."""
        return str(self.bridge.settings(_PRODUCT).ooSetupVersionAboutBox)

    @property
    def visible(self) -> bool:
        """Whether the workbook in front has a window to be seen."""
        view = self.books.active.doc.CurrentController
        return bool(view and view.Frame.ContainerWindow.isVisible())

    def activate(self, steal_focus: bool = False) -> None:
        """Bring the window of the workbook in front to the top."""
        view = self.books.active.doc.CurrentController
        if view and steal_focus:
            view.Frame.ContainerWindow.toFront()

    @property
    def selection(self) -> Range | None:
        """The selected cells of the workbook in front; None for several ranges or a drawing."""
        book = self.books.active
        place = book.do(document.selection)
        return book.range_at(place) if place else None

    @property
    def screen_updating(self) -> bool:
        """Whether workbooks are painted, and rows fitted, at every change."""
        return not self.resting.books

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value == self.screen_updating:
            return
        if value:
            self.resting.end()
        else:
            self.resting.begin(list(self.books))

    @property
    def calculation(self) -> str:
        """«automatic» or «manual», of the workbook in front."""
        doc = self.books.active.doc
        return _CALCULATION[self.bridge.asked(lambda: bool(doc.isAutomaticCalculationEnabled()))]

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in _CALCULATION.values():
            raise NotImplementedError(f"LibreOffice: App.calculation = {value!r}")
        for book in self.books:
            book.do(document.calculate_by_itself, value == _CALCULATION[True])

    def calculate(self) -> None:
        """Calculate what has changed."""
        for book in self.books:
            book.doc.calculate()

    @property
    def status_bar(self) -> str | bool:
        """What we said in the status bar; False for the program's own words."""
        return self._status

    @status_bar.setter
    def status_bar(self, words: str | bool) -> None:
        self.bridge.asked(lambda: self._indicate(words))
        self._status = words

    def _indicate(self, words: str | bool) -> None:
        if self._indicator is not None:
            self._indicator.end()
        view = self.books.active.doc.CurrentController
        self._indicator = view.StatusIndicator if view and words else None
        if self._indicator is not None:
            self._indicator.start(str(words), 0)

    @property
    def display_alerts(self) -> bool:
        """What was asked for; LibreOffice asks nothing of who calls it from another process."""
        return self._alerts

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        self._alerts = value

    @property
    def enable_events(self) -> bool:
        """What was asked for; LibreOffice has no switch for the macros that answer to changes."""
        return self._events

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        self._events = value

    def run(self, macro: str, args: tuple[Any, ...]) -> Any:
        """Run a macro «Module.Sub» of the workbook in front; of one that fails LibreOffice says nothing."""
        doc = self.books.active.doc
        library = _LIBRARY if doc.BasicLibraries.hasByName(_LIBRARY) else "Standard"
        script = f"vnd.sun.star.script:{library}.{macro}?language=Basic&location=document"
        return doc.getScriptProvider().getScript(script).invoke(args, (), ())[0]
