"""A text as the finders read it: one space, ё as е, one dash, Cyrillic look-alikes; places remembered.

Two spellings of one cell that differ in spaces, line breaks or soft hyphens read the same, so they
are masked alike; everything outside a masked stretch stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.patterns import at_first_use
from sheetsync.privacy.spans import Span

_DROPPED: Final = "\u00ad"
_SPACES: Final = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"
    + "".join(map(chr, range(0x2000, 0x200C)))
)
_SAME_LENGTH: Final = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("«»„“”‟", '"')
    | dict.fromkeys("‘’`", "'")
    | {"ё": "е", "Ё": "Е"}
)
_LOOKALIKES: Final = str.maketrans("ABCEHKMOPTXYaceopxyu", "АВСЕНКМОРТХУасеорхуи")
_WORD: Final = at_first_use("[A-Za-zА-Яа-яЁё]+")
_CYRILLIC: Final = at_first_use("[А-Яа-яЁё]")
_LATIN: Final = at_first_use("[A-Za-z]")
_LONE_LETTER: Final = at_first_use(r"(?<![A-Za-z@:/.])[ABCEHKMOPTX](?![A-Za-z@])")
_BENDS: Final = {("и", "\u0306"): "й", ("И", "\u0306"): "Й", ("е", "\u0308"): "е", ("Е", "\u0308"): "Е"}
_UNEVEN: Final = at_first_use("  |^ | $|[\u00ad\u0306\u0308]")


class Normal(Struct, frozen=True):
    """``text`` is read, ``places`` say where each of its letters stood (``None``: at the same place)."""

    text: str
    low: str
    size: int
    places: tuple[int, ...] | None = None

    def placed(self, spans: Iterable[Span]) -> list[Span]:
        """The same spans over the text as it was typed."""
        if self.places is None:
            return list(spans)
        return [replace(one, start=self.places[one.start], end=self._end(one)) for one in spans]

    def _end(self, span: Span) -> int:
        """Where a span ends as typed; a space at its end stands for all that were typed there."""
        places = (*(self.places or ()), self.size)
        return places[span.end] if self.text[span.end - 1] == " " else places[span.end - 1] + 1


def normal(typed: str) -> Normal:
    """What a text says, letter by letter."""
    text = typed.translate(_SAME_LENGTH)
    places: tuple[int, ...] | None = None
    if _UNEVEN.search(text):
        text, places = _evened(text)
    if _LATIN.search(text):
        text = _LONE_LETTER.sub(_cyrillic, _WORD.sub(_of_one_alphabet, text))
    return Normal(text, _lower(text), len(typed), places)


def _evened(text: str) -> tuple[str, tuple[int, ...]]:
    """Without soft hyphens and repeated or outer spaces, letters with their marks as one."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        before = letters[-1] if letters else " "
        if (before, letter) in _BENDS:
            letters[-1] = _BENDS[before, letter]
        elif letter not in _DROPPED and not (letter == " " == before):
            letters.append(letter)
            places.append(place)
    if letters and letters[-1] == " ":
        del letters[-1], places[-1]
    return "".join(letters), tuple(places)


def _of_one_alphabet(found: re.Match[str]) -> str:
    """A word that mixes the alphabets, in Cyrillic."""
    return _cyrillic(found) if _CYRILLIC.search(found[0]) else found[0]


def _cyrillic(found: re.Match[str]) -> str:
    return found[0].translate(_LOOKALIKES)


def _lower(text: str) -> str:
    """Lower case, letter for letter («İ» has two small letters)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one.lower()[0] for one in text)
