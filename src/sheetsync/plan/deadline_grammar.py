"""The grammar of deadlines: pieces of a phrase are joined, rule by rule, into larger pieces.

A rule is a pattern over the marks of neighbouring pieces (one letter each, see ``Mark``) and a
function that makes new pieces of them, or None where the values do not fit. Stages run in order;
within a stage every rule is applied until nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sheetsync.doubts import doubt
from sheetsync.model import Doubt
from sheetsync.plan.dates import Piece, Stretch, Unit, a_day, day_before_month
from sheetsync.plan.deadline_words import LAST, Mark

Pieces = Sequence[Piece]
Maker = Callable[[Pieces], "Piece | list[Piece] | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """``pattern`` is a regular expression over marks; ``make`` gets exactly the pieces it matched."""

    pattern: re.Pattern[str]
    make: Maker


def rule(pattern: str, make: Maker) -> Rule:
    return Rule(re.compile(pattern), make)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Apply the whole grammar."""
    current = [one for one in _run(_WITH_SMALL_WORDS, list(pieces)) if one.mark is not Mark.NOISE]
    current = _run(_BEFORE_MONTHS, current)
    current = day_before_month(current)
    for stage in _STAGES:
        current = _run(stage, current)
    return current


def marks_of(pieces: Pieces) -> str:
    return "".join(one.mark for one in pieces)


def _run(stage: Sequence[Rule], pieces: list[Piece]) -> list[Piece]:
    changed = True
    while changed:
        changed = any([_apply(one, pieces) for one in stage])
    return pieces


def _apply(one: Rule, pieces: list[Piece]) -> bool:
    """Apply a rule wherever it fits, left to right; True when it changed anything."""
    changed, at = False, 0
    while match := one.pattern.search(marks_of(pieces), at):
        made = one.make(pieces[match.start() : match.end()])
        at = match.end() if made is None else match.start() + 1
        if made is not None:
            pieces[match.start() : match.end()] = [made] if isinstance(made, Piece) else made
            changed = True
    return changed


# --- helpers of makers --------------------------------------------------------------------------


def _merge(pieces: Pieces, mark: Mark, *said: Doubt, **values: object) -> Piece:
    """One piece with all the letters and doubts of several."""
    text = " ".join(one.text for one in pieces)
    doubts = tuple(known for one in pieces for known in one.doubts) + said
    return replace(Piece(mark, text, doubts=doubts), **values)  # type: ignore[arg-type]


def _only(pieces: Pieces, mark: Mark) -> Piece:
    return next(one for one in pieces if one.mark is mark)


def _when(pieces: Pieces, stretch: Stretch, *said: Doubt) -> Piece:
    return _merge(pieces, Mark.WHEN, *said, stretch=stretch)


def _first_stretch(pieces: Pieces) -> Stretch:
    found = _only(pieces, Mark.WHEN).stretch
    assert found is not None
    return found


# --- makers: hours, references ------------------------------------------------------------------


def _hour(pieces: Pieces) -> Piece:
    return _merge(pieces, Mark.HOUR)


def _at_an_hour(pieces: Pieces) -> Piece | None:
    """«15 марта в 10.10»: after «в» a dotted pair is an hour."""
    stretch = _first_stretch(pieces)
    dotted = pieces[0].text == "в" and stretch.unit is Unit.DAY and stretch.year is None
    return _hour(pieces) if dotted else None


def _pointer(pieces: Pieces) -> Piece:
    """«п. 4.5», «№ 12», «от 15.03.2023» name another place or paper, not a deadline."""
    return _merge(pieces, Mark.POINTER)


def _drop_last(pieces: Pieces) -> list[Piece]:
    return list(pieces[:-1])


def _keep_last(pieces: Pieces) -> Piece:
    return _merge(pieces[-1:], pieces[-1].mark, number=pieces[-1].number, unit=pieces[-1].unit)


# --- makers: years ------------------------------------------------------------------------------


def _years(pieces: Pieces) -> Piece:
    """«2013 2014, 2015» is a list, «2009-2011» a range; two far years side by side lost their dash."""
    several = [one for one in pieces if one.mark is Mark.YEARS]
    numbers = [year for one in several for year in one.years]
    lost = len(numbers) == 2 and len(pieces) == 2 and numbers[1] > numbers[0] + 1
    if lost or Mark.DASH in (one.mark for one in pieces):
        numbers = list(range(min(numbers), max(numbers) + 1))
    said = (doubt("deadline-list-or-range"),) if lost else ()
    return _merge(pieces, Mark.YEARS, *said, years=tuple(sorted(set(numbers))))


def _iso_slip(pieces: Pieces) -> Piece | None:
    """«2013-03-12 2014 2015»: a conversion made a date of the first year of a list."""
    stretch = _first_stretch(pieces)
    years = pieces[-1].years
    if stretch.unit is not Unit.DAY or stretch.year != years[0] - 1 or not pieces[0].text[:4].isdigit():
        return None
    said = doubt("deadline-misread", read=str(stretch.year))
    return _merge(pieces, Mark.YEARS, said, years=(stretch.year, *years))


def _school_year(pieces: Pieces) -> Piece:
    """«учебный год», with «2023-2024» before or after it when printed."""
    years = next((one.years for one in pieces if one.mark is Mark.YEARS), ())
    if len(years) > 2 or (len(years) == 2 and years[1] != years[0] + 1):
        return _merge(pieces, Mark.YEARS, doubt("deadline-school-year-end"), years=years)
    year = years[0] if len(years) == 2 else None
    said = (doubt("deadline-which-school-year"),) if len(years) == 1 else ()
    return _when(pieces, Stretch(Unit.SCHOOL_YEAR, (9, 1), (8, 31), year), *said)


def _slashed_school_year(pieces: Pieces) -> Piece | None:
    return _school_year(pieces) if pieces[0].unit == "school" else None


def _year_word(pieces: Pieces) -> Piece:
    """«2023 год»: the word belongs to the number."""
    return _merge(pieces, Mark.YEARS, years=_only(pieces, Mark.YEARS).years, unit="year")


def _whole_year(pieces: Pieces) -> Piece | None:
    """A single year, or «год», that belongs to no month is a stretch of its own."""
    years = next((one.years for one in pieces if one.mark is Mark.YEARS), ())
    if len(years) > 1:
        return None
    if pieces[0].text in ("г", "гг"):
        return _merge(pieces, Mark.NOISE)
    return _when(pieces, Stretch(Unit.YEAR, (1, 1), (12, 31), years[0] if years else None))


def _with_year(pieces: Pieces) -> Piece | None:
    """A month or day and the year beside it."""
    stretch, years = _first_stretch(pieces), _only(pieces, Mark.YEARS).years
    if len(years) != 1 or stretch.year or stretch.unit in (Unit.YEAR, Unit.SCHOOL_YEAR):
        return None
    return _when(pieces, replace(stretch, year=years[0]))


def _within_school_year(pieces: Pieces) -> Piece | None:
    """«сентябрь 2023-2024 учебного года», «1 полугодие учебного года»."""
    inner = _first_stretch(pieces[:1])
    outer = pieces[-1].stretch
    assert outer is not None
    if outer.unit is not Unit.SCHOOL_YEAR or inner.year or inner.unit in (Unit.YEAR, Unit.SCHOOL_YEAR):
        return None
    if inner.unit is Unit.HALF:
        inner = school_half(1 if inner.first[0] == 1 else 2)
    year = outer.year + (inner.first[0] < 9) if outer.year else None
    return _when(pieces, replace(inner, year=year))


def _next_year(pieces: Pieces) -> Piece:
    """«следующего года», «года, следующего за отчётным»."""
    return _merge(pieces, Mark.NEXT, unit="year")


# --- makers: parts of a year and of a month -----------------------------------------------------


def quarter(number: int) -> Stretch:
    return Stretch(Unit.QUARTER, (number * 3 - 2, 1), (number * 3, 0))


def half(number: int) -> Stretch:
    return Stretch(Unit.HALF, (number * 6 - 5, 1), (number * 6, 0))


def school_half(number: int) -> Stretch:
    """September to December, January to May."""
    bounds = ((9, 1), (12, 31)) if number == 1 else ((1, 1), (5, 31))
    return Stretch(Unit.SCHOOL_HALF, *bounds, rough=True)


def month_part(month: int, first: int, last: int, *, rough: bool = False) -> Stretch:
    return Stretch(Unit.MONTH_PART, (month, first), (month, last), rough=rough)


def _numbered(make: Callable[[int], Stretch], count: int) -> Maker:
    """«I квартал», «квартал 1», «последний квартал»."""

    def maker(pieces: Pieces) -> Piece | None:
        number = _only(pieces, Mark.NUMBER).number
        number = count if number == LAST else number
        return _when(pieces, make(number)) if 1 <= number <= count else _merge(pieces, Mark.IMPOSSIBLE)

    return maker


def _month_of(pieces: Pieces) -> int | None:
    stretch = _first_stretch(pieces)
    return stretch.first[0] if stretch.unit is Unit.MONTH else None


def _decade(pieces: Pieces) -> Piece | None:
    month, number = _month_of(pieces), pieces[0].number
    number = 3 if number == LAST else number
    if month is None or not 1 <= number <= 3:
        return None
    part = month_part(month, number * 10 - 9, number * 10 if number < 3 else 0)
    return _when(pieces, _dated(part, pieces))


def _week(pieces: Pieces) -> Piece | None:
    """«третья неделя марта»: days 15 to 21, roughly."""
    month, number = _month_of(pieces), pieces[0].number
    if month is None or not (number == LAST or 1 <= number <= 4):
        return None
    part = month_part(month, number * 7 - 6, number * 7, rough=True)
    if number == LAST:
        part = Stretch(Unit.MONTH_PART, (month, 22), (month, 0), rough=True)
    return _when(pieces, _dated(part, pieces))


def _half_month(pieces: Pieces) -> Piece | None:
    month, number = _month_of(pieces), pieces[0].number
    if month is None or number not in (1, 2):
        return None
    return _when(pieces, _dated(month_part(month, *((1, 15) if number == 1 else (16, 0))), pieces))


def _half_of_year(pieces: Pieces) -> Piece | None:
    stretch, number = _first_stretch(pieces), pieces[0].number
    if number not in (1, 2) or stretch.unit not in (Unit.YEAR, Unit.SCHOOL_YEAR):
        return None
    return _when(pieces, replace(half(number) if stretch.unit is Unit.YEAR else school_half(number), year=stretch.year))


def _nth_weekday(pieces: Pieces) -> Piece | None:
    """«последняя пятница мая»."""
    month = _month_of(pieces)
    if month is None:
        return None
    which = (pieces[0].number, pieces[1].number)
    return _when(pieces, _dated(Stretch(Unit.NTH_WEEKDAY, (month, 1), (month, 0), weekday=which), pieces))


def _dated(stretch: Stretch, pieces: Pieces) -> Stretch:
    return replace(stretch, year=_first_stretch(pieces).year)


_EDGES: Final = {Mark.BEGIN: (1, 10), Mark.MIDDLE: (11, 20), Mark.END: (21, 0)}


def _edge(pieces: Pieces) -> Piece | list[Piece] | None:
    """«конец мая» is its last days; «конец года» a last day, «начало года» a first one."""
    lead, edge, stretch = list(pieces[:-2]), pieces[-2].mark, _first_stretch(pieces)
    rough = doubt("deadline-rough", text=_text(pieces))
    if stretch.unit is Unit.MONTH:
        if edge is Mark.END and lead:
            return [*lead, _when(pieces[-2:], replace(stretch, rough=True))]
        if edge is Mark.BEGIN and lead:
            return [*lead, _when(pieces[-2:], a_day(*stretch.first, stretch.year), rough)]
        part = month_part(stretch.first[0], *_EDGES[edge], rough=True)
        return _when(pieces, replace(part, year=stretch.year))
    if edge is Mark.MIDDLE or stretch.unit in (Unit.DAY, Unit.MONTH_PART):
        return None
    if edge is Mark.END:
        return [Piece(Mark.TO, ""), _when(pieces[-2:], replace(stretch, rough=True), *(() if lead else (rough,)))]
    if lead and lead[0].mark is Mark.TO:
        return [*lead, _when(pieces[-2:], a_day(*stretch.first, stretch.year), rough)]
    return [Piece(Mark.FROM, ""), _when(pieces[-2:], replace(stretch, rough=True), rough)]


def _towards(pieces: Pieces) -> list[Piece] | None:
    """«к маю» asks for the first day of May, «до мая» for its last."""
    stretch = _first_stretch(pieces)
    if pieces[0].text not in ("к", "ко") or stretch.unit is Unit.DAY or stretch.rough:
        return None
    first = a_day(*stretch.first, stretch.year)
    return [pieces[0], _when(pieces[1:], first, doubt("deadline-rough", text=_text(pieces)))]


def _text(pieces: Pieces) -> str:
    return " ".join(one.text for one in pieces)


def _number_takes_unit(pieces: Pieces) -> list[Piece] | None:
    """«5, 12 марта», «1-10 мая», «I-II кварталы»: a bare number is what the number after it is."""
    number, after = pieces[0], pieces[-1].stretch
    assert after is not None
    made = _like(after, number.number)
    return None if made is None else [replace(number, mark=Mark.WHEN, stretch=made), *pieces[1:]]


def _like(after: Stretch, number: int) -> Stretch | None:
    month = after.first[0]
    if after.unit is Unit.DAY and 1 <= number <= 31:
        return a_day(month, number, after.year)
    if after.unit is Unit.QUARTER and 1 <= number <= 4:
        return replace(quarter(number), year=after.year)
    if after.unit is Unit.HALF and number == 1:
        return replace(half(number), year=after.year)
    if after.unit is Unit.MONTH_PART and after.first[1] in (11, 21) and 1 <= number <= 2 and not after.rough:
        return replace(month_part(month, number * 10 - 9, number * 10), year=after.year)
    return None


# --- makers: repetition -------------------------------------------------------------------------

_UNITS: Final = {
    Mark.YEAR_WORD: "year", Mark.HALF_WORD: "half", Mark.QUARTER_WORD: "quarter", Mark.MONTH_WORD: "month",
    Mark.WEEK_WORD: "week", Mark.DAY_WORD: "day", Mark.TERM: "term", Mark.WEEKDAY: "week", Mark.SCHOOL: "year",
}  # fmt: skip


def _each(pieces: Pieces) -> Piece:
    """«каждый месяц», «по пятницам», «по кварталам»."""
    return _merge(pieces, Mark.REPEAT, number=1, unit=_UNITS[pieces[1].mark])


def _times(pieces: Pieces) -> Piece:
    """«2 раза в год», «раз в квартал», «1 раз в 2 месяца» (0: no rule of ours says when)."""
    numbers = [one.number for one in pieces[:-1] if one.mark is Mark.NUMBER]
    after = [one for one in pieces[pieces.index(_only(pieces, Mark.TIMES)) :] if one.mark is Mark.NUMBER]
    count = 0 if after else (numbers[0] if numbers else 1)
    return _merge(pieces, Mark.REPEAT, number=count, unit=_UNITS[pieces[-1].mark])


def _yearly(pieces: Pieces) -> Piece:
    """«февраль очередного года»."""
    return _merge(pieces, Mark.REPEAT, number=1, unit="year")


def _weekly_twice(pieces: Pieces) -> Piece | None:
    """«еженедельно по средам» says one repetition twice."""
    same = {one.unit for one in pieces if one.mark is Mark.REPEAT} == {"week"}
    return _merge(pieces, Mark.REPEAT, number=1, unit="week") if same else None


def _monthly_by_weekday(pieces: Pieces) -> list[Piece]:
    """«последняя пятница каждого месяца»: keep the weekday beside the repetition."""
    nth = [one for one in pieces if one.mark in (Mark.NUMBER, Mark.WEEKDAY)]
    rest = [one for one in pieces if one not in nth and one.mark not in (Mark.SEPARATOR, Mark.EACH)]
    which = (nth[0].number, nth[1].number)
    day = Stretch(Unit.NTH_WEEKDAY, (0, 1), (0, 0), weekday=which)
    return [_when(nth, day), _merge(rest, Mark.REPEAT, number=1, unit="month")]


def _day_of_month(pieces: Pieces) -> Piece:
    """«5 числа», «последний день месяца»: month 0 says «of every month»."""
    number = pieces[0].number
    day = 0 if number == LAST else number
    said = (doubt("deadline-workday", text=_text(pieces)),) if Mark.WORKING in (one.mark for one in pieces) else ()
    if not 0 <= day <= 31:
        return _merge(pieces, Mark.IMPOSSIBLE)
    return _when(pieces, Stretch(Unit.DAY, (0, day), (0, day)), *said)


def _of_every_month(pieces: Pieces) -> list[Piece] | None:
    """«до 5 числа месяца» repeats monthly even when the phrase has no «ежемесячно»."""
    day = pieces[-2] if pieces[-2].mark is Mark.WHEN else pieces[-3]
    if day.stretch is None or day.stretch.first[0]:
        return None
    return [*pieces[:-1], _merge(pieces[-1:], Mark.REPEAT, number=1, unit="month")]


def _term(pieces: Pieces) -> Piece | None:
    """«1 четверть», «весенние каникулы»: every school has its own dates."""
    stretch = pieces[0].stretch
    if len(pieces) == 1 or (stretch and stretch.unit is not Unit.SEASON):
        return None
    return _merge(pieces, Mark.TERM)


def _as_usual(pieces: Pieces) -> Piece:
    """«в рабочем порядке»."""
    return _merge(pieces, Mark.ALWAYS)


# --- the stages ---------------------------------------------------------------------------------

_WITH_SMALL_WORDS: Final = (rule("(?<=[MWYG])nW", _at_an_hour),)

_BEFORE_MONTHS: Final = (
    rule("ff+", _keep_last),
    rule("jj*[NWY]", _pointer),
    rule("[NTW]h(?:Nh)?", lambda found: None if found[0].stretch and found[0].stretch.year else _hour(found)),
    rule("T-W|W-T", lambda found: None if _first_stretch(found).year else _hour(found)),
    rule("T[-tp]T", _hour),
    rule("[tpf]T(?![WNT])", _hour),
    rule("[tpf]T(?=[WN])", _drop_last),
)

_STAGES: Final[tuple[tuple[Rule, ...], ...]] = (
    (
        rule("N-?X", _day_of_month),
        rule("Nk?dJ", lambda found: [_day_of_month(found[:-1]), found[-1]] if found[0].number == LAST else None),
        rule("Nk?d(?=R)", lambda found: _day_of_month(found) if found[0].number == LAST else None),
    ),
    (
        rule("WY", _iso_slip),
        rule("Y(?:[-S]?Y)+", _years),
        rule("YUG?|UG?Y|UG", _school_year),
        rule("YG", _year_word),
        rule("Y", _slashed_school_year),
    ),
    (
        rule("NO[JGQHKdq]", _times),
        rule("ON?[JGQHKdq]", _times),
        rule("NON[JGQHKdq]", _times),
        rule("V?NZ(?:V?J|S?R)|RS?V?NZ", _monthly_by_weekday),
        rule("V[GQHKJdZUq]", _each),
        rule("p[QHJZq]", _each),
        rule("oG", _yearly),
        rule("RS?R|RS?Z+", _weekly_twice),
    ),
    (
        rule("NQ|QN", _numbered(quarter, 4)),
        rule("NH|HN", _numbered(half, 2)),
        rule("NDW", _decade),
        rule("NKW", _week),
        rule("NPW", _half_month),
        rule("NZW", _nth_weekday),
    ),
    (rule("N[-Stp]W", _number_takes_unit), rule("[NW]?q", _term), rule("kl", _as_usual)),
    (rule("sG|GS?s", _next_year),),
    (
        rule("WS?Y|YS?W", _with_year),
        rule("WS?W", _within_school_year),
        rule("WG", lambda found: None if found[0].stretch and found[0].stretch.unit is Unit.YEAR else _drop_last(found)),
    ),
    (rule("Y|G", _whole_year),),
    (rule("NPW", _half_of_year), rule("[tf]?[BCE]W", _edge), rule("tW", _towards)),
    (rule("^[^R]*Ws?J(?!.*R)", _of_every_month),),
)
