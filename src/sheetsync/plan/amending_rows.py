"""Rows of a plan as an amendment sees them, and how alike two of them are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from sheetsync.plan.titles import SIMILAR, similarity
from sheetsync.text import plain, skeleton

WITH_NUMBER: Final = 0.60
"""A title under its old number may be this different."""

_OTHER_DATE: Final = 0.95
"""As alike as titles can be that name other dates."""

_DATE: Final = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2} [а-я]{3,8}(?: \d{4})?", re.IGNORECASE)

_NUMBER, _SUPPORT, _SECTION = 0.10, 0.08, 0.05
"""How much a pair gains by its number, its other texts, its section."""


class Kind(StrEnum):
    """What became of a row; the value is what the coordinator reads."""

    SAME = "без изменений"
    RENUMBERED = "другой номер"
    SECTION = "другой раздел"
    REWORDED = "новая формулировка"
    DEADLINE = "перенесён срок"
    RESPONSIBLE = "другие ответственные"
    RESULT = "другой результат"
    ADDED = "добавлено"
    REMOVED = "исключено"
    RETURNED = "возвращено"
    OWN = "строка района"
    """The coordinator added it, no order has it: it stays."""
    LEFT_OUT = "убрано районом"
    """The coordinator took it out though the order has it: it stays out."""


_SUPPORTING: Final = (Kind.DEADLINE, Kind.RESPONSIBLE, Kind.RESULT)

ASPECTS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.RENUMBERED: ("number",),
    Kind.SECTION: ("section",),
    Kind.REWORDED: ("title",),
    Kind.DEADLINE: ("deadline", "start", "due", "repeats"),
    Kind.RESPONSIBLE: ("responsible", "reporters"),
    Kind.RESULT: ("result", "evidence_asked", "target"),
}
"""What of a row can change, with the columns of «План» that say it: they change together."""


class Row(Struct, frozen=True):
    """A row as «План» or an order has it: texts by column of «План»."""

    key: str
    texts: Mapping[str, str]
    is_retired: bool = False

    def text(self, column: str) -> str:
        return self.texts.get(column, "")

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def label(self) -> str:
        """«2.3 Пробный экзамен»: how a person finds it."""
        return f"{self.text('number')} {self.title}".strip()


def is_alike(one: Row, other: Row, aspect: Kind) -> bool:
    """Do both say the same of an aspect, however it is spaced, quoted and dashed?"""
    bones = skeleton if aspect in {Kind.REWORDED, Kind.SECTION} else plain
    return all(bones(one.text(column)) == bones(other.text(column)) for column in ASPECTS[aspect])


def is_same(one: Row, other: Row) -> bool:
    """Do both say the same of everything?"""
    return all(is_alike(one, other, aspect) for aspect in ASPECTS)


def number_of(row: Row) -> str:
    """The number as it is compared: «2.3.» and «2.3» are one."""
    return plain(row.text("number")).rstrip(".)")


def likeness(wordings: Sequence[Row], later: Row) -> float:
    """How alike the titles are, by the nearest of the wordings of a row."""
    return max(_alike(one.title, later.title) for one in wordings)


def _alike(one: str, other: str) -> float:
    """As for copies; but a date inside a title is a deadline, which an order may move."""
    bare = [_DATE.sub("", title) for title in (one, other)]
    is_dated = bare[0] != one and bare[1] != other and all(skeleton(title) for title in bare)
    undated = min(similarity(*bare), _OTHER_DATE) if is_dated else 0.0
    return max(similarity(one, other), undated)


class Least(Struct, frozen=True):
    """How alike titles must be at the least: alone, and under one number."""

    alone: float = SIMILAR
    numbered: float = WITH_NUMBER


def weight(wordings: Sequence[Row], later: Row, least: Least) -> float:
    """How surely a row goes on as ``later``; 0 when that is out of the question."""
    return max(_weight(one, later, least) for one in wordings)


def _weight(one: Row, later: Row, least: Least) -> float:
    alike = _alike(one.title, later.title)
    is_numbered = bool(number_of(one)) and number_of(one) == number_of(later)
    if alike < (least.numbered if is_numbered else least.alone):
        return 0.0
    agreed = sum(is_alike(one, later, aspect) for aspect in _SUPPORTING) / len(_SUPPORTING)
    is_in_section = bool(one.text("section")) and is_alike(one, later, Kind.SECTION)
    return alike + _NUMBER * is_numbered + _SUPPORT * agreed + _SECTION * is_in_section
