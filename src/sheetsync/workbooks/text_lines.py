"""How many lines a wrapped text takes in a cell, and how tall its row is for it. Pure."""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import accumulate
from typing import Final

MAX_HEIGHT: Final = 409.0
"""Points; Excel has no taller rows."""

BOLD: Final = 1.05
"""How much wider bold letters are."""

_CHARACTER: Final = 5.25
"""Points of one unit of column width: a digit of the usual font, Calibri 11."""

_PADDING: Final = 4.0
_LINE: Final = 1.25
"""Height of a line in font sizes."""

_CAUTION: Final = 1.01
"""Texts are reckoned a little wider than they are: a spare line is better than a cut one."""

_WIDTHS: Final = {
    letter: width
    for width, letters in (
        (0.23, " ijlI,.:;'|"),
        (0.31, "fJ()-[]{}"),
        (0.36, "гrt!"),
        (0.41, 'зстcszL"/'),
        (0.46, "кухчьэяГЗgkvxyFSZ?"),
        (0.51, "авеёлпЕЁРТХ0123456789aeEKPTXY#$*+<=>~_«»–"),
        (0.55, "бдийнорцъБВКСУЧЬЭЯbdhnopquBCRV"),
        (0.62, "фАЛНПЪADH"),
        (0.66, "ыДИЙОЦGNOQU"),
        (0.72, "жмюФw%&…"),
        (0.77, "шщЫ"),
        (0.81, "Жm"),
        (0.91, "МШЩЮМW@—"),
        (1.00, "№"),
    )
    for letter in letters
}
"""Widths of letters in font sizes, as in Calibri; others are reckoned wide."""

WIDEST: Final = max(_WIDTHS.values()) * _CAUTION
"""No letter is reckoned wider."""

_OTHER_WIDTH: Final = 0.6
_SPACE: Final = _WIDTHS[" "]
_REMEMBERED: Final = 50_000


class _Steps(dict[str, float]):
    """How far a word with the space after it moves along a line; words come again and again."""

    def __missing__(self, word: str) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        width = sum(_WIDTHS.get(letter, _OTHER_WIDTH) for letter in word) * _CAUTION + _SPACE
        self[word] = width
        return width


_STEPS: Final = _Steps()


def room_of(width: float, size: float) -> float:
    """The room of a line in font sizes, in a column of that width."""
    return (width * _CHARACTER - _PADDING) / size


def height_of(lines: int, size: float) -> float:
    """The height in points of so many lines in a font of that size."""
    return math.ceil(lines * size * _LINE + 1)


def line_count(text: str, room: float) -> int:
    """How many lines a text takes where a line has room for ``room`` font sizes."""
    if "\n" not in text:
        if len(text) < room:
            return 1
        if text.isprintable():
            return _wrapped(text, max(room, 1.0))
    return sum(_wrapped(line, max(room, 1.0)) for line in text.splitlines() or [""])


def _wrapped(line: str, room: float) -> int:
    """Lines of one paragraph: each takes as many whole words as have room.

    ``ends`` are where the words would end, each with its space, were the line endless.
    """
    words = line.split(" ")
    ends = list(accumulate(map(_STEPS.__getitem__, words)))
    last, at, lines, reach = len(ends), 0, 1, room + _SPACE
    begin = 0.0
    while True:
        after = bisect_right(ends, begin + reach, at)
        if after == last:
            return lines
        if after == at or not words[at]:
            return _word_by_word(words, room)
        lines, at, begin = lines + 1, after, ends[after - 1]


def _word_by_word(words: list[str], room: float) -> int:
    """The same where a word is longer than a line, or spaces stand where a line begins."""
    lines, used = 1, 0.0
    for word in words:
        width = _STEPS[word] - _SPACE if word else 0.0
        if used and used + _SPACE + width > room:
            lines, used = lines + 1, 0.0
        used += width + (_SPACE if used else 0.0)
        if used > room:
            whole = math.ceil(used / room) - 1
            lines, used = lines + whole, used - whole * room
    return lines
