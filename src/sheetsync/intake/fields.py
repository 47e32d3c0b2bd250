"""A cell becomes a field of an answer: text byte for byte, its value, its links, its comment.

What the program understood otherwise than it was typed is said by a finding beside the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from sheetsync.columns import Column, Kind
from sheetsync.findings import make
from sheetsync.grid import Cell, is_error
from sheetsync.intake.statuses import is_listed, read_status
from sheetsync.model import Field, Finding, Origin
from sheetsync.patterns import at_first_use
from sheetsync.plan.answer_dates import read_answer_date
from sheetsync.plan.figures import read_figure
from sheetsync.plan.papers import numbered_paper
from sheetsync.text import plain

ADDRESS: Final = at_first_use(r"(?:https?://|www\.)[^\s<>\"«»]+", re.IGNORECASE)
CYRILLIC: Final = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")
"""What begins with one of these is neither a day in figures nor an address."""
_AFTER_ADDRESS: Final = ".,;:!?)]}'"
_HYPERLINK: Final = at_first_use(r'^=?\s*HYPERLINK\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)
_MONTH: Final = r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*"
_DAY: Final = (
    rf"[«\"]?\d{{1,2}}[»\"]?[. ](?:\d{{1,2}}|{_MONTH})[. ](?:\d{{4}}|\d\d)(?!\d|\.\d)(?: ?г(?:ода|\.)?)?"
)
WRITTEN_DAY: Final = at_first_use(_DAY, re.IGNORECASE)
"""A day written in full inside a text."""
_DOCUMENT: Final = numbered_paper(_DAY)
_AFTER_DOCUMENT: Final = 20
_DOCUMENT_COLUMN: Final = "document"
_FIRST_SERIAL: Final = date(1899, 12, 30)
_SERIALS: Final = range(36526, 54789)
"""Serial numbers of the years 2000-2049: a bare figure outside is no date."""

_QUOTED: Final = 200
_LONGEST_STATUS: Final = 40
"""A column of longer texts is not one of statuses, whatever words they begin with."""


def read_field(
    column: Column, cell: Cell, origin: Origin, years: Sequence[int]
) -> tuple[Field, tuple[Finding, ...]]:
    """The field of one answer cell, and what to say about how it was read."""
    text = cell.text
    value, said = _value_of(column, cell, origin, years)
    notes = [*_about_cell(cell, origin), *said]
    return Field(text, value, links_of(cell), cell.comment or "", origin, cell.secret), tuple(notes)


def links_of(cell: Cell) -> tuple[str, ...]:
    """Addresses of a cell: hyperlink targets, those of HYPERLINK(), those written in the text."""
    called = _HYPERLINK.match(cell.formula) if cell.formula else None
    written = addresses_in(cell.text)
    if called is None and not written:
        return cell.links if len(cell.links) < 2 else tuple(dict.fromkeys(cell.links))
    return tuple(dict.fromkeys((*cell.links, *([called[1]] if called else ()), *written)))


def addresses_in(text: str) -> list[str]:
    """Addresses written out in a text, without the stops after them."""
    if not ("://" in text or "w." in text or "W." in text):  # one of these stands in every address
        return []
    return [one.rstrip(_AFTER_ADDRESS) for one in ADDRESS.findall(text)]


def holds_something(cell: Cell) -> bool:
    """Did somebody put anything here: a value, a link, a note, a formula without a value?"""
    return not cell.is_empty or cell.formula is not None


def looks_like(column: Column, cells: Iterable[Cell], years: Sequence[int]) -> bool | None:
    """Do these cells suit a column by their content? None when content cannot tell."""
    texts = [cell for cell in cells if cell.text.strip()]
    if not texts:
        return None
    if column.kind in {Kind.CHOICE, Kind.DATE, Kind.LINK}:
        return sum(_fits(column, cell, years) for cell in texts) * 2 >= len(texts)
    if sum(is_listed(cell.text) for cell in texts) * 2 >= len(texts):
        return False
    documents = sum(names_a_document(cell.text) for cell in texts)
    return True if column.key == _DOCUMENT_COLUMN and documents * 2 >= len(texts) else None


def is_only_a_date(cell: Cell) -> bool:
    """Is this a day and nothing else?"""
    if isinstance(cell.value, date):
        return True
    text = cell.text
    return text[:1] not in CYRILLIC and WRITTEN_DAY.fullmatch(plain(text)) is not None


def is_like_a_date(cell: Cell, years: Sequence[int]) -> bool:
    """Is this a day in a few words, «до 15 марта», and not the name of a document?"""
    if len(cell.text) > _LONGEST_STATUS or names_a_document(cell.text):
        return False
    return _read_date(cell, years)[0] is not None


def document_in(text: str) -> str:
    """The first document a text names with its number or date, «приказ № 5 от 01.03.2023»."""
    found = _DOCUMENT.search(text)
    return found[0] if found else ""


def names_a_document(text: str) -> bool:
    """Is this the name of a document, at most with a few words after it: «…, стр. 2»?"""
    found = _DOCUMENT.match(text.strip())
    return found is not None and len(text.strip()) - found.end() <= _AFTER_DOCUMENT


def quoted(text: str) -> str:
    """A text as a finding quotes it: whole when short, its beginning when long."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


def _fits(column: Column, cell: Cell, years: Sequence[int]) -> bool:
    match column.kind:
        case Kind.CHOICE:
            return len(cell.text) <= _LONGEST_STATUS and read_status(cell.text) is not None
        case Kind.DATE:
            return is_like_a_date(cell, years)
    return bool(links_of(cell))


def _about_cell(cell: Cell, origin: Origin) -> Iterable[Finding]:
    if cell.formula is not None and not cell.text:
        yield make("R314", origin=origin)
    if is_error(cell.text):
        yield make("R319", origin=origin, value=cell.text)
    if cell.comment:
        yield make("R316", origin=origin, comment=quoted(cell.comment))


def _value_of(
    column: Column, cell: Cell, origin: Origin, years: Sequence[int]
) -> tuple[str | float | date | None, tuple[Finding, ...]]:
    if not cell.text.strip() or is_error(cell.text):
        return None, ()
    match column.kind:
        case Kind.CHOICE:
            return _status(column, cell, origin)
        case Kind.DATE:
            return _date(cell, origin, years)
        case Kind.NUMBER:
            return _number(cell), ()
    return cell.text, ()


def _status(column: Column, cell: Cell, origin: Origin) -> tuple[str | None, tuple[Finding, ...]]:
    status = read_status(cell.text)
    if status is None:
        choices = ", ".join(column.choices)
        return None, (make("R310", origin=origin, value=quoted(cell.text), choices=choices),)
    if plain(cell.text) == plain(status.value):
        return status, ()
    return status, (make("R311", origin=origin, value=cell.text, status=status.value),)


def _date(cell: Cell, origin: Origin, years: Sequence[int]) -> tuple[date | None, tuple[Finding, ...]]:
    found, sure = _read_date(cell, years)
    if found is None:
        return None, (make("R312", origin=origin, value=quoted(cell.text)),)
    if sure:
        return found, ()
    return found, (make("R313", origin=origin, value=cell.text, date=f"{found:%d.%m.%Y}"),)


def _read_date(cell: Cell, years: Sequence[int]) -> tuple[date | None, bool]:
    """The date of a cell, and whether it is written as a date is written."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date(), value.time() == time()  # of a time of day nothing else is shown
    if isinstance(value, date):
        return value, True
    if isinstance(value, int | float) and not isinstance(value, bool):
        serial = int(value)
        return (_FIRST_SERIAL + timedelta(days=serial), False) if serial in _SERIALS else (None, False)
    return _written_date(cell.text, tuple(years))


@lru_cache(maxsize=4096)
def _written_date(text: str, years: tuple[int, ...]) -> tuple[date | None, bool]:
    """The date of a text; schools of one campaign write the same days."""
    found, doubts = read_answer_date(text, years)
    plainly = found is not None and text.strip() == f"{found:%d.%m.%Y}"
    return found, plainly and not doubts


def _number(cell: Cell) -> float | None:
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return float(cell.value)
    figure = read_figure(cell.text)
    return figure.value if figure else None
