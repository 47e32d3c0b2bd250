"""An independent count of everything a file holds, for the ledger («Сверка»).

Shares no code with the readers: where a reader forgets something, the sum does not add up. What
the gate refuses is not counted at all: nobody opens it. What is larger than an ordinary form is
counted in the child process, like it is read. An .xls, or a workbook whose XML we cannot count, is
counted by the second reader's library: values only, and no more independent than that.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.grid import Book, a1
from sheetsync.intake.gate import Refused, inspect
from sheetsync.intake.limits import LIGHT
from sheetsync.intake.sniff import Format
from sheetsync.workbooks.census_items import Item, ItemKind
from sheetsync.workbooks.parse import count_items
from sheetsync.workbooks.wire import Failure

__all__ = ["Item", "ItemKind", "census"]


def census(data: bytes, *, values_only: bool = False) -> tuple[Item, ...]:
    """Every non-empty value, link, comment, shape text and constant name of a file.

    Nothing for a file the gate refuses; never raises because of the file. ``values_only`` counts by
    the second reader: where it alone could read the file, two opinions on the damage help nobody.
    """
    verdict = inspect(data, LIGHT)
    if isinstance(verdict, Refused):
        return _counted_apart(data, values_only=values_only) if verdict.reason.is_of_size else ()
    counted = None if values_only or verdict.format is Format.XLS else count_items(data, verdict)
    return tuple(_by_second_reader(data)) if counted is None else counted


def _counted_apart(data: bytes, *, values_only: bool) -> tuple[Item, ...]:
    from sheetsync.workbooks import child  # noqa: PLC0415 - see ``copies``

    reading = child.read_apart(data)
    if isinstance(reading, Failure) or reading.refused:
        return ()
    uncounted = values_only or reading.items is None
    return tuple(_by_second_reader(data)) if uncounted else reading.items or ()


def _by_second_reader(data: bytes) -> Iterator[Item]:
    from sheetsync.workbooks import child  # noqa: PLC0415 - see ``copies``

    book = child.values_apart(data)
    if not isinstance(book, Book):
        return
    for sheet in book.sheets:
        for (row, column), cell in sheet.cells.items():
            yield Item(sheet.name, a1(row, column), ItemKind.VALUE, cell.text)
