"""Ranges as Google counts them, from 0 and the end left out, and as areas of a sheet."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby
from typing import Final

from sheetsync.grid import Area
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.references import MAX_COLUMN, MAX_ROW

Place = tuple[int, int]
"""Row and column, from 1."""

EDGES: Final = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
"""What a ``GridRange`` tells beside its sheet."""


def grid_range(sheet: int, area: Area) -> Json:
    """An area of a sheet as a ``GridRange``."""
    return {
        "sheetId": sheet,
        "startRowIndex": area.top - 1,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left - 1,
        "endColumnIndex": area.right,
    }


def corner(sheet: int, area: Area) -> Json:
    """The first cell of an area as a ``GridCoordinate``."""
    return {"sheetId": sheet, "rowIndex": area.top - 1, "columnIndex": area.left - 1}


def area_of(said: Json) -> Area:
    """The area of a ``GridRange``; an end that is not told is that of the largest sheet."""
    top, left, bottom, right = (said.get(key) for key in EDGES)
    return Area((top or 0) + 1, (left or 0) + 1, bottom or MAX_ROW, right or MAX_COLUMN)


def sheet_of(said: Json) -> int:
    """The sheet a range lies on: Google leaves the number 0 out."""
    return int(said.get("sheetId", 0))


# --- areas


def inside(area: Area, frame: Area) -> Area | None:
    """The part of an area that lies within a frame; None when there is none."""
    top, left = max(area.top, frame.top), max(area.left, frame.left)
    bottom, right = min(area.bottom, frame.bottom), min(area.right, frame.right)
    return Area(top, left, bottom, right) if top <= bottom and left <= right else None


def rectangles(places: Collection[Place]) -> tuple[Area, ...]:
    """The places as few rectangles, none over another, top to bottom."""
    across = _grown(places)
    down = tuple(
        Area(one.left, one.top, one.right, one.bottom)
        for one in _grown([(column, row) for row, column in places])
    )
    return min(across, tuple(sorted(down, key=lambda one: (one.top, one.left))), key=len)


def _grown(places: Collection[Place]) -> tuple[Area, ...]:
    """Runs of each row, grown downwards while the next row has the very same run."""
    done: list[Area] = []
    open_runs: dict[tuple[int, int], Area] = {}
    for row, in_row in groupby(sorted(places), key=lambda place: place[0]):
        runs = _runs([column for _, column in in_row])
        grown = {run: one for run, one in open_runs.items() if run in runs and one.bottom == row - 1}
        done += [one for run, one in open_runs.items() if run not in grown]
        open_runs = {run: Area(grown[run].top if run in grown else row, run[0], row, run[1]) for run in runs}
    return tuple(sorted((*done, *open_runs.values()), key=lambda one: (one.top, one.left)))


def _runs(numbers: Collection[int]) -> list[tuple[int, int]]:
    """Unbroken runs of rising numbers: (first, last)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
