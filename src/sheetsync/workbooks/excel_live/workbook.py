"""The port for a workbook that is open in Excel or LibreOffice, over xlwings.

It never saves: closing the workbook unsaved undoes whatever was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from sheetsync.grid import Area, Cell
from sheetsync.workbooks.excel_live.beyond import Beyond, Place, PutBack
from sheetsync.workbooks.excel_live.calm import calm
from sheetsync.workbooks.excel_live.finding import lost_area, made_anew, taken, text_below
from sheetsync.workbooks.excel_live.patience import WorkbookProtected, has_refused, patiently
from sheetsync.workbooks.excel_live.replacing import LiveReplacement
from sheetsync.workbooks.excel_live.sheets import LiveSheet
from sheetsync.workbooks.excel_live.tables import LiveTable, Shape
from sheetsync.workbooks.excel_live.told_links import Links, ToldLinks
from sheetsync.workbooks.excel_live.values import Rows
from sheetsync.workbooks.excel_live.writing import put, settle_links, settle_notes
from sheetsync.workbooks.fitting import check_body
from sheetsync.workbooks.looking import OUR_TABLES, has_most
from sheetsync.workbooks.port import Orphan, Out, TableBody, TableRows

_GONE: Final = "#REF!"
"""In a name whose cells were deleted."""
_HIDDEN: Final = (0, 2)
"""``xlSheetHidden``, which is also False, and ``xlSheetVeryHidden``."""


class LiveWorkbook:
    """``book`` is xlwings'; ``beyond`` does what xlwings cannot in the program that shows the book."""

    def __init__(self, book: Any, beyond: Beyond) -> None:
        self._book = book
        self._beyond = beyond
        self._shown = ""
        self._at_work = False
        self._resting: dict[str, PutBack] = {}
        self._links: dict[str, ToldLinks] = {}
        self.made_anew: list[str] = []
        self._sheets, self._tables = self._found()

    @patiently
    def _found(self) -> tuple[dict[str, LiveSheet], dict[str, LiveTable]]:
        sheets = {sheet.name: LiveSheet(sheet, self._beyond) for sheet in self._book.sheets}
        tables = [
            LiveTable(table.name, table, sheet) for sheet in sheets.values() for table in sheet.api.tables
        ]
        return sheets, {table.name: table for table in tables}

    @property
    @patiently
    def path(self) -> Path:
        """Where the workbook lies on the disk."""
        return Path(self._book.fullname)

    # --- tables

    def table_names(self) -> Sequence[str]:
        """Names of all tables, sheet by sheet."""
        return tuple(self._tables)

    def read_table(self, name: str) -> TableRows:
        """The table's headers and body; ``KeyError`` when there is none of that name."""
        table = self._tables[name]
        shape = table.shape()
        body = shape.body
        cells = table.sheet.read(body)
        links, notes = self._links_of(table, body, cells), _texts(table.sheet)
        rows = [
            tuple(
                _with_extras(cell, (row, column), links, notes) for column, cell in enumerate(line, body.left)
            )
            for row, line in enumerate(cells, start=body.top)
        ]
        return _table_of(shape, rows, table.sheet.name)

    def read_contents(self, name: str) -> TableRows:
        """The same without links and notes: several times faster."""
        table = self._tables[name]
        shape = table.shape()
        return _table_of(shape, list(table.sheet.read(shape.body)), table.sheet.name)

    def replace_table(self, name: str, body: TableBody) -> tuple[Orphan, ...]:
        """Put a new body into the table; the program keeps and moves everything around it.

        Returns what the office had written beside rows that are no longer there. ``ValueError``
        when a value cannot be kept by a cell, ``WorkbookProtected`` when the sheet is locked,
        ``WorkbookBusy`` when the program answers nobody. ``body.samples`` are for files only:
        no table of an open workbook has rows of several looks.
        """
        table = self._tables[name]
        check_body(name, body)
        beside = self._beside(table)
        told = self._links.get(name)
        with self._writable(table.sheet):
            replacement = LiveReplacement(table, beside, body, told)
            orphans = replacement.run()
        if replacement.links is not None:
            self._links[name] = ToldLinks(table.shape().body, replacement.links)
        return orphans

    def _links_of(self, table: LiveTable, body: Area, cells: Rows) -> Links:
        """Hyperlinks of a body: the program takes long to tell them, and is asked once and where we wrote."""
        told = self._links.get(table.name)
        links = told.links if told and told.hold(body, cells) else table.sheet.links(body)
        self._links[table.name] = ToldLinks(body, links, cells)
        return links

    def find_again(self, name: str, sheet: str, headers: Sequence[str]) -> bool:
        """Find a table its name does not lead to, by its sheet and headers; make it anew if need be.

        A table the office gave another name keeps that name in the workbook.
        """
        home = next((one for key, one in self._sheets.items() if key.casefold() == sheet.casefold()), None)
        if home is None:
            return False
        tables = {key: table for key, table in self._tables.items() if table.sheet is home}
        for key, table in tables.items():
            if key not in OUR_TABLES and has_most(table.shape().headers, headers):
                del self._tables[key]
                table.name = name
                self._tables[name] = table
                return True
        area = lost_area(home, headers, [table.area() for table in tables.values()])
        if area is None:
            return False
        with self._writable(home):
            self._tables[name] = made_anew(home, name, area)
        self.made_anew.append(name)
        return True

    def take_in_rows(self, name: str) -> None:
        """Take in what was typed right under a table by a program that did not do it itself."""
        table = self._tables[name]
        shape = table.shape()
        whole = shape.whole
        if shape.has_totals:
            return
        text = text_below(table.sheet, whole)
        bottom = text.filled_below(
            whole.bottom, whole.left, whole.right, taken(self._beside(table).values(), whole)
        )
        if bottom > whole.bottom:
            with self._writable(table.sheet):
                table.reach(replace(whole, bottom=bottom))

    def _beside(self, table: LiveTable) -> dict[str, Area]:
        """The other tables of a table's sheet."""
        others = [one for one in self._tables.values() if one.sheet is table.sheet and one is not table]
        return {one.name: one.area() for one in others}

    # --- named cells

    def read_named(self, name: str) -> Cell:
        """The cell a defined name points to; ``KeyError`` when there is none."""
        sheet, (row, column) = self._named(name)
        place = Area(row, column, row, column)
        cell = sheet.read(place)[0][0]
        return _with_extras(cell, (row, column), sheet.links(place), _texts(sheet))

    def write_named(self, name: str, out: Out) -> None:
        """Put a value into the cell a defined name points to, keeping its style."""
        sheet, at = self._named(name)
        place = Area(*at, *at)
        with self._writable(sheet):
            put(sheet, place, [[out]])
            found = sheet.links(place)
            settle_links(sheet, {at: found[at]} if at in found else {}, {at: out})
            settle_notes(sheet, lambda spot: spot == at, {at: out})

    @patiently
    def _named(self, name: str) -> tuple[LiveSheet, Place]:
        if not self._book.names.contains(name):
            raise KeyError(name)
        found = self._book.names[name]
        if _GONE in found.refers_to:
            raise KeyError(name)
        cell = found.refers_to_range
        return self._sheets[cell.sheet.name], (cell.row, cell.column)

    # --- the program

    def check_writable(self, names: Sequence[str]) -> None:
        """``WorkbookProtected`` when the sheet of one of these tables is locked; nothing is written."""
        for sheet in {self._tables[name].sheet.name: self._tables[name].sheet for name in names}.values():
            if sheet.is_protected():
                raise WorkbookProtected(sheet.name)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Screen, calculation and events rest while a press writes; selection, filters and the sheet
        in front are as before when it ends, also when it ends badly."""
        if patiently(self._beyond.is_read_only)(self._book):
            raise WorkbookProtected
        with calm(self._book, self._beyond, lambda: self._shown):
            self._at_work = True
            try:
                yield
            finally:
                self._at_work = False
                self._filters_back()

    @contextmanager
    def _writable(self, sheet: LiveSheet) -> Iterator[None]:
        """Filters rest, for a program writes only what it shows; at work they rest till the end."""
        if sheet.is_protected():
            raise WorkbookProtected(sheet.name)
        for name in [name for name, one in self._tables.items() if one.sheet is sheet]:
            self._links.pop(name, None)
        if sheet.name not in self._resting:
            self._resting[sheet.name] = patiently(self._beyond.filters_off)(sheet.api)
        try:
            yield
        finally:
            if not self._at_work:
                self._filters_back()

    def _filters_back(self) -> None:
        resting, self._resting = self._resting, {}
        for put_back in resting.values():
            patiently(put_back)()

    @patiently
    def tell(self, words: str) -> None:
        """Progress in the program's own status bar; '' gives the bar back."""
        self._book.app.status_bar = words or False

    @patiently
    def save_copy(self, target: Path) -> None:
        """What is on the screen now, as a file beside; the workbook itself is not saved."""
        self._beyond.save_copy(self._book, target)

    @patiently
    def show_sheet(self, name: str) -> None:
        """Bring a sheet to the front, one the office hid too, unless the order of sheets is locked."""
        sheet = self._sheets[name].api
        try:
            if sheet.visible in _HIDDEN:
                sheet.visible = True
            sheet.activate()
        except Exception as error:
            if not has_refused(error):
                raise
            return
        self._shown = name


def _table_of(shape: Shape, rows: list[tuple[Cell, ...]], sheet: str) -> TableRows:
    """Rows a table has room for, as far as they hold anything."""
    while rows and all(cell.is_empty or cell.formula is not None for cell in rows[-1]):
        rows.pop()
    return TableRows(shape.headers, tuple(rows), sheet, shape.body.top)


def _texts(sheet: LiveSheet) -> Mapping[Place, str]:
    return {note.place: note.text for note in sheet.notes()}


def _with_extras(cell: Cell, at: Place, links: Mapping[Place, str], notes: Mapping[Place, str]) -> Cell:
    if at not in links and at not in notes:
        return cell
    return replace(cell, links=(links[at],) if at in links else (), comment=notes.get(at))
