"""What one part of a package costs, and what of it is written plainly: each part is judged by itself.

Copies of one form share most of their parts to the byte; what was counted in such a part once is
remembered. Sums are upper bounds: a package that goes over a limit by them is counted exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from sheetsync.intake.limits import Limits, Reason, Refusal
from sheetsync.intake.plain_lists import PlainRelations, PlainStrings, plain_relations, plain_strings
from sheetsync.intake.plain_sheet import DEEPEST, MOST_IN_CELL, PlainSheet, plain_sheet
from sheetsync.intake.plain_xml import NotPlain
from sheetsync.intake.xml_rules import Totals, check_uses
from sheetsync.intake.xml_scan import ELEMENT_BYTES, scan

Plain = PlainSheet | PlainStrings | PlainRelations

_REMEMBERED_PARTS: Final = 256
_SUMMED: Final = (
    "elements", "cells", "sheets", "names", "strings", "styles", "merges", "merged_area", "links",
    "linked_area", "hidden_columns", "ranges", "spaces",
)  # fmt: skip
_sums_of: Final = attrgetter(*_SUMMED)
_limits_of: Final = attrgetter(*_SUMMED)
_REMEMBERED_SHEETS: Final = 64
_SHORT: Final = 32 << 10
_LONGEST: Final = 1 << 20
"""Of a longer part too much would be held at once: it is walked over."""
_FORMS: Final = (
    (b"<sheetData>", plain_sheet),
    (b"<si>", plain_strings),
    (b'/hyperlink" ', plain_relations),
)
"""What is met in the parts that may hold thousands of elements alike."""


def plain_form(part: bytes, limits: Limits) -> Plain | None:
    """The part in pieces, when it is long and written plainly."""
    if limits.depth < DEEPEST or len(part) > _LONGEST:
        return None
    for mark, taken_apart in _FORMS:
        if mark in part:
            try:
                is_short = len(part) <= _SHORT and taken_apart is plain_sheet
                plain: Plain = _short_sheet(part) if is_short else taken_apart(part)
            except NotPlain:
                return None
            within = plain.longest + len(plain.frame) < limits.token_bytes
            return plain if within else None
    return None


@lru_cache(maxsize=_REMEMBERED_SHEETS)
def _short_sheet(part: bytes) -> PlainSheet:
    """A sheet that copies of one form have in common: those without answers."""
    return plain_sheet(part)


def counted(name: str, part: bytes, plain: Plain | None, limits: Limits) -> Totals:
    """What the part holds, no less. Raises ``Refusal`` where the part alone is to be refused."""
    if plain is None:
        return _counted(name, part, limits)
    found = _counted(name, plain.frame, limits)
    totals = Totals(limits, *_sums_of(found))
    totals.sheet_parts, totals.uses = found.sheet_parts, found.uses
    match plain:
        case PlainSheet():
            totals.cells += len(plain.cells)
            totals.links += len(plain.links)
            totals.linked_area += len(plain.links)
            totals.elements += plain.rows + MOST_IN_CELL * plain.marked_up + len(plain.links)
        case PlainStrings():
            totals.strings += len(plain.texts)
            totals.elements += 2 * len(plain.texts)
        case PlainRelations():
            totals.elements += len(plain.addresses)
    totals.weights[name] = totals.elements + len(part) // ELEMENT_BYTES
    return totals


@lru_cache(maxsize=_REMEMBERED_PARTS)
def _counted(name: str, part: bytes, limits: Limits) -> Totals:
    totals = Totals(limits)
    scan(name, part, totals)
    return totals


def check_sums(found: Iterable[Totals], limits: Limits) -> None:
    """Raise ``Refusal`` when the parts together may go over a limit."""
    parts = list(found)
    sums: list[Any] = [sum(column) for column in zip(*map(_sums_of, parts), strict=True)]
    whole = Totals(limits, *sums)
    if any(one > most for one, most in zip(_sums_of(whole), _limits_of(limits), strict=True)):
        raise Refusal(Reason.TOO_MANY_ELEMENTS)
    for one in parts:
        whole.weights |= one.weights
        whole.sheet_parts |= one.sheet_parts
        whole.uses.update(one.uses)
    check_uses(whole)
