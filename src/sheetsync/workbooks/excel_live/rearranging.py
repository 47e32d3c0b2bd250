"""How rows get into a new order with the fewest edits of a sheet. Pure.

A program takes along whatever belongs to a row (formulas that point to it, colours, height, notes,
cells beside the table) when rows are inserted, deleted, or cut and pasted, and stretches the areas
(charts, names, rules) inside which this happens. So the rows that can stay in order stay, and

* rows are inserted only between two rows that remain: the areas over the body stretch over them;
* the first and the last row of the body are never cut, for the edges of the areas hang on them. What
  must leave an edge is copied away, and the row becomes the *host* of whatever stands there now.

Rows count from 0, from the first row of the body.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.workbooks.shift import runs


class Insert(Struct, frozen=True):
    """Blank rows before row ``at``."""

    at: int
    count: int


class Delete(Struct, frozen=True):
    """Rows from ``at`` on go, with all that is in them."""

    at: int
    count: int


class Move(Struct, frozen=True):
    """Rows are cut and pasted into blank ones; their old places are left blank."""

    source: int
    target: int
    count: int = 1


class Copy(Struct, frozen=True):
    """All there is in a row is put over another, blank one."""

    source: int
    target: int


class Wipe(Struct, frozen=True):
    """A row becomes blank where it stands."""

    at: int


Edit = Insert | Delete | Move | Copy | Wipe

_TOP: Final = "top"
_BOTTOM: Final = "bottom"
_LEFT: Final = "left"
"""A row whose content went elsewhere."""

Slot = tuple[str, int]
"""A blank row waiting for the new row of that number."""

_Row = int | str | Slot


def rearranged(count: int, sources: Sequence[int | None]) -> tuple[Edit, ...]:
    """The edits that make ``count`` rows into new ones.

    ``sources`` tells for every new row which old one it is, None for one that was not there: its
    row is blank afterwards.
    """
    if count == 1:
        return tuple(_from_one_row(sources))
    return _Rearrangement(count, sources).edits()


def staying(sources: Iterable[int | None]) -> list[int]:
    """The most old rows that are in order already: a longest increasing subsequence."""
    ends: list[int] = []
    links: dict[int, int | None] = {}
    for source in sources:
        if source is None:
            continue
        place = bisect_left(ends, source)
        links[source] = ends[place - 1] if place else None
        ends[place : place + 1] = [source]
    found: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = links[last]
    return found[::-1]


def _from_one_row(sources: Sequence[int | None]) -> Iterator[Edit]:
    """Nothing can be inserted inside a body of one row: its new rows stand under it."""
    if len(sources) > 1:
        yield Insert(1, len(sources) - 1)
    place = next((number for number, source in enumerate(sources) if source == 0), None)
    if place:
        yield Copy(0, place)
    if place != 0:
        yield Wipe(0)


class _Rearrangement:
    """The rows while they are edited, as what they hold."""

    def __init__(self, count: int, sources: Sequence[int | None]) -> None:
        self._sources = sources
        self._alive = {source for source in sources if source is not None}
        self._stay = set(staying(sources))
        self._rows: list[_Row] = list(range(count))
        self._edits: list[Edit] = []

    def edits(self) -> tuple[Edit, ...]:
        last = len(self._sources) - 1
        if self._sources[0] not in self._stay:
            self._free_top()
        if last and self._sources[last] not in self._stay:
            self._free_bottom()
        self._delete(row for row in self._rows if isinstance(row, int) and row not in self._alive)
        self._insert_slots()
        self._fill_slots()
        self._delete(row for row in self._rows if row == _LEFT)
        return tuple(_in_blocks(self._edits))

    # --- the edges

    def _free_top(self) -> None:
        """Make the first row a host; what must live on goes one row down."""
        if self._rows[0] in self._alive:
            self._edits += [Insert(1, 1), Copy(0, 1)]
            self._rows.insert(0, _TOP)
        self._rows[0] = _TOP
        self._edits.append(Wipe(0))

    def _free_bottom(self) -> None:
        """Make the last row a host; what must live on goes one row up."""
        last = len(self._rows) - 1
        if self._rows[last] in self._alive:
            self._edits += [Insert(last, 1), Copy(last + 1, last)]
            self._rows.append(_BOTTOM)
            last += 1
        self._rows[last] = _BOTTOM
        self._edits.append(Wipe(last))

    # --- the rows between

    def _anchors(self) -> list[tuple[int, _Row]]:
        """(new number, row) of rows that do not move, in order."""
        last = len(self._sources) - 1
        found: list[tuple[int, _Row]] = []
        for number, source in enumerate(self._sources):
            if source in self._stay and source is not None:
                found.append((number, source))
            elif number in (0, last):
                found.append((number, _TOP if number == 0 else _BOTTOM))
        return found

    def _insert_slots(self) -> None:
        """Blank rows for all that is new or comes from elsewhere, between the anchors."""
        anchors = self._anchors()
        for (upper, row), (lower, _) in reversed(list(pairwise(anchors))):
            slots: list[_Row] = [("slot", number) for number in range(upper + 1, lower)]
            if slots:
                at = self._rows.index(row) + 1
                self._rows[at:at] = slots
                self._edits.append(Insert(at, len(slots)))

    def _fill_slots(self) -> None:
        """Rows that do not stay go to their slots or hosts."""
        anchors = self._anchors()
        places = {row: at for at, row in enumerate(self._rows) if row != _LEFT}
        first, last = places[anchors[0][1]], places[anchors[-1][1]]
        hosts = dict(anchors)
        for number, source in enumerate(self._sources):
            if source is None or source in self._stay:
                continue
            at = places[source]
            to_host = number in hosts
            target = places[hosts[number] if to_host else ("slot", number)]
            at_edge = not first < at < last
            self._edits.append(Copy(at, target) if to_host or at_edge else Move(at, target))
            self._rows[target], self._rows[at] = source, _LEFT

    def _delete(self, gone: Iterable[_Row]) -> None:
        rows = set(gone)
        places = [at for at, row in enumerate(self._rows) if row in rows]
        for first, last in reversed(runs(places)):
            del self._rows[first : last + 1]
            self._edits.append(Delete(first, last - first + 1))


def _in_blocks(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Rows that move side by side move as one."""
    block: Move | None = None
    for edit in edits:
        if block and edit == Move(block.source + block.count, block.target + block.count):
            block = replace(block, count=block.count + 1)
            continue
        if block:
            yield block
            block = None
        if isinstance(edit, Move):
            block = edit
        else:
            yield edit
    if block:
        yield block
