"""The journal of a campaign: which copies came when, which forms went out, what runs changed.

One SQLite file in the state folder. Order of arrival is decided here, never by file times.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS copies (
    sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, run INTEGER NOT NULL, received_on TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS forms (
    participant TEXT NOT NULL, issue INTEGER NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL,
    plan_digest TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (participant, issue)
);
CREATE TABLE IF NOT EXISTS events (
    run INTEGER NOT NULL, at TEXT NOT NULL, event TEXT NOT NULL,
    participant TEXT NOT NULL, file TEXT NOT NULL, note TEXT NOT NULL
);
"""


class Event(StrEnum):
    """What the journal tells; the value is what the sheet «Журнал» shows."""

    CREATED = "кампания создана"
    ISSUED = "форма выдана"
    RECEIVED = "копия поступила"
    CONSOLIDATED = "свод собран"


@dataclass(frozen=True, slots=True)
class JournalLine:
    run: int
    at: datetime
    event: Event
    participant: str = ""
    file: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KnownCopy:
    """A copy seen before: ``run`` orders arrivals, ``received_on`` is when it counts as received."""

    sha256: str
    name: str
    run: int
    received_on: date


@dataclass(frozen=True, slots=True)
class IssuedForm:
    participant: str
    issue: int
    sha256: str
    name: str
    plan_digest: str


class Journal:
    """An open journal; ``open_journal`` makes one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def next_run(self) -> int:
        (last,) = self._connection.execute("SELECT coalesce(max(run), 0) FROM events").fetchone()
        return int(last) + 1

    def copies(self) -> dict[str, KnownCopy]:
        """Every copy ever received, by sha256."""
        rows = self._connection.execute("SELECT sha256, name, run, received_on FROM copies")
        return {row[0]: KnownCopy(row[0], row[1], row[2], date.fromisoformat(row[3])) for row in rows}

    def add_copy(self, copy: KnownCopy) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO copies VALUES (?, ?, ?, ?)",
            (copy.sha256, copy.name, copy.run, copy.received_on.isoformat()),
        )

    def forms(self) -> list[IssuedForm]:
        """Every form ever issued, oldest issue first."""
        rows = self._connection.execute(
            "SELECT participant, issue, sha256, name, plan_digest FROM forms ORDER BY issue, participant"
        )
        return [IssuedForm(*row) for row in rows]

    def add_form(self, form: IssuedForm, at: datetime) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO forms VALUES (?, ?, ?, ?, ?, ?)",
            (form.participant, form.issue, form.sha256, form.name, form.plan_digest, at.isoformat()),
        )

    def lines(self) -> list[JournalLine]:
        """The story of the campaign, oldest first."""
        rows = self._connection.execute("SELECT * FROM events ORDER BY rowid")
        return [JournalLine(row[0], datetime.fromisoformat(row[1]), Event(row[2]), *row[3:]) for row in rows]

    def add_lines(self, lines: Sequence[JournalLine]) -> None:
        self._connection.executemany(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)",
            [
                (line.run, line.at.isoformat(), line.event.value, line.participant, line.file, line.note)
                for line in lines
            ],
        )

    def roll_back(self) -> None:
        """Forget what was added since the journal was opened."""
        self._connection.rollback()


@contextlib.contextmanager
def open_journal(path: Path) -> Iterator[Journal]:
    """Open the journal; everything added is committed at the end, or nothing when the block fails."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        with connection:
            yield Journal(connection)
    finally:
        connection.close()
