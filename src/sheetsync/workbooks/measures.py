"""How wide the columns and how high the rows of a sheet are, in pixels, for what is drawn over them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Final

from sheetsync.workbooks.ooxml import Element, child, children
from sheetsync.workbooks.references import MAX_COLUMN, MAX_ROW

_PIXELS_A_POINT: Final = 4 / 3
_PIXELS_A_CHARACTER: Final = 7
_USUAL_HEIGHT: Final = 15.0
_USUAL_WIDTH: Final = 9.140625
_TRUE: Final = ("1", "true")


class Measures:
    """Rows and columns of one sheet part; they count from 1."""

    def __init__(self, root: Element) -> None:
        self._root = root
        usual = child(root, "sheetFormatPr")
        told = {} if usual is None else usual.attrib
        self._height = float(told.get("defaultRowHeight", _USUAL_HEIGHT))
        self._width = float(told.get("defaultColWidth", _USUAL_WIDTH))
        self._rows = {int(one.get("r", "0")): one for one in children(child(root, "sheetData"), "row")}

    def row(self, number: int) -> int:
        """The height of a row."""
        found = self._rows.get(number)
        return _size(found, "ht", self._height, _PIXELS_A_POINT)

    def column(self, number: int) -> int:
        """The width of a column."""
        return _size(self._group(number), "width", self._width, _PIXELS_A_CHARACTER)

    def top(self, row: int) -> int:
        """How far from the top of the sheet a row begins."""
        return sum(map(self.row, range(1, row)))

    def left(self, column: int) -> int:
        """How far from the left of the sheet a column begins."""
        return sum(map(self.column, range(1, column)))

    def down(self, row: int, pixels: int) -> tuple[int, int]:
        """The row that many pixels below the upper edge of a row, and what is left over inside it."""
        return _walked(self.row, row, MAX_ROW, pixels)

    def across(self, column: int, pixels: int) -> tuple[int, int]:
        """The column that many pixels right of the left edge of a column, and what is left over."""
        return _walked(self.column, column, MAX_COLUMN, pixels)

    def room(self, column: int, pixels: int) -> int:
        """The last of the columns that give so much room from a column on; hidden ones are shown for it."""
        while True:
            if not self.column(column):
                self._show(column)
            pixels -= self.column(column)
            if pixels <= 0 or column == MAX_COLUMN:
                return column
            column += 1

    def _show(self, column: int) -> None:
        """Show one column of a hidden group, as wide as an untouched one."""
        group = self._group(column)
        if group is None:
            return
        shown, after = copy.deepcopy(group), copy.deepcopy(group)
        group.set("max", str(column - 1))
        after.set("min", str(column + 1))
        shown.attrib.pop("hidden", None)
        for name, value in {"min": column, "max": column, "width": self._width, "customWidth": 1}.items():
            shown.set(name, str(value))
        group.addnext(shown)
        shown.addnext(after)
        for one in (group, shown, after):
            if int(one.get("min")) > int(one.get("max")):
                one.getparent().remove(one)

    def _group(self, column: int) -> Element | None:
        groups = children(child(self._root, "cols"), "col")
        return next((one for one in groups if int(one.get("min")) <= column <= int(one.get("max"))), None)


def _walked(size: Callable[[int], int], at: int, last: int, pixels: int) -> tuple[int, int]:
    while at < last and 0 < pixels >= size(at):
        pixels -= size(at)
        at += 1
    return at, pixels


def _size(element: Element | None, name: str, usual: float, scale: float) -> int:
    if element is None:
        return round(usual * scale)
    return 0 if element.get("hidden") in _TRUE else round(float(element.get(name, usual)) * scale)
