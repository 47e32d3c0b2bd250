"""Numeric targets of a programme or a row.

«не менее 80 %», «не менее 2-х семинаров», «(на 70%)» are targets; dates, years, classes, hours and
the numbers of orders and schools look alike and are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from sheetsync.model import Indicator
from sheetsync.plan.figures import NUMBER_WORDS
from sheetsync.text import squeeze

# --- units --------------------------------------------------------------------------------------

_EVENTS: Final = {
    "семинар": "семинар", "вебинар": "вебинар", "мероприяти": "мероприятие", "совещани": "совещание",
    "консультаци": "консультация", "заняти": "занятие", "урок": "урок", "мастер-класс": "мастер-класс",
    "конкурс": "конкурс", "конференци": "конференция", "собрани": "собрание", "заседани": "заседание",
    "выезд": "выезд", "посещени": "посещение", "тренинг": "тренинг", "публикаци": "публикация",
    "встреч": "встреча", "олимпиад": "олимпиада", "проверк": "проверка", "диагностик": "диагностика",
    "тестировани": "тестирование", "стажировк": "стажировка", "акци": "акция", "практикум": "практикум",
}  # fmt: skip
"""What is held and counted; every one held is confirmed by a document of its own."""

_COUNTED: Final = _EVENTS | {
    "человек": "чел.", "чел": "чел.", "педагог": "педагог", "учител": "учитель", "обучающ": "обучающийся",
    "учащ": "учащийся", "ученик": "ученик", "родител": "родитель", "школ": "школа", "оо": "ОО", "оу": "ОУ",
    "организаци": "организация", "учреждени": "учреждение", "балл": "балл", "участник": "участник",
    "победител": "победитель", "призер": "призёр", "призёр": "призёр", "договор": "договор",
    "соглашени": "соглашение", "программ": "программа", "проект": "проект", "курс": "курс", "место": "место",
    "команд": "команда", "класс-комплект": "класс-комплект", "кружк": "кружок", "материал": "материал",
    "раз": "раз", "раза": "раз", "выпускник": "выпускник",
    "специалист": "специалист", "руководител": "руководитель",
}  # fmt: skip
_NOT_UNITS: Final = re.compile(
    r"^(?:час|ч$|мин|секунд|год|лет|месяц|недел|дн|ден|день|сут|класс|кл$|четверт|полугод|квартал|этап|уров|"
    r"раздел|пункт|стат|глав|км|метр|руб|тыс|млн|январ|феврал|март|апрел|ма[йя]$|июн|июл|август|сентябр|октябр|"
    r"ноябр|декабр|г$|гг$|числа|задани|номер|страниц)"
)

_ADJECTIVE: Final = re.compile(r"(?:ск(?:их|ого|ой|ий|ая|ое|ие)|н(?:ых|ого|ой|ый|ая|ое|ые))$")

# --- finding targets ----------------------------------------------------------------------------

_VALUE: Final = rf"(?P<value>\d+(?:[.,]\d+)?|(?:{'|'.join(NUMBER_WORDS)})\b)"
_BOUND: Final = (
    r"(?P<bound>не\s+(?:менее|меньше|ниже|более|больше|выше|реже)(?:\s+чем)?|минимум|максимум|более|свыше|до|"
    r"от|на|в|у|для|около)"
)
_FREE: Final = r"(?<![\d.,/№N«\"–\-])(?<!№\s)(?<!N\s)"
_TARGET: Final = re.compile(
    rf"{_FREE}(?:\b{_BOUND}\s+)?(?<![\w.,/«-])(?<!№\s)(?<!№){_VALUE}(?:\s*-?\s*(?:х|ух|ти|и|ми|го|й|ого))?(?![\w+»\"])"
    r"(?!\.\d|,\d|\s*[-–/]\s*\d)(?P<percent>\s*(?:%|процент\w*|проц\.))?",
    re.IGNORECASE,
)
_GROWTH: Final = re.compile(
    r"\b(?:с|от)\s+\d+(?:[.,]\d+)?\s*%?\s*до\s+(?P<last>\d+(?:[.,]\d+)?\s*(?:%|процент\w*))"
)
_RANGE: Final = re.compile(
    r"(?<!\d)(?P<first>\d+(?:[.,]\d+)?)\s*%?\s*[-–—]\s*\d+(?:[.,]\d+)?(?=\s*(?:%|процент))"
)
"""«с 44 до 50 %» aims at 50; «80-90 %» is met from 80."""
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)\s*(?:г\b|год)")
_NO_UNIT_NEEDED: Final = re.compile(
    r"не\s+(?:менее|меньше|ниже|более|больше|выше|реже)|минимум|максимум", re.IGNORECASE
)


class Held(Struct, frozen=True):
    """So many events of one sort: «не менее 2-х семинаров»."""

    count: int
    event: str


class _Found(Struct, frozen=True):
    value: float
    unit: str
    start: int
    end: int


def read_targets(text: str) -> tuple[Indicator, ...]:
    """The targets a text sets, in its order, each with the clause it belongs to.

    In a list headed «показатели (индикаторы)» every item is an indicator, with target None when
    it says no number.
    """
    clauses = list(_clauses(text))
    found: list[Indicator] = []
    for clause in clauses:
        targets = list(_targets_in(clause.text))
        found += _indicators(clause.text, targets)
        if not targets and clause.listed:
            found.append(
                Indicator(_title(clause.text), _unit_of_share(clause.text), None, _year(clause.text))
            )
    return tuple(found)


def events_in(text: str) -> tuple[Held, ...]:
    """The events a text counts, in its order."""
    targets = (target for clause in _clauses(text) for target in _targets_in(clause.text))
    return tuple(Held(int(one.value), one.unit) for one in targets if one.unit in _EVENTS.values())


def _targets_in(clause: str) -> Iterator[_Found]:
    reduced = _GROWTH.sub(lambda match: match["last"].rjust(len(match[0])), clause)
    reduced = _RANGE.sub(lambda match: match["first"].rjust(len(match[0])), reduced)
    for match in _TARGET.finditer(reduced):
        value = _number(match["value"])
        if match["percent"]:
            yield _Found(value, "%", match.start(), match.end())
            continue
        unit = _unit(reduced[match.end() :], match["bound"] or "")
        if unit is not None and not 1900 <= value <= 2100:
            yield _Found(value, unit, match.start(), match.end())


def _number(text: str) -> float:
    return float(NUMBER_WORDS.get(text.lower(), 0)) or float(text.replace(",", "."))


def _unit(after: str, bound: str) -> str | None:
    """What is counted: the noun after the number; None when the number is no target."""
    if not after[:1].isspace():
        return None
    for word in re.findall(r"^\s*[А-ЯЁа-яё-]+|(?<=[а-яё])\s+[А-ЯЁа-яё-]+", after[:80])[:4]:
        lower = word.strip().lower()
        if _NOT_UNITS.match(lower):
            return None
        known = next((unit for stem, unit in _COUNTED.items() if _is_counted(lower, stem)), None)
        if known:
            return known
        if not re.search(r"(?:ых|их|ого|его|ой|ый|ая|ие|ые)$", lower):
            return lower if _NO_UNIT_NEEDED.match(bound) else None
    return None


def _is_counted(word: str, stem: str) -> bool:
    """Of «родительских собраний» meetings are counted, not parents."""
    is_like = word == stem if len(stem) <= 3 else word.startswith(stem)
    return is_like and not _ADJECTIVE.search(word)


def _indicators(clause: str, targets: Sequence[_Found]) -> Iterator[Indicator]:
    for place, target in enumerate(targets):
        part = _part_of(clause, targets, place)
        yield Indicator(_title(part), target.unit, target.value, _year(part) or _year(clause))


def _part_of(clause: str, targets: Sequence[_Found], place: int) -> str:
    """The words of one target among several: between the commas that part it from its neighbours."""
    if len(targets) == 1:
        return clause
    cuts = [
        0,
        *(_cut(clause, one, other) for one, other in pairwise(targets)),
        len(clause),
    ]
    return clause[cuts[place] : cuts[place + 1]]


def _cut(clause: str, one: _Found, other: _Found) -> int:
    between = clause[one.end : other.start]
    comma = max(between.rfind(mark) for mark in ",;(")
    return one.end + comma + 1 if comma >= 0 else other.start


_LONE_NUMBER: Final = re.compile(
    r"\s*\((?:на|до|в|не\s+\w+)?\s*\d+(?:[.,]\d+)?\s*%?(?:\s+в\s[^()]*|\s+\w+\s+школ\w*[^()]*)?\)"
)


def _title(clause: str) -> str:
    """The clause without bullets and, where it stands alone in brackets, without the number."""
    text = _LONE_NUMBER.sub("", squeeze(clause))
    if text.count(")") > text.count("("):
        text = text.rstrip(" .;,").removesuffix(")")
    if text.count("(") > text.count(")"):
        text = text.removeprefix("(")
    return text.strip(" .,;:-–—•·*")


def _year(clause: str) -> int | None:
    match = _YEAR.search(clause)
    return int(match[1]) if match else None


# --- clauses ------------------------------------------------------------------------------------


class _Clause(Struct, frozen=True):
    text: str
    listed: bool = False
    """Stands in a list of indicators."""


_BREAK_TAGS: Final = re.compile(r"<\s*/?(?:br|p|li|ul|ol)\b[^<>]*>", re.IGNORECASE)
_TAGS: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_SHARES: Final = (
    r"(?:доля|процент|удельный вес|средн\w+ балл|количество|число|численность|охват|уровень|коэффициент|"
    r"индекс|показатель)\b"
)
_ENDS: Final = re.compile(
    r"\n+|;|(?<=[а-яё%)»])\.\s+(?=[А-ЯЁ-])|(?:^|(?<=[:;.\n]\s)|(?<=[:;.\n]))[-–—•·*]\s+(?=[а-яёА-ЯЁ])|"
    rf"\s[-–—•]\s+(?={_SHARES})|(?:^|(?<=\s))\d{{1,2}}(?:\.\d{{1,2}})*[.)]\s+(?=[А-ЯЁ])"
)
_HEADING: Final = re.compile(r"\b(?:показател|индикатор)\w*[^;:]*:?\s*$", re.IGNORECASE)
_SHARE: Final = re.compile(rf"^[\s\-–—•·*\d.)]*{_SHARES}", re.IGNORECASE)


def _clauses(text: str) -> Iterator[_Clause]:
    """Lines, list items and sentences; several targets in brackets are clauses of their own."""
    pieces = [piece for piece in _pieces(text) if piece.strip(" .,;-")]
    shares = sum(bool(_SHARE.match(piece)) for piece in pieces)
    listed = shares >= 2
    for piece in pieces:
        if _HEADING.search(piece) and not _SHARE.match(piece):
            listed = True
            continue
        parts = _bracketed(piece)
        yield from (_Clause(part, listed and (bool(_SHARE.match(part)) or shares == 0)) for part in parts)


def _pieces(text: str) -> Iterator[str]:
    """Cut at the ends of clauses that stand outside brackets."""
    plain = _TAGS.sub(" ", _BREAK_TAGS.sub("\n", text))
    start = 0
    for match in _ENDS.finditer(plain):
        before = plain[start : match.start()]
        is_inside = before.count("(") > before.count(")") and ")" in plain[match.end() :]
        if not (is_inside and match[0] != "\n\n"):
            yield squeeze(before)
            start = match.end()
    yield squeeze(plain[start:])


def _bracketed(piece: str) -> list[str]:
    """«участие (90% собраний; 100% родителей)» sets two targets: each is a clause of its own."""
    for inner in _outer_brackets(piece):
        parts = inner.split(";")
        if len(parts) > 1 and all(list(_targets_in(part)) for part in parts):
            return parts
    return [piece]


def _outer_brackets(text: str) -> Iterator[str]:
    """What stands in brackets, inner brackets included."""
    depth, start = 0, 0
    for at, mark in enumerate(text):
        if mark == "(":
            depth, start = depth + 1, start if depth else at + 1
        elif mark == ")" and depth:
            depth -= 1
            if depth == 0:
                yield text[start:at]


def _unit_of_share(clause: str) -> str | None:
    lower = clause.lower().lstrip(" -–—•·*")
    if lower.startswith(("доля", "процент", "удельный", "охват")):
        return "%"
    return "балл" if lower.startswith("средн") and "балл" in lower else None
