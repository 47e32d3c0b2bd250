"""Cells: ``xlwings.base_classes.Range``. A thin face; what happens stands in writing and rearranging."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from xlwings import base_classes

from fake_excel import rearranging, writing
from fake_excel.areas import MAX_COLUMN, MAX_ROW, Rect, checked
from fake_excel.com import ComRange
from fake_excel.document import (
    STANDARD_HEIGHT,
    STANDARD_WIDTH,
    Cell,
    Clipboard,
    Document,
    Link,
    Sheet,
)
from fake_excel.errors import UncertainManner, refused
from fake_excel.faces import Face, OnCells
from fake_excel.filtering import AutoFilter
from fake_excel.notes import Note
from fake_excel.typed import ERRORS, Fault, is_date_format, is_money_format, moment

if TYPE_CHECKING:
    from fake_excel.app import App
    from fake_excel.book import Sheet as SheetFace
    from fake_excel.table import Table

T = TypeVar("T")
READ_LIMIT = 4_000_000


class Range(OnCells, Face, base_classes.Range):
    _own = frozenset({"options"})

    def __init__(self, app: App, document: Document, state: Sheet, area: Rect) -> None:
        super().__init__(app, document)
        self._stand_for(state, area)

    # where it is

    @property
    def api(self) -> ComRange:
        return ComRange(self._document, self._state, self._area)

    @property
    def sheet(self) -> SheetFace:
        return self._app._sheet(self._document, self._state)

    def __len__(self) -> int:
        return self._area.size

    @property
    def row(self) -> int:
        return self._area.top

    @property
    def column(self) -> int:
        return self._area.left

    @property
    def shape(self) -> tuple[int, int]:
        return self._area.rows, self._area.columns

    @property
    def address(self) -> str:
        return self._area.address()

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        local = self._area.address(row_absolute, col_absolute)
        return f"'[{self._document.path.name}]{self._state.name}'!{local}" if external else local

    def __call__(self, arg1: int, arg2: int | None = None) -> Range:
        """Excel's ``Cells``: counted from the corner, also beyond the range's own borders."""
        if arg2 is None:
            arg1, arg2 = (arg1 - 1) // self._area.columns + 1, (arg1 - 1) % self._area.columns + 1
        return self._other(checked(Rect.sized(self._area.top + arg1 - 1, self._area.left + arg2 - 1, 1, 1)))

    # what is in it

    @property
    def raw_value(self) -> Any:
        return self._read(_com_value)

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        writing.put_values(self._document, self._state, self._area, value)

    @property
    def formula(self) -> Any:
        return self._read(_com_formula)

    @formula.setter
    def formula(self, value: Any) -> None:
        writing.put_formulas(self._document, self._state, self._area, value)

    def clear_contents(self) -> None:
        writing.clear(self._document, self._state, self._area, contents=True, formats=False)

    def clear_formats(self) -> None:
        writing.clear(self._document, self._state, self._area, contents=False, formats=True)

    def clear(self) -> None:
        writing.clear(self._document, self._state, self._area, contents=True, formats=True)

    # how it looks

    @property
    def number_format(self) -> str | None:
        return self._common(lambda cell: cell.look.number_format)

    @number_format.setter
    def number_format(self, value: str) -> None:
        if not isinstance(value, str) or not value:
            raise TypeError(f"Range.NumberFormat = {value!r}")
        self._restyle(number_format=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        colors = {cell.look.color for cell in self._seen()}
        return (0, 0, 0) if len(colors) > 1 else colors.pop()

    @color.setter
    def color(self, color_or_rgb: tuple[int, int, int] | None) -> None:
        self._restyle(color=color_or_rgb)

    @property
    def wrap_text(self) -> bool | None:
        return self._common(lambda cell: cell.look.wrap)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._restyle(wrap=value)

    @property
    def row_height(self) -> float | None:
        lines = range(self._area.top, self._area.bottom + 1)
        return _one({self._state.heights.get(line, STANDARD_HEIGHT) for line in lines})

    @row_height.setter
    def row_height(self, value: float) -> None:
        writing.may_rebuild(self._document, self._state)
        _fits(value, 409)
        self._state.heights |= dict.fromkeys(range(self._area.top, self._area.bottom + 1), float(value))

    @property
    def column_width(self) -> float | None:
        lines = range(self._area.left, self._area.right + 1)
        return _one({self._state.widths.get(line, STANDARD_WIDTH) for line in lines})

    @column_width.setter
    def column_width(self, value: float) -> None:
        writing.may_rebuild(self._document, self._state)
        _fits(value, 255)
        self._state.widths |= dict.fromkeys(range(self._area.left, self._area.right + 1), float(value))

    @property
    def row_hidden(self) -> bool | None:
        hidden = self._state.hidden_rows | self._state.filtered_out
        return _one({row in hidden for row in range(self._area.top, self._area.bottom + 1)})

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        writing.may_rebuild(self._document, self._state)
        rows = set(range(self._area.top, self._area.bottom + 1))
        self._state.hidden_rows = self._state.hidden_rows | rows if value else self._state.hidden_rows - rows

    @property
    def column_hidden(self) -> bool | None:
        columns = range(self._area.left, self._area.right + 1)
        return _one({column in self._state.hidden_columns for column in columns})

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        writing.may_rebuild(self._document, self._state)
        columns = set(range(self._area.left, self._area.right + 1))
        old = self._state.hidden_columns
        self._state.hidden_columns = old | columns if value else old - columns

    def autofit(self, axis: str | None = None) -> None:
        """Rows become as high as their text asks; how high nobody can tell without Excel's fonts."""
        writing.may_rebuild(self._document, self._state)
        if axis in ("rows", "r", None):
            for row in range(self._area.top, self._area.bottom + 1):
                self._state.heights.pop(row, None)

    # making room and taking it

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        down = self._direction(shift, "down", "right")
        after = {None: False, "format_from_left_or_above": False, "format_from_right_or_below": True}
        rearranging.insert(self._document, self._state, self._area, down=down, look_after=after[copy_origin])

    def delete(self, shift: str | None = None) -> None:
        up = self._direction(shift, "up", "left")
        rearranging.delete(self._document, self._state, self._area, up=up)

    def copy(self, destination: Any = None) -> None:
        """``destination`` is an ``xlwings.Range``: ``_xlwindows`` asks it for its ``api``."""
        if destination is None:
            self._document.program.clipboard = Clipboard(self._state, self._area)
            return
        target = destination.api
        rearranging.copy(self._document, self._state, self._area, target._state, target._area)

    def move(self, destination: Any) -> None:
        target = destination.api
        if target._state is not self._state:
            raise UncertainManner("Range.Cut to another sheet")
        rearranging.cut(self._document, self._state, self._area, target._area)

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        if paste != "formats" or operation or skip_blanks or transpose:
            raise NotImplementedError("only «paste formats» is offered")
        rearranging.paste_formats(self._document, self._state, self._area)

    # links, notes, tables, merges, selection

    @property
    def hyperlink(self) -> str:
        link = self._state.at(self._area.top, self._area.left).link
        if link is None:
            raise Exception("The cell doesn't seem to contain a hyperlink!")  # noqa: TRY002 - as _xlwindows
        return link.address

    def add_hyperlink(
        self, address: str, text_to_display: str | None = None, screen_tip: str | None = None
    ) -> None:
        outside, _, inside = address.partition("#")
        link = Link(outside, inside, screen_tip or "")
        writing.link(self._document, self._state, self._area, link, text_to_display)

    @property
    def note(self) -> Note | None:
        spot = self._area.top, self._area.left
        return Note(self._app, self._document, self._state, spot) if self._state.at(*spot).note else None

    def add_note(self, text: str) -> Note:
        writing.note(self._document, self._state, self._area, text)
        return Note(self._app, self._document, self._state, (self._area.top, self._area.left))

    @property
    def table(self) -> Table | None:
        corner = Rect(self._area.top, self._area.left, self._area.top, self._area.left)
        found = self._state.tables_at(corner)
        return self._app._table(self._document, self._state, found[0]) if found else None

    @property
    def autofilter(self) -> AutoFilter:
        """The sheet's own filter, as ``_xlwindows`` has it; a table's is asked of the table."""
        other = self._state.filter_area
        if other is not None and other != self._area:
            raise ValueError("This worksheet already has an AutoFilter on a different range")
        return AutoFilter(self._document, self._state, self._state, self._area)

    @property
    def merge_area(self) -> Range:
        spot = self._area.top, self._area.left
        return self._other(next((one for one in self._state.merges if one.holds(spot)), self._area))

    @property
    def merge_cells(self) -> bool | None:
        return _one({any(one.holds(spot) for one in self._state.merges) for spot in self._area.spots()})

    def merge(self, across: bool) -> None:
        """Microsoft, «Range.Merge»: only the upper-left value is kept."""
        rearranging.merge(self._document, self._state, self._area, across)

    def unmerge(self) -> None:
        rearranging.unmerge(self._document, self._state, self._area)

    def select(self) -> None:
        """Microsoft, «Range.Select»: the sheet has to be the active one."""
        if self._document.active is not self._state:
            raise refused("Select method of Range class failed")
        self._state.selection = self._area
        self._document.program.shape_selected = False

    # helpers

    def _direction(self, shift: str | None, along_rows: str, along_columns: str) -> bool:
        if shift not in (along_rows, along_columns, None):
            raise KeyError(shift)
        if self._area.whole_rows != self._area.whole_columns:
            return self._area.whole_rows
        if shift is None:
            raise UncertainManner("Excel guesses the direction from the shape of the range")
        return shift == along_rows

    def _other(self, area: Rect) -> Range:
        return Range(self._app, self._document, self._state, area)

    def _seen(self) -> list[Cell]:
        """The cells of the area, blank ones too; of a whole row or column those that are used."""
        area = self._area
        if area.whole_rows or area.whole_columns:
            used = self._state.used
            cells = [cell for _, cell in self._state.inside(area)]
            return [*cells, Cell()] if len(cells) < area.size or not used else cells
        return [self._state.at(*spot) for spot in area.spots()]

    def _common(self, asked: Callable[[Cell], T]) -> T | None:
        return _one({asked(cell) for cell in self._seen()})

    def _restyle(self, **changes: Any) -> None:
        writing.may_rebuild(self._document, self._state)
        if self._area.size > MAX_ROW + MAX_COLUMN * 100:
            raise UncertainManner("the look of a whole sheet is changed")
        for spot in self._area.spots():
            cell = self._state.edit(*spot)
            cell.look = replace(cell.look, **changes)

    def _read(self, asked: Callable[[Cell], T]) -> Any:
        if self._area.size > READ_LIMIT:
            raise UncertainManner(f"{self._area.size} cells read at once")
        if self._area.size == 1:
            return asked(self._state.at(self._area.top, self._area.left))
        rows = range(self._area.top, self._area.bottom + 1)
        columns = range(self._area.left, self._area.right + 1)
        return tuple(tuple(asked(self._state.at(row, column)) for column in columns) for row in rows)


def _com_value(cell: Cell) -> Any:
    """``Range.Value``: dates and money by the number format, errors as their codes.

    Microsoft, «Range.Value2»: «the only difference ... is that Value2 doesn't use the Currency and Date
    data types», so ``Value`` does.
    """
    value = cell.value
    if isinstance(value, Fault):
        return ERRORS[value]
    if isinstance(value, float) and is_date_format(cell.look.number_format) and 0 <= value < 2_958_466:
        return moment(value)
    if isinstance(value, float) and is_money_format(cell.look.number_format):
        return Decimal(str(round(value, 4)))
    return value


def _com_formula(cell: Cell) -> str:
    """``Range.Formula``: the formula, else the constant as an American would type it."""
    if cell.formula:
        return cell.formula
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    if isinstance(cell.value, float):
        return f"{cell.value:.15g}"
    return cell.value or ""


def _one(values: set[T]) -> T | None:
    """What all agree on; None when they differ."""
    return values.pop() if len(values) == 1 else None


def _fits(value: float, limit: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"a size is a number, not {value!r}")
    if not 0 <= value <= limit:
        raise refused("Unable to set the size property of the Range class")
