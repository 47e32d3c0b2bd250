"""Who has not reported, late or not at all, and which rows lack an answer.

Completeness comes from what is written: a tick, an empty copy or a bare «не требуется» is not it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sheetsync.checks.answers import INFORMATION, field_says, tells
from sheetsync.checks.case import Case
from sheetsync.checks.due import report_date
from sheetsync.findings import make
from sheetsync.grid import text_of
from sheetsync.model import Finding, RowState, Status


def no_copy(case: Case) -> Iterator[Finding]:
    """Nothing came. Before the report date this is only worth knowing: schools send one report
    at the end, so rows already due are not yet asked for. Without any date a due row decides."""
    due = report_date(case.plan.settings)
    for participant in case.reporting:
        if participant.code in case.arrivals:
            continue
        rows_due = sum(outcome.is_due for outcome in case.of(participant.code))
        if due and case.as_of < due:
            yield make("C409", participant=participant.code, due=text_of(due), rows=rows_due)
        elif due or rows_due:
            yield make("C401", participant=participant.code)


def late_copy(case: Case) -> Iterator[Finding]:
    """The first copy came after the report date."""
    due = report_date(case.plan.settings)
    for participant in case.reporting:
        arrival = case.arrivals.get(participant.code)
        if due and arrival and arrival.received_on and arrival.received_on > due:
            yield make(
                "C402",
                participant=participant.code,
                origin=arrival.origin,
                received=text_of(arrival.received_on),
                due=text_of(due),
            )


def empty_copy(case: Case) -> Iterator[Finding]:
    """The form came back as it was issued."""
    for code, arrival in case.arrivals.items():
        if case.of(code) and _is_blank(case, code):
            rows_due = sum(outcome.is_due for outcome in case.of(code))
            yield make("C410", participant=code, origin=arrival.origin, rows=rows_due)


def row_missing(case: Case) -> Iterator[Finding]:
    """No copy has the row, or only an earlier one. A row dropped though the district wrote a
    decision beside it is a dispute, not a deletion."""
    for outcome in case.outcomes:
        arrival, decision = case.arrivals.get(outcome.participant), outcome.decision
        if arrival is None or outcome.activity in arrival.rows:
            continue
        place = partial(
            make, participant=outcome.participant, activity=outcome.activity, origin=arrival.origin
        )
        if decision.verdict or decision.remark:
            yield place("M706", text=decision.remark or decision.verdict)
        elif outcome.entry is None:
            is_newer = bool(arrival.asked) and outcome.activity not in arrival.asked
            yield place("C411" if is_newer else "C403")
        elif not outcome.entry.is_empty:
            yield place("M708")


def no_answer(case: Case) -> Iterator[Finding]:
    """A due row stands in the copy and is empty. Nothing is said again of a row that another
    finding explains: a copy all empty, «не требуется» without reason, an unknown status."""
    blank = {code for code in case.arrivals if _is_blank(case, code)}
    for outcome in case.outcomes:
        entry = outcome.entry
        if entry is None or not outcome.is_due or outcome.state is not RowState.MISSING:
            continue
        if outcome.participant not in blank and not outcome.status and not entry.text("status").strip():
            yield case.finding(outcome, "status", "C404")


def none_without_reason(case: Case) -> Iterator[Finding]:
    for outcome in case.with_status(Status.NOT_REQUIRED):
        if outcome.state is not RowState.CONFIRMED_NONE:
            yield case.finding(outcome, "reason", "C405")


def information_without_status(case: Case) -> Iterator[Finding]:
    for outcome in case.outcomes:
        entry = outcome.entry
        is_named = outcome.status or (entry and entry.text("status").strip())
        if not is_named and tells(entry, *INFORMATION):
            yield case.finding(outcome, "status", "C406")


def tick_on_incomplete(case: Case) -> Iterator[Finding]:
    """«Отчёт готов» is ticked over rows without an answer."""
    for code, arrival in case.arrivals.items():
        missing = len(case.missing_rows(code))
        if arrival.declared_ready and missing:
            yield make("C407", participant=code, origin=arrival.origin, missing=missing)


def done_without_information(case: Case) -> Iterator[Finding]:
    for outcome in case.with_status(Status.DONE, Status.PARTLY):
        if outcome.entry is None or not field_says(outcome.entry.fields.get("info")):
            yield case.finding(outcome, "info", "C408", status=outcome.status)


def _is_blank(case: Case, code: str) -> bool:
    return all(outcome.entry is None or outcome.entry.is_empty for outcome in case.of(code))
