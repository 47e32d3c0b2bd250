"""What the journal knows of forms that were returned with remarks as files."""

from __future__ import annotations

import sqlite3
from datetime import date

from msgspec import Struct


class ReturnedForm(Struct, frozen=True):
    """One form sent back. ``number`` is the round; ``content`` and ``copies`` are fingerprints: of what
    the form says, and of the copies of the participant that had come by then."""

    participant: str
    number: int
    sha256: str
    content: str
    copies: str
    until: date
    run: int


class ReturnedJournal:
    """The part of a journal that is about returned files."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[ReturnedForm, ...]:
        """Every form ever returned, oldest first."""
        rows = self._connection.execute(
            "SELECT participant, number, sha256, content, copies, until, run "
            "FROM returned_forms ORDER BY rowid"
        )
        return tuple(
            ReturnedForm(code, number, sha256, content, copies, date.fromisoformat(until), run)
            for code, number, sha256, content, copies, until, run in rows
        )

    def last(self, participant: str) -> ReturnedForm | None:
        """The form that was returned to a participant last."""
        return next((one for one in reversed(self.all()) if one.participant == participant), None)

    def add(self, form: ReturnedForm) -> None:
        self._connection.execute(
            "INSERT INTO returned_forms VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                form.participant,
                form.number,
                form.sha256,
                form.content,
                form.copies,
                form.until.isoformat(),
                form.run,
            ),
        )
