"""The rows of a district's «Исполнение» as values, for the region's sheet and for Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from sheetsync.columns import ENTRIES, REGION_ROWS
from sheetsync.grid import Value, text_of
from sheetsync.notices import say
from sheetsync.region.facts import iso_day
from sheetsync.region.links import to_row
from sheetsync.region.model import District
from sheetsync.region.notices import RegionNotice
from sheetsync.text import skeleton
from sheetsync.workbooks.port import Out, ValueTable

DAYS: Final = ("due", "done_on")
_NOT_READ: Final = frozenset({"district", "look"})
READ: Final = tuple(key for key in REGION_ROWS.keys if key not in _NOT_READ)

RowValue = str | date | None
RowValues = Mapping[str, RowValue]


def columns_of(table: ValueTable) -> tuple[Sequence[int], Sequence[Sequence[RowValue]]]:
    """The sheet row of every row that says something, and its values column by column as ``READ`` has
    them: days as days where they are any, all else as text."""
    found = {skeleton(header): place for place, header in enumerate(table.headers)}
    columns: list[list[RowValue]] = []
    for key in READ:
        place = found.get(skeleton(ENTRIES.column(key).header))
        values = [] if place is None else [row[place] for row in table.rows]
        if key in DAYS:
            columns.append([_day(value, table.since_1904) for value in values])
        else:
            columns.append([value or None if isinstance(value, str) else _text(value) for value in values])
    columns = [one or [None] * len(table.rows) for one in columns]
    told = [step for step, row in enumerate(zip(*columns, strict=True)) if row.count(None) < len(row)]
    numbers = [table.first_row + step for step in told]
    return numbers, [[one[step] for step in told] for one in columns]


def rows_of(table: ValueTable) -> Iterator[tuple[int, RowValues]]:
    """The same row by row: sheet row, and values by column key."""
    numbers, columns = columns_of(table)
    for number, *values in zip(numbers, *columns, strict=True):
        yield number, dict(zip(READ, values, strict=True))


def _text(value: Value) -> str | None:
    return None if value is None else text_of(value)


@lru_cache(maxsize=4096, typed=True)
def _day(value: Value, since_1904: bool) -> date | str | None:
    """A day, else what stands there instead of one."""
    if value is None or value == "":
        return None
    iso = iso_day(value, since_1904=since_1904)
    return date.fromisoformat(iso) if iso else text_of(value)


def row_record(district: District, number: int, values: RowValues) -> dict[str, Out]:
    """One row of the region's sheet, leading to the district's own."""
    look = Out(say(RegionNotice.OPEN), link=to_row(district.source, ENTRIES, number))
    return {
        "district": Out(district.title),
        **{key: Out(value) for key, value in values.items()},
        "look": look,
    }
