"""An independent count of everything a file holds, for the ledger («Сверка»).

Shares no code with the readers: where a reader forgets something, the sum does not add up. What
the gate refuses is not counted at all: nobody opens it. An .xls, or a workbook whose XML we cannot
count, is counted by the second reader's library: values only, and no more independent than that.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from sheetsync.grid import Book, a1
from sheetsync.intake.gate import Refused, inspect
from sheetsync.intake.sniff import Format
from sheetsync.workbooks import child
from sheetsync.workbooks.census_items import Item, ItemKind
from sheetsync.workbooks.census_ods import ods_items
from sheetsync.workbooks.census_xlsx import xlsx_items

__all__ = ["Item", "ItemKind", "census"]

_NOT_COUNTABLE = (zipfile.BadZipFile, ParseError, LookupError, ValueError, EOFError, struct.error, zlib.error)


def census(data: bytes) -> tuple[Item, ...]:
    """Every non-empty value, link, comment, shape text and constant name of a file.

    Nothing for a file the gate refuses; never raises because of the file.
    """
    verdict = inspect(data)
    if isinstance(verdict, Refused):
        return ()
    if verdict.format is Format.XLS:
        return tuple(_by_second_reader(data))
    items = ods_items if verdict.format is Format.ODS else xlsx_items
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
            return tuple(items(lambda name: archive.read(parts[name.lower()])))
    except _NOT_COUNTABLE:
        return tuple(_by_second_reader(data))


def _by_second_reader(data: bytes) -> Iterator[Item]:
    book = child.worker().read(data)
    if not isinstance(book, Book):
        return
    for sheet in book.sheets:
        for (row, column), cell in sheet.cells.items():
            yield Item(sheet.name, a1(row, column), ItemKind.VALUE, cell.text)
