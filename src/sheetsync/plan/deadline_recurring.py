"""Repeated deadlines: «ежегодно до 1 сентября», «раз в полугодие», «до 5 числа каждого месяца»."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.doubts import doubt
from sheetsync.model import Doubt, Repeat
from sheetsync.plan.dates import Stretch, Unit, a_day, day_of
from sheetsync.plan.deadline_spans import Settled, Span, Style, no_year, settle
from sheetsync.plan.plan_years import PlanYears

REPEATS: Final[dict[tuple[int, str], Repeat]] = {
    (1, "year"): Repeat.YEARLY,
    (2, "year"): Repeat.HALF_YEARLY,
    (4, "year"): Repeat.QUARTERLY,
    (1, "half"): Repeat.HALF_YEARLY,
    (1, "quarter"): Repeat.QUARTERLY,
    (1, "month"): Repeat.MONTHLY,
    (1, "week"): Repeat.WEEKLY,
    (1, "day"): Repeat.DAILY,
}
"""«N раз в ...» -> a repetition of ours; any other count has no dates we could name."""

_ENDS_IN: Final = {
    Repeat.HALF_YEARLY: (6, 12),
    Repeat.QUARTERLY: (3, 6, 9, 12),
    Repeat.MONTHLY: tuple(range(1, 13)),
}
_SCHOOL_HALVES_END_IN: Final = (5, 12)


class Series(Struct, frozen=True):
    """A repeated deadline on the calendar: the envelope and the due date of every occurrence."""

    start: date | None = None
    due: date | None = None
    occurrences: tuple[date, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def series_of(
    repeat: Repeat | None,
    spans: Sequence[Span],
    years: tuple[int, ...],
    plan: PlanYears,
    *,
    next_month: bool = False,
) -> Series:
    """Every occurrence inside the printed ``years``, or else inside the plan."""
    years, spans = _with_own_year(years, spans)
    series = _series_of(repeat, spans, _period(repeat, spans, years, plan), next_month=next_month)
    if series.start and series.due and series.due < series.start:
        return Series(doubts=(*series.doubts, doubt("deadline-reversed")))
    return series


def _with_own_year(years: tuple[int, ...], spans: Sequence[Span]) -> tuple[tuple[int, ...], Sequence[Span]]:
    """«до 01.04.2023, 2024, 2025 года», «май, ежегодно с 2023»: the printed year is only the first."""
    own = {year for one in spans for year in one.printed_years}
    onwards = [one for one in spans if one.style is Style.OPEN and one.unit is Unit.YEAR]
    leads_list = bool(years) and bool(own) and min(own) < years[0]
    if len(own) != 1 or not (onwards or leads_list):
        return years, spans
    bare = [one if one in onwards else _without_year(one) for one in spans]
    return (*own, *years) if leads_list else years, bare


def _without_year(span: Span) -> Span:
    return replace(span, first=replace(span.first, year=None), last=replace(span.last, year=None))


def _series_of(
    repeat: Repeat | None, spans: Sequence[Span], period: PlanYears, *, next_month: bool
) -> Series:
    if repeat in (Repeat.WEEKLY, Repeat.DAILY):
        return _uncounted([one for one in spans if one.first.first[0]], period, "deadline-often")
    if repeat is None:
        return _uncounted(spans or (_WHOLE_YEAR,), period, "deadline-repeat-dates")
    if not period.years and not any(one.printed_years for one in spans):
        return Series(doubts=(*_doubts_of(spans), no_year(period)))
    days = [one for one in spans if one.first.first[0] == 0]
    bounds = [one for one in spans if one.first.first[0]]
    if repeat is Repeat.YEARLY:
        return _yearly(_days_in_months(days, bounds) if days else bounds, period)
    if not days and _are_listed(repeat, bounds):
        return _listed(repeat, bounds, period)
    return _within(repeat, days, bounds, period, next_month=next_month)


_WHOLE_YEAR: Final = Span(
    Style.AT, Stretch(Unit.YEAR, (1, 1), (12, 31)), Stretch(Unit.YEAR, (1, 1), (12, 31))
)


def _days_in_months(days: Sequence[Span], bounds: Sequence[Span]) -> list[Span]:
    """«декабрь ежегодно, до 25 числа»: the number in each of the named months; alone it is no date."""
    months = [one.first for one in bounds if one.unit is Unit.MONTH]
    if not months:
        return [*bounds, *days]
    return [
        replace(
            day,
            first=a_day(month.first[0], day.first.first[1], month.year),
            last=a_day(month.first[0], day.last.last[1], month.year),
        )
        for month in months
        for day in days
    ]


def _uncounted(spans: Sequence[Span], period: PlanYears, code: str) -> Series:
    """Only the envelope: the single dates are not said, or are too many to ask for."""
    settled = [settle(one, period) for one in spans]
    starts = [one.start for one in settled if one.start]
    dues = [one.due for one in settled if one.due]
    said = tuple(said for one in settled for said in one.doubts)
    return Series(min(starts, default=None), max(dues, default=None), (), (*said, doubt(code)))


def _period(
    repeat: Repeat | None, spans: Sequence[Span], years: tuple[int, ...], plan: PlanYears
) -> PlanYears:
    """A yearly deadline tells that the plan's two years are calendar years; printed years win."""
    if years:
        return PlanYears(years)
    whole = [one for one in spans if one.unit is Unit.YEAR and one.printed_years]
    if whole:
        first = whole[0].printed_years[0]
        last = max(first, *plan.years) if whole[0].style is Style.OPEN else first
        return PlanYears(tuple(range(first, last + 1)))
    school = next((one.first.year for one in spans if one.unit is Unit.SCHOOL_YEAR and one.first.year), None)
    if school:
        return PlanYears((school, school + 1), school=True)
    return plan.calendar if repeat is Repeat.YEARLY and plan.assumed else plan


def _doubts_of(spans: Sequence[Span]) -> tuple[Doubt, ...]:
    return tuple(said for one in spans for said in one.doubts)


def _yearly(bounds: Sequence[Span], period: PlanYears) -> Series:
    """Each span once in every year of the period; without any, the end of every year."""
    named = [one for one in bounds if one.unit not in (Unit.YEAR, Unit.SCHOOL_YEAR)]
    if not named:
        return Series(period.first_day, period.last_day, tuple(_year_ends(period)), _doubts_of(bounds))
    settled = [settle(one, part) for one in named for part in _parts(period, one)]
    starts = [one.start for one in settled if one.start]
    dues = sorted({one.due for one in settled if one.due})
    said = tuple(said for one in settled for said in one.doubts)
    by_only = all(one.style is Style.BY for one in named)
    return Series(
        None if by_only or not starts else min(starts), dues[-1] if dues else None, tuple(dues), said
    )


def _are_listed(repeat: Repeat, bounds: Sequence[Span]) -> bool:
    """«2 раза в год (май, декабрь)» lists its occurrences; «ежеквартально до конца года» does not."""
    if repeat is Repeat.MONTHLY or not bounds:
        return False
    fine = all(one.unit in (Unit.DAY, Unit.NTH_WEEKDAY, Unit.MONTH_PART, Unit.MONTH) for one in bounds)
    return fine and (len(bounds) > 1 or bounds[0].style is Style.AT)


def _listed(repeat: Repeat, bounds: Sequence[Span], period: PlanYears) -> Series:
    series = _yearly(bounds, period)
    expected = len(_ENDS_IN[repeat])
    said = () if len(bounds) == expected else (doubt("deadline-repeat-dates"),)
    return replace(series, doubts=series.doubts + said)


def _parts(period: PlanYears, span: Span) -> list[PlanYears]:
    """The single years in which a span comes back; a printed year is the only one."""
    if span.printed_years or period.school:
        return [period]
    return [PlanYears((year,)) for year in period.years]


def _year_ends(period: PlanYears) -> list[date]:
    if period.school and period.last_day:
        return [period.last_day]
    return [date(year, 12, 31) for year in period.years]


def _within(
    repeat: Repeat, days: Sequence[Span], bounds: Sequence[Span], period: PlanYears, *, next_month: bool
) -> Series:
    """Months, quarters or half-years one after another, inside the bounds the phrase names."""
    first, last, said = _limits(bounds, period)
    if first is None or last is None:
        return Series(doubts=said)
    months = _SCHOOL_HALVES_END_IN if period.school and repeat is Repeat.HALF_YEARLY else _ENDS_IN[repeat]
    stretches = [one.last for one in days] or [Stretch(Unit.DAY, (0, 0), (0, 0))]
    dues: list[date] = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        if month in months:
            dues += [due for one in stretches if (due := _in_month(one, year, month, next_month=next_month))]
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    if next_month or (days and repeat is not Repeat.MONTHLY):
        said = (*said, doubt("deadline-next-month"))
    if period.school and not bounds and repeat is not Repeat.HALF_YEARLY:
        said = (*said, doubt("deadline-school-year-end"))
    by_only = bool(days) and all(one.style is Style.BY for one in days)
    if not days:
        dues = sorted({min(due, last) for due in dues} | ({last} if repeat is Repeat.MONTHLY else set()))
    if not dues:
        return Series(first, last, (), (*said, *_doubts_of(days), doubt("deadline-repeat-dates")))
    dues.sort()
    start = None if by_only else _start(days, first, dues[0])
    return Series(start, dues[-1], tuple(dues), (*said, *_doubts_of(days)))


def _start(days: Sequence[Span], first: date, due: date) -> date:
    """«с 1 по 5 число», «15 числа»: the first occurrence begins on its day."""
    if not days:
        return first
    return _in_month(days[0].first, due.year, due.month, next_month=False) or first


def _in_month(stretch: Stretch, year: int, month: int, *, next_month: bool) -> date | None:
    """The day of a stretch in one month; the 31st of a shorter month is its last day."""
    if next_month:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    here = replace(stretch, first=(month, stretch.first[1]), last=(month, stretch.last[1]))
    return here.end(year) or day_of(year, month, 0)


def _limits(bounds: Sequence[Span], period: PlanYears) -> tuple[date | None, date | None, tuple[Doubt, ...]]:
    named: list[Settled] = [settle(one, period) for one in bounds]
    said = tuple(said for one in named for said in one.doubts)
    starts = [one.start for one in named if one.start]
    dues = [one.due for one in named if one.due]
    if len(named) > 1:
        said = (*said, doubt("deadline-stages"))
    if named and not (starts or dues):
        return None, None, said
    return min(starts, default=period.first_day), max(dues, default=period.last_day), said
