"""What a row of the plan asks for as confirmation: kinds of documents, and how many of them.

``asked_in`` reads the short words of column «Какое подтверждение», «приказ», «протокол ×2», «справка
или отчёт»: those ``evidence_in_orders`` found in the order, or the coordinator typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from sheetsync.patterns import at_first_use
from sheetsync.plan.evidence_words import WORDS
from sheetsync.plan.figures import NUMBER_WORDS
from sheetsync.plan.papers import Paper
from sheetsync.text import plain, squeeze


class AskedPaper(Struct, frozen=True):
    """One thing asked for: any of ``kinds`` will do, no kinds mean any document; ``count`` of them."""

    text: str
    kinds: tuple[str, ...] = ()
    count: int = 1

    @property
    def written(self) -> str:
        return f"{self.text} ×{self.count}" if self.count > 1 else self.text


class Asked(Struct, frozen=True):
    """All a row asks for, in the order it is said; empty where nothing is."""

    papers: tuple[AskedPaper, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(kind for one in self.papers for kind in one.kinds))

    @property
    def count(self) -> int:
        return sum(one.count for one in self.papers)

    @property
    def text(self) -> str:
        """As «План» shows it and ``asked_in`` reads it back."""
        has_choice = any(_CHOICE.search(one.text) for one in self.papers)
        return ("; " if has_choice else ", ").join(one.written for one in self.papers)


_CHOICE: Final = at_first_use(r"\bили\b|\bлибо\b|/", re.IGNORECASE)
_MOST: Final = 12
"""Nobody asks for more documents in one row; a larger number counts something else."""

_OUR_WORDS: Final = {word.text: word.kinds for word in WORDS if word.kinds}
"""As the program itself writes them into «План»: these are known without a search."""

_GROUPS: Final = at_first_use(r"[;\n+]|\s+и\s+|\bа также\b", re.IGNORECASE)
_ALTERNATIVES: Final = at_first_use(r",|/|\bили\b|\bлибо\b", re.IGNORECASE)
_MULTIPLIED: Final = at_first_use(r"\s*[×хx*]\s?\d{1,2}(?!\d)", re.IGNORECASE)
_TIMES: Final = at_first_use(
    r"(?:[×хx*]\s?(\d{1,2})(?!\d)|(?<![n№\d.,/-])(?<![n№] )\b(\d{1,2})\b(?![\d.,/-]*\d)(?!\s*%))"
)


@lru_cache(maxsize=4096)
def asked_in(words: str) -> Asked:
    """What the short words of «План» ask for; any kind where they name none the program knows.

    >>> [(one.kinds, one.count) for one in asked_in("приказ, протокол ×2").papers]
    [(('order',), 1), (('protocol',), 2)]
    >>> asked_in("протокол, программа или список ×2").count
    2
    """
    return Asked(tuple(paper for group in _GROUPS.split(words) for paper in _papers(squeeze(group))))


def countable(count: int) -> int:
    """Of fifty lessons one document is asked, that they were held."""
    return count if count <= _MOST else 1


def _papers(group: str) -> Iterator[AskedPaper]:
    """A list with «или» in it is a choice; without it, each of the list is asked for."""
    parts = [part for part in (squeeze(part) for part in _ALTERNATIVES.split(group)) if part]
    if len(parts) > 1 and _CHOICE.search(group):
        kinds = [_kinds_of(part) for part in parts]
        known = tuple(dict.fromkeys(kind for one in kinds for kind in one)) if all(kinds) else ()
        yield AskedPaper(_MULTIPLIED.sub("", group), known, max(map(_times, parts)))
    else:
        yield from (AskedPaper(_MULTIPLIED.sub("", part), _kinds_of(part), _times(part)) for part in parts)


def _kinds_of(part: str) -> tuple[str, ...]:
    name, _, count = part.partition(" ×")
    if name in _OUR_WORDS and (count.isdecimal() or not count):
        return _OUR_WORDS[name]
    for word in WORDS:
        if re.search(rf"(?<![а-я])(?:{word.named}|{word.of})(?![а-я])", plain(part)):
            return word.kinds
    return (Paper.SITE_PAGE,) if re.search(r"\bсайт", plain(part)) else ()


def _times(part: str) -> int:
    written = [int(digits) for found in _TIMES.findall(plain(part)) for digits in found if digits]
    spoken = [NUMBER_WORDS.get(word, 1) for word in part.lower().split()]
    return countable(max((*written, *spoken, 1)))
