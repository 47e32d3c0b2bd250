"""A workbook file, edited surgically: only the parts that hold our tables are written anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import BinaryIO, Self

from msgspec.structs import replace

from sheetsync.grid import EMPTY, Area, Cell, a1, column_letters
from sheetsync.workbooks.cells_xml import Calendar, CellWriter, SharedStrings
from sheetsync.workbooks.excel_replace import Replacement, TablePlace
from sheetsync.workbooks.kit_revived import revive_kit
from sheetsync.workbooks.links_xml import Links
from sheetsync.workbooks.long_columns import LongColumns
from sheetsync.workbooks.long_table import Arranged, BlocksPut, LongTable, Obstacle, RowsMatterError
from sheetsync.workbooks.looking import OUR_TABLES, has_most, meet
from sheetsync.workbooks.lost_tables import make_table, sheet_text
from sheetsync.workbooks.notes_xml import Notes
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.port import Orphan, Out, TableBody, TableRows
from sheetsync.workbooks.references import MAX_ROW
from sheetsync.workbooks.row_blocks import Block
from sheetsync.workbooks.sheet_frame import StrangePartError
from sheetsync.workbooks.sheet_xml import SheetXml
from sheetsync.workbooks.styles_xml import Styles
from sheetsync.workbooks.surroundings import Heard, forget_results, move_surroundings
from sheetsync.workbooks.table_xml import TableXml, header_key
from sheetsync.workbooks.workbook_xml import SheetPlace, WorkbookXml, set_property


class ExcelFile:
    """The port for .xlsx and .xlsm files.

    Sheets with none of our tables are the office's and stay byte for byte: a formula there that
    names our cells by address is not corrected when rows move (one that names a table, a column
    of it or a defined name needs no correction).
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._workbook = WorkbookXml(package)
        styles = Styles(package, self._workbook.related("styles"))
        strings = SharedStrings(package, self._workbook.related("sharedStrings"))
        self._writer = CellWriter(strings, styles, Calendar(since_1904=self._workbook.since_1904))
        self._sheets = self._workbook.sheets()
        self.made_anew: list[str] = []
        self._forgotten: set[str] = set()
        """Parts of sheets whose formulas have no stored results any more."""
        self._heard: Heard = {}
        """What parts nobody has opened say of our sheets."""
        self._tables = {place.name: place for sheet in self._sheets for place in _tables_of(package, sheet)}

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Open a workbook; ``NotAPackageError`` when the bytes are none."""
        return cls(Package.from_bytes(data))

    def to_bytes(self) -> bytes:
        """The workbook as a file. Equal content gives equal bytes."""
        return self._package.to_bytes()

    def write_to(self, stream: BinaryIO) -> None:
        """The same into a stream that can seek."""
        self._package.write_to(stream)

    # --- tables

    def table_names(self) -> Sequence[str]:
        """Names of all tables, sheet by sheet."""
        return tuple(self._tables)

    def read_table(self, name: str) -> TableRows:
        """The table's headers and body; ``KeyError`` when there is none of that name."""
        place = self._tables[name]
        table = TableXml(self._package.tree(place.part))
        body = table.body
        sheet = SheetXml(self._package.tree(place.sheet_part))
        links = Links(self._package, place.sheet_part).read()
        notes = Notes(self._package, place.sheet_part).read()
        columns, read = range(body.left, body.right + 1), self._writer.read
        rows: list[list[Cell]] = []
        for row in range(body.top, body.bottom + 1):
            cells = sheet.cells(row)
            rows.append([EMPTY if (one := cells.get(at)) is None else read(one) for at in columns])
        for row, column in [at for at in {**links, **notes} if at in body]:
            note = notes[row, column].text if (row, column) in notes else None
            cell = rows[row - body.top][column - body.left]
            beside = replace(cell, links=links.get((row, column), ()), comment=note)
            rows[row - body.top][column - body.left] = beside
        while rows and all(cell.is_empty or cell.formula is not None for cell in rows[-1]):
            rows.pop()
        return TableRows(table.headers, tuple(map(tuple, rows)), place.sheet, body.top)

    def replace_table(self, name: str, body: TableBody) -> tuple[Orphan, ...]:
        """Put a new body into the table; everything around it is kept and moved as needed.

        Returns what the office had written beside rows that are no longer there.
        ``ValueError`` when a text, a number or a link cannot be kept by a cell.
        """
        place = self._tables[name]
        replacement = Replacement(self._package, place, self._beside(place), self._writer, body)
        orphans = replacement.run()
        ours = self._our_sheets()
        if not replacement.shift.is_identity:
            shift = replacement.shift
            move_surroundings(self._package, self._workbook, place.sheet_part, ours, shift, heard=self._heard)
        self._forget_results(place.sheet, ours)
        self._workbook.recalculate(formulas_moved=replacement.formulas_moved)
        return orphans

    # --- long tables

    def read_columns(self, name: str, headers: Sequence[str]) -> TableRows:
        """Some columns of a table, those of ``headers`` it has, without its other cells.

        As many rows as the table has: empty ones at its end too. ``KeyError`` when there is no such table.
        """
        place = self._tables[name]
        table = TableXml(self._package.tree(place.part))
        asked = {header_key(one) for one in headers}
        found = [at for at, one in enumerate(table.headers) if header_key(one) in asked]
        named, part = tuple(table.headers[at] for at in found), place.sheet_part
        body, columns = table.body, [table.body.left + at for at in found]
        noted = Notes(self._package, part).read()
        bare = [one for one in noted if one in body and one[1] in columns]
        try:
            rows = LongColumns(self._package.chunks(part), body, self._writer).read(columns, bare)
        except StrangePartError:
            whole = self.read_table(name)
            rows = tuple(tuple(row[at] for at in found) for row in whole.rows)
        blank = (EMPTY,) * len(found)
        rows += (blank,) * (body.bottom - body.top + 1 - len(rows))
        return TableRows(named, rows, place.sheet, body.top)

    def column_texts(self, name: str) -> Mapping[str, frozenset[str]]:
        """By header the different texts of each column of a table; ``KeyError`` when there is none."""
        place = self._tables[name]
        table = TableXml(self._package.tree(place.part))
        try:
            found = LongColumns(self._package.chunks(place.sheet_part), table.body, self._writer).texts()
        except StrangePartError:
            rows = self.read_table(name).rows
            return {
                one: frozenset(row[at].text for row in rows) - {""} for at, one in enumerate(table.headers)
            }
        letters = map(column_letters, range(table.body.left, table.body.right + 1))
        return {one: found.get(at, frozenset()) for one, at in zip(table.headers, letters, strict=True)}

    def long_table(self, name: str, headers: Sequence[str], *, is_tried: bool = False) -> LongTable:
        """A table to be written in blocks, if nothing stands in the way; ``KeyError`` when there is none.

        ``headers`` are those of the rows to come, in their order. The table is looked at once: before
        anything on its sheet is changed. ``is_tried`` when nothing is thought to point to single rows:
        if something does, ``replace_blocks`` raises ``RowsMatterError`` and the workbook is spoilt.
        """
        place = self._tables[name]
        table = LongTable(self._package, place, self._beside(place), self._writer, headers)
        if table.form is not None and not table.obstacles and not is_tried:
            twin = self._package.twin()
            more = min(table.body.bottom + 1, MAX_ROW - table.body.top + 1)
            try:
                shift = table.arrange(twin, more).shift
                move_surroundings(
                    twin, WorkbookXml(twin), place.sheet_part, self._our_sheets(), shift, heard={}
                )
            except RowsMatterError:
                table.obstacles = (Obstacle.POINTERS,)
        return table

    def replace_blocks(self, table: LongTable, blocks: Iterable[Block]) -> BlocksPut:
        """Put a new body into a long table; everything around it is kept and moved as needed.

        Comes before other tables are replaced. The blocks follow one another from the first row of the
        body on; they are gone through twice, the second time when the workbook is written.
        """
        arranged, links_left = table.put(blocks)
        self._move_around(table.place, arranged)
        return BlocksPut(arranged.orphans, links_left)

    def _move_around(self, place: TablePlace, arranged: Arranged) -> None:
        ours = self._our_sheets()
        move_surroundings(
            self._package, self._workbook, place.sheet_part, ours, arranged.shift, heard=self._heard
        )
        self._forget_results(place.sheet, ours)
        self._workbook.recalculate(formulas_moved=arranged.formulas_moved)

    def _forget_results(self, changed: str, ours: dict[SheetPlace, list[Area]]) -> None:
        """Forget what the formulas of our other sheets came to before one of them changed."""
        for sheet, bodies in ours.items():
            if sheet.name != changed and sheet.part not in self._forgotten:
                forget_results(self._package, sheet, bodies)
                self._forgotten.add(sheet.part)

    def _beside(self, place: TablePlace) -> list[TablePlace]:
        """The other tables of a table's sheet."""
        return [one for one in self._tables.values() if one.sheet == place.sheet and one != place]

    # --- tables another program lost

    def find_again(self, name: str, sheet: str, headers: Sequence[str]) -> bool:
        """Find a table its name does not lead to, by its sheet and headers; make it anew if need be.

        A table the office gave another name keeps that name in the file.
        """
        found = next((one for one in self._sheets if one.name.casefold() == sheet.casefold()), None)
        if found is None:
            return False
        beside = [one for one in self._tables.values() if one.sheet == found.name]
        for place in beside:
            renamed = place.name not in OUR_TABLES
            if renamed and has_most(TableXml(self._package.tree(place.part)).headers, headers):
                del self._tables[place.name]
                self._tables[name] = replace(place, name=name)
                return True
        text = sheet_text(SheetXml(self._package.tree(found.part)), self._writer)
        top = text.header_row(headers)
        if top is None or any(meet(self._area(one), top) for one in beside):
            return False
        bottom = text.filled_below(top.bottom, top.left, top.right, self._is_taken(beside, top))
        area = replace(top, bottom=max(bottom, top.top + 1))
        part = make_table(self._package, found.part, name, area, self._writer)
        self.made_anew.append(name)
        self._tables[name] = TablePlace(name, part, found.name, found.part)
        return True

    def take_in_rows(self, name: str) -> None:
        """Take in what was typed right under a table by a program that did not do it itself."""
        place = self._tables[name]
        area = self._area(place)
        table = TableXml(self._package.tree(place.part))
        if table.body.bottom != area.bottom:
            return
        beside = self._beside(place)
        text = sheet_text(SheetXml(self._package.tree(place.sheet_part)), self._writer)
        bottom = text.filled_below(area.bottom, area.left, area.right, self._is_taken(beside, area))
        if bottom > area.bottom:
            TableXml(self._package.edit(place.part)).reach(bottom)

    def _area(self, place: TablePlace) -> Area:
        return TableXml(self._package.tree(place.part)).area

    def _is_taken(self, tables: Sequence[TablePlace], columns: Area) -> Callable[[int], bool]:
        """Whether a row within some columns belongs to one of these tables."""
        areas = [self._area(one) for one in tables]
        return lambda row: any(meet(one, replace(columns, top=row, bottom=row)) for one in areas)

    def _our_sheets(self) -> dict[SheetPlace, list[Area]]:
        """Sheets that hold our tables, with the bodies of these; the office's own are never edited."""
        found: dict[SheetPlace, list[Area]] = {}
        for sheet in self._sheets:
            for one in self._tables.values():
                if one.sheet == sheet.name and one.name in OUR_TABLES:
                    body = TableXml(self._package.tree(one.part)).body
                    found.setdefault(sheet, []).append(body)
        return found

    # --- named cells

    def read_named(self, name: str) -> Cell:
        """The cell a defined name points to; ``KeyError`` when there is none."""
        sheet_name, row, column = self._workbook.named_cell(name)
        part = self._part_of(sheet_name)
        element = SheetXml(self._package.tree(part)).cell(row, column)
        cell = EMPTY if element is None else self._writer.read(element)
        note = Notes(self._package, part).read().get((row, column))
        links = Links(self._package, part).read().get((row, column), ())
        return replace(cell, links=links, comment=note.text if note else None)

    def write_named(self, name: str, out: Out) -> None:
        """Put a value into the cell a defined name points to, keeping its style."""
        sheet_name, row, column = self._workbook.named_cell(name)
        part = self._part_of(sheet_name)
        sheet = SheetXml(self._package.edit(part))
        sheet.unshare()
        self._forgotten.discard(part)
        had_formula = (row, column) in sheet.formulas()
        style = self._writer.styles.plain(sheet.style(row, column))
        sheet.put(row, column, self._writer.written(out, style, a1(row, column)))
        sheet.store()
        self._write_extras(part, (row, column), out)
        for place, bodies in self._our_sheets().items():
            if place.part == part:
                forget_results(self._package, place, [*bodies, Area(row, column, row, column)])
        self._workbook.recalculate(formulas_moved=had_formula != (out.formula is not None))

    def _write_extras(self, part: str, place: tuple[int, int], out: Out) -> None:
        links, notes = Links(self._package, part), Notes(self._package, part)
        links.drop(lambda row, column: (row, column) == place)
        links.add([(*place, out.link)] if out.link else [])
        ours = {at for at, note in notes.read().items() if note.is_ours and at == place}
        notes.move(lambda at: None if at in ours else at)
        notes.add([(place, out.note)] if out.note else [])

    def _part_of(self, sheet_name: str) -> str:
        for sheet in self._sheets:
            if sheet.name.casefold() == sheet_name.casefold():
                return sheet.part
        raise KeyError(sheet_name)

    # --- the rest

    def set_property(self, name: str, value: str) -> None:
        """Set a custom document property."""
        set_property(self._package, name, value)

    def revive_kit(self) -> None:
        """Give back the buttons and the code names LibreOffice lost when it saved the workbook."""
        revive_kit(self._package, self._workbook)

    def hide_sheet(self, name: str) -> None:
        """Hide a sheet the current content does not need."""
        self._workbook.hide(name)


def _tables_of(package: Package, sheet: SheetPlace) -> list[TablePlace]:
    return [
        TablePlace(TableXml(package.tree(part)).name, part, sheet.name, sheet.part)
        for part in package.related(sheet.part, "table")
    ]
