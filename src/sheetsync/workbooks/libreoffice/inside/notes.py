"""Notes of cells."""

from __future__ import annotations

from typing import Any

from .places import Place, cells_at, writable_at

_NAMES = ("initials",)


def read(doc: Any, sheet: str) -> tuple[tuple[int, int, str, str], ...]:
    """Row, column, text and author of every note of a sheet."""
    notes = doc.Sheets.getByName(sheet).Annotations
    every = [notes.getByIndex(number) for number in range(notes.Count)]
    return tuple((one.Position.Row, one.Position.Column, one.getString(), one.Author) for one in every)


def at(doc: Any, place: Place) -> tuple[str, str]:
    """Text and author of a cell's note; an empty text where there is none."""
    note = cells_at(doc, place).getCellByPosition(0, 0).Annotation
    return note.getString(), note.Author


def put(doc: Any, place: Place, text: str) -> None:
    """Give a cell a note, instead of the one it has."""
    cell = writable_at(doc, place).getCellByPosition(0, 0)
    cell.Spreadsheet.Annotations.insertNew(cell.CellAddress, text)


def put_signed(doc: Any, place: Place, text: str, user: Any, name: str) -> None:
    """Give a cell a note by somebody: ``user`` is the settings of the office's user, lent a name."""
    own = user.getPropertyValues(_NAMES)
    user.setPropertyValues(_NAMES, (name,))
    user.commitChanges()
    try:
        put(doc, place, text)
    finally:
        user.setPropertyValues(_NAMES, own)
        user.commitChanges()


def drop(doc: Any, place: Place) -> None:
    """Take a cell's note away."""
    cell = writable_at(doc, place).getCellByPosition(0, 0)
    where, notes = cell.CellAddress, cell.Spreadsheet.Annotations
    for number in range(notes.Count):
        position = notes.getByIndex(number).Position
        if (position.Row, position.Column) == (where.Row, where.Column):
            notes.removeByIndex(number)
            return
    raise KeyError(place[0])
