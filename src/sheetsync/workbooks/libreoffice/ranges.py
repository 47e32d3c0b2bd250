"""A range of cells, as xlwings sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from sheetsync.workbooks.libreoffice import areas
from sheetsync.workbooks.libreoffice.areas import LAST_COLUMN, LAST_ROW, Area
from sheetsync.workbooks.libreoffice.inside import links, look, notes, shifts, values
from sheetsync.workbooks.libreoffice.inside.places import Place
from sheetsync.workbooks.libreoffice.notes import Note
from sheetsync.workbooks.libreoffice.range_look import RangeLook
from sheetsync.workbooks.libreoffice.range_values import RangeValues
from sheetsync.workbooks.libreoffice.spelling import target_to_excel, target_to_office

if TYPE_CHECKING:
    from sheetsync.workbooks.libreoffice.tables import Table

_INSERT: Final = {"down": "DOWN", "right": "RIGHT"}
_DELETE: Final = {"up": "UP", "left": "LEFT"}
_FORMAT_BEFORE: Final = "format_from_left_or_above"


class Range(RangeValues, RangeLook):
    """Cells of one sheet."""

    __slots__ = ()

    # --- other ranges from this one

    def __call__(self, row: int, column: int | None = None) -> Range:
        """A cell by its row and column in the range, or by its number."""
        if column is None:
            row, column = divmod(row - 1, self.area.columns)
            row, column = row + 1, column + 1
        return self.at(Area(self.area.row + row - 1, self.area.column + column - 1, 1, 1))

    def at(self, area: Area) -> Range:
        """Other cells of the same sheet."""
        if area.row < 1 or area.column < 1:
            raise IndexError(f"row {area.row}, column {area.column}: counted from 1")
        return type(self)(self.sheet, area)

    def end(self, direction: str) -> Range:
        """Where Ctrl+arrow leads from the first cell."""
        row, column, _, _ = self.area
        if direction in ("down", "right"):
            across, along = self._do(values.lines, self._first, False)
        else:
            across, along = self._do(values.lines_before, self._first)
        ways = {
            "down": lambda: (row + areas.jump(along, LAST_ROW - row), column),
            "up": lambda: (row - areas.jump(along, row - 1), column),
            "right": lambda: (row, column + areas.jump(across, LAST_COLUMN - column)),
            "left": lambda: (row, column - areas.jump(across, column - 1)),
        }
        at_row, at_column = ways[direction]()
        return self.at(Area(at_row, at_column, 1, 1))

    def expand(self, mode: str = "table") -> Range:
        """The range grown right and down to the first empty cell; its own first cell is not looked at."""
        across, along = self._do(values.lines, self._first, True)
        row, column, rows, columns = self.area
        if mode in ("table", "down", "d", "vertical"):
            rows = 1 + _filled(along)
        if mode in ("table", "right", "r", "horizontal"):
            columns = 1 + _filled(across)
        return self.at(Area(row, column, rows, columns))

    @property
    def current_region(self) -> Range:
        """The filled block around the cells."""
        row, column, rows, columns = self._do(values.region, self.place)
        return self.at(Area(row + 1, column + 1, rows, columns))

    # --- moving cells

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Insert empty cells, whole rows or columns; they look as the cells above or left of them."""
        if copy_origin not in (None, _FORMAT_BEFORE):
            raise NotImplementedError(f"LibreOffice: Range.insert, copy_origin={copy_origin!r}")
        mode = self._mode(shift, _INSERT)
        self._do(shifts.insert, self.place, mode)
        if mode in ("ROWS", _INSERT["down"]):
            self.sheet.book.app.resting.grow(self.sheet.book, self.place)

    def delete(self, shift: str | None = None) -> None:
        """Delete the cells, whole rows or columns."""
        self._do(shifts.delete, self.place, self._mode(shift, _DELETE))

    def _mode(self, shift: str | None, modes: dict[str, str]) -> str:
        if self.area.columns == LAST_COLUMN:
            return "ROWS"
        if self.area.rows == LAST_ROW:
            return "COLUMNS"
        if shift not in modes:
            raise ValueError(f"shift={shift!r}: one of {', '.join(modes)}")
        return modes[shift]

    def copy(self, destination: Any = None) -> None:
        """Copy to another range, or remember for ``paste``."""
        if destination is None:
            self.sheet.book.app.copied = self
            return
        destination.impl._put(shifts.copy, self.place)

    def move(self, destination: Any) -> None:
        """Cut and paste: formulas that point to the cells follow them."""
        self._do(shifts.move, self.place, destination.impl.place)
        self.sheet.book.touched(self.place)
        sheet, row, column, _, _ = destination.impl.place
        self.sheet.book.touched((sheet, row, column, self.area.rows, self.area.columns))

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Paste what was copied: all of it, or its formats."""
        copied = self.sheet.book.app.copied
        if copied is None:
            raise ValueError("nothing was copied")
        if operation or skip_blanks or transpose or paste not in (None, "all", "formats"):
            raise NotImplementedError(f"LibreOffice: Range.paste of {paste!r}")
        self._put(look.carry if paste == "formats" else shifts.copy, copied.place)

    def _put(self, deed: Callable[[Any, Place, Place], None], source: Place) -> None:
        self._do(deed, source, self.place)
        self.sheet.book.touched(self.place)

    # --- merged cells

    def merge(self, across: bool) -> None:
        """Make one cell of the range."""
        if across:
            raise NotImplementedError("LibreOffice: Range.merge(across=True)")
        self._do(look.merge, self.place, True)

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self._do(look.merge, self.place, False)

    @property
    def merge_cells(self) -> bool:
        """Whether the cells are merged."""
        return self._do(look.is_merged, self.place)

    @property
    def merge_area(self) -> Range:
        """The merged cells the first cell belongs to."""
        _, row, column, rows, columns = self._do(look.merged_area, self.place)
        return self.at(Area(row + 1, column + 1, rows, columns))

    # --- links, notes, table, selection

    @property
    def hyperlink(self) -> str:
        """Where the first cell's link leads; a place of this workbook as «#Лист!A1»."""
        found = self._do(links.read, self._first)
        if not found:
            raise ValueError("The cell doesn't seem to contain a hyperlink!")
        return target_to_excel(found[0][2])

    def add_hyperlink(
        self,
        address: str,
        text_to_display: str | None,
        screen_tip: str | None,  # noqa: ARG002
    ) -> None:
        """Make the first cell a link. LibreOffice shows the address as the screen tip, whatever is asked."""
        text = address if text_to_display is None else text_to_display
        self._do(links.put, self._first, ((0, 0, target_to_office(address), text),))

    @property
    def note(self) -> Note | None:
        """The first cell's note, or None."""
        text, author = self._do(notes.at, self._first)
        return Note(self(1, 1), text, author) if text else None

    def add_note(self, text: str) -> Note:
        """Give the first cell a note."""
        self._do(notes.put, self._first, text)
        return Note(self(1, 1), *self._do(notes.at, self._first))

    @property
    def table(self) -> Table | None:
        """The table the first cell is in, or None."""
        row, column, _, _ = self.area
        for table in self.sheet.tables:
            area = table.range.area
            if 0 <= row - area.row < area.rows and 0 <= column - area.column < area.columns:
                return table
        return None

    def select(self) -> None:
        """Select the cells; their sheet comes to the front."""
        self.sheet.book.show(self.place)


def _filled(line: tuple[bool, ...]) -> int:
    """How many cells after the first hold something, up to the first that does not."""
    return next((at - 1 for at in range(1, len(line)) if not line[at]), len(line) - 1)
