"""The program is kept quiet while its workbook is written, and is as before afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from sheetsync.workbooks.excel_live.beyond import Beyond
from sheetsync.workbooks.excel_live.patience import has_refused, patiently

_BY_HAND: Final = "manual"


@contextmanager
def calm(book: Any, beyond: Beyond, shown: Callable[[], str]) -> Iterator[None]:
    """Screen, calculation, events and questions rest. ``shown`` names the sheet that was brought to the
    front meanwhile on purpose; without one the sheet in front, selection and scrolling come back."""
    with ExitStack() as later:
        later.callback(_view_back(book, beyond, shown))
        app = patiently(getattr)(book, "app")
        patiently(beyond.forget_copied)(book)
        for setting, quiet in (
            ("screen_updating", False),
            ("enable_events", False),
            ("display_alerts", False),
            ("calculation", _BY_HAND),
        ):
            _set_for_now(later, app, setting, quiet)
        yield


def _set_for_now(later: ExitStack, app: Any, setting: str, quiet: object) -> None:
    before = patiently(getattr)(app, setting)
    if before != quiet:
        later.callback(patiently(setattr), app, setting, before)
        patiently(setattr)(app, setting, quiet)


def _view_back(book: Any, beyond: Beyond, shown: Callable[[], str]) -> Callable[[], None]:
    """What puts the view back as it is now."""
    sheet, selection = _view(book)
    scroll_back = patiently(beyond.scrolled)(book)

    def put_back() -> None:
        if shown():
            return
        now, selected = _view(book)
        if now != sheet:
            _bring_to_front(book, sheet)
        if selection and (now, selected) != (sheet, selection):
            _select(book, sheet, selection)
        patiently(scroll_back)()

    return put_back


@patiently
def _bring_to_front(book: Any, sheet: str) -> None:
    book.sheets[sheet].activate()


@patiently
def _select(book: Any, sheet: str, selection: str) -> None:
    """Select again; Excel takes no address of many areas, longer than 255 letters."""
    try:
        book.sheets[sheet].range(selection).select()
    except Exception as error:
        if not has_refused(error):
            raise


@patiently
def _view(book: Any) -> tuple[str, str]:
    """The sheet in front and what is selected on it; '' when that is no range of cells."""
    try:
        selection = book.selection
    except AttributeError:  # nothing at all, as on a sheet that is a chart: xlwings asks None for an address
        selection = None
    return book.sheets.active.name, selection.address if selection is not None else ""
