"""Workbooks: the spreadsheet documents of one office, as xlwings sees them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from sheetsync.workbooks.libreoffice.areas import Area
from sheetsync.workbooks.libreoffice.bridge import OfficeGone, OfficeRefused, property_value
from sheetsync.workbooks.libreoffice.faces import Face
from sheetsync.workbooks.libreoffice.inside import document
from sheetsync.workbooks.libreoffice.inside.places import Place
from sheetsync.workbooks.libreoffice.names import Names
from sheetsync.workbooks.libreoffice.ranges import Range
from sheetsync.workbooks.libreoffice.sheets import Sheet, Sheets

if TYPE_CHECKING:
    from sheetsync.workbooks.libreoffice.apps import App

P = ParamSpec("P")
T = TypeVar("T")

_SPREADSHEET: Final = "com.sun.star.sheet.SpreadsheetDocument"
_NEW: Final = "private:factory/scalc"
_NEW_WINDOW: Final = "_blank"
_RUN_MACROS: Final = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
FILTERS: Final = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
}


class Books(Face):
    """The open workbooks."""

    __slots__ = ("app",)

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        """All documents of the office."""
        return self.app.bridge.desktop.Components

    @property
    def active(self) -> Book:
        """The workbook in front."""
        doc = self.app.bridge.asked(lambda: self.app.bridge.desktop.CurrentComponent)
        if doc is not None and self.app.bridge.asked(lambda: _is_workbook(doc)):
            return Book(self.app, doc)
        return next(iter(self))

    def __iter__(self) -> Iterator[Book]:
        return iter(self.app.bridge.asked(self._present))

    def _present(self) -> list[Book]:
        present = []
        components = self.api.createEnumeration()
        while components.hasMoreElements():
            doc = components.nextElement()
            if _is_workbook(doc):
                present.append(Book(self.app, doc))
        return present

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, key: int | str) -> Book:
        for number, book in enumerate(self, 1):
            if key == number or (
                isinstance(key, str) and key.lower() in (book.name.lower(), book.fullname.lower())
            ):
                return book
        raise KeyError(key)

    def add(self) -> Book:
        """A new workbook."""
        doc = self.app.bridge.desktop.loadComponentFromURL(_NEW, _NEW_WINDOW, 0, ())
        return Book(self.app, doc)

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,
        read_only: bool | None = None,
        *others: Any,
        **more: Any,
    ) -> Book:
        """Open a workbook; its macros may run, as xlwings' users expect of a workbook they name."""
        if update_links or any(others) or any(more.values()):
            raise NotImplementedError("LibreOffice: Books.open with other arguments than read_only")
        path = Path(fullname).resolve(strict=True)
        arguments = (
            property_value("MacroExecutionMode", _RUN_MACROS),
            property_value("ReadOnly", bool(read_only)),
        )
        url = self.app.bridge.uno.systemPathToFileUrl(str(path))
        doc = self.app.bridge.desktop.loadComponentFromURL(url, _NEW_WINDOW, 0, arguments)
        if doc is None:
            raise OSError(f"LibreOffice could not open {path}")
        return Book(self.app, doc)

    def at(self, path: Path) -> Book:
        """The workbook of a file, however its folders are linked; ``KeyError`` when it is not open."""
        for book in self:
            place = book.path
            if place and same_file(place, path):
                return book
        raise KeyError(str(path))


class Book(Face):
    """One open workbook."""

    __slots__ = ("_identity", "app", "doc")

    def __init__(self, app: App, doc: Any) -> None:
        self.app = app
        self.doc = doc
        self._identity = ""

    @property
    def identity(self) -> str:
        """What tells one open document from another, whatever its name becomes."""
        if not self._identity:
            self._identity = self.app.bridge.asked(lambda: self.doc.RuntimeUID)
        return self._identity

    def do(self, deed: Callable[Concatenate[Any, P], T], *values: P.args, **_named: P.kwargs) -> T:
        """Do a deed on the workbook's document."""
        try:
            return self.app.bridge.do(deed, self.doc, *values, **_named)
        except (OfficeRefused, AttributeError) as error:
            if self.app.bridge.asked(lambda: self.doc.Sheets) is None:
                raise OfficeGone("the workbook was closed") from error
            raise

    @property
    def api(self) -> Any:
        """LibreOffice's own document."""
        return self.doc

    @property
    def path(self) -> Path | None:
        """The file; None for a workbook never saved, or one of another place than the disk."""
        url: str = self.app.bridge.asked(lambda: self.doc.URL)
        return Path(self.app.bridge.uno.fileUrlToSystemPath(url)) if url.startswith("file:") else None

    @property
    def fullname(self) -> str:
        """Path of the file; the title where there is none."""
        return str(self.path or self.doc.URL or self.doc.Title)

    @property
    def name(self) -> str:
        """Name of the file; the title where there is none."""
        path = self.path
        return path.name if path else str(self.doc.Title)

    @property
    def sheets(self) -> Sheets:
        """The sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Defined names, those of sheets with it."""
        return Names(self)

    def range_at(self, place: Place) -> Range:
        """Cells of a place."""
        sheet, row, column, rows, columns = place
        return Sheet(self, sheet).at(Area(row + 1, column + 1, rows, columns))

    def show(self, place: Place) -> None:
        """Select cells."""
        self.do(document.select, place)

    def touched(self, place: Place) -> None:
        """Cells were changed: their rows are fitted when the screen goes on."""
        self.app.resting.touch(self, place)

    def activate(self) -> None:
        """Bring the workbook to the front."""
        view = self.doc.CurrentController
        if view:
            view.Frame.ContainerWindow.setFocus()
            view.Frame.activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save, in place or as another file, which the workbook then is."""
        if path is None and self.doc.URL:
            self.doc.store()
            return
        target = Path(path or f"{self.name}.xlsx").resolve()
        arguments = self._store_arguments(target)
        if password:
            arguments = (*arguments, property_value("Password", password))
        self.doc.storeAsURL(self.app.bridge.uno.systemPathToFileUrl(str(target)), arguments)

    def save_copy(self, target: Path) -> None:
        """What is on the screen now, as a file beside; the workbook stays unsaved as it is."""
        url = self.app.bridge.uno.systemPathToFileUrl(str(target.resolve()))
        arguments = self._store_arguments(target)
        try:
            self.app.bridge.asked(lambda: self.doc.storeToURL(url, arguments))
        except OfficeRefused as error:
            raise OSError(f"LibreOffice could not write {target}: {error}") from error

    def _store_arguments(self, target: Path) -> tuple[Any, ...]:
        form = FILTERS.get(target.suffix.lower())
        if form is None:
            raise NotImplementedError(f"LibreOffice: Book.save as {target.suffix}")
        return property_value("FilterName", form), property_value("Overwrite", True)

    def close(self) -> None:
        """Close without saving."""
        self.doc.setModified(False)
        self.doc.close(True)


def _is_workbook(doc: Any) -> bool:
    return hasattr(doc, "supportsService") and doc.supportsService(_SPREADSHEET)


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file; by their spelling where a file is gone from the disk."""
    try:
        return one.samefile(other)
    except OSError:
        return os.path.normcase(one.absolute()) == os.path.normcase(other.absolute())
