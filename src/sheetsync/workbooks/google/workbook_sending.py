"""How changes are sent: at once, or, when large, laid in hidden sheets and put in place by one batch.

Whatever is interrupted, the sheets people see are the old ones or the new ones, never half of each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import STAGING_SHEET
from sheetsync.grid import Area
from sheetsync.workbooks.google.port import Google, GoogleRefused, GoogleTrouble, Json, Request
from sheetsync.workbooks.google.ranges import grid_range, rectangles
from sheetsync.workbooks.google.workbook_cells import GoogleCell
from sheetsync.workbooks.google.workbook_changes import (
    SheetChanges,
    cells_request,
    content_of,
    looks_of,
    note_of,
    places_in,
)
from sheetsync.workbooks.google.workbook_model import BookModel

BATCH_BYTES: Final = 2_000_000
"""How large one write may be: Google advises 2 MB."""
MOST_CELLS: Final = 10_000_000
"""How many cells a Google spreadsheet may have."""

_DONE_FIELDS: Final = "namedRanges(name),sheets(properties(sheetId))"
_STAGED: Final = "userEnteredValue,textFormatRuns,chipRuns,note"
_LAST_ID: Final = 2**31 - 2


class TooManyCells(Exception):
    """The spreadsheet would have more cells than Google allows; nothing was sent."""


class Changes(Struct, frozen=True):
    """Everything that differs. ``leftovers`` are hidden sheets of a write that was interrupted."""

    sheets: tuple[SheetChanges, ...] = ()
    names: tuple[Request, ...] = ()
    leftovers: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sheets or self.names or self.leftovers)

    def requests(self) -> list[Request]:
        """All of it as one batch."""
        changed = [one for sheet in self.sheets for one in sheet.requests()]
        return [*_dropped(self.leftovers), *changed, *self.names]


class Batch(Struct, frozen=True):
    """One write."""

    requests: tuple[Request, ...]

    def send(self, google: Google, spreadsheet: str) -> None:
        """Write it once. Google refuses what it did already when its answer was lost: then it is done."""
        try:
            google.write(spreadsheet, self.requests)
        except GoogleRefused as refused:
            can_be_done = refused.trouble is GoogleTrouble.REFUSED and any(self._made_and_dropped())
            if not (can_be_done and self._is_done(google.read(spreadsheet, _DONE_FIELDS))):
                raise

    def _made_and_dropped(self) -> tuple[set[int], set[str], set[int]]:
        """Sheets and names it makes, and sheets it drops."""
        made = {one["addSheet"]["properties"]["sheetId"] for one in self.requests if "addSheet" in one}
        named = {
            one["addNamedRange"]["namedRange"]["name"] for one in self.requests if "addNamedRange" in one
        }
        dropped = {one["deleteSheet"]["sheetId"] for one in self.requests if "deleteSheet" in one}
        return made, named, dropped

    def _is_done(self, answer: Json) -> bool:
        made, named, dropped = self._made_and_dropped()
        sheets = {one["properties"].get("sheetId", 0) for one in answer.get("sheets", ())}
        names = {one["name"] for one in answer.get("namedRanges", ())}
        return made <= sheets and named <= names and not dropped & sheets


def batches(changes: Changes, book: BookModel) -> list[Batch]:
    """The writes: ⌈bytes / 2 MB⌉ of them. ``TooManyCells`` when Google has no room for it."""
    if not changes:
        return []
    _check_room(sum(sheet.rows * sheet.columns for sheet in book.sheets.values()))
    whole = Batch(tuple(changes.requests()))
    if _size(whole.requests) <= BATCH_BYTES:
        return [whole]
    return _Staging(changes, book).batches()


def leftover_staging(book: BookModel) -> tuple[int, ...]:
    """Take our hidden sheets of an interrupted write out of a book; their numbers."""
    found = tuple(key for key, one in book.sheets.items() if one.title.startswith(STAGING_SHEET))
    for key in found:
        del book.sheets[key]
    book.names = {name: one for name, one in book.names.items() if one.sheet not in found}
    return found


def _check_room(cells: int) -> None:
    if cells > MOST_CELLS:
        raise TooManyCells


def _size(requests: Iterable[Request]) -> int:
    return sum(_bytes(one) for one in requests)


def _bytes(request: Request) -> int:
    return len(json.dumps(request, ensure_ascii=False).encode()) + len(", ")


def _dropped(sheets: Iterable[int]) -> list[Request]:
    return [{"deleteSheet": {"sheetId": one}} for one in sheets]


@dataclass
class _Staging:
    """Texts too large for one write, first laid in hidden sheets of their own."""

    changes: Changes
    book: BookModel
    _ids: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        taken = {*self.book.sheets, *self.changes.leftovers}
        free = (number for number in range(_LAST_ID, 0, -1) if number not in taken)
        self._ids = {one.sheet.id: next(free) for one in self.changes.sheets if one.contents or one.notes}
        staged = (self.book.sheets[key] for key in self._ids)
        cells = sum(sheet.rows * sheet.columns for sheet in (*self.book.sheets.values(), *staged))
        _check_room(cells)

    def batches(self) -> list[Batch]:
        """Equal shares of the texts; the first makes the hidden sheets, the last puts all in place."""
        first, last = self._made(), self._put_in_place()
        units = list(self._units())
        sizes = list(_sizes(units))
        done = _size(first)
        total = done + sum(sizes) + _size(last)
        count = ceil(total / BATCH_BYTES)
        shares: list[list[_Unit]] = [[] for _ in range(count)]
        for unit, size in zip(units, sizes, strict=True):
            shares[min(done * count // total, count - 1)].append(unit)
            done += size
        laid = [_joined(share) for share in shares]
        laid[0], laid[-1] = [*first, *laid[0]], [*laid[-1], *last]
        return [Batch(tuple(one)) for one in laid if one]

    def _made(self) -> list[Request]:
        made = [*_dropped(self.changes.leftovers)]
        for number, (key, staging) in enumerate(self._ids.items(), start=1):
            sheet = self.book.sheets[key]
            grid = {"rowCount": sheet.rows, "columnCount": sheet.columns}
            title = f"{STAGING_SHEET}{number}"
            properties = {"sheetId": staging, "title": title, "hidden": True, "gridProperties": grid}
            made.append({"addSheet": {"properties": properties}})
        return made

    def _units(self) -> Iterator[_Unit]:
        """Stretches of one row."""
        for one in self._staged():
            for area in _areas(one):
                for row in range(area.top, area.bottom + 1):
                    yield _Unit(self._ids[one.sheet.id], one, Area(row, area.left, row, area.right))

    def _staged(self) -> list[SheetChanges]:
        return [one for one in self.changes.sheets if one.sheet.id in self._ids]

    def _put_in_place(self) -> list[Request]:
        """One batch that makes everything so: cells copied, their looks given back, the rest as ever.

        What is pasted over a conditional format may cut it up or take it away, so these are set aside
        meanwhile.
        """
        requests: list[Request] = []
        for one in self.changes.sheets:
            staging = self._ids.get(one.sheet.id)
            requests += one.before
            areas = _areas(one) if staging is not None else []
            rules = one.sheet.rules if areas else []
            requests += [_without_rule(one.sheet.id) for _ in rules]
            requests += [_pasted(staging or 0, one.sheet.id, area) for area in areas]
            placed = {place for area in areas for place in places_in(area)}
            requests += looks_of(one.sheet, placed | one.formats, placed | one.rules)
            requests += [_with_rule(rule, at) for at, rule in enumerate(rules)]
            requests += one.after
        return [*requests, *self.changes.names, *_dropped(self._ids.values())]


class _Unit(Struct, frozen=True):
    """Cells laid in a hidden sheet where they will stand in their own."""

    staging: int
    changes: SheetChanges
    area: Area

    def goes_on_from(self, other: _Unit) -> bool:
        """Whether it lies right under another in the same hidden sheet."""
        one, above = self.area, other.area
        is_under = (one.left, one.right, one.top) == (above.left, above.right, above.bottom + 1)
        return is_under and self.staging == other.staging

    def request(self) -> Request:
        sheet = self.changes.sheet
        return cells_request(self.staging, self.area, _STAGED, lambda place: _whole(sheet.at(*place)))


def _sizes(units: Sequence[_Unit]) -> Iterator[int]:
    """How much each row adds to a write: what is told of a rectangle is told once."""
    last: _Unit | None = None
    for unit in units:
        request = unit.request()
        frame = {**request["updateCells"], "rows": []}
        goes_on = last is not None and unit.goes_on_from(last)
        yield _bytes(request) - (_bytes({"updateCells": frame}) if goes_on else 0)
        last = unit


def _areas(changes: SheetChanges) -> Sequence[Area]:
    return rectangles(changes.contents | changes.notes)


def _whole(cell: GoogleCell) -> Request:
    return content_of(cell) | note_of(cell)


def _pasted(staging: int, sheet: int, area: Area) -> Request:
    source, target = grid_range(staging, area), grid_range(sheet, area)
    return {"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_NORMAL"}}


def _without_rule(sheet: int) -> Request:
    return {"deleteConditionalFormatRule": {"sheetId": sheet, "index": 0}}


def _with_rule(rule: Json, index: int) -> Request:
    return {"addConditionalFormatRule": {"rule": rule, "index": index}}


def _joined(units: Sequence[_Unit]) -> list[Request]:
    """Rows of one rectangle that follow each other, in one request."""
    joined: list[_Unit] = []
    for unit in units:
        last = joined[-1] if joined else None
        if last and unit.goes_on_from(last):
            joined[-1] = replace(last, area=replace(last.area, bottom=unit.area.bottom))
        else:
            joined.append(unit)
    return [one.request() for one in joined]
