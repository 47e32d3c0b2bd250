"""The kit of buttons, fitted into a district workbook: macros, buttons, ribbon and the texts they show.

Fitting edits the package surgically, as a consolidation does, and twice gives the same bytes. The
workbook may be our template, an office's own, one of an older version, or what LibreOffice or
openpyxl made of one.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from sheetsync.columns import BUTTONS
from sheetsync.workbooks.cells_xml import Calendar, CellWriter, SharedStrings
from sheetsync.workbooks.kit_buttons import fit_buttons
from sheetsync.workbooks.kit_macros import Macros, fit_macros
from sheetsync.workbooks.kit_panel import fit_places, panel_of
from sheetsync.workbooks.kit_revived import code_names
from sheetsync.workbooks.kit_ribbon import RIBBON_PART, RIBBON_RELATION, ribbon_xml
from sheetsync.workbooks.kit_sheet import KitTexts, fit_texts
from sheetsync.workbooks.package import ROOT, Package
from sheetsync.workbooks.styles_xml import Styles
from sheetsync.workbooks.workbook_xml import WorkbookXml

_OUR_RIBBON: Final = b"sheetsync"


class FittedKit(Struct, frozen=True):
    """A workbook with its kit, and what became of the macros it had."""

    data: bytes
    macros: Macros


def fit_kit(data: bytes, project: bytes, texts: KitTexts) -> FittedKit:
    """Add the kit to a workbook or refresh it; ``project`` is the vbaProject.bin of the buttons.

    A workbook with somebody's own macros gets the texts alone, so that our macros can be added by
    hand. Raises ``NotAPackageError`` when the bytes are no workbook.
    """
    package = Package.from_bytes(data)
    workbook = WorkbookXml(package)
    styles = Styles(package, workbook.related("styles"))
    strings = SharedStrings(package, workbook.related("sharedStrings"))
    writer = CellWriter(strings, styles, Calendar(since_1904=workbook.since_1904))
    fit_texts(package, workbook, writer, texts)
    fit_places(package, workbook, writer, panel_of(package, workbook))
    macros = fit_macros(package, workbook, project, code_names(package, workbook))
    if macros is not Macros.THEIRS:
        fit_buttons(package, workbook, BUTTONS)
        _fit_ribbon(package)
    return FittedKit(package.to_bytes(), macros)


def _fit_ribbon(package: Package) -> None:
    """Add our tab or write it anew; a ribbon somebody made stays, and ours is not added to it."""
    family, _, kind = RIBBON_RELATION.rpartition("/")
    present = package.related(ROOT, kind)
    if any(_OUR_RIBBON not in package.read(one) for one in present):
        return
    if not present:
        package.default_type("xml", "application/xml")
        package.relate(ROOT, kind, RIBBON_PART, family=family)
    package.write(present[0] if present else RIBBON_PART, ribbon_xml())
