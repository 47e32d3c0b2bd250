"""The rows and cells of one sheet part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree
from msgspec import Struct, field

from sheetsync.grid import Area, a1, area, column_letters
from sheetsync.workbooks.ooxml import (
    WORKSHEET_ORDER,
    Element,
    child,
    children,
    local_name,
    parse,
    placed,
    tag_like,
)
from sheetsync.workbooks.references import translated
from sheetsync.workbooks.sheet_frame import ROWS

_ADDRESS: Final = re.compile(r"([A-Z]{1,3})(\d+)")


class Row(Struct):
    """One row: its own attributes and its cells by column."""

    attributes: dict[str, str] = field(default_factory=dict)
    cells: dict[int, Element] = field(default_factory=dict)
    element: Element = None
    """The row as XML when it holds its cells already, in order."""


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

    def cells(self, row: int) -> Mapping[int, Element]:
        """The cells of a row by column."""
        found = self.rows.get(row)
        return found.cells if found else {}

    def put(self, row: int, column: int, cell: str) -> None:
        """Put a cell, given as XML text, into its place."""
        self.rows.setdefault(row, Row()).cells[column] = self._parsed(cell)[0]

    def put_rows(self, rows: Mapping[int, Mapping[int, str]]) -> None:
        """Put many cells, given as XML text, beside those that are in the rows already."""
        texts = (f'<row r="{number}">{"".join(cells.values())}</row>' for number, cells in rows.items())
        for (number, cells), element in zip(rows.items(), self._parsed("".join(texts)), strict=True):
            row = self.rows.setdefault(number, Row())
            beside, row.element = row.cells, element
            row.cells = dict(zip(cells, element, strict=True))
            for column, cell in sorted(beside.items()):
                cell.set("r", a1(number, column))
                element.insert(sum(one < column for one in row.cells), cell)
                row.cells[column] = cell

    def _parsed(self, text: str) -> Element:
        namespace = etree.QName(self.root).namespace
        return parse(f'<sheetData xmlns="{namespace}">{text}</sheetData>'.encode())

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
        columns = {column for row in self.rows.values() for column in row.cells}
        letters = {column: column_letters(column) for column in columns}
        tag = tag_like(self.root, "row")
        for number in sorted(self.rows):
            row = self.rows[number]
            if row.element is not None:
                for name, value in row.attributes.items():
                    row.element.set(name, value)
                self._data.append(row.element)
            elif row.cells or row.attributes:
                element = etree.SubElement(self._data, tag, {"r": str(number), **row.attributes})
                for column in sorted(row.cells):
                    cell = row.cells[column]
                    cell.set("r", f"{letters[column]}{number}")
                    element.append(cell)
        self._measure()

    def _measure(self) -> None:
        """Tell the extent of the sheet's cells anew, when the part tells it at all."""
        dimension = child(self.root, "dimension")
        if any(ROWS in row.attributes for row in self.rows.values()):
            return
        rows = [number for number, row in self.rows.items() if row.cells]
        if dimension is None or not rows:
            return
        columns = {column for row in self.rows.values() for column in row.cells}
        dimension.set("ref", Area(min(rows), min(columns), max(rows), max(columns)).ref)


def forget_result(cell: Element) -> None:
    """Take the stored result from a formula: LibreOffice calculates only formulas that have none."""
    result = child(cell, "v")
    if result is not None:
        cell.remove(result)
        cell.attrib.pop("t", None)


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
