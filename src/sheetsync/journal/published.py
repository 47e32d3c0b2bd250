"""What the journal knows of the district spreadsheet in Google: which it is, what it was last given."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from msgspec import Struct

Part = tuple[str, str, str]
"""Participant code, activity key, column key."""


class Published(Struct, frozen=True):
    """Fingerprints of a coordinator's word: as Google was given it, and as the book had it then."""

    shown: str
    own: str


class PublishedJournal:
    """The part of a journal that is about the district spreadsheet."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def file(self, plan: str) -> str | None:
        """The spreadsheet of a plan."""
        found = self._connection.execute(
            "SELECT file FROM google_district WHERE plan = ?", (plan,)
        ).fetchone()
        return str(found[0]) if found else None

    def save_file(self, plan: str, file: str) -> None:
        """Another spreadsheet was given nothing yet."""
        if self.file(plan) != file:
            self.remember({})
        self._connection.execute("INSERT OR REPLACE INTO google_district VALUES (?, ?)", (plan, file))

    def words(self) -> dict[Part, Published]:
        """The coordinator's words as they were last published."""
        rows = self._connection.execute(
            "SELECT participant, activity, part, shown, own FROM google_published"
        )
        return {(row[0], row[1], row[2]): Published(*row[3:]) for row in rows}

    def remember(self, words: Mapping[Part, Published]) -> None:
        """Replace what is remembered by what was published now."""
        self._connection.execute("DELETE FROM google_published")
        self._connection.executemany(
            "INSERT INTO google_published VALUES (?, ?, ?, ?, ?)",
            [(*part, one.shown, one.own) for part, one in words.items()],
        )
