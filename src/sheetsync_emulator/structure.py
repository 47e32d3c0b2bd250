"""Rows and columns that come, go and change places, and everything that moves with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.entering import decimal_comma
from sheetsync_emulator.formula_moving import BROKEN, Shift, followed, rewrite
from sheetsync_emulator.ranges import COLUMNS, ROWS, Box, Place, sheet_id_of
from sheetsync_emulator.sheet import Sheet
from sheetsync_emulator.values import Json

_BOUNDS: Final = {
    ROWS: ("startRowIndex", "endRowIndex"),
    COLUMNS: ("startColumnIndex", "endColumnIndex"),
}


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows (or columns) from ``start`` up to ``end``."""

    dimension: str
    start: int
    end: int

    @property
    def count(self) -> int:
        return self.end - self.start


def inserted_lines(book: Book, sheet: Sheet, fresh: Lines) -> None:
    """New empty rows (or columns), before the one that stood at their start."""
    at, count = fresh.start, fresh.count

    def line(old: int) -> int:
        return old + count if old >= at else old

    def end(old: int) -> int:
        return old + count if old > at else old

    _size(sheet, fresh.dimension, count)
    _moved(book, sheet, fresh.dimension, line)
    _stretched(book, sheet, fresh.dimension, (line, end))


def deleted_lines(book: Book, sheet: Sheet, gone: Lines) -> None:
    """Rows (or columns) gone with all that stood in them."""
    start, count = gone.start, gone.count

    def line(old: int) -> int | None:
        return old if old < start else None if old < gone.end else old - count

    def bound(old: int) -> int:
        return old if old < start else max(start, old - count)

    _size(sheet, gone.dimension, -count)
    _moved(book, sheet, gone.dimension, line)
    _stretched(book, sheet, gone.dimension, (bound, bound))


def reordered_lines(book: Book, sheet: Sheet, carried: Lines, to: int) -> None:
    """Rows (or columns) put elsewhere: before the one that stood at ``to``."""
    total = sheet.rows if carried.dimension == ROWS else sheet.columns
    order = [line for line in range(total) if not carried.start <= line < carried.end]
    place = to if to <= carried.start else to - carried.count
    order[place:place] = range(carried.start, carried.end)
    position = {line: index for index, line in enumerate(order)}
    _moved(book, sheet, carried.dimension, lambda line: position.get(line, line))


def _size(sheet: Sheet, dimension: str, count: int) -> None:
    sheet.resized(dimension, (sheet.rows if dimension == ROWS else sheet.columns) + count)


def _moved(book: Book, sheet: Sheet, dimension: str, shift: Shift) -> None:
    """Cells, sizes, keys and references of formulas go with their rows."""
    sheet.cells = {
        place: cell
        for old, cell in sheet.cells.items()
        if (place := _placed(old, dimension, shift)) is not None
    }
    sheet.lines[dimension] = {
        line: properties
        for old, properties in sheet.lines[dimension].items()
        if (line := shift(old)) is not None
    }
    marks = []
    for mark in book.marks:
        if mark.spot.sheet == sheet.id and mark.spot.dimension == dimension:
            line = shift(mark.spot.index)
            if line is not None:
                marks.append(replace(mark, spot=replace(mark.spot, index=line)))
        else:
            marks.append(mark)
    book.marks = marks
    _formulas_follow(book, sheet, dimension, shift)


def _placed(place: Place, dimension: str, shift: Shift) -> Place | None:
    row, column = place
    line = shift(row if dimension == ROWS else column)
    if line is None:
        return None
    return (line, column) if dimension == ROWS else (row, line)


def _formulas_follow(book: Book, moved: Sheet, dimension: str, shift: Shift) -> None:
    comma = decimal_comma(book.locale)

    def follow(formula: str, title: str) -> str:
        return followed(formula, title, moved.title, dimension, shift, comma=comma)

    def follow_in_rule(formula: str, title: str) -> str:
        """A rule is written for the first row of its range; when that goes, the next one stands there."""
        text = follow(formula, title)
        return formula if BROKEN in text else text

    rewrite(book, follow, follow_in_rule)


Bounds = tuple[Callable[[int], int], Callable[[int], int]]
"""Where the start of a range goes, and where its end does."""


def _stretched(book: Book, sheet: Sheet, dimension: str, bounds: Bounds) -> None:
    """Ranges over the cells move, grow and shrink; one that has nothing left goes away."""

    def kept(holders: Iterable[Json]) -> list[Json]:
        changed = (_with_ranges(holder, dimension, bounds) for holder in holders)
        return [holder for holder in changed if holder is not None]

    boxes = (_stretched_box(merge, dimension, bounds) for merge in sheet.merges)
    sheet.merges = [box for box in boxes if not box.is_empty and box.height * box.width > 1]
    sheet.protected = kept(sheet.protected)
    sheet.conditional = kept(sheet.conditional)
    sheet.bandings = kept(sheet.bandings)
    for one in book.sheets:
        one.charts = [_chart_follows(chart, sheet.id, dimension, bounds) for chart in one.charts]
    sheet.filter = next(iter(kept([sheet.filter] if sheet.filter else [])), None)
    own = [named for named in book.named if sheet_id_of(named["range"]) == sheet.id]
    left = {named["namedRangeId"]: named for named in kept(own)}
    book.named = [
        left.get(named["namedRangeId"], named)
        for named in book.named
        if named not in own or named["namedRangeId"] in left
    ]


def _stretched_box(box: Box, dimension: str, bounds: Bounds) -> Box:
    start, end = bounds
    if dimension == ROWS:
        return Box(start(box.top), end(box.bottom), box.left, box.right)
    return Box(box.top, box.bottom, start(box.left), end(box.right))


def _stretched_range(given: Json, dimension: str, bounds: Bounds) -> Json | None:
    changed = dict(given)
    for name, bound in zip(_BOUNDS[dimension], bounds, strict=True):
        if name in given:
            changed[name] = bound(given[name])
    first, last = _BOUNDS[dimension]
    is_gone = last in changed and changed[last] <= changed.get(first, 0)
    return None if is_gone else changed


def _chart_follows(part: Any, sheet_id: int, dimension: str, bounds: Bounds) -> Any:
    """A chart whose sources stretch with the cells of a sheet; what is gone altogether stays as it was."""
    if isinstance(part, list):
        return [_chart_follows(one, sheet_id, dimension, bounds) for one in part]
    if not isinstance(part, dict):
        return part
    if set(_BOUNDS[dimension]) <= part.keys() and sheet_id_of(part) == sheet_id:
        return _stretched_range(part, dimension, bounds) or part
    return {name: _chart_follows(one, sheet_id, dimension, bounds) for name, one in part.items()}


def _with_ranges(holder: Json, dimension: str, bounds: Bounds) -> Json | None:
    """Something that lies on ranges, with these stretched; ``None`` when nothing of them is left."""
    changed = dict(holder)
    if "range" in holder:
        moved = _stretched_range(holder["range"], dimension, bounds)
        if moved is None:
            return None
        changed["range"] = moved
    for name in ("ranges", "unprotectedRanges"):
        if name in holder:
            moved_ranges = (_stretched_range(one, dimension, bounds) for one in holder[name])
            changed[name] = [one for one in moved_ranges if one is not None]
    return None if changed.get("ranges") == [] else changed
