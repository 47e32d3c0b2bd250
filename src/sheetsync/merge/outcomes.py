"""Rows owed x participants become outcomes: what was answered, judged as of a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from sheetsync.checks.answers import done_on, state_of, status_of
from sheetsync.checks.case import RowKey
from sheetsync.checks.due import is_due
from sheetsync.checks.review import review_of
from sheetsync.model import (
    AnswerMark,
    AttachedFile,
    Decision,
    Entry,
    Evidence,
    Outcome,
    Participant,
    Plan,
    PlanRow,
    ReviewState,
    RowState,
    Status,
    Sufficiency,
)

_TO_BE_SHOWN = (Status.DONE, Status.PARTLY, None)
"""Statuses beside which it matters that there is no evidence."""

_UNDECIDED: Final = Decision()
_NO_FILES: Final[frozenset[str]] = frozenset()
_WAITING: Final = {state: ReviewState.WAITS if state is not RowState.MISSING else None for state in RowState}
"""How far the review of a row is of which nobody decided anything."""

NOTHING_ATTACHED: Final[Mapping[RowKey, tuple[AttachedFile, ...]]] = {}


def owed(
    plan: Plan, entries: Mapping[RowKey, Entry], decisions: Mapping[RowKey, Decision]
) -> Iterator[tuple[Participant, PlanRow]]:
    """Every row of the свод: participants in the order of the roster, rows in the order of the
    plan. Of one who owes no report, and of rows taken out of the plan, only what was answered or
    decided all the same."""
    for participant in plan.participants:
        for row in plan.placed_rows_of(participant.code):
            place = (participant.code, row.key)
            if row.is_retired:
                is_shown = place in decisions or (place in entries and not entries[place].is_empty)
            else:
                is_shown = participant.owes_report or place in entries
            if is_shown:
                yield participant, row


def judge(
    plan: Plan,
    entries: Mapping[RowKey, Entry],
    evidence: Mapping[RowKey, Evidence],
    decisions: Mapping[RowKey, Decision],
    as_of: date,
    *,
    decided_on: Mapping[RowKey, AnswerMark],
    attached: Mapping[RowKey, tuple[AttachedFile, ...]] = NOTHING_ATTACHED,
) -> tuple[Outcome, ...]:
    """One outcome for every row of the свод; ``decided_on`` is what the rows said when
    decisions were made, ``attached`` are the files sent along that confirm a row."""
    outcomes = []
    for participant, row in owed(plan, entries, decisions):
        place = (participant.code, row.key)
        entry = entries.get(place)
        status, found, state = status_of(entry), evidence.get(place), state_of(entry)
        decision, files = decisions.get(place, _UNDECIDED), attached.get(place, ())
        digests = frozenset(one.origin.sha256 for one in files) if files else _NO_FILES
        if row.is_retired:
            review = None
        elif decision is _UNDECIDED:
            review = _WAITING[state]
        else:
            review = review_of(entry, decision, decided_on.get(place), digests)
        outcomes.append(
            Outcome(
                participant=participant.code,
                activity=row.key,
                entry=entry,
                status=status,
                done_on=done_on(entry),
                state=state,
                is_due=participant.owes_report and is_due(row, plan.settings, as_of),
                evidence=_shown(found, status),
                decision=decision,
                review=review,
                attached=tuple(dict.fromkeys(one.name for one in files)) if files else (),
                attached_digests=digests,
            )
        )
    return tuple(outcomes)


def is_reported(entry: Entry) -> bool:
    """Whether the row says anything that evidence could confirm."""
    return state_of(entry) is RowState.REPORTED


def _shown(found: Evidence | None, status: Status | None) -> Sufficiency | None:
    if found is None or (found.sufficient is Sufficiency.NO and status not in _TO_BE_SHOWN):
        return None
    return found.sufficient
