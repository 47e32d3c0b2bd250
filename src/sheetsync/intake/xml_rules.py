"""What is counted in each kind of part: the rules ``xml_scan`` applies, element by element.

Whatever a later reader does more than once for one element is counted here by what it costs: a
repeated row, a merged area, a link over a range, a part that several others point to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote

from msgspec import Struct, field

from sheetsync.grid import a1, area, position
from sheetsync.intake.limits import Limits, Reason, Refusal
from sheetsync.patterns import at_first_use

Attributes = dict[str, str]
Rules = dict[str, Callable[[Attributes], None]]

_CELL: Final = at_first_use(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
_TRUE: Final = ("1", "true", "on")
_ODS_VALUES: Final = ("value", "formula")
"""How attributes end that hold what a cell of an .ods says: date-value, string-value, formula..."""


class Totals(Struct):
    """What was counted so far over all parts of one file."""

    limits: Limits
    elements: int = 0
    cells: int = 0
    sheets: int = 0
    names: int = 0
    strings: int = 0
    styles: int = 0
    merges: int = 0
    merged_area: int = 0
    links: int = 0
    linked_area: int = 0
    hidden_columns: int = 0
    ranges: int = 0
    spaces: int = 0
    weights: dict[str, int] = field(default_factory=dict)
    """What a pass over each part costs, in elements, by its name."""
    sheet_parts: set[str] = field(default_factory=set)
    uses: Counter[str] = field(default_factory=Counter)
    """How many relations lead to each part: a reader visits it as often."""


def check_uses(totals: Totals) -> None:
    """A part that many point to is read as many times; a sheet belongs to the book once."""
    for name, uses in totals.uses.items():
        if uses > 1 and name in totals.sheet_parts:
            raise Refusal(Reason.SHEET_TWICE, name)
        totals.elements += (uses - 1) * totals.weights.get(name, 0)
        if totals.elements > totals.limits.elements:
            raise Refusal(Reason.TOO_MANY_ELEMENTS, name)


def rules_for(root: str, name: str, totals: Totals) -> Rules:
    """The rules of a part whose root element is ``root``."""
    match root:
        case "worksheet" | "macrosheet" | "dialogsheet" | "chartsheet":
            totals.sheet_parts.add(name)
            return _sheet_rules(totals)
        case "workbook":
            return _workbook_rules(totals)
        case "sst":
            return {"si": lambda _: _count_string(totals)}
        case "styleSheet":
            return {"xf": lambda _: _count_style(totals)}
        case "comments" | "ThreadedComments":
            return dict.fromkeys(("comment", "threadedComment"), _note(totals))
        case "Relationships":
            return {"Relationship": _relation(name, totals)}
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


def _count_sheet(totals: Totals) -> None:
    totals.sheets += 1
    if totals.sheets > totals.limits.sheets:
        raise Refusal(Reason.TOO_MANY_SHEETS, totals.limits.sheets)


def _count_merge(totals: Totals, covered: int) -> None:
    totals.merges += 1
    totals.merged_area += covered
    if totals.merges > totals.limits.merges or totals.merged_area > totals.limits.merged_area:
        raise Refusal(Reason.MERGE_AREA, totals.limits.merges)


def _locked(_: Attributes) -> None:
    raise Refusal(Reason.ENCRYPTED)


# --- parts of an Open XML workbook --------------------------------------------------------------


def _workbook_rules(totals: Totals) -> Rules:
    seen: set[str] = set()

    def sheet(attributes: Attributes) -> None:
        _count_sheet(totals)
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if relation and relation in seen:
            raise Refusal(Reason.SHEET_TWICE, attributes.get("name", "")[:40])
        seen.add(relation)

    def name(_: Attributes) -> None:
        totals.names += 1
        if totals.names > totals.limits.names:
            raise Refusal(Reason.TOO_MANY_NAMES, totals.limits.names)

    return {"sheet": sheet, "definedName": name}


def _relation(name: str, totals: Totals) -> Callable[[Attributes], None]:
    """Count where the relations of one part lead; what lies outside the file is nobody's work."""
    home = name.rpartition("_rels/")[0].strip("/").split("/")

    def relation(attributes: Attributes) -> None:
        if attributes.get("TargetMode") == "External":
            return
        target = unquote(attributes.get("Target", "")).replace("\\", "/")
        path = [] if target.startswith("/") else list(home)
        for step in target.split("/"):
            if step == "..":
                del path[-1:]
            elif step not in ("", "."):
                path.append(step)
        totals.uses["/".join(path).strip("/").lower()] += 1

    return relation


def _note(totals: Totals) -> Callable[[Attributes], None]:
    def note(attributes: Attributes) -> None:
        _count_cells(totals)
        _check_place(attributes.get("ref", ""), totals.limits)

    return note


def _sheet_rules(totals: Totals) -> Rules:
    """Rules of one sheet; those of its cells share the place of the current one."""
    cells = _Cells(totals)

    def column(attributes: Attributes) -> None:
        if attributes.get("hidden") not in _TRUE:
            return
        first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
        totals.hidden_columns += max(0, min(last, totals.limits.last_column) - first + 1)
        if first < 1 or totals.hidden_columns > totals.limits.hidden_columns:
            raise Refusal(Reason.HIDDEN_COLUMNS)

    def merge(attributes: Attributes) -> None:
        _count_merge(totals, _size(attributes.get("ref", "")))

    def link(attributes: Attributes) -> None:
        totals.links += 1
        totals.linked_area += _size(attributes.get("ref", ""))
        if totals.links > totals.limits.links or totals.linked_area > totals.limits.linked_area:
            raise Refusal(Reason.TOO_MANY_LINKS)

    return {
        "row": cells.row,
        "c": cells.cell,
        **dict.fromkeys(("v", "is", "f"), cells.holds),
        "col": column,
        "mergeCell": merge,
        "hyperlink": link,
    }


class _Cells:
    """Cells of one sheet, with or without an address: each place holds one value and exists."""

    def __init__(self, totals: Totals) -> None:
        self._totals = totals
        self._row = self._column = 0
        self._reference = ""
        self._filled = True
        self._seen: set[str] = set()

    def row(self, attributes: Attributes) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column, self._reference = 0, ""

    def cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r", "")
        if not reference:
            if self._reference:
                self._row, self._column = position(self._reference)
            self._column += 1
        self._reference = reference
        self._filled = False

    def holds(self, _: Attributes) -> None:
        if self._filled:
            return
        self._filled = True
        _count_cells(self._totals)
        reference = self._reference or a1(self._row, self._column)
        if reference in self._seen:
            raise Refusal(Reason.CELL_TWICE, reference)
        self._seen.add(reference)
        _check_place(reference, self._totals.limits)


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


# --- the content of an .ods ---------------------------------------------------------------------


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
        if any(key.endswith(_ODS_VALUES) for key in attributes):
            holds(attributes)
        spans = [
            int(text) for key, text in attributes.items() if key.endswith("-spanned") and text.isdecimal()
        ]
        if len(spans) == 2:
            whole = totals.limits.last_row * totals.limits.last_column
            _count_merge(totals, min(spans[0] * spans[1], whole))

    def holds(_: Attributes) -> None:
        nonlocal filled
        if not filled:
            filled = True
            _count_cells(totals, rows * columns)

    return {
        "table": lambda _: _count_sheet(totals),
        "table-row": row,
        **dict.fromkeys(("table-cell", "covered-table-cell"), cell),
        **dict.fromkeys(("p", "h", "annotation"), holds),
        "s": lambda attributes: _count_spaces(totals, attributes),
        "database-range": lambda _: _count_range(totals),
    }


def _count_spaces(totals: Totals, attributes: Attributes) -> None:
    count = next((value for key, value in attributes.items() if key.endswith(":c")), "1")
    totals.spaces += max(0, int(count))
    if totals.spaces > totals.limits.spaces:
        raise Refusal(Reason.LONG_TEXT, "content.xml")


def _count_range(totals: Totals) -> None:
    totals.ranges += 1
    if totals.ranges > totals.limits.ranges:
        raise Refusal(Reason.TOO_MANY_RANGES, totals.limits.ranges)


def _repeat(attributes: Attributes, name: str, limits: Limits) -> int:
    text = next((value for key, value in attributes.items() if key.endswith(name)), "1")
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) > limits.repeat:
        raise Refusal(Reason.REPEAT, text[:20])
    return int(text)
