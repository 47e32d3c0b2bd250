"""The counts of every participant and the four rates, which never exceed 1.

received  = copies received / participants who owe a report
on time   = received by the report date / the same
filled    = due rows reported or confirmed none / due rows
evidenced = rows done with sufficient evidence / rows done
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetsync.checks.case import Arrival, Case
from sheetsync.checks.due import report_date
from sheetsync.checks.school_review import school_state
from sheetsync.model import Completeness, Outcome, Participant, Rates, RowState, Settings, Status, Sufficiency


def completeness(case: Case) -> tuple[Completeness, ...]:
    """The counts of everyone who owes a report or sent one, in the order of the roster."""
    return tuple(_lines(case))


def rates_of(lines: Iterable[Completeness]) -> Rates:
    """The four rates of one participant or of many; who owes no report does not count."""
    owing = [line for line in lines if line.owes_report]
    return Rates(
        received=_share(sum(line.received for line in owing), len(owing)),
        on_time=_share(sum(line.on_time for line in owing), len(owing)),
        filled=_share(
            sum(line.reported + line.confirmed_none for line in owing), sum(line.rows_due for line in owing)
        ),
        evidenced=_share(sum(line.evidenced for line in owing), sum(line.done for line in owing)),
    )


def _lines(case: Case) -> Iterator[Completeness]:
    owing = {participant.code for participant in case.reporting}
    for participant in case.plan.participants:
        arrival = case.arrivals.get(participant.code)
        if participant.code in owing or arrival is not None:
            owes = participant.code in owing
            yield _line(participant, owes, arrival, case.of(participant.code), case.plan.settings)


def _line(
    participant: Participant,
    owes_report: bool,
    arrival: Arrival | None,
    rows: tuple[Outcome, ...],
    settings: Settings,
) -> Completeness:
    due = [row for row in rows if row.is_due]
    done = [row for row in rows if row.status is Status.DONE]
    received_on = arrival.received_on if arrival else None
    return Completeness(
        participant=participant.code,
        owes_report=owes_report,
        received=arrival is not None,
        received_on=received_on,
        on_time=arrival is not None and _is_on_time(arrival, settings),
        rows_owed=len(rows),
        rows_due=len(due),
        reported=_count(due, RowState.REPORTED),
        confirmed_none=_count(due, RowState.CONFIRMED_NONE),
        missing=_count(due, RowState.MISSING),
        done=len(done),
        evidenced=sum(row.evidence is Sufficiency.YES for row in done),
        state=school_state(participant, rows, is_received=arrival is not None),
    )


def _is_on_time(arrival: Arrival, settings: Settings) -> bool:
    """Without a report date nobody is late; the missing date is a finding of the settings."""
    due = report_date(settings)
    return due is None or arrival.received_on is None or arrival.received_on <= due


def _count(rows: list[Outcome], state: RowState) -> int:
    return sum(row.state is state for row in rows)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
