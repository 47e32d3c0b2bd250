"""Requests about rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.formats import formatted
from sheetsync_emulator.handlers import Handler
from sheetsync_emulator.masks import merged, parsed
from sheetsync_emulator.protection import Author, guard_lines
from sheetsync_emulator.ranges import COLUMNS, FAR, ROWS, Place, tidy_range
from sheetsync_emulator.sheet import FORMAT, VALIDATION, VALUE, Sheet, number_format
from sheetsync_emulator.structure import Lines, deleted_lines, inserted_lines, reordered_lines
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json, scalar_of

_NARROWEST: Final = 21
_PIXELS_OF_A_LETTER: Final = 8.482
_MARGIN: Final = 6


def _span(sheet: Sheet, given: Json) -> tuple[str, int, int]:
    """Dimension, first and one past last of a ``DimensionRange``."""
    dimension = given.get("dimension")
    if dimension not in (ROWS, COLUMNS):
        raise invalid("Must specify a dimension")
    total = sheet.rows if dimension == ROWS else sheet.columns
    start = given.get("startIndex") or 0
    end = given.get("endIndex")
    return dimension, start, total if end is None else end


def _insert(book: Book, request: Json, author: Author) -> Json:
    sheet = book.sheet_of(request["range"])
    dimension, start, end = _span(sheet, request["range"])
    before = bool(request.get("inheritFromBefore"))
    total = sheet.rows if dimension == ROWS else sheet.columns
    if start > total or (start == total and not before) or end <= start:
        raise invalid(f"range.startIndex[{start}] must be within the grid and before endIndex[{end}]")
    if before and not start:
        raise invalid("inheritFromBefore cannot be true when inserting at the start")
    guard_lines(sheet, dimension, start, end, author)
    inserted_lines(book, sheet, Lines(dimension, start, end))
    _inherit(sheet, dimension, range(start, end), start - 1 if before else end)
    return {}


def _inherit(sheet: Sheet, dimension: str, fresh: range, model: int) -> None:
    """New rows look as the row beside them, and check what is typed as it does."""
    for place, cell in list(sheet.cells.items()):
        if _line_of(place, dimension) == model:
            look: Json = {name: cell[name] for name in (FORMAT, VALIDATION) if name in cell}
            for line in fresh:
                sheet.put((line, place[1]) if dimension == ROWS else (place[0], line), look)


def _line_of(place: Place, dimension: str) -> int:
    return place[0] if dimension == ROWS else place[1]


def _delete(book: Book, request: Json, author: Author) -> Json:
    sheet = book.sheet_of(request["range"])
    dimension, start, end = _span(sheet, request["range"])
    total = sheet.rows if dimension == ROWS else sheet.columns
    if start >= total or end > total or end <= start:
        raise invalid(f"Cannot delete {dimension.lower()} {start} to {end}: there are {total}.")
    if end - start >= total:
        raise invalid(f"You can't delete all the {dimension.lower()} on the sheet.")
    guard_lines(sheet, dimension, start, end, author)
    deleted_lines(book, sheet, Lines(dimension, start, end))
    return {}


def _append(book: Book, request: Json, author: Author) -> Json:
    sheet = book.sheet(request.get("sheetId"))
    dimension, _, total = _span(sheet, request)
    guard_lines(sheet, dimension, total, FAR, author)
    sheet.resized(dimension, total + (request.get("length") or 0))
    return {}


def _move(book: Book, request: Json, author: Author) -> Json:
    sheet = book.sheet_of(request["source"])
    dimension, start, end = _span(sheet, request["source"])
    to = request.get("destinationIndex") or 0
    if start < to < end:
        raise invalid("The destination cannot be within the source")
    guard_lines(sheet, dimension, min(start, to), max(end, to), author)
    reordered_lines(book, sheet, Lines(dimension, start, end), to)
    return {}


def _update(book: Book, request: Json, author: Author) -> Json:
    sheet = book.sheet_of(request["range"])
    dimension, start, end = _span(sheet, request["range"])
    guard_lines(sheet, dimension, start, end, author)
    mask = parsed(request["fields"])
    for line in range(start, end):
        properties = merged(sheet.lines[dimension].get(line, {}), request["properties"], mask)
        sheet.lines[dimension][line] = {
            name: value for name, value in properties.items() if value is not False
        }
    return {}


def _auto_resize(book: Book, request: Json, author: Author) -> Json:
    """Columns as wide as their texts; how wide a letter is, only Google knows exactly."""
    given = request["dimensions"]
    sheet = book.sheet_of(given)
    dimension, start, end = _span(sheet, given)
    guard_lines(sheet, dimension, start, end, author)
    if dimension == ROWS:
        return {}
    widest = dict.fromkeys(range(start, end), _NARROWEST)
    for (_, column), cell in sheet.cells.items():
        if column in widest and VALUE in cell:
            letters = len(formatted(scalar_of(cell[VALUE]), number_format(cell), book.locale))
            widest[column] = max(widest[column], int(_PIXELS_OF_A_LETTER * letters) + _MARGIN)
    for column, width in widest.items():
        sheet.lines[COLUMNS][column] = sheet.lines[COLUMNS].get(column, {}) | {"pixelSize": width}
    return {}


def _add_group(book: Book, request: Json, author: Author) -> Json:
    sheet = book.sheet_of(request["range"])
    dimension, start, end = _span(sheet, request["range"])
    guard_lines(sheet, dimension, start, end, author)
    sheet.groups[dimension].append({"range": tidy_range(request["range"]), "depth": 1})
    after = "rowGroupControlAfter" if dimension == ROWS else "columnGroupControlAfter"
    sheet.properties |= {"gridProperties": sheet.properties["gridProperties"] | {after: True}}
    return {"addDimensionGroup": {"dimensionGroups": list(sheet.groups[dimension])}}


def _delete_group(book: Book, request: Json, author: Author) -> Json:
    sheet = book.sheet_of(request["range"])
    dimension, start, end = _span(sheet, request["range"])
    guard_lines(sheet, dimension, start, end, author)
    gone = tidy_range(request["range"])
    sheet.groups[dimension] = [group for group in sheet.groups[dimension] if group["range"] != gone]
    left = list(sheet.groups[dimension])
    return {"deleteDimensionGroup": {"dimensionGroups": left} if left else {}}


KINDS: Final[Mapping[str, Handler]] = {
    "addDimensionGroup": _add_group,
    "appendDimension": _append,
    "autoResizeDimensions": _auto_resize,
    "deleteDimension": _delete,
    "deleteDimensionGroup": _delete_group,
    "insertDimension": _insert,
    "moveDimension": _move,
    "updateDimensionProperties": _update,
}
