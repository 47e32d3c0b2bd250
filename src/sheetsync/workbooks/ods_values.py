"""How .ods writes values, formulas and addresses down, in the words of ``grid``."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from sheetsync.grid import Value
from sheetsync.workbooks.xlsx_values import number
from sheetsync.workbooks.xml_walk import Attributes

_DURATION: Final = re.compile(r"PT(\d{1,6})H(\d{1,3})M(\d{1,3})(?:[.,](\d+))?S\Z")
_ADDRESS: Final = re.compile(
    r"\$?('(?:[^']|'')*'|[^.'$][^.']*)\.(\$?[A-Z]+\$?\d+)(?::(?:\$?(?:'(?:[^']|'')*'|[^.']*)\.)?(\$?[A-Z]+\$?\d+))?\Z"
)


def value(attributes: Attributes, text: str) -> Value:
    """The value of a cell from its attributes (without prefixes) and its shown text."""
    match attributes.get("value-type", "string" if text else ""):
        case "float" | "percentage" | "currency":
            return number(attributes.get("value", text))
        case "date":
            return _moment(attributes.get("date-value", ""), text)
        case "time":
            return _time(attributes.get("time-value", ""), text)
        case "boolean":
            return attributes.get("boolean-value") == "true"
        case "string":
            return text or attributes.get("string-value") or None
    return text or None


def _moment(written: str, text: str) -> Value:
    try:
        moment = datetime.fromisoformat(written).replace(tzinfo=None)
        moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    except (ValueError, OverflowError):
        return text or None
    return moment if moment.time() != time() else date(moment.year, moment.month, moment.day)


def _time(written: str, text: str) -> Value:
    found = _DURATION.match(written)
    if not found or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3]) > 59:
        return text or None
    return time(int(found[1]), int(found[2]), int(found[3]))


def formula(written: str) -> str:
    """«of:=[.A1]+1» -> «[.A1]+1»."""
    return written.partition("=")[2] if "=" in written else written


def address(written: str) -> str:
    """«$'Лист 1'.$A$1:.$B$2» -> «'Лист 1'!$A$1:$B$2»; what is no address stays as it is."""
    found = _ADDRESS.match(written)
    if not found:
        return written
    return f"{found[1]}!{found[2]}" + (f":{found[3]}" if found[3] else "")


def sheet_and_range(written: str) -> tuple[str, str] | None:
    """The sheet's plain name and «A1:B2»; None when the text is no address."""
    sheet, mark, place = address(written).rpartition("!")
    if not mark:
        return None
    plain = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    return plain, place
