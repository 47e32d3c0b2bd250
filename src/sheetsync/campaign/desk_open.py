"""The district workbook people are looking at: read and written through the program that shows it.

It is never saved: closing it unsaved undoes a press. What was on the screen before the first change
lies in the backups.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.desk import Keep, ReadOnce, Trial
from sheetsync.campaign.files import find_tables, parse_workbook, read_file, read_table
from sheetsync.campaign.placing import Put
from sheetsync.campaign.reckoning import shown_by_open
from sheetsync.campaign.rendering import Orphans, Rendering
from sheetsync.columns import (
    DISTRICT_TABLES,
    ENTRIES,
    ENTRIES_SHEET,
    INDICATORS,
)
from sheetsync.district.bodies import records_of
from sheetsync.findings import make
from sheetsync.grid import Value
from sheetsync.merge.shown import Shown
from sheetsync.model import Origin, Plan
from sheetsync.notices import Notice, say
from sheetsync.workbooks.port import OpenWorkbook, TableRows, WorkbookRefused

Typed = tuple[tuple[tuple[Value, ...], ...], ...]
"""What people may have typed, table by table, row by row."""

_SCREEN: Final = "screen"
_WRITTEN_INTO: Final = (ENTRIES, INDICATORS)
"""Tables that a run writes and people too; what is typed elsewhere meanwhile waits for the next press."""


class HalfWritten(Exception):
    """Writing broke off, and some tables may show the new already; the cause says why.

    The next press puts it right: what the workbook shows is compared before anything is written.
    """


class OpenDesk:
    """The workbook as it was on the screen when the run began.

    ``snapshot`` is a copy of the screen made already; it is read once and removed.
    """

    def __init__(
        self,
        campaign: store.Campaign,
        book: OpenWorkbook,
        hold: store.Hold,
        now: datetime,
        snapshot: Path | None = None,
    ) -> None:
        self._campaign = campaign
        self._book = book
        self._hold = hold
        self._now = now
        self._copy = _copy_of(book, campaign, snapshot)
        self.source = Origin(book.path.name, store.sha256(self._copy.data), ENTRIES_SHEET)
        self._find_tables()
        self.workbook = ReadOnce(book)
        self._typed = _typed_in(partial(read_table, self.workbook))
        self._foreseen: set[tuple[str, str]] = set()

    def shown(self, plan: Plan) -> Shown:
        return shown_by_open(self.workbook, plan)

    def shows(self, rendering: Rendering) -> bool:
        return not rendering.news_for(self.workbook)

    def tried(self, rendering: Rendering, _plan: Plan) -> Trial:
        """Losses are tried in the copy; what the workbook will show only writing tells."""
        self._book.check_writable(rendering.news_for(self.workbook).tables)
        orphans = self._rehearsed(rendering.part(rendering.giving_way_in(self.workbook)))
        self._foreseen |= {(name, one.cell) for name, lost in orphans.items() for one in lost}
        return Trial(rendering, orphans, None)

    def put(self, rendering: Rendering, keep: Keep) -> Put:
        """Write what the workbook does not show yet, table by table."""
        if _typed_in(self._book.read_contents) != self._typed:
            raise store.EditedMeanwhile(self._campaign.workbook)
        news = rendering.news_for(self.workbook)
        self.keep_source()
        self._hold.check()
        self._write(news, keep)
        self.workbook.forget((*news.bodies, *news.cells))
        self._typed = _typed_in(partial(read_table, self.workbook))
        self._foreseen.clear()
        told = () if self._copy.is_of_screen else (make("S810"),)
        return Put(self._campaign.workbook, told)

    def _write(self, news: Rendering, keep: Keep) -> None:
        is_begun = False
        self._book.tell(say(Notice.PRESS_WRITING))
        try:
            with self._book.at_work():
                for name, lost in news.put_step_by_step(self._book):
                    is_begun = True
                    unforeseen = tuple(one for one in lost if (name, one.cell) not in self._foreseen)
                    if unforeseen:
                        keep({name: unforeseen})
        except WorkbookRefused as error:
            if not is_begun:
                raise
            raise HalfWritten from error
        except Exception as error:
            raise HalfWritten from error

    def keep_source(self) -> None:
        store.back_up(self._campaign, self._copy.data, self._now)

    def _find_tables(self) -> None:
        """A table made anew is a change: what was there before it is kept first."""
        if all(spec.name in self._book.table_names() for spec in DISTRICT_TABLES):
            find_tables(self._book, DISTRICT_TABLES)
            return
        self.keep_source()
        with self._book.at_work():
            find_tables(self._book, DISTRICT_TABLES)

    def _rehearsed(self, rendering: Rendering) -> Orphans:
        """What the office would lose, by the copy of the screen; nothing where there is none to try."""
        if not rendering or not self._copy.is_of_screen:
            return {}
        try:
            return rendering.put_into(parse_workbook(self._campaign, self._copy.data))
        except (store.StoreError, ValueError):
            return {}


# --- the copy of the screen


class _Copy(Struct, frozen=True):
    """A workbook as bytes: what was on the screen, or only what lay on the disk."""

    data: bytes
    is_of_screen: bool


def _copy_of(book: OpenWorkbook, campaign: store.Campaign, snapshot: Path | None) -> _Copy:
    """The copy made already, else one made now, else the file on the disk."""
    made = snapshot if snapshot and snapshot.is_file() and snapshot != book.path else None
    target = made or campaign.state / f"{_SCREEN}{book.path.suffix}"
    try:
        if made is None:
            target.unlink(missing_ok=True)  # a run that was killed left it
            book.save_copy(target)
        data = target.read_bytes()
    except (OSError, WorkbookRefused):
        return _Copy(read_file(campaign.workbook), is_of_screen=False)
    finally:
        with contextlib.suppress(OSError):  # it holds what people wrote, and is not needed again
            target.unlink()
    return _Copy(data, is_of_screen=True)


# --- what people typed


def _typed_in(read: Callable[[str], TableRows]) -> Typed:
    """What people may have typed where a run writes: another thing later means somebody typed meanwhile.

    Of rows at the end that hold nothing typed, nothing is told: a note alone keeps one of them or not.
    """
    tables = (records_of(spec, read(spec.name)) for spec in _WRITTEN_INTO)
    typed = [
        [
            tuple(cell.value if cell.formula is None else cell.formula for cell in record.cells.values())
            for record in records
        ]
        for records in tables
    ]
    for rows in typed:
        while rows and not any(map(_is_typed, rows[-1])):
            rows.pop()
    return tuple(tuple(rows) for rows in typed)


def _is_typed(value: Value) -> bool:
    return value is not None and value != ""
