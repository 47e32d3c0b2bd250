"""Dates, months, quarters and years in Russian text: from letters to pieces of a calendar.

``pieces_of`` cuts a phrase into pieces, each with a mark (``deadline_words.Mark``). Numbers are
read first by their shape (ISO, day.month.year, hours), then words by the table of words. A
``Stretch`` is a part of the calendar as printed, its year perhaps missing.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.doubts import doubt
from sheetsync.model import Doubt
from sheetsync.patterns import at_first_use
from sheetsync.plan.deadline_repairs import repaired
from sheetsync.plan.deadline_words import SEASONS, Mark, look_up
from sheetsync.text import plain


class Unit(StrEnum):
    """How long a stretch is."""

    DAY = "day"
    NTH_WEEKDAY = "nth-weekday"
    MONTH_PART = "month-part"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    SCHOOL_HALF = "school-half"
    YEAR = "year"
    SCHOOL_YEAR = "school-year"


class Stretch(Struct, frozen=True):
    """From (month, day) to (month, day), both inclusive; day 0 is the last day of its month.

    An end before its beginning lies in the next year. ``rough`` marks words without exact bounds.
    """

    unit: Unit
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None = None
    rough: bool = False
    weekday: tuple[int, int] | None = None
    """Which weekday of the month, and which of them: (-1, 4) is the last Friday."""

    def begin(self, year: int) -> date | None:
        """The first day when the stretch begins in ``year``; None for a day no calendar has."""
        if self.weekday:
            return nth_weekday(year, self.first[0], *self.weekday)
        return day_of(year, *self.first)

    def end(self, year: int) -> date | None:
        """The last day when the stretch begins in ``year``."""
        if self.weekday:
            return self.begin(year)
        crosses = self.last[0] < self.first[0]
        return day_of(year + crosses, *self.last)


def day_of(year: int, month: int, day: int) -> date | None:
    """That day, day 0 being the month's last; None when the calendar has no such day."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    length = calendar.monthrange(year, month)[1]
    return date(year, month, day or length) if day <= length else None


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The ``nth`` (-1: last) Monday..Sunday (0..6) of a month."""
    length = calendar.monthrange(year, month)[1]
    days = [one for one in range(1, length + 1) if date(year, month, one).weekday() == weekday]
    index = nth - 1 if nth > 0 else nth
    return date(year, month, days[index]) if index < len(days) else None


def a_day(month: int, day: int, year: int | None = None) -> Stretch:
    return Stretch(Unit.DAY, (month, day), (month, day), year)


def a_month(month: int, year: int | None = None) -> Stretch:
    return Stretch(Unit.MONTH, (month, 1), (month, 0), year)


class Piece(Struct, frozen=True):
    """One piece of a phrase: what it is, its letters, and the value that its mark calls for."""

    mark: Mark
    text: str
    number: int = 0
    stretch: Stretch | None = None
    years: tuple[int, ...] = ()
    unit: str = ""
    doubts: tuple[Doubt, ...] = ()


# --- cutting ------------------------------------------------------------------------------------

_LATIN: Final = str.maketrans("acekmtopxybhr", "асекмторхувнг")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SCANNED_ROMAN: Final = {"п": 2, "ш": 3}
"""What scans make of II and III; believed only before a quarter, half-year or decade."""
_HTML: Final = at_first_use(r"<[^<>]*>")


def year_of_digits(digits: str) -> int | None:
    """The year of «2023» or «23»; None for any other number of digits or a year out of reach."""
    year = int(digits) + 2000 if len(digits) == 2 else int(digits)
    return year if len(digits) in (2, 4) and 1990 <= year <= 2099 else None


def _full_date(text: str, day: str, month: str, year: str) -> Piece:
    known = year_of_digits(year)
    if known is None or day_of(known, int(month), int(day)) is None or not int(day):
        return Piece(Mark.IMPOSSIBLE, text)
    return Piece(Mark.WHEN, text, stretch=a_day(int(month), int(day), known))


def _iso(match: re.Match[str]) -> Piece:
    return _full_date(match[0], match[3], match[2], match[1])


def _day_month_year(match: re.Match[str]) -> Piece:
    return _full_date(match[0], match["day"], match["month"], match["year"])


def _day_month(match: re.Match[str]) -> Piece:
    """«15.03» is a day unless it can only be an hour: «19.00», «18.30»."""
    day, month = int(match[1]), int(match[2])
    if 1 <= month <= 12 and day_of(2024, month, day) and day:
        return Piece(Mark.WHEN, match[0], stretch=a_day(month, day))
    is_hour = len(match[2]) == 2 and day < 25 and month % 5 == 0 and month < 60
    return Piece(Mark.HOUR if is_hour else Mark.IMPOSSIBLE, match[0])


def _month_year(match: re.Match[str]) -> Piece:
    month, year = int(match["month"]), year_of_digits(match["year"])
    if 1 <= month <= 12 and year:
        return Piece(Mark.WHEN, match[0], stretch=a_month(month, year))
    return Piece(Mark.IMPOSSIBLE, match[0])


def _two_years(match: re.Match[str]) -> Piece | None:
    """«2023-2025», «2023/24»: every year between; a slash or two digits mean a school year."""
    first = year_of_digits(match[1])
    last = year_of_digits(match[3] if len(match[3]) == 4 else match[1][:2] + match[3])
    if first is None or last is None or not first < last <= first + 15:
        return None
    school = last == first + 1 and (match[2] == "/" or len(match[3]) == 2)
    return Piece(Mark.YEARS, match[0], years=tuple(range(first, last + 1)), unit="school" if school else "")


def _serial(match: re.Match[str]) -> Piece | None:
    """A number as Excel stores dates: days since 30 December 1899."""
    day = date(1899, 12, 30) + timedelta(days=int(match[1]))
    if not 2000 <= day.year <= 2099:
        return None
    said = doubt("deadline-serial", number=match[1], date=f"{day:%d.%m.%Y}")
    return Piece(Mark.WHEN, match[0], stretch=a_day(day.month, day.day, day.year), doubts=(said,))


def _bare_number(match: re.Match[str]) -> Piece:
    year = year_of_digits(match[1]) if len(match[1]) == 4 else None
    if year:
        return Piece(Mark.YEARS, match[1], years=(year,))
    return Piece(Mark.NUMBER if len(match[1]) <= 2 else Mark.UNKNOWN, match[0], int(match[1][:9]))


def _roman(match: re.Match[str]) -> Piece:
    return Piece(Mark.NUMBER, match[0], _ROMAN[match[0]])


def _hour(match: re.Match[str]) -> Piece:
    return Piece(Mark.HOUR, match[0].strip())


_SHAPES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Piece | None]], ...]] = tuple(
    (at_first_use(pattern), maker)
    for pattern, maker in (
        (r"^(\d{5})(?:[.,]\d+)?$", _serial),
        (r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)(?:[ tт]?\d\d:\d\d(?::\d\d(?:\.\d+)?)?z?)?", _iso),
        (r"(?P<day>\d{1,2}) ?\.{1,2} ?(?P<month>\d{1,2}) ?\.{1,2} ?(?P<year>\d{4})(?!\d)", _day_month_year),
        (
            r"(?P<day>\d{1,2})(?P<sep>[.,/-])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{3,6})(?!\d)",
            _day_month_year,
        ),
        (
            r"(?P<day>\d{1,2})(?P<sep>[./])(?P<month>\d{1,2})(?P=sep)(?P<year>\d\d)(?!\d|[.:]\d)",
            _day_month_year,
        ),
        (r"(?P<day>\d{1,2})[. ](?P<month>\d\d)[. ](?P<year>\d{4})(?!\d)", _day_month_year),
        (r"(?P<month>\d{1,2})[./](?P<year>\d{4})(?!\d)", _month_year),
        (r"(\d{4}) ?([-/]) ?(\d{4}|\d\d)(?!\d|\.\d)", _two_years),
        (r"(?P<year>\d{4})-(?P<month>\d\d)(?!\d)", _month_year),
        (r"\d{1,2}:\d\d", _hour),
        (r"\d{1,2}-00(?!\d)", _hour),
        (
            r"(\d{1,2})(?:\.|/(?!\d+\.))(\d{1,2})(?!\d|\.?\d|/\d{4})"
            r"(?! ?(?:янв|фев|мар|апр|ма[йя]|ию[нл]|авг|сен|окт|ноя|дек))",
            _day_month,
        ),
        (r"(\d+)-?(?:го|ого|его|е|ое|ье|й|ый|ой|ий|я|ая|ю|ую|му|ому|м|ом|х|ми)(?![а-я])", _bare_number),
        (r"(iv|i{1,3})(?=кв|полуг|декад)", _roman),
        (r"(\d+)", _bare_number),
    )
)
_WORD: Final = at_first_use(r"[а-яa-z]+|_+")
_SEPARATORS: Final = ",;:/()[]\\&+"


def pieces_of(phrase: str) -> tuple[Piece, ...]:
    """Cut a phrase into pieces; every letter and digit of it lands in some piece."""
    text, doubts = repaired(plain(_HTML.sub(" ", phrase)).replace("і", "i"))
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        piece, at = _next_piece(text, at)
        if piece is not None:
            pieces.append(piece)
    if doubts and pieces:
        pieces[0] = replace(pieces[0], doubts=pieces[0].doubts + doubts)
    return tuple(_with_scanned_romans(_with_joined_words(pieces)))


def _next_piece(text: str, at: int) -> tuple[Piece | None, int]:
    """The piece that begins at ``at`` and where the next one may begin."""
    for shape, maker in _SHAPES:
        match = shape.match(text, at)
        if match and (piece := maker(match)):
            return piece, match.end()
    if match := _WORD.match(text, at):
        return _word_piece(match[0]), match.end()
    if text[at] == "-":
        return Piece(Mark.DASH, "-"), at + 1
    if text[at] in _SEPARATORS:
        return Piece(Mark.SEPARATOR, text[at]), at + 1
    silent = text[at] in ' ."!' or unicodedata.category(text[at]).startswith(("Z", "C"))
    return (None if silent else Piece(Mark.UNKNOWN, text[at])), at + 1


def _word_piece(word: str) -> Piece:
    if word in _ROMAN:
        return Piece(Mark.NUMBER, word, _ROMAN[word])
    known = look_up(word.translate(_LATIN))
    if known is None:
        return Piece(Mark.UNKNOWN, word)
    said = (doubt("deadline-misspelt", word=word, read=known.meant),) if known.meant else ()
    if known.unit == "season":
        last = SEASONS[known.number]
        season = Stretch(Unit.SEASON, (known.number, 1), (last, 0), rough=True)
        return Piece(Mark.WHEN, word, stretch=season, doubts=said)
    return Piece(known.mark, word, known.number, unit=known.unit, doubts=said)


def _with_joined_words(pieces: list[Piece]) -> list[Piece]:
    """A word broken by the page, «сен- тябрь» or «январ ь», is one word again when a table knows it."""
    joined: list[Piece] = []
    for piece in pieces:
        back = 2 if joined[-1:] and joined[-1].mark is Mark.DASH else 1
        head = joined[-back] if len(joined) >= back else None
        whole = _joined(head, piece) if head else None
        if whole:
            del joined[-back:]
        joined.append(whole or piece)
    return joined


def _joined(head: Piece, tail: Piece) -> Piece | None:
    text = head.text + tail.text
    known = look_up(text) if Mark.UNKNOWN in (head.mark, tail.mark) else None
    if known is None or known.meant or known.mark not in (Mark.MONTH, Mark.REPEAT, Mark.ALWAYS):
        return None
    said = doubt("deadline-misspelt", word=f"{head.text} {tail.text}", read=text)
    return Piece(known.mark, text, known.number, unit=known.unit, doubts=(said,))


def _with_scanned_romans(pieces: list[Piece]) -> list[Piece]:
    """«П квартал» of a scan is the second quarter."""
    ordinal_before = (Mark.QUARTER_WORD, Mark.HALF_WORD, Mark.DECADE_WORD)
    mended = list(pieces)
    for index, (piece, after) in enumerate(pairwise(pieces)):
        number = _SCANNED_ROMAN.get(piece.text)
        if number and after.mark in ordinal_before:
            said = doubt("deadline-misread", read=f"{number} {after.text}")
            mended[index] = Piece(Mark.NUMBER, piece.text, number, doubts=(said,))
    return mended


def day_before_month(pieces: Sequence[Piece]) -> list[Piece]:
    """«15 марта», «15-марта» become days; «32 марта» becomes an impossible one."""
    joined: list[Piece] = []
    for piece in pieces:
        if piece.mark is Mark.MONTH and joined and joined[-1].mark is Mark.NUMBER and joined[-1].number > 0:
            day = joined.pop()
            joined.append(_day_piece(day, piece))
        elif piece.mark is Mark.MONTH:
            joined.append(replace(piece, mark=Mark.WHEN, stretch=a_month(piece.number)))
        else:
            joined.append(piece)
    return joined


def _day_piece(day: Piece, month: Piece) -> Piece:
    text, doubts = f"{day.text} {month.text}", day.doubts + month.doubts
    if day_of(2024, month.number, day.number) is None:
        return Piece(Mark.IMPOSSIBLE, text, doubts=doubts)
    return Piece(Mark.WHEN, text, stretch=a_day(month.number, day.number), doubts=doubts)
