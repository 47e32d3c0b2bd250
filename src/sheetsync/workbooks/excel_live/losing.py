"""What the office wrote beside rows and columns that go: it is told before it is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from sheetsync.grid import Area, Cell, a1
from sheetsync.workbooks.excel_live.beyond import Place
from sheetsync.workbooks.excel_live.sheets import LiveNote, LiveSheet
from sheetsync.workbooks.excel_live.tables import Shape
from sheetsync.workbooks.excel_live.values import Rows
from sheetsync.workbooks.port import ROW_KEY_JOINT, Orphan
from sheetsync.workbooks.shift import Shift
from sheetsync.workbooks.table_layout import Key, Layout

_Line = tuple[int, int, Sequence[Cell]]
"""Cells side by side: their row, the column of the first, and they."""


class Before(Struct, frozen=True):
    """An open table as it was found: its ``shape``, and the ``cells`` of its body's rows, those beside it
    included, which fill ``area``; ``used`` is all that is used of the sheet."""

    shape: Shape
    used: Area
    area: Area
    cells: Rows
    notes: Sequence[LiveNote]

    def column(self, column: int) -> list[Cell]:
        """The body's cells of one sheet column."""
        return [row[column - self.area.left] for row in self.cells]

    def own(self) -> Rows:
        """The cells of the body alone."""
        body = self.shape.body
        first, last = body.left - self.area.left, body.right - self.area.left
        return tuple(row[first : last + 1] for row in self.cells)


class Fate(Struct, frozen=True):
    """What is going to happen: where rows and columns go, and which columns are the tool's."""

    layout: Layout
    shift: Shift
    keys: Mapping[int, Key]
    ours: frozenset[int]
    calculated: frozenset[int]

    def is_ours(self, place: Place) -> bool:
        """Whether the tool writes a cell: a body cell of a declared or a dropped column."""
        return place[1] in self.ours and self.shift.in_body(place[0])


def orphans_of(sheet: LiveSheet, before: Before, fate: Fate) -> tuple[Orphan, ...]:
    """Cells and people's notes that lose their row or column."""
    cells = dict(_lost_cells(sheet, before, fate))
    links = _links(sheet, before, cells)
    told = [(at, " ".join(part for part in (_shown(cell), links.get(at, "")) if part))
            for at, cell in sorted(cells.items())]  # fmt: skip
    told += [(note.place, note.text) for note in before.notes if _is_lost(note, fate)]
    return tuple(
        Orphan(ROW_KEY_JOINT.join(part for part in fate.keys.get(at[0], ()) if part), a1(*at), text)
        for at, text in told
        if text.strip()
    )


def _is_lost(note: LiveNote, fate: Fate) -> bool:
    ours = note.is_ours and fate.is_ours(note.place)
    return not ours and fate.shift.cell(*note.place) is None


def _lost_cells(sheet: LiveSheet, before: Before, fate: Fate) -> Iterator[tuple[Place, Cell]]:
    body = before.shape.body
    gone = [row for row in range(body.top, body.bottom + 1) if fate.shift.row(row) is None]
    rows: list[_Line] = [(row, before.area.left, before.cells[row - body.top]) for row in gone]
    for column in range(body.left, body.right + 1):
        if fate.shift.column(column) is None and not fate.shift.is_pinned(column, column):
            rows += _outside(sheet, before, column)
    for row, left, cells in rows:
        for column, cell in enumerate(cells, start=left):
            filled = cell.formula is not None or cell.text.strip()
            if filled and not fate.is_ours((row, column)) and not _is_no_loss((row, column), before, fate):
                yield (row, column), cell


def _is_no_loss(place: Place, before: Before, fate: Fate) -> bool:
    """Cells that stay after all; and of the table itself, headers and formulas filled down."""
    if fate.shift.cell(*place) is not None:
        return True
    inside = place in before.shape.whole
    return inside and (not fate.shift.in_body(place[0]) or place[1] in fate.calculated)


def _outside(sheet: LiveSheet, before: Before, column: int) -> list[_Line]:
    """Cells of a column above and below the table, each as a row of one."""
    whole, used = before.shape.whole, before.used
    found: list[_Line] = []
    for top, bottom in ((used.top, whole.top - 1), (whole.bottom + 1, used.bottom)):
        if top <= bottom:
            cells = sheet.read(Area(top, column, bottom, column))
            found += [(row, column, line) for row, line in enumerate(cells, start=top)]
    return found


def _links(sheet: LiveSheet, before: Before, cells: Mapping[Place, Cell]) -> Mapping[Place, str]:
    return sheet.links(before.used) if cells else {}


def _shown(cell: Cell) -> str:
    return cell.text if cell.formula is None else f"={cell.formula}"
