"""Do two titles name one activity? The same question for a copy of a form and for an amended order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from sheetsync.patterns import at_first_use
from sheetsync.text import skeleton, words

SIMILAR: Final = 0.80
"""A title alone must be this similar to be taken for another."""

NEAR_EXACT: Final = 0.97
"""As alike as titles can be that are not the same words."""

_EXTENDED, _OTHER_FIGURES = 0.9, 0.75
_PART, _PART_WORDS = 95, 4
"""So much of a title of so many words stands in one that says more."""
_HAIR: Final = 0.01

Scorer = Callable[..., float]
"""How alike two texts are, 0..100."""
_LEADING: Final = at_first_use(r"^\s*(\d{1,3}(?:\.\d{1,3})*)\s*(?:[.)]\s*|\s+)(?=\D)")


def leading(text: str) -> tuple[str, str]:
    """A number printed before a title: «1.2. Педсовет» -> («1.2», «Педсовет»)."""
    found = _LEADING.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def similarity(one: str, other: str) -> float:
    """How alike two titles are, 0..1. Only the same words give 1; other figures never come near."""
    if not one.strip() or not other.strip():
        return 0.0
    if skeleton(one) == skeleton(other):
        return 1.0
    first, second = _title_words(one), _title_words(other)
    if not first or not second:
        return 0.0
    if first == second:
        return NEAR_EXACT
    a, b = " ".join(first), " ".join(second)
    score = fuzz.ratio(a, b) / 100
    short, long = sorted((first, second), key=len)
    if len(short) >= _PART_WORDS and fuzz.partial_ratio(*sorted((a, b), key=len)) >= _PART:
        score = max(score, _EXTENDED if len(short) * 2 >= len(long) else SIMILAR)
    if _figures(first) and _figures(second) and _figures(first) != _figures(second):
        score = min(score, _OTHER_FIGURES)
    return min(score, NEAR_EXACT)


class Titles:
    """Many titles, asked which of them another one may be: one by one that takes long where many ask."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._bones: dict[str, list[int]] = {}
        self._told: dict[int, str] = {}
        self._long: dict[int, str] = {}
        for step, title in enumerate(titles):
            parts = _title_words(title)
            self._bones.setdefault(skeleton(title), []).append(step)
            if parts:
                self._told[step] = " ".join(parts)
            if len(parts) >= _PART_WORDS:
                self._long[step] = self._told[step]

    def near(self, title: str, least: float) -> set[int]:
        """The steps of all titles whose ``similarity`` to this one is at least so much, and few others."""
        found = set(self._bones.get(skeleton(title), ()))
        parts = _title_words(title)
        if parts:
            told = " ".join(parts)
            found |= _matching(told, self._told, fuzz.ratio, 100 * least)
            if len(parts) >= _PART_WORDS and least <= _EXTENDED:
                found |= _matching(told, self._long, fuzz.partial_ratio, _PART)
        return found


def _matching(told: str, titles: Mapping[int, str], scorer: Scorer, least: float) -> set[int]:
    found = process.extract(told, titles, scorer=scorer, score_cutoff=least - _HAIR, limit=None)
    return {step for _, _, step in found}


@lru_cache(maxsize=4096)
def _title_words(title: str) -> tuple[str, ...]:
    return tuple(words(leading(title)[1]))


def _figures(parts: Iterable[str]) -> Counter[str]:
    return Counter(word for word in parts if word.isdigit())
