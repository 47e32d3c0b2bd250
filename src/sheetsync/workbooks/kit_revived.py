"""The kit of buttons in a workbook LibreOffice saved: what it lost is given back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sheetsync.columns import BUTTONS, CODE_NAMES, DISTRICT_TABLES, WORKBOOK_CODE_NAME, Button
from sheetsync.workbooks.kit_buttons import revive_buttons
from sheetsync.workbooks.kit_macros import revive_names, subs_of
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.table_xml import TableXml
from sheetsync.workbooks.workbook_xml import WorkbookXml

_SHEETS: Final = {name.casefold(): code for name, code in CODE_NAMES.items()}
_TABLES: Final = {spec.name: CODE_NAMES[spec.sheet] for spec in DISTRICT_TABLES}


def revive_kit(package: Package, workbook: WorkbookXml) -> None:
    """Give back what LibreOffice lost when it saved the workbook: its buttons and its code names.

    Macros of an older version know fewer buttons: none is given that would do nothing.
    """
    revive_buttons(package, workbook, _answered(package, workbook))
    revive_names(package, workbook, code_names(package, workbook))


def _answered(package: Package, workbook: WorkbookXml) -> Iterator[Button]:
    """The buttons the macros of the workbook know; these are read when the first button is asked for."""
    known = subs_of(package, workbook)
    yield from (one for one in BUTTONS if one.macro.casefold() in known)


def code_names(package: Package, workbook: WorkbookXml) -> dict[str, str]:
    """The code names of sheet parts: by the name of the sheet, or by its table where an office renamed it."""
    codes = {"": WORKBOOK_CODE_NAME}
    renamed = []
    for sheet in workbook.sheets():
        if sheet.name.casefold() in _SHEETS:
            codes[sheet.part] = _SHEETS[sheet.name.casefold()]
        else:
            renamed.append(sheet.part)
    for part in renamed:
        names = (TableXml(package.tree(one)).name for one in package.related(part, "table"))
        found = (_TABLES[name] for name in names if name in _TABLES)
        free = next((code for code in found if code not in codes.values()), None)
        if free:
            codes[part] = free
    return codes
