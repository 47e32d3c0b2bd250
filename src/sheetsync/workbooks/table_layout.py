"""How a new body fits into the table that is there: columns by header, rows by key. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from sheetsync.workbooks.port import TableBody
from sheetsync.workbooks.shift import Span
from sheetsync.workbooks.table_xml import header_key, unique_headers

Key = tuple[str, ...]


class NewColumn(Struct, frozen=True):
    """A column of the new table. Columns count from 0.

    ``source`` is the old column it is, or resembles when ``is_new``; ``declared`` its place in the
    body's rows, None for a column of the office's own.
    """

    header: str
    source: int
    is_new: bool
    declared: int | None


class Layout(Struct, frozen=True):
    """All columns of the new table, left to right."""

    columns: tuple[NewColumn, ...]

    def places(self, left: int) -> dict[int, int]:
        """Old sheet column -> new one, for columns that live on."""
        return {left + one.source: left + number for number, one in enumerate(self.columns) if not one.is_new}

    def spans(self, left: int, width: int) -> dict[int, Span | None]:
        """Old sheet column -> the new columns an area over it takes."""
        found: dict[int, Span | None] = {left + old: None for old in range(width)}
        for number, one in enumerate(self.columns):
            old = left + one.source
            before = found[old]
            found[old] = (before[0] if before else left + number, left + number)
        return found

    def declared(self) -> dict[int, int]:
        """Old column -> place in the body's rows, for declared columns that were there."""
        return {
            one.source: one.declared for one in self.columns if not one.is_new and one.declared is not None
        }


def layout_of(headers: Sequence[str], body: TableBody) -> Layout:
    """Keep the office's order of columns; a new column stands right of its neighbour in the body.

    Where columns of ours are taken away beside it, the new column takes their place and looks.
    """
    asked = unique_headers(body.headers)
    keys = [header_key(header) for header in asked]
    declared = {key: place for place, key in enumerate(keys)}
    old = [header_key(header) for header in headers]
    stood = {key: at for at, key in reversed(list(enumerate(old)))}
    dropped = {header_key(header) for header in body.dropped_headers} - set(declared)
    slots: list[list[NewColumn]] = [
        [] if key in dropped else [NewColumn(headers[at], at, is_new=False, declared=declared.get(key))]
        for at, key in enumerate(old)
    ]
    neighbour = len(old) - 1
    for place, key in enumerate(keys):
        if key in stood:
            neighbour = stood[key]
            continue
        while neighbour + 1 < len(old) and old[neighbour + 1] in dropped:
            neighbour += 1
        slots[neighbour].append(NewColumn(asked[place], neighbour, is_new=True, declared=place))
    return Layout(tuple(column for slot in slots for column in slot))


def key_places(layout: Layout, body: TableBody) -> list[tuple[int, int]]:
    """Where a row's key is told: (old column, place in the body's rows)."""
    wanted = {header_key(header) for header in body.key_headers}
    names = [header_key(header) for header in unique_headers(body.headers)]
    told = sorted(layout.declared().items(), key=lambda pair: pair[1])
    return [pair for pair in told if names[pair[1]] in wanted] or told


def matched_rows(old: Mapping[int, Key], new: Sequence[Key], top: int) -> dict[int, int]:
    """Old body row -> new one by key; of equal keys the first goes to the first."""
    places: dict[tuple[Key, int], int] = {}
    seen: Counter[Key] = Counter()
    for number, key in enumerate(new):
        places[key, seen[key]] = top + number
        seen[key] += 1
    found: dict[int, int] = {}
    met: Counter[Key] = Counter()
    for row in sorted(old):
        place = places.get((old[row], met[old[row]]))
        met[old[row]] += 1
        if place is not None:
            found[row] = place
    return found
