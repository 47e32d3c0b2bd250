"""What stands around a table in other parts: drawings, charts, names, formulas of our other sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from sheetsync.grid import Area, area, position
from sheetsync.patterns import at_first_use
from sheetsync.workbooks.areas_xml import move_formulas
from sheetsync.workbooks.links_xml import Links
from sheetsync.workbooks.note_shapes import NoteShapes, Place
from sheetsync.workbooks.ooxml import (
    Element,
    cell_formulas,
    child,
    descendants,
    local_name,
    outside_cells,
    relation_id,
)
from sheetsync.workbooks.package import Package, Stamp
from sheetsync.workbooks.references import mentions
from sheetsync.workbooks.sheet_xml import SheetXml, forget_result
from sheetsync.workbooks.shift import Shift, in_cell, in_range
from sheetsync.workbooks.workbook_xml import SheetPlace, WorkbookXml

_LEADING_OUT: Final = at_first_use(rb'<hyperlink [^<>]*\br:id="[^<>]*>')
"""Links to other files: what they say of a sheet is of one there."""


Heard = dict[tuple[str, Stamp, frozenset[str]], frozenset[str]]
"""Which of these sheets a part mentions that nobody has opened or changed."""


def move_surroundings(
    package: Package,
    workbook: WorkbookXml,
    part: str,
    ours: Mapping[SheetPlace, list[Area]],
    shift: Shift,
    *,
    heard: Heard,
) -> None:
    """Everything that stands in other parts than the shifted sheet's own; ``ours`` are the bodies of our
    tables by their sheets. What is ``heard`` of parts is kept from one table of a package to the next."""
    _move_drawings(package, part, shift)
    _move_names(workbook, shift)
    _move_charts(package, ours, shift)
    _move_other_sheets(package, ours, shift, heard)


def _move_drawings(package: Package, part: str, shift: Shift) -> None:
    """Move pictures, charts, shapes and buttons that stand below the table or right of it."""

    def moved(place: Place) -> Place:
        row, column = place
        below = row > shift.bottom and not shift.is_pinned(column, column)
        beyond = column > shift.right
        return row + below * shift.delta, column + beyond * (shift.new_right - shift.right)

    for drawing in package.related(part, "drawing"):
        if any(moved(corner) != corner for corner in _corners(package.tree(drawing))):
            _move_anchors(package.edit(drawing), moved)
    _move_anchors(package.tree(part), moved)
    for drawing in package.related(part, "vmlDrawing"):
        before = package.read(drawing)
        shapes = NoteShapes(before)
        shapes.move_controls(moved)
        if shapes.data != before:
            package.write(drawing, shapes.data)
    for pivot in package.related(part, "pivotTable"):
        location = child(package.tree(pivot), "location")
        new = shift.area(area(location.get("ref"))) if location is not None else None
        if new and new.ref != location.get("ref"):
            child(package.edit(pivot), "location").set("ref", new.ref)


def _move_names(workbook: WorkbookXml, shift: Shift) -> None:
    """Move what defined names refer to, print areas and titles included."""
    for name in workbook.defined_names():
        moved = in_range(name.text or "", shift, "")
        if moved != (name.text or ""):
            workbook.edit()
            name.text = moved


def _move_charts(package: Package, sheets: Iterable[SheetPlace], shift: Shift) -> None:
    """Stretch the series of charts drawn on our own sheets."""
    for sheet in sheets:
        for drawing in package.related(sheet.part, "drawing"):
            for chart in (*package.related(drawing, "chart"), *package.related(drawing, "chartEx")):
                if mentions(package.read(chart), shift.sheet):
                    _move_series(package, chart, shift)


def _move_other_sheets(
    package: Package, ours: Mapping[SheetPlace, list[Area]], shift: Shift, heard: Heard
) -> None:
    """Change what our other sheets say about the shifted one; with each the bodies of our tables."""
    names = frozenset(sheet.name for sheet in ours) | {shift.sheet}
    for sheet, bodies in ours.items():
        if sheet.name != shift.sheet and _speaks_of(package, sheet.part, shift.sheet, names, heard):
            root = package.edit(sheet.part)
            cells = SheetXml(root)
            cells.unshare()
            move_cell_formulas(cells, shift, sheet.name)
            cells.store()
            move_formulas(root, shift, sheet.name)
            _move_link_targets(package, sheet, shift, bodies)


def _speaks_of(package: Package, part: str, sheet: str, sheets: frozenset[str], heard: Heard) -> bool:
    """Whether a sheet part may refer to one of these sheets; a part nobody opened is not parsed for it."""
    if package.is_open(part):
        return any(sheet in text or "''" in text for text in _references(package.tree(part)))
    stamp = package.stamp(part)
    if stamp is None:
        return sheet in _mentioned(package, part, frozenset({sheet}))
    place = part, stamp, sheets
    if place not in heard:
        heard[place] = _mentioned(package, part, sheets)
    return sheet in heard[place]


def _references(root: Element) -> Iterator[str]:
    """What of a sheet may refer to others: its formulas, and its links within the workbook."""
    formulas = chain(cell_formulas(root), outside_cells(root, "f", "formula", "formula1", "formula2"))
    links = (one for one in outside_cells(root, "hyperlink") if not relation_id(one))
    return chain((one.text or "" for one in formulas), (one.get("location", "") for one in links))


def _mentioned(package: Package, part: str, sheets: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    for some in _whole_tags(package.chunks(part)):
        found.update(one for one in sheets - found if _is_mentioned(some, one))
    return frozenset(found)


def _is_mentioned(data: bytes, sheet: str) -> bool:
    """Whether XML may refer to another sheet of its own workbook: most does not mention it at all."""
    return mentions(data, sheet) and mentions(_LEADING_OUT.sub(b"", data), sheet)


def forget_results(package: Package, sheet: SheetPlace, ours: list[Area]) -> None:
    """Take stored results from the formulas of a sheet of ours, but those the tool wrote with a result."""
    if not package.is_open(sheet.part) and not any(
        map(_has_formulas, _whole_tags(package.chunks(sheet.part)))
    ):
        return
    for formula in list(cell_formulas(package.tree(sheet.part))):
        cell = formula.getparent()
        place = cell.get("r") if local_name(cell) == "c" else None
        if place and child(cell, "v") is not None and not any(position(place) in body for body in ours):
            package.edit(sheet.part)
            forget_result(cell)


def _whole_tags(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Bytes of a part cut between tags: what is short and looked for lies in one piece. A long part need
    not be held for it."""
    before = b""
    for chunk in chunks:
        whole, tag, begun = (before + chunk).rpartition(b"<")
        yield whole
        before = tag + begun
    yield before


def _has_formulas(data: bytes) -> bool:
    return b"f>" in data


def move_cell_formulas(sheet: SheetXml, shift: Shift, name: str) -> None:
    """Change references in the formulas of cells that stay where they are."""
    for number, row in sheet.rows.items():
        for cell in row.cells.values():
            formula = child(cell, "f")
            if formula is not None and formula.text:
                formula.text = in_cell(formula.text, shift, name, number)


def _move_link_targets(package: Package, sheet: SheetPlace, shift: Shift, ours: list[Area]) -> None:
    """Links the office made follow their target; links in our tables are written by the tool."""
    for link in Links(package, sheet.part).elements():
        home = area(link.get("ref"))
        if (
            link.get("location")
            and not relation_id(link)
            and not any((home.top, home.left) in body for body in ours)
        ):
            link.set("location", in_range(link.get("location"), shift, sheet.name))


def _move_series(package: Package, chart: str, shift: Shift) -> None:
    changes = [
        (one, new)
        for one in descendants(package.tree(chart), "f")
        if one.text and (new := in_range(one.text, shift, "")) != one.text
    ]
    if changes:
        package.edit(chart)
    for one, new in changes:
        one.text = new


def _corners(root: Element) -> list[Place]:
    return [_corner(one) for one in descendants(root, "from")]


def _corner(element: Element) -> Place:
    row, column = element.find("{*}row"), element.find("{*}col")
    return (int(row.text) + 1, int(column.text) + 1) if row is not None and column is not None else (0, 0)


def _move_anchors(root: Element, moved: Callable[[Place], Place]) -> None:
    for start in descendants(root, "from"):
        old = _corner(start)
        new = moved(old)
        ends = [start, *start.getparent().iterchildren("{*}to")]
        for end in ends if old != (0, 0) else []:
            for name, by in (("row", new[0] - old[0]), ("col", new[1] - old[1])):
                number = end.find(f"{{*}}{name}")
                number.text = str(int(number.text) + by)
