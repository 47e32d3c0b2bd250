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

from sheetsync.workbooks.text_lines import height_of, line_count, line_counts, may_need_more

_FEW: Final = 4
"""Texts so many times fewer than rows are asked one by one."""


class Reckoned(Struct, frozen=True):
    """How tall rows must be for one column: each of them, and the lowest and the tallest."""

    heights: Sequence[float]
    lowest: float
    tallest: float


class Wrapped(Struct):
    """One column that wraps: what its cells hold, row by row or in all rows alike, and the texts among that.

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
            heights = self._heights_of_few() if self.is_known else self._heights_of_many()
            self._reckoned = Reckoned(heights, min(heights, default=0.0), max(heights, default=0.0))
        return self._reckoned

    def _heights_of_few(self) -> list[float]:
        lines = map(_lines_of, self.texts, repeat(self.room))
        known: dict[object, float] = dict(
            zip(self.texts, map(_tall(self.size).__getitem__, lines), strict=True)
        )
        return list(map(known.get, self.values, repeat(0.0)))

    def _heights_of_many(self) -> list[float]:
        tall, texts = _tall(self.size), self.row_texts()
        counts = line_counts(texts, self.room, is_plain=self.is_plain)
        return [tall[lines] if text else 0.0 for text, lines in zip(texts, counts, strict=True)]

    def row_texts(self) -> list[str]:
        """The text of each row; «» of one that holds none."""
        return [one if type(one) is str else "" for one in self.values]

    @property
    def is_known(self) -> bool:
        """Whether little is asked to tell how tall all of them are."""
        return self._reckoned is not None or len(self.texts) * _FEW <= len(self.values) or not self.values[1:]


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
    tall, is_plain = _tall(column.size), column.is_plain
    texts = column.row_texts()
    there = list(map(tall.within.__getitem__, heights))
    asked = may_need_more(texts, there, column.room, is_plain=is_plain)
    if not asked:
        return
    counts = line_counts([texts[step] for step in asked], column.room, is_plain=is_plain)
    for step, lines in zip(asked, counts, strict=True):
        heights[step] = max(heights[step], tall[lines])


class _Tall(dict[int, float]):
    """Heights by the number of lines; ``within`` is how many lines a height has room for."""

    def __init__(self, size: float) -> None:
        super().__init__()
        self._size = size
        self.within = _Within(self)

    def __missing__(self, lines: int) -> float:
        height = self[lines] = height_of(lines, self._size)
        return height


class _Within(dict[float, int]):
    """Lines by height; there are no more heights than numbers of lines."""

    def __init__(self, tall: _Tall) -> None:
        super().__init__()
        self._tall = tall

    def __missing__(self, height: float) -> int:
        lines = 0
        while self._tall[lines + 1] <= height:
            lines += 1
        self[height] = lines
        return lines


_lines_of: Final = lru_cache(maxsize=4096)(line_count)


@lru_cache(maxsize=64)
def _tall(size: float) -> _Tall:
    return _Tall(size)
