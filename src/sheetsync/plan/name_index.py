"""Many names, of which a text may mean a few: only those are compared with it, word by word.

Two names of schools are one only when their numbers agree and, where both have words of their own, when
they share one but for a slip. That is looked up; ``names.best_name`` judges what is left.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from sheetsync.deflate import crc32
from sheetsync.plan.name_words import NameParts, parts_of
from sheetsync.plan.names import best_name
from sheetsync.text import squeeze

_MAY_SLIP: Final = 5
"""Words of so many letters may be one word in spite of a slip."""
_PLACE_BITS: Final = 32
"""A sign of a name and, below it, the place of the name are one number of 64 bits."""
_PLACES: Final = (1 << _PLACE_BITS) - 1

_known: Final[dict[tuple[str, ...], array[int]]] = {}
"""Signs of the names that were asked for last."""


def signs_of(names: tuple[str, ...]) -> array[int]:
    """The signs of names, sorted: equal names have equal ones, in every run."""
    found = _known.get(names)
    if found is None:
        found = _made(names)
        keep_signs(names, found)
    return found


def keep_signs(names: tuple[str, ...], signs: array[int]) -> None:
    """Names whose signs are known already, from another run."""
    _known.clear()
    _known[names] = signs


class NameIndex:
    """Names to choose from, in their order."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._signs = signs_of(self._names)

    def best(self, text: str) -> tuple[str, float] | None:
        """What ``best_name`` says of all the names."""
        found = {place for sign in set(_signs_of_text(text)) for place in self._places(sign)}
        return best_name(text, [self._names[place] for place in sorted(found)])

    def _places(self, sign: int) -> Iterator[int]:
        """Names with this sign, or, seldom, with one that has the same number: they are only compared too."""
        at, after = (bisect_left(self._signs, one << _PLACE_BITS) for one in (sign, sign + 1))
        return (one & _PLACES for one in self._signs[at:after])


def _made(names: Sequence[str]) -> array[int]:
    return array(
        "Q",
        sorted(
            sign << _PLACE_BITS | place
            for place, name in enumerate(names)
            for sign in set(_signs_of_name(name))
        ),
    )


def _signs_of_name(name: str) -> Iterator[int]:
    """What a name is found by."""
    parts = parts_of(name)
    yield _same(name)
    if parts.kind is None:
        yield _BODY
        return
    yield _numbered(_NUMBER, parts)
    yield from _words(parts)
    if parts.initial or (parts.numbers and not parts.names):
        yield _numbered(_WORDLESS, parts)


def _signs_of_text(text: str) -> Iterator[int]:
    """What a text finds its names by: of schools with its numbers those that share a word, or are told
    by an initial or by the number alone."""
    parts = parts_of(text)
    yield _same(text)
    if parts.kind is None:
        yield _BODY
    elif parts.initial or (parts.numbers and not parts.names):
        yield _numbered(_NUMBER, parts)
    else:
        yield _numbered(_WORDLESS, parts)
        yield from _words(parts)


_SAME, _BODY, _NUMBER, _WORDLESS, _WORD, _HALVES = (crc32(bytes([kind])) for kind in range(6))
"""What a sign tells begins its number."""


def _same(text: str) -> int:
    return crc32(squeeze(text).lower().encode("utf-8", "surrogatepass"), _SAME)


def _numbered(kind: int, parts: NameParts) -> int:
    return crc32(",".join(map(str, sorted(parts.numbers))).encode() + b":", kind)


def _words(parts: NameParts) -> Iterator[int]:
    """Words of a name as those are found that are one but for a hyphen, a slip or a cut half."""
    as_word, as_halves = _numbered(_WORD, parts), _numbered(_HALVES, parts)
    for word in dict.fromkeys((*parts.names, *parts.places, *parts.honour)):
        letters = word.replace("-", "").encode(_TWO_BYTES, "surrogatepass")
        yield crc32(letters, as_word)
        if len(letters) >= 2 * _MAY_SLIP:
            yield from (crc32(letters[:at] + letters[at + 2 :], as_word) for at in range(0, len(letters), 2))
        if "-" in word:
            firsts = ",".join(half[:1] for half in word.split("-"))
            yield crc32(firsts.encode(_TWO_BYTES, "surrogatepass"), as_halves)


_TWO_BYTES: Final = "utf-16-le"
"""A letter of a word takes two bytes."""
