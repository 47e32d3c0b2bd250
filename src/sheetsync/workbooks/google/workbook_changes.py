"""What has to be asked of Google so that a spreadsheet becomes another: only what differs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from sheetsync.grid import Area
from sheetsync.workbooks.google.port import Json, Request
from sheetsync.workbooks.google.ranges import Place, corner, grid_range, rectangles
from sheetsync.workbooks.google.workbook_cells import GoogleCell
from sheetsync.workbooks.google.workbook_chips import chips_to_write, runs_to_write
from sheetsync.workbooks.google.workbook_model import BookModel, SheetModel

_SPARE_ROWS: Final = 50
"""A grid that has to grow grows by some more, so that it does not every time."""
_CONTENT: Final = "userEnteredValue,textFormatRuns"
_CHIPS: Final = "chipRuns"
_PARTS: Final = ("content", "note", "format", "rule")


class SheetChanges(Struct, frozen=True):
    """What differs on one sheet: cells by the part of them that differs, the rest as requests.

    ``before`` are requests that make room, ``after`` those that need the cells in place.
    """

    sheet: SheetModel
    contents: frozenset[Place]
    notes: frozenset[Place]
    formats: frozenset[Place]
    rules: frozenset[Place]
    before: tuple[Request, ...]
    after: tuple[Request, ...]

    def __bool__(self) -> bool:
        parts = (self.contents, self.notes, self.formats, self.rules, self.before, self.after)
        return any(parts)

    def requests(self) -> list[Request]:
        """All of it, to be sent at once."""
        looks = looks_of(self.sheet, self.formats, self.rules)
        texts = [one for area in rectangles(self.contents) for one in self._written(area)]
        return [*self.before, *looks, *texts, *self._noted(), *self.after]

    def _written(self, area: Area) -> Iterator[Request]:
        has_chips = any(self.sheet.at(*place).chips for place in places_in(area))
        fields = f"{_CONTENT},{_CHIPS}" if has_chips else _CONTENT
        yield cells_request(self.sheet.id, area, fields, lambda place: content_of(self.sheet.at(*place)))

    def _noted(self) -> list[Request]:
        return [
            cells_request(self.sheet.id, area, "note", lambda place: note_of(self.sheet.at(*place)))
            for area in rectangles(self.notes)
        ]


def sheet_changes(before: SheetModel, after: SheetModel) -> SheetChanges:
    """What has to be changed of one sheet."""
    moved = {place for area in after.moved for place in places_in(area)}
    asked = moved | {
        place for place in before.cells.keys() | after.cells.keys() if before.at(*place) != after.at(*place)
    }
    told: dict[str, set[Place]] = defaultdict(set)
    for place in asked:
        for part in _parts(before.at(*place), after.at(*place), is_moved=place in moved):
            told[part].add(place)
    contents, notes, formats, rules = (frozenset(told[part]) for part in _PARTS)
    return SheetChanges(
        after, contents, notes, formats, rules, tuple(_room(before, after)), tuple(_over(before, after))
    )


def _parts(old: GoogleCell, new: GoogleCell, *, is_moved: bool) -> Iterator[str]:
    """Which parts of a cell are written: a new format takes the link of its text away, so both go."""
    is_written = is_moved or old.content() != new.content()
    is_relinked = is_written and old.is_linked_by_format
    is_formed = is_relinked or old.format != new.format
    if is_written or (is_formed and new.links):
        yield "content"
    if is_moved or old.note != new.note:
        yield "note"
    if is_formed:
        yield "format"
    if old.rule != new.rule:
        yield "rule"


# --- requests about cells


def places_in(area: Area) -> Iterator[Place]:
    """Every cell of an area, row by row."""
    columns = range(area.left, area.right + 1)
    return ((row, column) for row in range(area.top, area.bottom + 1) for column in columns)


def cells_request(sheet: int, area: Area, fields: str, cell: Callable[[Place], Json]) -> Request:
    """``updateCells`` for one rectangle."""
    columns = range(area.left, area.right + 1)
    rows = [
        {"values": [cell((row, column)) for column in columns]} for row in range(area.top, area.bottom + 1)
    ]
    return {"updateCells": {"start": corner(sheet, area), "rows": rows, "fields": fields}}


def content_of(cell: GoogleCell) -> Json:
    """Value, links and chips as Google takes them."""
    said: Json = {"userEnteredValue": cell.value} if cell.value else {}
    runs, chips = runs_to_write(cell.runs, cell.chips), chips_to_write(cell.chips)
    said |= {"textFormatRuns": runs} if runs else {}
    return said | ({_CHIPS: chips} if chips else {})


def note_of(cell: GoogleCell) -> Json:
    return {"note": cell.note} if cell.note else {}


def looks_of(sheet: SheetModel, formats: Iterable[Place], rules: Iterable[Place]) -> list[Request]:
    """Formats and drop-downs, one request for every rectangle of equal ones."""
    formed = _alike(formats, lambda place: sheet.at(*place).format)
    ruled = _alike(rules, lambda place: sheet.at(*place).rule)
    return [
        *(_repeated(sheet.id, area, "userEnteredFormat", one) for area, one in formed),
        *(_repeated(sheet.id, area, "dataValidation", one) for area, one in ruled),
    ]


def _repeated(sheet: int, area: Area, field: str, one: Json | None) -> Request:
    cell = {field: one} if one else {}
    return {"repeatCell": {"range": grid_range(sheet, area), "cell": cell, "fields": field}}


def _alike(places: Iterable[Place], part: Callable[[Place], Json | None]) -> list[tuple[Area, Json | None]]:
    groups: dict[str, tuple[list[Place], Json | None]] = {}
    for place in places:
        one = part(place)
        groups.setdefault(json.dumps(one, sort_keys=True), ([], one))[0].append(place)
    return [(area, one) for found, one in groups.values() for area in rectangles(found)]


# --- requests about the sheet


def _room(before: SheetModel, after: SheetModel) -> Iterator[Request]:
    """A grid large enough, and merges that go."""
    rows, columns = _needed(after)
    grown = {
        key: size
        for key, size, has in (
            ("rowCount", rows + _SPARE_ROWS, before.rows >= rows),
            ("columnCount", columns, before.columns >= columns),
        )
        if not has
    }
    if grown:
        after.rows, after.columns = grown.get("rowCount", after.rows), grown.get("columnCount", after.columns)
        properties = {"sheetId": after.id, "gridProperties": grown}
        fields = ",".join(f"gridProperties.{key}" for key in grown)
        yield {"updateSheetProperties": {"properties": properties, "fields": fields}}
    for area in before.merges:
        if area not in after.merges:
            yield {"unmergeCells": {"range": grid_range(after.id, area)}}


def _needed(sheet: SheetModel) -> Place:
    """Rows and columns a sheet must have for its cells."""
    used = (*sheet.cells, *((area.bottom, area.right) for area in sheet.moved))
    return max((row for row, _ in used), default=0), max((column for _, column in used), default=0)


def _over(before: SheetModel, after: SheetModel) -> Iterator[Request]:
    """What lies over the cells."""
    for area in after.merges:
        if area not in before.merges:
            yield {"mergeCells": {"range": grid_range(after.id, area), "mergeType": "MERGE_ALL"}}
    yield from _dimensions(after.id, "ROWS", _hidden(before), _hidden(after))
    yield from _dimensions(after.id, "COLUMNS", before.widths, _within(after.widths, after.columns))
    for number, (old, rule) in enumerate(zip(before.rules, after.rules, strict=True)):
        if old != rule:
            yield {"updateConditionalFormatRule": {"sheetId": after.id, "index": number, "rule": rule}}
    yield from _updated("updateProtectedRange", "protectedRange", before.protections, after.protections)
    yield from _updated("updateBanding", "bandedRange", before.bandings, after.bandings)
    if after.filter != before.filter:
        yield {"setBasicFilter": {"filter": after.filter}}
    for old, chart in zip(before.charts, after.charts, strict=True):
        if old != chart:
            yield {"updateChartSpec": {"chartId": chart["chartId"], "spec": chart["spec"]}}


def _updated(kind: str, key: str, before: list[Json], after: list[Json]) -> Iterator[Request]:
    """Things that have a number and a range: only what differs of them."""
    for old, new in zip(before, after, strict=True):
        fields = [field for field in new if old.get(field) != new[field]]
        if fields:
            yield {kind: {key: new, "fields": ",".join(fields)}}


def _hidden(sheet: SheetModel) -> dict[int, Json]:
    return {row: {"hiddenByUser": True} for row in sheet.hidden_rows}


def _within(widths: Mapping[int, Json], columns: int) -> dict[int, Json]:
    return {column: one for column, one in widths.items() if column <= columns}


def _dimensions(
    sheet: int, kind: str, before: Mapping[int, Json], after: Mapping[int, Json]
) -> Iterator[Request]:
    for at in sorted(before.keys() | after.keys()):
        old, new = before.get(at, {}), after.get(at, {})
        fields = [key for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
        if fields:
            lies = {"sheetId": sheet, "dimension": kind, "startIndex": at - 1, "endIndex": at}
            yield {
                "updateDimensionProperties": {
                    "range": lies,
                    "properties": {key: new[key] for key in fields if key in new},
                    "fields": ",".join(fields),
                }
            }


def name_requests(before: BookModel, after: BookModel) -> list[Request]:
    """Named ranges that mean other cells now, and those that are new."""
    requests: list[Request] = []
    for name, one in after.names.items():
        told: dict[str, Any] = {"name": name, "range": grid_range(one.sheet, one.area)}
        if one.id is None:
            requests.append({"addNamedRange": {"namedRange": told}})
        elif before.names[name].area != one.area:
            told["namedRangeId"] = one.id
            requests.append({"updateNamedRange": {"namedRange": told, "fields": "range"}})
    return requests
