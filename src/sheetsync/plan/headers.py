"""What the columns of a printed table mean, told by their headers.

Orders name one column in many ways («Сроки проведения», «Плановое начало», «Месяц»), scanners
break and space the words, so headers are compared as skeletons: letters only, no spaces. The
first rule that fits wins; their order matters («Срок реализации мероприятия» is a deadline).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

from msgspec import Struct
from rapidfuzz.distance import OSA

from sheetsync.columns import PLAN, REPORT
from sheetsync.text import plain, skeleton, squeeze


class ColumnKind(StrEnum):
    """What a column of an order holds."""

    NUMBER = "number"
    ACTIVITY = "activity"
    DEADLINE = "deadline"
    START = "start"
    END = "end"
    PERIOD = "period"
    RESPONSIBLE = "responsible"
    RESULT = "result"
    INFO = "info"
    SECTION = "section"
    EXTRA = "extra"


_SHOWN: Final = {
    ColumnKind.NUMBER: REPORT.column("number").header,
    ColumnKind.ACTIVITY: REPORT.column("title").header,
    ColumnKind.DEADLINE: REPORT.column("deadline").header,
    ColumnKind.RESPONSIBLE: REPORT.column("responsible").header,
    ColumnKind.RESULT: REPORT.column("result").header,
    ColumnKind.INFO: REPORT.column("info").header,
    ColumnKind.SECTION: PLAN.column("section").header,
}


def shown(kind: ColumnKind) -> str:
    """The column's name as the form prints it."""
    return _SHOWN.get(kind, _SHOWN[ColumnKind.DEADLINE])


_WHEN: Final = r"^(?:план\w*?|календарн\w*?|примерн\w*?|ориентировочн\w*?|предельн\w*?|учебн\w*?)?"
_OF_WHAT: Final = r"(?:(?:дата|сроки?)(?:реализации|исполнения|проведения|выполнения)?)?"
_RULES: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (ColumnKind.NUMBER, r"^(?:n|no|н)?(?:пп)?$|^номер(?!школ)|^nстрок|^nмероприят"),
        (ColumnKind.INFO, r"информац|отметк|комментари|стадия|статус|причин|подтвержд|требовани|фактич"),
        (ColumnKind.INFO, r"примечан|^ход|^исполнен|^выполнен|^отчеты?(?:оо?б?)?(?:исполнен|выполнен)"),
        (ColumnKind.START, _WHEN + _OF_WHAT + r"начал"),
        (ColumnKind.END, _WHEN + _OF_WHAT + r"(?:окончан|завершен)"),
        (ColumnKind.DEADLINE, _WHEN + r"(?:срок|дат[аы]|врем|месяц|период|когда|график)"),
        (ColumnKind.RESULT, r"результат|показател|^эффект|^(?:конечный)?продукт|^итог|^выход"),
        (ColumnKind.RESULT, r"^форм\w*(?:представлен|завершен|отчет)|^виддокумента|^отчетн|^документ"),
        (ColumnKind.RESULT, r"^ожидаем"),
        (ColumnKind.EXTRA, r"^(?:место(?!.*(?:срок|дата))|участник|целев|цель|категори|класс|форм[аы])"),
        (ColumnKind.EXTRA, r"^(?:объ?ем|источник|финанс|уровень|количеств|охват|предмет|школ)"),
        (ColumnKind.EXTRA, r"^(?:наименованиеоо|адрес|контакт|телефон|бюджет|стоимост)"),
        (ColumnKind.DEADLINE, r"^место.*(?:срок|дата)"),
        (ColumnKind.SECTION, r"^(?:наименование|название)?(?:этапа?|раздела?|блока?|модул[ья])$"),
        (ColumnKind.RESPONSIBLE, r"ответ\w*ств|ответс?твен|исполнител(?!ьн)|^кто"),
        (ColumnKind.ACTIVITY, r"мероприят|направлен|содержани|вопрос|^тема|^вид\w*работ|^виды?деятельн"),
        (ColumnKind.ACTIVITY, r"^наименованиеработ|^действи|^пошагов|^шаги?$|^задач|^работа"),
        (ColumnKind.ACTIVITY, r"^деятельность|^наименование$"),
    )
)  # fmt: skip
_WHOLE_WORDS: Final = (
    ("мероприятия", ColumnKind.ACTIVITY), ("мероприятие", ColumnKind.ACTIVITY),
    ("ответственные", ColumnKind.RESPONSIBLE), ("ответственный", ColumnKind.RESPONSIBLE),
    ("исполнители", ColumnKind.RESPONSIBLE), ("исполнитель", ColumnKind.RESPONSIBLE),
    ("срокиисполнения", ColumnKind.DEADLINE), ("срокиреализации", ColumnKind.DEADLINE),
    ("срокипроведения", ColumnKind.DEADLINE), ("срокисполнения", ColumnKind.DEADLINE),
)  # fmt: skip
_MOST_SLIPS: Final = 2
_MONTHS: Final = "январ|феврал|март|апрел|ма[йя]$|июн|июл|август|сентябр|октябр|ноябр|декабр"
PERIOD_NAME: Final = re.compile(
    rf"^(?:(?:{_MONTHS})[а-я]*(?:\s*-\s*(?:{_MONTHS.replace('$', '')})[а-я]*)?|"
    r"(?:i{1,3}|iv|[1-4])(?:-?[йяе]{1,2})?(?:\s*-\s*(?:i{1,3}|iv|[1-4])(?:-?[йяе]{1,2})?)?\s*"
    r"(?:квартал|кв\.?|полугодие|триместр|четверть)|(?:i{1,2}|[12])\s*полугодие)"
    r"(?:,?\s*(?:19|20)\d\d)?(?:\s*(?:г\.?|года?|учебн\w+\s+года?))?\s*\.?$"
)
"""A month, quarter or half-year standing alone, in plain text; a year may follow."""

YEAR_NAME: Final = re.compile(
    r"^(?:на )?(?:19|20)\d\d(?:\s*[-/]\s*(?:(?:19|20)\d\d|\d\d))?\s*(?:г\.?|гг\.?|год\w*|уч\w*\.? год\w*)?$"
)
"""A year or a range of years standing alone, in plain text."""

_MARK: Final = re.compile(r"^[+xхvv✓✔*•]$", re.IGNORECASE)
_LONGEST: Final = {ColumnKind.ACTIVITY: 90, ColumnKind.DEADLINE: 70}
_LONGEST_HEADER: Final = 220


class Header(Struct, frozen=True):
    """The columns of a printed table, left to right: what they mean and how they are headed."""

    kinds: tuple[ColumnKind, ...]
    titles: tuple[str, ...]

    @property
    def width(self) -> int:
        return len(self.kinds)

    def has(self, kind: ColumnKind) -> bool:
        return kind in self.kinds

    @property
    def is_plan(self) -> bool:
        """An activity column and something that tells when."""
        tells_when = self.has(ColumnKind.DEADLINE) or self.has(ColumnKind.START) or self.has(ColumnKind.END)
        return self.has(ColumnKind.ACTIVITY) and (tells_when or self.kinds.count(ColumnKind.PERIOD) > 1)

    def places(self, kind: ColumnKind) -> tuple[int, ...]:
        return tuple(place for place, one in enumerate(self.kinds) if one is kind)


@lru_cache(maxsize=4096)
def classify(header: str) -> ColumnKind:
    """What one header means; EXTRA when no rule fits, NUMBER for an empty one."""
    if PERIOD_NAME.match(plain(header)):
        return ColumnKind.PERIOD
    letters = skeleton(header)
    return next((kind for kind, rule in _RULES if rule.search(letters)), None) or _misread(letters)


def header_of(cells: Sequence[str], below: Sequence[Sequence[str]] = ()) -> Header | None:
    """The header a printed row is, or None when it is no header of a plan.

    The rows ``below`` may tell when: by years that are ticked, by months that head their sections.
    """
    titles = tuple(squeeze(cell) for cell in cells)
    if any(len(title) > _LONGEST_HEADER or re.match(r"\d+\s*\.", title) for title in titles):
        return None
    kinds = [classify(title) for title in titles]
    if any(map(_is_body_text, titles, kinds)):
        return None
    kinds = [
        ColumnKind.PERIOD if kind is ColumnKind.EXTRA and _is_ticked_year(title, place, below) else kind
        for place, (title, kind) in enumerate(zip(titles, kinds, strict=True))
    ]
    header = Header(tuple(_settled(titles, kinds)), titles)
    answered = header.has(ColumnKind.ACTIVITY) and header.has(ColumnKind.RESPONSIBLE)
    return header if header.is_plan or (answered and any(map(_is_period_heading, below))) else None


def is_period(text: str) -> bool:
    """A month, a quarter, a year standing alone: as a heading it tells when its rows are due."""
    return bool(PERIOD_NAME.match(plain(text)) or YEAR_NAME.match(plain(text)))


def is_mark(text: str) -> bool:
    """A tick in a matrix of months: «+», «х», «v»."""
    return bool(_MARK.match(text.strip()))


def is_column_numbers(cells: Sequence[str]) -> bool:
    """The row «1 | 2 | 3 | 4» printed under a header."""
    filled = [cell.strip(" .()") for cell in cells if cell.strip()]
    return len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]


def is_rule(cells: Sequence[str]) -> bool:
    """A line of dashes left by Markdown or a printer."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(set(cell) <= set("-–—=_:|+") for cell in filled)


def _is_ticked_year(title: str, place: int, below: Sequence[Sequence[str]]) -> bool:
    """The column of a year in which the rows carry ticks, and nothing but ticks and periods."""
    if not YEAR_NAME.match(plain(title)):
        return False
    told = [row[place] for row in below if place < len(row) and row[place]]
    return any(map(is_mark, told)) and all(is_mark(cell) or is_period(cell) for cell in told)


def _is_period_heading(cells: Sequence[str]) -> bool:
    filled = {cell for cell in cells if cell}
    return len(filled) == 1 and is_period(filled.pop())


def _misread(letters: str) -> ColumnKind:
    """A header of one word with a slip of the scanner; EXTRA when it is like none."""
    slips = ((OSA.distance(letters, word, score_cutoff=_MOST_SLIPS), kind) for word, kind in _WHOLE_WORDS)
    return next((kind for slip, kind in slips if slip <= _MOST_SLIPS), ColumnKind.EXTRA)


def _is_body_text(title: str, kind: ColumnKind) -> bool:
    """Text too long or too exact for a header: a row of the plan that speaks of «мероприятия»."""
    dated = kind in {ColumnKind.DEADLINE, ColumnKind.START, ColumnKind.END} and re.search(r"\d", title)
    return bool(dated) or len(title) > _LONGEST.get(kind, _LONGEST_HEADER)


def _settled(titles: Sequence[str], kinds: list[ColumnKind]) -> list[ColumnKind]:
    """One activity column; an empty header belongs to its left neighbour, whose cell it widens."""
    activity = _best_activity(titles, kinds)
    settled: list[ColumnKind] = []
    for place, (title, kind) in enumerate(zip(titles, kinds, strict=True)):
        if not title:
            kind = settled[-1] if settled else ColumnKind.NUMBER  # noqa: PLW2901 - its own header says nothing
        elif kind is ColumnKind.ACTIVITY and place != activity:
            kind = ColumnKind.SECTION if place < activity else ColumnKind.EXTRA  # noqa: PLW2901
        settled.append(kind)
    return _paired(settled)


def _best_activity(titles: Sequence[str], kinds: Sequence[ColumnKind]) -> int:
    places = [place for place, kind in enumerate(kinds) if kind is ColumnKind.ACTIVITY]
    named = [place for place in places if "мероприят" in skeleton(titles[place])]
    return (named or places or [-1])[0]


def _paired(kinds: list[ColumnKind]) -> list[ColumnKind]:
    """A beginning without an end, or an end without a beginning, is simply the deadline."""
    if (ColumnKind.START in kinds) == (ColumnKind.END in kinds):
        return kinds
    lone = {ColumnKind.START, ColumnKind.END}
    return [ColumnKind.DEADLINE if kind in lone else kind for kind in kinds]
