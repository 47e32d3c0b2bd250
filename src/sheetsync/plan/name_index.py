"""Many names, of which a text may mean a few: only those are compared with it, word by word.

Two names of schools are one only when their numbers agree and, where both have words of their own, when
they share one but for a slip. That is looked up; ``names.best_name`` judges what is left.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from sheetsync.plan.name_words import NameParts, parts_of
from sheetsync.plan.names import best_name
from sheetsync.text import squeeze

_MAY_SLIP: Final = 5
"""Words of so many letters may be one word in spite of a slip."""
_BODY: Final = "body"
_WORDLESS: Final = "wordless"


class NameIndex:
    """Names to choose from, in their order."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._by_sign: dict[int, list[int]] = {}
        """By the hashes of signs, which take a third of the room: a name too many is only compared too."""
        for place, name in enumerate(self._names):
            for sign in dict.fromkeys(_signs_of_name(name)):
                self._by_sign.setdefault(hash(sign), []).append(place)

    def best(self, text: str) -> tuple[str, float] | None:
        """What ``best_name`` says of all the names."""
        found = {place for sign in _signs_of_text(text) for place in self._by_sign.get(hash(sign), ())}
        return best_name(text, [self._names[place] for place in sorted(found)])


def _signs_of_name(name: str) -> Iterator[Hashable]:
    """What a name is found by."""
    parts = parts_of(name)
    yield _same(name)
    if parts.kind is None:
        yield _BODY
        return
    yield "number", parts.numbers
    yield from (("word", parts.numbers, word) for word in _words(parts))
    if parts.initial or (parts.numbers and not parts.names):
        yield _WORDLESS, parts.numbers


def _signs_of_text(text: str) -> Iterator[Hashable]:
    """What a text finds its names by: of schools with its numbers those that share a word, or are told
    by an initial or by the number alone."""
    parts = parts_of(text)
    yield _same(text)
    if parts.kind is None:
        yield _BODY
    elif parts.initial or (parts.numbers and not parts.names):
        yield "number", parts.numbers
    else:
        yield _WORDLESS, parts.numbers
        yield from (("word", parts.numbers, word) for word in _words(parts))


def _same(text: str) -> Hashable:
    return "same", squeeze(text).lower()


def _words(parts: NameParts) -> Iterator[Hashable]:
    """Words of a name as those are found that are one but for a hyphen, a slip or a cut half."""
    for word in dict.fromkeys((*parts.names, *parts.places, *parts.honour)):
        letters = word.replace("-", "")
        yield "word", letters
        if len(letters) >= _MAY_SLIP:
            yield from (("word", letters[:at] + letters[at + 1 :]) for at in range(len(letters)))
        if letters != word:
            yield "halves", *(half[:1] for half in word.split("-"))
