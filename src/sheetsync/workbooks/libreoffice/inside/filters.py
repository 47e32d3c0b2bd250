"""Filters of a sheet: lifted while cells are moved, and put back afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

_BY_TEXT = 1  # com.sun.star.sheet.FilterFieldType.STRING
_NOT_SAID = 0

Lifted = tuple[str, tuple[Any, ...]]
"""Name of the filtered table (empty: the sheet's own filter) and the conditions."""


def lift(doc: Any, sheet: str) -> tuple[Lifted, ...]:
    """Show all rows under the sheet's filters; what comes back puts them back."""
    found = []
    for name, filtered in _ranges(doc, sheet):
        conditions = filtered.getFilterDescriptor().getFilterFields3()
        if conditions:
            found.append((name, tuple(conditions)))
            _show_all(doc, filtered)
    return tuple(found)


def put_back(doc: Any, sheet: str, lifted: Sequence[Lifted]) -> None:
    """Filter again, wherever the ranges are now; one that is gone stays unfiltered."""
    ranges = dict(_ranges(doc, sheet))
    for name, conditions in lifted:
        if name in ranges:
            _ask(ranges[name], tuple(_repaired(one) for one in conditions))


def _ranges(doc: Any, sheet: str) -> Iterator[tuple[str, Any]]:
    number = doc.Sheets.getByName(sheet).RangeAddress.Sheet
    for name in doc.DatabaseRanges.ElementNames:
        table = doc.DatabaseRanges.getByName(name)
        if table.DataArea.Sheet == number:
            yield name, table
    own = doc.getPropertyValue("UnnamedDatabaseRanges")
    if own.hasByTable(number):
        yield "", own.getByTable(number)


def _ask(filtered: Any, conditions: Sequence[Any]) -> None:
    """Filtering cells would take the first of several values alone; a range takes them all."""
    asked = filtered.getFilterDescriptor()
    asked.setFilterFields3(tuple(conditions))
    filtered.refresh()


def _show_all(doc: Any, filtered: Any) -> None:
    """Refreshing a range without conditions does not show its rows again; filtering does."""
    area = filtered.DataArea
    cells = doc.Sheets.getByIndex(area.Sheet).getCellRangeByPosition(
        area.StartColumn, area.StartRow, area.EndColumn, area.EndRow
    )
    asked = cells.createFilterDescriptor(True)
    asked.ContainsHeader = filtered.ContainsHeader
    asked.setFilterFields3(())
    cells.filter(asked)


def _repaired(condition: Any) -> Any:
    """The office gives conditions on texts without saying that they are, and would then compare numbers."""
    values = tuple(condition.Values)
    for value in values:
        if value.FilterType == _NOT_SAID and not value.IsNumeric:
            value.FilterType = _BY_TEXT
    condition.Values = values
    return condition
