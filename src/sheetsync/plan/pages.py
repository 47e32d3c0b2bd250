"""A page that was scanned twice gives its rows twice; the better reading is kept.

Two runs of rows are one page when they agree row by row, slips of the scanner aside. The reading
whose own words the rest of the document uses too is the better one; else the later, for a page is
scanned again because the first time went wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from sheetsync.plan.headers import ColumnKind
from sheetsync.plan.printed import Line, PrintedRow
from sheetsync.text import plain, skeleton, words

Body = Sequence[Line | PrintedRow]

_SAME_ROW: Final = 84.0
_STEM: Final = 6


@dataclass(frozen=True, slots=True)
class Undoubled:
    """The body without repeated pages, and how many rows were left out."""

    body: tuple[Line | PrintedRow, ...]
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class _Repeat:
    first: int
    second: int
    length: int


def undoubled(body: Body, elsewhere: Iterable[str] = ()) -> Undoubled:
    """Take repeated pages out of a plan's rows; ``elsewhere`` is the text around the plan."""
    around = {_stem(word) for text in elsewhere for word in words(text)}
    rows = list(body)
    dropped = 0
    while repeat := _find(rows):
        first = rows[repeat.first : repeat.first + repeat.length]
        second = rows[repeat.second : repeat.second + repeat.length]
        rest = rows[: repeat.first] + rows[repeat.second + repeat.length :]
        kept, other = (first, second) if _better(first, second, rest, around) else (second, first)
        del rows[repeat.second : repeat.second + repeat.length]
        rows[repeat.first : repeat.first + repeat.length] = map(_with_other, kept, other)
        dropped += repeat.length
    return Undoubled(tuple(rows), dropped)


def _with_other(kept: Line | PrintedRow, other: Line | PrintedRow) -> Line | PrintedRow:
    """The row kept, with the other reading where the two differ."""
    if isinstance(kept, Line) or _letters(kept) == _letters(other):
        return kept
    return replace(kept, other_reading=other.text)


def _find(rows: Body) -> _Repeat | None:
    """The first run that repeats an earlier one from the top of a page."""
    for second, row in enumerate(rows):
        if not (isinstance(row, PrintedRow) and row.opens_page):
            continue
        best = max(
            (_Repeat(first, second, _run(rows, first, second)) for first in range(second)),
            key=lambda one: one.length,
            default=None,
        )
        if best and _is_page(best, rows):
            return best
    return None


def _run(rows: Body, first: int, second: int) -> int:
    """How many rows from ``first`` on are repeated from ``second`` on."""
    length = 0
    while first + length < second and second + length < len(rows):
        if not _same(rows[first + length], rows[second + length]):
            break
        length += 1
    return length


def _is_page(repeat: _Repeat, rows: Body) -> bool:
    adjacent = repeat.first + repeat.length == repeat.second
    if repeat.length > 2 or (repeat.length == 2 and adjacent):
        return True
    row = rows[repeat.first]
    numbered = isinstance(row, PrintedRow) and bool(row.one(ColumnKind.NUMBER))
    return repeat.length == 1 and adjacent and numbered and _letters(row) == _letters(rows[repeat.second])


def _same(a: Line | PrintedRow, b: Line | PrintedRow) -> bool:
    one, other = _letters(a), _letters(b)
    if one == other:
        return bool(one)
    longer = max(len(one), len(other))
    if min(len(one), len(other)) < longer * 0.7 or _digits(a) != _digits(b):
        return False
    if fuzz.ratio(one, other, score_cutoff=_SAME_ROW) < _SAME_ROW:
        return False
    return fuzz.ratio(_when(a), _when(b)) >= _SAME_ROW


def _letters(one: Line | PrintedRow) -> str:
    return _skeleton(one.text)


@lru_cache(maxsize=4096)
def _skeleton(text: str) -> str:
    return skeleton(text)


def _digits(one: Line | PrintedRow) -> list[str]:
    return re.findall(r"\d+", one.text)


def _when(one: Line | PrintedRow) -> str:
    return plain(one.one(ColumnKind.DEADLINE)) if isinstance(one, PrintedRow) else ""


def _better(first: Body, second: Body, rest: Body, around: set[str]) -> bool:
    """The first reading is better: more of the words only it has are used elsewhere."""
    used = around | {_stem(word) for one in rest for word in words(one.text)}
    one = {_stem(word) for row in first for word in words(row.text)}
    other = {_stem(word) for row in second for word in words(row.text)}
    return len((one - other) & used) > len((other - one) & used)


def _stem(word: str) -> str:
    return word[:_STEM]
