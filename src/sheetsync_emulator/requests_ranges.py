"""Requests about what lies over cells: merges, names, protections, filters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.freezing import refuse_merging
from sheetsync_emulator.handlers import Handler
from sheetsync_emulator.masks import merged, parsed
from sheetsync_emulator.protection import Author, guard, guard_protected, new_protected
from sheetsync_emulator.ranges import Box, grid_range, parse_area, sheet_id_of, tidy_range
from sheetsync_emulator.sheet import Sheet, with_value
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json

_NAME: Final = re.compile(r"(?!(?:true|false)\Z)[^\W\d]\w{0,249}", re.IGNORECASE)
_AS_R1C1: Final = re.compile(r"r\d*c\d*", re.IGNORECASE)


# --- merges -------------------------------------------------------------------------------------


def _merge(book: Book, request: Json, author: Author) -> Json:
    sheet, box = book.area(request["range"])
    guard(sheet, box, author)
    _refuse_half(sheet, box)
    sheet.merges = [merge for merge in sheet.merges if not box.covers(merge)]
    refuse_merging(sheet, _merged_boxes(box, request.get("mergeType") or "MERGE_ALL"))
    fresh = [
        one
        for one in _merged_boxes(box, request.get("mergeType") or "MERGE_ALL")
        if one.height * one.width > 1
    ]
    sheet.merges += fresh
    for merge in fresh:
        for place in sheet.used(merge):
            if place != (merge.top, merge.left):
                sheet.put(place, with_value(sheet.cell(place), None))
    return {}


def _refuse_half(sheet: Sheet, box: Box) -> None:
    if any(merge.hits(box) and not box.covers(merge) for merge in sheet.merges):
        raise invalid("You must select all cells in a merged range to merge or unmerge them.")


def _merged_boxes(box: Box, kind: str) -> list[Box]:
    if kind == "MERGE_ROWS":
        return [Box(row, row + 1, box.left, box.right) for row in range(box.top, box.bottom)]
    if kind == "MERGE_COLUMNS":
        return [Box(box.top, box.bottom, column, column + 1) for column in range(box.left, box.right)]
    return [box]


def _unmerge(book: Book, request: Json, author: Author) -> Json:
    sheet, box = book.area(request["range"])
    guard(sheet, box, author)
    _refuse_half(sheet, box)
    sheet.merges = [merge for merge in sheet.merges if not merge.hits(box)]
    return {}


# --- names --------------------------------------------------------------------------------------


def _add_name(book: Book, request: Json, _: Author) -> Json:
    given = request["namedRange"]
    named = {
        "namedRangeId": given.get("namedRangeId") or str(book.next_id()),
        "name": given.get("name") or "",
        "range": tidy_range(given["range"]),
    }
    _refuse_name(book, named)
    if any(one["namedRangeId"] == named["namedRangeId"] for one in book.named):
        raise invalid(f"A named range with the ID {named['namedRangeId']} already exists.")
    book.named.append(named)
    return {"addNamedRange": {"namedRange": named}}


def _refuse_name(book: Book, named: Json) -> None:
    name = named["name"]
    if not _NAME.fullmatch(name) or _AS_R1C1.fullmatch(name) or parse_area(name) is not None:
        raise invalid("The name given to this range is invalid.")
    same = book.named_range(name)
    is_taken = same is not None and same["namedRangeId"] != named["namedRangeId"]
    if is_taken or name.lower() in book.broken_names:
        raise invalid(
            f"Cannot add named range with name {name}, a named range with that name already exists."
        )
    book.area(named["range"])


def _named_place(book: Book, named_id: str) -> int:
    for place, named in enumerate(book.named):
        if named["namedRangeId"] == named_id:
            return place
    raise invalid(f"No named range with ID: {named_id}")


def _update_name(book: Book, request: Json, _: Author) -> Json:
    given = request["namedRange"]
    place = _named_place(book, given["namedRangeId"])
    named = merged(book.named[place], given, parsed(request["fields"]))
    named["range"] = tidy_range(named["range"])
    _refuse_name(book, named)
    book.named[place] = named
    return {}


def _delete_name(book: Book, request: Json, _: Author) -> Json:
    del book.named[_named_place(book, request["namedRangeId"])]
    return {}


# --- protections --------------------------------------------------------------------------------


def _protect(book: Book, request: Json, author: Author) -> Json:
    given = request["protectedRange"]
    if "range" not in given and "namedRangeId" in given:
        named = book.named[_named_place(book, given["namedRangeId"])]
        given = given | {"range": named["range"]}
    protected = new_protected(given, book.next_id(), author)
    sheet = book.sheet(sheet_id_of(protected["range"]))
    if any(
        one["protectedRangeId"] == protected["protectedRangeId"]
        for each in book.sheets
        for one in each.protected
    ):
        raise invalid(f"A protected range with the ID {protected['protectedRangeId']} already exists.")
    _refuse_holes(protected)
    sheet.protected.append(protected)
    editors = {name: who for name, who in (given.get("editors") or {}).items() if who}
    told = protected | {"requestingUserCanEdit": True, "editors": editors}
    return {"addProtectedRange": {"protectedRange": told}}


def _refuse_holes(protected: Json) -> None:
    """Only a whole sheet may be protected with holes."""
    bounded = [name for name in protected["range"] if name != "sheetId"]
    if protected.get("unprotectedRanges") and bounded:
        raise invalid("Unprotected ranges are only supported on protected sheets.")


def _protected_place(book: Book, protected_id: int | None) -> tuple[Sheet, int]:
    for sheet in book.sheets:
        for place, protected in enumerate(sheet.protected):
            if protected["protectedRangeId"] == protected_id:
                return sheet, place
    raise invalid(f"No protected range with ID: {protected_id}")


def _update_protected(book: Book, request: Json, author: Author) -> Json:
    given = request["protectedRange"]
    sheet, place = _protected_place(book, given.get("protectedRangeId"))
    guard_protected(sheet.protected[place], author)
    changed = merged(sheet.protected[place], given, parsed(request["fields"]))
    protected = new_protected(changed, changed["protectedRangeId"], author)
    _refuse_holes(protected)
    sheet.protected[place] = protected
    return {}


def _unprotect(book: Book, request: Json, author: Author) -> Json:
    sheet, place = _protected_place(book, request.get("protectedRangeId"))
    guard_protected(sheet.protected[place], author)
    del sheet.protected[place]
    return {}


# --- filters ------------------------------------------------------------------------------------


def _set_filter(book: Book, request: Json, author: Author) -> Json:
    given = request["filter"]
    sheet, box = book.area(given.get("range") or {})
    guard(sheet, box, author)
    sheet.filter = given | {"range": grid_range(sheet.id, box)}
    return {}


def _clear_filter(book: Book, request: Json, author: Author) -> Json:
    sheet = book.sheet(request.get("sheetId"))
    if sheet.filter is not None:
        guard(sheet, sheet.box(sheet.filter["range"]), author)
    sheet.filter = None
    return {}


KINDS: Final[Mapping[str, Handler]] = {
    "addNamedRange": _add_name,
    "addProtectedRange": _protect,
    "clearBasicFilter": _clear_filter,
    "deleteNamedRange": _delete_name,
    "deleteProtectedRange": _unprotect,
    "mergeCells": _merge,
    "setBasicFilter": _set_filter,
    "unmergeCells": _unmerge,
    "updateNamedRange": _update_name,
    "updateProtectedRange": _update_protected,
}
