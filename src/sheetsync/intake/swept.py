"""What was swept up on one sheet: said text by text when it is little, together when it is much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from sheetsync.findings import make
from sheetsync.grid import CELL_LIMIT, Area, Sheet, position, units
from sheetsync.intake.fields import quoted
from sheetsync.model import Finding, Unplaced
from sheetsync.text import joined

_FEW: Final = 5
"""So many texts of one sheet are told one by one."""

_LONG_LIST: Final = 500
"""More texts than that of one sheet would drown «Не размещено»: there a row of it is a row of the sheet."""


def told_of(strays: Sequence[Unplaced]) -> Iterator[Finding]:
    """What «Замечания» says of them: each by itself, or how many there are and where."""
    if len(strays) <= _FEW:
        yield from map(stray, strays)
        return
    first = strays[0]
    yield make(
        "R340",
        participant=first.participant,
        origin=first.origin,
        count=len(strays),
        sheet=first.origin.sheet,
        area=_around(strays).ref,
        values=len(strays),
    )


def stray(one: Unplaced) -> Finding:
    """One text that stands where no answer can."""
    return make("R307", participant=one.participant, origin=one.origin, value=quoted(one.text))


def by_rows(strays: Sequence[Unplaced], sheet: Sheet) -> list[Unplaced]:
    """Many of them as rows: one text for all that stands in a row of the sheet.

    Only of rows that are nothing but such texts, so that the ledger can tell them apart again.
    """
    if len(strays) <= _LONG_LIST:
        return list(strays)
    filled: dict[int, int] = {}
    for (row, _), cell in sheet.cells.items():
        filled[row] = filled.get(row, 0) + (not cell.is_empty or cell.formula is not None)
    found: list[Unplaced] = []
    for row, several in groupby(strays, key=lambda one: position(one.origin.cell)[0]):
        beside = list(several)
        text = joined([one.text for one in beside]) if len(beside) == filled[row] else None
        if text is None or len(beside) == 1 or units(text) >= CELL_LIMIT - 1 or not _are_bare(beside, sheet):
            found += beside
        else:
            first = beside[0]
            found.append(replace(first, text=text, origin=replace(first.origin, cell=_around(beside).ref)))
    return found


def _are_bare(strays: Sequence[Unplaced], sheet: Sheet) -> bool:
    """Whether each is all its cell holds: its value, with no formula, link or note."""
    cells = ((one, sheet.at(*position(one.origin.cell))) for one in strays)
    return all(
        cell.text == one.text and not cell.links and cell.comment is None and cell.formula is None
        for one, cell in cells
    )


def _around(strays: Sequence[Unplaced]) -> Area:
    """The area they stand in; they come row by row."""
    places = [position(one.origin.cell) for one in strays]
    columns = [column for _, column in places]
    return Area(places[0][0], min(columns), places[-1][0], max(columns))
