"""Numbers of sections and activities: read as printed, corrected where the order surely slipped.

Orders repeat a number (1.15 twice), lose it, misprint it («25.» for 2.5), Excel turns 2.10 into
2.1 and 3.1 into a date. A number is corrected only when the place in the count proves the slip;
a repeated or skipped number that proves nothing is kept and remarked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

from sheetsync.doubts import doubt
from sheetsync.model import Doubt
from sheetsync.plan.headers import PERIOD_NAME, ColumnKind
from sheetsync.plan.printed import Line, PrintedRow
from sheetsync.text import plain, skeleton, squeeze

Number = tuple[int, ...]

_NUMBER: Final = re.compile(r"^(?:п\.\s*|№\s*)?(\d{1,3}(?:\s?[.,]\s?\d{1,3}){0,4})\s*[.,)]*$")
_LETTER: Final = re.compile(r"^[А-Яа-яA-Za-z]\s?[).]$")
_LETTERS: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
_DATE_LIKE: Final = re.compile(r"^0?(\d{1,2})\.0?(\d{1,2})\.(?:19|20)\d\d$")
_IN_TITLE: Final = re.compile(r"^(\d{1,2}(?:\.\d{1,3})+\.?|\d{1,2}[.)])\s*(?=[^\d\s.])")
_NAMED: Final = r"(?:раздел|блок|модуль|направление|этап|глава|часть|подраздел)"
_HEADING: Final = re.compile(
    rf"^{_NAMED}\s*\.?\s*(?:№\s*)?(\d{{1,2}}(?:\.\d{{1,2}})*|[IVXІХ]+)(?![\dA-Za-zА-Яа-я])\s*[.:)–—-]*\s*",
    re.IGNORECASE,
)
_HEADING_PLAIN: Final = re.compile(
    r"^(\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|[IVXІХ]+[.)]?(?=\s))\s*(?=[^\d\s.])"
)
_READ_AS: Final = str.maketrans("ЗзОоOolI|бІ", "33000011161")


def parse_number(printed: str) -> Number | None:
    """«2.10.» -> (2, 10); None for what is no number."""
    match = _NUMBER.match(squeeze(printed))
    return tuple(int(part) for part in re.split(r"\D+", match[1])) if match else None


def dotted(number: Number) -> str:
    """(2, 10) -> «2.10»: a number without a closing dot."""
    return ".".join(map(str, number))


def split_number(text: str) -> tuple[str, str]:
    """«1.2. Провести семинар» -> («1.2.», «Провести семинар»)."""
    match = _IN_TITLE.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def heading_number(text: str) -> tuple[str, str]:
    """«Раздел 2. Кадры» -> («2», «Кадры»), «II. Кадры» -> («II», «Кадры»); no number gives ''.

    «II квартал» is a time, not the second section.
    """
    match = _HEADING.match(text) or _HEADING_PLAIN.match(text)
    if not match or PERIOD_NAME.match(plain(text)):
        return "", text
    number = match[1].rstrip(".)").translate(str.maketrans("ІХ", "IX"))
    return number, text[match.end() :].strip() or text


def numbers_ahead(body: Sequence[Line | PrintedRow], in_title: bool = False) -> Iterator[Number]:
    """The numbers printed on the rows that follow."""
    for one in body:
        if isinstance(one, PrintedRow):
            printed = (
                split_number(one.one(ColumnKind.ACTIVITY))[0] if in_title else one.one(ColumnKind.NUMBER)
            )
            if number := parse_number(printed):
                yield number


class Numbered(Struct, frozen=True):
    """The number an activity gets, and what is doubtful in it."""

    number: str
    doubts: tuple[Doubt, ...] = ()


class PrintedNumber(Struct, frozen=True):
    """What stands on paper before one activity, and the place of its section in the plan.

    ``within`` tells an item of the list that the row above begins: «а)».
    """

    text: str
    section: int
    within: bool = False


class Numbering(Struct, frozen=True):
    """Numbers of all activities in order; ``doubts`` concern the order as a whole."""

    numbers: tuple[Numbered, ...]
    doubts: tuple[Doubt, ...] = ()


def number_activities(printed: Sequence[PrintedNumber], sections: Sequence[str]) -> Numbering:
    """Give every activity its number. ``sections`` are the numbers of the sections, in order."""
    told = [one.text for one in printed if one.text]
    if not told:
        return Numbering(_counted(len(printed)), (doubt("numbers-absent"),) if printed else ())
    crowd = max(Counter(one.section for one in printed if one.text).values())
    if len(set(told)) == 1 and crowd > 1 and len(told) > max(2, len(printed) / 2):
        return Numbering(_counted(len(printed)), (doubt("numbers-same", printed=told[0]),))
    count = _Count(printed, sections)
    return Numbering(tuple(count.next(place) for place in range(len(printed))))


def _counted(count: int) -> tuple[Numbered, ...]:
    return tuple(Numbered(str(number)) for number in range(1, count + 1))


@dataclass
class _Count:
    """Walks the printed numbers; knows what should come next."""

    printed: Sequence[PrintedNumber]
    sections: Sequence[str]
    last: Number | None = None
    section: int = -1
    letter: str = ""
    given: Counter[Number] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.parsed = [parse_number(one.text) for one in self.printed]
        self.on_paper = Counter(filter(None, self.parsed))
        depths = Counter(len(number) for number in self.parsed if number)
        self.depth = depths.most_common(1)[0][0] if depths else 1

    def next(self, place: int) -> Numbered:
        one, number = self.printed[place], self.parsed[place]
        if (_LETTER.match(one.text) or one.within) and self.last and one.section == self.section:
            return self._lettered(self.last, one.text)
        self.letter = ""
        expected = self._expected(one.section)
        opens = one.section > self.section
        result, doubts = self._judge(place, number, expected, opens)
        if number is not None and result == number and self.given[number] and self.depth > 1:
            doubts = (doubt("number-repeated", number=dotted(number)),)
        self.given[result] += 1
        self.last, self.section = result, max(self.section, one.section)
        return Numbered(dotted(result), doubts)

    def _lettered(self, above: Number, printed: str) -> Numbered:
        """«а)» under 5 is 5а; an item without a letter gets the next one."""
        told = skeleton(printed)[:1]
        self.letter = told or (_LETTERS[_LETTERS.index(self.letter) + 1 :] if self.letter else _LETTERS)[:1]
        number = f"{dotted(above)}{self.letter}"
        return Numbered(number, () if told else (doubt("number-missing", number=number),))

    def _expected(self, section: int) -> Number:
        """What comes next: one more, or the first of a new section."""
        if self.last is None or section > self.section:
            number = parse_number(self.sections[section]) if section >= 0 else None
            if self.depth > 1:
                return (*(number or (max(section, 0) + 1,)), 1)
            return (1,)
        return (*self.last[:-1], self.last[-1] + 1)

    def _judge(
        self, place: int, number: Number | None, expected: Number, opens: bool
    ) -> tuple[Number, tuple[Doubt, ...]]:
        printed = self.printed[place].text
        if number is not None and self._may_follow(number, expected, opens):
            return number, ()
        if not printed:
            return expected, (doubt("number-missing", number=dotted(expected)),)
        if number is None or self._is_slip(place, number, printed, expected):
            return expected, (doubt("number-corrected", printed=printed, number=dotted(expected)),)
        if number[:-1] == expected[:-1] and number[-1] > expected[-1]:
            return number, (doubt("number-skipped", expected=dotted(expected)),)
        return number, () if opens else (doubt("number-skipped", expected=dotted(expected)),)

    def _may_follow(self, number: Number, expected: Number, opens: bool) -> bool:
        if number == expected:
            return True
        if self.last is None or opens:
            return self.depth == 1 and (self.last is None or number[-1] == self.last[-1] + 1)
        if number in {(*self.last, 1), (1,)}:
            return True
        return any(
            number == (*self.last[: size - 1], self.last[size - 1] + 1) for size in range(1, len(self.last))
        )

    def _is_slip(self, place: int, number: Number, printed: str, expected: Number) -> bool:
        """The place in the count proves that ``expected`` was meant."""
        if self.on_paper[expected]:
            return False
        if self.given[number] and self.depth > 1:
            return True
        digits = re.sub(r"\D", "", printed)
        if digits == re.sub(r"\D", "", dotted(expected)) or _excel_made(printed, expected):
            return True
        after = next((one for one in self.parsed[place + 1 :] if one), None)
        return after == (*expected[:-1], expected[-1] + 1) and not expected < number < after


def _excel_made(printed: str, expected: Number) -> bool:
    """«03.01.2023» is what Excel makes of 3.1; letters are what a scanner makes of digits."""
    if match := _DATE_LIKE.match(printed):
        return expected in {(int(match[1]), int(match[2])), (int(match[2]), int(match[1]))}
    return parse_number(printed.translate(_READ_AS)) == expected
