"""All that is wanted of one district's workbook, in one reading: its facts, and its rows in their file.

Imported by the processes of the pool.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sheetsync.campaign.regional.reading import PROCESS_DIED, BookFacts, bytes_of, facts_and_rows
from sheetsync.campaign.regional.row_files import RowFile, row_file, written
from sheetsync.findings import make
from sheetsync.model import Origin
from sheetsync.region.choosing import title_of


class BookTask(NamedTuple):
    """A workbook to read; its rows go into a folder, if there is to be one."""

    path: Path
    name: str
    rows_into: Path | None = None


class BookRead(NamedTuple):
    """What came of it; the rows under the name a district has if no other is called so."""

    book: BookFacts
    rows: RowFile | None = None


def read_book(task: BookTask) -> BookRead:
    """Read one workbook. Raises ``store.StoreError`` only, when the disk refuses a file of rows."""
    data = bytes_of(task.path, task.name)
    if not isinstance(data, bytes):
        return BookRead(data)
    book, rows = facts_and_rows(data, task.name)
    if task.rows_into is None or book.facts is None:
        return BookRead(book)
    wanted = row_file(book.sha256, title_of(book.facts, task.name), task.path)
    found = written(rows, wanted, task.rows_into, task.name)
    return BookRead(book, found if isinstance(found, RowFile) else None)


def died(task: BookTask) -> BookRead:
    """What is said of a workbook whose reading ended its process."""
    told = make("X999", origin=Origin(task.name), what=PROCESS_DIED)
    return BookRead(BookFacts("", None, (told,), is_settled=False))
