"""Rows as tall as their wrapped texts need.

Excel reckons the height of a row without one; LibreOffice shows it one line tall until somebody
asks. So the height is estimated here and written as a reckoned one: a row whose height a person
set is left alone, and Excel goes on fitting the others.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from sheetsync.grid import area
from sheetsync.workbooks.cells_xml import CellWriter
from sheetsync.workbooks.ooxml import Element, child, children, tag_like
from sheetsync.workbooks.ooxml_text import unescape
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.sheet_xml import Row, SheetXml
from sheetsync.workbooks.text_lines import BOLD, MAX_HEIGHT, height_of, line_count, room_of
from sheetsync.workbooks.workbook_xml import WorkbookXml

_ONE_LINERS: Final = frozenset("nbe")
"""Kinds of cells that never wrap: numbers and dates, logical values, errors."""

DEFAULT_WIDTH: Final = 8.43
_DEFAULT_SIZE: Final = 11.0
_DEFAULT_HEIGHT: Final = 15.0


class HeightLook(Struct, frozen=True):
    """What of a cell's style decides its height."""

    size: float
    bold: bool
    wraps: bool

    def room(self, width: float) -> float:
        """The room of a line in a column of that width; 0 when nothing is wrapped or shown there."""
        if not (self.wraps and width):
            return 0.0
        return room_of(width, self.size) / (BOLD if self.bold else 1.0)


class RowHeights:
    """Fits rows of one workbook."""

    def __init__(self, package: Package) -> None:
        part = WorkbookXml(package).related("styles")
        styles = package.tree(part) if part else None
        self._fonts = [] if styles is None else children(child(styles, "fonts"), "font")
        self._formats = [] if styles is None else children(child(styles, "cellXfs"), "xf")
        self._looks: dict[int, HeightLook] = {}

    def fit(self, sheet: SheetXml, writer: CellWriter, first: int, last: int) -> None:
        """Give rows ``first``..``last`` the height of their tallest wrapped text."""
        widths = column_widths(sheet.root)
        merged = _merged(sheet.root)
        default = default_height(sheet.root)
        for number in range(first, last + 1):
            row = sheet.rows.get(number)
            if row is None or row.attributes.get("customHeight") in ("1", "true"):
                continue
            row.attributes.pop("ht", None)
            cells = {column: cell for column, cell in row.cells.items() if (number, column) not in merged}
            height = self._height(Row(cells=cells), widths, writer)
            if height > default:
                row.attributes["ht"] = f"{min(height, MAX_HEIGHT):g}"

    def _height(self, row: Row, widths: dict[int, float], writer: CellWriter) -> float:
        heights = [0.0]
        for column, cell in row.cells.items():
            look = self.look(int(cell.get("s", "0")))
            room = look.room(widths.get(column, DEFAULT_WIDTH))
            if not room or cell.get("t", "n") in _ONE_LINERS:
                continue
            text = _inline(cell) or writer.read(cell).text
            heights.append(height_of(line_count(text, room), look.size) if text else 0.0)
        return max(heights)

    def look(self, style: int) -> HeightLook:
        """What of a style decides heights."""
        found = self._looks.get(style)
        if found is None:
            found = self._looks[style] = self._look(style)
        return found

    def _look(self, style: int) -> HeightLook:
        if style >= len(self._formats):
            return HeightLook(_DEFAULT_SIZE, False, False)
        number = int(self._formats[style].get("fontId", "0"))
        font = self._fonts[number] if number < len(self._fonts) else None
        size = child(font, "sz") if font is not None else None
        alignment = child(self._formats[style], "alignment")
        return HeightLook(
            size=float(size.get("val", _DEFAULT_SIZE)) if size is not None else _DEFAULT_SIZE,
            bold=font is not None and child(font, "b") is not None,
            wraps=alignment is not None and alignment.get("wrapText") in ("1", "true"),
        )


def _inline(cell: Element) -> str:
    """The text of a cell as the tool writes it; «» for another cell."""
    if cell.get("t") != "inlineStr" or len(cell) != 1 or len(cell[0]) != 1:
        return ""
    return unescape(cell[0][0].text or "") if cell[0][0].tag == tag_like(cell, "t") else ""


def column_widths(root: Element) -> dict[int, float]:
    """Widths by column; 0 for a hidden one."""
    widths: dict[int, float] = {}
    for one in children(child(root, "cols"), "col"):
        hidden = one.get("hidden") in ("1", "true")
        width = 0.0 if hidden else float(one.get("width", DEFAULT_WIDTH))
        last = min(int(one.get("max", "0")), int(one.get("min", "0")) + 1000)
        widths |= dict.fromkeys(range(int(one.get("min", "0")), last + 1), width)
    return widths


def _merged(root: Element) -> set[tuple[int, int]]:
    """Cells of merged areas: no spreadsheet program fits a row to them."""
    found: set[tuple[int, int]] = set()
    for one in children(child(root, "mergeCells"), "mergeCell"):
        place = area(one.get("ref", "A1"))
        if (place.bottom - place.top + 1) * (place.right - place.left + 1) <= 10_000:
            found |= {(row, column) for row in range(place.top, place.bottom + 1)
                      for column in range(place.left, place.right + 1)}  # fmt: skip
    return found


def default_height(root: Element) -> float:
    told = child(root, "sheetFormatPr")
    return float(told.get("defaultRowHeight", _DEFAULT_HEIGHT)) if told is not None else _DEFAULT_HEIGHT
