"""Records by column key become bodies of declared tables, and tables as read become records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from sheetsync.columns import TableSpec
from sheetsync.grid import EMPTY, Cell
from sheetsync.text import skeleton
from sheetsync.workbooks.port import Out, OutValue, TableBody, TableRows

OutRecord = Mapping[str, OutValue | Out]


class ValueBody(Struct, frozen=True):
    """The body of a table as values, bare where nothing hangs on them; otherwise as ``TableBody``."""

    headers: tuple[str, ...]
    rows: Sequence[Sequence[OutValue | Out]]
    key_headers: tuple[str, ...] = ()

    def as_table(self) -> TableBody:
        """The same as the port takes it."""
        rows = tuple(tuple(map(as_out, row)) for row in self.rows)
        return TableBody(self.headers, rows, key_headers=self.key_headers)


def values_of(spec: TableSpec, records: Iterable[OutRecord], identity: tuple[str, ...]) -> ValueBody:
    """The body of a declared table; ``identity`` names the columns that tell its rows apart."""
    keys = spec.keys
    rows = [tuple(map(record.get, keys)) for record in records]
    return ValueBody(spec.headers, rows, tuple(spec.column(key).header for key in identity))


def body_of(spec: TableSpec, records: Iterable[OutRecord], identity: tuple[str, ...]) -> TableBody:
    """The same as the port takes it."""
    return values_of(spec, records, identity).as_table()


def as_out(value: OutValue | Out) -> Out:
    """A value, or one with something beside it, as the port takes it."""
    return value if isinstance(value, Out) else Out(value)


def as_it_is(cell: Cell) -> Out:
    """What keeps a cell as it was."""
    value = cell.value if isinstance(cell.value, str | int | float | bool | date | None) else cell.text
    formula = cell.formula.removeprefix("=") if cell.formula is not None else None
    return Out(value, link=next(iter(cell.links), None), formula=formula, note=cell.comment)


class Record(Struct, frozen=True):
    """One row of a table as read: cells by column key and the sheet row, for messages."""

    cells: Mapping[str, Cell]
    row: int

    def cell(self, key: str) -> Cell:
        return self.cells.get(key, EMPTY)

    def text(self, key: str) -> str:
        return self.cell(key).text.strip()

    @property
    def is_empty(self) -> bool:
        return all(cell.is_empty for cell in self.cells.values())


def records_of(spec: TableSpec, table: TableRows) -> list[Record]:
    """The non-empty rows under the declared columns, wherever the office put them."""
    places = {skeleton(header): place for place, header in enumerate(table.headers)}
    found = {one.key: places.get(skeleton(one.header)) for one in spec.columns}
    records = [
        Record({key: row[place] for key, place in found.items() if place is not None}, table.first_row + step)
        for step, row in enumerate(table.rows)
    ]
    return [record for record in records if not record.is_empty]


def missing_columns(spec: TableSpec, table: TableRows) -> list[str]:
    """Headers of declared columns the table no longer has."""
    present = {skeleton(header) for header in table.headers}
    return [one.header for one in spec.columns if skeleton(one.header) not in present]
