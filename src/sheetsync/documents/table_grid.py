"""Cells lying on a page become rows of equal columns.

Word and PDF know a cell by where it lies. Tables put together from several, or drawn by hand, have
edges that do not quite agree from row to row; the columns are those of the usual row, and a cell
belongs to the column it lies in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from sheetsync.plan.document import TableRow

_HALF: Final = 0.5


class PlacedCell(Struct, frozen=True):
    """A cell between two edges. ``is_covered``: the lower part of a tall cell that says ``text``."""

    left: float
    right: float
    text: str
    is_covered: bool = False


Row = Sequence[PlacedCell]
Column = tuple[float, float]


def table_rows(rows: Sequence[Row]) -> tuple[TableRow, ...]:
    """The rows in the columns of the usual row, or in all edges' columns where that would not do."""
    usual = _usual_columns(rows)
    places = [_places(row, usual) for row in rows]
    if any(len(set(one)) < len(one) for one in places):
        usual = _all_columns(rows)
        places = [_places(row, usual) for row in rows]
    return tuple(_table_row(row, one, len(usual)) for row, one in zip(rows, places, strict=True))


def _table_row(row: Row, places: Sequence[int], width: int) -> TableRow:
    texts = [""] * width
    covered = []
    for cell, place in zip(row, places, strict=True):
        if cell.is_covered:
            covered.append((place, cell.text))
        else:
            texts[place] = "\n".join(filter(None, (texts[place], cell.text)))
    return TableRow(tuple(texts), covered=tuple(covered))


def _usual_columns(rows: Sequence[Row]) -> list[Column]:
    """The edges of the first row that has as many cells as most rows of several cells have."""
    counts = Counter(len(row) for row in rows if len(row) > 1) or Counter(len(row) for row in rows)
    if not counts:
        return []
    usual = max(counts, key=lambda count: (counts[count], count))
    return [(cell.left, cell.right) for cell in next(row for row in rows if len(row) == usual)]


def _all_columns(rows: Sequence[Row]) -> list[Column]:
    lefts = sorted({cell.left for row in rows for cell in row})
    rightmost = max(cell.right for row in rows for cell in row)
    return list(zip(lefts, [*lefts[1:], rightmost], strict=True))


def _places(row: Row, columns: Sequence[Column]) -> list[int]:
    """The column of every cell: its own in turn in a usual row, else the first it lies in."""
    if len(row) == len(columns) and all(map(_touches, row, columns)):
        return list(range(len(columns)))
    return [_place(cell, columns) for cell in row]


def _place(cell: PlacedCell, columns: Sequence[Column]) -> int:
    shares = list(_shares(cell, columns))
    inside = (place for place, share in enumerate(shares) if share > _HALF)
    return next(inside, shares.index(max(shares)))


def _shares(cell: PlacedCell, columns: Sequence[Column]) -> Iterator[float]:
    """How much of each column the cell takes."""
    for left, right in columns:
        common = min(cell.right, right) - max(cell.left, left)
        yield common / max(right - left, 1e-6)


def _touches(cell: PlacedCell, column: Column) -> bool:
    return min(cell.right, column[1]) > max(cell.left, column[0])
