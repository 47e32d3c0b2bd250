"""What words mean, told from lists of words.

Hundreds of words are looked up in a table: Python takes longer to make a pattern of them than a press for a
few copies takes to read them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Generic, TypeVar

_Meaning = TypeVar("_Meaning")
_FURTHER: Final = {"*": 0, "+": 1}
"""How a word is written of which only the beginning is known: so many letters follow at least."""

_BEFORE: Final = "?"
_LETTERS: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


class WordTable(Generic[_Meaning]):
    """Meanings of small words, each with its words in a row, parted by spaces.

    «учител*» is known by its beginning, «состо+» too where at least a letter follows, «??ает» by its
    ending after at least two Russian letters; «сын(а|у|ом)» stands for three words. A word of several
    meanings has the first.
    """

    def __init__(self, *meant: tuple[_Meaning, str]) -> None:
        self._meanings = tuple(meaning for meaning, _ in meant)
        self._whole: dict[str, int] = {}
        self._begun: dict[tuple[str, int], int] = {}
        self._ended: dict[tuple[str, int], int] = {}
        for rank, (_, words) in enumerate(meant):
            for pattern in words.split():
                for word in spelt(pattern):
                    self._put(word, rank)
        self._beginnings = sorted({(len(one), least) for one, least in self._begun})
        self._endings = sorted({(len(one), least) for one, least in self._ended})

    def _put(self, word: str, rank: int) -> None:
        if word.startswith(_BEFORE):
            ending = word.lstrip(_BEFORE)
            self._ended.setdefault((ending, len(word) - len(ending)), rank)
        elif word[-1] in _FURTHER:
            self._begun.setdefault((word[:-1], _FURTHER[word[-1]]), rank)
        else:
            self._whole.setdefault(word, rank)

    def meaning(self, word: str) -> _Meaning | None:
        """What a word means, ``None`` for one that is not in the lists."""
        rank = min(self._ranks(word), default=None)
        return None if rank is None else self._meanings[rank]

    def __contains__(self, word: str) -> bool:
        return any(True for _ in self._ranks(word))

    def _ranks(self, word: str) -> Iterator[int]:
        if word in self._whole:
            yield self._whole[word]
        for size, least in self._beginnings:
            rank = self._begun.get((word[:size], least))
            if rank is not None and len(word) - size >= least and _is_of_letters(word[size:]):
                yield rank
        if self._endings and not word.strip(_LETTERS):
            for size, least in self._endings:
                rank = self._ended.get((word[-size:], least))
                if rank is not None and len(word) - size >= least:
                    yield rank


def listed(words: str) -> WordTable[bool]:
    """Words that are asked only whether they are there."""
    return WordTable((True, words))


def _is_of_letters(ending: str) -> bool:
    """Whether an ending has nothing but letters, figures and «_»."""
    rest = ending.replace("_", "")
    return not rest or rest.isalnum()


def spelt(pattern: str) -> Iterator[str]:
    """The words a pattern stands for.

    >>> list(spelt("глав(а|ы)"))
    ['глава', 'главы']
    """
    before, bracket, after = pattern.partition("(")
    if not bracket:
        yield before
        return
    choice, _, rest = after.partition(")")
    endings = tuple(spelt(rest))
    yield from (before + one + ending for one in choice.split("|") for ending in endings)
