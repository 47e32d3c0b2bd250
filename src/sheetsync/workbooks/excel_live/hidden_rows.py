"""Rows an office hid. Being hidden belongs to the place in a program, and to the row in people's minds."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.grid import Area
from sheetsync.workbooks.excel_live.sheets import LiveSheet
from sheetsync.workbooks.shift import runs


def hidden_rows(sheet: LiveSheet, top: int, count: int) -> set[int]:
    """Which of some rows are hidden; a body with none costs one look."""
    hidden = sheet.are_hidden(top, count)
    if hidden is not None:
        return set(range(top, top + count)) if hidden else set()
    half = count // 2
    return hidden_rows(sheet, top, half) | hidden_rows(sheet, top + half, count - half)


def hide_again(sheet: LiveSheet, body: Area, sources: Sequence[int | None], hidden: set[int]) -> None:
    """Hide the rows that were hidden, wherever they are now; ``sources`` as of ``RowEditor``."""
    if not hidden:
        return
    sheet.set_hidden(body.top, len(sources), hidden=False)
    now = {
        body.top + number
        for number, source in enumerate(sources)
        if source is not None and body.top + source in hidden
    }
    for first, last in runs(now):
        sheet.set_hidden(first, last - first + 1, hidden=True)
