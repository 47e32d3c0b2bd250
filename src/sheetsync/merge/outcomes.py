"""Rows owed x participants become outcomes: what was answered, judged as of a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sheetsync.checks.answers import done_on, state_of, status_of
from sheetsync.checks.case import RowKey
from sheetsync.checks.due import is_due
from sheetsync.model import (
    Decision,
    Entry,
    Evidence,
    Outcome,
    Participant,
    Plan,
    PlanRow,
    RowState,
    Status,
    Sufficiency,
)

_TO_BE_SHOWN = (Status.DONE, Status.PARTLY, None)
"""Statuses beside which it matters that there is no evidence."""


def owed(plan: Plan, entries: Mapping[RowKey, Entry]) -> Iterator[tuple[Participant, PlanRow]]:
    """Every row of the свод: participants in the order of the roster, rows in the order of the
    plan. Of one who owes no report only what was answered all the same."""
    for participant in plan.participants:
        for row in plan.rows_of(participant.code):
            if participant.owes_report or (participant.code, row.key) in entries:
                yield participant, row


def judge(
    plan: Plan,
    entries: Mapping[RowKey, Entry],
    evidence: Mapping[RowKey, Evidence],
    decisions: Mapping[RowKey, Decision],
    as_of: date,
) -> tuple[Outcome, ...]:
    """One outcome for every row of the свод."""
    outcomes = []
    for participant, row in owed(plan, entries):
        place = (participant.code, row.key)
        entry = entries.get(place)
        status, found = status_of(entry), evidence.get(place)
        outcomes.append(
            Outcome(
                participant=participant.code,
                activity=row.key,
                entry=entry,
                status=status,
                done_on=done_on(entry),
                state=state_of(entry),
                is_due=participant.owes_report and is_due(row, plan.settings, as_of),
                evidence=_shown(found, status),
                decision=decisions.get(place, Decision()),
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
