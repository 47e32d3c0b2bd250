"""Dates an answer gives, beside the dates the plan asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sheetsync.checks.answers import tells
from sheetsync.checks.case import Case
from sheetsync.checks.due import first_due, last_due, plan_start
from sheetsync.grid import text_of
from sheetsync.model import Finding, Outcome, RowState, Status

_IDLE = (Status.NOT_STARTED, Status.NOT_DONE)
_UNDER_WAY = (Status.IN_PROGRESS, Status.PARTLY)
_CARRIED_OUT = (Status.DONE, Status.PARTLY)


def overdue(case: Case) -> Iterator[Finding]:
    """The deadline has passed and the answer says: not done. With a reason it is a new term."""
    for outcome in case.with_status(*_IDLE, *_UNDER_WAY):
        due = _overdue_since(case, outcome)
        if outcome.is_due and due and due < case.as_of:
            code = "D507" if tells(outcome.entry, "reason") else "D501"
            yield case.finding(outcome, "status", code, due=text_of(due), status=outcome.status)


def done_without_date(case: Case) -> Iterator[Finding]:
    """No date at all; one that cannot be read is told by the reader."""
    for outcome in case.with_status(Status.DONE):
        if outcome.done_on is None and outcome.entry and not outcome.entry.text("done_on").strip():
            yield case.finding(outcome, "done_on", "D502")


def done_in_future(case: Case) -> Iterator[Finding]:
    for outcome, day in _carried_out(case):
        if day > case.as_of:
            yield case.finding(outcome, "done_on", "D503", date=text_of(day))


def done_before_plan(case: Case) -> Iterator[Finding]:
    start = plan_start(case.plan.settings)
    for outcome, day in _carried_out(case):
        if start and day < start:
            yield case.finding(outcome, "done_on", "D504", date=text_of(day), start=text_of(start))


def done_late(case: Case) -> Iterator[Finding]:
    for outcome, day in _carried_out(case):
        due = last_due(case.row(outcome)) if outcome.status is Status.DONE else None
        if due and due < day <= case.as_of:
            yield case.finding(outcome, "done_on", "D505", date=text_of(day), due=text_of(due))


def not_done_without_reason(case: Case) -> Iterator[Finding]:
    for outcome in case.with_status(Status.NOT_DONE):
        if not tells(outcome.entry, "reason", "info"):
            yield case.finding(outcome, "reason", "D506")


def _overdue_since(case: Case, outcome: Outcome) -> date | None:
    """Work under way is late only after the last occurrence, never in a continuous row; work not
    begun is late after the first."""
    row = case.row(outcome)
    return last_due(row) if outcome.status in _UNDER_WAY else first_due(row, case.plan.settings)


def _carried_out(case: Case) -> Sequence[tuple[Outcome, date]]:
    """Rows with a day of execution; a day beside «в работе» is a plan, not a fact."""
    return case.once(_with_day)


def _with_day(case: Case) -> list[tuple[Outcome, date]]:
    found = []
    for outcome in case.outcomes:
        is_told = outcome.status in _CARRIED_OUT or outcome.status is None
        if outcome.done_on and is_told and outcome.state is not RowState.MISSING:
            found.append((outcome, outcome.done_on))
    return found
