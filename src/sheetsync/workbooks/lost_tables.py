"""A table that a program did not keep is made anew of the cells it lay over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from lxml import etree

from sheetsync.grid import EMPTY, Area, Cell
from sheetsync.workbooks.cells_xml import CellWriter
from sheetsync.workbooks.looking import SheetText
from sheetsync.workbooks.ooxml import (
    WORKSHEET_ORDER,
    append,
    child,
    children,
    descendants,
    escape_name,
    placed,
    serialize,
    set_relation_id,
)
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.sheet_xml import SheetXml
from sheetsync.workbooks.table_xml import unique_headers

_TABLE_PART: Final = "xl/tables/table{}.xml"
_TABLE_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_STYLE: Final = {
    "showFirstColumn": "0",
    "showLastColumn": "0",
    "showRowStripes": "1",
    "showColumnStripes": "0",
}


def sheet_text(sheet: SheetXml, writer: CellWriter) -> SheetText:
    """What the cells of a sheet show, for looking."""

    def shown(row: int, column: int) -> Cell:
        cell = sheet.cell(row, column)
        return EMPTY if cell is None else writer.read(cell)

    return SheetText({number: row.cells for number, row in sheet.rows.items()}, shown)


def make_table(package: Package, part: str, name: str, area: Area, writer: CellWriter) -> str:
    """Make a table of an area whose first row holds headers; returns its part."""
    sheet = SheetXml(package.edit(part))
    columns = range(area.left, area.right + 1)
    text = sheet_text(sheet, writer)
    headers = unique_headers(text.at(area.top, column) for column in columns)
    for column, header in zip(columns, headers, strict=True):
        if text.at(area.top, column) != header:
            style = sheet.style(area.top, column)
            sheet.put(area.top, column, writer.written(Out(header), style, ""))
    sheet.store()
    _drop_filter(sheet.root)
    made = package.free_name(_TABLE_PART)
    package.add(made, _table(package, etree.QName(sheet.root).namespace, name, area, headers), _TABLE_TYPE)
    holder = placed(sheet.root, "tableParts", WORKSHEET_ORDER)
    set_relation_id(append(holder, "tablePart"), package.relate(part, "table", made))
    holder.set("count", str(len(children(holder, "tablePart"))))
    return made


def _drop_filter(root: Any) -> None:
    """A sheet's own filter and a table's must not meet; the table brings its own."""
    for name in ("autoFilter", "sortState"):
        found = child(root, name)
        if found is not None:
            root.remove(found)


def _table(package: Package, namespace: str | None, name: str, area: Area, headers: Sequence[str]) -> bytes:
    nsmap: dict[Any, Any] = {None: namespace}
    root = etree.Element(f"{{{namespace}}}table", nsmap=nsmap)
    number = str(_free_id(package))
    for key, value in {"id": number, "name": name, "displayName": name, "ref": area.ref}.items():
        root.set(key, value)
    root.set("totalsRowShown", "0")
    append(root, "autoFilter", ref=area.ref)
    columns = append(root, "tableColumns", count=str(len(headers)))
    for place, header in enumerate(headers, start=1):
        column = append(columns, "tableColumn", id=str(place))
        column.set("name", escape_name(header))
    append(root, "tableStyleInfo", **_STYLE)
    return serialize(root)


def _free_id(package: Package) -> int:
    """A number no table of the workbook has."""
    parts = [name for name in package.names() if name.startswith("xl/tables/") and name.endswith(".xml")]
    roots = (one for part in parts for one in descendants(package.tree(part), "table"))
    return 1 + max((int(one.get("id", "0")) for one in roots), default=0)
