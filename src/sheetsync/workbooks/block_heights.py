"""How tall consecutive rows must be for their wrapped texts. Pure.

Where the lines of a text break is asked only where it decides how tall a row is: in the fullest
column first, then where a text is so long that it may need more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Final

from msgspec import Struct

from sheetsync.workbooks.text_lines import height_of, line_counts, may_need_more

_FEW: Final = 4
"""Texts so many times fewer than rows are asked one by one."""


class Reckoned(Struct, frozen=True):
    """How tall rows must be for one column: each of them, and the lowest and the tallest."""

    heights: Sequence[float]
    lowest: float
    tallest: float


class Wrapped(Struct):
    """One column that wraps: what its cells hold, row by row, and the different texts among that.

    ``room`` is that of a line in font sizes, ``size`` that of the font. Texts are plain when each is one
    paragraph with nothing unseen in it.
    """

    room: float
    size: float
    values: Sequence[object]
    texts: Sequence[str]
    is_plain: bool = False
    _reckoned: Reckoned | None = None

    def reckoned(self) -> Reckoned:
        """How tall all of them are; reckoned once, for the column is met again."""
        if self._reckoned is None:
            tall = _tall(self.size)
            lines = line_counts(self.texts, self.room, is_plain=self.is_plain)
            known: dict[object, float] = dict(zip(self.texts, map(tall.__getitem__, lines), strict=True))
            heights = list(map(known.get, self.values, repeat(0.0)))
            self._reckoned = Reckoned(heights, min(heights, default=0.0), max(heights, default=0.0))
        return self._reckoned

    @property
    def is_known(self) -> bool:
        """Whether little is asked to tell how tall all of them are."""
        return self._reckoned is not None or len(self.texts) * _FEW <= len(self.values)


def heights_of(columns: Iterable[Wrapped], usual: float, count: int) -> list[float]:
    """The heights of so many rows, none of them less than the usual one."""
    known, open_columns = [], []
    for column in columns:
        if column.is_known:
            known.append(column.reckoned())
        else:
            open_columns.append((sum(map(len, column.texts)) / column.room, column))
    open_columns.sort(key=lambda one: -one[0])
    known += [column.reckoned() for _, column in open_columns[:1]]
    floor = max((usual, *(one.lowest for one in known)))
    above = [one.heights for one in known if one.tallest > floor]
    heights = list(map(max, repeat(floor, count), *above)) if above else [floor] * count
    for _, column in open_columns[1:]:
        _decide(heights, column)
    return heights


def _decide(heights: list[float], column: Wrapped) -> None:
    """Have rows as tall as the texts of a column need, where these may need more."""
    tall = _tall(column.size)
    texts = [one if isinstance(one, str) else "" for one in column.values]
    room = map(tall.lines_within, heights)
    asked = may_need_more(texts, list(room), column.room, is_plain=column.is_plain)
    counts = line_counts([texts[step] for step in asked], column.room, is_plain=column.is_plain)
    for step, lines in zip(asked, counts, strict=True):
        heights[step] = max(heights[step], tall[lines])


class _Tall(dict[int, float]):
    """Heights by the number of lines."""

    def __init__(self, size: float) -> None:
        super().__init__()
        self._size = size
        self.lines_within = lru_cache(maxsize=1024)(self._lines_within)
        """How many lines a height has room for."""

    def __missing__(self, lines: int) -> float:
        height = self[lines] = height_of(lines, self._size)
        return height

    def _lines_within(self, height: float) -> int:
        lines = 0
        while self[lines + 1] <= height:
            lines += 1
        return lines


@lru_cache(maxsize=64)
def _tall(size: float) -> _Tall:
    return _Tall(size)
