"""What a run wants the district workbook to show: one value, put into any workbook by one function.

A file and a workbook that is open in a program get the same tables because nothing else writes them.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.files import need_table, read_table
from sheetsync.campaign.full_sheets import full_sheets_refused
from sheetsync.columns import ENTRIES, JOURNAL, LIGHTS, MATRIX, PAIRS
from sheetsync.district.pairs import pairs_body
from sheetsync.district.panel import journal_body, lights_body, panel_cells
from sheetsync.district.tables import Corner, Tables, columns_that_left
from sheetsync.grid import EMPTY, Cell, Value, text_of
from sheetsync.model import Consolidation, JournalLine
from sheetsync.notices import Notice, say
from sheetsync.text import squeeze
from sheetsync.workbooks.fitting import TableInTheWayError
from sheetsync.workbooks.links_xml import split_link
from sheetsync.workbooks.port import Orphan, Out, OutValue, TableBody, TableRows, Workbook, WorkbookTables
from sheetsync.workbooks.table_layout import key_places, layout_of

Orphans = dict[str, tuple[Orphan, ...]]
"""What the office's lost rows held, by the name of their table."""

_NOTHING = Out()


class Rendering(Struct, frozen=True):
    """Bodies of tables by name and values of named cells."""

    bodies: Mapping[str, TableBody]
    cells: Mapping[str, Out]

    def __bool__(self) -> bool:
        return bool(self.bodies or self.cells)

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(self.bodies)

    def put_into(self, workbook: Workbook) -> Orphans:
        """Write it all; returns what the office had beside rows that are gone.

        Raises ``store.StoreError`` naming a table the office lost, or a sheet where one cannot grow.
        """
        return {name: lost for name, lost in self.put_step_by_step(workbook) if lost}

    def put_step_by_step(self, workbook: Workbook) -> Iterator[tuple[str, tuple[Orphan, ...]]]:
        """The same table by table: each with what was lost beside it, before the next is touched."""
        for name, body in self.bodies.items():
            need_table(workbook, name)
            try:
                with full_sheets_refused():
                    orphans = workbook.replace_table(name, body)
            except TableInTheWayError as error:
                sheet = read_table(workbook, name).sheet
                raise store.StoreError(say(Notice.TABLE_IN_THE_WAY, sheet=sheet)) from error
            yield name, orphans
        for cell, out in self.cells.items():
            with contextlib.suppress(KeyError):  # the office took this figure off its «Панель»
                workbook.write_named(cell, out)

    def news_for(self, workbook: WorkbookTables) -> Rendering:
        """What of it the workbook does not show yet."""
        return Rendering(
            {
                name: body
                for name, body in self.bodies.items()
                if not shows_body(read_table(workbook, name), body)
            },
            {name: out for name, out in self.cells.items() if not _shows_cell(workbook, name, out)},
        )

    def part(self, names: Collection[str]) -> Rendering:
        """Some tables of it alone."""
        return Rendering({name: body for name, body in self.bodies.items() if name in names}, {})

    def giving_way_in(self, workbook: WorkbookTables) -> tuple[str, ...]:
        """Tables in which a row or a column goes: what the office has beside it may be lost."""
        return tuple(
            name for name, body in self.bodies.items() if _gives_way(read_table(workbook, name), body)
        )


def rendering_of(found: Consolidation, workbook: WorkbookTables, lines: Sequence[JournalLine]) -> Rendering:
    """How a consolidation looks in this workbook, which is read and not changed."""
    entries = read_table(workbook, ENTRIES.name)
    tables = Tables(found, Corner(entries.sheet, entries.first_row))
    bodies = tables.bodies()
    left = columns_that_left(_texts(read_table(workbook, MATRIX.name)), bodies[MATRIX.name].headers)
    bodies[MATRIX.name] = replace(bodies[MATRIX.name], dropped_headers=left)
    bodies[LIGHTS.name] = lights_body(
        found, tables.lights, read_table(workbook, LIGHTS.name).headers
    ).as_table()
    if PAIRS.name in workbook.table_names():
        bodies[PAIRS.name] = pairs_body(found).as_table()
    bodies[JOURNAL.name] = journal_body(reversed(lines)).as_table()
    return Rendering(bodies, {str(name): out for name, out in panel_cells(found, lines).items()})


def _texts(table: TableRows) -> dict[str, set[str]]:
    """The different texts of each column; blank ones are none."""
    return {header: {row[at].text for row in table.rows} - {""} for at, header in enumerate(table.headers)}


# --- does a workbook show it already


def shows_body(table: TableRows, body: TableBody) -> bool:
    """Whether a table shows a body: every column of it, and of ours nothing else."""
    layout = layout_of(table.headers, body)
    if any(one.is_new for one in layout.columns) or len(layout.columns) != len(table.headers):
        return False
    places = layout.declared()
    blank_cells, blank_values = (EMPTY,) * len(table.headers), (_NOTHING,) * len(body.headers)
    rows = zip_longest(table.rows, body.rows)
    return all(
        shows_value((cells or blank_cells)[old], (values or blank_values)[new])
        for cells, values in rows
        for old, new in places.items()
    )


def _shows_cell(workbook: WorkbookTables, name: str, out: Out) -> bool:
    """Whether a named cell shows a value; one the office took away is not missed."""
    try:
        return shows_value(workbook.read_named(name), out)
    except KeyError:
        return True


def shows_value(cell: Cell, out: Out) -> bool:
    """Whether a cell shows a value, leads where it leads and carries its note."""
    if out.formula is not None:
        return cell.formula == out.formula
    has_note = out.note is None or cell.comment == out.note
    return cell.formula is None and has_note and _is_same(cell.value, out.value) and cell.links == _links(out)


def _is_same(shown: Value, wanted: OutValue) -> bool:
    """Whether a value came back; a day before all calendars is written as text."""
    if isinstance(wanted, date) and isinstance(shown, str):
        return shown == text_of(wanted)
    one, other = _bare(shown), _bare(wanted)
    return type(one) is type(other) and one == other


def _bare(value: Value) -> Value:
    """A value as any program gives it back: no text is nothing, numbers are of one kind, days too."""
    match value:
        case "":
            return None
        case int() if not isinstance(value, bool):
            return float(value)
        case date() if not isinstance(value, datetime):
            return datetime.combine(value, time())
    return value


def _links(out: Out) -> tuple[str, ...]:
    """The links a cell has once a value is written: an address no program opens is none."""
    parts = split_link(out.link) if out.link else None
    if parts is None:
        return ()
    address, place = parts
    return (f"{address}#{place}" if place else address,)


def _gives_way(table: TableRows, body: TableBody) -> bool:
    """Whether a row or a column of ours goes."""
    layout = layout_of(table.headers, body)
    places = key_places(layout, body)
    shown = Counter(tuple(squeeze(cells[old].text) for old, _ in places) for cells in table.rows)
    wanted = Counter(
        tuple(squeeze(Cell(values[new].value).text) for _, new in places) for values in body.rows
    )
    return bool(body.dropped_headers or shown - wanted)
