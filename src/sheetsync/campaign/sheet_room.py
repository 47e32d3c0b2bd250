"""What a sheet of Excel holds: a district too large for a workbook is refused before its copies are read."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.rendering import Rendering
from sheetsync.campaign.room_notices import RoomNotice
from sheetsync.columns import ENTRIES, MATRIX, TableSpec
from sheetsync.findings import make
from sheetsync.grid import SHEET_COLUMNS, SHEET_LINKS, SHEET_ROWS
from sheetsync.model import Finding, Plan
from sheetsync.notices import say
from sheetsync.workbooks.port import Out, TableBody


def need_room(plan: Plan) -> None:
    """Raises ``store.StoreError`` when «Исполнение» or «Свод» would not fit its sheet."""
    shown = [one.code for one in plan.participants if one.owes_report]
    _need(RoomNotice.TOO_MANY_COLUMNS, MATRIX, len(MATRIX.columns) + len(shown), SHEET_COLUMNS)
    if len(plan.rows) * len(shown) >= SHEET_ROWS:
        rows = sum(len(plan.rows_of(one)) for one in shown)
        _need(RoomNotice.TOO_MANY_ROWS, ENTRIES, rows + 1, SHEET_ROWS)


def _need(notice: RoomNotice, spec: TableSpec, count: int, most: int) -> None:
    if count > most:
        raise store.StoreError(say(notice, sheet=spec.sheet, count=count, most=most))


def with_live_links(rendering: Rendering) -> tuple[Rendering, int]:
    """A rendering with as many links as its sheets hold, the first ones, and how many cells are left with
    the address alone."""
    bodies, left = dict(rendering.bodies), 0
    for name, body in rendering.bodies.items():
        count = sum(bool(one.link) for row in body.rows for one in row) if _may_exceed(body) else 0
        if count > SHEET_LINKS:
            bodies[name], left = _unlinked(body), left + count - SHEET_LINKS
    return replace(rendering, bodies=bodies), left


def _may_exceed(body: TableBody) -> bool:
    return len(body.rows) * len(body.headers) > SHEET_LINKS


def _unlinked(body: TableBody) -> TableBody:
    """The body without its last links; their cells keep the text."""
    room = SHEET_LINKS
    rows = []
    for row in body.rows:
        cells: list[Out] = []
        for one in row:
            room -= bool(one.link)
            cells.append(replace(one, link=None) if one.link and room < 0 else one)
        rows.append(tuple(cells))
    return replace(body, rows=tuple(rows))


def told_of_links(left: int) -> Iterable[Finding]:
    """What is said once of links a workbook could not hold."""
    return (make("S815", left=left),) if left else ()
