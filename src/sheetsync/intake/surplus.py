"""What a part holds in vain: painted rows nobody filled, texts no cell asks for, notes by the thousand.

A long part is thinned before anything is made of it, so that such a copy costs little more than an
ordinary one. Only what is marked up as most programs do it is known to be idle; all else stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sheetsync.patterns import at_first_use

_MANY_NOTES: Final = 5_000
"""Of one sheet; an ordinary copy has tens."""
NOTES_READ: Final = 1_000
"""Of the notes of a sheet that has more than many."""
ELEMENTS_OF_NOTE: Final = 3
TEXTS_PART: Final = "/sharedstrings.xml"
"""What the part of shared texts is called; it can be thinned when all sheets are known."""
LONGEST: Final = 32 << 20
"""Bytes of a part that is unpacked to be thinned, however little may be left of it."""
_SHORTEST_NOTE: Final = len('<comment ref="A1" authorId="0"><text/></comment>')
_FEW_NOTES: Final = _MANY_NOTES * _SHORTEST_NOTE
_LONG: Final = 1 << 20
_ROW_ATTRIBUTES: Final = rb'(?: (?!hidden)[a-zA-Z0-9:]+="[^"<&]*")*+'
_IDLE_ROWS: Final = at_first_use(
    rb'(?:<row r="[0-9]+"' + _ROW_ATTRIBUTES + rb"(?:/>|>"
    rb'(?:<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?/>)*+</row>))++'
)
_ASKED: Final = at_first_use(
    rb' t="s"[^<>]*(?:/>|>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?(?:<v/>|<v>([0-9]{1,9})</v>)?</c>)'
)
_TEXT_TYPE: Final = at_first_use(rb"""\st\s*=\s*["']s["']""")
_DECLARATION: Final = b"<!"
_SHEET: Final = b"<sheetData"
_ANY_SHEET: Final = b"sheetData"
_TEXT_END, _TEXTS_END = b"</si>", b"</sst>"
_NOTE_LISTS: Final = ((b"comment", b"</commentList>"), (b"threadedComment", b"</ThreadedComments>"))


def thinned(name: str, part: bytes, others: Iterable[bytes]) -> tuple[bytes, int]:
    """A part without what it holds in vain, and how many of its notes were left out.

    ``others`` are all other parts, when it is the shared texts: those are kept that their cells ask for.
    """
    if len(part) < _FEW_NOTES or _DECLARATION in part:
        return part, 0  # in a comment nothing is what it looks like
    if len(part) > _LONG and _SHEET in part:
        return _without_idle_rows(part), 0
    if len(part) > _LONG and name.endswith(TEXTS_PART) and part.rstrip().endswith(_TEXTS_END):
        return _without_idle_texts(part, [one for one in others if _ANY_SHEET in one]), 0
    for item, end in _NOTE_LISTS:
        if (many := part.count(b"<" + item + b" ")) > _MANY_NOTES and end in part:
            kept = _first(part, b"</" + item + b">", NOTES_READ)
            return kept + part[part.rindex(end) :], many - NOTES_READ
    return part, 0


def _without_idle_rows(part: bytes) -> bytes:
    """The sheet without rows that are only painted; each of those left says which row it is."""
    return _IDLE_ROWS.sub(b"", part) if part.count(b"<row") == part.count(b'<row r="') else part


def _without_idle_texts(part: bytes, sheets: Iterable[bytes]) -> bytes:
    """The shared texts as far as the last one a cell asks for; all, where that is not plain to see."""
    last = -1
    for sheet in sheets:
        asked = _ASKED.findall(sheet)
        if _SHEET not in sheet or len(asked) != len(_TEXT_TYPE.findall(sheet)):
            return part
        last = max(last, *map(int, filter(None, asked)), -1)
    kept = max(last, 0) + 1
    return _first(part, _TEXT_END, kept) + _TEXTS_END if kept < part.count(_TEXT_END) else part


def _first(part: bytes, end: bytes, count: int) -> bytes:
    """A part as far as the end of so many of its elements."""
    at = 0
    for _ in range(count):
        at = part.index(end, at) + len(end)
    return part[:at]
