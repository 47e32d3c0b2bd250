"""The rows of a district's «Исполнение» as values, for the region's sheet and for Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from sheetsync.columns import ENTRIES, REGION_ROWS
from sheetsync.grid import text_of
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

RowValues = Mapping[str, str | date | None]


def rows_of(table: ValueTable) -> Iterator[tuple[int, RowValues]]:
    """Sheet row and values by column key of every row: days as days where they are any, else as text."""
    found = {skeleton(header): place for place, header in enumerate(table.headers)}
    places = {key: found.get(skeleton(ENTRIES.column(key).header)) for key in READ}
    for number, row in enumerate(table.rows, start=table.first_row):
        values: dict[str, str | date | None] = {}
        for key, place in places.items():
            value = None if place is None else row[place]
            if value is None or value == "":
                values[key] = None
            elif key in DAYS:
                iso = iso_day(value, since_1904=table.since_1904)
                values[key] = date.fromisoformat(iso) if iso else text_of(value)
            else:
                values[key] = value if isinstance(value, str) else text_of(value)
        if any(value is not None for value in values.values()):
            yield number, values


def row_record(district: District, number: int, values: RowValues) -> dict[str, Out]:
    """One row of the region's sheet, leading to the district's own."""
    look = Out(say(RegionNotice.OPEN), link=to_row(district.source, ENTRIES, number))
    return {
        "district": Out(district.title),
        **{key: Out(value) for key, value in values.items()},
        "look": look,
    }
