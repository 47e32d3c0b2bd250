"""The buttons on «Панель»: form controls one under another, at a named cell the office may move.

A button that is there already stays where the office put it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sheetsync.columns import MACRO_MODULE, Button, KitCell
from sheetsync.workbooks.button_shapes import PushButton, StandingButton, add_buttons, buttons_in
from sheetsync.workbooks.legacy_drawings import drawing_part, new_drawing
from sheetsync.workbooks.note_shapes import NoteShapes
from sheetsync.workbooks.ooxml import Element, descendants, relation_id
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.workbook_xml import WorkbookXml

if TYPE_CHECKING:
    from sheetsync.workbooks.measures import Measures

HEIGHT: Final = 32
GAP: Final = 6
"""Pixels round a button."""
GROUP_GAP: Final = 8
"""More pixels between two groups."""
NARROWEST: Final = 165
_LIBREOFFICE: Final = "Calc"


def fit_buttons(package: Package, workbook: WorkbookXml, buttons: Sequence[Button]) -> None:
    """Add the buttons the sheet of ``KitCell.BUTTONS`` lacks, and make anew those that are dead."""
    from sheetsync.workbooks.measures import Measures  # noqa: PLC0415 - a press finds its buttons there

    sheet, row, column = _place(workbook)
    standing = _standing(package, sheet)
    measures = Measures(package.tree(sheet))
    missing = []
    for one, top in zip(buttons, tops_of(buttons), strict=True):
        there = standing.get(one.macro.casefold())
        if there and there.is_sound:
            continue
        corner = _corner(there) or (row, top, column, GAP)
        missing.append(_button(measures, one, corner))
    if missing:
        _drop(package, sheet, [one for one in standing.values() if not one.is_sound])
        drawing = drawing_part(package, sheet) or new_drawing(package, sheet)
        shapes = NoteShapes(package.read(drawing))
        add_buttons(shapes, missing, _numbers(package, drawing))
        package.write(drawing, shapes.data)


def tops_of(buttons: Sequence[Button]) -> list[int]:
    """How many pixels below the edge of the named cell each button begins; groups stand apart."""
    tops = [GAP]
    for before, one in pairwise(buttons):
        apart = 0 if one.group is before.group else GROUP_GAP
        tops.append(tops[-1] + HEIGHT + GAP + apart)
    return tops[: len(buttons)]


def height_of(buttons: Sequence[Button]) -> int:
    """How many pixels below the edge of the named cell the last button ends."""
    return max(tops_of(buttons), default=0) + HEIGHT + GAP


def revive_buttons(package: Package, workbook: WorkbookXml, buttons: Iterable[Button]) -> None:
    """Give back the buttons LibreOffice lost: it writes them so that it does not find them again itself.

    A button the office deleted stays deleted; only where LibreOffice left none at all all come back.
    """
    if workbook.related("vbaProject") is None or not workbook.leads(KitCell.BUTTONS):
        return
    standing = _standing(package, _place(workbook)[0])
    is_dead = not all(one.is_sound for one in standing.values())
    if is_dead or (not standing and workbook.program == _LIBREOFFICE):
        wanted = [one for one in buttons if not standing or one.macro.casefold() in standing]
        fit_buttons(package, workbook, wanted)


def _place(workbook: WorkbookXml) -> tuple[str, int, int]:
    """The part of the sheet the buttons stand on, and the cell they begin at."""
    name, row, column = workbook.named_cell(KitCell.BUTTONS)
    return next(one.part for one in workbook.sheets() if one.name.casefold() == name.casefold()), row, column


def _standing(package: Package, sheet: str) -> dict[str, StandingButton]:
    """The buttons that are there, by their macros."""
    drawing = drawing_part(package, sheet)
    found = buttons_in(NoteShapes(package.read(drawing))) if drawing else ()
    return {one.macro.casefold(): one for one in found}


def _numbers(package: Package, but: str) -> set[int]:
    """Numbers of shapes in other drawings: some programs count anew in each."""
    others = (name for name in package.names() if name.endswith(".vml") and name != but)
    return {number for name in others for number in NoteShapes(package.read(name)).numbers()}


_Corner = tuple[int, int, int, int]
"""Where a button begins: row, pixels below its edge, column, pixels right of its edge."""


def _corner(there: StandingButton | None) -> _Corner | None:
    """The corner of a button that stood there: its place is kept, its size is ours."""
    if there is None or there.anchor is None:
        return None
    left, across, top, down = there.anchor[:4]
    return top + 1, max(down, 0), left + 1, max(across, 0)


def _button(measures: Measures, button: Button, corner: _Corner) -> PushButton:
    row, down, column, across = corner
    width = max(measures.column(column) - 2 * GAP, NARROWEST)
    top, bottom = measures.down(row, down), measures.down(row, down + HEIGHT)
    left, right = measures.across(column, across), measures.across(column, across + width)
    return PushButton(
        caption=button.caption,
        macro=f"{MACRO_MODULE}.{button.macro}",
        anchor=(left[0] - 1, left[1], top[0] - 1, top[1], right[0] - 1, right[1], bottom[0] - 1, bottom[1]),
        box=(measures.left(left[0]) + left[1], measures.top(top[0]) + top[1], width, HEIGHT),
    )


# --- buttons that LibreOffice saved -------------------------------------------------------------


def _drop(package: Package, sheet: str, dead: Sequence[StandingButton]) -> None:
    """Take away buttons nobody shows, in every part that speaks of them."""
    if not dead:
        return
    drawing = drawing_part(package, sheet)
    if drawing:
        shapes = NoteShapes(package.read(drawing))
        shapes.drop([one.shape for one in dead])
        package.write(drawing, shapes.data)
    macros = {one.macro.casefold() for one in dead}
    numbers = set()
    for control in list(descendants(package.tree(sheet), "control")):
        told = "".join(one.get("macro", "") for one in control)
        if told.rpartition(".")[2].casefold() in macros:
            numbers.add(control.get("shapeId", ""))
            _forget(package, sheet, control)
    for part in package.related(sheet, "drawing"):
        for one in [one for one in descendants(package.tree(part), "cNvPr") if one.get("id") in numbers]:
            package.edit(part)
            _cut(one, until="wsDr")


def _forget(package: Package, sheet: str, control: Element) -> None:
    """Remove a control with its properties."""
    package.edit(sheet)
    told = relation_id(control)
    for one in [one for one in package.relations(sheet) if one.id == told]:
        package.unrelate(sheet, {one.id})
        package.remove(one.target)
    controls = next(one for one in control.iterancestors("{*}controls"))
    _cut(control, until="controls")
    if not len(controls):
        _cut(controls, until="worksheet")


def _cut(element: Element, until: str) -> None:
    """Remove the branch an element is on, below an ancestor."""
    while not str(element.getparent().tag).endswith(f"}}{until}"):
        element = element.getparent()
    element.getparent().remove(element)
