"""Tables an open workbook lost, and rows typed under a table, found by what the cells show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from sheetsync.grid import EMPTY, Area
from sheetsync.workbooks.excel_live.patience import patiently
from sheetsync.workbooks.excel_live.sheets import LiveSheet
from sheetsync.workbooks.excel_live.tables import LiveTable
from sheetsync.workbooks.excel_live.writing import put
from sheetsync.workbooks.looking import SheetText, meet
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.table_xml import unique_headers

_STYLE: Final = "TableStyleMedium2"


def lost_area(sheet: LiveSheet, headers: Sequence[str], others: Sequence[Area]) -> Area | None:
    """Where a table lies that is none for the program."""
    text = _text(sheet, sheet.used())
    top = text.header_row(headers)
    if top is None or any(meet(one, top) for one in others):
        return None
    bottom = text.filled_below(top.bottom, top.left, top.right, taken(others, top))
    return replace(top, bottom=max(bottom, top.top + 1))


def made_anew(sheet: LiveSheet, name: str, area: Area) -> LiveTable:
    """Make a table of an area whose first row holds headers."""
    row = Area(area.top, area.left, area.top, area.right)
    before = [cell.text for cell in sheet.read(row)[0]]
    headers = unique_headers(before)
    if list(headers) != before:
        put(sheet, row, [[Out(one) for one in headers]])
    make = patiently(sheet.api.tables.add)
    return LiveTable(name, make(source=sheet.cells(area), name=name, table_style_name=_STYLE), sheet)


def taken(tables: Iterable[Area], columns: Area) -> Callable[[int], bool]:
    """Whether a row within some columns belongs to one of these tables."""
    areas = list(tables)
    return lambda row: any(meet(one, replace(columns, top=row, bottom=row)) for one in areas)


def text_below(sheet: LiveSheet, whole: Area) -> SheetText:
    bottom = max(sheet.used().bottom, whole.bottom + 1)
    return _text(sheet, Area(whole.bottom + 1, whole.left, bottom, whole.right))


def _text(sheet: LiveSheet, area: Area) -> SheetText:
    """What a part of a sheet shows."""
    cells = {
        (row, column): cell
        for row, line in enumerate(sheet.read(area), start=area.top)
        for column, cell in enumerate(line, start=area.left)
    }
    rows = {row: range(area.left, area.right + 1) for row in range(area.top, area.bottom + 1)}
    return SheetText(rows, lambda row, column: cells.get((row, column), EMPTY))
