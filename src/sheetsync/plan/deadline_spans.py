"""Spans: what a phrase says of time once its pieces are joined, and which years they fall into."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.doubts import doubt
from sheetsync.model import Doubt
from sheetsync.patterns import at_first_use
from sheetsync.plan.dates import Piece, Stretch, Unit
from sheetsync.plan.deadline_grammar import marks_of
from sheetsync.plan.deadline_makers_calendar import school_half
from sheetsync.plan.plan_years import PlanYears


class Style(StrEnum):
    """How the words bind a deadline to the calendar."""

    AT = "at"
    RANGE = "range"
    BY = "by"
    OPEN = "open"


class Span(Struct, frozen=True):
    """One deadline of a phrase: ``first`` to ``last`` (the same stretch unless it is a range)."""

    style: Style
    first: Stretch
    last: Stretch
    doubts: tuple[Doubt, ...] = ()

    @property
    def unit(self) -> Unit:
        return self.first.unit

    @property
    def is_whole_year(self) -> bool:
        """«в течение года», «2023 год», «учебный год»."""
        return self.style is Style.AT and self.unit in (Unit.YEAR, Unit.SCHOOL_YEAR)

    @property
    def printed_years(self) -> tuple[int, ...]:
        return tuple(one.year for one in (self.first, self.last) if one.year)


class Settled(Struct, frozen=True):
    """A span put on the calendar; None where nobody can say."""

    start: date | None
    due: date | None
    doubts: tuple[Doubt, ...] = ()


_SPAN: Final = at_first_use(
    r"(?P<range>f?W[-tp]W(?:-W)*|fWS[tp]W)|(?P<pair>W(?=W))|(?P<by>[tp]W)|(?P<open>[fr]W)|(?P<at>W)"
)


def spans_of(pieces: Sequence[Piece]) -> tuple[tuple[Span, ...], tuple[Piece, ...]]:
    """The spans of a phrase in order, and the pieces that are in none of them."""
    spans: list[Span] = []
    rest: list[Piece] = []
    marks, at = marks_of(pieces), 0
    while at < len(pieces):
        match = _SPAN.match(marks, at)
        if match is None:
            rest.append(pieces[at])
            at += 1
            continue
        found = [one.stretch for one in pieces[at : match.end()] if one.stretch]
        after = pieces[match.end()].stretch if match["pair"] else None
        lost_dash = bool(after) and _is_lost_dash(found[0], after)
        if lost_dash and after:
            found.append(after)
        spans.append(_span(match.lastgroup or "at", found, lost_dash=lost_dash))
        at = match.end() + lost_dash
    return _years_shared(spans), tuple(rest)


def _is_lost_dash(first: Stretch, second: Stretch | None) -> bool:
    """«15.06. 15.08.2011»: the year stands on the second day only, so the two are a range."""
    if second is None:
        return False
    return first.unit is second.unit is Unit.DAY and first.year is None and second.year is not None


def _span(name: str, found: Sequence[Stretch], *, lost_dash: bool) -> Span:
    first, last = found[0], found[-1]
    if name == "range" or lost_dash:
        said = (doubt("deadline-list-or-range"),) if lost_dash else ()
        return Span(Style.RANGE, first, last, (*said, *_at_doubts(first), *_at_doubts(last)))
    if name == "pair":
        return Span(Style.AT, first, last, (doubt("deadline-list-or-range"),))
    if name == "by":
        return Span(Style.BY, first, last, _by_doubts(first))
    if name == "open":
        return Span(Style.OPEN, first, last, (doubt("deadline-open-end"),))
    return Span(Style.AT, first, last, _at_doubts(first))


def _by_doubts(stretch: Stretch) -> tuple[Doubt, ...]:
    """«до мая»: the whole month or its eve? «до конца мая» is clear."""
    ends_there = stretch.first == stretch.last or stretch.rough
    return () if ends_there else (doubt("deadline-inclusive"),)


def _at_doubts(stretch: Stretch) -> tuple[Doubt, ...]:
    if stretch.unit is Unit.SCHOOL_HALF:
        return (doubt("deadline-half-year"),)
    return (doubt("deadline-rough", text=_name(stretch)),) if stretch.rough else ()


def _name(stretch: Stretch) -> str:
    """«01.06 - 31.08»: the bounds of a stretch for a message."""
    bounds = (
        f"{day or calendar.monthrange(2023, month)[1]:02}.{month:02}"
        for month, day in (stretch.first, stretch.last)
    )
    return " - ".join(dict.fromkeys(bounds))


def _years_shared(spans: Sequence[Span]) -> tuple[Span, ...]:
    """In «июнь, декабрь 2023» the year belongs to both; «март 2023, май» likewise goes forward."""
    shared = list(spans)
    for index in reversed(range(len(shared) - 1)):
        shared[index] = _with_year_of(shared[index], shared[index + 1], near=0)
    for index in range(1, len(shared)):
        shared[index] = _with_year_of(shared[index], shared[index - 1], near=-1)
    return tuple(shared)


def _with_year_of(span: Span, other: Span, *, near: int) -> Span:
    if span.printed_years or not other.printed_years or Unit.SCHOOL_YEAR in (span.unit, other.unit):
        return span
    year = other.printed_years[near]
    if span.style is Style.RANGE:
        return replace(span, last=replace(span.last, year=year))
    return replace(span, first=replace(span.first, year=year), last=replace(span.last, year=year))


# --- years --------------------------------------------------------------------------------------


def settle(span: Span, plan: PlanYears) -> Settled:
    """Put a span on the calendar: printed years first, then the plan's."""
    if span.unit is Unit.YEAR and span.is_whole_year and not span.printed_years and len(plan.years) > 1:
        return _whole_plan(span, plan)
    if not span.first.first[0]:
        return Settled(None, None, (*span.doubts, doubt("deadline-no-month")))
    span, said = _half_as_meant(span, plan)
    years, doubts = _years_of(span, plan)
    said = (*span.doubts, *said, *doubts)
    if years is None:
        return Settled(None, None, said)
    start, due = span.first.begin(years[0]), span.last.end(years[1])
    if start is None or due is None:
        return Settled(None, None, (*said, doubt("deadline-impossible", text=_name(span.first))))
    if due < start:
        return Settled(None, None, (*said, doubt("deadline-reversed")))
    if span.unit is Unit.SCHOOL_YEAR:
        said = (*said, doubt("deadline-school-year-end"))
    return Settled(None if span.style is Style.BY else start, None if span.style is Style.OPEN else due, said)


def _whole_plan(span: Span, plan: PlanYears) -> Settled:
    """«в течение года» where the plan is longer than a year."""
    code = "deadline-school-year-end" if plan.school else "deadline-each-year"
    return Settled(plan.first_day, plan.last_day, (*span.doubts, doubt(code), *_assumed(plan)))


def _half_as_meant(span: Span, plan: PlanYears) -> tuple[Span, tuple[Doubt, ...]]:
    """In a school-year plan «I полугодие» begins in September; elsewhere it begins in January."""
    if span.unit is not Unit.HALF:
        return span, ()
    if plan.school and not span.printed_years:
        first, last = (school_half(1 if one.first[0] == 1 else 2) for one in (span.first, span.last))
        span = replace(span, first=first, last=last)
    return span, (doubt("deadline-half-year"),)


def _years_of(span: Span, plan: PlanYears) -> tuple[tuple[int, int] | None, tuple[Doubt, ...]]:
    """The years the two ends of a span begin in, and what is doubtful about them."""
    first, last = span.first.year, span.last.year
    backwards = span.last.first[0] < span.first.first[0]
    if first and last:
        return (first, last), ()
    if first:
        return (first, first + backwards), (doubt("deadline-crosses-year"),) if backwards else ()
    if last:
        return (last - backwards, last), (doubt("deadline-crosses-year"),) if backwards else ()
    return _plan_years_of(span, plan, backwards=backwards)


def _plan_years_of(
    span: Span, plan: PlanYears, *, backwards: bool
) -> tuple[tuple[int, int] | None, tuple[Doubt, ...]]:
    if span.unit is Unit.SCHOOL_YEAR:
        known = (plan.years[0], plan.years[0]) if plan.school else None
        return known, _assumed(plan) if known else (doubt("deadline-which-school-year"),)
    first, last = plan.year_of(span.first.first[0]), plan.year_of(span.last.first[0])
    if first is None or last is None:
        return None, (no_year(plan),)
    said = _assumed(plan)
    if backwards and not plan.school:
        return (first, first + 1), (*said, doubt("deadline-crosses-year"))
    if last < first or (backwards and last == first):
        first = last - backwards
        return (first, last), (*said, doubt("deadline-summer", plan=plan))
    if plan.school and last > first and not backwards:
        return (first, last), said
    summer = plan.school and 8 in (span.first.first[0], span.last.last[0]) and span.style is not Style.RANGE
    return (first, last), (*said, doubt("deadline-summer", plan=plan)) if summer else said


def _assumed(plan: PlanYears) -> tuple[Doubt, ...]:
    return (doubt("deadline-school-year-assumed", plan=plan),) if plan.assumed else ()


def no_year(plan: PlanYears) -> Doubt:
    return doubt("deadline-which-year", plan=plan) if plan.years else doubt("deadline-no-year")
