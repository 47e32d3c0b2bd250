"""The identity a form carries, written down and read back.

A form says whose it is in four places: a custom property, a hidden sheet, the hidden key column
and a printed code. Here are the three that are text; keys are read with the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sheetsync.columns import MARK_PROPERTY, FormCell, MarkCell, ReturnCell
from sheetsync.grid import Book, Cell, Sheet, position
from sheetsync.model import Marks
from sheetsync.patterns import at_first_use

_PRINTED: Final = at_first_use(
    r"план\s+(?P<plan>\S(?:.*?\S)?)[\s·•|,;.]+участник\s+(?P<participant>\S(?:.*?\S)?)[\s·•|,;.]+выпуск\s+(?P<issue>\d+)",
    re.IGNORECASE,
)
CODE_WORD: Final = "выпуск"
"""It stands in every printed code."""
_REFERENCE: Final = at_first_use(
    r"^=?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^'!]+))!(?P<cell>\$?[A-Z]+\$?\d+)", re.IGNORECASE
)
_LABELS: Final = frozenset(one.value for one in MarkCell)

Place = tuple[Sheet, int, int]
"""A cell of a book: sheet, row, column."""


def printed_code(marks: Marks) -> str:
    """The line a form prints: «План ABCD · участник S03 · выпуск 1»."""
    return f"План {marks.plan_id} · участник {marks.participant} · выпуск {marks.issue}"


def read_printed_code(text: str) -> Marks | None:
    """The marks of a printed line, other words around it allowed; None when it is no such line."""
    if CODE_WORD not in text.casefold():
        return None
    found = _PRINTED.search(" ".join(text.split()))
    return Marks(found["plan"], found["participant"], int(found["issue"])) if found else None


def mark_property(marks: Marks) -> str:
    """The value of the custom property: «plan/participant/issue/version»."""
    return f"{marks.plan_id}/{marks.participant}/{marks.issue}/{marks.version}"


def read_mark_property(text: str) -> Marks | None:
    """The marks of a custom property; None when somebody else wrote it."""
    parts = text.strip().rsplit("/", 3)
    if len(parts) < 4 or not all(parts):
        return None
    return Marks(parts[0], parts[1], _whole(parts[2]), _whole(parts[3]))


def indicator_key(place: int) -> str:
    """The hidden key of the indicator at ``place`` (from 0) of the plan, in the form."""
    return f"I{place + 1:02d}"


def property_marks(book: Book) -> Marks | None:
    """What the custom property says; LibreOffice and Excel keep it, Google drops it."""
    return read_mark_property(book.properties.get(MARK_PROPERTY, ""))


def sheet_marks(book: Book) -> Marks | None:
    """What the hidden sheet says: by its named cells, else by the labels left of the values."""
    said = {cell: _named_text(book, cell) for cell in MarkCell}
    for sheet in book.sheets:
        for label, value in labelled_marks(sheet).items():
            said[label] = said[label] or value
    if not said[MarkCell.PLAN_ID] and not said[MarkCell.PARTICIPANT]:
        return None
    return Marks(
        said[MarkCell.PLAN_ID] or None,
        said[MarkCell.PARTICIPANT] or None,
        _whole(said[MarkCell.ISSUE]),
        _whole(said[MarkCell.VERSION]),
    )


def labelled_marks(sheet: Sheet) -> dict[MarkCell, str]:
    """Marks that stand right of their labels on this sheet; empty for an ordinary sheet."""
    return {
        MarkCell(cell.value): sheet.at(row, column + 1).text.strip()
        for (row, column), cell in sheet.cells.items()
        if cell.value in _LABELS and isinstance(cell.value, str)
    }


def is_marks_sheet(sheet: Sheet) -> bool:
    """Is this the hidden sheet of marks, whatever it is called now?"""
    return len(labelled_marks(sheet)) >= 2


def printed_marks(sheet: Sheet) -> Iterator[tuple[int, int, Marks]]:
    """Every printed code of a sheet: row, column, what it says."""
    found: dict[tuple[int, int], Marks] = {}
    for at, cell in sheet.cells.items():
        marks = read_printed_code(cell.value) if isinstance(cell.value, str) else None
        if marks:
            found[at] = marks
    yield from ((*at, marks) for at, marks in sorted(found.items()))


def named_place(book: Book, name: FormCell | MarkCell | ReturnCell) -> Place | None:
    """Where a defined name points, when it still points to one cell of a sheet of this book."""
    found = _REFERENCE.match(book.names.get(name.value, ""))
    if not found:
        return None
    sheet = book.sheet((found["quoted"] or found["bare"]).replace("''", "'"))
    return (sheet, *position(found["cell"])) if sheet else None


def named_cell(book: Book, name: FormCell | MarkCell) -> Cell | None:
    """The cell behind a defined name; None when the name is lost or the cell is empty."""
    place = named_place(book, name)
    return place[0].cells.get(place[1:]) if place else None


def _named_text(book: Book, name: MarkCell) -> str:
    cell = named_cell(book, name)
    return cell.text.strip() if cell else ""


def _whole(text: str) -> int | None:
    return int(text) if text.isdigit() else None
