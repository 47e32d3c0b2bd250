"""A written workbook against the blocks it was made of: looked at as it lies, apart from what wrote it."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from lxml import etree

from sheetsync.deflate import crc32, inflated, joined_crc
from sheetsync.grid import Area
from sheetsync.patterns import at_first_use
from sheetsync.workbooks.excel_replace import TablePlace
from sheetsync.workbooks.laid_blocks import LaidBlocks, Laying
from sheetsync.workbooks.ooxml import parse
from sheetsync.workbooks.package import relations_part
from sheetsync.workbooks.row_blocks import Block
from sheetsync.workbooks.table_xml import TableXml

_ROW: Final = at_first_use(rb'<row r="(\d+)"')
_NAME_AT: Final = 26
_HEAD: Final = 30


class WrittenBook:
    """The bytes of a workbook that was written, opened once for all its tables."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._archive: zipfile.ZipFile | None = None
        with contextlib.suppress(zipfile.BadZipFile):  # no blocks are found there
            self._archive = zipfile.ZipFile(io.BytesIO(data))

    def laid(self, place: TablePlace, blocks: Iterable[Block]) -> LaidBlocks | None:
        """Where these blocks lie; ``None`` unless the body of a table consists of exactly their rows, one
        at least.

        Blocks are compared as they are compressed; their checksums, with those of what is before and after
        them, must come to what the archive says of the sheet, and the table must reach as far as they do.
        """
        if self._archive is None:
            return None
        try:
            info = self._archive.getinfo(place.sheet_part)
            body = TableXml(parse(self._archive.read(place.part))).body
            beside = self._archive.NameToInfo.get(relations_part(place.sheet_part))
            relations = _lies(self._data, beside) if beside else range(0)
            laying = Laying(self._data, _lies(self._data, info), relations)
            return laying.laid() if _fit(laying, info, body, blocks) else None
        except (KeyError, ValueError, zipfile.BadZipFile, struct.error, zlib.error, etree.XMLSyntaxError):
            return None


def _lies(data: bytes, info: zipfile.ZipInfo) -> range:
    """Where a part lies, compressed."""
    name, extra = struct.unpack_from("<2H", data, info.header_offset + _NAME_AT)
    start = info.header_offset + _HEAD + name + extra
    return range(start, start + info.compress_size)


def _fit(laying: Laying, info: zipfile.ZipInfo, body: Area, blocks: Iterable[Block]) -> bool:
    """Whether a part, as it lies in the archive, is these blocks with something around them."""
    series = iter(blocks)
    foremost = list(_up_to_rows(series))
    data, part = laying.data, laying.part
    begin = data.find(foremost[-1].rows.data, part.start, part.stop) if foremost else -1
    if begin < 0:
        return False
    head = inflated(data[part.start : begin])
    crc, size, row, end = crc32(head), len(head), body.top, begin
    for block in chain(foremost, series):
        rows = block.rows
        after = end + len(rows.data)
        if block.first_row != row or not data.startswith(bytes(rows.data), end) or after > part.stop:
            return False
        laying.add(block, end)
        crc, size = joined_crc(crc, rows.crc, rows.size), size + rows.size
        end, row = after, block.next_row
    tail = inflated(data[end : part.stop])
    whole = (joined_crc(crc, crc32(tail), len(tail)), size + len(tail))
    stray = any(body.top <= int(one) <= body.bottom for one in chain(_ROW.findall(head), _ROW.findall(tail)))
    return not stray and row == body.bottom + 1 and whole == (info.CRC, info.file_size)


def _up_to_rows(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks up to the first that has rows: only such a one can be found."""
    for block in blocks:
        yield block
        if block.row_count:
            return
