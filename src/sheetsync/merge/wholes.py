"""What a shown text is made of: pieces joined again, and told apart into what somebody typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

from sheetsync.grid import CELL_LIMIT, units
from sheetsync.merge.received import ItemKind
from sheetsync.merge.spelling import is_stored_value, same_value

Beside = tuple[ItemKind, str]
"""A link or a note of a cell."""

BESIDE: Final = frozenset({ItemKind.LINK, ItemKind.COMMENT})
"""What hangs on a cell; everything else is said in its own right."""

_JOINT: Final = "\n"
_FULL: Final = CELL_LIMIT - 1
"""A cut piece is that long at least: a character of two units may not have fitted."""


class Made(Struct, frozen=True):
    """A shown text explained: its own words, and the links and notes joined to them line by line."""

    words: str
    beside: frozenset[Beside]

    def says(self, kind: ItemKind, text: str) -> bool:
        """Whether a typed thing is said here: as the words, as a line, or as an address in the words."""
        if kind not in BESIDE:
            return _is_said(text, self.words)
        return (kind, text) in self.beside or (kind is ItemKind.LINK and text in self.words)


def made_of(shown: str, values: Iterable[str], beside: Iterable[Beside]) -> Made | None:
    """What a text is made of: one of the values, then any of what hangs on the cell.

    ``None`` when anything in it is nobody's: a text that says more than was typed says something else.
    """
    beside = frozenset(beside)
    for words in _beginnings(shown, values):
        joined = _lines(shown[len(words) :] if words else _JOINT + shown, beside)
        if joined is not None:
            return Made(words, joined)
    return None


def _beginnings(shown: str, values: Iterable[str]) -> Iterator[str]:
    """What may be the words of a cell; longest first, last of all none."""
    first = shown.partition(_JOINT)[0]
    found = {""}
    for one in values:
        if shown == one or shown.startswith(one + _JOINT):
            found.add(one)
        elif _is_said(one, first):
            found.add(first)
    yield from sorted(found, key=len, reverse=True)


def _is_said(typed: str, shown: str) -> bool:
    return typed == shown or (is_stored_value(typed) and same_value(typed, shown))


def _lines(rest: str, beside: frozenset[Beside]) -> frozenset[Beside] | None:
    """Which of the texts the rest consists of, each on lines of its own."""
    if not rest:
        return frozenset()
    for one in sorted(beside, key=lambda pair: (len(pair[1]), pair[0]), reverse=True):
        begun = _JOINT + one[1]
        if rest.startswith(begun) and rest[len(begun) : len(begun) + 1] in ("", _JOINT):
            others = _lines(rest[len(begun) :], beside - {one})
            if others is not None:
                return others | {one}
    return None


def wholes(text: str, continued: Iterable[Iterable[str]]) -> Iterator[str]:
    """A text as shown; of one that fills its cell also what it makes with the rows that may go on."""
    yield text
    if units(text) < _FULL:
        return
    for rows in map(tuple, continued):
        for at in range(len(rows)):
            for whole in accumulate(_going_on(rows[at:]), initial=text):
                if whole is not text:
                    yield whole


def _going_on(rows: Iterable[str]) -> Iterator[str]:
    """Rows up to the first that does not fill its cell, which is the last piece."""
    for row in rows:
        yield row
        if units(row) < _FULL:
            return


def address_of(word: str) -> str:
    """An address whatever way its letters are written in a link."""
    return unquote(word.encode("utf-8", "replace").decode()).rstrip("#")
