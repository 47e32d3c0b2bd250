"""The values a journal takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from sheetsync.model import NOWHERE, AnswerMark, Origin

RowKey = tuple[str, str]
"""Participant code and activity key."""


class KnownCopy(Struct, frozen=True):
    """A copy seen before: ``run`` orders arrivals, ``received_on`` is when it counts as received."""

    sha256: str
    name: str
    run: int
    received_on: date


class JudgedRow(Struct, frozen=True):
    """The fingerprint of a decision of the coordinator, and what the row said when it was made."""

    decision: str
    made_on: AnswerMark


class OrphanText(Struct, frozen=True):
    """What the office wrote beside a row that is gone: kept for good. ``row`` is how the row was called."""

    participant: str
    activity: str
    row: str
    text: str
    sheet: str
    cell: str = ""


class IssuedForm(Struct, frozen=True):
    """A form sent to a participant in a run: empty, or returned with its answers and remarks."""

    participant: str
    issue: int
    sha256: str
    name: str
    plan_digest: str
    run: int = 0


class VersionKind(StrEnum):
    """What a version tells of: an answer of the свод, a value that disagreed with it and was not
    taken, a word of the coordinator."""

    ANSWER = "answer"
    CONFLICT = "conflict"
    DECISION = "decision"


class Version(Struct, frozen=True):
    """What one cell of the свод said from a run on: where the words stand, not the words.

    ``fingerprint`` is empty when the answer went away. ``word`` is a decision taken from its list.
    """

    participant: str
    activity: str
    column: str
    kind: VersionKind
    fingerprint: str
    run: int
    at: datetime
    origin: Origin = NOWHERE
    word: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """The cell of the свод: participant, activity, column."""
        return self.participant, self.activity, self.column


class DestroyedKind(StrEnum):
    """Where a destroyed file lay."""

    ORIGINAL = "original"
    RECEIVED = "received"
    BACKUP = "backup"
    RETURNED = "returned"
    """A form that was returned with answers in it, kept or in «Возврат»."""
    ATTACHED = "attached"
    """A file sent along with a copy, kept or in «Получено»."""


class Destroyed(Struct, frozen=True):
    """A file an act names. ``path`` leads to it from the campaign folder."""

    kind: DestroyedKind
    path: str
    name: str
    sha256: str
    size: int
    received_on: date | None = None


class Act(Struct, frozen=True):
    """Destruction of everything received before a day; begun until ``completed`` is said."""

    number: int
    before: date
    begun: datetime
    file: str = ""
    completed: datetime | None = None
