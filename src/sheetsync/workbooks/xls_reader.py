"""Values of a workbook by python-calamine: old .xls, and what our own readers could not read.

Runs only inside the child process of ``child``: a hostile file can make calamine abort the whole
interpreter. Gives values only: comments, links and formulas are not seen.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sheetsync.grid import Area, Book, Cell, Sheet, Value, Visibility
from sheetsync.workbooks.references import MAX_COLUMN, MAX_ROW
from sheetsync.workbooks.xml_walk import Damaged

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, SheetVisibleEnum

_VISIBILITY: Final = {
    "Visible": Visibility.VISIBLE,
    "Hidden": Visibility.HIDDEN,
    "VeryHidden": Visibility.VERY_HIDDEN,
}


def read_values(data: bytes) -> Book:
    """The values of every sheet. Raises what calamine raises."""
    from python_calamine import load_workbook  # noqa: PLC0415 - only the child needs it

    with load_workbook(io.BytesIO(data)) as book:
        sheets = [
            _sheet(book.get_sheet_by_index(index), about.name, about.visible)
            for index, about in enumerate(book.sheets_metadata)
        ]
    return Book(tuple(sheets))


def _sheet(sheet: CalamineSheet, name: str, visible: SheetVisibleEnum) -> Sheet:
    state = _VISIBILITY.get(str(visible).rpartition(".")[2], Visibility.VISIBLE)
    merges = tuple(
        Area(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Sheet(name, dict(_cells(sheet)), state, merges)


def _cells(sheet: CalamineSheet) -> Iterator[tuple[tuple[int, int], Cell]]:
    if sheet.start is None:
        return
    for row, values in enumerate(sheet.iter_rows(), start=1):  # one at a time: they may be far apart
        if row > MAX_ROW or sheet.start[1] + len(values) > MAX_COLUMN:
            raise Damaged("ячейка за краем листа")
        for column, value in enumerate(values, start=sheet.start[1] + 1):
            if not isinstance(value, str) or value.strip():
                yield (row, column), Cell(_value(value))


def _value(value: Value | timedelta) -> Value:
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
