"""How our workbooks look: one palette, one way to lay a declared table on a sheet.

Every cell says its look itself (no table style), because LibreOffice and Google show no table
styles, and because an office restyles a cell more easily than a style.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sheetsync.columns import LEDGER, Column, Kind, Owner, TableSpec
from sheetsync.workbooks.row_heights import height_of, line_count, room_of

FONT: Final = "Calibri"
DATE_FORMAT: Final = "dd.mm.yyyy"
LAST_ROW: Final = 4999
"""Warnings «number stored as text» are silenced down to here."""

HEADER_SIZE: Final = 10
FILTER_BUTTON: Final = 1.5
"""Characters the filter's button hides in a header."""

INK: Final = "#1F2937"
MUTED: Final = "#595959"
LINE: Final = "#A6A6A6"
OFFICE_HEADER: Final = "#1F4E78"
INPUT_HEADER: Final = "#375623"
TOOL_HEADER: Final = "#595959"
LOCKED_FILL: Final = "#F2F2F2"
SECTION_FILL: Final = "#D9E1F2"
GOOD: Final = {"bg_color": "#E2EFDA", "font_color": "#375623"}
DOUBT: Final = {"bg_color": "#FFF2CC", "font_color": "#7F6000"}
BAD: Final = {"bg_color": "#F8CBAD", "font_color": "#9C0006", "bold": True}
GONE: Final = {"font_color": "#7F7F7F", "font_strikeout": True}
"""What is no longer in force: its words stay readable."""
FAINT: Final = {"font_color": "#7F7F7F", "italic": True}

_HEADERS: Final = {
    Owner.OFFICE: OFFICE_HEADER,
    Owner.SCHOOL: INPUT_HEADER,
    Owner.COORDINATOR: INPUT_HEADER,
    Owner.TOOL: TOOL_HEADER,
}
_TYPED: Final = frozenset({Owner.SCHOOL, Owner.COORDINATOR})
"""Whoever types by hand: their text must not become a date, a number or a formula."""

Properties = Mapping[str, Any]


class Styles:
    """Cell formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, *layers: Properties, **more: Any) -> Format:
        """A format; later layers win."""
        merged: dict[str, Any] = {"font_name": FONT, "font_size": 10, "font_color": INK}
        for layer in (*layers, more):
            merged.update(layer)
        return self._cached(merged)

    def condition(self, properties: Properties) -> Format:
        """A format of a conditional format: only what it changes."""
        return self._cached(dict(properties))

    def title(self) -> Format:
        return self.get(bold=True, font_size=16, valign="vcenter")

    def hint(self) -> Format:
        return self.get(font_color=MUTED, italic=True, valign="vcenter")

    def header(self, column: Column) -> Format:
        """The header of a column; its colour says who fills the column."""
        return self.get(BOX, bold=True, align="center", valign="vcenter", font_color="#FFFFFF",
                        bg_color=_HEADERS[column.owner])  # fmt: skip

    def body(self, column: Column, **more: Any) -> Format:
        """A body cell of a column: its kind, and text that stays text."""
        return self.get(BOX, kind_format(column), more)

    def _cached(self, properties: dict[str, Any]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


BOX: Final[Properties] = {"border": 1, "border_color": LINE, "text_wrap": True, "valign": "top"}


def kind_format(column: Column) -> dict[str, Any]:
    """Number format, alignment and text guard of a column's kind."""
    match column.kind:
        case Kind.DATE:
            return {"num_format": DATE_FORMAT, "align": "center"}
        case Kind.PERCENT:
            return {"num_format": "0%", "align": "center"}
        case Kind.NUMBER:
            return {"align": "center"}
        case Kind.FORMULA:
            return {}
    if column == LEDGER.column("sha256"):
        return {"text_wrap": False, "align": "fill"}
    if column.key == "number":
        return {"num_format": "@", "align": "center", "quote_prefix": True}
    return {"num_format": "@"} if column.owner in _TYPED else {"quote_prefix": True}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a declared table lies; rows and columns count from 0, as XlsxWriter counts."""

    spec: TableSpec
    header_row: int
    last_row: int
    left: int = 0

    @property
    def first_row(self) -> int:
        return self.header_row + 1

    def column(self, key: str) -> int:
        return self.left + self.spec.keys.index(key)

    def body(self, key: str) -> tuple[int, int, int, int]:
        """The cells of one column under its header, as XlsxWriter takes a range."""
        at = self.column(key)
        return self.first_row, at, self.last_row, at

    @property
    def last_column(self) -> int:
        return self.left + len(self.spec.columns) - 1


CellStyle = Callable[[Column, int], Format]
"""The format of a body cell: its column and the row of the body, from 0."""


def lay_table(
    sheet: Worksheet, spec: TableSpec, header_row: int, styles: Styles, cell: CellStyle, *, rows: int = 1
) -> Placed:
    """Put a declared table on a sheet: headers, ``rows`` empty body rows, widths, hidden columns."""
    placed = Placed(spec, header_row, header_row + rows)
    sheet.add_table(
        header_row, 0, placed.last_row, placed.last_column,
        {
            "name": spec.name,
            "style": None,
            "columns": [{"header": one.header, "header_format": styles.header(one)} for one in spec.columns],
        },
    )  # fmt: skip
    for at, column in enumerate(spec.columns):
        sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
        for step in range(rows):
            sheet.write_blank(placed.first_row + step, at, None, cell(column, step))
    sheet.set_row(header_row, max(map(_header_height, spec.columns)))
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{LAST_ROW}"})
    return placed


def _header_height(column: Column) -> float:
    """Points a bold header takes beside the button of the filter; never less than two lines."""
    lines = line_count(column.header, room_of(column.width - FILTER_BUTTON, HEADER_SIZE * 1.05))
    return height_of(max(lines, 2), HEADER_SIZE) + 6


def landscape(sheet: Worksheet, header_row: int) -> None:
    """A4 landscape, one page wide, header repeated, pages numbered."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(header_row)
    sheet.set_footer(f'&L&"{FONT}"&8&A&R&"{FONT}"&8Страница &P из &N')
