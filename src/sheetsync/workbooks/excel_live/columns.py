"""The columns of an open table become those of its new body."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.grid import Area
from sheetsync.workbooks.excel_live.sheets import LiveSheet
from sheetsync.workbooks.excel_live.tables import LiveTable, Shape
from sheetsync.workbooks.excel_live.writing import put
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.table_layout import Layout, NewColumn


def change_columns(table: LiveTable, shape: Shape, layout: Layout) -> None:
    """Whole columns of the sheet come and go, so that what stands above and below goes along.

    A new column is a copy of the one it resembles, emptied; that carries its rules and its width too.
    """
    if not any(one.is_new for one in layout.columns) and len(layout.columns) == len(shape.headers):
        return
    sheet, whole = table.sheet, shape.whole
    added = 0
    for source in reversed(range(len(shape.headers))):
        made = [one for one in layout.columns if one.is_new and one.source == source]
        if made:
            _add(sheet, shape, whole.left + source, made)
            added += len(made)
    table.reach(Area(whole.top, whole.left, whole.bottom, whole.right + added))
    for at in reversed(_gone(shape, layout)):
        sheet.delete_columns(whole.left + at, 1)


def _add(sheet: LiveSheet, shape: Shape, source: int, made: Sequence[NewColumn]) -> None:
    """New columns right of the one they resemble."""
    whole, first, last = shape.whole, source + 1, source + len(made)
    sheet.insert_columns(first, len(made))
    sheet.copy(Area(whole.top, source, whole.bottom, source), Area(whole.top, first, whole.bottom, last))
    sheet.widen(source, first, len(made))
    blank = Area(shape.body.top, first, whole.bottom, last)
    sheet.clear_contents(blank)
    sheet.remove_links(blank)
    sheet.drop_notes(lambda note: note.place in Area(whole.top, first, whole.bottom, last))
    if shape.has_header:
        put(sheet, Area(whole.top, first, whole.top, last), [[Out(one.header) for one in made]])


def _gone(shape: Shape, layout: Layout) -> list[int]:
    """Old columns nothing became of, in the places they have when the new ones are there."""
    found: list[int] = []
    at = 0
    for source in range(len(shape.headers)):
        mine = [one for one in layout.columns if one.source == source]
        stays = any(not one.is_new for one in mine)
        if not stays:
            found.append(at)
        at += len(mine) + (not stays)
    return found
