"""Answers that stand where they belong, read at a glance.

A row is plain when each of its answers is what its column asks for, so that none can be meant for
another column: a status of the list, a day, a document, words elsewhere. Of a plain row nothing is
moved and nothing is found inside another answer; any other row is left to ``answers.read_row``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from sheetsync.columns import Kind
from sheetsync.grid import Cell, text_of
from sheetsync.intake.fields import CYRILLIC, links_of
from sheetsync.intake.misplaced import DOCUMENT, DONE_ON, INFO, LINK, REASON, STATUS, nature_of
from sheetsync.intake.rows import ANSWERS
from sheetsync.intake.statuses import LISTED, is_only_a_status
from sheetsync.model import Field, Origin

_DAY: Final = re.compile(r"\d\d\.\d\d\.\d{4}")
_WORDS: Final = frozenset(one.key for one in ANSWERS if one.kind in {Kind.TEXT, Kind.LINK})
_NO_WORDS: Final = " \t\r\n\u00a0#"
"""What begins so may be blank or an error of a formula."""


def is_plain(cells: Mapping[str, Cell]) -> bool:
    """Is each answer of a row, by its column, what is asked there, and stands each nowhere else?"""
    status = cells.get(STATUS)
    if status is None or status.value not in LISTED:
        return False
    day, link, document = cells.get(DONE_ON), cells.get(LINK), cells.get(DOCUMENT)
    if day is not None and not _is_day(day):
        return False
    if link is not None and nature_of(link) not in {LINK, ""}:
        return False
    if document is not None and _is_out_of_place(document):
        return False
    if day and link and document:
        return True
    missing = {key for key, cell in ((DONE_ON, day), (LINK, link), (DOCUMENT, document)) if cell is None}
    return not (
        _tells(cells.get(INFO), missing - {DOCUMENT}) or _tells(cells.get(REASON), missing - {DONE_ON})
    )


def _is_day(cell: Cell) -> bool:
    value = cell.value
    return value.__class__ is date or (isinstance(value, str) and _DAY.fullmatch(value) is not None)


def _is_out_of_place(document: Cell) -> bool:
    """Is what stands under «Документ» a status or nothing but addresses?"""
    text = document.value
    if isinstance(text, str) and text[:1] in CYRILLIC:
        return is_only_a_status(text)
    return nature_of(document) in {STATUS, LINK}


def _tells(cell: Cell | None, missing: set[str]) -> bool:
    """Is a cell of words one of the answers that stand nowhere else?"""
    if cell is None or not missing:
        return False
    text = cell.value
    if DOCUMENT not in missing and isinstance(text, str) and text[:1] in CYRILLIC:
        return False
    return nature_of(cell) in missing


def plain_field(key: str, cell: Cell, origin: Origin) -> Field | None:
    """The field of an answer of a plain row; ``None`` when something is to be said of it."""
    value = cell.value
    if cell.formula is not None or cell.comment:
        return None
    if value.__class__ is str:
        if key in _WORDS:
            if not value[:1].strip(_NO_WORDS):
                return None
            links = cell.links
            if len(links) > 1 or "://" in value or "w." in value or "W." in value:
                links = links_of(cell)
            return Field(value, value, links, "", origin, cell.secret)
        if key == STATUS and not cell.links:
            return Field(value, LISTED[value], (), "", origin, cell.secret)
    elif key == DONE_ON and value.__class__ is date and not cell.links:
        return Field(_shown(value), value, (), "", origin, cell.secret)
    return None


@lru_cache(maxsize=4096)
def _shown(day: date) -> str:
    return text_of(day)
