"""What a spreadsheet is made of, and how things in it are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from sheetsync_emulator.metadata import Mark, answers
from sheetsync_emulator.ranges import Area, Box, full_a1, parse_area, quoted, sheet_id_of, split_a1, unquoted
from sheetsync_emulator.sheet import Sheet
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json

_WHITE: Final = {"red": 1, "green": 1, "blue": 1}
_DEFAULT_FORMAT: Final = {
    "backgroundColor": _WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": _WHITE},
}
_THEME_COLOURS: Final = {
    "TEXT": {},
    "BACKGROUND": _WHITE,
    "ACCENT1": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275},
    "ACCENT2": {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314},
    "ACCENT3": {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275},
    "ACCENT4": {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902},
    "ACCENT5": {"red": 1, "green": 0.42745098, "blue": 0.003921569},
    "ACCENT6": {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706},
    "LINK": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8},
}
_THEME: Final = {
    "primaryFontFamily": "Arial",
    "themeColors": [
        {"colorType": name, "color": {"rgbColor": colour}} for name, colour in _THEME_COLOURS.items()
    ],
}


class Book:
    """State of one spreadsheet. Lookups raise ``ApiError`` as the service words it."""

    def __init__(self, title: str, next_id: Callable[[], int]) -> None:
        self.next_id = next_id
        self.properties: Json = {
            "title": title,
            "locale": "en_US",
            "autoRecalc": "ON_CHANGE",
            "timeZone": "Etc/GMT",
            "defaultFormat": _DEFAULT_FORMAT,
            "spreadsheetTheme": _THEME,
        }
        self.sheets = [Sheet(0, "Sheet1")]
        self.named: list[Json] = []
        self.broken_names: set[str] = set()
        """Names whose sheet was deleted: nobody is told of them, yet they stay taken.

        So at Google: gspread#1530, issuetracker.google.com/issues/126262167.
        """
        self.marks: list[Mark] = []

    @property
    def locale(self) -> str:
        return str(self.properties["locale"])

    def copy(self) -> Book:
        """A draft to change: the original stays as it is whatever happens to the draft."""
        twin = Book(self.properties["title"], self.next_id)
        twin.properties = self.properties
        twin.sheets = [sheet.copy() for sheet in self.sheets]
        twin.named = list(self.named)
        twin.broken_names = set(self.broken_names)
        twin.marks = list(self.marks)
        return twin

    # --- sheets ---------------------------------------------------------------------------------

    def sheet(self, sheet_id: int | None) -> Sheet:
        wanted = sheet_id or 0
        for sheet in self.sheets:
            if sheet.id == wanted:
                return sheet
        raise invalid(f"No grid with id: {wanted}")

    def sheet_of(self, given: Json) -> Sheet:
        """The sheet a ``GridRange``, ``DimensionRange`` or ``GridCoordinate`` is on."""
        return self.sheet(sheet_id_of(given))

    def sheet_titled(self, title: str, *, same_case: bool = False) -> Sheet | None:
        for sheet in self.sheets:
            if sheet.title == title or (not same_case and sheet.title.lower() == title.lower()):
                return sheet
        return None

    def area(self, given: Json) -> tuple[Sheet, Box]:
        """A ``GridRange`` as a sheet and a rectangle of it."""
        sheet = self.sheet_of(given)
        return sheet, sheet.box(given)

    # --- addresses ------------------------------------------------------------------------------

    def named_range(self, name: str) -> Json | None:
        return next((one for one in self.named if one["name"].lower() == name.lower()), None)

    def locate(self, text: str) -> tuple[Sheet, Box, bool]:
        """A1 text or a name: the sheet, the rectangle, and whether its end was written."""
        title, rest = split_a1(text)
        named = self.named_range(rest)
        if named is not None:
            return *self.area(named["range"]), True
        if title is None:
            whole = self.sheet_titled(unquoted(text), same_case=True)
            if whole is not None:
                return whole, whole.whole, True
        sheet = self.sheets[0] if title is None else self.sheet_titled(title)
        area = parse_area(rest)
        if sheet is None or area is None:
            raise invalid(f"Unable to parse range: {text}")
        return sheet, _placed(sheet, area, rest), not area.is_single

    # --- metadata and data filters --------------------------------------------------------------

    def found_marks(self, data_filter: Json) -> list[Mark]:
        """Metadata a filter asks for: by lookup, or by the cells it stands on."""
        if "developerMetadataLookup" in data_filter:
            return [mark for mark in self.marks if answers(mark, data_filter["developerMetadataLookup"])]
        sheet, box = self._filtered_area(data_filter)
        return [mark for mark in self.marks if mark.spot.sheet == sheet.id and mark.spot.box.hits(box)]

    def filtered(self, data_filter: Json) -> Iterator[tuple[Sheet, Box]]:
        """Cells a ``DataFilter`` asks for."""
        if "developerMetadataLookup" not in data_filter:
            yield self._filtered_area(data_filter)
            return
        for mark in self.found_marks(data_filter):
            if mark.spot.sheet is not None:
                sheet = self.sheet(mark.spot.sheet)
                yield sheet, mark.spot.box.common(sheet.whole)

    def _filtered_area(self, data_filter: Json) -> tuple[Sheet, Box]:
        if "a1Range" in data_filter:
            sheet, box, _ = self.locate(data_filter["a1Range"])
            return sheet, box
        if "gridRange" in data_filter:
            return self.area(data_filter["gridRange"])
        raise invalid("Must specify at least one field of a data filter")


def _placed(sheet: Sheet, area: Area, text: str) -> Box:
    box = area.box(sheet.rows, sheet.columns)
    if box.top >= sheet.rows or box.left >= sheet.columns:
        raise invalid(
            f"Range ({quoted(sheet.title)}!{text}) exceeds grid limits."
            f" Max rows: {sheet.rows}, max columns: {sheet.columns}"
        )
    return box


def shown_range(sheet: Sheet, box: Box) -> str:
    """The A1 text of cells of a sheet, as answers carry it."""
    return full_a1(sheet.title, box)
