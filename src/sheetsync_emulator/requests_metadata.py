"""Requests about developer metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sheetsync_emulator.book import Book
from sheetsync_emulator.handlers import Handler
from sheetsync_emulator.masks import merged, parsed
from sheetsync_emulator.metadata import Mark, mark_of
from sheetsync_emulator.protection import Author
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json


def _create(book: Book, request: Json, _: Author) -> Json:
    mark = mark_of(request["developerMetadata"], book.next_id())
    if any(one.id == mark.id for one in book.marks):
        raise invalid(f"Developer metadata with id {mark.id} already exists.")
    if mark.spot.sheet is not None:
        sheet = book.sheet(mark.spot.sheet)
        if mark.spot.dimension and not sheet.whole.hits(mark.spot.box):
            raise invalid("Developer metadata must be on a row or column of the sheet")
    book.marks.append(mark)
    return {"createDeveloperMetadata": {"developerMetadata": mark.resource()}}


def _found(book: Book, request: Json) -> list[Mark]:
    filters = request.get("dataFilters") or [request["dataFilter"]]
    found = [mark for one in filters for mark in book.found_marks(one)]
    return list(dict.fromkeys(found))


def _update(book: Book, request: Json, _: Author) -> Json:
    mask, given = parsed(request["fields"]), request["developerMetadata"]
    changed = {
        mark.id: _changed(mark, merged(mark.resource(), given, mask)) for mark in _found(book, request)
    }
    book.marks = [changed.get(mark.id, mark) for mark in book.marks]
    reply = [mark.resource() for mark in changed.values()]
    return {"updateDeveloperMetadata": {"developerMetadata": reply} if reply else {}}


def _changed(mark: Mark, resource: Json) -> Mark:
    return replace(mark_of(resource, mark.id), id=mark.id)


def _delete(book: Book, request: Json, _: Author) -> Json:
    gone = _found(book, request)
    book.marks = [mark for mark in book.marks if mark not in gone]
    reply = [mark.resource() for mark in gone]
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": reply} if reply else {}}


KINDS: Final[Mapping[str, Handler]] = {
    "createDeveloperMetadata": _create,
    "deleteDeveloperMetadata": _delete,
    "updateDeveloperMetadata": _update,
}
