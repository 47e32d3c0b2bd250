"""Rows or columns come or go: what moves with them, and when Excel refuses.

One description serves all four shifts: an axis, a place, how many lines come (or, negative, go), and
the band of the other axis that moves. Cells inserted with «down» on a part of a row move only that
band; whole rows move everything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from msgspec.structs import replace

from fake_excel.areas import MAX_COLUMN, MAX_ROW, Rect
from fake_excel.document import Document, Sheet
from fake_excel.errors import refused
from sheetsync.workbooks.references import Axis, Reference, change_references

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shift:
    """``by`` lines come (or go, when negative) at ``at``; the band ``low``..``high`` across moves."""

    sheet: Sheet
    rows: bool
    at: int
    by: int
    low: int
    high: int

    @property
    def limit(self) -> int:
        return MAX_ROW if self.rows else MAX_COLUMN

    @property
    def whole(self) -> bool:
        """Whole rows or columns move, with their heights and widths."""
        return self.low == 1 and self.high == (MAX_COLUMN if self.rows else MAX_ROW)

    @property
    def zone(self) -> Rect:
        """The cells that move or go."""
        if self.rows:
            return Rect(self.at, self.low, MAX_ROW, self.high)
        return Rect(self.low, self.at, self.high, MAX_COLUMN)

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Where a run of lines ends up; None when it is gone."""
        if self.by >= 0:
            return first + self.by * (first >= self.at), last + self.by * (last >= self.at)
        end = self.at - self.by  # the first line after those that go
        new_first = first + self.by if first >= end else min(first, self.at)
        new_last = last + self.by if last >= end else min(last, self.at - 1)
        return None if new_last < new_first else (new_first, new_last)

    def line(self, number: int) -> int | None:
        found = self.span(number, number)
        return found and found[0]

    def along(self, area: Rect) -> tuple[int, int]:
        return (area.top, area.bottom) if self.rows else (area.left, area.right)

    def across(self, area: Rect) -> tuple[int, int]:
        return (area.left, area.right) if self.rows else (area.top, area.bottom)

    def covers(self, area: Rect) -> bool:
        """The band holds the area from side to side."""
        first, last = self.across(area)
        return self.low <= first and last <= self.high

    def touches(self, area: Rect) -> bool:
        """Some of the area's cells would move or go."""
        first, last = self.across(area)
        return first <= self.high and self.low <= last and self.along(area)[1] >= self.at

    def area(self, area: Rect) -> Rect | None:
        """Where an area ends up. One the band does not cover stays as it is."""
        if not self.covers(area):
            return area
        found = self.span(*self.along(area))
        if found is None:
            return None
        first, last = found
        return area._replace(top=first, bottom=last) if self.rows else area._replace(left=first, right=last)

    def reference(self, ref: Reference) -> Reference | None:
        """What becomes of a reference of a formula."""
        top, bottom = _ends(ref.first_row, ref.last_row, MAX_ROW)
        left, right = _ends(ref.first_column, ref.last_column, MAX_COLUMN)
        if (ref.first_row if self.rows else ref.first_column) is None:
            return ref
        found = self.area(Rect(top, left, bottom, right))
        if found is None:
            return None
        first, last = self.along(found)
        if self.rows:
            return replace(ref, first_row=_to(ref.first_row, first), last_row=_to(ref.last_row, last))
        return replace(ref, first_column=_to(ref.first_column, first), last_column=_to(ref.last_column, last))


def move(document: Document, shift: Shift) -> None:
    """Carry out a shift: every cell, height, merge, rule, name and reference goes where it belongs."""
    sheet = shift.sheet
    _nothing_falls_off(shift)
    sheet.moved.append(shift.zone)
    for merge in sheet.merges:
        if shift.touches(merge) and not shift.covers(merge):
            raise refused("We can't do that to a merged cell.")
    sheet.cells = {new: cell for spot, cell in sheet.cells.items() if (new := _spot(shift, spot)) is not None}
    if shift.whole:
        _move_lines(sheet, shift)
    sheet.merges = [new for one in sheet.merges if (new := shift.area(one)) and new.size > 1]
    for rule in sheet.rules:
        rule.areas = [new for one in rule.areas if (new := shift.area(one))]
    if sheet.filter_area:
        sheet.filter_area = shift.area(sheet.filter_area)
    change_formulas(document, _follow(shift))


def change_formulas(document: Document, change: Callable[[Reference, str], Reference | None]) -> None:
    """Change the references of every formula and name; ``change`` is told the sheet it stands on."""
    for sheet in document.sheets:

        def there(ref: Reference, home: str = sheet.name) -> Reference | None:
            return change(ref, home)

        for cell in sheet.cells.values():
            if cell.formula:
                cell.formula = change_references(cell.formula, there)
        for table in sheet.tables:
            table.calculated = {at: change_references(one, there) for at, one in table.calculated.items()}
    for name in document.names:
        name.refers_to = change_references(name.refers_to, lambda ref, home=name.scope: change(ref, home))


def _follow(shift: Shift) -> Callable[[Reference, str], Reference | None]:
    moved = shift.sheet.name.lower()

    def change(ref: Reference, home: str) -> Reference | None:
        return shift.reference(ref) if (ref.sheet or home).lower() == moved else ref

    return change


def _move_lines(sheet: Sheet, shift: Shift) -> None:
    if shift.rows:
        sheet.heights = _moved(sheet.heights, shift)
        sheet.hidden_rows = set(_moved(dict.fromkeys(sheet.hidden_rows), shift))
        sheet.filtered_out = set(_moved(dict.fromkeys(sheet.filtered_out), shift))
    else:
        sheet.widths = _moved(sheet.widths, shift)
        sheet.hidden_columns = set(_moved(dict.fromkeys(sheet.hidden_columns), shift))


def _moved(lines: dict[int, T], shift: Shift) -> dict[int, T]:
    return {new: thing for line, thing in lines.items() if (new := shift.line(line)) is not None}


def _spot(shift: Shift, spot: tuple[int, int]) -> tuple[int, int] | None:
    row, column = spot
    line, other = (row, column) if shift.rows else (column, row)
    if not shift.low <= other <= shift.high:
        return spot
    new = shift.line(line)
    if new is None:
        return None
    return (new, column) if shift.rows else (row, new)


def _nothing_falls_off(shift: Shift) -> None:
    """Excel refuses to push cells that hold something over the edge of the sheet."""
    edge = shift.limit - shift.by
    for (row, column), cell in shift.sheet.cells.items():
        line, other = (row, column) if shift.rows else (column, row)
        if line > edge and shift.low <= other <= shift.high and not cell.is_empty:
            raise refused("Microsoft Excel can't insert new cells because it would push non-empty cells off")


def _ends(first: Axis | None, last: Axis | None, limit: int) -> tuple[int, int]:
    if first is None:
        return 1, limit
    return first.at, (last or first).at


def _to(axis: Axis | None, at: int) -> Axis | None:
    return axis and replace(axis, at=at)
