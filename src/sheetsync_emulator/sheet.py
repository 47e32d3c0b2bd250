"""One sheet: its properties, its cells and what lies over them."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Final

from sheetsync_emulator.ranges import COLUMNS, ROWS, Box, Place, box_of
from sheetsync_emulator.values import Json

DIMENSIONS: Final = (ROWS, COLUMNS)
COUNTED_AS: Final = {ROWS: "rowCount", COLUMNS: "columnCount"}

VALUE: Final = "userEnteredValue"
FORMAT: Final = "userEnteredFormat"
VALIDATION: Final = "dataValidation"
GOES_WITH_THE_VALUE: Final = ("textFormatRuns", "chipRuns")
"""What a new value of a cell wipes out."""
WRITABLE: Final = (VALUE, FORMAT, "note", VALIDATION, *GOES_WITH_THE_VALUE)


class Sheet:
    """A grid of cells. A cell is never changed in place, so a copy of a sheet shares its cells."""

    def __init__(self, sheet_id: int, title: str, rows: int = 1000, columns: int = 26) -> None:
        self.properties: Json = {
            "sheetId": sheet_id,
            "title": title,
            "sheetType": "GRID",
            "gridProperties": {"rowCount": rows, "columnCount": columns},
        }
        self.cells: dict[Place, Json] = {}
        self.merges: list[Box] = []
        self.protected: list[Json] = []
        self.conditional: list[Json] = []
        self.bandings: list[Json] = []
        self.charts: list[Json] = []
        self.filter: Json | None = None
        self.groups: dict[str, list[Json]] = {ROWS: [], COLUMNS: []}
        self.lines: dict[str, dict[int, Json]] = {ROWS: {}, COLUMNS: {}}
        """Sizes and hiding of rows and columns that are not as usual."""

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def rows(self) -> int:
        return int(self.properties["gridProperties"]["rowCount"])

    @property
    def columns(self) -> int:
        return int(self.properties["gridProperties"]["columnCount"])

    @property
    def whole(self) -> Box:
        return Box(0, self.rows, 0, self.columns)

    def box(self, grid_range: Json) -> Box:
        """A ``GridRange`` as a rectangle of this sheet."""
        return box_of(grid_range, self.rows, self.columns).common(self.whole)

    def resized(self, dimension: str, count: int) -> None:
        grid = self.properties["gridProperties"]
        self.properties = self.properties | {"gridProperties": grid | {COUNTED_AS[dimension]: count}}

    def grown(self, rows: int, columns: int) -> None:
        """Make room for cells beyond the end."""
        self.resized(ROWS, max(self.rows, rows))
        self.resized(COLUMNS, max(self.columns, columns))

    def cell(self, place: Place) -> Json:
        return self.cells.get(place, {})

    def put(self, place: Place, cell: Json) -> None:
        """A cell as it is now; an empty one is not kept, and under a merge no value is.

        What Google does with a value sent there is not documented; it reads back as empty there, too.
        """
        if self.merges and VALUE in cell and self.is_covered(place):
            cell = with_value(cell, None)
        if cell:
            self.cells[place] = cell
        else:
            self.cells.pop(place, None)

    def is_covered(self, place: Place) -> bool:
        """Whether a merge shows another cell here."""
        return any(place in merge and place != (merge.top, merge.left) for merge in self.merges)

    def used(self, box: Box) -> list[Place]:
        """Cells of a rectangle that hold anything, in reading order."""
        if box.height * box.width < len(self.cells):
            return [place for place in box.places() if place in self.cells]
        return sorted(place for place in self.cells if place in box)

    def drop_outside(self) -> None:
        """Forget cells that a smaller grid has no place for."""
        self.cells = {place: cell for place, cell in self.cells.items() if place in self.whole}

    def copy(self) -> Sheet:
        twin = Sheet(self.id, self.title)
        twin.properties = deepcopy(self.properties)
        twin.cells = dict(self.cells)
        twin.merges = list(self.merges)
        twin.protected = list(self.protected)
        twin.conditional = list(self.conditional)
        twin.bandings = list(self.bandings)
        twin.charts = list(self.charts)
        twin.filter = self.filter
        twin.groups = {dimension: list(groups) for dimension, groups in self.groups.items()}
        twin.lines = {dimension: dict(lines) for dimension, lines in self.lines.items()}
        return twin


def with_value(cell: Json, value: Json | None) -> Json:
    """A cell with a new value (or none): links and chips inside the old text are gone."""
    kept = {name: part for name, part in cell.items() if name != VALUE and name not in GOES_WITH_THE_VALUE}
    return kept | {VALUE: value} if value else kept


def without(cell: Json, names: Iterable[str]) -> Json:
    gone = set(names)
    return {name: part for name, part in cell.items() if name not in gone}


def number_format(cell: Json) -> Json:
    found: Json = cell.get(FORMAT, {}).get("numberFormat", {})
    return found
