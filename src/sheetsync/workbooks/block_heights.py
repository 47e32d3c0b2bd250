"""How tall consecutive rows must be for their wrapped texts. Pure.

Where the lines of a text break is asked only where it decides how tall a row is: in the fullest
column first, then where a text is so long that it may need more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from sheetsync.workbooks.text_lines import height_of, line_counts, most_lines

_FEW: Final = 4
"""Texts so many times fewer than rows are asked one by one."""


class Wrapped(Struct):
    """Texts of one column that wraps, row by row.

    ``room`` is that of a line in font sizes, ``size`` that of the font.
    """

    room: float
    size: float
    texts: Sequence[str]
    _heights: list[float] | None = None

    def heights(self) -> list[float]:
        """How tall each text is; reckoned once, for it is met again."""
        if self._heights is None:
            tall = _tall(self.size)
            texts = list(set(self.texts))
            heights = map(tall.__getitem__, line_counts(texts, self.room))
            known = {**dict(zip(texts, heights, strict=True)), "": 0.0}
            self._heights = list(map(known.__getitem__, self.texts))
        return self._heights

    @property
    def is_known(self) -> bool:
        """Whether little is asked to tell how tall all of them are."""
        return self._heights is not None or len(set(self.texts)) * _FEW <= len(self.texts)


def heights_of(columns: Iterable[Wrapped], usual: float, count: int) -> list[float]:
    """The heights of so many rows, none of them less than the usual one."""
    known, open_columns = [[usual] * count] * 2, []
    for column in columns:
        if not column.is_known:
            open_columns.append((sum(map(len, column.texts)) / column.room, column))
        elif max(column.heights(), default=0.0) > usual:
            known.append(column.heights())
    open_columns.sort(key=lambda one: -one[0])
    known += [column.heights() for _, column in open_columns[:1]]
    heights = list(map(max, *known))
    for _, column in open_columns[1:]:
        _decide(heights, column)
    return heights


def _decide(heights: list[float], column: Wrapped) -> None:
    """Have rows as tall as the texts of a column need, where these may need more."""
    tall, texts, asked = _tall(column.size), column.texts, []
    for step, most in enumerate(most_lines(texts, column.room)):
        text = texts[step]
        if text and tall[most] > heights[step]:
            if " " in text or not text.isprintable():
                asked.append(step)
            else:
                heights[step] = tall[most]
    counts = line_counts([texts[step] for step in asked], column.room)
    for step, lines in zip(asked, counts, strict=True):
        heights[step] = max(heights[step], tall[lines])


class _Tall(dict[int, float]):
    """Heights by the number of lines."""

    def __init__(self, size: float) -> None:
        super().__init__()
        self._size = size

    def __missing__(self, lines: int) -> float:
        height = self[lines] = height_of(lines, self._size)
        return height


@lru_cache(maxsize=64)
def _tall(size: float) -> _Tall:
    return _Tall(size)
