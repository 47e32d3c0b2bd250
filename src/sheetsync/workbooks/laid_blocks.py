"""Blocks where they lie in a finished workbook: the next one takes them from there as they are."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetsync.workbooks.row_blocks import NOTHING, Block, Piece

_OF_A_PIECE: Final = 4
_OF_A_BLOCK: Final = 3 + 3 * _OF_A_PIECE
_NUMBERS: Final = "Q"


class LaidBlocks(NamedTuple):
    """The blocks of one table in their order, as numbers: no bytes of theirs."""

    numbers: bytes = b""

    def taken(self, data: bytes) -> Iterator[Block]:
        """The blocks out of the workbook they lie in.

        Links a sheet had no room for lie nowhere: such a block has their count and none of them.
        """
        numbers, view = array(_NUMBERS, self.numbers), memoryview(data)
        for at in range(0, len(numbers), _OF_A_BLOCK):
            first, count, links, *pieces = numbers[at : at + _OF_A_BLOCK]
            rows, held, beside = (
                Piece(view[begin : begin + length], crc, size) if size else NOTHING
                for begin, length, crc, size in zip(*[iter(pieces)] * _OF_A_PIECE, strict=True)
            )
            yield Block(first, count, rows, held, beside, links)


class Laying:
    """Finds the pieces of blocks in a workbook: rows where they are said to lie, links one after another.

    ``part`` and ``relations`` are where the sheet and its relations lie, compressed.
    """

    def __init__(self, data: bytes, part: range, relations: range) -> None:
        self.data = data
        self.part = part
        self._numbers = array(_NUMBERS)
        self._links = _Series(data, part)
        self._relations = _Series(data, relations)
        self._is_plain = True

    def add(self, block: Block, rows_at: int) -> None:
        """The next block, whose rows begin there."""
        self._is_plain &= not (block.notes or block.has_formulas)
        rows = (rows_at, len(block.rows.data), block.rows.crc, block.rows.size)
        links = self._links.place_of(block.links)
        relations = self._relations.place_of(block.relations) if links[-1] else _NOWHERE
        self._numbers.extend((block.first_row, block.row_count, block.link_count, *rows, *links, *relations))

    def laid(self) -> LaidBlocks:
        """Where all of them lie. Rows with notes are more than their bytes: none are told of then."""
        return LaidBlocks(self._numbers.tobytes()) if self._is_plain else LaidBlocks()


class _Series:
    """Pieces that follow one another in a part, the last ones perhaps left out."""

    def __init__(self, data: bytes, part: range) -> None:
        self._data, self._part = data, part
        self._next: int | None = None

    def place_of(self, piece: Piece) -> tuple[int, int, int, int]:
        """Where a piece begins, its length, checksum and size; nothing of one that is not there."""
        if not piece.size:
            return _NOWHERE
        if self._next is None:
            self._next = self._data.find(piece.data, self._part.start, self._part.stop)
        at, end = self._next, self._next + len(piece.data)
        if at < 0 or not self._data.startswith(bytes(piece.data), at):
            return _NOWHERE
        self._next = end
        return at, len(piece.data), piece.crc, piece.size


_NOWHERE: Final = (0, 0, 0, 0)
