"""Where a cell of the region's workbook leads: into a district's workbook, as far as Excel takes links."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from sheetsync.columns import TableSpec
from sheetsync.grid import SHEET_COLUMNS, SHEET_LINKS, SHEET_ROWS
from sheetsync.region.model import Source
from sheetsync.workbooks.port import FILE_LINK

MOST_LINKS: Final = SHEET_LINKS
LAST_ROW: Final = SHEET_ROWS
LAST_COLUMN: Final = SHEET_COLUMNS
HEADER_ROWS: Final = 4
"""Title, hint, an empty row and the headers stand above every table."""

_KEPT: Final = "/-._~(),;=@+!"


def to_book(source: Source) -> str:
    """The workbook itself."""
    return f"{FILE_LINK}{source.link}"


def to_row(source: Source, spec: TableSpec, row: int) -> str:
    """A row of one of its tables; the sheet is called as its office calls it."""
    sheet = source.facts.sheets.get(spec.name, spec.sheet) if source.facts else spec.sheet
    quoted = sheet.replace("'", "''")
    return f"{FILE_LINK}{source.link}#'{quoted}'!A{row or 1}"


def address_of(path: str) -> str:
    """A path as an address: slashes one way, letters of any language as they are, other signs escaped."""
    signs = (one if one.isalnum() or one in _KEPT else quote(one, errors="replace") for one in path)
    return "".join(signs) if "\\" not in path else address_of(path.replace("\\", "/"))
