"""Rows of a long table as finished bytes: made where the rows are judged, kept, and spliced later.

A block is some consecutive rows of one table, written for one workbook. What of the workbook decides
how they are written is a ``RowFormat``: a small value a worker process gets once. The bytes of a block
are compressed so that they can stand one after another in a part of a package, in any number, without
being looked into.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final, NamedTuple

from msgspec import Struct

from sheetsync.deflate import crc32, deflated, inflated
from sheetsync.patterns import at_first_use

_ROW_NUMBER: Final = at_first_use(rb'(<(?:row|c) r="[A-Z]*)(\d+)')
_LINK_NUMBER: Final = at_first_use(rb'((?:<hyperlink ref|:id)="(?:link)?[A-Z]+)(\d+)')
_RELATION_NUMBER: Final = at_first_use(rb'(<Relationship Id="link[A-Z]+)(\d+)')


class ColumnFormat(Struct, frozen=True):
    """One column of the table, where it stands in the workbook.

    ``place`` is where its values stand in the rows given; None for an empty column of the office's own.
    ``style``, ``quoted`` and ``dated`` are the looks of a value, of a text that another program would
    take for something else, and of a day. ``room`` is that of a line of wrapped text in font sizes,
    0 when the column does not wrap or is hidden; ``size`` is that of its font.
    """

    letters: str
    place: int | None
    style: int = 0
    quoted: int = 0
    dated: int = 0
    room: float = 0.0
    size: float = 11.0


class RowFormat(Struct, frozen=True):
    """Everything of a workbook that decides how rows of one table are written.

    ``attributes`` are those of a row, as XML. ``relation_type`` is the type hyperlinks have in the
    relations of this workbook.
    """

    columns: tuple[ColumnFormat, ...]
    attributes: str = ""
    default_height: float = 15.0
    since_1904: bool = False
    relation_type: str = ""

    @property
    def digest(self) -> str:
        """Equal for formats that write equal bytes: blocks of another digest are of no use."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


class Piece(NamedTuple):
    """Bytes of a part, compressed to be followed by others: raw deflate ended by a full flush.

    ``crc`` and ``size`` are those of the bytes before compression.
    """

    data: bytes | memoryview
    crc: int
    size: int


NOTHING: Final = Piece(b"", 0, 0)


class Block(NamedTuple):
    """Consecutive rows of a table, the first of them in sheet row ``first_row``.

    ``links`` are the hyperlinks of these rows as elements of the sheet part, ``relations`` the
    addresses outside they lead to, as elements of the part's relations. A note is (row, place of its
    column in the rows given, text).
    """

    first_row: int
    row_count: int
    rows: Piece
    links: Piece = NOTHING
    relations: Piece = NOTHING
    link_count: int = 0
    notes: tuple[tuple[int, int, str], ...] = ()
    has_formulas: bool = False

    @property
    def next_row(self) -> int:
        return self.first_row + self.row_count


def packed(text: str) -> Piece:
    """A text as a piece of a part."""
    return packed_bytes(text.encode())


def packed_bytes(data: bytes) -> Piece:
    """Bytes as a piece of a part."""
    return Piece(deflated(data, is_last=False), crc32(data), len(data)) if data else NOTHING


def unpacked(piece: Piece) -> bytes:
    """The bytes of a piece; ``ValueError`` when they are not those that were packed."""
    data = inflated(piece.data) if piece.data else b""
    if len(data) != piece.size or crc32(data) != piece.crc:
        raise ValueError("a block of rows is damaged")
    return data


def moved(block: Block, first_row: int) -> Block:
    """The same rows at another place of the sheet: cheaper than writing them again."""
    delta = first_row - block.first_row
    if not delta:
        return block

    def changed(piece: Piece, number: re.Pattern[bytes]) -> Piece:
        return packed_bytes(_renumbered(unpacked(piece), number, delta)) if piece.size else piece

    return block._replace(
        first_row=first_row,
        rows=changed(block.rows, _ROW_NUMBER),
        links=changed(block.links, _LINK_NUMBER),
        relations=changed(block.relations, _RELATION_NUMBER),
        notes=tuple((row + delta, place, text) for row, place, text in block.notes),
    )


def _renumbered(data: bytes, number: re.Pattern[bytes], delta: int) -> bytes:
    """The second group of every find is a number, and becomes another one; many of them are the same."""
    parts = number.split(data)
    told = parts[2::3]
    become = {one: b"%d" % (int(one) + delta) for one in set(told)}
    parts[2::3] = [become[one] for one in told]
    return b"".join(parts)
