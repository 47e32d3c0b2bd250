"""The day a school typed into «Дата исполнения», in whatever order and words.

Spellings the reader of deadlines does not know (a month first, «15-мар-23», Roman months, English
names) are rewritten to the usual one; dates that are not those of execution (of an order, of the
plan) are left out while another date stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from sheetsync.doubts import doubt
from sheetsync.model import Doubt
from sheetsync.patterns import at_first_use
from sheetsync.plan.dates import Piece, Stretch, Unit, day_before_month, day_of, pieces_of
from sheetsync.plan.deadline_words import Mark
from sheetsync.plan.plan_years import PlanYears
from sheetsync.text import plain

_DAYS_SIDE_BY_SIDE: Final = at_first_use(r"N[-tpS]W")
_ONLY_DATES: Final = at_first_use(r"[WYGS\-ftpThb]*")

_Answer = tuple[date | None, tuple[Doubt, ...]]


def read_answer_date(text: str, years: Sequence[int]) -> _Answer:
    """The day a school typed: «15.03.2023», «15 марта», «15-мар-23», «2023-03-15», «3/15/2023».

    An unprinted year comes from the plan's ``years`` (two neighbouring years are a school year).
    Of several days the latest is taken, with a doubt; a month without a day is no date, nor is a
    day something was put off to.
    """
    if not text.strip():
        return None, (doubt("date-empty"),)
    if _PUT_OFF.search(plain(text)):
        return None, (doubt("date-put-off", text=text.strip()),)
    said = plain(text)
    own = _ANOTHERS.sub(" ", said) if _has_any(_BEFORE_ANOTHERS, said) else said
    if own != said:
        day, doubts = _read(own, years)
        if day:
            others = (one for one in doubts if one.code != "date-with-words")
            return day, (*others, doubt("date-with-words", text=text.strip()))
    return _read(text, years)


def _read(text: str, years: Sequence[int]) -> _Answer:
    usual, swapped = _in_usual_order(text)
    pieces = day_before_month([one for one in pieces_of(usual) if one.mark is not Mark.NOISE])
    said = (*swapped, *(known for one in pieces for known in one.doubts))
    impossible = [
        doubt("deadline-impossible", text=one.text) for one in pieces if one.mark is Mark.IMPOSSIBLE
    ]
    printed = _with_years_after(pieces)
    days = [one for one in printed if one.unit is Unit.DAY]
    if not days:
        missing = doubt("date-not-a-day" if printed else "date-unread", text=text.strip())
        return None, (*said, *(impossible or (missing,)))
    settled = [_on_calendar(one, PlanYears.of(years)) for one in days]
    known = [day for day, _ in settled if day]
    said = (*said, *impossible, *(each for _, doubts in settled for each in doubts))
    marks = "".join(one.mark for one in pieces)
    rest = _DAYS_SIDE_BY_SIDE.sub("W", marks)
    if len(days) > 1 or rest != marks:
        said = (*said, doubt("date-several"))
    if not _ONLY_DATES.fullmatch(rest):
        said = (*said, doubt("date-with-words", text=text.strip()))
    return max(known, default=None), tuple(dict.fromkeys(said))


def _with_years_after(pieces: Sequence[Piece]) -> list[Stretch]:
    """The stretches of a text; «15 марта 2023» gives its year to all before it that have none."""
    found: list[Stretch] = []
    for piece in pieces:
        if piece.stretch:
            found.append(piece.stretch)
        year = piece.years[0] if len(piece.years) == 1 else piece.stretch and piece.stretch.year
        if year:
            found = [one if one.year else replace(one, year=year) for one in found]
    return found


def _on_calendar(stretch: Stretch, plan: PlanYears) -> _Answer:
    year = stretch.year or plan.year_of(stretch.first[0])
    if year is None:
        return None, (doubt("deadline-which-year", plan=plan) if plan.years else doubt("deadline-no-year"),)
    day = stretch.begin(year)
    said = (doubt("deadline-school-year-assumed", plan=plan),) if plan.assumed and not stretch.year else ()
    return day, said if day else (
        doubt("deadline-impossible", text=f"{stretch.first[1]:02}.{stretch.first[0]:02}.{year}"),
    )


# --- other days than that of execution ----------------------------------------------------------

_DAY: Final = r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)(?: ?г(?:ода|\.)?)?(?![\d.])"
_PAPERS: Final = ("приказ", "протокол", "справк", "акт", "письм", "распоряжен", "договор", "постановлен")
_PLANNED: Final = ("план", "срок")
_BEFORE_ANOTHERS: Final = (*_PAPERS, *_PLANNED)
_ANOTHERS: Final = at_first_use(
    rf"\b(?:{'|'.join(_PAPERS)})\w*[^\n;]{{0,40}}?\bот {_DAY}(?: ?n ?\S+)?"
    rf"|\b(?:{_PLANNED[0]}(?:у|овый)?|{_PLANNED[1]}(?: по плану)?)\W{{0,3}}(?:до |- ?)?{_DAY}"
)
"""The date of a document, the date the plan asked for."""

_PUT_OFF: Final = at_first_use(
    r"\b(?:перенос|перенес|отложен|отменен|не (?:\w+ ){0,2}"
    r"(?:провод|провед|провел|выполн|исполн|состоя|сдела))"
)
"""Words after which a date is not one of execution."""

# --- other spellings ----------------------------------------------------------------------------

_MONTHS: Final = (
    ("янв", "jan"), ("фев", "feb"), ("мар", "mar"), ("апр", "apr"), ("ма[йя]", "may"), ("июн", "jun"),
    ("июл", "jul"), ("авг", "aug"), ("сен", "sep"), ("окт", "oct"), ("ноя", "nov"), ("дек", "dec"),
)  # fmt: skip
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_NAME: Final = "|".join(f"(?:{russian}|{english})[а-яa-z]*" for russian, english in _MONTHS)
_MONTH_HEADS: Final = frozenset(name[:2] for names in _MONTHS for name in names)
_WEEKDAYS: Final = (
    *("понедельник", "вторник", "сред[аыу]", "четверг", "пятниц[аыу]", "суббот[аыу]", "воскресенье"),
    *("пн", "вт", "ср", "чт", "пт", "сб", "вс", "mon", "tue", "wed", "thu", "fri", "sat", "sun"),
)
_WEEKDAY_HEADS: Final = frozenset(name[:2] for name in _WEEKDAYS)
_WEEKDAY: Final = at_first_use(rf"\b(?:{'|'.join(_WEEKDAYS)})(?:day)?\b\.?,?")


def _in_usual_order(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """The text with its dates spelled day.month.year, and a doubt where the month came first."""
    usual = plain(text)
    if _has_any(_WEEKDAY_HEADS, usual):
        usual = _WEEKDAY.sub(" ", usual)
    if _has_any(_MONTH_HEADS, usual):
        for spelling in _NAMED:
            usual = spelling.sub(_day_month_year, usual)
    for spelling in _NUMBERED:
        usual = spelling.sub(_day_month_year, usual)
    said: list[Doubt] = []
    for order in _MONTH_FIRST:
        for found in order.finditer(usual):
            month, day = int(found["month"]), int(found["day"])
            if month <= 12 < day and day_of(2024, month, day):  # no other order gives a date
                said.append(doubt("date-month-first", text=found[0]))
                usual = usual.replace(found[0], f"{day}.{month}.{found['year']}")
    return (usual, tuple(said)) if usual.strip() != plain(text) else (text, ())


def _has_any(parts: Iterable[str], text: str) -> bool:
    """Whether a text may hold a word: most have none, and are not searched for what follows it."""
    return any(part in text for part in parts)


def _day_month_year(found: re.Match[str]) -> str:
    day = f"{found['day']}.{_month_number(found['month'])}"
    return f"{day}.{found['year']}" if found["year"] else day


def _month_number(text: str) -> str:
    if text.isdigit():
        return text
    if text in _ROMAN:
        return str(_ROMAN.index(text) + 1)
    return str(next(place for place, names in enumerate(_MONTHS, 1) if re.match("|".join(names), text)))


_YEAR: Final = r"(?P<year>\d{4}|\d\d)"
_MARK: Final = r"[.,/ -]{1,2}"
_NAMED: Final = (
    at_first_use(rf"(?<![\d.])(?P<day>\d{{1,2}})[-./](?P<month>{_NAME})(?:[-./]{_YEAR})?(?!\d)"),
    at_first_use(rf"(?<![\d.])(?P<day>\d{{1,2}}) (?P<month>{_NAME})\.? {_YEAR}(?!\d)"),
    at_first_use(rf"\b(?P<month>{_NAME})\.? (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})(?!\d)"),
)
_NUMBERED: Final = (
    at_first_use(rf"(?<!\d)(?P<day>\d{{1,2}})\.(?P<month>{'|'.join(_ROMAN)})\.{_YEAR}(?!\d)"),
    at_first_use(rf"^(?P<day>\d{{1,2}}){_MARK}(?P<month>\d{{1,2}}){_MARK}{_YEAR}(?: ?(?:г|года|г\.))?$"),
    at_first_use(r"^(?P<day>\d\d)(?P<month>\d\d)(?P<year>20\d\d)$"),
)
_MONTH_FIRST: Final = (
    at_first_use(rf"(?<![\d/.])(?P<month>\d{{1,2}})(?P<by>[/.-])(?P<day>\d{{1,2}})(?P=by){_YEAR}(?!\d)"),
    at_first_use(r"(?<![\d/.-])(?P<year>\d{4})(?P<by>[/.-])(?P<day>\d\d)(?P=by)(?P<month>\d\d)(?!\d)"),
)
