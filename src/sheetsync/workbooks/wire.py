"""How the child's answers travel: pickled values, and on the way in none but our own kinds.

Pickle keeps a text that stands in a thousand cells once and carries every field of a book. It is
safe here because ``unpacked`` builds nothing but the listed values: whatever a hostile file made of
the child, its answer can name no function.
"""

from __future__ import annotations

import dataclasses
import io
import pickle
from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import fields, replace

from sheetsync.grid import Area, Book, Cell, Sheet, Table, Visibility
from sheetsync.intake.gate import Refused
from sheetsync.intake.limits import Reason
from sheetsync.memory import untidied
from sheetsync.workbooks.census_items import Item, ItemKind


class Failure(StrEnum):
    """Why the child gave no book."""

    LOCKED = "locked"
    UNREADABLE = "unreadable"
    NO_MEMORY = "no memory"
    DIED = "died"
    TOO_LONG = "too long"


class Reading(Struct, frozen=True):
    """What the child made of a whole file: refused, read, or damaged so that our reader gave up."""

    refused: Refused | None = None
    book: Book | None = None
    damage: str = ""
    has_macros: bool = False
    notes_beyond: int = 0
    items: tuple[Item, ...] | None = ()
    """The independent count; None when the file's XML cannot be counted."""


Answer = Reading | Book | Failure

_VALUES: Final = (
    Reading, Failure, Refused, Reason, ItemKind, Book, Sheet, Area, Table, Visibility, date, datetime, time,
)  # fmt: skip
_KNOWN: Final = {(one.__module__, one.__qualname__): one for one in _VALUES}

_cell_fields: Final = attrgetter(*(one.name for one in fields(Cell)))


class _OurValues(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of ours") from None


def packed(answer: Answer) -> bytes:
    """An answer as bytes; cells and items, which are many, travel as bare tuples of their fields."""
    return pickle.dumps(_with(answer, _cell_fields, tuple), pickle.HIGHEST_PROTOCOL)


def unpacked(message: bytes) -> Answer:
    """The answer in a message. Raises ``pickle.UnpicklingError`` when it holds anything else."""
    with untidied():
        answer = _OurValues(io.BytesIO(message)).load()
        if not isinstance(answer, Reading | Book | Failure):
            raise pickle.UnpicklingError("no answer")
        return _with(answer, lambda values: Cell(*values), lambda values: Item(*values))


def _with(answer: Answer, cell: Callable[[Any], Any], item: Callable[[Any], Any]) -> Answer:
    """The answer with every cell and item turned into something else."""
    match answer:
        case Book():
            return _book_with(answer, cell)
        case Reading():
            book = _book_with(answer.book, cell) if answer.book else None
            items = tuple(map(item, answer.items)) if answer.items else answer.items
            return replace(answer, book=book, items=items)
    return answer


def _book_with(book: Book, cell: Callable[[Any], Any]) -> Book:
    sheets = (
        dataclasses.replace(sheet, cells={at: cell(one) for at, one in sheet.cells.items()})
        for sheet in book.sheets
    )
    return replace(book, sheets=tuple(sheets))
