"""Ranges as Google counts them, from 0 and open-ended, and as areas of a sheet; where they go. Pure."""

from __future__ import annotations

from typing import Any, Final

from sheetsync.grid import Area
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.translated_ranges import grid_range
from sheetsync.workbooks.references import MAX_COLUMN, MAX_ROW
from sheetsync.workbooks.shift import Shift

_ENDS: Final = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
_KEYS: Final = frozenset({"sheetId", *_ENDS})


def area_of(said: Json) -> Area:
    """The area of a ``GridRange``; an end that is not told is that of the largest sheet."""
    top, left, bottom, right = (said.get(key) for key in _ENDS)
    return Area((top or 0) + 1, (left or 0) + 1, bottom or MAX_ROW, right or MAX_COLUMN)


def corner(sheet: int, area: Area) -> Json:
    """The first cell of an area as a ``GridCoordinate``."""
    return {"sheetId": sheet, "rowIndex": area.top - 1, "columnIndex": area.left - 1}


def sheet_of(said: Json) -> int:
    """The sheet a range lies on: Google leaves the number 0 out."""
    return int(said.get("sheetId", 0))


def moved_range(said: Json, shift: Shift) -> Json | None:
    """A range as a whole, moved or stretched; what it did not tell it does not tell. None when it is gone."""
    area = shift.area(area_of(said))
    return None if area is None else _as_told(said, area)


def pieces_of(said: Json, shift: Shift) -> list[Json]:
    """A range of a rule: one over some body rows follows those rows."""
    return [_as_told(said, area) for area in shift.pieces(area_of(said))]


def _as_told(said: Json, area: Area) -> Json:
    new = grid_range(sheet_of(said), area)
    return {key: new[key] if key in _ENDS else part for key, part in said.items()}


def moved_inside(said: Any, sheet: int, shift: Shift) -> Any:
    """Anything of Google's JSON with every range on a sheet moved; one that is gone stays where it was."""
    match said:
        case dict() if said and set(said) <= _KEYS and set(said) != {"sheetId"}:
            return said if sheet_of(said) != sheet else moved_range(said, shift) or said
        case dict():
            return {key: moved_inside(part, sheet, shift) for key, part in said.items()}
        case list():
            return [moved_inside(part, sheet, shift) for part in said]
    return said
