"""Number formats: codes as Excel spells them, and what kind of value a format shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .places import Place, cells_at, is_mixed, struct, writable_at

DATE, DATETIME, LOGICAL, TEXT, OTHER = "date", "datetime", "logical", "text", "other"
GENERAL = "General"

_DATE, _TIME, _NUMBER, _LOGICAL, _TEXT = 2, 4, 16, 1024, 256
_FORMATS_OF_A_LOCALE = 10_000
_STANDARD_CODES = {DATE: "dd.mm.yyyy", DATETIME: "dd.mm.yyyy hh:mm"}


def kind_of(doc: Any, key: int) -> str:
    """What a format makes of a number; empty for the general one, which makes nothing of it."""
    if key % _FORMATS_OF_A_LOCALE == 0:
        return ""
    kind = doc.NumberFormats.getByKey(key).Type
    if kind & _LOGICAL:
        return LOGICAL
    if kind & _TEXT:
        return TEXT
    if kind & (_DATE | _TIME):
        return DATETIME if kind & _TIME else DATE
    return OTHER


def standard_format(doc: Any, kind: str) -> int:
    """The format a date or a boolean gets in a cell that has none."""
    code = _STANDARD_CODES.get(kind)
    if code is None:
        return int(doc.NumberFormats.getStandardFormat(_LOGICAL, struct("lang.Locale")))
    return key_of(doc, code)


def key_of(doc: Any, code: str) -> int:
    """The document's format of an Excel code, made if need be, in the office's own locale as a user's is."""
    formats, here = doc.NumberFormats, struct("lang.Locale")
    if code.lower() == GENERAL.lower():
        return int(formats.getStandardIndex(here))
    try:
        return int(formats.addNewConverted(code, _english(), here))
    except _malformed() as error:
        raise ValueError(code) from error


def _english() -> Any:
    return struct("lang.Locale", Language="en", Country="US")


def _malformed() -> Any:
    import uno  # noqa: PLC0415 - the office's module is not everywhere

    return uno.getClass("com.sun.star.util.MalformedNumberFormatException")


@contextmanager
def kept(cells: Any) -> Iterator[None]:
    """Formats stay as they are: the office makes a cell one for text when a text like «1.10» is put there."""
    groups, before = cells.getUniqueCellFormatRanges(), []
    for number in range(groups.Count):
        group = groups.getByIndex(number)
        before += [(address, group.getByIndex(0).NumberFormat) for address in group.RangeAddresses]
    yield
    for address, key in before:
        same = cells.Spreadsheet.getCellRangeByPosition(
            address.StartColumn, address.StartRow, address.EndColumn, address.EndRow
        )
        if is_mixed(same, "NumberFormat") or same.NumberFormat != key:
            same.NumberFormat = key


def read(doc: Any, place: Place) -> Any:
    """The code in English, but for the letters of dates; None where cells differ."""
    cells = cells_at(doc, place)
    if is_mixed(cells, "NumberFormat"):
        return None
    key = cells.NumberFormat
    kind, formats = kind_of(doc, key), doc.NumberFormats
    if not kind:
        return GENERAL
    own = formats.getByKey(key)
    code: str = own.FormatString
    if kind in (DATE, DATETIME):
        return code  # put into English, «.» between day and month would become «/»
    return str(formats.getByKey(formats.addNewConverted(code, own.Locale, _english())).FormatString)


def write(doc: Any, place: Place, code: str) -> None:
    """Give the cells a format by its Excel code; ``ValueError`` where there is no such code."""
    writable_at(doc, place).NumberFormat = key_of(doc, code)
