"""A Google spreadsheet as a workbook: tables and named cells over the answer of one read.

Nothing is sent while it is changed; what differs in the end is asked of Google at once (``changes``),
so a workbook that shows everything already asks for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

from msgspec.structs import replace

from sheetsync.columns import TABLE_PREFIX
from sheetsync.grid import Area, Cell
from sheetsync.workbooks.google.port import Google, Json
from sheetsync.workbooks.google.workbook_cells import cell_to_write
from sheetsync.workbooks.google.workbook_changes import SheetChanges, name_requests, sheet_changes
from sheetsync.workbooks.google.workbook_links import BookLinks
from sheetsync.workbooks.google.workbook_model import PUBLISHED_FIELDS, BookModel, NamedRange, SheetModel
from sheetsync.workbooks.google.workbook_replace import Replacement, TablePlace
from sheetsync.workbooks.google.workbook_sending import Changes, batches, leftover_staging
from sheetsync.workbooks.looking import OUR_TABLES, has_most, meet
from sheetsync.workbooks.port import Orphan, Out, TableBody, TableRows
from sheetsync.workbooks.table_xml import unique_headers


class GoogleWorkbook:
    """The port for a Google spreadsheet; ``answer`` is what ``PUBLISHED_FIELDS`` brought."""

    def __init__(self, answer: Json) -> None:
        self._read = BookModel.of(answer)
        self._staging = leftover_staging(self._read)
        self._now = self._read.copy()
        self._links = BookLinks(self._now)
        self.made_anew: list[str] = []
        self._other_names: dict[str, str] = {}

    @classmethod
    def opened(cls, google: Google, spreadsheet: str) -> Self:
        """Read a spreadsheet: one request."""
        return cls(google.read(spreadsheet, PUBLISHED_FIELDS))

    # --- tables

    def table_names(self) -> Sequence[str]:
        """Names of all tables, sheet by sheet."""
        found = [name for name in self._now.names if name.startswith(TABLE_PREFIX)]
        found += [name for name in self._other_names if name not in found]
        order = {key: at for at, key in enumerate(self._now.sheets)}
        return tuple(sorted(found, key=lambda name: order.get(self._place(name).sheet.id, 0)))

    def read_table(self, name: str) -> TableRows:
        """The table's headers and body; ``KeyError`` when there is none of that name."""
        table = self._place(name)
        body = table.body
        rows = [
            tuple(self._shown(table.sheet, row, column) for column in range(body.left, body.right + 1))
            for row in range(body.top, body.bottom + 1)
        ]
        while rows and all(cell.is_empty or cell.formula is not None for cell in rows[-1]):
            rows.pop()
        return TableRows(table.headers(), tuple(rows), table.sheet.title, body.top)

    def replace_table(self, name: str, body: TableBody) -> tuple[Orphan, ...]:
        """Put a new body into the table; everything around it is kept and moved as needed.

        Returns what the office had written beside rows that are no longer there. ``ValueError``
        when a value cannot be kept by a cell; the limit is that of a file, Google's is wider.
        """
        table = self._place(name)
        return Replacement(self._now, table, self._beside(table), body, self._links).run()

    def find_again(self, name: str, sheet: str, headers: Sequence[str]) -> bool:
        """Find a table its name does not lead to, by its sheet and headers; make it anew if need be.

        A table the office gave another name keeps that name in the spreadsheet.
        """
        home = self._now.titled(sheet)
        if home is None:
            return False
        named = [one for one in self._now.names.values() if one.sheet == home.id]
        for one in named:
            renamed = one.name not in OUR_TABLES and one.area.bottom > one.area.top
            if renamed and has_most(TablePlace(one.name, home, one.area).headers(), headers):
                self._other_names[name] = one.name
                return True
        text = home.text()
        top = text.header_row(headers)
        tables = [one.area for one in named if one.name in OUR_TABLES]
        if top is None or any(meet(one, top) for one in tables):
            return False
        bottom = text.filled_below(top.bottom, top.left, top.right, _taken(tables, top))
        area = replace(top, bottom=max(bottom, top.top + 1))
        self._now.names[name] = NamedRange(name, None, home.id, area)
        self._name_columns(TablePlace(name, home, area))
        self.made_anew.append(name)
        return True

    def take_in_rows(self, name: str) -> None:
        """Take in what was typed right under a table: Google does not do it itself."""
        table = self._place(name)
        whole = table.whole
        others = list(self._beside(table).values())
        bottom = table.sheet.text().filled_below(whole.bottom, whole.left, whole.right, _taken(others, whole))
        if bottom > whole.bottom:
            own = self._names(name)
            self._now.names[own] = replace(self._now.names[own], area=replace(whole, bottom=bottom))

    def _names(self, name: str) -> str:
        return self._other_names.get(name, name)

    def _place(self, name: str) -> TablePlace:
        own = self._names(name)
        if not (own.startswith(TABLE_PREFIX) or name in self._other_names):
            raise KeyError(name)
        found = self._now.names[own]
        return TablePlace(own, self._now.sheets[found.sheet], found.area)

    def _beside(self, table: TablePlace) -> dict[str, Area]:
        """The other tables of a table's sheet."""
        return {
            name: place.whole
            for name in self.table_names()
            if (place := self._place(name)).sheet is table.sheet and place.name != table.name
        }

    def _name_columns(self, table: TablePlace) -> None:
        """Headers as a table needs them: never empty, never twice."""
        top, left = table.whole.top, table.whole.left
        shown = [table.sheet.at(top, left + at).to_cell().text for at in range(len(table.headers()))]
        for at, (header, was) in enumerate(zip(unique_headers(shown), shown, strict=True)):
            if header != was:
                self._put(table.sheet, (top, left + at), Out(header))

    # --- named cells

    def read_named(self, name: str) -> Cell:
        """The cell a defined name points to; ``KeyError`` when there is none."""
        named = self._now.names[name]
        return self._shown(self._now.sheets[named.sheet], named.area.top, named.area.left)

    def write_named(self, name: str, out: Out) -> None:
        """Put a value into the cell a defined name points to, keeping its style."""
        named = self._now.names[name]
        self._put(self._now.sheets[named.sheet], (named.area.top, named.area.left), out)

    def _put(self, sheet: SheetModel, place: tuple[int, int], out: Out) -> None:
        sheet.put(place, cell_to_write(out, self._links.of(out), sheet.at(*place)))

    def _shown(self, sheet: SheetModel, row: int, column: int) -> Cell:
        """A cell with its links as every medium tells them."""
        cell = sheet.at(row, column).to_cell()
        return replace(cell, links=tuple(map(self._links.told, cell.links))) if cell.links else cell

    # --- what was changed

    def changes(self) -> Changes:
        """What Google has to be asked for; empty when the spreadsheet shows everything already."""
        sheets = [sheet_changes(self._read.sheets[key], one) for key, one in self._now.sheets.items()]
        changed: list[SheetChanges] = [one for one in sheets if one]
        return Changes(tuple(changed), tuple(name_requests(self._read, self._now)), self._staging)

    def commit(self, google: Google, spreadsheet: str) -> int:
        """Send what was changed; how many writes it took.

        Raises ``TooManyCells`` before anything is sent, and ``GoogleRefused``.
        """
        sent = batches(self.changes(), self._now)
        for batch in sent:
            batch.send(google, spreadsheet)
        return len(sent)


def _taken(tables: Sequence[Area], columns: Area) -> Callable[[int], bool]:
    """Whether a row within some columns belongs to one of these tables."""
    return lambda row: any(meet(one, replace(columns, top=row, bottom=row)) for one in tables)
