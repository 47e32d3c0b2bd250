"""Values on their way: what Python, Excel and LibreOffice call a date, a truth, an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from numbers import Number
from typing import Any, Final, NamedTuple

from sheetsync.grid import CELL_LIMIT, units
from sheetsync.workbooks.libreoffice.inside.number_formats import DATE, DATETIME, LOGICAL
from sheetsync.workbooks.libreoffice.inside.values import Span
from sheetsync.workbooks.libreoffice.spelling import to_office

EPOCH: Final = datetime(1899, 12, 30)

ERROR_CODES: Final = {
    -2146826281: "#DIV/0!",
    -2146826246: "#N/A",
    -2146826259: "#NAME?",
    -2146826288: "#NULL!",
    -2146826252: "#NUM!",
    -2146826265: "#REF!",
    -2146826273: "#VALUE!",
}
"""Excel's numbers of errors: whole numbers, which no cell holds."""

_VALUE_ERROR: Final = -2146826273
_OFFICE_ERRORS: Final = {
    532: -2146826281,
    32_767: -2146826246,
    525: -2146826259,
    521: -2146826288,
    503: -2146826252,
    524: -2146826265,
    519: _VALUE_ERROR,
}


class Written(NamedTuple):
    """A block ready for the office: texts and numbers; formulas; which numbers are dates or truths."""

    rows: tuple[tuple[str | float, ...], ...]
    formulas: tuple[tuple[int, int, str], ...]
    kinds: tuple[tuple[int, int, str], ...]


def to_cells(block: Sequence[Sequence[Any]]) -> Written:
    """Values with Excel's manners: «=» begins a formula, one leading apostrophe only says «text»."""
    formulas: list[tuple[int, int, str]] = []
    kinds: list[tuple[int, int, str]] = []
    rows = []
    for number, values in enumerate(block):
        row = []
        for column, value in enumerate(values):
            held, kind = _held(value)
            row.append(held)
            if kind:
                kinds.append((number, column, kind))
            elif isinstance(held, str) and is_formula(value):
                formulas.append((number, column, to_office(held)))
        rows.append(tuple(row))
    return Written(tuple(rows), tuple(formulas), tuple(kinds))


def is_formula(value: Any) -> bool:
    """Whether a text put into a cell becomes a formula: «=» alone does not."""
    return isinstance(value, str) and len(value) > 1 and value.startswith("=")


def _held(value: Any) -> tuple[str | float, str]:
    """What the cell holds, and of what kind its number is."""
    if value is None:
        return "", ""
    if isinstance(value, str):
        return _text(value), ""
    if isinstance(value, bool):
        return float(value), LOGICAL
    if isinstance(value, datetime):
        kind = DATETIME if value.time() != datetime.min.time() else DATE
        return (value.replace(tzinfo=None) - EPOCH) / timedelta(days=1), kind
    if isinstance(value, date):
        return float((value - EPOCH.date()).days), DATE
    if isinstance(value, Number):
        return float(value), ""  # type: ignore[arg-type]  # every number of a cell is a real one
    raise TypeError(f"a cell cannot hold {type(value).__name__}")


def _text(text: str) -> str:
    plain = text.removeprefix("'").replace("\r\n", "\n")
    if units(plain) > CELL_LIMIT:
        raise ValueError(f"a cell holds {CELL_LIMIT} characters, not {units(plain)}")
    return plain


def to_python(
    rows: Iterable[Iterable[Any]], spans: Iterable[Span], errors: Iterable[tuple[int, int, int]]
) -> list[list[Any]]:
    """Texts and numbers as read, with dates, truths and Excel's numbers of errors in their places."""
    block = [list(row) for row in rows]
    for kind, first_row, first_column, down, across in spans:
        for row in block[first_row : first_row + down]:
            for column in range(first_column, first_column + across):
                if isinstance(row[column], float):
                    row[column] = bool(row[column]) if kind == LOGICAL else moment(row[column])
    for row_number, column, code in errors:
        block[row_number][column] = _OFFICE_ERRORS.get(code, _VALUE_ERROR)
    return block


def moment(number: float) -> datetime | float:
    """The day and time of a number; a number no calendar knows stays one."""
    try:
        return EPOCH + timedelta(seconds=round(number * 86_400))
    except OverflowError:
        return number
