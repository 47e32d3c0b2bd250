"""Makers of the grammar, second half: years, school years, quarters and other parts of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from sheetsync.doubts import doubt
from sheetsync.plan.dates import Piece, Stretch, Unit, a_day
from sheetsync.plan.deadline_makers import Pieces, first_stretch, merge, only, text_of_pieces, when
from sheetsync.plan.deadline_words import LAST, Mark

# --- makers: years ------------------------------------------------------------------------------


def list_of_years(pieces: Pieces) -> Piece:
    """«2013 2014, 2015» is a list, «2009-2011» a range; two far years side by side lost their dash."""
    several = [one for one in pieces if one.mark is Mark.YEARS]
    numbers = [year for one in several for year in one.years]
    lost = len(numbers) == 2 and len(pieces) == 2 and numbers[1] > numbers[0] + 1
    if lost or Mark.DASH in (one.mark for one in pieces):
        numbers = list(range(min(numbers), max(numbers) + 1))
    said = (doubt("deadline-list-or-range"),) if lost else ()
    return merge(pieces, Mark.YEARS, *said, years=tuple(sorted(set(numbers))))


def iso_slip(pieces: Pieces) -> Piece | None:
    """«2013-03-12 2014 2015»: a conversion made a date of the first year of a list."""
    stretch = first_stretch(pieces)
    years = pieces[-1].years
    if stretch.unit is not Unit.DAY or stretch.year != years[0] - 1 or not pieces[0].text[:4].isdigit():
        return None
    said = doubt("deadline-misread", read=str(stretch.year))
    return merge(pieces, Mark.YEARS, said, years=(stretch.year, *years))


def school_year(pieces: Pieces) -> Piece:
    """«учебный год», with «2023-2024» before or after it when printed."""
    years = next((one.years for one in pieces if one.mark is Mark.YEARS), ())
    if len(years) > 2 or (len(years) == 2 and years[1] != years[0] + 1):
        return merge(pieces, Mark.YEARS, doubt("deadline-school-year-end"), years=years)
    year = years[0] if len(years) == 2 else None
    said = (doubt("deadline-which-school-year"),) if len(years) == 1 else ()
    return when(pieces, Stretch(Unit.SCHOOL_YEAR, (9, 1), (8, 31), year), *said)


def slashed_school_year(pieces: Pieces) -> Piece | None:
    return school_year(pieces) if pieces[0].unit == "school" else None


def year_word(pieces: Pieces) -> Piece:
    """«2023 год»: the word belongs to the number."""
    return merge(pieces, Mark.YEARS, years=only(pieces, Mark.YEARS).years, unit="year")


def whole_year(pieces: Pieces) -> Piece | None:
    """A single year, or «год», that belongs to no month is a stretch of its own."""
    years = next((one.years for one in pieces if one.mark is Mark.YEARS), ())
    if len(years) > 1:
        return None
    if pieces[0].text in ("г", "гг"):
        return merge(pieces, Mark.NOISE)
    return when(pieces, Stretch(Unit.YEAR, (1, 1), (12, 31), years[0] if years else None))


def with_year(pieces: Pieces) -> Piece | None:
    """A month or day and the year beside it."""
    stretch, years = first_stretch(pieces), only(pieces, Mark.YEARS).years
    if len(years) != 1 or stretch.year or stretch.unit in (Unit.YEAR, Unit.SCHOOL_YEAR):
        return None
    return when(pieces, replace(stretch, year=years[0]))


def within_school_year(pieces: Pieces) -> Piece | None:
    """«сентябрь 2023-2024 учебного года», «1 полугодие учебного года», and the year first."""
    two = [one.stretch for one in pieces if one.stretch]
    inner, outer = two if two[1].unit is Unit.SCHOOL_YEAR else (two[1], two[0])
    if outer.unit is not Unit.SCHOOL_YEAR or inner.year or inner.unit in (Unit.YEAR, Unit.SCHOOL_YEAR):
        return None
    if inner.unit is Unit.HALF:
        inner = school_half(1 if inner.first[0] == 1 else 2)
    year = outer.year + (inner.first[0] < 9) if outer.year else None
    return when(pieces, replace(inner, year=year))


def over_new_year(pieces: Pieces) -> list[Piece] | None:
    """«декабрь-февраль 2023-2024», «зимой 2023-2024»: one year for each end."""
    first, last, years = pieces[0].stretch, pieces[-2].stretch, pieces[-1].years
    if not first or not last or first.year or last.year or last.last[0] >= first.first[0]:
        return None
    if len(years) != 2 or years[1] != years[0] + 1:
        return None
    begin = replace(pieces[0], stretch=replace(first, year=years[0]))
    end = replace(pieces[-2], stretch=replace(last, year=years[1]))
    return [begin] if len(pieces) == 2 else [begin, pieces[1], end]


def without_year_word(pieces: Pieces) -> list[Piece] | None:
    """«до 31 мая текущего года»: the word adds nothing to a day or month."""
    whole = first_stretch(pieces).unit in (Unit.YEAR, Unit.SCHOOL_YEAR)
    return None if whole else list(pieces[:-1])


def next_year(pieces: Pieces) -> Piece:
    """«следующего года», «года, следующего за отчётным»."""
    return merge(pieces, Mark.NEXT, unit="year")


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


def numbered_quarter(pieces: Pieces) -> Piece:
    """«I квартал», «квартал 1», «последний квартал»."""
    return _numbered(pieces, quarter, 4)


def numbered_half(pieces: Pieces) -> Piece:
    return _numbered(pieces, half, 2)


def _numbered(pieces: Pieces, make: Callable[[int], Stretch], count: int) -> Piece:
    number = only(pieces, Mark.NUMBER).number
    number = count if number == LAST else number
    return when(pieces, make(number)) if 1 <= number <= count else merge(pieces, Mark.IMPOSSIBLE)


def month_of(pieces: Pieces) -> int | None:
    stretch = first_stretch(pieces)
    return stretch.first[0] if stretch.unit is Unit.MONTH else None


def decade(pieces: Pieces) -> Piece | None:
    month, number = month_of(pieces), only(pieces, Mark.NUMBER).number
    number = 3 if number == LAST else number
    if month is None or not 1 <= number <= 3:
        return None
    part = month_part(month, number * 10 - 9, number * 10 if number < 3 else 0)
    return when(pieces, dated(part, pieces))


def week_of_month(pieces: Pieces) -> Piece | None:
    """«третья неделя марта»: days 15 to 21, roughly."""
    month, number = month_of(pieces), only(pieces, Mark.NUMBER).number
    if month is None or not (number == LAST or 1 <= number <= 4):
        return None
    part = month_part(month, number * 7 - 6, number * 7, rough=True)
    if number == LAST:
        part = Stretch(Unit.MONTH_PART, (month, 22), (month, 0), rough=True)
    return when(pieces, dated(part, pieces))


def half_month(pieces: Pieces) -> Piece | None:
    month, number = month_of(pieces), only(pieces, Mark.NUMBER).number
    if month is None or number not in (1, 2):
        return None
    return when(pieces, dated(month_part(month, *((1, 15) if number == 1 else (16, 0))), pieces))


def half_of_year(pieces: Pieces) -> Piece | None:
    stretch, number = first_stretch(pieces), pieces[0].number
    if number not in (1, 2) or stretch.unit not in (Unit.YEAR, Unit.SCHOOL_YEAR):
        return None
    return when(
        pieces, replace(half(number) if stretch.unit is Unit.YEAR else school_half(number), year=stretch.year)
    )


def nth_weekday(pieces: Pieces) -> Piece | None:
    """«последняя пятница мая»."""
    month = month_of(pieces)
    if month is None:
        return None
    which = (pieces[0].number, pieces[1].number)
    return when(pieces, dated(Stretch(Unit.NTH_WEEKDAY, (month, 1), (month, 0), weekday=which), pieces))


def dated(stretch: Stretch, pieces: Pieces) -> Stretch:
    return replace(stretch, year=first_stretch(pieces).year)


_EDGES: Final = {Mark.BEGIN: (1, 10), Mark.MIDDLE: (11, 20), Mark.END: (21, 0)}


def edge(pieces: Pieces) -> Piece | list[Piece] | None:
    """«конец мая» is its last days; «конец года» a last day, «начало года» a first one."""
    lead, edge, stretch = list(pieces[:-2]), pieces[-2].mark, first_stretch(pieces)
    rough = doubt("deadline-rough", text=text_of_pieces(pieces))
    if stretch.unit is Unit.MONTH:
        if edge is Mark.END and lead:
            return [*lead, when(pieces[-2:], replace(stretch, rough=True))]
        if edge is Mark.BEGIN and lead:
            return [*lead, when(pieces[-2:], a_day(*stretch.first, stretch.year), rough)]
        part = month_part(stretch.first[0], *_EDGES[edge], rough=True)
        return when(pieces, replace(part, year=stretch.year))
    if edge is Mark.MIDDLE or stretch.unit in (Unit.DAY, Unit.MONTH_PART):
        return None
    if edge is Mark.END:
        return [
            Piece(Mark.TO, ""),
            when(pieces[-2:], replace(stretch, rough=True), *(() if lead else (rough,))),
        ]
    if lead and lead[0].mark is Mark.TO:
        return [*lead, when(pieces[-2:], a_day(*stretch.first, stretch.year), rough)]
    return [Piece(Mark.FROM, ""), when(pieces[-2:], replace(stretch, rough=True), rough)]


def towards(pieces: Pieces) -> list[Piece] | None:
    """«к маю» asks for the first day of May, «до мая» for its last."""
    stretch = first_stretch(pieces)
    if pieces[0].text not in ("к", "ко") or stretch.unit is Unit.DAY or stretch.rough:
        return None
    first = a_day(*stretch.first, stretch.year)
    return [pieces[0], when(pieces[1:], first, doubt("deadline-rough", text=text_of_pieces(pieces)))]


def number_takes_unit(pieces: Pieces) -> list[Piece] | None:
    """«5, 12 марта», «1-10 мая», «I-II кварталы»: a bare number is what the number after it is."""
    number, after = pieces[0], pieces[-1].stretch
    assert after is not None
    made = like(after, number.number)
    return None if made is None else [replace(number, mark=Mark.WHEN, stretch=made), *pieces[1:]]


def like(after: Stretch, number: int) -> Stretch | None:
    month = after.first[0]
    if after.unit is Unit.DAY and 1 <= number <= 31:
        return a_day(month, number, after.year)
    if after.unit is Unit.QUARTER and 1 <= number <= 4:
        return replace(quarter(number), year=after.year)
    if after.unit is Unit.HALF and number == 1:
        return replace(half(number), year=after.year)
    if after.unit is Unit.MONTH_PART and after.rough and after.first[1] in (8, 15, 22) and 1 <= number <= 3:
        week = month_part(month, number * 7 - 6, number * 7, rough=True)
        return replace(week, year=after.year)
    if after.unit is Unit.MONTH_PART and after.first[1] in (11, 21) and 1 <= number <= 2 and not after.rough:
        return replace(month_part(month, number * 10 - 9, number * 10), year=after.year)
    return None


def lead_repeated(pieces: Pieces) -> list[Piece] | None:
    """«до 1 октября и 1 апреля»: the word stands for both days."""
    days = [one.stretch for one in pieces if one.stretch]
    if any(one.unit is not Unit.DAY for one in days):
        return None
    return [*pieces[:3], Piece(Mark.TO, ""), pieces[3]]


def day_of_named_month(pieces: Pieces) -> list[Piece] | None:
    """«май, не позднее 20 числа», «5 числа мая»: the number belongs to the month beside it."""
    two = [one.stretch for one in pieces if one.stretch]
    day = next((one for one in two if one.unit is Unit.DAY and one.first[0] == 0), None)
    month = next((one for one in two if one.unit is Unit.MONTH), None)
    if day is None or month is None:
        return None
    lead = [one for one in pieces if one.mark in (Mark.TO, Mark.ALONG)]
    return [*lead, when(pieces, a_day(month.first[0], day.first[1], month.year))]
