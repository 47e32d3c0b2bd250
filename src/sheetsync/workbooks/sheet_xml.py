"""The rows and cells of one sheet part."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from sheetsync.grid import Area, area, column_letters
from sheetsync.workbooks.ooxml import (
    WORKSHEET_ORDER,
    Element,
    child,
    children,
    local_name,
    placed,
    tag_like,
)
from sheetsync.workbooks.references import translated

_ADDRESS: Final = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(slots=True)
class Row:
    """One row: its own attributes and its cells by column."""

    attributes: dict[str, str] = field(default_factory=dict)
    cells: dict[int, Element] = field(default_factory=dict)


class SheetXml:
    """A sheet's cells, to be read, changed and stored back into the part."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._data = placed(root, "sheetData", WORKSHEET_ORDER)
        self.rows: dict[int, Row] = {}
        number = 0
        for one in children(self._data, "row"):
            number = int(one.get("r", number + 1))
            attributes = {name: value for name, value in one.attrib.items() if name not in ("r", "spans")}
            self.rows[number] = Row(attributes, _cells(one))

    def cell(self, row: int, column: int) -> Element | None:
        """The cell at a place, if the part has one."""
        found = self.rows.get(row)
        return found.cells.get(column) if found else None

    def made(self, row: int, column: int) -> Element:
        """The cell at a place, made when missing."""
        cells = self.rows.setdefault(row, Row()).cells
        if column not in cells:
            cells[column] = etree.Element(tag_like(self.root, "c"))
        return cells[column]

    def style(self, row: int, column: int) -> int:
        """The style of a cell; of its row or column when there is no cell."""
        found = self.rows.get(row)
        if found and column in found.cells:
            return int(found.cells[column].get("s", "0"))
        if found and found.attributes.get("customFormat") in ("1", "true"):
            return int(found.attributes.get("s", "0"))
        return next(
            (
                int(one.get("style", "0"))
                for one in children(child(self.root, "cols"), "col")
                if int(one.get("min", "0")) <= column <= int(one.get("max", "0"))
            ),
            0,
        )

    def formulas(self) -> set[tuple[int, int]]:
        """Places of cells with a formula."""
        holders = {one.getparent() for one in self._data.iter(tag_like(self.root, "f"))}
        return {
            (row, column)
            for row, found in (self.rows.items() if holders else ())
            for column, cell in found.cells.items()
            if cell in holders
        }

    def unshare(self) -> None:
        """Give every cell of a shared formula its own text, so that cells can part."""
        if not any(one.get("t") == "shared" for one in self._data.iter(tag_like(self.root, "f"))):
            return
        masters: dict[str, tuple[int, int, str]] = {}
        for row in sorted(self.rows):
            for column, cell in sorted(self.rows[row].cells.items()):
                formula = child(cell, "f")
                if formula is None or formula.get("t") != "shared":
                    continue
                group = formula.get("si", "")
                if formula.text:
                    masters[group] = (row, column, formula.text)
                home_row, home_column, text = masters.get(group, (row, column, ""))
                formula.text = translated(text, row - home_row, column - home_column)
                for name in ("t", "si", "ref"):
                    formula.attrib.pop(name, None)

    def store(self) -> None:
        """Write rows and cells back into the part, in order, with their addresses."""
        for one in children(self._data, "row"):
            self._data.remove(one)
        letters = {column: column_letters(column) for row in self.rows.values() for column in row.cells}
        tag = tag_like(self.root, "row")
        for number in sorted(self.rows):
            row = self.rows[number]
            if not row.cells and not row.attributes:
                continue
            element = etree.SubElement(self._data, tag, {"r": str(number)})
            for name, value in row.attributes.items():
                element.set(name, value)
            for column in sorted(row.cells):
                cell = row.cells[column]
                cell.set("r", f"{letters[column]}{number}")
                element.append(cell)
        self._measure()

    def _measure(self) -> None:
        """Tell the extent of the sheet's cells anew, when the part tells it at all."""
        dimension = child(self.root, "dimension")
        rows = [number for number, row in self.rows.items() if row.cells]
        if dimension is None or not rows:
            return
        columns = {column for row in self.rows.values() for column in row.cells}
        dimension.set("ref", Area(min(rows), min(columns), max(rows), max(columns)).ref)


def _cells(row: Element) -> dict[int, Element]:
    found: dict[int, Element] = {}
    column = 0
    for cell in row:
        if local_name(cell) != "c":
            continue
        address = _ADDRESS.match(cell.get("r", ""))
        column = column_number(address[1]) if address else column + 1
        found[column] = cell
    return found


_LETTERS: dict[str, int] = {}


def column_number(letters: str) -> int:
    """«A» -> 1, «AA» -> 27."""
    if letters not in _LETTERS:
        _LETTERS[letters] = area(f"{letters}1").left
    return _LETTERS[letters]
