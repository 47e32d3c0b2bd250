"""What the journal knows of letters: which files were written, which were sent, how that ended.

Addresses stand here as fingerprints only.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class LetterOutcome(StrEnum):
    """What became of a letter; the latest line about it tells."""

    WRITTEN = "written"
    SENDING = "sending"
    """Being handed over when that line was written: a run cut off there does not know the end."""
    SENT = "sent"
    REFUSED = "refused"


class LetterLine(Struct, frozen=True):
    """One thing that happened to a letter: ``sha256`` is of the file, ``sent_to`` a fingerprint."""

    run: int
    at: datetime
    participant: str
    file: str
    sha256: str
    outcome: LetterOutcome
    sent_to: str = ""


class LettersJournal:
    """The part of a journal that is about letters."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, line: LetterLine) -> None:
        self._connection.execute(
            "INSERT INTO letters VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(line.run, line.at.isoformat(), line.participant, line.file),
                *(line.sha256, line.sent_to, line.outcome.value),
            ),
        )

    def lines(self) -> tuple[LetterLine, ...]:
        """Everything that ever happened, oldest first."""
        rows = self._connection.execute(
            "SELECT run, at, participant, file, sha256, outcome, sent_to FROM letters ORDER BY rowid"
        )
        return tuple(
            LetterLine(run, datetime.fromisoformat(at), participant, file, sha256, LetterOutcome(outcome), to)
            for run, at, participant, file, sha256, outcome, to in rows
        )

    def written(self) -> frozenset[str]:
        """The sha256 of every file the program wrote."""
        return frozenset(one.sha256 for one in self.lines() if one.outcome is LetterOutcome.WRITTEN)

    def last_of(self, sha256: str, sent_to: str) -> LetterOutcome | None:
        """How sending this letter to these addresses ended; ``None`` when nobody tried."""
        ends = [one.outcome for one in self.lines() if (one.sha256, one.sent_to) == (sha256, sent_to)]
        return next((one for one in reversed(ends) if one is not LetterOutcome.WRITTEN), None)
