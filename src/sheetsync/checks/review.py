"""How far the coordinator's review of a row has got: his word beside what the answer says now."""

from __future__ import annotations

from sheetsync.checks.answers import state_of
from sheetsync.checks.decisions import fingerprint
from sheetsync.checks.verdicts import is_accepted, is_sent_back
from sheetsync.model import AnswerMark, Decision, Entry, ReviewState, RowState


def review_of(
    entry: Entry | None,
    decision: Decision,
    decided_on: AnswerMark | None,
    files: frozenset[str] = frozenset(),
) -> ReviewState | None:
    """The state of one row; ``decided_on`` is what the decision was made on, ``files`` are the digests
    of those that confirm the row now.

    One more file answers «на доработку», and takes nothing from an accepted answer. An answer taken
    away after «на доработку» mends nothing. Nothing to review is ``None``.
    """
    is_answered = state_of(entry) is not RowState.MISSING
    is_changed = decided_on is not None and decided_on.answer != fingerprint(entry)
    if is_accepted(decision):
        return ReviewState.CHANGED if is_changed else ReviewState.ACCEPTED
    if is_sent_back(decision):
        is_mended = (is_changed and is_answered) or _has_more_files(decided_on, files)
        return ReviewState.MENDED if is_mended else ReviewState.REWORK
    return ReviewState.WAITS if is_answered else None


def _has_more_files(decided_on: AnswerMark | None, files: frozenset[str]) -> bool:
    return decided_on is not None and decided_on.files is not None and not files <= decided_on.files
