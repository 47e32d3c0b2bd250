"""The hidden sheet of the buttons: every sentence the macros show, and where Python is.

The macros are ASCII; they read Russian from named cells, so a refreshed workbook speaks anew
without a change of its macros.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from sheetsync.columns import KIT_SHEET, MESSAGE_CELL, KitCell, KitMessage
from sheetsync.grid import Visibility, a1
from sheetsync.workbooks.cells_xml import CellWriter
from sheetsync.workbooks.ooxml import serialize
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.sheet_xml import SheetXml
from sheetsync.workbooks.workbook_xml import WorkbookXml

KitTexts = Mapping[KitCell | KitMessage, str | int]
"""What the cells of the hidden sheet hold."""

_PART: Final = "xl/worksheets/sheet{}.xml"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def fit_texts(package: Package, workbook: WorkbookXml, writer: CellWriter, texts: KitTexts) -> None:
    """Write the texts and their names; the sheet is made when the workbook has none."""
    part = _sheet_part(package, workbook)
    sheet = SheetXml(package.edit(part))
    sheet.rows.clear()
    rows: dict[int, dict[int, str]] = {}
    for row, (cell, value) in enumerate(texts.items(), start=1):
        name = MESSAGE_CELL.format(key=cell) if isinstance(cell, KitMessage) else str(cell)
        rows[row] = {
            column: writer.written(Out(told), 0, a1(row, column)) for column, told in ((1, name), (2, value))
        }
        workbook.define(name, f"{KIT_SHEET}!$B${row}")
    sheet.put_rows(rows)
    sheet.store()


def _sheet_part(package: Package, workbook: WorkbookXml) -> str:
    for one in workbook.sheets():
        if one.name.casefold() == KIT_SHEET:
            return one.part
    main = etree.QName(package.tree(workbook.part)).namespace
    nsmap: dict[Any, Any] = {None: main}
    root = etree.Element(f"{{{main}}}worksheet", nsmap=nsmap)
    etree.SubElement(root, f"{{{main}}}sheetData")
    part = package.free_name(_PART)
    package.add(part, serialize(root), _TYPE)
    workbook.add_sheet(KIT_SHEET, part, Visibility.VERY_HIDDEN)
    return part
