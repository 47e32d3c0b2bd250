"""One look over an XML part: counts what a hostile workbook multiplies, keeps nothing.

The root element says what the part is, whatever its name in the package. A DOCTYPE is noticed as
the parser's event, so no encoding can hide it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from sheetsync.grid import area
from sheetsync.intake.limits import Limits, Reason, Refusal

_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
Attributes = dict[str, str]
Rules = dict[str, Callable[[Attributes], None]]


@dataclass(slots=True)
class Totals:
    """What was counted so far over all parts of one file."""

    limits: Limits
    elements: int = 0
    cells: int = 0
    strings: int = 0
    styles: int = 0
    merges: int = 0
    merged_area: int = 0
    links: int = 0
    linked_area: int = 0


def scan(name: str, part: bytes, totals: Totals) -> None:
    """Raise ``Refusal`` when the part is broken, declares a DOCTYPE or goes over a limit."""
    limits = totals.limits
    parser = expat.ParserCreate()
    allowed = limits.elements - totals.elements
    seen = depth = last = 0
    rules: Rules = {}

    def start(element: str, attributes: Attributes) -> None:
        nonlocal seen, depth, last, rules
        at = parser.CurrentByteIndex
        if at - last > limits.token_bytes:
            raise Refusal(Reason.LONG_TEXT, name)
        last = at
        seen += 1
        if seen > allowed:
            raise Refusal(Reason.TOO_MANY_ELEMENTS, name)
        depth += 1
        if depth > limits.depth:
            raise Refusal(Reason.TOO_DEEP, name)
        if ":" in element:
            element = element.rpartition(":")[2]
        if depth == 1:
            rules = _rules_for(element, totals)
        rule = rules.get(element)
        if rule is not None:
            rule(attributes)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise Refusal(Reason.DOCTYPE, name)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Refusal(Reason.BAD_XML, name) from None
    totals.elements += seen
    if len(part) - last > limits.token_bytes:
        raise Refusal(Reason.LONG_TEXT, name)


def _rules_for(root: str, totals: Totals) -> Rules:
    match root:
        case "worksheet" | "macrosheet" | "dialogsheet" | "chartsheet":
            return _sheet_rules(totals)
        case "sst":
            return {"si": lambda _: _count_string(totals)}
        case "styleSheet":
            return {"xf": lambda _: _count_style(totals)}
        case "document-content" | "document":
            return _open_document_rules(totals)
        case "manifest":
            return {"encryption-data": _locked}
    return {}


def _count_string(totals: Totals) -> None:
    totals.strings += 1
    if totals.strings > totals.limits.strings:
        raise Refusal(Reason.TOO_MANY_STRINGS, totals.limits.strings)


def _count_style(totals: Totals) -> None:
    totals.styles += 1
    if totals.styles > totals.limits.styles:
        raise Refusal(Reason.TOO_MANY_STYLES, totals.limits.styles)


def _count_cells(totals: Totals, more: int = 1) -> None:
    totals.cells += more
    if totals.cells > totals.limits.cells:
        raise Refusal(Reason.TOO_MANY_CELLS, totals.limits.cells)


def _locked(_: Attributes) -> None:
    raise Refusal(Reason.ENCRYPTED)


def _sheet_rules(totals: Totals) -> Rules:
    """Rules of one sheet of an Open XML workbook; they share the place of the current cell."""
    reference, filled = "", True
    seen: set[str] = set()

    def cell(attributes: Attributes) -> None:
        nonlocal reference, filled
        reference, filled = attributes.get("r", ""), False

    def holds(_: Attributes) -> None:
        nonlocal filled
        if filled:
            return
        filled = True
        _count_cells(totals)
        if not reference:
            return
        if reference in seen:
            raise Refusal(Reason.CELL_TWICE, reference)
        seen.add(reference)
        _check_place(reference, totals.limits)

    def merge(attributes: Attributes) -> None:
        totals.merges += 1
        totals.merged_area += _size(attributes.get("ref", ""))
        if totals.merges > totals.limits.merges or totals.merged_area > totals.limits.merged_area:
            raise Refusal(Reason.MERGE_AREA, totals.limits.merges)

    def link(attributes: Attributes) -> None:
        totals.links += 1
        totals.linked_area += _size(attributes.get("ref", ""))
        if totals.links > totals.limits.links or totals.linked_area > totals.limits.merged_area:
            raise Refusal(Reason.TOO_MANY_LINKS)

    return {"c": cell, "v": holds, "is": holds, "f": holds, "mergeCell": merge, "hyperlink": link}


def _check_place(reference: str, limits: Limits) -> None:
    found = _CELL.match(reference)
    if not found:
        raise Refusal(Reason.BAD_REFERENCE, reference[:20])
    letters = found[1]
    beyond = len(letters) == 3 and letters > "XFD"
    if beyond or int(found[2]) > limits.last_row:
        raise Refusal(Reason.OUTSIDE_SHEET, reference)


def _size(reference: str) -> int:
    try:
        place = area(reference)
    except ValueError:
        raise Refusal(Reason.BAD_REFERENCE, reference[:20]) from None
    return (place.bottom - place.top + 1) * (place.right - place.left + 1)


def _open_document_rules(totals: Totals) -> Rules:
    """Rules of content.xml: one stored cell stands for as many as its row and itself repeat."""
    rows = columns = 1
    filled = True

    def row(attributes: Attributes) -> None:
        nonlocal rows
        rows = _repeat(attributes, "number-rows-repeated", totals.limits)

    def cell(attributes: Attributes) -> None:
        nonlocal columns, filled
        columns, filled = _repeat(attributes, "number-columns-repeated", totals.limits), False
        spans = [
            int(text) for key, text in attributes.items() if key.endswith("-spanned") and text.isdecimal()
        ]
        if len(spans) == 2:
            totals.merges += 1
            totals.merged_area += min(spans[0] * spans[1], totals.limits.last_row * totals.limits.last_column)
            if totals.merges > totals.limits.merges or totals.merged_area > totals.limits.merged_area:
                raise Refusal(Reason.MERGE_AREA, totals.limits.merges)

    def holds(_: Attributes) -> None:
        nonlocal filled
        if not filled:
            filled = True
            _count_cells(totals, rows * columns)

    return {
        "table-row": row,
        "table-cell": cell,
        "covered-table-cell": cell,
        "p": holds,
        "annotation": holds,
    }


def _repeat(attributes: Attributes, name: str, limits: Limits) -> int:
    text = next((value for key, value in attributes.items() if key.endswith(name)), "1")
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) > limits.repeat:
        raise Refusal(Reason.REPEAT, text[:20])
    return int(text)
