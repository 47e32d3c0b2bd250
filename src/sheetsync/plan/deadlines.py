"""``read_deadline``: the words of a deadline become a kind, a start, a due date and doubts.

The phrase is cut into pieces (``dates``), joined by rules (``deadline_grammar``), its spans are put
on the calendar (``deadline_spans``), repetitions are counted out (``deadline_recurring``); here the
readings compete, in the order of ``_READINGS``. Whatever was not understood becomes a doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.doubts import doubt
from sheetsync.model import Deadline, DeadlineKind, Doubt, Repeat
from sheetsync.plan.dates import Piece, Unit, pieces_of
from sheetsync.plan.deadline_grammar import joined, marks_of
from sheetsync.plan.deadline_recurring import REPEATS, series_of
from sheetsync.plan.deadline_spans import Settled, Span, Style, no_year, settle, spans_of
from sheetsync.plan.deadline_words import Mark
from sheetsync.plan.plan_years import PlanYears


class Facts(Struct, frozen=True):
    """All that was found in one phrase."""

    text: str
    plan: PlanYears
    pieces: tuple[Piece, ...]
    spans: tuple[Span, ...]
    rest: tuple[Piece, ...]

    def has(self, *marks: Mark) -> bool:
        return any(one.mark in marks for one in self.pieces)

    def rest_has(self, *marks: Mark) -> bool:
        return any(one.mark in marks for one in self.rest)

    @property
    def years(self) -> tuple[int, ...]:
        """Several printed years that belong to no single month."""
        return next((one.years for one in self.pieces if one.mark is Mark.YEARS), ())

    @property
    def dated(self) -> tuple[Span, ...]:
        """Spans that say more than a whole year."""
        return tuple(one for one in self.spans if not one.is_whole_year)

    @property
    def says_paper(self) -> bool:
        """«по плану ИРО», «согласно графику»: another paper holds the dates."""
        led = self.rest_has(Mark.BY_PAPER) or (self.rest_has(Mark.ALONG) and self.rest_has(Mark.PAPER))
        return led or (bool(self.rest) and self.rest[0].mark is Mark.PAPER)

    @property
    def counts_days(self) -> bool:
        """«через 20 дней», «в течение 40 дней после ...»: counted from an event."""
        marks = marks_of(self.rest)
        return any(one in marks for one in ("Nd", "Nkd", "NK", "NJ", "wJ", "wK", "wQ", "wd"))


def read_deadline(phrase: str, years: Sequence[int] = (), *, school_year: bool | None = None) -> Deadline:
    """Read a deadline written in Russian words, in a plan for ``years``.

    ``years`` may be empty: an unprinted year then stays None, with a doubt. ``school_year`` says
    what ``[2021, 2022]`` is: True the school year 2021/2022, False two calendar years, None «not
    said»: it is taken for a school year, with a doubt wherever that matters.
    """
    plan = PlanYears.of(years, school_year)
    pieces = tuple(joined(pieces_of(phrase)))
    spans, rest = spans_of(pieces)
    facts = Facts(phrase, plan, pieces, spans, rest)
    found = next(made for reading in _READINGS if (made := reading(facts)) is not None)
    doubts = (*_doubts_of_pieces(facts), *found.doubts, *_leftovers(facts, found), *_outside(found, plan))
    return replace(found, doubts=tuple(dict.fromkeys(doubts)))


# --- the readings, in the order in which they are tried -----------------------------------------


def _empty(facts: Facts) -> Deadline | None:
    if facts.text.strip():
        return None
    return _deadline(facts, DeadlineKind.UNKNOWN, doubts=(doubt("deadline-empty"),))


def _impossible(facts: Facts) -> Deadline | None:
    """A date no calendar has: the kind is clear, the day is not."""
    bad = [one for one in facts.pieces if one.mark is Mark.IMPOSSIBLE]
    if not bad:
        return None
    before = facts.pieces[: facts.pieces.index(bad[0])]
    kind = DeadlineKind.DATE
    if before and before[-1].mark in (Mark.TO, Mark.ALONG):
        kind = DeadlineKind.FROM_TO if any(one.mark is Mark.FROM for one in before) else DeadlineKind.BY_DATE
    elif facts.has(Mark.DASH) or (before and before[-1].mark is Mark.FROM):
        kind = DeadlineKind.FROM_TO
    said = tuple(doubt("deadline-impossible", text=one.text) for one in bad)
    return _deadline(facts, kind, doubts=said)


def _counted_from_event(facts: Facts) -> Deadline | None:
    if not facts.counts_days or facts.has(Mark.REPEAT):
        return None
    return _deadline(facts, DeadlineKind.EVENT_RELATIVE, doubts=(doubt("deadline-event"),))


def _recurring(facts: Facts) -> Deadline | None:
    repeats = [one for one in facts.pieces if one.mark is Mark.REPEAT]
    yearly = bool(facts.dated) and bool(facts.years)
    if not repeats and not yearly:
        return None
    finest = max(repeats, key=lambda one: _FINENESS.index(one.unit)) if repeats else None
    repeat = REPEATS.get((finest.number, finest.unit)) if finest else Repeat.YEARLY
    if repeat is Repeat.YEARLY and facts.says_paper and not facts.dated:
        return _paper(facts)
    if repeat is Repeat.YEARLY and facts.rest_has(Mark.ALWAYS) and not facts.dated:
        return _always(facts)
    next_month = any(one.mark is Mark.NEXT and one.unit != "year" for one in facts.rest)
    series = series_of(repeat, facts.spans, facts.years, facts.plan, next_month=next_month)
    vague = repeat is Repeat.HALF_YEARLY and not facts.dated
    said = (*_two_years(facts, repeat), *((doubt("deadline-repeat-dates"),) if vague else ()))
    return _deadline(
        facts,
        DeadlineKind.RECURRING,
        series.start,
        series.due,
        series.occurrences,
        repeat=repeat,
        doubts=(*said, *series.doubts),
    )


def _two_years(facts: Facts, repeat: Repeat | None) -> tuple[Doubt, ...]:
    """A repetition in a plan of two years of which nobody said whether they are one school year."""
    if not facts.plan.assumed or facts.years:
        return ()
    if repeat is Repeat.YEARLY:
        return (doubt("deadline-two-years"),)
    return (doubt("deadline-school-year-assumed", plan=facts.plan),)


_FINENESS: Final = ("year", "half", "term", "quarter", "month", "week", "day")


def _dated(facts: Facts) -> Deadline | None:
    """Days, months, quarters and half-years, one or several, ranges and «до»."""
    elsewhere = facts.says_paper or facts.rest_has(Mark.TERM, Mark.EVENT, Mark.AFTER)
    spans = facts.dated or (() if elsewhere else facts.spans)
    if not spans:
        return None
    settled = [settle(one, facts.plan) for one in spans]
    if any(one.mark is Mark.NEXT and one.unit == "year" for one in facts.rest):
        settled = [_a_year_later(one) for one in settled]
    said = tuple(said for one in settled for said in one.doubts)
    said += _wrong_weekday(facts, settled)
    if len(spans) == 1:
        return _deadline(facts, _kind_of(spans[0], facts), settled[0].start, settled[0].due, doubts=said)
    return _several(facts, spans, settled, said)


def _a_year_later(one: Settled) -> Settled:
    """«до 20 января следующего года»."""
    start, due = (
        day and day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)
        for day in (one.start, one.due)
    )
    return Settled(start, due, (*one.doubts, doubt("deadline-next-year")))


def _wrong_weekday(facts: Facts, settled: Sequence[Settled]) -> tuple[Doubt, ...]:
    """«15 марта, понедельник» when that day is a Wednesday."""
    named = {one.number for one in facts.rest if one.mark is Mark.WEEKDAY}
    days = {one.due.weekday() for one in settled if one.due}
    return (doubt("deadline-weekday"),) if named and days and named != days else ()


_KINDS: Final = {
    Unit.DAY: DeadlineKind.DATE,
    Unit.NTH_WEEKDAY: DeadlineKind.DATE,
    Unit.MONTH_PART: DeadlineKind.FROM_TO,
    Unit.MONTH: DeadlineKind.MONTH,
    Unit.SEASON: DeadlineKind.FROM_TO,
    Unit.QUARTER: DeadlineKind.QUARTER,
    Unit.HALF: DeadlineKind.HALF_YEAR,
    Unit.SCHOOL_HALF: DeadlineKind.HALF_YEAR,
    Unit.YEAR: DeadlineKind.CALENDAR_YEAR,
    Unit.SCHOOL_YEAR: DeadlineKind.SCHOOL_YEAR,
}


def _kind_of(span: Span, facts: Facts) -> DeadlineKind:
    if span.style is Style.BY:
        return DeadlineKind.BY_DATE
    if span.style is not Style.AT:
        return DeadlineKind.FROM_TO
    if span.unit is Unit.YEAR and facts.plan.school and not span.printed_years:
        return DeadlineKind.SCHOOL_YEAR
    return _KINDS[span.unit]


def _several(
    facts: Facts, spans: Sequence[Span], settled: Sequence[Settled], said: tuple[Doubt, ...]
) -> Deadline:
    """A list or stages: the envelope of all, and the due date of each."""
    starts = [one.start for one in settled if one.start]
    dues = [one.due for one in settled if one.due]
    complete = len(dues) == len(settled)
    occurrences = tuple(sorted(set(dues))) if complete else ()
    kind = _kind_of_several(spans, facts)
    if len(occurrences) == 1 and len({(one.start, one.due) for one in settled}) == 1:
        kind, occurrences, said = _kind_of(spans[0], facts), (), (*said, doubt("deadline-same-twice"))
    elif kind in (DeadlineKind.FROM_TO, DeadlineKind.BY_DATE):
        said = (*said, doubt("deadline-stages"))
    elif any(one.text == "/" for one in facts.rest):
        said = (*said, doubt("deadline-list-or-range"))
    start = min(starts) if starts and kind is not DeadlineKind.BY_DATE else None
    return _deadline(facts, kind, start, max(dues) if complete else None, occurrences, doubts=said)


def _kind_of_several(spans: Sequence[Span], facts: Facts) -> DeadlineKind:
    kinds = {_kind_of(one, facts) for one in spans}
    if len(kinds) == 1:
        only = kinds.pop()
        return DeadlineKind.MONTHS_LIST if only is DeadlineKind.MONTH else only
    if spans[0].style is Style.BY and kinds == {DeadlineKind.BY_DATE, DeadlineKind.DATE}:
        return DeadlineKind.BY_DATE
    months = all(one.unit is Unit.MONTH and one.style in (Style.AT, Style.RANGE) for one in spans)
    return DeadlineKind.MONTHS_LIST if months else DeadlineKind.FROM_TO


def _several_years(facts: Facts) -> Deadline | None:
    """«2020-2022 гг.»; two bare years may as well be a school year, and are one in such a plan."""
    if not facts.years or facts.says_paper:
        return None
    first, last = facts.years[0], facts.years[-1]
    printed = next(one for one in facts.pieces if one.mark is Mark.YEARS)
    said = (doubt("deadline-two-years"),) if last == first + 1 and not printed.unit else ()
    if said and facts.plan.school and facts.plan.years == facts.years:
        plan = facts.plan
        return _deadline(facts, DeadlineKind.SCHOOL_YEAR, plan.first_day, plan.last_day, doubts=said)
    return _deadline(facts, DeadlineKind.MULTI_YEAR, date(first, 1, 1), date(last, 12, 31), doubts=said)


def _paper(facts: Facts) -> Deadline | None:
    if not facts.says_paper:
        return None
    return _enveloped(facts, DeadlineKind.BY_EXTERNAL_PLAN)


def _always(facts: Facts) -> Deadline | None:
    whole_period = facts.rest_has(Mark.PERIOD) and facts.rest_has(Mark.WHOLE, Mark.REALISATION)
    whole_period |= facts.rest_has(Mark.DURING) and facts.rest_has(Mark.REALISATION)
    if facts.rest_has(Mark.ALWAYS) or (whole_period and not facts.rest_has(Mark.AFTER, Mark.EVENT)):
        return _enveloped(facts, DeadlineKind.CONTINUOUS)
    return None


def _event(facts: Facts) -> Deadline | None:
    """Something must happen first: its date is not in the phrase."""
    marks = (
        Mark.EVENT, Mark.AFTER, Mark.NEED, Mark.TERM, Mark.PERIOD, Mark.BEGIN, Mark.END, Mark.NEXT,
        Mark.DAY_WORD, Mark.WEEK_WORD, Mark.MONTH_WORD,
    )  # fmt: skip
    if not facts.rest_has(*marks):
        return None
    code = "deadline-term" if facts.rest_has(Mark.TERM) else "deadline-event"
    return _deadline(facts, DeadlineKind.EVENT_RELATIVE, doubts=(doubt(code),))


def _unread(facts: Facts) -> Deadline:
    only_hours = facts.has(Mark.HOUR)
    said = doubt("deadline-hours") if only_hours else doubt("deadline-unread", text=facts.text.strip())
    return _deadline(facts, DeadlineKind.UNKNOWN, doubts=(said,))


_READINGS: Final[tuple[Callable[[Facts], Deadline | None], ...]] = (
    _empty,
    _impossible,
    _counted_from_event,
    _recurring,
    _dated,
    _several_years,
    _paper,
    _always,
    _event,
    _unread,
)


# --- helpers ------------------------------------------------------------------------------------


def _deadline(
    facts: Facts,
    kind: DeadlineKind,
    start: date | None = None,
    due: date | None = None,
    occurrences: tuple[date, ...] = (),
    *,
    repeat: Repeat | None = None,
    doubts: tuple[Doubt, ...] = (),
) -> Deadline:
    return Deadline(facts.text, kind, start, due, occurrences, repeat, doubts)


def _enveloped(facts: Facts, kind: DeadlineKind) -> Deadline:
    """An undated deadline; printed years, «в течение года» or «ежегодно» give it an envelope."""
    if facts.years:
        return _deadline(facts, kind, date(facts.years[0], 1, 1), date(facts.years[-1], 12, 31))
    if facts.spans:
        whole = settle(facts.spans[0], facts.plan)
        return _deadline(facts, kind, whole.start, whole.due, doubts=whole.doubts)
    if facts.has(Mark.REPEAT):
        plan = facts.plan.calendar if facts.plan.assumed else facts.plan
        said = _two_years(facts, Repeat.YEARLY) if plan.years else (no_year(plan),)
        return _deadline(facts, kind, plan.first_day, plan.last_day, doubts=said)
    return _deadline(facts, kind)


def _doubts_of_pieces(facts: Facts) -> tuple[Doubt, ...]:
    return tuple(said for one in facts.pieces for said in one.doubts)


_SILENT: Final = frozenset(
    (Mark.SEPARATOR, Mark.DASH, Mark.NOISE, Mark.DURING, Mark.WHOLE, Mark.PERIOD, Mark.REPEAT, Mark.YEARS,
     Mark.HOUR, Mark.IMPOSSIBLE, Mark.REALISATION)
)  # fmt: skip
_LEADS: Final = frozenset((Mark.FROM, Mark.TO, Mark.ALONG))
_ELSEWHERE: Final = (Mark.BY_PAPER, Mark.PAPER, Mark.EVENT, Mark.NEED, Mark.TERM, Mark.ALWAYS, Mark.AFTER)
_UNDATED: Final = (
    DeadlineKind.BY_EXTERNAL_PLAN, DeadlineKind.EVENT_RELATIVE, DeadlineKind.CONTINUOUS, DeadlineKind.UNKNOWN,
)  # fmt: skip


def _leftovers(facts: Facts, found: Deadline) -> tuple[Doubt, ...]:
    """Words no rule took. In an undated phrase they name the plan or the event."""
    if found.kind in _UNDATED:
        return ()
    silent = _SILENT | (_LEADS if facts.has(Mark.IMPOSSIBLE) else set())
    silent |= {Mark.MONTH_WORD, Mark.EACH} if found.kind is DeadlineKind.RECURRING else {Mark.WEEKDAY}
    if {"deadline-next-year", "deadline-next-month"} & {one.code for one in found.doubts}:
        silent |= {Mark.NEXT, Mark.MONTH_WORD}
    left = " ".join(one.text for one in facts.rest if one.mark not in silent)
    code = "deadline-also-undated" if facts.rest_has(*_ELSEWHERE) else "deadline-leftover"
    return (doubt(code, text=left),) if left else ()


def _outside(found: Deadline, plan: PlanYears) -> tuple[Doubt, ...]:
    """Dates of a year the plan does not cover."""
    days = [day for day in (found.start, found.due, *found.occurrences) if day]
    outside = sorted({day.year for day in days if not plan.covers(day)})
    return (doubt("deadline-year-outside", years=", ".join(map(str, outside)), plan=plan),) if outside else ()
