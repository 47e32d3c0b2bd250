"""Frozen and merged cells may not cut each other: Google refuses the batch, in these words.

Met by many with the real service: «You can't merge frozen and non-frozen columns», «you can't freeze
columns which contain only part of a merged cell», «You can't freeze all visible rows on the sheet.»
(mmedum/google-sheets-mcp, docs/architecture.md §18, and a dozen other public repositories).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetsync_emulator.ranges import Box
from sheetsync_emulator.sheet import Sheet
from sheetsync_emulator.trouble import invalid


def refuse_freezing(sheet: Sheet) -> None:
    """Raise when the edge of what is frozen runs through a merged cell, or there is no edge."""
    for what, edge, count in _edges(sheet):
        if edge >= count:
            raise invalid(f"You can't freeze all visible {what} on the sheet.")
        if any(start < edge < end for start, end in _spans(sheet.merges, what)):
            raise invalid(f"You can't freeze {what} which contain only part of a merged cell.")


def refuse_merging(sheet: Sheet, merges: Iterable[Box]) -> None:
    """Raise when merged cells would lie on both sides of the edge."""
    merged = list(merges)
    for what, edge, _ in _edges(sheet):
        if any(start < edge < end for start, end in _spans(merged, what)):
            raise invalid(f"You can't merge frozen and non-frozen {what}.")


def _edges(sheet: Sheet) -> Iterator[tuple[str, int, int]]:
    """What is frozen: rows or columns, how many, of how many."""
    grid = sheet.properties["gridProperties"]
    for what, name, count in (
        ("rows", "frozenRowCount", sheet.rows),
        ("columns", "frozenColumnCount", sheet.columns),
    ):
        if grid.get(name):
            yield what, int(grid[name]), count


def _spans(merges: Iterable[Box], what: str) -> Iterator[tuple[int, int]]:
    return ((one.top, one.bottom) if what == "rows" else (one.left, one.right) for one in merges)
