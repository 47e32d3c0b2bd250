"""What one part of a package costs, and what of it is written plainly: each part is judged by itself.

Copies of one form share most of their parts to the byte; what was counted in such a part once is
remembered. Sums are upper bounds: a package that goes over a limit by them is counted exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sheetsync.intake.archive import Packed, inflated
from sheetsync.intake.limits import Limits, Reason, Refusal
from sheetsync.intake.plain_lists import PlainRelations, PlainStrings, plain_relations, plain_strings
from sheetsync.intake.plain_notes import DEEPEST, PlainNotes, plain_notes
from sheetsync.intake.plain_sheet import MOST_IN_CELL, PlainSheet, plain_sheet
from sheetsync.intake.plain_xml import NotPlain
from sheetsync.intake.xml_rules import Totals, check_uses
from sheetsync.intake.xml_scan import ELEMENT_BYTES, scan

Plain = PlainSheet | PlainStrings | PlainRelations | PlainNotes

SMALL: Final = 32 << 10
"""Bytes of a part that is remembered whole."""
_REMEMBERED_PARTS: Final = 64
_REMEMBERED_FRAMES: Final = 32
_RELATION: Final = re.compile(rb' Id="[^"<&]*"')
"""Names of relations: where these lead is counted, whatever they are called."""
_SUMMED: Final = (
    "elements", "cells", "sheets", "names", "strings", "styles", "merges", "merged_area", "links",
    "linked_area", "hidden_columns", "ranges", "spaces",
)  # fmt: skip
_sums_of: Final = attrgetter(*_SUMMED)
_limits_of: Final = attrgetter(*_SUMMED)
_LONGEST: Final = 1 << 20
"""Of a longer part too much would be held at once: it is walked over."""
_FORMS: Final[Mapping[bytes, tuple[bytes, Callable[[bytes], Plain]]]] = {
    b"worksheet": (b"<sheetData>", plain_sheet),
    b"sst": (b"<si>", plain_strings),
    b"Relationships": (b'/hyperlink" ', plain_relations),
    b"comments": (b"<commentList>", plain_notes),
}
"""The parts that may hold thousands of elements alike, by their root, and what is met in such a part."""
_ROOT: Final = re.compile(rb"<([a-zA-Z]+)[ >]")
_HEAD: Final = 256
"""Bytes in which the root begins."""


class LookedAt(NamedTuple):
    """A part that may be read: its bytes, its pieces when it is written plainly, what it holds."""

    part: bytes
    plain: Plain | None
    totals: Totals


def look_at(name: str, part: bytes, limits: Limits) -> LookedAt:
    """A part judged by itself. A ``Refusal`` says no more than that a closer look is needed."""
    plain = plain_form(part, limits)
    return LookedAt(part, plain, counted(name, part, plain, limits))


@lru_cache(maxsize=_REMEMBERED_PARTS)
def look_at_small(name: str, packed: Packed, limits: Limits) -> LookedAt:
    """The same of a part still packed; copies of one form have most of the small ones in common."""
    return look_at(name, inflated(packed, limits.part_bytes, name), limits)


def plain_form(part: bytes, limits: Limits) -> Plain | None:
    """The part in pieces, when it is long and written plainly."""
    if limits.depth < DEEPEST or len(part) > _LONGEST:
        return None
    root = _ROOT.search(part, 0, _HEAD)
    if root is None or root[1] not in _FORMS:
        return None
    mark, taken_apart = _FORMS[root[1]]
    if mark not in part:
        return None
    try:
        plain = taken_apart(part)
    except NotPlain:
        return None
    within = plain.longest + len(plain.frame) < limits.token_bytes
    return plain if within else None


def counted(name: str, part: bytes, plain: Plain | None, limits: Limits) -> Totals:
    """What the part holds, no less. Raises ``Refusal`` where the part alone is to be refused."""
    if plain is None:
        return _counted(name, part, limits)
    frame = _RELATION.sub(b' Id=""', plain.frame) if isinstance(plain, PlainRelations) else plain.frame
    found = _frame_counted(name, frame, limits)
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
        case PlainNotes():
            totals.cells += len(plain.notes)
            totals.elements += plain.marked_up
    totals.weights[name] = totals.elements + len(part) // ELEMENT_BYTES
    return totals


@lru_cache(maxsize=_REMEMBERED_FRAMES)
def _frame_counted(name: str, frame: bytes, limits: Limits) -> Totals:
    return _counted(name, frame, limits)


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
        if one.uses:
            whole.uses.update(one.uses)
    check_uses(whole)
