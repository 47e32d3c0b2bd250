"""Hyperlinks. LibreOffice keeps one as a field in the cell's text, or, on a number, as a property."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .number_formats import kept
from .places import Place, cells_at, cells_of, writable_at

_RICH_TEXTS = 512  # texts with anything in them beside letters: fields, several lines

_FIELD = "com.sun.star.text.TextField.URL"
_PROPERTY = "Hyperlink"
_BREAK = 0  # com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK

Link = tuple[int, int, str, str]
"""Row and column in the place, target, text to show."""

Found = tuple[tuple[int, int], Any]
"""Row and column on the sheet, and the cell."""


def put(doc: Any, place: Place, links: Sequence[Link]) -> None:
    """Make cells hyperlinks with these texts; a text of several lines is a field on each."""
    cells = writable_at(doc, place)
    for row, column, target, text in links:
        _make_link(doc, cells.getCellByPosition(column, row), target, text)


def put_around(doc: Any, sheet: str, links: Sequence[tuple[int, int, str]]) -> None:
    """Make cells of a sheet links that show what they hold: row, column, target of each."""
    owner = doc.Sheets.getByName(sheet)
    is_protected = owner.isProtected()
    for row, column, target in links:
        if is_protected:
            writable_at(doc, (sheet, row, column, 1, 1))
        cell = owner.getCellByPosition(column, row)
        if cell.Type.value in ("TEXT", "EMPTY"):
            _make_link(doc, cell, target, cell.getString() or target)
        else:
            cell.setPropertyValue(_PROPERTY, target)


def _make_link(doc: Any, cell: Any, target: str, text: str) -> None:
    cell.setString("")
    cursor = cell.createTextCursor()
    for number, line in enumerate(text.split("\n")):
        if number:
            cursor.gotoEnd(False)
            cell.insertControlCharacter(cursor, _BREAK, False)
            cursor.gotoEnd(False)
        if line:
            field = doc.createInstance(_FIELD)
            field.URL, field.Representation = target, line
            cell.insertTextContent(cursor, field, False)


def read(doc: Any, place: Place) -> tuple[tuple[int, int, str], ...]:
    """Row and column in the place and the target of every cell that is a hyperlink."""
    _, row, column, _, _ = place
    cells = cells_at(doc, place)
    fields = ((at, _field_of(cell)) for at, cell in _rich_texts(cells))
    found = [(at, str(field.getPropertyValue("URL"))) for at, field in fields if field is not None]
    found += [(at, str(cell.Hyperlink)) for at, cell in _linked_numbers(cells)]
    return tuple((at_row - row, at_column - column, target) for (at_row, at_column), target in found)


def drop(doc: Any, place: Place) -> None:
    """Make hyperlinks plain cells with the same text and look."""
    cells = writable_at(doc, place)
    for _, cell in _rich_texts(cells):
        if _field_of(cell) is not None:
            with kept(cell):
                cell.setString(cell.getString())
    for _, cell in tuple(_linked_numbers(cells)):
        cell.setPropertyToDefault(_PROPERTY)


def _rich_texts(cells: Any) -> Iterator[Found]:
    cell_at = cells.Spreadsheet.getCellByPosition
    for address in cells.queryContentCells(_RICH_TEXTS).RangeAddresses:
        for row, column in cells_of(address):
            yield (row, column), cell_at(column, row)


def _linked_numbers(cells: Any) -> Iterator[Found]:
    """Cells of one look have one such link, or none: a look is asked once."""
    looks = cells.getUniqueCellFormatRanges()
    for number in range(looks.Count):
        alike = looks.getByIndex(number)
        if alike.getByIndex(0).getCellByPosition(0, 0).Hyperlink:
            for address in alike.RangeAddresses:
                for row, column in cells_of(address):
                    yield (row, column), cells.Spreadsheet.getCellByPosition(column, row)


def _field_of(cell: Any) -> Any:
    """The first hyperlink in a cell's text, or None. Methods, not properties: several times faster, and there
    are thousands of cells."""
    fields = cell.getTextFields()
    return fields.getByIndex(0) if fields.hasElements() else None
