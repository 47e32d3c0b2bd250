"""Some columns of a long table, read without the rest of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lxml import etree

from sheetsync.grid import EMPTY, Area, Cell, column_letters
from sheetsync.patterns import at_first_use
from sheetsync.workbooks.cells_xml import CellWriter
from sheetsync.workbooks.sheet_frame import PartedSheet, StrangePartError

_LINKED: Final = at_first_use(rb'<hyperlink\b[^>]*? ref="\$?([A-Z]+)\$?\d+(:?)')
_PLAIN: Final = at_first_use(rb'[^>]* t="inlineStr"><is><t(?: xml:space="preserve")?>([^<&_]*)</t></is>')
_NAMESPACE: Final = at_first_use(rb'<worksheet\b[^>]*?\bxmlns="([^"]*)"')
_FILLED: Final = at_first_use(rb'<c r="([A-Z]+)[0-9]+"([^>]*(?<!/)>.*?)</c>', re.DOTALL)
_SLASH: Final = ord("/")
_REMEMBERED: Final = 20_000


class LongColumns:
    """Cells of some columns of a body, read from the bytes of a sheet part.

    Raises ``StrangePartError`` when the part is written in an unusual way, or a cell of these columns
    has a link or a note.
    """

    def __init__(self, chunks: Iterable[bytes], body: Area, writer: CellWriter) -> None:
        self._parted = PartedSheet(chunks, body)
        self._body = body
        self._writer = writer
        self._known: dict[bytes, Cell] = {}
        found = _NAMESPACE.search(self._parted.head)
        if found is None:
            raise StrangePartError("no sheet, or one with a prefix")
        self._namespace = found[1].decode()

    def read(self, columns: Sequence[int], noted: Sequence[object]) -> tuple[tuple[Cell, ...], ...]:
        """The cells, row by row; ``noted`` are those of them with notes."""
        if noted:
            raise StrangePartError("noted cells")
        found = [[EMPTY] * (self._body.bottom - self._body.top + 1) for _ in columns]
        letters = [column_letters(one) for one in columns]
        for rows, _ in self._parted.rows():
            for cells, one in zip(found, letters, strict=True):
                self._take_in(cells, rows, one.encode())
        linked = {(letters.decode(), bool(colon)) for letters, colon in _LINKED.findall(self._parted.tail)}
        if any(colon or one in letters for one, colon in linked):
            raise StrangePartError("linked cells")
        return tuple(zip(*found, strict=True))

    def texts(self) -> Mapping[str, frozenset[str]]:
        """The different texts of each column, by its letters; blank ones are none."""
        found: dict[bytes, set[bytes]] = defaultdict(set)
        for rows, _ in self._parted.rows():
            if rows.count(b"<c ") != rows.count(b'<c r="'):
                raise StrangePartError("cells without addresses")
            for letters, written in set(_FILLED.findall(rows)):
                found[letters].add(written)
        return {
            letters.decode(): frozenset(self._cell(one).text for one in written) - {""}
            for letters, written in found.items()
        }

    def _take_in(self, cells: list[Cell], rows: bytes, letters: bytes) -> None:
        top = self._body.top
        for piece in rows.split(b'<c r="' + letters)[1:]:
            quote, end = piece.index(b'"'), piece.index(b">")
            if piece[end - 1] == _SLASH or not piece[:quote].isdigit():  # or a column of more letters
                continue
            cells[int(piece[:quote]) - top] = self._cell(piece[quote + 1 : piece.index(b"</c>")])

    def _cell(self, written: bytes) -> Cell:
        """A cell by what stands between its address and its end; many are alike."""
        known = self._known.get(written)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[written] = self._read(written)
        return known

    def _read(self, written: bytes) -> Cell:
        plain = _PLAIN.fullmatch(written)
        if plain is not None:
            return Cell(plain[1].decode().replace("\r\n", "\n").replace("\r", "\n"))
        element = etree.fromstring(f'<c xmlns="{self._namespace}"'.encode() + written + b"</c>")
        return self._writer.read(element)
