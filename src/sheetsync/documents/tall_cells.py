"""A tall cell that a page breaks goes on over the page, as its text may do.

On the next page such a cell is an empty or a half-said box at the top. What it says there belongs
to the rows above too, and what it said above to the rows below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from sheetsync.plan.document import TableRow
from sheetsync.text import squeeze

Rows = tuple[TableRow, ...]

_UNFINISHED: Final = re.compile(r"(?:[,(«\-–—]|\s(?:и|или|в|на|по|с|для))$")


def carried_over(tables: Sequence[Rows]) -> list[Rows]:
    """The tables of following pages, their tall cells known on both sides of a page break."""
    found = [list(rows) for rows in tables]
    for above, below in pairwise(found):
        if above and below and len(above[-1].cells) == len(below[0].cells):
            _carry(above, below)
    return [tuple(rows) for rows in found]


def _carry(above: list[TableRow], below: list[TableRow]) -> None:
    first = _first_own(above, below)
    if first is None:
        return
    begins = _begins_row(below[first])
    for place, rest in enumerate(below[first].cells):
        start = _start(above, place)
        text = above[start].cells[place]
        is_tall = start < len(above) - 1 or _is_covered(below, first + 1, place)
        if not (text and is_tall) or (begins and rest and not _is_unfinished(text, rest)):
            continue
        whole = f"{text}\n{rest}".strip()
        above[start] = _with_cell(above[start], place, whole)
        above[start + 1 :] = [_with_covered(row, place, whole) for row in above[start + 1 :]]
        below[first] = _with_cell(below[first], place, "")
        if begins:
            below[first] = _with_covered(below[first], place, whole)
        _tell_below(below, first + 1, place, whole)


def _tell_below(rows: list[TableRow], start: int, place: int, text: str) -> None:
    """The rows under the cell, down to where it ends."""
    for at in range(start, len(rows)):
        if not _is_covered(rows, at, place):
            return
        rows[at] = _with_covered(rows[at], place, text)


def _first_own(above: Sequence[TableRow], below: Sequence[TableRow]) -> int | None:
    """The first row of the next page that is not the header printed again."""
    known = {_said(row) for row in above}
    return next((place for place, row in enumerate(below) if _said(row) not in known), None)


def _begins_row(row: TableRow) -> bool:
    """A row that begins here has a number; one without may be the tail of the row above."""
    return bool(re.match(r"\d", row.cells[0]))


def _start(rows: Sequence[TableRow], place: int) -> int:
    """The row in which the cell that reaches the bottom begins."""
    last = len(rows) - 1
    return next(at for at in range(last, -1, -1) if at == 0 or place not in dict(rows[at].covered))


def _is_covered(rows: Sequence[TableRow], at: int, place: int) -> bool:
    return at < len(rows) and place in dict(rows[at].covered)


def _is_unfinished(text: str, rest: str) -> bool:
    return bool(_UNFINISHED.search(squeeze(text))) or text.count("«") > text.count("»") or rest[0].islower()


def _with_cell(row: TableRow, place: int, text: str) -> TableRow:
    return replace(row, cells=(*row.cells[:place], text, *row.cells[place + 1 :]))


def _with_covered(row: TableRow, place: int, text: str) -> TableRow:
    return replace(row, covered=tuple(sorted({**dict(row.covered), place: text}.items())))


def _said(row: TableRow) -> str:
    return squeeze(" ".join(row.cells))
