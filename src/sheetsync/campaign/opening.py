"""The workbook people have open, found in the program that shows it: Excel, or LibreOffice."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sheetsync.columns import KitCell, KitMessage
from sheetsync.surprises import kept_details
from sheetsync.workbooks.port import OpenWorkbook, WorkbookRefused

_SIGN_OF_EXCEL: Final = "--from_xl"
"""Among the arguments by which xlwings' ``Book.caller()`` finds the Excel that started this process."""

_NOBODY_ANSWERS: Final = (ConnectionError, KeyError, WorkbookRefused)
"""No program is there, it has no such workbook open, or it is busy with its user."""

_WINDOWS: Final = "win32"
_MACOS: Final = "darwin"


class NotConnected(Exception):
    """The program could not be reached; ``message`` is what the macro is to show."""

    def __init__(self, message: KitMessage) -> None:
        super().__init__(message.value)
        self.message = message


@contextlib.contextmanager
def opened(
    path: Path, profile: str | None = None, arguments: Sequence[str] | None = None
) -> Iterator[OpenWorkbook]:
    """The open workbook of that path, in Excel when Excel started this process, else in LibreOffice.

    ``profile`` is LibreOffice's user installation as a file url: Excel's macros never name one, and
    xlwings' own server, where its user switched that on, starts no process with arguments for each
    press. Raises ``NotConnected``.
    """
    xw = _xlwings()
    is_told = any(one.startswith(_SIGN_OF_EXCEL) for one in arguments or sys.argv)
    if is_told or (profile is None and sys.platform == _WINDOWS):
        yield _live_in_excel(lambda: _caller(xw, path))
        return
    with _in_office(path, profile) as book:
        yield book


def _caller(xw: Any, path: Path) -> Any:
    """The workbook whose button was pressed.

    xlwings finds it by its window and name, and misses a name with «=» in it: then it is the one
    of that path, in whatever Excel it is open.
    """
    from sheetsync.workbooks.excel_live.patience import patiently  # noqa: PLC0415

    try:
        return patiently(xw.Book.caller)()
    except Exception:
        book = _open_in_excel(xw, path)
        if book is None:
            raise
        return book


def _open_in_excel(xw: Any, path: Path) -> Any:
    """The workbook of that path among all that are open in every Excel; None when there is none."""
    books = (book for app in xw.apps for book in app.books)
    return next((book for book in books if _lies_at(book, path)), None)


def _xlwings() -> Any:
    try:
        from sheetsync.workbooks.excel_live.xw import xw  # noqa: PLC0415 - a tenth of a second
    except ImportError as error:
        raise NotConnected(KitMessage.NO_XLWINGS) from error
    return xw


def _live_in_excel(book: Callable[[], Any]) -> OpenWorkbook:
    """What Excel for macOS shows cannot be written the same way, and is not touched."""
    if sys.platform == _MACOS:
        raise NotConnected(KitMessage.NO_MAC)
    from sheetsync.workbooks.excel_live.beyond_excel import BeyondExcel  # noqa: PLC0415
    from sheetsync.workbooks.excel_live.workbook import LiveWorkbook  # noqa: PLC0415

    try:
        return LiveWorkbook(book(), BeyondExcel())
    except Exception as error:
        raise _not_connected(error) from error


@contextlib.contextmanager
def _in_office(path: Path, profile: str | None) -> Iterator[OpenWorkbook]:
    """The workbook of that path in the running LibreOffice."""
    from sheetsync.workbooks.excel_live.workbook import LiveWorkbook  # noqa: PLC0415
    from sheetsync.workbooks.libreoffice.beyond import BeyondLibreOffice  # noqa: PLC0415
    from sheetsync.workbooks.libreoffice.connect import book_at, engine_on  # noqa: PLC0415
    from sheetsync.workbooks.libreoffice.reaching import (  # noqa: PLC0415
        OfficeUnreachable,
        Unreachable,
        reach,
    )

    with contextlib.ExitStack() as stack:
        try:
            context = stack.enter_context(reach(profile))
            engine = engine_on(context)
            book = LiveWorkbook(book_at(engine, path), BeyondLibreOffice())
        except Exception as error:
            is_unable = isinstance(error, OfficeUnreachable) and error.reason is Unreachable.NO_UNO
            raise NotConnected(KitMessage.NO_UNO) if is_unable else _not_connected(error) from error
        yield book


def _not_connected(error: Exception) -> NotConnected:
    """A person is told to try again; of what nobody expects the developer gets the details."""
    if not isinstance(error, _NOBODY_ANSWERS):
        kept_details(error)
    return NotConnected(KitMessage.NO_CONNECTION)


@contextlib.contextmanager
def found_open(path: Path) -> Iterator[OpenWorkbook]:
    """The workbook of that path wherever people have it open, for a process no button started.

    Raises ``NotConnected``.
    """
    xw = _xlwings()
    if sys.platform == _WINDOWS:
        found = _open_in_excel(xw, path)
        if found is not None:
            yield _live_in_excel(lambda: found)
            return
    with _in_office(path, None) as book:
        yield book


def _lies_at(book: Any, path: Path) -> bool:
    """Whether a workbook of Excel is the file of that path; one from the cloud is none."""
    try:
        return path.samefile(book.fullname)
    except OSError:
        return False


def limit_of(book: OpenWorkbook, usual: float) -> float:
    """Seconds a press may take, as the workbook says; what is wrong with it the press itself will tell."""
    try:
        said = book.read_named(KitCell.TIMEOUT).value
    except Exception:  # noqa: BLE001 - no such cell, or a program that refuses
        return usual
    return float(said) if isinstance(said, int | float) and said > 0 else usual
