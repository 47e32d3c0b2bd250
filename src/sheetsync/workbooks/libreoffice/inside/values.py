"""What cells hold: read and written in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .number_formats import DATE, DATETIME, LOGICAL, TEXT, kept, kind_of, standard_format
from .places import Place, cells_at, cells_of, writable_at

FORMULAS = 16
CONTENTS = 1 | 2 | 4 | 16  # numbers, dates, texts, formulas
FORMATS = 32 | 64  # what is set on a cell itself and by its style
ERRORS = 4

Span = tuple[str, int, int, int, int]
"""A kind and the cells of it: row, column, rows, columns, from the first cell of what was read."""

Filled = tuple[bool, ...]
"""Whether each cell of a line holds something."""


def read(doc: Any, place: Place) -> tuple[Any, Sequence[Span], Sequence[tuple[int, int, int]]]:
    """Texts and numbers by rows; where numbers are dates or booleans; errors of formulas, by code."""
    cells = cells_at(doc, place)
    return cells.getDataArray(), tuple(_kinds(doc, place, cells)), tuple(_errors(place, cells))


def _kinds(doc: Any, place: Place, cells: Any) -> Iterator[Span]:
    """A formula's number may get its kind from the formula, so formulas are asked one by one."""
    _, row, column, _, _ = place
    by_format = cells.getUniqueCellFormatRanges()
    for number in range(by_format.Count):
        group = by_format.getByIndex(number)
        kind = kind_of(doc, group.getByIndex(0).NumberFormat)
        if kind in (DATE, DATETIME, LOGICAL):
            for one in group.RangeAddresses:
                down, across = one.EndRow - one.StartRow + 1, one.EndColumn - one.StartColumn + 1
                yield kind, one.StartRow - row, one.StartColumn - column, down, across
    for address in cells.queryContentCells(FORMULAS).RangeAddresses:
        for at_row, at_column in cells_of(address):
            kind = kind_of(doc, cells.getCellByPosition(at_column - column, at_row - row).NumberFormat)
            if kind in (DATE, DATETIME, LOGICAL):
                yield kind, at_row - row, at_column - column, 1, 1


def _errors(place: Place, cells: Any) -> Iterator[tuple[int, int, int]]:
    _, row, column, _, _ = place
    for address in cells.queryFormulaCells(ERRORS).RangeAddresses:
        for at_row, at_column in cells_of(address):
            cell = cells.getCellByPosition(at_column - column, at_row - row)
            yield at_row - row, at_column - column, cell.getError()


def write(
    doc: Any,
    place: Place,
    rows: Sequence[Sequence[Any]],
    formulas: Sequence[tuple[int, int, str]],
    kinds: Sequence[tuple[int, int, str]],
) -> None:
    """Put texts and numbers; then formulas, unless a cell is for text; then formats of dates and booleans.

    Nothing is ever read as typed: «1.10» stays a text. An empty text empties a cell. A date or a boolean
    gets a format of its kind only where the cell has none.
    """
    cells = writable_at(doc, place)
    texts = [
        kind_of(doc, cells.getCellByPosition(column, row).NumberFormat) == TEXT for row, column, _ in formulas
    ]
    with kept(cells):
        _put(cells, rows, _noted(doc, place))
    for (row, column, text), is_text in zip(formulas, texts):
        if not is_text:
            cell = cells.getCellByPosition(column, row)
            cell.setFormula(text)
    for row, column, kind in kinds:
        cell = cells.getCellByPosition(column, row)
        now = kind_of(doc, cell.NumberFormat)
        if now in ("", TEXT):
            cell.NumberFormat = standard_format(doc, kind)


def _noted(doc: Any, place: Place) -> Mapping[int, Sequence[int]]:
    """Which cells have a note: columns by row, from the first cell."""
    sheet, row, column, rows, columns = place
    notes = doc.Sheets.getByName(sheet).Annotations
    found: dict[int, list[int]] = {}
    for number in range(notes.Count):
        at = notes.getByIndex(number).Position
        if row <= at.Row < row + rows and column <= at.Column < column + columns:
            found.setdefault(at.Row - row, []).append(at.Column - column)
    return found


def _put(cells: Any, rows: Sequence[Sequence[Any]], noted: Mapping[int, Sequence[int]]) -> None:
    """Put texts and numbers. A block of them takes away the notes under it, a single one does not."""
    start, width = 0, len(rows[0])
    for at in sorted(noted):
        if start < at:
            cells.getCellRangeByPosition(0, start, width - 1, at - 1).setDataArray(rows[start:at])
        left = 0
        for column in sorted(noted[at]):
            if left < column:
                cells.getCellRangeByPosition(left, at, column - 1, at).setDataArray((rows[at][left:column],))
            cell, value = cells.getCellByPosition(column, at), rows[at][column]
            if isinstance(value, str):
                cell.setString(value)
            else:
                cell.setValue(value)
            left = column + 1
        if left < width:
            cells.getCellRangeByPosition(left, at, width - 1, at).setDataArray((rows[at][left:],))
        start = at + 1
    if start < len(rows):
        cells.getCellRangeByPosition(0, start, width - 1, len(rows) - 1).setDataArray(rows[start:])


def clear(doc: Any, place: Place, contents: bool, formats: bool) -> None:
    """Empty the cells, take their look away, or both."""
    flags = (CONTENTS if contents else 0) | (FORMATS if formats else 0)
    writable_at(doc, place).clearContents(flags)


def used(doc: Any, sheet: str) -> tuple[int, int, int, int]:
    """The least rectangle that holds all that is on a sheet: row, column, rows, columns."""
    cursor = doc.Sheets.getByName(sheet).createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress
    cursor.gotoStartOfUsedArea(False)
    first = cursor.RangeAddress
    row, column = first.StartRow, first.StartColumn
    return row, column, max(1, last.EndRow - row + 1), max(1, last.EndColumn - column + 1)


def lines(doc: Any, place: Place, as_shown: bool) -> tuple[Filled, Filled]:
    """Which cells right of a cell and which below it hold something, the cell itself the first of both.

    ``as_shown``: a formula that gives an empty text holds nothing.
    """
    sheet, row, column, _, _ = place
    at_row, at_column, rows, columns = used(doc, sheet)
    right = cells_at(doc, (sheet, row, column, 1, max(1, at_column + columns - column)))
    down = cells_at(doc, (sheet, row, column, max(1, at_row + rows - row), 1))
    if as_shown:
        across, along = right.getDataArray()[0], [one[0] for one in down.getDataArray()]
    else:
        across, along = right.getFormulaArray()[0], [one[0] for one in down.getFormulaArray()]
    return tuple(one != "" for one in across), tuple(one != "" for one in along)


def lines_before(doc: Any, place: Place) -> tuple[Filled, Filled]:
    """Which cells left of a cell and which above it hold something, the cell itself the first of both."""
    sheet, row, column, _, _ = place
    across = cells_at(doc, (sheet, row, 0, 1, column + 1)).getFormulaArray()[0]
    along = [one[0] for one in cells_at(doc, (sheet, 0, column, row + 1, 1)).getFormulaArray()]
    return tuple(one != "" for one in reversed(across)), tuple(one != "" for one in reversed(along))


def region(doc: Any, place: Place) -> tuple[int, int, int, int]:
    """The filled block around a cell, up to empty rows and columns: row, column, rows, columns."""
    cells = cells_at(doc, place)
    cursor = cells.Spreadsheet.createCursorByRange(cells)
    cursor.collapseToCurrentRegion()
    found = cursor.RangeAddress
    row, column = found.StartRow, found.StartColumn
    return row, column, found.EndRow - row + 1, found.EndColumn - column + 1
