"""Accepted rows of a school's sheet are closed: its protection no longer leaves their answers open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Final

from msgspec import Struct

from sheetsync.columns import REPORT, Owner
from sheetsync.intake.layout import Layout
from sheetsync.workbooks.google.port import Json, Request
from sheetsync.workbooks.google.ranges import grid_range, rectangles

Cell = tuple[int, int]
"""Row and column, from 1."""

_EDGES: Final = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
_ENDS: Final = _EDGES[1::2]
_ANSWERS: Final = frozenset(one.key for one in REPORT.columns if one.owner is Owner.SCHOOL)


class Locking(Struct, frozen=True):
    """Rows to close and rows to open in a sheet as it was ``first`` seen, before anything was written.

    Every other cell stays as open or closed as it was then, wherever its row has moved since.
    """

    answer: Json
    layout: Layout
    closed: Set[str]
    opened: Set[str]

    def requests(self, answer: Json, layout: Layout) -> Iterator[Request]:
        """What is to be written into the sheet as it is seen now: nothing once it is so."""
        for title, sheet in _sheets(answer, layout).items():
            guard = _guard_of(sheet)
            if guard is None:
                continue
            now = _open_cells(guard)
            before = self._before(title, now, layout)
            wanted = (before - _of(layout, title, self.closed)) | _of(layout, title, self.opened)
            if wanted != now:
                yield _opening(sheet["properties"].get("sheetId", 0), guard, wanted)

    def _before(self, title: str, now: set[Cell], layout: Layout) -> set[Cell]:
        """The cells that were open at first, where they are now."""
        sheet = _sheets(self.answer, self.layout).get(title)
        guard = _guard_of(sheet) if sheet else None
        if guard is None or (self.layout.rows, self.layout.columns) == (layout.rows, layout.columns):
            return now if guard is None else _open_cells(guard)
        meanings = (self.layout.meaning((title, *cell)) for cell in _open_cells(guard))
        spots = (layout.spot(meaning) for meaning in meanings if meaning)
        return {spot[1:] for spot in spots if spot}


def is_guarded(answer: Json, layout: Layout) -> bool:
    """Whether every sheet with answers is protected as a whole."""
    return all(_guard_of(sheet) for sheet in _sheets(answer, layout).values())


def _opening(sheet: int, guard: Json, cells: set[Cell]) -> Request:
    """Open these cells of a sheet, and whole rows or columns as they are."""
    ranges = [one for one in guard.get("unprotectedRanges", ()) if not _is_bounded(one)]
    ranges += [grid_range(sheet, area) for area in rectangles(cells)]
    told = {"protectedRangeId": guard["protectedRangeId"], "unprotectedRanges": ranges}
    return {"updateProtectedRange": {"protectedRange": told, "fields": "unprotectedRanges"}}


def _open_cells(guard: Json) -> set[Cell]:
    given = guard.get("unprotectedRanges", ())
    return {cell for one in given if _is_bounded(one) for cell in _cells(one)}


def _is_bounded(place: Json) -> bool:
    return all(edge in place for edge in _ENDS)


def _sheets(answer: Json, layout: Layout) -> Mapping[str, Json]:
    told = {one["properties"]["title"]: one for one in answer.get("sheets", ())}
    return {title: told[title] for title in layout.corners if title in told}


def _guard_of(sheet: Json) -> Json | None:
    """The protection of the whole sheet."""
    for one in sheet.get("protectedRanges", ()):
        place = one.get("range")
        if place is not None and not one.get("warningOnly") and not any(edge in place for edge in _EDGES):
            return dict(one)
    return None


def _cells(place: Json) -> Iterator[Cell]:
    for row in range(place.get("startRowIndex", 0), place["endRowIndex"]):
        for column in range(place.get("startColumnIndex", 0), place["endColumnIndex"]):
            yield row + 1, column + 1


def _of(layout: Layout, title: str, activities: Set[str]) -> set[Cell]:
    """The answers of some activities on one sheet."""
    rows = [row for (name, row), key in layout.rows.items() if name == title and key in activities]
    columns = [column for (name, column), key in layout.columns.items() if name == title and key in _ANSWERS]
    return {(row, column) for row in rows for column in columns}
