"""A programme of several years is one plan with periods: what each of them asks, and of whom.

A row with repeats comes due by those of the period. A row that runs through the whole period
(«постоянно», «2020–2022 гг.») is reported in it anew. A row of one deadline is asked in the period
of the deadline and, of those who have not settled it, in every later one; settled, never again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.model import Outcome, Plan, PlanRow, ReviewState, RowState, Settings, Status
from sheetsync.patterns import at_first_use
from sheetsync.plan.plan_years import SCHOOL_YEAR_ENDS, SCHOOL_YEAR_STARTS
from sheetsync.text import plain

Settled = Mapping[tuple[str, str], date]
"""Participant and activity: the last day of the period in which the row was settled."""

_SCHOOL_YEAR: Final = at_first_use(r"учебн\w*\s+год")
_CALENDAR_YEARS: Final = at_first_use(r"\d{4}\s*(?:[-–—]\s*\d{4}\s*)?(?:гг|год[ыа])")
_OF_SCHOOL: Final = "/"
"""Between the years of a school year."""

_CARRIED: Final = "не исполнено в срок ({due:%d.%m.%Y}), перенесено"


class Period(Struct, frozen=True):
    """One period of a programme: «2021» or «2021/2022»; both days belong to it."""

    label: str
    start: date
    finish: date
    report_due: date | None = None


def periods_of(years: Sequence[int], title: str = "", report_due: date | None = None) -> tuple[Period, ...]:
    """The periods of a plan in order; none when it has but one.

    Calendar years, or school years where the title says so. Two neighbouring years of which it
    says neither may be one school year and are not divided.
    """
    words = plain(title)
    is_pair = bool(years) and max(years) - min(years) == 1
    if _SCHOOL_YEAR.search(words):
        found = _school_years(years)
    elif is_pair and not _CALENDAR_YEARS.search(words):
        found = ()
    else:
        found = _calendar_years(years)
    return tuple(_with_report(one, report_due) for one in found) if len(found) > 1 else ()


def _calendar_years(years: Sequence[int]) -> tuple[Period, ...]:
    return tuple(map(_calendar_year, range(min(years), max(years) + 1))) if years else ()


def _school_years(years: Sequence[int]) -> tuple[Period, ...]:
    return tuple(map(_school_year, range(min(years), max(years)))) if years else ()


def _calendar_year(year: int) -> Period:
    return Period(str(year), date(year, 1, 1), date(year, 12, 31))


def _school_year(year: int) -> Period:
    return Period(
        f"{year}{_OF_SCHOOL}{year + 1}", date(year, *SCHOOL_YEAR_STARTS), date(year + 1, *SCHOOL_YEAR_ENDS)
    )


def _with_report(period: Period, report_due: date | None) -> Period:
    """The day reports are due belongs to the period it falls into."""
    is_its = report_due is not None and period.start <= report_due <= period.finish
    return replace(period, report_due=report_due) if is_its else period


def current_period(settings: Settings) -> Period | None:
    """The period the settings name, with the days the coordinator gave it."""
    declared = next((one for one in periods_of_settings(settings) if one.label == settings.period), None)
    start = settings.period_start or (declared.start if declared else None)
    finish = settings.period_end or (declared.finish if declared else None)
    if not settings.period or start is None or finish is None:
        return None
    return Period(settings.period, start, finish, settings.report_due)


def periods_of_settings(settings: Settings) -> tuple[Period, ...]:
    """The periods of a plan as its settings tell of it: the current one says what sort they are."""
    if not settings.period:
        return ()
    return (_school_years if _OF_SCHOOL in settings.period else _calendar_years)(settings.years)


def period_after(settings: Settings) -> Period | None:
    """The next period; the day reports are due moves on with it, the same day of its own year."""
    periods = periods_of_settings(settings)
    labels = [one.label for one in periods]
    if settings.period not in labels[:-1]:
        return None
    now, following = periods[labels.index(settings.period) :][:2]
    due = settings.report_due
    if due is None:
        return following
    return replace(following, report_due=_years_later(due, following.start.year - now.start.year))


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


# --- what a period asks -------------------------------------------------------------------------


def plan_of_period(plan: Plan, settled: Settled) -> Plan:
    """The plan with the rows of its current period; a plan of one period as it is."""
    period = current_period(plan.settings)
    if period is None:
        return plan
    began = min((one.start for one in periods_of_settings(plan.settings)), default=period.start)
    return replace(plan, rows=rows_of_period(plan.rows, period, settled, began=began))


def rows_of_period(
    rows: Iterable[PlanRow], period: Period, settled: Settled, *, began: date = date.min
) -> tuple[PlanRow, ...]:
    """What is asked in a period. ``began`` is the first day of the programme: what was due before it
    was never asked and is not carried over from anywhere.

    Rows taken out by a later order stay: they are asked in no period.
    """
    asked = (row if row.is_retired else _asked(row, period, settled, began) for row in rows)
    return tuple(row for row in asked if row is not None)


def _asked(row: PlanRow, period: Period, settled: Settled, began: date) -> PlanRow | None:
    if row.occurrences:
        return _repeated(row, period, settled, began)
    if row.due is not None and row.due < period.start:
        return _carried(row, row.due, settled, began)
    if row.start is not None and row.start > period.finish:
        return None
    if row.due is None:
        return row
    if row.start is not None and row.start <= period.start and row.due >= period.finish:
        return replace(row, start=period.start, due=period.finish)
    if row.due > period.finish and row.start is None:
        return None
    return _still_owed(row, row.due, settled)


def _repeated(row: PlanRow, period: Period, settled: Settled, began: date) -> PlanRow | None:
    now = tuple(day for day in row.occurrences if period.start <= day <= period.finish)
    if now:
        start = max(row.start, period.start) if row.start else None
        return replace(row, occurrences=now, start=start, due=now[-1])
    past = [day for day in row.occurrences if day < period.start]
    if not past:
        return None
    return _carried(row, past[-1], settled, began)


def _carried(row: PlanRow, due: date, settled: Settled, began: date) -> PlanRow | None:
    """A row of an earlier period, for those who have not settled it: due as it was, and that is said."""
    owed = _still_owed(row, due, settled)
    if owed is None:
        return None
    owed = replace(owed, occurrences=(), due=due)
    if due < began:
        return owed
    return replace(owed, deadline_text=f"{row.deadline_text}\n{_CARRIED.format(due=due)}".strip())


def _still_owed(row: PlanRow, due: date, settled: Settled) -> PlanRow | None:
    """The row for those who owe it still; what was settled before a repeat came due settles others."""
    is_repeated = bool(row.occurrences)
    left = tuple(
        code
        for code in row.reporters
        if (when := settled.get((code, row.key))) is None or (is_repeated and when < due)
    )
    return replace(row, reporters=left) if left or not row.reporters else None


# --- what a period settles ----------------------------------------------------------------------


def is_settled(outcome: Outcome) -> bool:
    """Whether nobody has to be asked again: done, or confirmed as not needed, and not sent back.

    Partly done is enough where the coordinator accepted it.
    """
    if outcome.review is ReviewState.REWORK:
        return False
    if outcome.state is RowState.CONFIRMED_NONE or outcome.status is Status.DONE:
        return outcome.state is not RowState.MISSING
    return outcome.status is Status.PARTLY and outcome.review is ReviewState.ACCEPTED
