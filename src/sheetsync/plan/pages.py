"""A page that was scanned twice gives its rows twice; the better reading is kept.

Two runs of rows are one page when they agree row by row, slips of the scanner aside. The reading
whose own words the rest of the document uses too is the better one; else the later, for a page is
scanned again because the first time went wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz

from sheetsync.plan.headers import ColumnKind
from sheetsync.plan.printed import Line, PrintedRow
from sheetsync.text import plain, skeleton, squeeze, words

Body = Sequence[Line | PrintedRow]

_SAME_ROW: Final = 84.0
_HEAD, _SAME_HEAD = 24, 60.0
"""How the first letters must agree before two rows are compared in full."""
_STEM: Final = 6


class Undoubled(Struct, frozen=True):
    """The body without repeated pages, and how many rows were left out."""

    body: tuple[Line | PrintedRow, ...]
    dropped: int = 0


_Match = tuple[int, int]
"""How many rows of each copy are one row of the plan: a page may break a row in one copy only."""


class _Repeat(Struct, frozen=True):
    """A run of rows and the run that repeats it, matched row by row."""

    first: int
    second: int
    matches: tuple[_Match, ...]

    @property
    def first_end(self) -> int:
        return self.first + sum(one for one, _ in self.matches)

    @property
    def second_end(self) -> int:
        return self.second + sum(other for _, other in self.matches)

    @property
    def is_adjacent(self) -> bool:
        return self.first_end == self.second


def undoubled(body: Body, elsewhere: Iterable[str] = ()) -> Undoubled:
    """Take repeated pages out of a plan's rows; ``elsewhere`` is the text around the plan."""
    around = {_stem(word) for text in elsewhere for word in words(text)}
    rows = list(body)
    dropped = 0
    while repeat := _find(rows):
        first, second = rows[repeat.first : repeat.first_end], rows[repeat.second : repeat.second_end]
        used = around | _stems([*rows[: repeat.first], *rows[repeat.second_end :]])
        if _better(first, second, used):
            kept, other = _with_other(first, second, repeat.matches), second
        else:
            kept, other = _with_other(second, first, [(two, one) for one, two in repeat.matches]), first
        del rows[repeat.second : repeat.second_end]
        rows[repeat.first : repeat.first_end] = kept
        dropped += len(other)
    return Undoubled(tuple(rows), dropped)


def _with_other(kept: Body, other: Body, matches: Iterable[_Match]) -> list[Line | PrintedRow]:
    """The rows kept, each with the other reading where the two differ."""
    rows: list[Line | PrintedRow] = []
    here = there = 0
    for one, two in matches:
        own, others = kept[here : here + one], other[there : there + two]
        head = own[0]
        if isinstance(head, PrintedRow) and _letters(own) != _letters(others):
            head = replace(head, other_reading=_text(others))
        rows += [head, *own[1:]]
        here, there = here + one, there + two
    return rows


# --- finding a repeated page --------------------------------------------------------------------


def _find(rows: Body) -> _Repeat | None:
    """The first run of rows that repeats an earlier one."""
    heads = [_skeleton(row.text)[:_HEAD] for row in rows]
    for second, head in enumerate(heads):
        alike = [first for first in range(second) if fuzz.ratio(heads[first], head) >= _SAME_HEAD]
        found = [_Repeat(first, second, tuple(_run(rows, first, second))) for first in alike]
        best = max(found, key=lambda one: len(one.matches), default=None)
        if best and _is_page(best, rows):
            return best
    return None


def _run(rows: Body, first: int, second: int) -> Iterator[_Match]:
    """The rows from ``first`` on that are repeated from ``second`` on."""
    here, there = first, second
    while here < second and there < len(rows):
        match = next(
            (
                (one, two)
                for one, two in ((1, 1), (2, 1), (1, 2))
                if here + one <= second and _same(rows[here : here + one], rows[there : there + two])
            ),
            None,
        )
        if match is None:
            return
        yield match
        here, there = here + match[0], there + match[1]


def _is_page(repeat: _Repeat, rows: Body) -> bool:
    """Plans repeat rows on purpose, section by section: only a run right after itself, or one of
    numbers that are never given twice, is a page."""
    start, length = rows[repeat.second], len(repeat.matches)
    opens_page = isinstance(start, PrintedRow) and start.opens_page
    if repeat.is_adjacent and length > (1 if opens_page else 2):
        return True
    numbered = all(_has_own_number(row) for row in rows[repeat.first : repeat.first_end])
    if repeat.is_adjacent and length == 1:
        same = _letters(rows[repeat.first : repeat.first_end]) == _letters(
            rows[repeat.second : repeat.second_end]
        )
        return opens_page and numbered and same
    return length > 2 and opens_page and numbered


def _has_own_number(row: Line | PrintedRow) -> bool:
    """«2.10» is given once in a plan; «1» comes again in every section. Headings need no number."""
    if isinstance(row, Line) or len(row.filled) == 1:
        return True
    return bool(re.match(r"\d+\s?[.,]\s?\d", row.one(ColumnKind.NUMBER)))


def _same(one: Body, other: Body) -> bool:
    """The rows say the same, slips of the scanner aside."""
    a, b = _letters(one), _letters(other)
    if a == b:
        return bool(a)
    if min(len(a), len(b)) < max(len(a), len(b)) * 0.7 or _digits(one) != _digits(other):
        return False
    if fuzz.ratio(a, b, score_cutoff=_SAME_ROW) < _SAME_ROW:
        return False
    return fuzz.ratio(_when(one), _when(other)) >= _SAME_ROW


def _text(rows: Body) -> str:
    """The rows as one, cell by cell."""
    cells = [one.cells if isinstance(one, PrintedRow) else (one.text,) for one in rows]
    return squeeze(" ".join(" ".join(column) for column in zip_longest(*cells, fillvalue="")))


def _letters(rows: Body) -> str:
    return _skeleton(_text(rows))


@lru_cache(maxsize=4096)
def _skeleton(text: str) -> str:
    return skeleton(text)


def _digits(rows: Body) -> list[str]:
    return re.findall(r"\d+", _text(rows))


def _when(rows: Body) -> str:
    return plain(" ".join(one.one(ColumnKind.DEADLINE) for one in rows if isinstance(one, PrintedRow)))


# --- which reading is better --------------------------------------------------------------------


def _better(first: Body, second: Body, used: set[str]) -> bool:
    """The first reading is better: more of the words only it has are used elsewhere."""
    one, other = _stems(first), _stems(second)
    return len((one - other) & used) > len((other - one) & used)


def _stems(rows: Body) -> set[str]:
    return {_stem(word) for row in rows for word in words(row.text)}


def _stem(word: str) -> str:
    return word[:_STEM]
