"""Tables that a program did not keep are found again by their headers.

Some programs save a workbook without its tables (online ones do), leave out of a table the rows
typed under it (Excel takes them in), or let an office give a table another name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from lxml import etree

from sheetsync.grid import Area
from sheetsync.workbooks.cells_xml import CellWriter
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
from sheetsync.workbooks.table_xml import header_key, unique_headers

_TABLE_PART: Final = "xl/tables/table{}.xml"
_TABLE_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_LAST_HEADER_ROW: Final = 60
_FEWEST_HEADERS: Final = 2
_STYLE: Final = {
    "showFirstColumn": "0",
    "showLastColumn": "0",
    "showRowStripes": "1",
    "showColumnStripes": "0",
}


def has_most(headers: Sequence[str], declared: Sequence[str]) -> bool:
    """Whether these are the headers of a declared table: the better part of them is there."""
    found = {header_key(one) for one in headers} & {header_key(one) for one in declared}
    return len(found) >= _FEWEST_HEADERS and 2 * len(found) > len(declared)


def meet(one: Area, other: Area) -> bool:
    """Whether two areas have a cell in common."""
    apart = (
        one.bottom < other.top or other.bottom < one.top or one.right < other.left or other.right < one.left
    )
    return not apart


class SheetText:
    """What the cells of a sheet show, for looking."""

    def __init__(self, sheet: SheetXml, writer: CellWriter) -> None:
        self._sheet = sheet
        self._writer = writer

    def at(self, row: int, column: int) -> str:
        cell = self._sheet.cell(row, column)
        return "" if cell is None else self._writer.read(cell).text.strip()

    def is_filled(self, row: int, left: int, right: int) -> bool:
        """Whether a row holds something that was typed; formulas filled down do not count."""
        cells = (self._sheet.cell(row, column) for column in range(left, right + 1))
        found = (self._writer.read(cell) for cell in cells if cell is not None)
        return any(one.formula is None and one.text.strip() for one in found)

    def header_row(self, declared: Sequence[str]) -> Area | None:
        """The row that holds the better part of the declared headers, with its neighbours."""
        wanted = {header_key(one) for one in declared}
        for row in sorted(self._sheet.rows):
            if row > _LAST_HEADER_ROW:
                break
            texts = {column: self.at(row, column) for column in self._sheet.rows[row].cells}
            if has_most(tuple(texts.values()), declared):
                ours = [column for column, text in texts.items() if header_key(text) in wanted]
                left, right = min(ours), max(ours)
                while texts.get(left - 1):
                    left -= 1
                while texts.get(right + 1):
                    right += 1
                return Area(row, left, row, right)
        return None

    def filled_below(self, row: int, left: int, right: int, is_taken: Callable[[int], bool]) -> int:
        """The last of the filled rows that follow a row without a gap."""
        while not is_taken(row + 1) and self.is_filled(row + 1, left, right):
            row += 1
        return row


def make_table(package: Package, part: str, name: str, area: Area, writer: CellWriter) -> str:
    """Make a table of an area whose first row holds headers; returns its part."""
    sheet = SheetXml(package.edit(part))
    columns = range(area.left, area.right + 1)
    text = SheetText(sheet, writer)
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
