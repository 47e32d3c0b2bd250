"""Number and date of a document as people write them: «№ 45-ОД от 01.03.2023», «от «29» 08. 2012г № 41/4».

A date that cannot be (month 13, year 20024) is told from a date that is not given; so is a blank
left for a number from a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from sheetsync.patterns import at_first_use

MONTHS: Final = ("янв", "фев", "мар", "апр", "ма[йя]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH: Final = rf"(?:{'|'.join(MONTHS)})[а-яё]*"
_NUMERIC: Final = r"\d{1,2}\s*[«»\"]?\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,9}"
_WORDED: Final = rf"\d{{1,2}}(?:-?го)?\s*[»\"”]?\s*{_MONTH}\.?\s*\d{{2,9}}"
_ISO: Final = r"(?:19|20)\d\d-\d{1,2}-\d{1,2}"
DATE: Final = rf"[«\"“„]?\s*(?:{_ISO}|{_NUMERIC}|{_WORDED}|\d{{1,2}}\s*[»\"”]\s*\d{{1,2}}[.\s]\s?\d{{2,9}})"
_ROMAN: Final = r"(?-i:[IVXІХ]{1,4})(?=[\s,.]+от\b)"
_NUMBER: Final = (
    rf"(?:{_ROMAN}|_{{0,9}}[А-ЯЁA-Zа-яёa-z]{{0,5}}[-–/]?\d[\w/.–-]{{0,30}}"
    r"(?:\s[-–]\s?[А-ЯЁа-яё]{1,3}\b|\s?[а-яё]/[а-яё]\b)?)"
)
_SIGN: Final = r"(?:№{1,3}|\bN[sо]?(?=[\s.\d])\.?)\s*"
_YEAR_WORD: Final = r"\s*(?:года|год|г\b\.?|г(?=№))?\s*"

_CODE: Final = r"(?=\d+(?:/\d+)?-(?:(?-i:[А-ЯЁ])|[а-яё]{2})|\d{1,3}/\d{1,3}\b)(?!\S+\s*(?:кл|уч|чел))"
"""«181/1-ОД»: a number that needs no «№» to be known as one."""
_FIGURE: Final = at_first_use(r"\d")
_NUMBERED: Final = at_first_use(r"[№Nn]|\d[/-]")
"""Without these signs a text has no number of a document."""

_NUMBER_FIRST: Final = at_first_use(
    rf"(?:{_SIGN}|(?<![\w№./-]){_CODE})(?P<numbers>{_NUMBER}(?:\s*(?:,|и)\s*(?:№\s*)?{_NUMBER}){{0,9}}?)\.?\s*,?\s*(?:от|за)?\s*(?<!\d)(?P<date>{DATE})",
    re.IGNORECASE,
)
_DATE_FIRST: Final = at_first_use(
    rf"(?P<date>{DATE}){_YEAR_WORD},?\s*(?:{_SIGN}|{_CODE})(?P<numbers>{_NUMBER})", re.IGNORECASE
)
_BARE_NUMBER: Final = at_first_use(
    rf"^\s*(?P<numbers>\d[\w/–-]*)\s*,?\s*от\s*(?P<date>{DATE})", re.IGNORECASE
)
_ONLY_NUMBER: Final = at_first_use(rf"{_SIGN}(?P<numbers>{_NUMBER})", re.IGNORECASE)
_ONLY_DATE: Final = at_first_use(rf"(?<![\d.])(?P<date>{DATE})", re.IGNORECASE)
_DATE_AT_END: Final = at_first_use(rf"(?<![\d.])(?P<date>{DATE}){_YEAR_WORD},?\s*$", re.IGNORECASE)
_LONGEST_DATE: Final = 40
_MAY_BE_DATE: Final = at_first_use(
    rf"\d\s*(?:[«»\"]?\s?[./-]\s?\d{{1,2}}\s?[./-]\s?\d|(?:-?го)?\s*[»\"”]?\s*{_MONTH}|[»\"”]\s*\d)",
    re.IGNORECASE,
)
"""Without these signs a text has no whole date."""

_DAY_AND_MONTH: Final = at_first_use(rf"\d(?<=\b\d)\d?(?:\s+{_MONTH}\b|\.\d{{2}}\b(?!\.))", re.IGNORECASE)
_BLANK: Final = at_first_use(
    r"№\s*(?:_+(?![_\d])|\.{3,}|…|от\b|$)|«\s*_*\s*»|_{3,}|\bот\s*[«\"]?\s*(?:_{2,}|\.{3,}|…)"
)
_UNREADABLE_NUMBER: Final = at_first_use(rf"{_SIGN}[a-zA-Zl|I]{{1,2}}\s+от\b", re.IGNORECASE)
_OWN_NUMBER: Final = at_first_use(
    r"(?<!\w)(?=[а-я])(?:(?:СОШ|ООШ|НОШ|ЦО|ОУ|ОО|СШ|м[бка]?д?оу|г[бка]?оу|школ\w*|гимнази\w*|лице\w*|сад\w*|"
    r"центр\w*\s+образования|прогимнази\w*|интернат\w*)[\s«\"]*|"
    r"(?:приложени\w*|пункт\w*|п\.|форм\w*|раздел\w*|кабинет\w*|таблиц\w*)\s*)"
    r"(?:№|N)?\s*\d{1,4}(?![\d./-])",
    re.IGNORECASE,
)
_STANDING_DAY: Final = at_first_use(r"(?<![\w.])\d\d?\.\d\d(?![\w.])")
"""A day and a month in figures; neither is ever a number of a school."""


class Requisites(Struct, frozen=True):
    """What a piece of text says of one document: number and date, each as far as given."""

    number: str | None = None
    date: date | None = None
    is_blank: bool = False
    date_text: str = ""
    """The date as written, also when it cannot be."""
    is_unreadable: bool = False

    @property
    def is_complete(self) -> bool:
        return self.number is not None and self.date is not None


def without_own_numbers(text: str) -> str:
    """The text with numbers of schools, appendices and the like blanked out, lengths kept."""
    if not _FIGURE.search(text):
        return text
    return _OWN_NUMBER.sub(lambda match: re.sub(r"[№N\d]", " ", match[0]), text)


def requisites_in(text: str) -> Iterator[Requisites]:
    """Every number-and-date of a piece that speaks of one document; at least one value."""
    text = without_own_numbers(text)
    complete = list(_complete(text))
    yield from complete
    if not complete:
        yield _partial(text)


def _complete(text: str) -> Iterator[Requisites]:
    for match in _numbers_and_dates(text):
        written = match["date"].strip()
        for number in re.split(r"\s*(?:,|\bи\b)\s*", match["numbers"]):
            yield Requisites(number.strip(" №_.,"), read_date(written), False, written)


def _numbers_and_dates(text: str) -> list[re.Match[str]]:
    """Numbers with their dates, in the order in which the first of them is written."""
    is_numbered = _NUMBERED.search(text) is not None
    first = _NUMBER_FIRST.search(text) if is_numbered else None
    second = _DATE_FIRST.search(text) if is_numbered and _may_be_dated_before(text, first) else None
    if first and not (second and second.start() < first.start()):
        return list(_NUMBER_FIRST.finditer(text))
    if first:
        return list(_DATE_FIRST.finditer(text))
    is_bare = text.lstrip()[:1].isdecimal()
    alone = second or (_BARE_NUMBER.match(text) if is_bare else None)
    return [alone] if alone else []


def _may_be_dated_before(text: str, numbered: re.Match[str] | None) -> bool:
    """Whether a date may begin before a number: then a figure stands there, or the number is one."""
    if numbered is None:
        return True
    start = numbered.start()
    return text[start].isdigit() or _FIGURE.search(text, 0, start) is not None


def _partial(text: str) -> Requisites:
    is_numbered = _NUMBERED.search(text) is not None
    number = _ONLY_NUMBER.search(text) if is_numbered else None
    day = _ONLY_DATE.search(text) if _MAY_BE_DATE.search(text) else None
    written = day["date"].strip() if day else ""
    return Requisites(
        number=number["numbers"].strip(" _.,")
        if number and not (day and day.start() < number.end() <= day.end())
        else None,
        date=read_date(written) if written else None,
        is_blank=bool(_BLANK.search(text)),
        date_text=written,
        is_unreadable=is_numbered and _UNREADABLE_NUMBER.search(text) is not None,
    )


def mentions_date(text: str) -> bool:
    """A day is named, with or without a year."""
    if _DAY_AND_MONTH.search(text):
        return True
    return _MAY_BE_DATE.search(text) is not None and _ONLY_DATE.search(text) is not None


def names_a_day(text: str) -> bool:
    """The same where numbers of schools and appendices are no part of a day: «школа 5 мая»."""
    if _STANDING_DAY.search(text):
        return True
    return mentions_date(text) and mentions_date(without_own_numbers(text))


def date_right_before(text: str) -> str:
    """The date, as written, with which a text ends; empty when it ends otherwise."""
    end = text[-_LONGEST_DATE:]
    found = _DATE_AT_END.search(end) if _MAY_BE_DATE.search(end) else None
    return found["date"].strip() if found else ""


def read_date(written: str) -> date | None:
    """The date a text writes; None when no such day can be."""
    if iso := re.match(r"\D*(\d{4})-(\d{1,2})-(\d{1,2})$", written):
        return _possible(int(iso[1]), int(iso[2]), int(iso[3]), "0000")
    numbers = re.findall(r"\d+", written)
    if len(numbers) == 3:
        day, month, year = numbers
        return _possible(_full_year(year), int(month), int(day), year)
    for place, pattern in enumerate(MONTHS, start=1):
        if len(numbers) == 2 and re.search(pattern, written, re.IGNORECASE):
            return _possible(_full_year(numbers[1]), place, int(numbers[0]), numbers[1])
    return None


def _full_year(year: str) -> int:
    return 2000 + int(year) if len(year) == 2 else int(year)


def _possible(year: int, month: int, day: int, written: str) -> date | None:
    if len(written) not in {2, 4} or not 1990 <= year <= 2099:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
