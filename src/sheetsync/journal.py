"""The journal of a campaign: which copies came when, which forms went out, what runs changed.

One SQLite file in the state folder. Order of arrival is decided here, never by file times.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sheetsync.model import Event, JournalLine

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS copies (
    sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, run INTEGER NOT NULL, received_on TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS forms (
    participant TEXT NOT NULL, issue INTEGER NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL,
    plan_digest TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (participant, issue)
);
CREATE TABLE IF NOT EXISTS answers (
    participant TEXT NOT NULL, activity TEXT NOT NULL, fingerprint TEXT NOT NULL,
    PRIMARY KEY (participant, activity)
);
CREATE TABLE IF NOT EXISTS decisions (
    participant TEXT NOT NULL, activity TEXT NOT NULL, verdict TEXT NOT NULL, remark TEXT NOT NULL,
    fingerprint TEXT NOT NULL, PRIMARY KEY (participant, activity)
);
CREATE TABLE IF NOT EXISTS orphans (
    participant TEXT NOT NULL, activity TEXT NOT NULL, row TEXT NOT NULL, text TEXT NOT NULL,
    sheet TEXT NOT NULL, cell TEXT NOT NULL,
    PRIMARY KEY (participant, activity, row, text, sheet, cell)
);
CREATE TABLE IF NOT EXISTS events (
    run INTEGER NOT NULL, at TEXT NOT NULL, event TEXT NOT NULL,
    participant TEXT NOT NULL, file TEXT NOT NULL, note TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class KnownCopy:
    """A copy seen before: ``run`` orders arrivals, ``received_on`` is when it counts as received."""

    sha256: str
    name: str
    run: int
    received_on: date


RowKey = tuple[str, str]
"""Participant code and activity key."""


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A decision of the coordinator and the fingerprint of the answer it was made on."""

    verdict: str
    remark: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class OrphanText:
    """What the office wrote beside a row that is gone: kept for good. ``row`` is how the row was called."""

    participant: str
    activity: str
    row: str
    text: str
    sheet: str
    cell: str = ""


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

    def answers(self) -> dict[RowKey, str]:
        """Fingerprints of the answers the district workbook showed after the last run."""
        rows = self._connection.execute("SELECT participant, activity, fingerprint FROM answers")
        return {(row[0], row[1]): row[2] for row in rows}

    def decisions(self) -> dict[RowKey, JudgedRow]:
        rows = self._connection.execute("SELECT * FROM decisions")
        return {(row[0], row[1]): JudgedRow(*row[2:]) for row in rows}

    def remember(self, answers: Mapping[RowKey, str], decisions: Mapping[RowKey, JudgedRow]) -> None:
        """Replace what is remembered of answers and decisions by what this run shows."""
        self._connection.execute("DELETE FROM answers")
        self._connection.execute("DELETE FROM decisions")
        self._connection.executemany(
            "INSERT INTO answers VALUES (?, ?, ?)", [(*key, mark) for key, mark in answers.items()]
        )
        self._connection.executemany(
            "INSERT INTO decisions VALUES (?, ?, ?, ?, ?)",
            [(*key, one.verdict, one.remark, one.fingerprint) for key, one in decisions.items()],
        )

    def orphans(self) -> list[OrphanText]:
        rows = self._connection.execute("SELECT * FROM orphans ORDER BY rowid")
        return [OrphanText(*row) for row in rows]

    def add_orphans(self, orphans: Sequence[OrphanText]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO orphans VALUES (?, ?, ?, ?, ?, ?)",
            [(one.participant, one.activity, one.row, one.text, one.sheet, one.cell) for one in orphans],
        )

    def commit(self) -> None:
        """Keep for good what was added so far."""
        self._connection.commit()

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
