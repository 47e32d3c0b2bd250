"""Notes of a sheet written as Excel, LibreOffice, openpyxl and others do."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from sheetsync.intake.plain_xml import (
    REFERENCE,
    NotPlain,
    check_markup,
    check_place,
    ends_section,
    letters_of,
    prefixes_around,
    spoken,
)
from sheetsync.patterns import at_first_use

_LOOKS: Final = "b|charset|condense|extend|family|i|outline|rFont|scheme|shadow|strike|sz|u|vertAlign"
_LOOK: Final = (
    rf'(?:<rPr>(?:<(?:{_LOOKS})(?: val="[^"<&]*")?/>|'
    r'<color(?: (?:auto|indexed|rgb|theme)="[^"<&]*")?(?: tint="[^"<&]*")?/>)*+</rPr>)?'
)
_TEXT: Final = r'<t(?: xml:space="preserve")?(?:/>|>{}</t>)'
_RUN: Final = _TEXT.format("[^<]*")
_NOTE: Final = at_first_use(
    rf'<comment ref="({REFERENCE})" authorId="([0-9]{{1,6}})"(?: shapeId="[0-9]*")?(?: (xr):uid="[^"<&]*")?>'
    rf"<text>((?:<r>{_LOOK}{_RUN}</r>|{_RUN})*+)</text></comment>"
)
_NOTE_GROUPS: Final = _NOTE.groups + 1
_SAID: Final = at_first_use(_TEXT.format("([^<]*)"))
_OPEN, _CLOSE = "<commentList>", "</commentList>"
_EMPTIED: Final = frozenset({"commentList"})
_GONE: Final = frozenset({"comment", "text", "t", "r", "rPr", "rPh"})
DEEPEST: Final = 7
"""How deep the elements of plain notes lie: comments, commentList, comment, text, r, rPr, sz."""


class PlainNote(Struct, frozen=True):
    """A note: the cell it is of, the number of its author in the list, what it says as it is stored."""

    at: str
    author: int
    text: str


class PlainNotes(Struct, frozen=True):
    """The notes of a sheet in order; who wrote them stands in the frame."""

    frame: bytes
    notes: tuple[PlainNote, ...]
    marked_up: int
    """How many elements they are made of, at most."""
    longest: int
    """Bytes of the longest note at most."""


def plain_notes(part: bytes) -> PlainNotes:
    """The notes in pieces. Raises ``NotPlain``."""
    whole = letters_of(part)
    start, end = whole.find(_OPEN) + len(_OPEN), whole.rfind(_CLOSE)
    if not len(_OPEN) <= start <= end or ends_section(whole):
        raise NotPlain
    listed, frame = whole[start:end], whole[:start] + whole[end:]
    check_markup(frame)
    found = _NOTE.split(listed)
    if any(found[::_NOTE_GROUPS]):
        raise NotPlain
    framed = frame.encode()
    at_hand = prefixes_around(framed, "comments", _EMPTIED, _GONE)
    if "xr" not in at_hand and any(found[3::_NOTE_GROUPS]):
        raise NotPlain
    notes = tuple(
        PlainNote(check_place(at), int(author), "".join(map(spoken, _SAID.findall(inside))))
        for at, author, inside in zip(
            found[1::_NOTE_GROUPS], found[2::_NOTE_GROUPS], found[4::_NOTE_GROUPS], strict=True
        )
    )
    return PlainNotes(framed, notes, listed.count("<"), len(part))
