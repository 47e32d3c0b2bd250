"""Requests about conditional formats: rules of a sheet in the order they are tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.handlers import Handler
from sheetsync_emulator.protection import Author, guard
from sheetsync_emulator.ranges import tidy_range
from sheetsync_emulator.sheet import Sheet
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.validation import refuse_condition
from sheetsync_emulator.values import Json


def _add(book: Book, request: Json, author: Author) -> Json:
    sheet, rule = _checked(book, request["rule"], author)
    index = request.get("index") or 0
    if index > len(sheet.conditional):
        raise invalid(f"No place for a conditional format at index: {index}")
    sheet.conditional.insert(index, rule)
    return {}


def _checked(book: Book, given: Json, author: Author) -> tuple[Sheet, Json]:
    """A rule that can be kept, and its sheet."""
    ranges = [tidy_range(one) for one in given.get("ranges") or []]
    if not ranges:
        raise invalid("A conditional format must have ranges")
    sheet = book.sheet_of(ranges[0])
    for one in ranges:
        owner, box = book.area(one)
        if owner is not sheet:
            raise invalid("All ranges of a conditional format must be on one sheet")
        guard(sheet, box, author)
    if ("booleanRule" in given) is ("gradientRule" in given):
        raise invalid("A conditional format must have one rule")
    if "booleanRule" in given:
        refuse_condition(given["booleanRule"].get("condition") or {}, book.locale, is_format=True)
    return sheet, given | {"ranges": ranges}


def _place(sheet: Sheet, index: int) -> int:
    if index >= len(sheet.conditional):
        raise invalid(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return index


def _guarded(book: Book, sheet: Sheet, index: int, author: Author) -> Json:
    rule = sheet.conditional[_place(sheet, index)]
    for one in rule["ranges"]:
        guard(sheet, book.area(one)[1], author)
    return rule


def _update(book: Book, request: Json, author: Author) -> Json:
    """A new rule in an old one's place, or an old rule at another place."""
    index = request.get("index") or 0
    if "rule" in request:
        sheet, rule = _checked(book, request["rule"], author)
        old, place = _guarded(book, sheet, index, author), index
        sheet.conditional[index] = rule
    else:
        sheet, place = book.sheet(request.get("sheetId")), request.get("newIndex") or 0
        rule = old = _guarded(book, sheet, index, author)
        _place(sheet, place)
        sheet.conditional.insert(place, sheet.conditional.pop(index))
    reply = {"newRule": rule, "newIndex": place, "oldRule": old, "oldIndex": index}
    return {"updateConditionalFormatRule": reply}


def _delete(book: Book, request: Json, author: Author) -> Json:
    sheet = book.sheet(request.get("sheetId"))
    index = request.get("index") or 0
    rule = _guarded(book, sheet, index, author)
    del sheet.conditional[index]
    return {"deleteConditionalFormatRule": {"rule": rule}}


KINDS: Final[Mapping[str, Handler]] = {
    "addConditionalFormatRule": _add,
    "deleteConditionalFormatRule": _delete,
    "updateConditionalFormatRule": _update,
}
