"""What the finders give: a stretch of a text that is personal, of what kind, and what covers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """Kinds of personal data, as a coordinator calls them."""

    NAME = "имя ребёнка"
    PHONE = "телефон"
    SNILS = "СНИЛС"
    BIRTH = "дата рождения"
    EMAIL = "адрес эл. почты"
    DOCUMENT = "личный документ"
    HEALTH = "сведения о здоровье"
    ADDRESS = "домашний адрес"


class Span(Struct, frozen=True, order=True):
    """A stretch ``start:end`` of a text, and the words that stand there instead of it."""

    start: int
    end: int
    kind: Kind
    cover: str


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The spans in order; of two that overlap the earlier one, of two at one place the longer."""
    kept: list[Span] = []
    for one in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def covered(text: str, spans: Sequence[Span]) -> str:
    """The text with every span replaced by its cover; spans stand in order."""
    pieces, place = [], 0
    for one in spans:
        pieces += [text[place : one.start], one.cover]
        place = one.end
    return "".join([*pieces, text[place:]])
