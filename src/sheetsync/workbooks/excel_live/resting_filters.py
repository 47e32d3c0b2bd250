"""Filters of a sheet in Excel rest while a program writes, and are asked for again afterwards.

Through COM, by Excel's own words and not by xlwings': xlwings 0.37 reads «содержит *план*» and asks
for a literal «~*план~*» again, which hides every row. Microsoft, «AutoFilter.Filters», shows this way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple, cast

from sheetsync.workbooks.excel_live.beyond import PutBack
from sheetsync.workbooks.excel_live.patience import answer_of, patiently

_ONE, _AND, _OR, _VALUES = 0, 1, 2, 7
"""``XlAutoFilterOperator``: no second condition, xlAnd, xlOr, xlFilterValues."""

_LOCAL: Final = re.compile(r"\d[.,/]\d")
"""A fraction or a date: told as the user's Windows writes it, and taken as an American one would."""

_Found = tuple[Any, Any]
"""A filter, and the row of its headers as xlwings has it."""


class _Condition(NamedTuple):
    """What a filter asks of one column, in Excel's own words."""

    field: int
    first: Any
    operator: int
    second: Any

    @property
    def can_be_said_again(self) -> bool:
        """Not a colour, «this month», the ten largest, days picked from a tree, a fraction."""
        if self.operator == _VALUES:
            return isinstance(self.first, tuple | list) and all(isinstance(one, str) for one in self.first)
        told = [self.first, self.second] if self.operator in (_AND, _OR) else [self.first]
        return self.operator in (_ONE, _AND, _OR) and all(
            isinstance(one, str) and not _LOCAL.search(one) for one in told
        )


def filters_off(sheet: Any) -> PutBack:
    """Rows hidden by filters of the sheet's tables, and by its own, come into sight."""
    finders = [partial(_of_table, table) for table in sheet.tables]
    if sheet.api.AutoFilterMode:
        finders.append(partial(_of_sheet, sheet))
    backs = []
    for find in finders:
        native, _ = find()
        if native is not None and native.FilterMode:
            backs.append(_rest(find))

    def put_back() -> None:
        for back in backs:
            back()

    return put_back


def _of_table(table: Any) -> _Found:
    return table.api.AutoFilter, table.header_row_range


def _of_sheet(sheet: Any) -> _Found:
    native = sheet.api.AutoFilter
    return native, sheet.range(native.Range.Address).rows[0]


def _rest(find: Callable[[], _Found]) -> PutBack:
    """Let one filter rest.

    Its conditions are asked for again by header, for columns may come and go meanwhile. What cannot
    be said again is not taken away: the rows are shown under it, and Excel applies it anew.
    """
    native, header_row = find()
    asked = _conditions(native)
    if not all(one.can_be_said_again for one in asked):
        patiently(setattr)(native.Range.EntireRow, "Hidden", False)
        return cast("PutBack", native.ApplyFilter)
    before = _texts(header_row)
    for one in asked:
        patiently(native.Range.AutoFilter)(Field=one.field)

    def put_back() -> None:
        native, header_row = find()
        now = _texts(header_row)
        for one in asked:
            header = before[one.field - 1]
            if header in now:
                _ask(native, now.index(header) + 1, one)

    return put_back


def _conditions(native: Any) -> list[_Condition]:
    found = []
    for field in range(1, native.Filters.Count + 1):
        one = native.Filters(field)
        if one.On:
            operator = answer_of(one, "Operator") or _ONE
            second = answer_of(one, "Criteria2") if operator in (_AND, _OR) else None
            found.append(_Condition(field, answer_of(one, "Criteria1"), operator, second))
    return found


def _ask(native: Any, field: int, one: _Condition) -> None:
    """Ask for one condition again."""
    words: dict[str, Any] = {"Field": field, "Criteria1": one.first}
    if one.operator != _ONE:
        words["Operator"] = one.operator
    if one.operator in (_AND, _OR):
        words["Criteria2"] = one.second
    patiently(native.Range.AutoFilter)(**words)


def _texts(cells: Any) -> list[Any]:
    found: list[Any] = cells.options(ndim=1).value
    return found
