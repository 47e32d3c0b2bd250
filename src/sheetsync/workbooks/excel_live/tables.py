"""One table of an open workbook: where it lies and what its columns are called."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from sheetsync.grid import Area
from sheetsync.workbooks.excel_live.patience import patiently
from sheetsync.workbooks.excel_live.sheets import LiveSheet, place_of
from sheetsync.workbooks.excel_live.values import cell_of


class Shape(Struct, frozen=True):
    """A table as it lies: ``whole`` with header and totals."""

    whole: Area
    has_header: bool
    has_totals: bool
    headers: tuple[str, ...]

    @property
    def body(self) -> Area:
        """The rows between header and totals; a table always has one at least."""
        top = self.whole.top + self.has_header
        return Area(top, self.whole.left, max(top, self.whole.bottom - self.has_totals), self.whole.right)

    def around(self, body: Area) -> Area:
        """The whole table when its body becomes another."""
        return Area(self.whole.top, body.left, body.bottom + self.has_totals, body.right)


class LiveTable:
    """``name`` is what the tool calls it; an office may have given it another."""

    def __init__(self, name: str, table: Any, sheet: LiveSheet) -> None:
        self.name = name
        self.sheet = sheet
        self._table = table

    @patiently
    def area(self) -> Area:
        return place_of(self._table.range.address)

    @patiently
    def shape(self) -> Shape:
        whole, has_header = self.area(), bool(self._table.show_headers)
        if has_header:
            row = self.sheet.values(Area(whole.top, whole.left, whole.top, whole.right))[0]
            headers = tuple(cell_of(value, None).text for value in row)
        else:
            headers = tuple(column.name for column in self._table.columns)
        return Shape(whole, has_header, bool(self._table.show_totals), headers)

    @patiently
    def reach(self, whole: Area) -> None:
        """Let the table lie over another area; its header row stays where it is."""
        if self.area() != whole:
            self._table.resize(self.sheet.cells(whole))
