"""Tables. One of an .xlsx arrives in LibreOffice as a database range of its name, and leaves as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .charts import follow
from .places import Place, cells_at, placed

_ANONYMOUS = "__Anonymous_Sheet_DB__"
"""How the office calls a range that only carries an autofilter or a sort."""


def read(doc: Any) -> tuple[tuple[str, Place], ...]:
    """Every table of the document: its name and place, header and totals with it."""
    return tuple((name, _place(doc, table)) for name, table in _tables(doc))


def named(doc: Any, name: str) -> Any:
    """The database range of a table, its name spelled in capitals or not; ``KeyError`` without one."""
    for other, table in _tables(doc):
        if other.lower() == name.lower():
            return table
    raise KeyError(name)


def place_of_table(doc: Any, name: str) -> Place:
    """Where a table stands now."""
    return _place(doc, named(doc, name))


def resize(doc: Any, name: str, place: Place) -> None:
    """Make a table cover another place; charts of its columns go with it."""
    table = named(doc, name)
    before = _rows(table, _place(doc, table))
    table.setDataArea(cells_at(doc, place).RangeAddress)
    follow(doc, before, _rows(table, place))


def rename(doc: Any, name: str, new: str) -> None:
    """Give a table another name."""
    named(doc, name).setName(new)


def add(doc: Any, name: str, place: Place) -> None:
    """Make a table of a place whose first row is the header, with filter buttons as Excel makes it."""
    doc.DatabaseRanges.addNewByName(name, cells_at(doc, place).RangeAddress)
    made = doc.DatabaseRanges.getByName(name)
    made.ContainsHeader = True
    made.AutoFilter = True


def read_flag(doc: Any, name: str, flag: str) -> bool:
    """AutoFilter, ContainsHeader or TotalsRow of a table."""
    return bool(named(doc, name).getPropertyValue(flag))


def write_flag(doc: Any, name: str, flag: str, value: bool) -> None:
    """Set AutoFilter, ContainsHeader or TotalsRow of a table."""
    named(doc, name).setPropertyValue(flag, value)


def _tables(doc: Any) -> Iterator[tuple[str, Any]]:
    ranges = doc.DatabaseRanges
    for name in ranges.ElementNames:
        if not name.startswith(_ANONYMOUS):
            yield name, ranges.getByName(name)


def _rows(table: Any, place: Place) -> Place:
    """The rows between header and totals; the one under the header where all were deleted."""
    sheet, row, column, rows, columns = place
    above, below = int(table.ContainsHeader), int(table.TotalsRow)
    return sheet, row + above, column, max(rows - above - below, 1), columns


def _place(doc: Any, table: Any) -> Place:
    area = table.DataArea
    return placed(doc.Sheets.getByIndex(area.Sheet).Name, area)
