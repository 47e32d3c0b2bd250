"""How .xlsx writes values down: escaped characters, numbers that are dates, links in formulas."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from typing import Final

from sheetsync.grid import Cell, Value
from sheetsync.patterns import at_first_use

_LAST_MOMENT: Final = datetime(9999, 12, 31, 23, 59, 59)
_NUMBER: Final = at_first_use(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z")
_HYPERLINK: Final = at_first_use(r'\s*(?:=\s*)?HYPERLINK\s*\(\s*"((?:[^"]|"")*)"\s*[,;)]', re.IGNORECASE)

_BUILT_IN: Final = {
    **dict.fromkeys((*range(14, 18), 22, *range(27, 32), *range(34, 37), *range(50, 59)), "date"),
    **dict.fromkeys((*range(18, 22), 32, 33, 45, 47), "time"),
    46: "elapsed",
}
_RUSSIAN_DATE: Final = at_first_use(r"(?=.*[дг])[дмгчс\s.,:/-]+")
_NOT_CODE: Final = at_first_use(
    r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\[\]]*\]|general|standard|am/pm|a/p', re.IGNORECASE
)


def number(text: str) -> Value:
    """A stored number; whole ones become ``int``. What is not a plain number stays as text."""
    if not _NUMBER.match(text):
        return text
    value = float(text)
    if math.isinf(value):
        return text
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


class NumberFormats:
    """Says which cell styles show a number as a date or a time, and turns such numbers round."""

    def __init__(self, codes: list[int], custom: dict[int, str], *, from_1904: bool = False) -> None:
        self._kinds = [_kind(code, custom.get(code)) for code in codes]
        self._epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        self._leap_bug = not from_1904
        self._last_serial = (_LAST_MOMENT - self._epoch) / timedelta(days=1)
        self.cells: dict[tuple[str, int], Cell] = {}
        """Cells that hold such a number and nothing else, as far as they were met."""

    def value(self, text: str, style: int) -> Value:
        """The stored number as the cell's style shows it: number, date, date with time, or time."""
        found = number(text)
        kind = self._kinds[style] if 0 <= style < len(self._kinds) else ""
        if not kind or not isinstance(found, int | float) or not 0 <= found <= self._last_serial:
            return found
        if found == 0 and kind == "date":
            return found  # the day before the first one
        return self._moment(found, kind)

    def _moment(self, serial: float, kind: str) -> date | datetime | time | str:
        if serial < 1:
            return (self._epoch + _seconds(serial)).time()
        if kind == "elapsed":
            return elapsed(serial)
        if self._leap_bug and serial < 60:
            serial += 1  # Excel believes in 29 February 1900
        moment = self._epoch + _seconds(serial)
        return moment if moment.time() != time() else moment.date()


def _seconds(serial: float) -> timedelta:
    return timedelta(seconds=round(serial * 86_400))


def elapsed(serial: float) -> str:
    """More than a day of hours as Excel shows [h]:mm:ss, without empty seconds."""
    minutes, seconds = divmod(round(serial * 86_400), 60)
    text = f"{minutes // 60}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text


def _kind(code: int, custom: str | None) -> str:
    if custom is None:
        return _BUILT_IN.get(code, "")
    code_alone = _NOT_CODE.sub("", custom).partition(";")[0].lower()
    if _RUSSIAN_DATE.fullmatch(code_alone):
        return "date"
    letters = set(code_alone)
    if letters & set("yd") or ("m" in letters and not letters & set("hs")):
        return "date"
    if not letters & set("hs"):
        return ""
    return "elapsed" if "[" in letters else "time"


def link_in(formula: str) -> str | None:
    """The address a HYPERLINK formula spells out; None when there is none or it is computed."""
    found = _HYPERLINK.match(formula)
    return found[1].replace('""', '"') if found and found[1] else None
