"""What the coordinator of the story reads and types in the district workbook between two commands."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync import store
from sheetsync.campaign.files import open_workbook, read_table
from sheetsync.columns import TableSpec
from sheetsync.workbooks.port import Out, TableBody

Line = Mapping[str, str]
"""One row of a table: the words of its cells by column."""


Typed = Mapping[tuple[str, ...], Mapping[str, str]]
"""What is typed, by column, beside the row that these words name."""


def lines(place: store.Campaign, spec: TableSpec) -> list[Line]:
    """The rows of a sheet as they are read."""
    read = read_table(open_workbook(place), spec.name)
    columns = {read.headers.index(one.header): one.key for one in spec.columns if one.header in read.headers}
    return [{key: row[at].text for at, key in columns.items()} for row in read.rows]


def type_into(place: store.Campaign, spec: TableSpec, keys: tuple[str, ...], chosen: Typed) -> None:
    """Type into rows of a sheet, each named by its words in ``keys``, and save the workbook."""
    book = open_workbook(place)
    columns = (*keys, *dict.fromkeys(column for typed in chosen.values() for column in typed))
    rows = []
    for line in lines(place, spec):
        typed = chosen.get(tuple(line[one] for one in keys), {})
        rows.append(tuple(Out(typed.get(one, line[one])) for one in columns))
    headers = tuple(spec.column(one).header for one in columns)
    book.replace_table(spec.name, TableBody(headers, tuple(rows), headers[: len(keys)]))
    store.write_atomically(place.workbook, book.to_bytes())
