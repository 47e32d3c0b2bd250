"""What a cell of a Google sheet holds, in the words of ``grid``."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from sheetsync.grid import Value
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.serials import moment_of
from sheetsync.workbooks.xlsx_values import elapsed

_LAST_SERIAL: Final = 2_958_466
"""The day after 31.12.9999."""

_EXACT: Final = 1e15
_DURATION: Final = re.compile(r"\[h+\]", re.IGNORECASE)
_FORMULA_PART: Final = re.compile(r'"[^"]*"|;')
_ERRORS: Final = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
}
_OTHER_ERROR: Final = "#ERROR!"


def value_of(cell: Json) -> Value:
    """The value as it is, dates by their format; what is no value of a cell is the text it shows."""
    said = cell.get("effectiveValue") or cell.get("userEnteredValue", {})
    shown = str(cell.get("formattedValue", ""))
    match said:
        case {"stringValue": text}:
            return shown if shown and cell.get("chipRuns") else str(text)
        case {"boolValue": bool(truth)}:
            return truth
        case {"numberValue": number}:
            return _number(number, _format(cell))
        case {"errorValue": error}:
            return shown if shown.startswith("#") else _ERRORS.get(error.get("type", ""), _OTHER_ERROR)
    return shown or None


def formula_of(cell: Json) -> str | None:
    """The formula without its «=», arguments parted by commas whatever the sheet's language."""
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is None:
        return None
    return _FORMULA_PART.sub(lambda part: "," if part[0] == ";" else part[0], formula.removeprefix("="))


def _format(cell: Json) -> Json:
    formats = (cell.get(name, {}).get("numberFormat") for name in ("effectiveFormat", "userEnteredFormat"))
    return next((one for one in formats if one), {})


def _number(number: float, shown_as: Json) -> Value:
    match shown_as.get("type"):
        case "DATE" | "DATE_TIME" | "TIME" if 0 < number < _LAST_SERIAL:
            return _moment(number, shown_as.get("pattern", ""))
    return int(number) if float(number).is_integer() and abs(number) < _EXACT else number


def _moment(serial: float, pattern: str) -> Value:
    """A serial number as a day, a minute of a day, an hour, or hours beyond a day."""
    moment = moment_of(serial)
    if serial < 1:
        return moment.time()
    if _DURATION.search(pattern):
        return elapsed(serial)
    return moment if moment.time() != time() else moment.date()
