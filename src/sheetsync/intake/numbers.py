"""Numbers of plan rows as a spreadsheet gives them back.

Excel turns «2.10» into 2.1, «3.1» into 3 January and «1.15» into January 2015. A cell therefore
stands for several possible numbers; the row's text decides which one it is.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from sheetsync.grid import Cell
from sheetsync.patterns import at_first_use

_WRITTEN_DATE: Final = at_first_use(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_CALLED: Final = at_first_use(r"^\s*(?:пп?\b|пункт\b|№|N\b)\.?\s*", re.IGNORECASE)
_LETTER: Final = at_first_use(r"[^\W\d_]")


def bare(number: str) -> str:
    """«1.2.», « 1.2 », «п. 1,2» -> «1.2»."""
    return re.sub(r"[^0-9.]+", "", number.replace(",", ".")).strip(".")


def is_written_as(text: str, number: str) -> bool:
    """Is this the number in another spelling («п. 1.2», «1,2)»), without words of the school's beside it?"""
    return bare(text) == bare(number) and not _LETTER.search(_CALLED.sub("", text))


def possible(cell: Cell) -> frozenset[str]:
    """Every plan number this cell can stand for; the one it shows included."""
    value = cell.value
    if isinstance(value, date):
        return _of_date(value.date() if isinstance(value, datetime) else value)
    shown = bare(cell.text)
    if isinstance(value, float) and not value.is_integer():
        return frozenset({shown, shown + "0"})
    written = _WRITTEN_DATE.match(cell.text.strip())
    if written:
        day, month, year = map(int, written.groups())
        return frozenset({shown}) | (_parts(day, month, year) if day <= 31 and month <= 12 else frozenset())
    return frozenset({shown} - {""})


def _of_date(value: date) -> frozenset[str]:
    return _parts(value.day, value.month, value.year)


def _parts(day: int, month: int, year: int) -> frozenset[str]:
    short = year % 100
    found = {f"{day}.{month}", f"{day}.{month:02d}", f"{month}.{day}", f"{day}.{month}.{short}"}
    if day == 1:
        found |= {f"{month}.{short}", f"{month}.{short:02d}"}
    return frozenset(found)
