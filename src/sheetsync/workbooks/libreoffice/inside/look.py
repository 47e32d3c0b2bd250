"""How cells look: properties, heights and widths, and a look carried from one cell to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .places import Place, cells_at, choice, is_mixed, place_of, writable_at

_NOT_LOOK = {
    "AbsoluteName",
    "CellContentType",
    "ChartColumnAsLabel",
    "ChartRowAsLabel",
    "CharEscapement",
    "FormatID",
    "FormulaLocal",
    "FormulaResultType",
    "FormulaResultType2",
    "Hyperlink",
    "Position",
    "Size",
}
"""Properties of a cell that are no part of its look, or say the same as another."""
_NOT_LOOK_BEGINNINGS = ("ConditionalFormat", "Validation", "TableBorder")
_HARD_FORMATS = 32


def read(doc: Any, place: Place, name: str) -> Any:
    """A property all the cells share, or None."""
    cells = cells_at(doc, place)
    if is_mixed(cells, name):
        return None
    value = cells.getPropertyValue(name)
    return getattr(value, "value", value)  # an enumeration goes by its word


def write(doc: Any, place: Place, name: str, value: Any) -> None:
    """Set a property of all the cells."""
    writable_at(doc, place).setPropertyValue(name, value)


def write_choice(doc: Any, place: Place, name: str, kind: str, word: str) -> None:
    """Set a property of all the cells that is one word of an enumeration."""
    writable_at(doc, place).setPropertyValue(name, choice(kind, word))


# --- a look carried over


def carry(doc: Any, source: Place, target: Place) -> None:
    """Give the target the look of the source, repeated as often as it fits; values stay."""
    _, _, _, rows, columns = source
    sheet, row, column, target_rows, target_columns = target
    for down in range(rows):
        for across in range(columns):
            look = _look(cells_at(doc, source).getCellByPosition(across, down))
            # a sample of one row is given to whole columns, one of one column to whole rows
            tall = target_rows if rows == 1 else 1
            wide = target_columns if columns == 1 else 1
            for at_row in range(down, target_rows, rows if rows > 1 else target_rows):
                for at_column in range(across, target_columns, columns if columns > 1 else target_columns):
                    place = (sheet, row + at_row, column + at_column, tall, wide)
                    _dress(writable_at(doc, place), look)


def _look(cell: Any) -> list[tuple[str, Any]]:
    """The style of a cell and what is set on the cell itself."""
    names = [one.Name for one in cell.getPropertySetInfo().Properties if _is_look(one.Name)]
    states = cell.getPropertyStates(tuple(names))
    direct = [name for name, state in zip(names, states) if state.value == "DIRECT_VALUE"]
    look = [(name, cell.getPropertyValue(name)) for name in direct if name != "CellStyle"]
    return [("CellStyle", cell.CellStyle), *look]


def _is_look(name: str) -> bool:
    return name not in _NOT_LOOK and not name.startswith(_NOT_LOOK_BEGINNINGS)


def _dress(cells: Any, look: Sequence[tuple[str, Any]]) -> None:
    cells.clearContents(_HARD_FORMATS)
    for name, value in look:
        cells.setPropertyValue(name, value)


# --- rows and columns


def line_sizes(doc: Any, place: Place, across: bool) -> tuple[int, ...]:
    """Widths of the columns (``across``) or heights of the rows, in hundredths of a millimetre."""
    return tuple(one.Width if across else one.Height for one in _lines(doc, place, across))


def set_line_size(doc: Any, place: Place, across: bool, size: int) -> None:
    """Give all the columns or rows one size."""
    cells = cells_at(doc, place)
    if across:
        cells.Columns.Width = size
    else:
        cells.Rows.Height = size


def hidden_lines(doc: Any, place: Place, across: bool) -> tuple[bool, ...]:
    """Whether each column or row is hidden, by hand or by a filter."""
    return tuple(not one.IsVisible for one in _lines(doc, place, across))


def hide_lines(doc: Any, place: Place, across: bool, hidden: bool) -> None:
    """Hide or show the columns or rows."""
    cells = cells_at(doc, place)
    (cells.Columns if across else cells.Rows).IsVisible = not hidden


def fit_lines(doc: Any, place: Place, across: bool) -> None:
    """Make columns as wide or rows as high as what they hold."""
    cells = cells_at(doc, place)
    if across:
        cells.Columns.OptimalWidth = True
    else:
        cells.Rows.OptimalHeight = True


def fit_again(doc: Any, place: Place) -> None:
    """Fit anew the rows nobody set a height for, as the office would have done after each change.

    Fitting brings hidden rows into sight: they are hidden again, by hand or by the filter as before.
    """
    cells, lines = cells_at(doc, place), list(_lines(doc, place, False))
    hidden = [not one.IsVisible for one in lines]
    filtered = [is_hidden and bool(one.IsFiltered) for is_hidden, one in zip(hidden, lines)]
    _set_rows(cells, [bool(one.OptimalHeight) for one in lines], "OptimalHeight", True)
    _set_rows(cells, hidden, "IsVisible", False)
    _set_rows(cells, filtered, "IsFiltered", True)


def _set_rows(cells: Any, flags: Sequence[bool], name: str, value: bool) -> None:
    """Set a property of the rows whose flag is up."""
    for first, last in _runs(flags):
        cells.getCellRangeByPosition(0, first, 0, last).Rows.setPropertyValue(name, value)


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken run of what is true."""
    start = None
    for number, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = number
        elif not flag and start is not None:
            yield start, number - 1
            start = None


def _lines(doc: Any, place: Place, across: bool) -> Iterator[Any]:
    cells = cells_at(doc, place)
    lines = cells.Columns if across else cells.Rows
    return (lines.getByIndex(number) for number in range(lines.Count))


# --- merged cells


def merge(doc: Any, place: Place, merged: bool) -> None:
    """Merge the cells into one, or take them apart."""
    writable_at(doc, place).merge(merged)


def is_merged(doc: Any, place: Place) -> bool:
    """Whether the range is, or is a part of, merged cells."""
    return bool(cells_at(doc, place).IsMerged) or merged_area(doc, place)[3:] != (1, 1)


def merged_area(doc: Any, place: Place) -> Place:
    """The merged cells the first cell of a place belongs to; the cell itself where nothing is merged."""
    sheet, row, column, _, _ = place
    cell = cells_at(doc, (sheet, row, column, 1, 1))
    cursor = cell.Spreadsheet.createCursorByRange(cell)
    cursor.collapseToMergedArea()
    return place_of(cursor)
