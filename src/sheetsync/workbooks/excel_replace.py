"""A table gets a new body: the one operation that rearranges the office's workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from sheetsync.grid import a1, column_letters
from sheetsync.text import squeeze
from sheetsync.workbooks.areas_xml import move_areas
from sheetsync.workbooks.body_styles import BodyStyles
from sheetsync.workbooks.cells_xml import CellWriter
from sheetsync.workbooks.fitting import (
    BLANK,
    TableInTheWayError,
    beside,
    check_body,
    is_torn,
    new_keys,
    number_key,
    rows_of,
    shift_of,
)
from sheetsync.workbooks.links_xml import Links
from sheetsync.workbooks.notes_xml import Notes
from sheetsync.workbooks.ooxml import Element, child
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.port import ROW_KEY_JOINT, Orphan, Out, TableBody
from sheetsync.workbooks.row_heights import RowHeights
from sheetsync.workbooks.sheet_xml import Row, SheetXml, forget_result
from sheetsync.workbooks.shift import Shift, in_cell, in_range, in_rule
from sheetsync.workbooks.table_layout import Key, NewColumn, key_places, layout_of
from sheetsync.workbooks.table_xml import TableXml


class TablePlace(Struct, frozen=True):
    """Where a table is kept: its part, and its sheet with the sheet's part."""

    name: str
    part: str
    sheet: str
    sheet_part: str


class Replacement:
    """One replacement of one table's body. ``others`` are the other tables of its sheet."""

    def __init__(
        self,
        package: Package,
        place: TablePlace,
        others: Sequence[TablePlace],
        writer: CellWriter,
        body: TableBody,
    ) -> None:
        self._package = package
        self._place = place
        self._others = others
        self._writer = writer
        self._body = body
        self._rows = rows_of(body)
        check_body(place.name, body)
        self._table = TableXml(package.edit(place.part))
        self._table.with_a_row()
        self._sheet = SheetXml(package.edit(place.sheet_part))
        self._links = Links(package, place.sheet_part)
        self._notes = Notes(package, place.sheet_part)
        self._old_links = self._links.read()
        self._whole, self._old = self._table.area, self._table.body
        self._layout = layout_of(self._table.headers, body)
        offices = {one.source for one in self._layout.columns if one.declared is None}
        self._our_columns = frozenset(range(self._old.left, self._old.right + 1)) - {
            self._old.left + one for one in offices
        }
        self._keys = self._old_keys()
        self.shift = self._shift()
        self._check_neighbours()
        self._styles = BodyStyles(self._sheet, writer.styles, self._old)
        self._orphans: list[Orphan] = []
        self._own_formulas: dict[int, tuple[int, str]] = {}
        self.formulas_moved = False

    def run(self) -> tuple[Orphan, ...]:
        """Do it; what lost its row is told."""
        before = self._sheet.formulas()
        self._sheet.unshare()
        looks = {column.source: self._edge_looks(column.source) for column in self._layout.columns}
        self._own_formulas = self._calculated_columns()
        self._sheet.rows = self._moved_cells()
        self._write_body()
        self._write_edges(looks)
        self._move_extras()
        if not self.shift.is_identity:
            move_areas(self._sheet.root, self.shift)
            for other in self._others:
                TableXml(self._package.edit(other.part)).move(self.shift)
            self._table.move(self.shift)
        self._table.set_columns([(one.header, one.source, one.is_new) for one in self._layout.columns])
        RowHeights(self._package).fit(self._sheet, self._writer, self._old.top, self.shift.new_bottom)
        self._sheet.store()
        self._add_extras()
        self.formulas_moved = self._sheet.formulas() != before
        return tuple(self._orphans)

    # --- what was there

    def _old_keys(self) -> dict[int, Key]:
        places = [old for old, _ in key_places(self._layout, self._body)]
        return {
            row: tuple(self._stored_key(self._sheet.cell(row, self._old.left + at)) for at in places)
            for row in range(self._old.top, self._old.bottom + 1)
        }

    def _stored_key(self, cell: Element | None) -> str:
        if cell is None:
            return ""
        number = child(cell, "v") if cell.get("t", "n") == "n" else None
        if number is not None and number.text:
            return number_key(float(number.text))
        return squeeze(self._writer.read(cell).text)

    def _shift(self) -> Shift:
        tables = [TableXml(self._package.tree(one.part)).area for one in self._others]
        keys = (self._keys, new_keys(self._layout, self._body, self._writer.calendar))
        return shift_of(self._place.sheet, self._old, self._layout, keys, beside(self._whole, tables))

    def _check_neighbours(self) -> None:
        """A table of the office must stay in one piece."""
        for other in self._others:
            if is_torn(self.shift, TableXml(self._package.tree(other.part)).area):
                raise TableInTheWayError(
                    f"table {other.name} on sheet {self._place.sheet} stands in the way of {self._place.name}"
                )

    def _is_ours(self, row: int, column: int) -> bool:
        """Whether the tool writes a cell: a body cell of a declared or a dropped column."""
        return column in self._our_columns and self._old.top <= row <= self._old.bottom

    # --- cells

    def _moved_cells(self) -> dict[int, Row]:
        """Everything but our own body cells, where it goes; what has nowhere to go is an orphan."""
        shift, still = self.shift, self.shift.is_identity
        rows: dict[int, Row] = {}
        for number, row in sorted(self._sheet.rows.items()):
            target = shift.row(number)
            if target is not None:
                rows.setdefault(target, Row()).attributes = row.attributes
            for column, cell in row.cells.items():
                if self._is_ours(number, column):
                    continue
                place = shift.cell(number, column)
                if place is None:
                    self._orphan(number, column, cell)
                    continue
                formula = child(cell, "f")
                if formula is not None:
                    forget_result(cell)
                    if not still:
                        move_formula(formula, shift, number)
                rows.setdefault(place[0], Row()).cells[place[1]] = cell
        return rows

    def _orphan(self, row: int, column: int, cell: Element) -> None:
        """Tell of an office's cell whose row or column is gone; a filled-down formula is no loss."""
        inside = (row, column) in self._whole
        if inside and (not self.shift.in_body(row) or self._table.calculated(column - self._old.left)):
            return
        found = self._writer.read(cell)
        shown = found.text if found.formula is None else f"={found.formula}"
        links = self._old_links.get((row, column), ())
        self._tell(row, column, " ".join(part for part in (shown, *links) if part))

    def _tell(self, row: int, column: int, text: str) -> None:
        if text.strip():
            key = ROW_KEY_JOINT.join(part for part in self._keys.get(row, ()) if part)
            self._orphans.append(Orphan(key, a1(row, column), text))

    def _write_body(self) -> None:
        came_from = {new: old for old, new in self.shift.rows.items()}
        left = self._old.left
        letters = {place: column_letters(place) for place in range(left, self.shift.new_right + 1)}
        written: dict[int, dict[int, str]] = {}
        for number, values in enumerate(self._rows):
            at = self._old.top + number
            sample = self._body.samples[number] if number < len(self._body.samples) else None
            old = came_from.get(at)
            row = self._sheet.rows.setdefault(at, Row())
            row.attributes = self._styles.row_of_new(sample) if old is None else self._styles.row_of_old(old)
            cells = written.setdefault(at, {})
            for place, column in enumerate(self._layout.columns, start=left):
                if column.declared is None and place in row.cells:
                    continue
                out = self._own_value(column, at) if column.declared is None else values[column.declared]
                look = self._look(column, old, sample)
                cells[place] = self._writer.written(out, look, f"{letters[place]}{at}")
        self._sheet.put_rows(written)

    def _look(self, column: NewColumn, old: int | None, sample: int | None) -> int:
        """A row that was there keeps its colours, unless a sample is asked for."""
        source = self._old.left + column.source
        if old is None or sample is not None or column.is_new:
            return self._styles.of_new(source, sample)
        return self._styles.of_old(old, source)

    def _own_value(self, column: NewColumn, row: int) -> Out:
        """What a new row holds in the office's own column: its formula, if the column has one."""
        formula = self._own_formulas.get(column.source)
        if formula is None:
            return BLANK
        home, text = formula
        return Out(formula=in_rule(text, self.shift, self.shift.sheet, row - home))

    def _write_edges(self, looks: dict[int, list[tuple[int, int]]]) -> None:
        """Header and totals cells of new columns, in the looks of the column they resemble."""
        for place, column in enumerate(self._layout.columns, start=self._old.left):
            if not column.is_new:
                continue
            for row, look in looks[column.source]:
                at = self.shift.row(row) or row
                out = Out(column.header if row < self._old.top else None)
                self._sheet.put(at, place, self._writer.written(out, look, a1(at, place)))

    def _edge_looks(self, source: int) -> list[tuple[int, int]]:
        """(row, style) of the header and totals cells of an old column."""
        rows = (*range(self._whole.top, self._old.top), *range(self._old.bottom + 1, self._whole.bottom + 1))
        return [(row, self._sheet.style(row, self._old.left + source)) for row in rows]

    def _calculated_columns(self) -> dict[int, tuple[int, str]]:
        """Formulas of the office's calculated columns: (row it is told for, text)."""
        found = {}
        for column in self._layout.columns:
            told = None if column.is_new else self._table.calculated(column.source)
            if told and column.declared is None:
                cells = ((row, self._sheet.cell(row, self._old.left + column.source)) for row in self._keys)
                texts = ((row, child(cell, "f")) for row, cell in cells if cell is not None)
                filled = ((row, one.text) for row, one in texts if one is not None and one.text)
                found[column.source] = next(filled, (self._old.top, told))
        return found

    # --- links and notes

    def _move_extras(self) -> None:
        """Take away our links and notes; the office's go with their cells."""
        ours = self._notes_of_ours()
        self._links.drop(self._is_ours)
        for place, note in self._notes.read().items():
            if place not in ours and self.shift.cell(*place) is None:
                self._tell(*place, note.text)
        self._notes.move(lambda place: None if place in ours else self.shift.cell(*place))
        if not self.shift.is_identity:
            self._links.move(self.shift.trail, lambda text: in_range(text, self.shift, self.shift.sheet))

    def _notes_of_ours(self) -> set[tuple[int, int]]:
        return {place for place, note in self._notes.read().items() if note.is_ours and self._is_ours(*place)}

    def _add_extras(self) -> None:
        self._links.add((row, column, out.link) for row, column, out in self._written() if out.link)
        self._notes.add(((row, column), out.note) for row, column, out in self._written() if out.note)

    def _written(self) -> Iterator[tuple[int, int, Out]]:
        """Every value of the body with the place it was written to."""
        for row, values in enumerate(self._rows, start=self._old.top):
            for column, one in enumerate(self._layout.columns, start=self._old.left):
                if one.declared is not None:
                    yield row, column, values[one.declared]


def move_formula(formula: Element, shift: Shift, row: int) -> None:
    """Change the references of a cell's formula, and the area an array formula fills."""
    if formula.text:
        formula.text = in_cell(formula.text, shift, shift.sheet, row)
    for name in ("ref", "r1", "r2"):
        written = formula.get(name)
        if written:
            formula.set(name, in_cell(written, shift, shift.sheet, row))
