"""Requests that write cells: values, formats, notes, checks, borders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.colours import paired, paired_mask
from sheetsync_emulator.handlers import Handler
from sheetsync_emulator.masks import ALL, Mask, merged, parsed
from sheetsync_emulator.protection import Author, guard
from sheetsync_emulator.ranges import Box, Place
from sheetsync_emulator.sheet import (
    FORMAT,
    GOES_WITH_THE_VALUE,
    VALIDATION,
    VALUE,
    WRITABLE,
    Sheet,
    with_value,
    without,
)
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.validation import checked_rule
from sheetsync_emulator.values import Json, stands_for_something


def _update_cells(book: Book, request: Json, author: Author) -> Json:
    mask = _cell_mask(request["fields"])
    rows = request.get("rows") or []
    if "range" in request:
        sheet, box = book.area(request["range"])
    else:
        start = request.get("start") or {}
        sheet = book.sheet_of(start)
        top, left = start.get("rowIndex") or 0, start.get("columnIndex") or 0
        width = max((len(row.get("values") or []) for row in rows), default=0)
        box = Box(top, top + len(rows), left, left + width)
        _refuse_outside(sheet, box)
    guard(sheet, box, author)
    told = set()
    for place, given in _told(rows, box):
        told.add(place)
        _write(sheet, place, given, mask, book.locale)
    if "range" in request:
        for place in sheet.used(box):
            if place not in told:
                _write(sheet, place, {}, mask, book.locale)
    return {}


def _refuse_outside(sheet: Sheet, box: Box) -> None:
    if box.is_empty or sheet.whole.covers(box):
        return
    if box.right > sheet.columns:
        what, beyond, last = "column", box.right - 1, sheet.columns - 1
    else:
        what, beyond, last = "row", box.bottom - 1, sheet.rows - 1
    raise invalid(f"Attempting to write {what}: {beyond}, beyond the last requested {what} of: {last}")


def _told(rows: Sequence[Json], box: Box) -> Iterator[tuple[Place, Json]]:
    """Cells of a request with their places; none may stand outside the range that is written."""
    for step, row in enumerate(rows):
        for offset, given in enumerate(row.get("values") or []):
            place = (box.top + step, box.left + offset)
            if place not in box:
                raise invalid(f"Attempting to write {place} outside of the requested range")
            yield place, _own(given or {})


def _repeat_cell(book: Book, request: Json, author: Author) -> Json:
    sheet, box = book.area(request["range"])
    guard(sheet, box, author)
    mask = _cell_mask(request["fields"])
    given = _own(request.get("cell") or {})
    places = box.places() if any(name in given for name in WRITABLE) else sheet.used(box)
    for place in places:
        _write(sheet, place, given, mask, book.locale)
    return {}


def _append_cells(book: Book, request: Json, author: Author) -> Json:
    sheet = book.sheet(request.get("sheetId"))
    rows = request.get("rows") or []
    top = 1 + max((row for (row, _), cell in sheet.cells.items() if VALUE in cell), default=-1)
    width = max((len(row.get("values") or []) for row in rows), default=0)
    box = Box(top, top + len(rows), 0, width)
    guard(sheet, box, author)
    sheet.grown(box.bottom, box.right)
    mask = _cell_mask(request["fields"])
    for place, given in _told(rows, box):
        _write(sheet, place, given, mask, book.locale)
    return {}


# --- one cell -----------------------------------------------------------------------------------


def _cell_mask(fields: str) -> Mask:
    mask = parsed(fields)
    if ALL in mask:
        return dict.fromkeys(WRITABLE)
    whole = {VALUE: None} if VALUE in mask else {}
    return paired_mask({name: inside for name, inside in mask.items() if name in WRITABLE}) | whole


def _own(given: Json) -> Json:
    """What a cell of a request says of fields that can be written, once however many cells get it."""
    return {name: paired(value) for name, value in given.items() if name in WRITABLE}


def _write(sheet: Sheet, place: Place, given: Json, mask: Mask, locale: str) -> None:
    """A cell with the fields of a mask taken from ``_own`` fields of a request."""
    cell = sheet.cell(place)
    if VALUE in mask:
        cell = with_value(cell, None)
    changed = merged(cell, given, mask)
    if VALUE in mask and not stands_for_something(given.get(VALUE) or {}):
        changed = without(changed, [VALUE])
    for name in GOES_WITH_THE_VALUE:
        if name in changed and name in mask:
            changed[name] = [_run(run, name) for run in changed[name]]
    if changed.get("note") == "":
        del changed["note"]
    if changed.get(VALIDATION) and VALIDATION in mask:
        changed[VALIDATION] = checked_rule(changed[VALIDATION], locale)
    sheet.put(place, changed)


def _run(run: Json, name: str) -> Json:
    """A run from the very start does not say where it starts; one of text always has a format."""
    told = {"format": {}} | run if name == "textFormatRuns" else run
    return told if run.get("startIndex") else without(told, ["startIndex"])


# --- checks and borders -------------------------------------------------------------------------


def _set_validation(book: Book, request: Json, author: Author) -> Json:
    sheet, box = book.area(request["range"])
    guard(sheet, box, author)
    if not request.get("rule"):
        for place in sheet.used(box):
            sheet.put(place, without(sheet.cell(place), [VALIDATION]))
        return {}
    rule = checked_rule(request["rule"], book.locale)
    for place in box.places():
        sheet.put(place, sheet.cell(place) | {VALIDATION: rule})
    return {}


def _update_borders(book: Book, request: Json, author: Author) -> Json:
    sheet, box = book.area(request["range"])
    guard(sheet, box, author)
    for place in box.places():
        sides = dict(_sides(request, box, place))
        if sides:
            cell = sheet.cell(place)
            look = cell.get(FORMAT, {})
            borders = {name: line for name, line in (look.get("borders", {}) | sides).items() if line}
            look = look | {"borders": borders} if borders else without(look, ["borders"])
            sheet.put(place, cell | {FORMAT: look} if look else without(cell, [FORMAT]))
    return {}


def _sides(request: Json, box: Box, place: Place) -> Iterator[tuple[str, Any]]:
    """Borders of one cell; ``None`` takes a border away."""
    row, column = place
    lines = {
        "top": "top" if row == box.top else "innerHorizontal",
        "bottom": "bottom" if row == box.bottom - 1 else "innerHorizontal",
        "left": "left" if column == box.left else "innerVertical",
        "right": "right" if column == box.right - 1 else "innerVertical",
    }
    for side, line in lines.items():
        if line in request:
            border = request[line] or {}
            has_line = border.get("style", "NONE") not in ("NONE", "STYLE_UNSPECIFIED")
            yield side, paired(border) if has_line else None


KINDS: Final[Mapping[str, Handler]] = {
    "appendCells": _append_cells,
    "repeatCell": _repeat_cell,
    "setDataValidation": _set_validation,
    "updateBorders": _update_borders,
    "updateCells": _update_cells,
}
