"""What the journal knows of the periods of a programme: when each began, and what was settled in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from sheetsync.journal.records import RowKey


class BegunPeriod(Struct, frozen=True):
    """A period of the programme. Forms from ``first_issue`` on are its own, and so is what came after
    the ``run`` that began it."""

    label: str
    finish: date
    first_issue: int
    run: int


class PeriodsJournal:
    """The part of a journal that is about periods; empty while a campaign has but one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[BegunPeriod, ...]:
        """Every period begun so far, oldest first."""
        rows = self._connection.execute(
            "SELECT label, finish, first_issue, run FROM periods ORDER BY first_issue, finish"
        )
        return tuple(BegunPeriod(row[0], date.fromisoformat(row[1]), row[2], row[3]) for row in rows)

    def begun(self, label: str) -> BegunPeriod | None:
        """When a period began; ``None`` for one the journal knows nothing of."""
        return next((one for one in self.all() if one.label == label), None)

    def of_issue(self, issue: int) -> BegunPeriod | None:
        """The period a form of that issue was made for."""
        return next((one for one in reversed(self.all()) if one.first_issue <= issue), None)

    def begin(self, period: BegunPeriod, at: datetime) -> None:
        """Remember a period; begun again after a turn that was cut off, it begins now."""
        self._connection.execute(
            "INSERT OR REPLACE INTO periods VALUES (?, ?, ?, ?, ?)",
            (period.label, period.finish.isoformat(), period.first_issue, period.run, at.isoformat()),
        )

    def settle(self, label: str, rows: Iterable[RowKey]) -> None:
        """Which rows nobody has to be asked again after a period: keys, and not a word of an answer."""
        self._connection.execute("DELETE FROM settled WHERE period = ?", (label,))
        self._connection.executemany("INSERT INTO settled VALUES (?, ?, ?)", [(*row, label) for row in rows])

    def settled_before(self, label: str) -> dict[RowKey, date]:
        """The last day of the last period in which each row was settled, of those before ``label``."""
        own = self.begun(label)
        days = {one.label: one.finish for one in self.all() if own is None or one.finish < own.finish}
        found: dict[RowKey, date] = {}
        for participant, activity, period in self._connection.execute("SELECT * FROM settled"):
            if period in days:
                key = (participant, activity)
                found[key] = max(days[period], found.get(key, date.min))
        return found
