"""The document as a whole: its sheets, what is selected, how far it is scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .places import Place, cells_at, placed

_resting: list[Any] = []
"""Documents that stand still now."""


def sheet_names(doc: Any) -> tuple[str, ...]:
    """Names of the sheets in their order."""
    return tuple(doc.Sheets.ElementNames)


def read(doc: Any, sheet: str, name: str) -> Any:
    """A property of a sheet."""
    return doc.Sheets.getByName(sheet).getPropertyValue(name)


def write(doc: Any, sheet: str, name: str, value: Any) -> None:
    """Set a property of a sheet."""
    doc.Sheets.getByName(sheet).setPropertyValue(name, value)


def rename_sheet(doc: Any, sheet: str, new: str) -> None:
    """Give a sheet another name; ``ValueError`` for one it cannot have: the office only keeps the old one."""
    renamed = doc.Sheets.getByName(sheet)
    renamed.setName(new)
    if renamed.Name != new:
        raise ValueError(new)


def add_sheet(doc: Any, name: str, position: int) -> None:
    """Insert an empty sheet."""
    doc.Sheets.insertNewByName(name, position)


def drop_sheet(doc: Any, sheet: str) -> None:
    """Take a sheet away with all that is on it."""
    doc.Sheets.removeByName(sheet)


def is_protected(doc: Any, sheet: str) -> bool:
    """Whether a sheet is protected."""
    return bool(doc.Sheets.getByName(sheet).isProtected())


def active_sheet(doc: Any) -> str:
    """The sheet in front; the first one where nobody looks at the document."""
    view = doc.CurrentController
    return str(view.ActiveSheet.Name if view else doc.Sheets.getByIndex(0).Name)


def show_sheet(doc: Any, sheet: str) -> None:
    """Bring a sheet to the front."""
    view = doc.CurrentController
    if view:
        view.setActiveSheet(doc.Sheets.getByName(sheet))


def selection(doc: Any) -> Place | None:
    """The selected cells; None for several ranges, a drawing or a document nobody looks at."""
    chosen = doc.CurrentSelection
    if chosen is None or not chosen.supportsService("com.sun.star.sheet.SheetCellRange"):
        return None
    return placed(chosen.Spreadsheet.Name, chosen.RangeAddress)


def select(doc: Any, place: Place) -> None:
    """Select cells; their sheet comes to the front, as in every spreadsheet program."""
    view = doc.CurrentController
    if view:
        view.select(cells_at(doc, place))


def scrolled(doc: Any) -> tuple[tuple[int, int], ...]:
    """First row and column to be seen in each pane of the window."""
    view = doc.CurrentController
    panes = [view.getByIndex(number) for number in range(view.Count)] if view else []
    return tuple((one.FirstVisibleRow, one.FirstVisibleColumn) for one in panes)


def scroll(doc: Any, panes: Sequence[tuple[int, int]]) -> None:
    """Scroll the panes of the window."""
    view = doc.CurrentController
    for number, (row, column) in enumerate(panes if view else ()):
        if number < view.Count:
            pane = view.getByIndex(number)
            pane.FirstVisibleRow, pane.FirstVisibleColumn = row, column


def rest(doc: Any) -> None:
    """Nothing is painted and no row fitted till ``go_on``: fitting 3,000 rows of long texts takes seconds."""
    _resting.append(doc)
    doc.lockControllers()
    doc.addActionLock()
    doc.IsAdjustHeightEnabled = False


def go_on(doc: Any) -> None:
    """End a ``rest``."""
    _resting[:] = [one for one in _resting if one != doc]
    doc.IsAdjustHeightEnabled = True
    doc.removeActionLock()
    doc.unlockControllers()


def forget_steps(doc: Any) -> None:
    """Nothing is left to be undone, as in Excel after a macro: blocks of values are written without a
    step of their own, and taking back the steps around them would mix what was with what is."""
    doc.UndoManager.clear()


def calculate_by_itself(doc: Any, always: bool) -> None:
    """Formulas are calculated at every change, or only when asked."""
    doc.enableAutomaticCalculation(always)


def leave() -> None:
    """Who asked for rest has gone without ending it: a window would stand still for ever."""
    resting = tuple(_resting)
    for doc in resting:
        go_on(doc)
        calculate_by_itself(doc, True)
