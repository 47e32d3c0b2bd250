"""Do two titles name one activity? The same question for a copy of a form and for an amended order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from sheetsync.patterns import at_first_use
from sheetsync.text import skeleton, words

SIMILAR: Final = 0.80
"""A title alone must be this similar to be taken for another."""

NEAR_EXACT: Final = 0.97
"""As alike as titles can be that are not the same words."""

_EXTENDED, _OTHER_FIGURES = 0.9, 0.75
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
    if len(short) >= 4 and fuzz.partial_ratio(*sorted((a, b), key=len)) >= 95:
        score = max(score, _EXTENDED if len(short) * 2 >= len(long) else SIMILAR)
    if _figures(first) and _figures(second) and _figures(first) != _figures(second):
        score = min(score, _OTHER_FIGURES)
    return min(score, NEAR_EXACT)


@lru_cache(maxsize=4096)
def _title_words(title: str) -> tuple[str, ...]:
    return tuple(words(leading(title)[1]))


def _figures(parts: Iterable[str]) -> Counter[str]:
    return Counter(word for word in parts if word.isdigit())
