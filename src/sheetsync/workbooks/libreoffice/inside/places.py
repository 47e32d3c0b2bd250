"""Where on a document: a place is a sheet's name, first row, first column, how many rows and columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Place = tuple[str, int, int, int, int]
"""Sheet, first row, first column, rows, columns; counted from 0."""


def cells_at(doc: Any, place: Place) -> Any:
    """The cell range of a place."""
    sheet, row, column, rows, columns = place
    return doc.Sheets.getByName(sheet).getCellRangeByPosition(
        column, row, column + columns - 1, row + rows - 1
    )


def block_at(sheet: Any, address: Any) -> Any:
    """The cell range of an address on its sheet."""
    return sheet.getCellRangeByPosition(
        address.StartColumn, address.StartRow, address.EndColumn, address.EndRow
    )


def writable_at(doc: Any, place: Place) -> Any:
    """The cell range of a place; a protected sheet is refused, LibreOffice would say nothing."""
    cells = cells_at(doc, place)
    if cells.Spreadsheet.isProtected() and (
        is_mixed(cells, "CellProtection") or cells.CellProtection.IsLocked
    ):
        raise PermissionError(place[0])
    return cells


def is_mixed(cells: Any, name: str) -> bool:
    """Whether the cells of a range differ in a property."""
    return bool(cells.getPropertyState(name).value == "AMBIGUOUS_VALUE")


def place_of(cells: Any) -> Place:
    """The place a cell range covers."""
    return placed(cells.Spreadsheet.Name, cells.RangeAddress)


def placed(sheet: str, address: Any) -> Place:
    """The place of an address on a sheet."""
    row, column = address.StartRow, address.StartColumn
    return sheet, row, column, address.EndRow - row + 1, address.EndColumn - column + 1


def cells_of(address: Any) -> Iterator[tuple[int, int]]:
    """Row and column of every cell of an address."""
    for row in range(address.StartRow, address.EndRow + 1):
        for column in range(address.StartColumn, address.EndColumn + 1):
            yield row, column


def struct(kind: str, **fields: Any) -> Any:
    """A value of the office's own kinds, by its short name under com.sun.star."""
    import uno  # noqa: PLC0415 - the office's module is not everywhere

    made = uno.createUnoStruct(f"com.sun.star.{kind}")
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def choice(kind: str, value: str) -> Any:
    """A value of an enumeration of the office."""
    import uno  # noqa: PLC0415 - the office's module is not everywhere

    return uno.Enum(f"com.sun.star.{kind}", value)
