"""A table's rows go where their keys go, and with them everything of the spreadsheet that names them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from sheetsync.grid import Area
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.ranges import area_of
from sheetsync.workbooks.google.workbook_cells import GoogleCell
from sheetsync.workbooks.google.workbook_links import with_moved_links
from sheetsync.workbooks.google.workbook_model import BookModel, SheetModel
from sheetsync.workbooks.google.workbook_ranges import moved_inside, moved_range, pieces_of
from sheetsync.workbooks.shift import Shift, in_cell, in_rule


def move_surroundings(book: BookModel, home: SheetModel, shift: Shift) -> None:
    """Move what lies over the sheet ``home``, names that mean its cells, formulas that name them."""
    home.merges = [piece for one in home.merges for piece in shift.pieces(one)]
    home.hidden_rows = {row for row in map(shift.row, home.hidden_rows) if row}
    home.widths = dict(_moved_widths(home.widths, shift))
    home.rules = [_moved_rule(one, shift) for one in home.rules]
    home.protections = [moved_inside(one, home.id, shift) for one in home.protections]
    home.bandings = [moved_inside(one, home.id, shift) for one in home.bandings]
    home.filter = home.filter and _moved_filter(home.filter, shift)
    for name, one in book.names.items():
        area = shift.area(one.area) if one.sheet == home.id else None
        book.names[name] = replace(one, area=area or one.area)
    for sheet in book.sheets.values():
        sheet.charts = [moved_inside(one, home.id, shift) for one in sheet.charts]
        _move_formulas(sheet, shift, is_home=sheet is home)
    for place, cell in home.cells.items():
        home.cells[place] = with_moved_links(cell, home.id, shift)


def _move_formulas(sheet: SheetModel, shift: Shift, *, is_home: bool) -> None:
    came_from = {new: old for old, new in shift.rows.items()}
    for place, cell in sheet.cells.items():
        if cell.formula is not None:
            row = place[0] if not is_home else _old_row(place[0], shift, came_from)
            sheet.cells[place] = with_formula(cell, in_cell(cell.formula, shift, sheet.title, row))


def _old_row(row: int, shift: Shift, came_from: dict[int, int]) -> int:
    return row - shift.delta if row > shift.new_bottom else came_from.get(row, row)


def with_formula(cell: GoogleCell, formula: str) -> GoogleCell:
    """The cell with its formula worded anew."""
    return replace(cell, value={"formulaValue": f"={formula}"}) if formula != cell.formula else cell


def _moved_widths(widths: dict[int, Json], shift: Shift) -> Iterator[tuple[int, Json]]:
    """A column keeps its width; one that is new takes that of the column it resembles."""
    for column, one in sorted(widths.items()):
        span = shift.spans.get(column) if shift.left <= column <= shift.right else None
        if span:
            yield from ((new, one) for new in range(span[0], span[1] + 1))
        elif not shift.left <= column <= shift.right:
            yield column + (shift.new_right - shift.right if column > shift.right else 0), one


def _moved_rule(rule: Json, shift: Shift) -> Json:
    """A conditional format; one whose columns are all gone stays where it was and colours nothing of ours."""
    ranges = [piece for one in rule.get("ranges", ()) for piece in pieces_of(one, shift)]
    if not ranges:
        return rule
    old, new = area_of(rule["ranges"][0]), area_of(ranges[0])
    drift = new.top - old.top if shift.in_body(old.top) else 0
    return {**_reworded(rule, shift, drift), "ranges": ranges}


def _reworded(rule: Json, shift: Shift, drift: int) -> Json:
    """The rule with the formulas of its condition following."""
    condition = rule.get("booleanRule", {}).get("condition", {})
    values = [_moved_condition(one, shift, drift) for one in condition.get("values", ())]
    if values == condition.get("values", []):
        return rule
    return {**rule, "booleanRule": {**rule["booleanRule"], "condition": {**condition, "values": values}}}


def _moved_condition(value: Json, shift: Shift, drift: int) -> Json:
    text = value.get("userEnteredValue", "")
    if not text.startswith("="):
        return value
    return {**value, "userEnteredValue": f"={in_rule(text[1:], shift, shift.sheet, drift)}"}


def _moved_filter(said: Json, shift: Shift) -> Json:
    """The filter of the sheet; what is filtered by is named by its column."""
    moved = {**said, "range": moved_range(said["range"], shift) or said["range"]}
    for part, key in (("filterSpecs", "columnIndex"), ("sortSpecs", "dimensionIndex")):
        if part in said:
            places = ((one, shift.column(one.get(key, 0) + 1)) for one in said[part])
            moved[part] = [{**one, key: column - 1} for one, column in places if column]
    return moved


def rows_that_moved(shift: Shift, width: int) -> list[Area]:
    """Rows of the new body that stood elsewhere before, or are new: of the whole sheet, if they moved so."""
    came_from = {new: old for old, new in shift.rows.items()}
    left, right = (shift.left, shift.new_right) if shift.pinned else (1, max(width, shift.new_right))
    moved = [row for row in range(shift.top, shift.new_bottom + 1) if came_from.get(row) != row]
    return [Area(row, left, row, right) for row in moved]
