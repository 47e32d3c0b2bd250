"""What is put into a cell of an open workbook, and what such a cell holds. Pure.

A program reads what is assigned to a cell as if it had been typed: «1.10» becomes a date, «=1+1» a
sum. An apostrophe before it keeps a text a text, and is no part of it; it stands exactly where a
file says «quotePrefix».
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from sheetsync.grid import Cell, Value, text_of, units
from sheetsync.workbooks.cells_xml import Calendar
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.turning import turns

CALENDAR: Final = Calendar(since_1904=False)
"""Days come and go as days; only the number behind them needs a calendar."""

Assigned = str | float | bool | datetime | None

Rows = tuple[tuple[Cell, ...], ...]

_PREFIX: Final = "'"
_LONGEST_IN_BLOCK: Final = 8_000
"""Excel refuses a block one of whose texts has more than 8,203 characters; a cell alone takes any."""

_NO_DAY: Final = (date(1899, 12, 30), date(1899, 12, 31))
"""The day a time of day alone is given."""

_BIGGEST_WHOLE: Final = 1e15

_ERRORS: Final = {
    code - 2_146_828_288: text
    for code, text in {
        2043: "#GETTING_DATA",
        2045: "#SPILL!",
        2046: "#CONNECT!",
        2047: "#BLOCKED!",
        2048: "#UNKNOWN!",
        2049: "#FIELD!",
        2050: "#CALC!",
    }.items()
}
"""``XlCVError`` of newer Excels, as COM hands them over; the old seven xlwings tells by name. A number
comes as a float, so a whole one of these is an error."""


def assigned(out: Out) -> Assigned:
    """What makes a cell hold a value."""
    if out.formula is not None:
        return f"={out.formula}"
    value = kept(out)
    match value:
        case str():
            return f"{_PREFIX}{value}" if turns(value) else value
        case bool() | None:
            return value
        case datetime():
            return value.replace(tzinfo=None)
        case date():
            return datetime(value.year, value.month, value.day)
    return float(value)


def otherwise(out: Out) -> Assigned:
    """What to try when a program took a text for something else: with the apostrophe, or without."""
    text, first = str(out.value), assigned(out)
    return text if first != text else f"{_PREFIX}{text}"


def kept(out: Out) -> str | float | bool | date | None:
    """The value a cell keeps: no empty text, and a day no calendar has as text."""
    value = out.value
    if isinstance(value, date) and not CALENDAR.holds(value):
        return text_of(value)
    return None if value == "" else value


def goes_alone(value: Assigned) -> bool:
    """Whether a value is too long to be one of a block."""
    return isinstance(value, str) and units(value) > _LONGEST_IN_BLOCK


def shows(cell: Cell, out: Out) -> bool:
    """Whether a cell holds already what is to be written."""
    if out.formula is not None or cell.formula is not None:
        return out.formula == cell.formula
    return same_value(cell.value, kept(out))


def same_value(one: Value, other: Value) -> bool:
    """Whether two values are one: 2 is 2.0, but neither «2» nor ИСТИНА; no text is an empty text."""
    one, other = (None if value == "" else value for value in (one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, date) and isinstance(other, date):
        return CALENDAR.serial(one) == CALENDAR.serial(other)
    return one == other


def cell_of(value: Any, formula: Any) -> Cell:
    """A cell as a program tells it. A text is no formula though it may begin like one."""
    is_formula = isinstance(formula, str) and formula.startswith("=") and formula != value
    return Cell(_value(value), formula[1:] if is_formula else None)


def _value(value: Any) -> Value:
    match value:
        case bool() | str():
            return value
        case int() if value in _ERRORS:
            return _ERRORS[value]
        case datetime():
            return _day(value)
        case Decimal() | int() | float():
            number = float(value)
            return int(number) if number.is_integer() and abs(number) < _BIGGEST_WHOLE else number
    return None


def _day(moment: datetime) -> Value:
    """A day, a moment, or a time of day; programs tell seconds inexactly."""
    moment = (moment.replace(tzinfo=None) + timedelta(milliseconds=500)).replace(microsecond=0)
    if moment.date() in _NO_DAY:
        return moment.time()
    return moment.date() if moment.time() == time() else moment


def in_rows(found: Any, columns: int) -> Sequence[Sequence[Any]]:
    """A block as rows, however a program flattens a block of one row, one column or one cell."""
    if not isinstance(found, (list, tuple)):
        return [[found]]
    if found and isinstance(found[0], (list, tuple)):
        return found
    return [found] if columns > 1 or len(found) == 1 else [[one] for one in found]
