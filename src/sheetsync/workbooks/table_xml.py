"""The part that describes one table: where it lies and its columns."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from sheetsync.grid import Area, area
from sheetsync.text import squeeze
from sheetsync.workbooks.ooxml import Element, child, children, escape_name
from sheetsync.workbooks.ooxml_text import unescape
from sheetsync.workbooks.shift import Shift


class TableXml:
    """A table part. Columns are counted from 0 inside it, as the sheet shows them."""

    def __init__(self, root: Element) -> None:
        self.root = root

    @property
    def name(self) -> str:
        return str(self.root.get("displayName") or self.root.get("name") or "")

    @property
    def area(self) -> Area:
        """The whole table with header and totals."""
        return area(self.root.get("ref"))

    @property
    def has_header(self) -> bool:
        return str(self.root.get("headerRowCount", "1")) != "0"

    @property
    def body(self) -> Area:
        """The rows between header and totals; a table always has one at least."""
        whole = self.area
        top = whole.top + self.has_header
        bottom = whole.bottom - int(self.root.get("totalsRowCount", "0"))
        return Area(top, whole.left, max(top, bottom), whole.right)

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(unescape(one.get("name", "")) for one in self._columns())

    def calculated(self, column: int) -> str | None:
        """The formula the office gave a whole column."""
        formula = child(self._columns()[column], "calculatedColumnFormula")
        return None if formula is None else formula.text

    def move(self, shift: Shift) -> None:
        """Follow a replacement on the table's sheet: this table's own or another one's."""
        old_left = self.area.left
        for one in (self.root, *self.root.iter("{*}autoFilter", "{*}sortState", "{*}sortCondition")):
            moved = shift.area(area(one.get("ref"))) if one.get("ref") else None
            if moved:
                one.set("ref", moved.ref)
        self._move_filters(shift, old_left)

    def _move_filters(self, shift: Shift, old_left: int) -> None:
        """Filters name columns by their distance from the table's left edge."""
        for one in list(self.root.iter("{*}filterColumn")):
            column = shift.column(old_left + int(one.get("colId", "0")))
            if column is None:
                one.getparent().remove(one)
            else:
                one.set("colId", str(column - self.area.left))

    def with_a_row(self) -> None:
        """Let the table have a row: LibreOffice saves one whose rows were all deleted as its header alone."""
        self.reach(max(self.area.bottom, self.body.bottom))

    def reach(self, bottom: int) -> None:
        """Let the table end at a row further down; its filter goes along."""
        old = self.area
        for one in (self.root, *self.root.iter("{*}autoFilter")):
            if area(one.get("ref")).bottom == old.bottom:
                one.set("ref", replace(area(one.get("ref")), bottom=bottom).ref)

    def set_columns(self, columns: Sequence[tuple[str, int, bool]]) -> None:
        """The new columns: (header, which old column it is or resembles, whether it is new)."""
        holder = child(self.root, "tableColumns")
        old = self._columns()
        free = max((int(one.get("id", "0")) for one in old), default=0) + 1
        made: list[Element] = []
        for header, source, is_new in columns:
            one = old[source]
            if is_new:
                one = _resembling(one, header, free)
                free += 1
            made.append(one)
        for one in old:
            holder.remove(one)
        for one in made:
            holder.append(one)
        holder.set("count", str(len(made)))

    def _columns(self) -> list[Element]:
        return children(child(self.root, "tableColumns"), "tableColumn")


def _resembling(column: Element, header: str, number: int) -> Element:
    """A new column with the looks of another one, without its formulas."""
    one = copy.deepcopy(column)
    for inner in list(one):
        one.remove(inner)
    for name in [name for name in one.attrib if name.endswith("uid") or name.startswith("totals")]:
        del one.attrib[name]
    one.attrib.pop("uniqueName", None)
    one.set("id", str(number))
    one.set("name", escape_name(header))
    return one


def header_key(header: str) -> str:
    """What makes two headers one: spaces, line breaks and case do not count."""
    return squeeze(header).casefold()


def unique_headers(headers: Iterable[str]) -> tuple[str, ...]:
    """Headers as a table needs them: never empty, never twice."""
    found: dict[str, str] = {}
    for header in headers:
        name, number = header or "-", 1
        while (key := header_key(name)) in found:
            number += 1
            name = f"{header} ({number})"
        found[key] = name
    return tuple(found.values())
