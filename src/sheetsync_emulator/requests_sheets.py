"""Requests about whole sheets and the spreadsheet itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.colours import paired, paired_mask
from sheetsync_emulator.entering import decimal_comma
from sheetsync_emulator.formula_moving import renamed, respelled, rewrite
from sheetsync_emulator.freezing import refuse_freezing
from sheetsync_emulator.handlers import Handler
from sheetsync_emulator.masks import merged, parsed
from sheetsync_emulator.protection import Author, guard_sheet
from sheetsync_emulator.ranges import sheet_id_of
from sheetsync_emulator.resources import sheet_properties
from sheetsync_emulator.sheet import Sheet
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json, present

_KEPT: Final = ("hidden", "rightToLeft", "tabColor", "tabColorStyle")
"""What a sheet may be given at once, beside its title, place and size."""
_LONGEST_TITLE: Final = 100


def _add(book: Book, request: Json, _: Author) -> Json:
    given = present(request.get("properties") or {})
    title = given.get("title") or _free_title(book)
    _refuse_title(book, title)
    sheet_id = given.get("sheetId")
    if sheet_id is not None and any(sheet.id == sheet_id for sheet in book.sheets):
        raise invalid(f"A sheet with the ID {sheet_id} already exists.")
    sheet = Sheet(book.next_id() if sheet_id is None else sheet_id, title)
    grid = {name: value for name, value in (given.get("gridProperties") or {}).items() if value}
    own = {name: given[name] for name in _KEPT if given.get(name) is not None}
    sheet.properties |= paired(own) | {"gridProperties": sheet.properties["gridProperties"] | grid}
    refuse_freezing(sheet)
    index = given.get("index")
    book.sheets.insert(len(book.sheets) if index is None else index, sheet)
    return {"addSheet": {"properties": sheet_properties(sheet, book.sheets.index(sheet))}}


def _free_title(book: Book) -> str:
    number = len(book.sheets) + 1
    while book.sheet_titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def _refuse_title(book: Book, title: str, own: Sheet | None = None) -> None:
    if not title.strip() or len(title) > _LONGEST_TITLE:
        raise invalid("Sheet name cannot be empty or longer than 100 characters.")
    same = book.sheet_titled(title)
    if same is not None and same is not own:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _delete(book: Book, request: Json, author: Author) -> Json:
    sheet = book.sheet(request.get("sheetId"))
    guard_sheet(sheet, author)
    if not any(one is not sheet and not one.properties.get("hidden") for one in book.sheets):
        raise invalid("You can't remove all the sheets in a document.")
    book.sheets.remove(sheet)
    gone = [one for one in book.named if sheet_id_of(one["range"]) == sheet.id]
    book.named = [one for one in book.named if one not in gone]
    book.broken_names |= {one["name"].lower() for one in gone}
    book.marks = [mark for mark in book.marks if mark.spot.sheet != sheet.id]
    return {}


def _duplicate(book: Book, request: Json, _: Author) -> Json:
    source = book.sheet(request.get("sourceSheetId"))
    title = request.get("newSheetName") or _copy_title(book, source.title)
    _refuse_title(book, title)
    sheet = _copied_sheet(source, request.get("newSheetId") or book.next_id(), title, book)
    book.sheets.insert(request.get("insertSheetIndex") or 0, sheet)
    return {"duplicateSheet": {"properties": sheet_properties(sheet, book.sheets.index(sheet))}}


def _copy_title(book: Book, title: str) -> str:
    name, number = f"Copy of {title}", 1
    while book.sheet_titled(name):
        number += 1
        name = f"Copy of {title} {number}"
    return name


def _copied_sheet(source: Sheet, sheet_id: int, title: str, book: Book) -> Sheet:
    """A copy of a sheet for a spreadsheet: what lies over its cells lies over the new ones."""
    if any(sheet.id == sheet_id for sheet in book.sheets):
        raise invalid(f"A sheet with the ID {sheet_id} already exists.")
    sheet = source.copy()
    sheet.properties |= {"sheetId": sheet_id, "title": title}
    sheet.protected = [
        _elsewhere(one, sheet_id) | {"protectedRangeId": book.next_id()} for one in sheet.protected
    ]
    sheet.conditional = [_elsewhere(one, sheet_id) for one in sheet.conditional]
    sheet.bandings = [_elsewhere(one, sheet_id) | {"bandedRangeId": book.next_id()} for one in sheet.bandings]
    sheet.charts = []
    sheet.filter = _elsewhere(sheet.filter, sheet_id) if sheet.filter else None
    return sheet


def copied_to(source: Sheet, book: Book) -> Json:
    """``sheets.copyTo``: a sheet at the end of another spreadsheet, unprotected; gives its properties."""
    sheet = _copied_sheet(source, book.next_id(), _copy_title(book, source.title), book)
    sheet.protected = []
    book.sheets.append(sheet)
    return sheet_properties(sheet, len(book.sheets) - 1)


def _elsewhere(holder: Json, sheet_id: int) -> Json:
    """Something that lies on ranges of one sheet, on those of another."""
    changed = dict(holder)
    if "range" in holder:
        changed["range"] = holder["range"] | {"sheetId": sheet_id}
    for name in ("ranges", "unprotectedRanges"):
        if name in holder:
            changed[name] = [one | {"sheetId": sheet_id} for one in holder[name]]
    return changed


def _update(book: Book, request: Json, author: Author) -> Json:
    given = request["properties"]
    sheet = book.sheet(given.get("sheetId"))
    guard_sheet(sheet, author)
    mask = dict(parsed(request["fields"]))
    hides = ("hidden" in mask or "*" in mask) and given.get("hidden")
    if hides and not any(one is not sheet and not one.properties.get("hidden") for one in book.sheets):
        raise invalid("You can't hide all the sheets in a document.")
    if "title" in mask or ("*" in mask and "title" in given):
        _rename(book, sheet, given.get("title") or "")
    if "index" in mask:
        del mask["index"]
        _reorder(book, sheet, given.get("index") or 0)
    if mask.get("sheetId", "") is None and (given.get("sheetId") or 0) != sheet.id:
        raise invalid("The ID of a sheet cannot be changed.")
    rest = {name: value for name, value in given.items() if name != "index"}
    sheet.properties = merged(sheet.properties, paired(rest), paired_mask(mask))
    grid = {name: value for name, value in sheet.properties["gridProperties"].items() if value}
    sheet.properties |= {"gridProperties": grid}
    if not (grid.get("rowCount") and grid.get("columnCount")):
        raise invalid("A sheet must have at least one row and one column.")
    refuse_freezing(sheet)
    sheet.drop_outside()
    return {}


def _rename(book: Book, sheet: Sheet, title: str) -> None:
    """Formulas go on speaking of the sheet by its new name."""
    _refuse_title(book, title, sheet)
    old, comma = sheet.title, decimal_comma(book.locale)
    rewrite(book, lambda formula, _: renamed(formula, old, title, comma=comma))


def _reorder(book: Book, sheet: Sheet, index: int) -> None:
    """Move a sheet; the index counts before it is taken out."""
    now = book.sheets.index(sheet)
    book.sheets.remove(sheet)
    book.sheets.insert(index if index <= now else index - 1, sheet)


def _update_spreadsheet(book: Book, request: Json, _: Author) -> Json:
    spoke_with_comma = decimal_comma(book.locale)
    book.properties = merged(book.properties, request["properties"], parsed(request["fields"]))
    if not (book.properties.get("locale") and book.properties.get("title")):
        raise invalid("A spreadsheet must have a title and a locale.")
    if decimal_comma(book.locale) is not spoke_with_comma:
        rewrite(book, lambda formula, _: respelled(formula, comma=spoke_with_comma))
    return {}


KINDS: Final[Mapping[str, Handler]] = {
    "addSheet": _add,
    "deleteSheet": _delete,
    "duplicateSheet": _duplicate,
    "updateSheetProperties": _update,
    "updateSpreadsheetProperties": _update_spreadsheet,
}
