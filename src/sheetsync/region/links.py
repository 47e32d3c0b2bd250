"""Where a cell of the region's workbook leads: into a district's workbook, as far as Excel takes links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sheetsync.columns import TableSpec
from sheetsync.grid import a1
from sheetsync.region.model import Source
from sheetsync.workbooks.port import FILE_LINK

MOST_LINKS: Final = 65_530
"""Excel keeps no more hyperlinks on a sheet."""

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
HEADER_ROWS: Final = 4
"""Title, hint, an empty row and the headers stand above every table."""

_SIGNS: Final = {"%": "%25", "#": "%23", "?": "%3F"}


def to_book(source: Source) -> str:
    """The workbook itself."""
    return f"{FILE_LINK}{source.link}"


def to_row(source: Source, spec: TableSpec, row: int) -> str:
    """A row of one of its tables; the sheet is called as its office calls it."""
    sheet = source.facts.sheets.get(spec.name, spec.sheet) if source.facts else spec.sheet
    quoted = sheet.replace("'", "''")
    return f"{to_book(source)}#'{quoted}'!{a1(max(row, 1), 1)}"


def address_of(path: str) -> str:
    """A path as an address: slashes one way, signs that mean something in addresses escaped."""
    return "".join(_SIGNS.get(one, one) for one in path.replace("\\", "/"))


def fit(counts: Iterable[int]) -> bool:
    """Whether so many links of several columns fit a sheet."""
    return sum(counts) <= MOST_LINKS
