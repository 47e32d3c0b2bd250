"""How many lines a wrapped text takes in a cell, and how tall its row is for it. Pure."""

from __future__ import annotations

import math
import zlib
from bisect import bisect_right
from codecs import charmap_encode
from collections.abc import Iterable, Sequence
from encodings.cp1251 import encoding_table
from itertools import accumulate, repeat
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

_OTHER_WIDTH: Final = 0.6
_SPACE: Final = _WIDTHS[" "]

_HUNDREDTHS: Final = bytes(
    round(100 * _WIDTHS.get(bytes((code,)).decode("cp1251", "replace"), _OTHER_WIDTH)) for code in range(256)
)
"""Widths by code of a letter in cp1251, in hundredths of the font size."""

_BETWEEN: Final = b"\xff"
_PARTED: Final = _BETWEEN + _HUNDREDTHS[1:]
"""The same, with a mark in place of zeros between texts."""

_DOUBT: Final = 1e-9
_LONGEST_SUM: Final = 640
"""So many letters, however wide, come to less than where a checksum begins anew."""

_REMEMBERED: Final = 50_000


class _Steps(dict[str, float]):
    """How far a word with the space after it moves along a line; words come again and again."""

    def __missing__(self, word: str) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        width = self[word] = _extent(word) / 100 * _CAUTION + _SPACE
        return width


_STEPS: Final = _Steps()


def extents(texts: Sequence[str]) -> list[int]:
    """How long each text would be in one endless line, in hundredths of the font size.

    A hundredth more or less does not matter to who asks: it tells which texts are to be wrapped at all.
    """
    try:
        joined, _ = charmap_encode("\0".join(texts), "strict", encoding_table)
    except UnicodeEncodeError:
        return [_extent(one) for one in texts]
    parts = joined.translate(_PARTED).split(_BETWEEN)
    return _sums(parts) if len(parts) == len(texts) else [_extent(one) for one in texts]


def _extent(text: str) -> int:
    try:
        (extent,) = _sums([charmap_encode(text, "strict", encoding_table)[0].translate(_HUNDREDTHS)])
    except UnicodeEncodeError:
        return round(100 * sum(_WIDTHS.get(letter, _OTHER_WIDTH) for letter in text))
    return extent


def _sums(numbers: list[bytes]) -> list[int]:
    """The sums of bytes: the lower half of a checksum by Adler is that."""
    if max(map(len, numbers)) > _LONGEST_SUM:
        return list(map(sum, numbers))
    return [one & 0xFFFF for one in map(zlib.adler32, numbers, repeat(0))]


def most_lines(long: Iterable[int], room: float) -> list[int]:
    """How many lines paragraphs of such extents take at most: two that follow one another are longer
    than one."""
    line = 50 * max(room, 1.0) / _CAUTION
    return [int(one / line + _DOUBT) + 1 for one in long]


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
    if " " not in line:
        return math.ceil(_extent(line) / 100 * _CAUTION / room) or 1
    words = line.split(" ")
    ends = [*accumulate(map(_STEPS.__getitem__, words))]
    last, lines, reach = len(ends), 1, room + _SPACE
    begin, after = 0, bisect_right(ends, reach)
    while after < last:
        if after == begin or not words[begin]:
            return _word_by_word(words, room)
        begin, lines = after, lines + 1
        after = bisect_right(ends, ends[begin - 1] + reach, begin)
    return lines


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
