"""Hyperlinks. LibreOffice keeps one as a field in the cell's text, or, on a number, as a property."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .number_formats import kept
from .places import Place, cells_at, cells_of, writable_at

RICH_TEXTS = 512  # texts with anything in them beside letters: fields, several lines
NUMBERS = 1 | 2

_FIELD = "com.sun.star.text.TextField.URL"
_PROPERTY = "Hyperlink"
_BREAK = 0  # com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK

Link = tuple[int, int, str, str]
"""Row and column in the place, target, text to show."""


def put(doc: Any, place: Place, links: Sequence[Link]) -> None:
    """Make cells hyperlinks with these texts; a text of several lines is a field on each."""
    cells = writable_at(doc, place)
    for row, column, target, text in links:
        cell = cells.getCellByPosition(column, row)
        cell.setString("")
        for number, line in enumerate(text.split("\n")):
            cursor = cell.createTextCursor()
            cursor.gotoEnd(False)
            if number:
                cell.insertControlCharacter(cursor, _BREAK, False)
                cursor.gotoEnd(False)
            if line:
                field = doc.createInstance(_FIELD)
                field.URL, field.Representation = target, line
                cell.insertTextContent(cursor, field, False)


def put_around(doc: Any, sheet: str, links: Sequence[tuple[int, int, str]]) -> None:
    """Make cells of a sheet links that show what they hold: row, column, target of each."""
    for row, column, target in links:
        place = (sheet, row, column, 1, 1)
        cell = writable_at(doc, place).getCellByPosition(0, 0)
        kind = cell.Type.value
        if kind in ("TEXT", "EMPTY"):
            put(doc, place, ((0, 0, target, cell.getString() or target),))
        else:
            cell.setPropertyValue(_PROPERTY, target)


def read(doc: Any, place: Place) -> tuple[tuple[int, int, str], ...]:
    """Row and column in the place and the target of every cell that is a hyperlink."""
    _, row, column, _, _ = place
    cells = cells_at(doc, place)
    found = [
        (at_row - row, at_column - column, str(field.URL))
        for cell, at_row, at_column in _cells(cells, RICH_TEXTS, place)
        if (field := _field_of(cell)) is not None
    ]
    found += [
        (at_row - row, at_column - column, str(cell.Hyperlink))
        for cell, at_row, at_column in _cells(cells, NUMBERS, place)
        if cell.Hyperlink
    ]
    return tuple(found)


def drop(doc: Any, place: Place) -> None:
    """Make hyperlinks plain cells with the same text and look."""
    cells = writable_at(doc, place)
    for cell, _, _ in _cells(cells, RICH_TEXTS, place):
        if _field_of(cell) is not None:
            with kept(cell):
                cell.setString(cell.getString())
    for cell, _, _ in _cells(cells, NUMBERS, place):
        if cell.Hyperlink:
            cell.setPropertyToDefault(_PROPERTY)


def _cells(cells: Any, flags: int, place: Place) -> Iterator[tuple[Any, int, int]]:
    _, row, column, _, _ = place
    for address in cells.queryContentCells(flags).RangeAddresses:
        for at_row, at_column in cells_of(address):
            yield cells.getCellByPosition(at_column - column, at_row - row), at_row, at_column


def _field_of(cell: Any) -> Any:
    """The first hyperlink in a cell's text, or None."""
    fields = cell.TextFields
    return fields.getByIndex(0) if fields.Count else None
