"""How far the coordinator's review of a row has got: his word beside what the answer says now."""

from __future__ import annotations

from sheetsync.checks.answers import state_of
from sheetsync.checks.decisions import fingerprint
from sheetsync.checks.verdicts import is_accepted, is_sent_back
from sheetsync.model import Decision, Entry, ReviewState, RowState


def review_of(entry: Entry | None, decision: Decision, decided_on: str | None) -> ReviewState | None:
    """The state of one row; ``decided_on`` is the fingerprint of the answer the decision was made on.

    An answer taken away after «на доработку» mends nothing. Nothing to review is ``None``.
    """
    is_answered = state_of(entry) is not RowState.MISSING
    is_changed = decided_on is not None and decided_on != fingerprint(entry)
    if is_accepted(decision):
        return ReviewState.CHANGED if is_changed else ReviewState.ACCEPTED
    if is_sent_back(decision):
        return ReviewState.MENDED if is_changed and is_answered else ReviewState.REWORK
    return ReviewState.WAITS if is_answered else None
