"""What the journal knows of answers accepted many at once, so that it can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from sheetsync.journal.records import RowKey


class BulkJournal:
    """The part of a journal that is about bulk acceptances."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, run: int, at: datetime, before: Mapping[RowKey, str]) -> None:
        """Rows a run accepted, and what stood in «Решение» before."""
        self._connection.executemany(
            "INSERT INTO bulk_acceptances VALUES (?, ?, ?, ?, ?)",
            [(run, at.isoformat(), *key, verdict) for key, verdict in before.items()],
        )

    def last(self) -> tuple[int, dict[RowKey, str]]:
        """The latest acceptance not taken back: its run, and what stood in «Решение» of its rows before.

        Without any the run is 0.
        """
        rows = self._connection.execute(
            "SELECT run, participant, activity, before FROM bulk_acceptances "
            "WHERE run = (SELECT max(run) FROM bulk_acceptances) ORDER BY participant, activity"
        ).fetchall()
        return (rows[0][0] if rows else 0), {(row[1], row[2]): row[3] for row in rows}

    def forget(self, run: int) -> None:
        """This acceptance was taken back."""
        self._connection.execute("DELETE FROM bulk_acceptances WHERE run = ?", (run,))
