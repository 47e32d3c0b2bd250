"""How tall consecutive rows must be for their wrapped texts. Pure.

Where the lines of a text break is asked only where it decides how tall a row is: first in the fullest
column, then where a text is so long that it may need more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from sheetsync.workbooks.text_lines import extents, height_of, line_count, most_lines

_FEW: Final = 4
"""Texts so many times fewer than rows are asked one by one."""


class Wrapped(Struct):
    """Texts of one column that wraps, row by row.

    ``room`` is that of a line in font sizes, ``size`` that of the font. Plain texts have one paragraph.
    """

    room: float
    size: float
    texts: Sequence[str]
    is_plain: bool
    _heights: list[float] | None = None

    def heights(self) -> list[float]:
        """How tall each text is; reckoned once, for it is met again."""
        if self._heights is None:
            tall = _tall(self.size)
            known = {one: tall[line_count(one, self.room)] if one else 0.0 for one in set(self.texts)}
            self._heights = list(map(known.__getitem__, self.texts))
        return self._heights

    @property
    def is_known(self) -> bool:
        """Whether little is asked to tell how tall all of them are."""
        return self._heights is not None or len(set(self.texts)) * _FEW <= len(self.texts)


def heights_of(columns: Iterable[Wrapped], usual: float, count: int) -> list[float]:
    """The heights of so many rows, none of them less than the usual one."""
    heights, open_columns = [usual] * count, []
    for column in columns:
        if column.is_known:
            heights = list(map(max, heights, column.heights()))
        else:
            open_columns.append((sum(map(len, column.texts)) / column.room, column))
    for place, (_, column) in enumerate(sorted(open_columns, key=lambda one: -one[0])):
        if place:
            _decide(heights, column)
        else:
            heights = list(map(max, heights, column.heights()))
    return heights


def _decide(heights: list[float], column: Wrapped) -> None:
    """Have rows as tall as the texts of a column need, where these may need more."""
    tall, room, texts = _tall(column.size), column.room, column.texts
    most = most_lines(extents(texts), room)
    if not column.is_plain:
        most = [lines + len(text.splitlines()) - 1 for lines, text in zip(most, texts, strict=True)]
    for step, text in enumerate(texts):
        if text and tall[most[step]] > heights[step]:
            heights[step] = max(heights[step], tall[line_count(text, room)])


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
