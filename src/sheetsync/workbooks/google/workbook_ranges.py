"""Where ranges go when a table's rows go where their keys go."""

from __future__ import annotations

from typing import Any, Final

from sheetsync.grid import Area
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.ranges import EDGES, area_of, grid_range, sheet_of
from sheetsync.workbooks.shift import Shift

_KEYS: Final = frozenset({"sheetId", *EDGES})


def moved_range(said: Json, shift: Shift) -> Json | None:
    """A range as a whole, moved or stretched; what it did not tell it does not tell. None when it is gone."""
    area = shift.area(area_of(said))
    return None if area is None else _as_told(said, area)


def pieces_of(said: Json, shift: Shift) -> list[Json]:
    """A range of a rule: one over some body rows follows those rows."""
    return [_as_told(said, area) for area in shift.pieces(area_of(said))]


def _as_told(said: Json, area: Area) -> Json:
    new = grid_range(sheet_of(said), area)
    return {key: new[key] if key in EDGES else part for key, part in said.items()}


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
