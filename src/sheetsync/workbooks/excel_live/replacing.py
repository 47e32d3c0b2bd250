"""An open table gets a new body: what the program can keep with its rows, it keeps itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from sheetsync.grid import EMPTY, Area, Cell
from sheetsync.workbooks.excel_live.beyond import Place
from sheetsync.workbooks.excel_live.columns import change_columns
from sheetsync.workbooks.excel_live.hidden_rows import HiddenRows
from sheetsync.workbooks.excel_live.losing import Before, Fate, orphans_of
from sheetsync.workbooks.excel_live.rows import Ground, RowEditor
from sheetsync.workbooks.excel_live.tables import LiveTable
from sheetsync.workbooks.excel_live.tall_merges import TallMerges
from sheetsync.workbooks.excel_live.told_links import Links, ToldLinks
from sheetsync.workbooks.excel_live.values import CALENDAR
from sheetsync.workbooks.excel_live.writing import put_changed, settle_links, settle_notes
from sheetsync.workbooks.fitting import (
    TableInTheWayError,
    beside,
    check_body,
    is_torn,
    key_text,
    new_keys,
    rows_of,
    shift_of,
)
from sheetsync.workbooks.port import Orphan, Out, TableBody
from sheetsync.workbooks.shift import Shift, Span, runs
from sheetsync.workbooks.table_layout import Key, Layout, key_places, layout_of


class LiveReplacement:
    """One replacement of one table's body. ``others`` are the other tables of its sheet by name.

    ``links`` are those of the body, before and after; None where the program is to be asked.
    """

    def __init__(
        self, table: LiveTable, others: Mapping[str, Area], body: TableBody, told: ToldLinks | None
    ) -> None:
        check_body(table.name, body)
        self._table = table
        self._sheet = table.sheet
        self._rows = rows_of(body)
        self._before = _found(table)
        self.links = told.links if told and told.hold(self._before.shape.body, self._before.own()) else None
        self._layout = layout_of(self._before.shape.headers, body)
        keys = _keys(self._before, self._layout, body)
        after = new_keys(self._layout, body, CALENDAR)
        shape = self._before.shape
        pinned = beside(shape.whole, others.values())
        self._shift = shift_of(self._sheet.name, shape.body, self._layout, (keys, after), pinned)
        for name, area in others.items():
            if is_torn(self._shift, area):
                raise TableInTheWayError(f"table {name} stands in the way of {table.name}")
        self._fate = _fate(self._before, self._layout, self._shift, keys)

    def run(self) -> tuple[Orphan, ...]:
        """Do it; what lost its row is told."""
        orphans = orphans_of(self._sheet, self._before, self._fate)
        merges = TallMerges(self._sheet, self._before.area, self._shift)
        merges.take_apart()
        change_columns(self._table, self._before.shape, self._layout)
        self._change_rows()
        merges.put_together()
        return orphans

    def _change_rows(self) -> None:
        ground, sources = self._ground(), self._sources()
        hidden = HiddenRows(self._sheet, ground.body)
        hidden.show()
        editor = RowEditor(self._sheet, ground, sources)
        editor.run(has_notes=bool(self._before.notes))
        self._table.reach(self._before.shape.around(self._new_body))
        self._write()
        editor.fit_heights()
        hidden.hide_again(range(len(sources)) if ground.pinned else sources)

    # --- where things go

    @property
    def _new_body(self) -> Area:
        shift = self._shift
        return Area(shift.top, shift.left, shift.new_bottom, shift.new_right)

    def _ground(self) -> Ground:
        """The sheet as it is once the columns are changed."""
        shift, used = self._shift, self._before.used
        outer = shift.new_right - shift.right
        pinned = [
            (left + outer, right + outer) if left > shift.right else (left, right)
            for left, right in shift.pinned
        ]
        calculated = {place for place in (shift.column(one) for one in self._fate.calculated) if place}
        return Ground(
            body=Area(shift.top, shift.left, shift.bottom, shift.new_right),
            used=Area(used.top, used.left, used.bottom, max(used.right, shift.right) + outer),
            pinned=pinned,
            calculated=frozenset(calculated),
        )

    def _sources(self) -> list[int | None]:
        """For every new row the old one it is."""
        top = self._shift.top
        old = {new: row - top for row, new in self._shift.rows.items()}
        return [old.get(top + number) for number in range(len(self._rows))]

    # --- our own cells

    def _write(self) -> None:
        now = list(self._shown_now())
        written: set[int] = set()
        for first, last in self._our_runs():
            outs = [[row[self._declared(at)] for at in range(first, last + 1)] for row in self._rows]
            cells = [row[first : last + 1] for row in now]
            written.update(put_changed(self._sheet, (self._shift.top, self._shift.left + first), outs, cells))
        outs_by_place = dict(self._outs())
        ours = {column for _, column in outs_by_place}
        found = self._told_again(self.links if self._stays else None, written)
        changed = settle_links(
            self._sheet, {at: link for at, link in found.items() if at[1] in ours}, outs_by_place
        )
        written.update(row for row, _ in changed)
        self.links = self._told_again(found, written) if len(written) < len(self._rows) / 2 else None
        if self._before.notes or any(out.note for out in outs_by_place.values()):
            settle_notes(self._sheet, outs_by_place.__contains__, outs_by_place)

    def _told_again(self, links: Links | None, written: Collection[int]) -> Links:
        """Links of the new body. A program takes long to tell them: what it told of rows that were not
        written since holds still."""
        if links is None:
            return self._sheet.links(self._new_body)
        if not written:
            return links
        first, last = min(written), max(written)
        asked = self._sheet.links(replace(self._new_body, top=first, bottom=last))
        return {at: link for at, link in links.items() if not first <= at[0] <= last} | dict(asked)

    @property
    def _stays(self) -> bool:
        """Whether every cell of the old body stays where it is."""
        return self._shift.is_identity and self._shift.new_right == self._shift.right

    def _shown_now(self) -> Iterator[Sequence[Cell]]:
        """What the new body holds before anything is written: what its rows brought along."""
        left = self._shift.left - self._before.area.left
        for source in self._sources():
            row = None if source is None else self._before.cells[source]
            yield [
                EMPTY if row is None or one.is_new else row[left + one.source] for one in self._layout.columns
            ]

    def _our_runs(self) -> list[Span]:
        """Neighbouring columns of ours, from 0."""
        return runs(at for at, one in enumerate(self._layout.columns) if one.declared is not None)

    def _declared(self, at: int) -> int:
        place = self._layout.columns[at].declared
        assert place is not None
        return place

    def _outs(self) -> Iterator[tuple[Place, Out]]:
        """Every value of the body with the place it is written to."""
        for row, values in enumerate(self._rows, start=self._shift.top):
            for column, one in enumerate(self._layout.columns, start=self._shift.left):
                if one.declared is not None:
                    yield (row, column), values[one.declared]


def _found(table: LiveTable) -> Before:
    """The table and what stands beside it, in two reads of cells."""
    shape, used = table.shape(), table.sheet.used()
    body = shape.body
    area = Area(body.top, min(used.left, body.left), body.bottom, max(used.right, body.right))
    return Before(shape, used, area, table.sheet.read(area), table.sheet.notes())


def _keys(before: Before, layout: Layout, body: TableBody) -> dict[int, Key]:
    """Keys of the rows there are."""
    left = before.shape.body.left - before.area.left
    places = [left + old for old, _ in key_places(layout, body)]
    return {
        row: tuple(key_text(cells[at].value, CALENDAR) for at in places)
        for row, cells in enumerate(before.cells, start=before.area.top)
    }


def _fate(before: Before, layout: Layout, shift: Shift, keys: Mapping[int, Key]) -> Fate:
    """A column of the office is calculated when all its rows hold a formula."""
    body = before.shape.body
    offices = {body.left + one.source for one in layout.columns if one.declared is None}
    calculated = {at for at in offices if all(cell.formula is not None for cell in before.column(at))}
    ours = frozenset(range(body.left, body.right + 1)) - offices
    return Fate(layout, shift, keys, ours, frozenset(calculated))
