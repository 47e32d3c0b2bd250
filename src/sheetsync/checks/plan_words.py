"""Words an answer only repeats from the plan: its title or its expected result, copied over."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sheetsync.model import PlanRow
from sheetsync.model.kept import once_for_each
from sheetsync.patterns import at_first_use
from sheetsync.text import has_small_bones, skeleton, skeletons, words

_SENTENCES: Final = at_first_use(r"((?<=[.;!?])\s+|\n+)")
_BETWEEN: Final = at_first_use(rb"[.;!?\n](?:(?<=[.;!?])[\x09-\x0d\x1c-\x20\xa0]+|(?<=\n)\n*)")
"""What parts sentences, in the bytes of Windows-1251."""

_PLANS: Final = 4
_ENDLESS: Final = 1 << 30
_FEW: Final = 3
"""Fewer words are no copy: «Приказ», «Аналитическая справка» is how anybody names a document."""

_LATIN: Final = frozenset(skeleton(bytes(range(128)).decode()))
"""The letters of the skeleton of an address: Russian ones only that Latin ones look like."""


def sentences(text: str) -> list[str]:
    """The text in sentences and what parts them: joined they are the text."""
    return _SENTENCES.split(text)


@lru_cache(maxsize=512)
def bones_of(text: str) -> tuple[str, ...]:
    """The sentences of a text as they are compared: joined they are its skeleton."""
    return skeletons(text, _BETWEEN) or tuple(map(skeleton, sentences(text)))


@once_for_each(_PLANS)
def own_words(rows: tuple[PlanRow, ...]) -> frozenset[str]:
    """What the plan itself says of these rows, comparable: whole cells and their sentences."""
    return frozenset(bones for row in rows for bones in _own_words(row.title, row.result)[0])


@lru_cache(maxsize=1024)
def _own_words(*cells: str) -> tuple[frozenset[str], int, int]:
    """The sentences as they are compared, and how many letters the shortest has: of all, and of those
    that an address could repeat."""
    pieces = [*cells, *(piece for cell in cells for piece in sentences(cell))]
    found = frozenset(skeleton(piece) for piece in pieces if len(words(piece)) >= _FEW)
    in_latin = [one for one in found if _LATIN.issuperset(one)]
    return found, min(map(len, found), default=_ENDLESS), min(map(len, in_latin), default=_ENDLESS)


def without_own_words(text: str, row: PlanRow) -> str:
    """What of an answer is not a sentence of its row."""
    own, shortest, shortest_in_latin = _own_words(row.title, row.result)
    if text.isascii():
        if len(text) < shortest_in_latin:
            return text
    elif len(text) < shortest and has_small_bones(text):
        return text
    bones = "".join(bones_of(text))
    for one in own:
        if one in bones:
            return "" if bones in own else _left_of(text, own)
    return text


def _left_of(text: str, own: frozenset[str]) -> str:
    pieces = sentences(text)
    if not any(skeleton(piece) in own for piece in pieces):
        return text
    return "".join(piece for piece in pieces if skeleton(piece) not in own).strip()
