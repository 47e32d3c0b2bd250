"""Makers of the grammar, first half: hours, references to other papers, repetitions.

A maker gets the neighbouring pieces its rule matched and gives the larger piece they form, or None
where their values do not fit. ``merge`` keeps all letters and doubts of what it joins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from sheetsync.doubts import doubt
from sheetsync.model import Doubt
from sheetsync.plan.dates import Piece, Stretch, Unit
from sheetsync.plan.deadline_words import LAST, Mark

Pieces = Sequence[Piece]


def merge(pieces: Pieces, mark: Mark, *said: Doubt, **values: object) -> Piece:
    """One piece with all the letters and doubts of several."""
    text = " ".join(one.text for one in pieces)
    doubts = tuple(known for one in pieces for known in one.doubts) + said
    return replace(Piece(mark, text, doubts=doubts), **values)


def only(pieces: Pieces, mark: Mark) -> Piece:
    return next(one for one in pieces if one.mark is mark)


def text_of_pieces(pieces: Pieces) -> str:
    return " ".join(one.text for one in pieces)


def when(pieces: Pieces, stretch: Stretch, *said: Doubt) -> Piece:
    return merge(pieces, Mark.WHEN, *said, stretch=stretch)


def first_stretch(pieces: Pieces) -> Stretch:
    found = only(pieces, Mark.WHEN).stretch
    assert found is not None
    return found


# --- makers: hours, references ------------------------------------------------------------------


def an_hour(pieces: Pieces) -> Piece:
    return merge(pieces, Mark.HOUR)


def at_an_hour(pieces: Pieces) -> Piece | None:
    """«15 марта в 10.10»: after «в» a dotted pair is an hour."""
    stretch = first_stretch(pieces)
    dotted = pieces[0].text == "в" and stretch.unit is Unit.DAY and stretch.year is None
    return an_hour(pieces) if dotted else None


def hour_before_its_word(pieces: Pieces) -> Piece | None:
    """«10.10 ч.»; a full date before «ч.» stays a date."""
    stretch = pieces[0].stretch
    return None if stretch and stretch.year else an_hour(pieces)


def hour_beside_an_hour(pieces: Pieces) -> Piece | None:
    """«10.10-11.00»: what is tied to an hour is an hour."""
    return None if first_stretch(pieces).year else an_hour(pieces)


def pointer(pieces: Pieces) -> Piece:
    """«п. 4.5», «№ 12», «от 15.03.2023» name another place or paper, not a deadline."""
    return merge(pieces, Mark.POINTER)


def all_but_last(pieces: Pieces) -> list[Piece]:
    return list(pieces[:-1])


def last_of(pieces: Pieces) -> Piece:
    return merge(pieces[-1:], pieces[-1].mark, number=pieces[-1].number, unit=pieces[-1].unit)


# --- makers: repetition -------------------------------------------------------------------------

_UNITS: Final = {
    Mark.YEAR_WORD: "year", Mark.HALF_WORD: "half", Mark.QUARTER_WORD: "quarter", Mark.MONTH_WORD: "month",
    Mark.WEEK_WORD: "week", Mark.DAY_WORD: "day", Mark.TERM: "term",
    Mark.WEEKDAY: "week", Mark.SCHOOL: "year",
}  # fmt: skip


def each_time(pieces: Pieces) -> Piece:
    """«каждый месяц», «по пятницам», «по кварталам»."""
    return merge(pieces, Mark.REPEAT, number=1, unit=_UNITS[pieces[1].mark])


def so_many_times(pieces: Pieces) -> Piece:
    """«2 раза в год», «дважды в год», «1 раз в 2 месяца» (0: no rule of ours says when)."""
    times = only(pieces, Mark.TIMES)
    before, after = pieces[: pieces.index(times)], pieces[pieces.index(times) + 1 : -1]
    count = 0 if after else times.number or (before[0].number if before else 1)
    return merge(pieces, Mark.REPEAT, number=count, unit=_UNITS[pieces[-1].mark])


def yearly(pieces: Pieces) -> Piece:
    """«февраль очередного года»."""
    return merge(pieces, Mark.REPEAT, number=1, unit="year")


def weekly_twice(pieces: Pieces) -> Piece | None:
    """«еженедельно по средам» says one repetition twice."""
    same = {one.unit for one in pieces if one.mark is Mark.REPEAT} == {"week"}
    return merge(pieces, Mark.REPEAT, number=1, unit="week") if same else None


def monthly_by_weekday(pieces: Pieces) -> list[Piece]:
    """«последняя пятница каждого месяца»: keep the weekday beside the repetition."""
    nth = [one for one in pieces if one.mark in (Mark.NUMBER, Mark.WEEKDAY)]
    rest = [one for one in pieces if one not in nth and one.mark not in (Mark.SEPARATOR, Mark.EACH)]
    which = (nth[0].number, nth[1].number)
    day = Stretch(Unit.NTH_WEEKDAY, (0, 1), (0, 0), weekday=which)
    return [when(nth, day), merge(rest, Mark.REPEAT, number=1, unit="month")]


def day_of_month(pieces: Pieces) -> Piece:
    """«5 числа», «последний день месяца»: month 0 says «of every month»."""
    number = pieces[0].number
    day = 0 if number == LAST else number
    said = (
        (doubt("deadline-workday", text=text_of_pieces(pieces)),)
        if Mark.WORKING in (one.mark for one in pieces)
        else ()
    )
    if not 0 <= day <= 31:
        return merge(pieces, Mark.IMPOSSIBLE)
    return when(pieces, Stretch(Unit.DAY, (0, day), (0, day)), *said)


def last_day_of_month(pieces: Pieces) -> Piece | None:
    """«последний (рабочий) день» before «месяца» or a repetition."""
    return day_of_month(pieces) if pieces[0].number == LAST else None


def of_every_month(pieces: Pieces) -> list[Piece] | None:
    """«до 5 числа месяца» repeats monthly, «... месяца, следующего за кварталом» quarterly."""
    day = next((at for at, one in enumerate(pieces) if is_of_no_month(one)), len(pieces))
    month = next((at for at in range(day, len(pieces)) if pieces[at].mark is Mark.MONTH_WORD), None)
    if month is None:
        return None
    unit = "quarter" if Mark.QUARTER_WORD in (one.mark for one in pieces[month:]) else "month"
    return [
        *pieces[:month],
        merge(pieces[month : month + 1], Mark.REPEAT, number=1, unit=unit),
        *pieces[month + 1 :],
    ]


def each_day_of_month(pieces: Pieces) -> list[Piece] | None:
    """«каждое 15 число»."""
    if not is_of_no_month(pieces[1]):
        return None
    return [pieces[1], merge(pieces[:1], Mark.REPEAT, number=1, unit="month")]


def is_of_no_month(piece: Piece) -> bool:
    return piece.stretch is not None and piece.stretch.first[0] == 0


def school_term(pieces: Pieces) -> Piece | None:
    """«1 четверть», «весенние каникулы»: every school has its own dates."""
    stretch = pieces[0].stretch
    if len(pieces) == 1 or (stretch and stretch.unit is not Unit.SEASON):
        return None
    return merge(pieces, Mark.TERM)


def as_usual(pieces: Pieces) -> Piece:
    """«в рабочем порядке»."""
    return merge(pieces, Mark.ALWAYS)
