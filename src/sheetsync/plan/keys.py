"""Keys of activities: the same order gives the same keys, whatever file it comes in.

A key is made from the letters of the title, so numbering, line breaks, quotes and spaces do not
touch it. It holds consonants only: Excel never takes it for a number, a date, TRUE or a cell.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Final

from sheetsync.text import skeleton

_LETTERS: Final = "bcdfghjkmnpqrstvwxz"
_LENGTH: Final = 8


def keys_of(titles: Iterable[str]) -> tuple[str, ...]:
    """A key for each title; equal titles are told apart by their order."""
    seen: Counter[str] = Counter()
    given: set[str] = set()
    keys = []
    for title in titles:
        letters = skeleton(title)
        key = _key(letters, seen[letters])
        while key in given:
            seen[letters] += 1
            key = _key(letters, seen[letters])
        seen[letters] += 1
        given.add(key)
        keys.append(key)
    return tuple(keys)


def _key(letters: str, repeat: int) -> str:
    digest = hashlib.sha256(f"{letters}/{repeat}".encode()).digest()
    number = int.from_bytes(digest[:8], "big")
    key = ""
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        key += _LETTERS[place]
    return key
