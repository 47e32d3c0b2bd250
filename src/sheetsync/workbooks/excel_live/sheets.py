"""One sheet of an open workbook: the few things done with it, each patiently."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from sheetsync.grid import Area, area, column_letters
from sheetsync.workbooks.excel_live.beyond import Beyond, Place
from sheetsync.workbooks.excel_live.patience import patiently
from sheetsync.workbooks.excel_live.values import Assigned, Rows, cell_of
from sheetsync.workbooks.notes_xml import TOOL_AUTHOR

WIDEST: Final = 512
"""Columns looked at: an office that coloured whole rows makes a sheet 16,384 columns wide."""
DEEPEST: Final = 20_000
"""Rows looked at, for the same reason."""


class LiveNote(Struct, frozen=True):
    """A note of the sheet and how to take it away."""

    place: Place
    text: str
    is_ours: bool
    delete: Callable[[], None]


class LiveSheet:
    """Cells are named by ``Area``; rows and columns count from 1."""

    def __init__(self, sheet: Any, beyond: Beyond) -> None:
        self.api = sheet
        self.beyond = beyond

    @property
    @patiently
    def name(self) -> str:
        return str(self.api.name)

    @patiently
    def is_protected(self) -> bool:
        return self.beyond.is_protected(self.api)

    @patiently
    def cells(self, place: Area) -> Any:
        """xlwings' range of an area."""
        return self.api.range((place.top, place.left), (place.bottom, place.right))

    # --- reading

    @patiently
    def used(self) -> Area:
        """Where anything stands, within reason."""
        found = self.api.used_range
        (rows, columns), top, left = found.shape, found.row, found.column
        return Area(top, left, top + min(rows, DEEPEST) - 1, left + min(columns, WIDEST) - 1)

    @patiently
    def values(self, place: Area) -> list[list[Any]]:
        """What the cells hold, as the program says it."""
        found: list[list[Any]] = self.cells(place).options(ndim=2, err_to_str=True).value
        return found

    @patiently
    def read(self, place: Area) -> Rows:
        """What the cells hold, with formulas, without links and notes."""
        formulas = self.beyond.formulas(self.cells(place))
        return tuple(
            tuple(cell_of(one, formulas.get((row, column))) for column, one in enumerate(line, place.left))
            for row, line in enumerate(self.values(place), place.top)
        )

    @patiently
    def links(self, place: Area) -> Mapping[Place, str]:
        return self.beyond.links(self.cells(place))

    @patiently
    def notes(self) -> list[LiveNote]:
        """All notes of the sheet."""
        found = []
        for note in self.api.notes:
            at = note.location
            ours = note.author == TOOL_AUTHOR
            found.append(LiveNote((at.row, at.column), note.text, ours, patiently(note.delete)))
        return found

    @patiently
    def colour(self, place: Area) -> object:
        """One colour of all cells; of several xlwings tells black, or fails where Excel tells Null."""
        try:
            return self.cells(place).color
        except TypeError:
            return None

    # --- writing

    @patiently
    def write(self, place: Area, rows: Sequence[Sequence[Assigned]]) -> None:
        """Fill an area by one assignment."""
        self.cells(place).value = [list(row) for row in rows]

    @patiently
    def format_as(self, place: Area, number_format: str) -> None:
        self.cells(place).number_format = number_format

    @patiently
    def clear_contents(self, place: Area) -> None:
        self.cells(place).clear_contents()

    @patiently
    def clear(self, place: Area) -> None:
        """Contents and formats go."""
        self.cells(place).clear()

    @patiently
    def copy(self, source: Area, target: Area) -> None:
        """All there is in an area, repeated over a larger one."""
        self.cells(source).copy(self.cells(target))

    @patiently
    def add_links(self, links: Mapping[Place, str]) -> None:
        self.beyond.add_links(self.api, links)

    @patiently
    def remove_links(self, place: Area) -> None:
        self.beyond.remove_links(self.cells(place))

    @patiently
    def add_note(self, place: Place, text: str) -> None:
        self.beyond.add_note(self.api.range(place), text)

    def drop_notes(self, gone: Callable[[LiveNote], bool]) -> None:
        for note in self.notes():
            if gone(note):
                note.delete()

    # --- rows and columns

    @patiently
    def insert_columns(self, at: int, count: int) -> None:
        self._columns(at, count).insert("right")

    @patiently
    def delete_columns(self, at: int, count: int) -> None:
        self._columns(at, count).delete("left")

    @patiently
    def widen(self, source: int, at: int, count: int) -> None:
        """Columns as wide as another one."""
        self._columns(at, count).column_width = self._columns(source, 1).column_width

    @patiently
    def fit_rows(self, top: int, count: int) -> None:
        """Rows as tall as their texts."""
        self.rows(top, count).rows.autofit()

    @patiently
    def are_hidden(self, top: int, count: int) -> bool | None:
        """Whether rows are hidden; None when some are."""
        return self.beyond.are_hidden(self.rows(top, count))

    @patiently
    def set_hidden(self, top: int, count: int, *, hidden: bool) -> None:
        self.rows(top, count).rows.hidden = hidden

    @patiently
    def has_merges(self, place: Area) -> bool:
        """Whether any cells of an area are merged."""
        return self.cells(place).merge_cells is not False

    @patiently
    def merge_at(self, place: Place) -> Area:
        """The merged cells a cell belongs to, or the cell alone."""
        return place_of(self.api.range(place).merge_area.address)

    @patiently
    def merge(self, place: Area) -> None:
        self.cells(place).merge()

    @patiently
    def unmerge(self, place: Area) -> None:
        self.cells(place).unmerge()

    @patiently
    def rows(self, top: int, count: int) -> Any:
        """Whole rows."""
        return self.api.range(f"{top}:{top + count - 1}")

    def _columns(self, at: int, count: int) -> Any:
        return self.api.range(f"{column_letters(at)}:{column_letters(at + count - 1)}")


def place_of(address: str) -> Area:
    """«$A$4:$P$5» -> an area."""
    return area(address.replace("$", ""))
