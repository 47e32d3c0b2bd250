"""The drawing (VML) in which a sheet keeps its notes and old-style controls: one for both."""

from __future__ import annotations

from typing import Final

from sheetsync.patterns import at_first_use
from sheetsync.workbooks.note_shapes import NoteShapes
from sheetsync.workbooks.ooxml import WORKSHEET_ORDER, child, placed, relation_id, set_relation_id
from sheetsync.workbooks.package import Package

_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_IDMAP: Final = at_first_use(rb"idmap[^>]*\bdata=[\"']([\d,]+)")


def drawing_part(package: Package, sheet: str) -> str | None:
    """The drawing a sheet part names, if it names one."""
    element = child(package.tree(sheet), "legacyDrawing")
    if element is None:
        return None
    wanted = relation_id(element)
    return next((one.target for one in package.relations(sheet) if one.id == wanted), None)


def new_drawing(package: Package, sheet: str) -> str:
    """Give a sheet part an empty drawing, with numbers of shapes no other drawing uses."""
    name = package.free_name("xl/drawings/vmlDrawing{}.vml")
    taken = [
        int(number)
        for part in package.names()
        if part.endswith(".vml")
        for found in _IDMAP.findall(package.read(part))
        for number in found.split(b",")
    ]
    package.default_type("vml", _TYPE)
    package.write(name, NoteShapes.empty(max(taken, default=0) + 1).data)
    one_id = package.relate(sheet, "vmlDrawing", name)
    set_relation_id(placed(package.edit(sheet), "legacyDrawing", WORKSHEET_ORDER), one_id)
    return name
