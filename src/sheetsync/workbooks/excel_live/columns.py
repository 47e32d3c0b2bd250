"""The columns of an open table become those of its new body."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.grid import Area
from sheetsync.workbooks.excel_live.sheets import LiveSheet
from sheetsync.workbooks.excel_live.tables import LiveTable, Shape
from sheetsync.workbooks.excel_live.writing import put
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.table_layout import Layout


class ColumnStep(Struct, frozen=True):
    """What becomes of one old column, counted from 0: does it stay, and the headers of those that
    resemble it. They stand right of it; where it goes, left of it, so that they stand inside the table
    and what lies over the table (a merged title, a rule) is stretched over them."""

    source: int
    stays: bool
    made: tuple[str, ...]

    @property
    def at(self) -> int:
        """The first new column's place."""
        return self.source if self._before else self.source + 1

    @property
    def model(self) -> int:
        """Where the old column is when the new ones stand there."""
        return self.source + len(self.made) if self._before else self.source

    @property
    def _before(self) -> bool:
        return not self.stays and self.source > 0


def steps_of(headers: Sequence[str], layout: Layout) -> list[ColumnStep]:
    """What becomes of the columns, left to right."""
    return [
        ColumnStep(
            source,
            stays=any(one.source == source and not one.is_new for one in layout.columns),
            made=tuple(one.header for one in layout.columns if one.is_new and one.source == source),
        )
        for source in range(len(headers))
    ]


def change_columns(table: LiveTable, shape: Shape, layout: Layout) -> None:
    """Whole columns of the sheet come and go, so that what stands above and below goes along."""
    steps = [one for one in steps_of(shape.headers, layout) if one.made or not one.stays]
    if not steps:
        return
    whole = shape.whole
    added = sum(len(one.made) for one in steps)
    for step in reversed(steps):
        if step.made:
            _add(table.sheet, shape, step)
    table.reach(replace(whole, right=whole.right + added))
    for step in reversed(steps):
        added -= len(step.made)
        if not step.stays:
            table.sheet.delete_columns(whole.left + step.model + added, 1)


def _add(sheet: LiveSheet, shape: Shape, step: ColumnStep) -> None:
    """New columns: their bodies are copies of the one they resemble, emptied, which brings its rules along.

    A header looks like the one to the left, because programs insert columns so.
    """
    whole, left = shape.whole, shape.whole.left
    first, model = left + step.at, left + step.model
    last = first + len(step.made) - 1
    sheet.insert_columns(first, len(step.made))
    body = Area(shape.body.top, first, whole.bottom, last)
    sheet.copy(replace(body, left=model, right=model), body)
    sheet.widen(model, first, len(step.made))
    sheet.clear_contents(body)
    sheet.remove_links(body)
    sheet.drop_notes(lambda note: note.place in body)
    if shape.has_header:
        put(sheet, replace(body, top=whole.top, bottom=whole.top), [[Out(header) for header in step.made]])
