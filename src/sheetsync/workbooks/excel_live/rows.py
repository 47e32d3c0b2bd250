"""The rows of an open table become those of its new body, with all that stands beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from sheetsync.grid import Area
from sheetsync.workbooks.excel_live.patience import patiently
from sheetsync.workbooks.excel_live.rearranging import Copy, Delete, Edit, Insert, Move, Wipe, rearranged
from sheetsync.workbooks.excel_live.sheets import LiveSheet
from sheetsync.workbooks.shift import Span, runs

_LOOKED_AT: Final = 7
"""Rows whose colours are compared to find what a usual row looks like."""


class Ground(Struct, frozen=True):
    """Where rows are rearranged. ``body`` is the old body under the new columns, ``used`` all that is
    used of the sheet, ``pinned`` the columns of tables beside, whose rows stay; ``calculated`` are the
    columns the office fills with a formula of its own."""

    body: Area
    used: Area
    pinned: Sequence[Span]
    calculated: frozenset[int]


class RowEditor:
    """``sources`` tells for every new row which old one it is, from 0; None for a new one."""

    def __init__(self, sheet: LiveSheet, ground: Ground, sources: Sequence[int | None]) -> None:
        self._sheet = sheet
        self._ground = ground
        self._sources = sources
        self._count = ground.body.bottom - ground.body.top + 1
        self._edits = rearranged(self._count, sources)
        self._fresh = [number for number, source in enumerate(sources) if source is None]
        self._has_notes = False

    def run(self, *, has_notes: bool) -> None:
        """Rearrange; rows that are new end up blank, in the looks of the others."""
        self._has_notes = has_notes
        sample, colour = self._usual_row() if self._fresh else (0, None)
        for edit in self._edits:
            self._do(edit)
        self._dress(sample, colour)

    def fit_heights(self) -> None:
        """New rows become as tall as their texts. Rows beside another table keep their heights."""
        if not self._ground.pinned:
            for first, last in runs(self._fresh):
                self._sheet.fit_rows(self._ground.body.top + first, last - first + 1)

    # --- edits

    def _do(self, edit: Edit) -> None:
        match edit:
            case Insert(at, count):
                for block in self._blocks(at, count):
                    _insert(block)
            case Delete(at, count):
                for block in self._blocks(at, count):
                    _delete(block)
            case Move(source, target, count):
                self._unfill(target, count)
                pairs = zip(self._blocks(source, count), self._blocks(target, count), strict=True)
                for block, to in pairs:
                    _move(block, to)
            case Copy(source, target):
                for block, to in zip(self._blocks(source, 1), self._blocks(target, 1), strict=True):
                    _copy(block, to)
            case Wipe(at):
                self._wipe(at)

    def _blocks(self, at: int, count: int) -> list[Any]:
        """Rows of the sheet; beside other tables only the cells that are not theirs."""
        top = self._ground.body.top + at
        if not self._ground.pinned:
            return [self._sheet.rows(top, count)]
        return [
            self._sheet.cells(Area(top, left, top + count - 1, right)) for left, right in self._free_columns()
        ]

    def _free_columns(self) -> Iterator[Span]:
        """Columns whose rows move."""
        start = 1
        for left, right in sorted(self._ground.pinned):
            if start < left:
                yield start, left - 1
            start = right + 1
        end = max(self._ground.used.right, self._ground.body.right)
        if start <= end:
            yield start, end

    def _unfill(self, at: int, count: int) -> None:
        """Excel fills the office's own formulas into rows inserted; rows that come bring theirs."""
        top = self._ground.body.top + at
        for left, right in runs(self._ground.calculated):
            self._sheet.clear_contents(Area(top, left, top + count - 1, right))

    def _wipe(self, at: int) -> None:
        """A row of the table becomes blank and keeps its looks; beside the table nothing is left of it."""
        row, body = self._ground.body.top + at, self._ground.body
        self._blank(row, row)
        for left, right in self._free_columns():
            for first, last in ((left, min(right, body.left - 1)), (max(left, body.right + 1), right)):
                if first <= last:
                    self._sheet.clear(Area(row, first, row, last))

    def _blank(self, first: int, last: int) -> None:
        """No values but the office's own formulas, no links, no notes."""
        body = self._ground.body
        for left, right in runs(set(range(body.left, body.right + 1)) - self._ground.calculated):
            self._sheet.clear_contents(Area(first, left, last, right))
        place = Area(first, body.left, last, body.right)
        self._sheet.remove_links(place)
        if self._has_notes:
            self._sheet.drop_notes(lambda note: note.place in place)

    # --- looks

    def _usual_row(self) -> tuple[int, object]:
        """The new number of a row that looks as most do, and its colour.

        When no row lives on, the first one takes the looks before it goes on as the first.
        """
        places = {source: number for number, source in enumerate(self._sources) if source is not None}
        rows = sorted(places) or list(range(self._count))
        rows = rows[:: -(-len(rows) // _LOOKED_AT)]
        colours = [self._colour(row) for row in rows]
        usual, _ = Counter(colours).most_common(1)[0]
        found = rows[colours.index(usual)]
        if not places and found:
            self._sheet.copy(self._row(found), self._row(0))
        return places.get(found, 0), usual

    def _colour(self, at: int) -> object:
        return self._sheet.colour(self._row(at))

    def _row(self, at: int, last: int | None = None) -> Area:
        """Rows of the table, numbered from 0 in its body."""
        body = self._ground.body
        return Area(body.top + at, body.left, body.top + (at if last is None else last), body.right)

    def _dress(self, sample: int, colour: object) -> None:
        """New rows look like the sample. One put in between two others has the looks of the upper one."""
        hosts = self._hosts()
        for first, last in runs(set(self._fresh) - {sample}):
            stands_out = self._count == 1 or bool(hosts & {first, last})
            if stands_out or self._colour(first - 1) != colour:
                self._sheet.copy(self._row(sample), self._row(first, last))
                self._blank(self._ground.body.top + first, self._ground.body.top + last)
            else:
                self._fill_down(sample, first, last)

    def _hosts(self) -> set[int]:
        """New numbers of rows that stand where others stood."""
        wiped = [edit.at for edit in self._edits if isinstance(edit, Wipe)]
        return {0 if at == 0 else len(self._sources) - 1 for at in wiped}

    def _fill_down(self, sample: int, first: int, last: int) -> None:
        """The office's own formulas go on in new rows."""
        for left, right in runs(self._ground.calculated):
            upper, lower = self._row(sample), self._row(first, last)
            self._sheet.copy(
                Area(upper.top, left, upper.top, right), Area(lower.top, left, lower.bottom, right)
            )


@patiently
def _insert(block: Any) -> None:
    block.insert("down")


@patiently
def _delete(block: Any) -> None:
    block.delete("up")


@patiently
def _move(block: Any, to: Any) -> None:
    block.move(to)


@patiently
def _copy(block: Any, to: Any) -> None:
    block.copy(to)
