"""The notes of a campaign: when each was written, for which day, and what is remembered of it."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from msgspec import Struct


class NoteRecord(Struct, frozen=True):
    """One note. ``figures`` holds numbers, keys and fingerprints, as ``campaign.reporting`` wrote them."""

    run: int
    at: datetime
    as_of: date
    figures: str


class NoteJournal:
    """The part of a journal that is about notes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def records(self) -> tuple[NoteRecord, ...]:
        """Every note, oldest first."""
        rows = self._connection.execute("SELECT run, at, as_of, figures FROM notes ORDER BY run")
        return tuple(
            NoteRecord(run, datetime.fromisoformat(at), date.fromisoformat(as_of), figures)
            for run, at, as_of, figures in rows
        )

    def save(self, record: NoteRecord) -> None:
        """Remember a note, or what became known of it later."""
        self._connection.execute(
            "INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)",
            (record.run, record.at.isoformat(), record.as_of.isoformat(), record.figures),
        )
