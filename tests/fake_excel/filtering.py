"""Filters: which rows they hide, and their face in ``xlwings``.

``_xlwindows.AutoFilter`` turns what ``xlwings.AutoFilter`` was asked into ``Range.AutoFilter`` and reads
it back with ``base_classes.autofilter_criteria_snapshot``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from fake_excel.areas import Rect
from fake_excel.calls import Watched
from fake_excel.document import Document, Filter, Program, Sheet, Table
from fake_excel.errors import refused
from fake_excel.typed import is_date_format, moment

if TYPE_CHECKING:
    from fake_excel.document import Cell

Filtered = Sheet | Table


def reapply(sheet: Sheet, owner: Filtered) -> None:
    """Hide the rows that do not answer every condition, show the others."""
    body = _body(owner)
    rows = range(body.top, body.bottom + 1)
    shown = {row for row in rows if all(_answers(sheet, row, body, one) for one in owner.filters.values())}
    sheet.filtered_out -= set(rows)
    sheet.filtered_out |= set(rows) - shown


VALUES, CELL_COLOR = 7, 8
"""``XlAutoFilterOperator``: a list of values, a colour."""
_SIGNS = {"equal_to": "=", "not_equal_to": "<>"}


def words_of(asked: Filter) -> tuple[Any, int]:
    """A condition as Excel's own ``Filter`` tells it: Criteria1 and Operator."""
    if asked.type == "values":
        return tuple(f"={one}" for one in asked.values), VALUES
    if asked.type == "comparison":
        return _SIGNS.get(asked.operator or "", "") + (asked.value1 or ""), 0
    return None, CELL_COLOR


def ask(sheet: Sheet, owner: Filtered, field: int, first: Any, operator: int) -> None:
    """``Range.AutoFilter`` of Excel."""
    if sheet.protected:
        raise refused("You cannot use this command on a protected sheet.")
    if first is None:
        owner.filters.pop(field, None)
    elif operator == VALUES:
        values = tuple(one.removeprefix("=") for one in first)
        owner.filters[field] = Filter(field, "values", values)
    else:
        word = next((word for word, sign in _SIGNS.items() if first.startswith(sign)), "equal_to")
        owner.filters[field] = Filter(field, "comparison", (), word, first.removeprefix(_SIGNS[word]))
    reapply(sheet, owner)


class AutoFilter(Watched, base_classes.AutoFilter):
    def __init__(self, document: Document, sheet: Sheet, owner: Filtered, area: Rect) -> None:
        self._document = document
        self._sheet = sheet
        self._owner = owner
        self._area = area

    @property
    def _program(self) -> Program:
        return self._document.program

    def _where(self) -> str:
        return self._owner.name

    @property
    def criteria(self) -> list[dict[str, Any]]:
        fields = range(1, self._area.columns + 1)
        return [self._snapshot(field) for field in fields]

    def apply_values(self, field: int, values: list[str]) -> None:
        self._apply(Filter(field, "values", tuple(values)))

    def apply_comparison(self, field: int, operator: str, value1: Any, value2: Any) -> None:
        self._apply(Filter(field, "comparison", (), operator, _operand(value1), _operand(value2)))

    def clear(self, field: int | None) -> None:
        fields = [field] if field is not None else list(self._owner.filters)
        for one in fields:
            self._owner.filters.pop(one, None)
        self._may_filter()
        reapply(self._sheet, self._owner)

    def _apply(self, asked: Filter) -> None:
        if not 1 <= asked.field <= self._area.columns:
            raise refused("AutoFilter method of Range class failed")
        self._may_filter()
        if isinstance(self._owner, Sheet):
            self._owner.filter_area = self._area
        self._owner.filters[asked.field] = asked
        reapply(self._sheet, self._owner)

    def _may_filter(self) -> None:
        if self._sheet.protected:
            raise refused("You cannot use this command on a protected sheet.")

    def _snapshot(self, field: int) -> dict[str, Any]:
        snapshot = base_classes.empty_autofilter_criteria(field)
        asked = self._owner.filters.get(field)
        if asked is None or (isinstance(self._owner, Sheet) and self._owner.filter_area != self._area):
            return snapshot
        changed = {
            "type": asked.type,
            "values": list(asked.values) if asked.type == "values" else None,
            "operator": asked.operator,
            "value1": asked.value1,
            "value2": asked.value2,
        }
        return snapshot | changed


def _body(owner: Filtered) -> Rect:
    if isinstance(owner, Table):
        return owner.body
    assert owner.filter_area
    return owner.filter_area._replace(top=owner.filter_area.top + 1)


def _operand(value: Any) -> str | None:
    if isinstance(value, dict):
        return str(value["value"])
    return value


def _answers(sheet: Sheet, row: int, body: Rect, asked: Filter) -> bool:
    shown = _shown(sheet.at(row, body.left + asked.field - 1))
    if asked.type == "values":
        return shown.lower() in (one.lower() for one in asked.values)
    if asked.type != "comparison":
        return False
    match asked.operator:
        case "equal_to":
            return _is_like(shown, asked.value1 or "")
        case "not_equal_to":
            return not _is_like(shown, asked.value1 or "")
    return False


def _is_like(shown: str, pattern: str) -> bool:
    """«*» and «?» stand for any letters; «~» before one makes it itself."""
    parts = re.findall(r"~[~*?]|.", pattern, re.DOTALL)
    wild = {"*": ".*", "?": "."}
    regex = "".join(wild.get(one) or re.escape(one[-1]) for one in parts)
    return re.fullmatch(regex, shown, re.DOTALL | re.IGNORECASE) is not None


def _shown(cell: Cell) -> str:
    """What the cell shows, which is what a list of values is compared with."""
    if isinstance(cell.value, float) and is_date_format(cell.look.number_format):
        return f"{moment(cell.value):%d.%m.%Y}"
    if isinstance(cell.value, bool):
        return "ИСТИНА" if cell.value else "ЛОЖЬ"
    if isinstance(cell.value, float):
        return f"{cell.value:.15g}"
    return cell.value or ""
