"""What a sheet part says about areas of cells: merges, rules, breaks, filters, sparklines, widths."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sheetsync.grid import Area, a1, area, position
from sheetsync.workbooks.ooxml import (
    Element,
    append,
    child,
    children,
    descendants,
    local_name,
    outside_cells,
)
from sheetsync.workbooks.references import MAX_COLUMN
from sheetsync.workbooks.shift import Shift, in_cell, in_range, in_rule

_RULES = ("conditionalFormatting", "dataValidation")
_FORMULAS = ("formula", "formula1", "formula2", "f")
_ANCHORED = ("protectedRange", "ignoredError")


def move_areas(root: Element, shift: Shift) -> None:
    """Move everything on the shifted sheet that names areas, but cells, links and notes."""
    _move_merges(root, shift)
    for holder in list(outside_cells(root, *_RULES, *_ANCHORED)):
        _move_rule(holder, root, shift)
    for group in list(outside_cells(root, "sparkline")):
        _move_sparkline(group, root, shift)
    for one in root.iterchildren("{*}autoFilter"):
        _move_filter(one, shift)
    for watch in list(outside_cells(root, "cellWatch")):
        moved = shift.cell(*position(watch.get("r")))
        if moved:
            watch.set("r", a1(*moved))
    _move_breaks(child(root, "rowBreaks"), lambda at: shift.row_span(at, at)[1])
    _move_breaks(child(root, "colBreaks"), lambda at: shift.column(at) or at)
    _move_widths(root, shift)


def move_formulas(root: Element, shift: Shift, sheet: str) -> None:
    """Change references to the shifted sheet in the rules and sparklines of another sheet."""
    for holder in outside_cells(root, *_RULES):
        for formula in _formulas(holder):
            formula.text = in_rule(formula.text, shift, sheet)
    for group in outside_cells(root, "sparklineGroup"):
        for formula in _formulas(group):
            formula.text = in_range(formula.text, shift, sheet)


def joined(areas: Iterable[Area]) -> list[Area]:
    """Areas with neighbours one above another made one, in the order they came."""
    by_columns: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one in areas:
        by_columns.setdefault((one.left, one.right), []).append((one.top, one.bottom))
    found = []
    for (left, right), spans in by_columns.items():
        merged: list[tuple[int, int]] = []
        for top, bottom in sorted(spans):
            if merged and top <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(bottom, merged[-1][1]))
            else:
                merged.append((top, bottom))
        found += [Area(top, left, bottom, right) for top, bottom in merged]
    return found


def _move_merges(root: Element, shift: Shift) -> None:
    holder = child(root, "mergeCells")
    if holder is None:
        return
    merges = [area(one.get("ref")) for one in holder]
    moved = [(old, piece) for old in merges for piece in shift.pieces(old)]
    for one in list(holder):
        holder.remove(one)
    for old, piece in moved:
        if ":" in piece.ref and not _hides_its_text(old, piece, shift):
            append(holder, "mergeCell", ref=piece.ref)
    _count(holder, root)


def _hides_its_text(old: Area, piece: Area, shift: Shift) -> bool:
    """Whether the row with a merge's text is not the first of the merge any more: only the first is seen."""
    corner = shift.cell(old.top, old.left)
    return corner is not None and corner in piece and corner != (piece.top, piece.left)


def _move_rule(holder: Element, root: Element, shift: Shift) -> None:
    old = _areas(holder)
    if not old:
        return
    new = joined(piece for one in old for piece in shift.pieces(one))
    if not new:
        _remove(holder, root)
        return
    _set_areas(holder, new)
    drift = new[0].top - old[0].top if shift.in_body(old[0].top) else 0
    for limit in descendants(holder, "cfvo"):
        if limit.get("type") == "formula" and limit.get("val"):
            limit.set("val", in_rule(limit.get("val"), shift, shift.sheet, drift))
    for formula in _formulas(holder):
        formula.text = in_rule(formula.text, shift, shift.sheet, drift)


def _move_sparkline(line: Element, root: Element, shift: Shift) -> None:
    old = _areas(line)
    new = [piece for one in old for piece in shift.pieces(one)]
    if not new:
        _remove(line, root)
        return
    _set_areas(line, new)
    for formula in _formulas(line):
        formula.text = in_cell(formula.text, shift, shift.sheet, old[0].top)


def _move_filter(element: Element, shift: Shift) -> None:
    """The sheet's own filter (not a table's), with its sorting."""
    for one in (element, *descendants(element, "sortState", "sortCondition")):
        moved = shift.area(area(one.get("ref"))) if one.get("ref") else None
        if moved:
            one.set("ref", moved.ref)


def _move_breaks(holder: Element | None, moved: Callable[[int], int]) -> None:
    seen: set[int] = set()
    for one in children(holder, "brk"):
        at = moved(int(one.get("id", "0")))
        one.set("id", str(at))
        if at in seen:
            one.getparent().remove(one)
        seen.add(at)
    if holder is not None and len(holder):
        holder.set("count", str(len(holder)))
        holder.set("manualBreakCount", str(sum(one.get("man") in ("1", "true") for one in holder)))


def _move_widths(root: Element, shift: Shift) -> None:
    """Column widths go with their columns; a new column takes those of the column it resembles."""
    holder = child(root, "cols")
    if holder is None or all(span == (old, old) for old, span in shift.spans.items()):
        return
    widths: dict[int, dict[str, str]] = {}
    beyond: list[tuple[int, int, dict[str, str]]] = []
    outer = shift.new_right - shift.right
    for one in list(holder):
        first, last = int(one.get("min")), int(one.get("max"))
        looks = {name: value for name, value in one.attrib.items() if name not in ("min", "max")}
        for column in range(first, min(last, shift.right) + 1):
            for new in _becomes(shift, column):
                widths[new] = looks
        if last > shift.right:
            beyond.append((max(first, shift.right + 1) + outer, min(last + outer, MAX_COLUMN), looks))
        holder.remove(one)
    for column, looks in sorted(widths.items()):
        append(holder, "col", **{"min": str(column), "max": str(column), **looks})
    for first, last, looks in beyond:
        append(holder, "col", **{"min": str(first), "max": str(last), **looks})


def _becomes(shift: Shift, column: int) -> range:
    span = shift.spans.get(column, (column, column))
    return range(span[0], span[1] + 1) if span else range(0)


def _areas(holder: Element) -> list[Area]:
    """Areas of a rule: an attribute, or in extensions a child element."""
    inner = next(descendants(holder, "sqref"), None)
    written = holder.get("sqref") if inner is None else inner.text
    return [area(one) for one in (written or "").split()]


def _set_areas(holder: Element, areas: list[Area]) -> None:
    written = " ".join(one.ref for one in areas)
    inner = next(descendants(holder, "sqref"), None)
    if inner is None:
        holder.set("sqref", written)
    else:
        inner.text = written


def _formulas(holder: Element) -> list[Element]:
    return [one for one in descendants(holder, *_FORMULAS) if (one.text or "").strip()]


def _remove(element: Element, root: Element) -> None:
    """Remove an element, and what it leaves empty above it."""
    parent = element.getparent()
    parent.remove(element)
    _count(parent, root)


def _count(holder: Element, root: Element) -> None:
    """Tell a list's length anew; an empty list goes."""
    if not len(holder) and holder is not root:
        needed = local_name(holder) == "sparklines"
        _remove(holder.getparent() if needed else holder, root)
    elif holder.get("count") is not None:
        holder.set("count", str(len(holder)))
