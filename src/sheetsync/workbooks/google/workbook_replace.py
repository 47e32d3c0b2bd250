"""A table of a Google spreadsheet gets a new body: the same as in a file, on the model of one read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.grid import Area, a1
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
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.ranges import Place
from sheetsync.workbooks.google.workbook_cells import BLANK, CALENDAR, GoogleCell, cell_to_write
from sheetsync.workbooks.google.workbook_links import BookLinks
from sheetsync.workbooks.google.workbook_model import BookModel, SheetModel
from sheetsync.workbooks.google.workbook_moves import move_surroundings, rows_that_moved, with_formula
from sheetsync.workbooks.port import ROW_KEY_JOINT, Orphan, Out, TableBody
from sheetsync.workbooks.shift import in_rule
from sheetsync.workbooks.table_layout import Key, NewColumn, key_places, layout_of
from sheetsync.workbooks.table_xml import unique_headers


class TablePlace(Struct, frozen=True):
    """Where a table lies: its sheet, header row and body."""

    name: str
    sheet: SheetModel
    whole: Area

    @property
    def body(self) -> Area:
        """The rows under the header; a table always has one at least."""
        top = self.whole.top + 1
        return replace(self.whole, top=top, bottom=max(top, self.whole.bottom))

    def headers(self) -> tuple[str, ...]:
        """The texts of the header row, as a table needs them."""
        cells = (self.sheet.at(self.whole.top, at) for at in range(self.whole.left, self.whole.right + 1))
        return unique_headers(cell.to_cell().text for cell in cells)


class Replacement:
    """One replacement of one table's body. ``others`` are the other tables of its sheet by name."""

    def __init__(
        self, book: BookModel, table: TablePlace, others: dict[str, Area], body: TableBody, links: BookLinks
    ) -> None:
        check_body(table.name, body)
        self._book, self._table, self._sheet = book, table, table.sheet
        self._body, self._rows, self._links = body, rows_of(body), links
        self._old = table.body
        self._layout = layout_of(table.headers(), body)
        offices = {self._old.left + one.source for one in self._layout.columns if one.declared is None}
        self._ours = frozenset(range(self._old.left, self._old.right + 1)) - offices
        self._keys = self._old_keys()
        self.shift = shift_of(
            self._sheet.title,
            self._old,
            self._layout,
            (self._keys, new_keys(self._layout, body, CALENDAR)),
            beside(table.whole, others.values()),
        )
        for name, area in others.items():
            if is_torn(self.shift, area):
                raise TableInTheWayError(f"table {name} stands in the way of {table.name}")
        self._looks = _Looks(self._sheet, self._old)
        self._before = dict(self._sheet.cells)
        self._calculated = {column: found for column in offices if (found := self._filled_down(column))}

    def run(self) -> tuple[Orphan, ...]:
        """Do it; what lost its row is told."""
        orphans = tuple(self._orphans())
        self._name_whole_body()
        self._sheet.cells = self._moved_cells()
        if not self.shift.is_identity:
            move_surroundings(self._book, self._sheet, self.shift)
            self._sheet.moved += rows_that_moved(self.shift, self._sheet.columns)
        self._write_headers()
        self._write_body()
        return orphans

    # --- what was there

    def _old_keys(self) -> dict[int, Key]:
        places = [self._old.left + old for old, _ in key_places(self._layout, self._body)]
        return {
            row: tuple(key_text(self._sheet.at(row, at).to_cell().value, CALENDAR) for at in places)
            for row in range(self._old.top, self._old.bottom + 1)
        }

    def _filled_down(self, column: int) -> tuple[int, str] | None:
        """The formula of a column of the office whose rows are all calculated, and the first of them."""
        rows = range(self._old.top, self._old.bottom + 1)
        formulas = [self._sheet.at(row, column).formula for row in rows]
        first = formulas[0]
        return None if first is None or None in formulas else (self._old.top, first)

    def _is_ours(self, place: Place) -> bool:
        """Whether the tool writes a cell: a body cell of a declared or a dropped column."""
        return place[1] in self._ours and self.shift.in_body(place[0])

    def _orphans(self) -> Iterator[Orphan]:
        """What loses its row or column: cells of the office, and any note."""
        for place, cell in sorted(self._before.items()):
            if self.shift.cell(*place) is None:
                yield from self._lost(place, cell)

    def _lost(self, place: Place, cell: GoogleCell) -> Iterator[Orphan]:
        row, column = place
        shown = cell.to_cell()
        is_filled_down = column in self._calculated or not self.shift.in_body(row)
        no_loss = self._is_ours(place) or (place in self._table.whole and is_filled_down)
        text = shown.text if shown.formula is None else f"={shown.formula}"
        said = (
            "" if no_loss else " ".join(part for part in (text, *map(self._links.told, shown.links)) if part)
        )
        key = ROW_KEY_JOINT.join(part for part in self._keys.get(row, ()) if part)
        yield from (Orphan(key, a1(row, column), one) for one in (said, cell.note) if one.strip())

    # --- what becomes of it

    def _name_whole_body(self) -> None:
        """Let the name mean one body row at least before everything moves."""
        named = self._book.names[self._table.name]
        whole = replace(self._table.whole, bottom=self._old.bottom)
        if named.area != whole:
            self._book.names[self._table.name] = replace(named, area=whole)

    def _moved_cells(self) -> dict[Place, GoogleCell]:
        """Every cell where it goes; of our own, which are written anew, what a person added goes along."""
        return {
            target: cell
            for place, cell in self._before.items()
            if (target := self.shift.cell(*place)) is not None
        }

    def _write_headers(self) -> None:
        """Headers of new columns, in the looks of the columns they resemble."""
        top = self._table.whole.top
        for column, one in enumerate(self._layout.columns, start=self._old.left):
            if one.is_new:
                resembled = self._before.get((top, self._old.left + one.source), BLANK)
                look = GoogleCell(format=resembled.format, rule=resembled.rule)
                self._sheet.put((top, column), cell_to_write(Out(one.header), None, look))

    def _write_body(self) -> None:
        came_from = {new: old for old, new in self.shift.rows.items()}
        for number, values in enumerate(self._rows):
            row = self._old.top + number
            sample = self._body.samples[number] if number < len(self._body.samples) else None
            for column, one in enumerate(self._layout.columns, start=self._old.left):
                place, old = (row, column), came_from.get(row)
                now = self._looked(self._sheet.at(*place), one, old, sample)
                if one.declared is not None:
                    out = values[one.declared]
                    self._sheet.put(place, cell_to_write(out, self._links.of(out), now))
                else:
                    self._sheet.put(place, self._own(now, one, row) if old is None else now)

    def _looked(self, cell: GoogleCell, one: NewColumn, old: int | None, sample: int | None) -> GoogleCell:
        """A row that was there keeps its looks, unless a sample is asked for."""
        if old is not None and sample is None and not one.is_new:
            return cell
        form, rule = self._looks.of_new(self._old.left + one.source, sample)
        return replace(cell, format=form, rule=rule)

    def _own(self, cell: GoogleCell, one: NewColumn, row: int) -> GoogleCell:
        """What a new row holds in a column of the office: its formula, if the column has one."""
        found = self._calculated.get(self._old.left + one.source)
        if found is None:
            return cell
        home, formula = found
        return with_formula(cell, in_rule(formula, self.shift, self._sheet.title, row - home))


class _Looks:
    """How the rows of a body look: format and rule of every cell, and what is usual in a column."""

    def __init__(self, sheet: SheetModel, body: Area) -> None:
        rows = range(body.top, body.bottom + 1)
        self._cells = {
            column: [(cell.format, cell.rule) for cell in (sheet.at(row, column) for row in rows)]
            for column in range(body.left, body.right + 1)
        }
        self._usual = {column: _most_common(found) for column, found in self._cells.items()}

    def of_new(self, column: int, sample: int | None) -> tuple[Json | None, Json | None]:
        """The looks of a cell in a new row: the sample's, else the usual ones of its column."""
        if sample is None:
            return self._usual[column]
        return self._cells[column][min(sample, len(self._cells[column]) - 1)]


def _most_common(found: Sequence[tuple[Json | None, Json | None]]) -> tuple[Json | None, Json | None]:
    keys = [json.dumps(one, sort_keys=True) for one in found]
    return found[keys.index(Counter(keys).most_common(1)[0][0])]
