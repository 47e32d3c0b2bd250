"""A written workbook against the blocks it was made of: looked at as it lies, apart from what wrote it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from itertools import chain
from typing import Final

from lxml import etree

from sheetsync.grid import Area
from sheetsync.workbooks.excel_replace import TablePlace
from sheetsync.workbooks.ooxml import parse
from sheetsync.workbooks.row_blocks import Block
from sheetsync.workbooks.table_xml import TableXml
from sheetsync.workbooks.zip_out import joined_crc

_ROW: Final = re.compile(rb'<row r="(\d+)"')


def holds_blocks(data: bytes, place: TablePlace, blocks: Iterable[Block]) -> bool:
    """Whether the body of a table consists of exactly the rows of these blocks, one at least.

    Blocks are compared as they are compressed; their checksums, with those of what is before and after
    them, must come to what the archive says of the sheet, and the table must reach as far as they do.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo(place.sheet_part)
            body = TableXml(parse(archive.read(place.part))).body
        name, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
        start = info.header_offset + 30 + name + extra
        return _fit(data, range(start, start + info.compress_size), info, body, blocks)
    except (KeyError, zipfile.BadZipFile, struct.error, zlib.error, etree.XMLSyntaxError):
        return False


def _fit(data: bytes, part: range, info: zipfile.ZipInfo, body: Area, blocks: Iterable[Block]) -> bool:
    """Whether a part, as it lies in the archive, is these blocks with something around them."""
    series = iter(blocks)
    first = next(series, None)
    begin = data.find(first.rows.data, part.start, part.stop) if first else -1
    if first is None or begin < 0:
        return False
    head = _inflated(data[part.start : begin])
    crc, size, row, end = zlib.crc32(head), len(head), body.top, begin
    for block in chain((first,), series):
        rows = block.rows
        if block.first_row != row or not data.startswith(rows.data, end, part.stop):
            return False
        crc, size = joined_crc(crc, rows.crc, rows.size), size + rows.size
        end, row = end + len(rows.data), block.next_row
    tail = _inflated(data[end : part.stop])
    whole = (joined_crc(crc, zlib.crc32(tail), len(tail)), size + len(tail))
    stray = any(body.top <= int(one) <= body.bottom for one in _ROW.findall(head + tail))
    return not stray and row == body.bottom + 1 and whole == (info.CRC, info.file_size)


def _inflated(packed: bytes) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed)
