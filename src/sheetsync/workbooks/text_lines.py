"""How many lines a wrapped text takes in a cell, and how tall its row is for it. Pure."""

from __future__ import annotations

import math
import zlib
from bisect import bisect_right
from codecs import charmap_encode, register_error
from collections.abc import Iterator, Sequence
from encodings.cp1251 import encoding_table
from itertools import accumulate, islice, repeat
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

_FINE: Final = 10_000
"""Lines are reckoned in so many parts of the font size: whole numbers add up the same in any order."""

_SPACE: Final = round(_FINE * _WIDTHS[" "])
_HUNDREDTH: Final = round(_FINE * _CAUTION / 100)

_HUNDREDTHS: Final = bytes(
    round(100 * _WIDTHS.get(bytes((code,)).decode("cp1251", "replace"), _OTHER_WIDTH)) for code in range(256)
)
"""Widths by code of a letter in cp1251, in hundredths of the font size."""

_NO_LETTER: Final = b"\x98"
"""A code that is no letter in cp1251: it stands for those cp1251 does not have."""

_BETWEEN: Final = b"\xff"
_PARTED: Final = _BETWEEN + _HUNDREDTHS[1:]
"""The same, with a mark in place of zeros between texts."""

_IN_WORDS: Final = _HUNDREDTHS[: ord(" ")] + _BETWEEN + _HUNDREDTHS[ord(" ") + 1 :]
"""The same, with the mark in place of spaces between words."""

_LONGEST_SUM: Final = 640
"""So many letters, however wide, come to less than where a checksum begins anew."""

_REMEMBERED: Final = 4_000


class _Steps(dict[bytes, float]):
    """How far a word with the space after it moves along a line, by the widths of its letters.

    Words come again and again, and still more of them are as wide letter by letter.
    """

    def __missing__(self, word: bytes) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        width = self[word] = float(sum(word) * _HUNDREDTH + _SPACE)
        return width


_STEPS: Final = _Steps()


def extents(texts: Sequence[str]) -> list[int]:
    """How long each text would be in one endless line, in hundredths of the font size.

    A hundredth more or less does not matter to who asks: it tells which texts are to be wrapped at all.
    """
    parts = _coded("\0".join(texts)).translate(_PARTED).split(_BETWEEN)
    if len(parts) != len(texts):
        parts = [_coded(one).translate(_HUNDREDTHS) for one in texts]
    return _sums(parts)


def _coded(text: str) -> bytes:
    """A text with a byte for every letter."""
    coded, _ = charmap_encode(text, _UNKNOWN, encoding_table)
    return coded


def _unknown(error: UnicodeError) -> tuple[bytes, int]:
    """What stands for letters cp1251 does not have."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return _NO_LETTER * (error.end - error.start), error.end


_UNKNOWN: Final = "sheetsync.letter-of-another-script"
register_error(_UNKNOWN, _unknown)


def _sums(numbers: list[bytes]) -> list[int]:
    """The sums of bytes: the lower half of a checksum by Adler is that."""
    if max(map(len, numbers), default=0) > _LONGEST_SUM:
        return list(map(sum, numbers))
    return [one & 0xFFFF for one in map(zlib.adler32, numbers, repeat(0))]


def may_need_more(
    texts: Sequence[str], lines: Sequence[int], room: float, *, is_plain: bool = False
) -> list[int]:
    """Which of the texts may need more lines than there are; of an empty one, that is never said.

    A single word takes as many lines as it fills. Of several words two lines that follow one another
    are longer than one: half of the lines of a paragraph, but for an odd one, are full.
    """
    line = _FINE * max(room, 1.0) / _HUNDREDTH
    long = extents(texts)
    if not is_plain and not "".join(texts).isprintable():
        breaks = (max(len(text.splitlines()), 1) - 1 for text in texts)
        lines = [max(most - more, 0) for most, more in zip(lines, breaks, strict=True)]
    full = [line * (most + 1 >> 1) for most in range(max(lines, default=0) + 1)]
    return [
        step
        for step, (text, one, most) in enumerate(zip(texts, long, lines, strict=True))
        if text and one >= full[most] and (one >= most * line or not is_plain or " " in text)
    ]


def room_of(width: float, size: float) -> float:
    """The room of a line in font sizes, in a column of that width."""
    return (width * _CHARACTER - _PADDING) / size


def height_of(lines: int, size: float) -> float:
    """The height in points of so many lines in a font of that size."""
    return math.ceil(lines * size * _LINE + 1)


def line_count(text: str, room: float) -> int:
    """How many lines a text takes where a line has room for ``room`` font sizes."""
    (lines,) = line_counts((text,), room)
    return lines


def line_counts(texts: Sequence[str], room: float, *, is_plain: bool = False) -> list[int]:
    """The same for each of many texts; plain ones are known to be of one paragraph each."""
    if is_plain or "".join(texts).isprintable():
        return list(_wrapped(texts, room))
    several = [text.splitlines() or [""] for text in texts]
    each = _wrapped([line for lines in several for line in lines], room)
    return [sum(islice(each, len(lines))) for lines in several]


def _wrapped(paragraphs: Sequence[str], room: float) -> Iterator[int]:
    """Lines of each paragraph: a line takes as many whole words as have room.

    ``ends`` are where the words would end, each with its space, were all paragraphs one endless line.
    """
    room = _FINE * max(room, 1.0)
    reach = room + _SPACE
    words = _coded(" ".join(paragraphs)).translate(_IN_WORDS).split(_BETWEEN)
    ends = list(accumulate(map(_STEPS.__getitem__, words), initial=0.0))
    last = 0
    for paragraph in paragraphs:
        first = begin = last
        last, lines, limit = begin + paragraph.count(" ") + 1, 1, ends[begin] + reach
        end = ends[last]
        while end > limit:
            after = bisect_right(ends, limit, begin, last) - 1
            if after == begin or not words[begin]:
                lines = _word_by_word(words[first:last], room)
                break
            begin, lines, limit = after, lines + 1, ends[after] + reach
        yield lines


def _word_by_word(words: Sequence[bytes], room: float) -> int:
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
