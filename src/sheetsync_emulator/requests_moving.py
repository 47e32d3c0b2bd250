"""Requests that carry cells elsewhere: copying, cutting, sorting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.entering import decimal_comma
from sheetsync_emulator.formula_moving import rebased
from sheetsync_emulator.formulas import Calculation
from sheetsync_emulator.handlers import Handler
from sheetsync_emulator.metadata import Mark
from sheetsync_emulator.protection import Author, guard
from sheetsync_emulator.ranges import Box, Place, grid_range
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
from sheetsync_emulator.values import Json, Scalar, scalar_of

_PASTED: Final[Mapping[str, tuple[str, ...]]] = {
    "PASTE_NORMAL": WRITABLE,
    "PASTE_NO_BORDERS": WRITABLE,
    "PASTE_VALUES": (VALUE,),
    "PASTE_FORMULA": (VALUE,),
    "PASTE_FORMAT": (FORMAT, VALIDATION),
    "PASTE_DATA_VALIDATION": (VALIDATION,),
    "PASTE_CONDITIONAL_FORMATTING": (),
}
"""What of a cell goes with each way of pasting."""
_WITH_MERGES: Final = ("PASTE_NORMAL", "PASTE_NO_BORDERS", "PASTE_FORMAT")
_WITH_RULES: Final = (*_WITH_MERGES, "PASTE_CONDITIONAL_FORMATTING")


def _copy_paste(book: Book, request: Json, author: Author) -> Json:
    source, box = book.area(request["source"])
    target = book.sheet_of(request["destination"])
    how = request.get("pasteType") or "PASTE_NORMAL"
    if box.is_empty:
        raise invalid("The source has no cells")
    turned = request.get("pasteOrientation") == "TRANSPOSE"
    landing = _landing(box, target.box(request["destination"]), turned=turned)
    guard(target, landing, author)
    target.grown(landing.bottom, landing.right)
    carried = {place: _carried(book, source, place, how) for place in source.used(box)}
    steps = list(_steps(box, landing, turned=turned))
    if how in _WITH_MERGES and not turned:
        _merges_follow(source, box, target, landing)
    for old, new in steps:
        _paste(book, target, (old, new), carried.get(old, {}), how)
    if how in _WITH_RULES and not turned:
        _rules_follow(source, box, target, landing)
    return {}


def _landing(box: Box, asked: Box, *, turned: bool) -> Box:
    """Where copies go: as often as the source fits into the destination, at least once."""
    height, width = (box.width, box.height) if turned else (box.height, box.width)
    rows = max(1, asked.height // height) * height if asked.height % height == 0 else height
    columns = max(1, asked.width // width) * width if asked.width % width == 0 else width
    return Box(asked.top, asked.top + rows, asked.left, asked.left + columns)


def _steps(box: Box, landing: Box, *, turned: bool) -> Iterator[tuple[Place, Place]]:
    """Every cell of the destination with the cell it is copied from."""
    for row, column in landing.places():
        down, right = row - landing.top, column - landing.left
        if turned:
            down, right = right, down
        yield (box.top + down % box.height, box.left + right % box.width), (row, column)


def _carried(book: Book, sheet: Sheet, place: Place, how: str) -> Json:
    """What of a cell is copied."""
    cell = {name: part for name, part in sheet.cell(place).items() if name in _PASTED[how]}
    if how == "PASTE_VALUES" and "formulaValue" in cell.get(VALUE, {}):
        value = Calculation(book).result(sheet, place).value
        return {VALUE: value} if value and "errorValue" not in value else {}
    if how == "PASTE_NO_BORDERS" and FORMAT in cell:
        cell[FORMAT] = without(cell[FORMAT], ["borders"])
    return cell


def _paste(book: Book, target: Sheet, way: tuple[Place, Place], carried: Json, how: str) -> None:
    (row, column), new = way
    names = _PASTED[how]
    if not names:
        return
    kept = without(target.cell(new), names)
    if VALUE in names:
        kept = without(with_value(kept, None), GOES_WITH_THE_VALUE)
    formula = carried.get(VALUE, {}).get("formulaValue")
    if formula:
        moved = rebased(formula, new[0] - row, new[1] - column, comma=decimal_comma(book.locale))
        carried = carried | {VALUE: {"formulaValue": moved}}
    target.put(new, kept | carried)


def _merges_follow(source: Sheet, box: Box, target: Sheet, landing: Box) -> None:
    copied = [merge for merge in source.merges if box.covers(merge)]
    target.merges = [merge for merge in target.merges if not merge.hits(landing)]
    for top in range(landing.top, landing.bottom, box.height):
        for left in range(landing.left, landing.right, box.width):
            target.merges += [merge.moved(top - box.top, left - box.left) for merge in copied]


def _rules_follow(source: Sheet, box: Box, target: Sheet, landing: Box) -> None:
    """Conditional formats of the source reach over the copies.

    Those the destination had give way there, as when people paste (pygsheets#426: a rule over B2:B
    comes to mean B2:B3, B5, B7:B1005). Whether the API does so too only the real one can show.
    """
    if target is not source:
        _rules_give_way(target, landing)
    for rule in list(source.conditional):
        copies = [
            part.moved(top - box.top, left - box.left)
            for one in rule["ranges"]
            if not (part := source.box(one).common(box)).is_empty
            for top in range(landing.top, landing.bottom, box.height)
            for left in range(landing.left, landing.right, box.width)
        ]
        if target is source:
            own = [source.box(one) for one in rule["ranges"]]
            copies = [copy for copy in copies if not any(one.covers(copy) for one in own)]
            place = source.conditional.index(rule)
            ranges = [*rule["ranges"], *(grid_range(source.id, copy) for copy in copies)]
            source.conditional[place] = rule | {"ranges": ranges}
        elif copies:
            target.conditional.append(rule | {"ranges": [grid_range(target.id, copy) for copy in copies]})


def _rules_give_way(target: Sheet, landing: Box) -> None:
    left = [
        rule | {"ranges": [grid_range(target.id, part) for part in parts]}
        for rule in target.conditional
        if (parts := [part for one in rule["ranges"] for part in target.box(one).minus(landing)])
    ]
    target.conditional = left


def _cut_paste(book: Book, request: Json, author: Author) -> Json:
    source, box = book.area(request["source"])
    to = request.get("destination") or {}
    target = book.sheet_of(to)
    down, right = (to.get("rowIndex") or 0) - box.top, (to.get("columnIndex") or 0) - box.left
    landing = box.moved(down, right)
    guard(source, box, author)
    guard(target, landing, author)
    target.grown(landing.bottom, landing.right)
    names = _PASTED[request.get("pasteType") or "PASTE_NORMAL"]
    taken = {place: source.cell(place) for place in source.used(box)}
    for place, cell in taken.items():
        source.put(place, without(cell, names))
    for row, column in box.places():
        new = (row + down, column + right)
        moved = {name: part for name, part in taken.get((row, column), {}).items() if name in names}
        target.put(new, without(target.cell(new), names) | moved)
    return {}


# --- sorting ------------------------------------------------------------------------------------


def _sort(book: Book, request: Json, author: Author) -> Json:
    """Rows in the order of their values: empty ones last, numbers before texts.

    Keys of rows go with them: so seen at Google (mmedum/google-sheets-mcp, spike K).
    """
    sheet, box = book.area(request["range"])
    guard(sheet, box, author)
    calculation = Calculation(book)
    rows = list(range(box.top, box.bottom))
    for spec in reversed(request.get("sortSpecs") or []):
        column = spec.get("dimensionIndex") or 0
        if not box.left <= column < box.right:
            raise invalid(f"The sort dimension {column} is outside of the sorted range")
        keys = {row: scalar_of(calculation.result(sheet, (row, column)).value or {}) for row in rows}
        filled = [row for row in rows if keys[row] != ""]
        filled.sort(key=lambda row: _order(keys[row]), reverse=spec.get("sortOrder") == "DESCENDING")
        rows = filled + [row for row in rows if keys[row] == ""]
    cells = {place: sheet.cell(place) for place in sheet.used(box)}
    for place in cells:
        sheet.put(place, {})
    comma = decimal_comma(book.locale)
    place_of = {row: box.top + index for index, row in enumerate(rows)}
    for (row, column), cell in cells.items():
        formula = cell.get(VALUE, {}).get("formulaValue")
        if formula:
            moved = rebased(formula, place_of[row] - row, 0, comma=comma)
            cell = cell | {VALUE: {"formulaValue": moved}}  # noqa: PLW2901
        sheet.put((place_of[row], column), cell)
    book.marks = [_sorted_mark(mark, sheet, place_of) for mark in book.marks]
    return {}


def _sorted_mark(mark: Mark, sheet: Sheet, place_of: Mapping[int, int]) -> Mark:
    spot = mark.spot
    if (spot.sheet, spot.dimension) != (sheet.id, "ROWS") or spot.index not in place_of:
        return mark
    return replace(mark, spot=replace(spot, index=place_of[spot.index]))


def _order(scalar: Scalar) -> tuple[int, Scalar]:
    if isinstance(scalar, bool):
        return 2, scalar
    return (1, scalar.lower()) if isinstance(scalar, str) else (0, scalar)


KINDS: Final[Mapping[str, Handler]] = {
    "copyPaste": _copy_paste,
    "cutPaste": _cut_paste,
    "sortRange": _sort,
}
