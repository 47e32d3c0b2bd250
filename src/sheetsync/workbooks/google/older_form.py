"""What stood in a spreadsheet when a new form took its place: a hidden copy of it, made in the same batch.

A school may type between our reading and our writing. The copy shows afterwards what it was; until
that is seen to, nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from zlib import crc32

from sheetsync.workbooks.google.port import Json, Request

_SUFFIX: Final = " (прежняя форма)"
_LONGEST_TITLE: Final = 100
_LARGEST_ID: Final = 2**31 - 2


def set_aside(answer: Json) -> Iterator[Request]:
    """Copy every sheet a spreadsheet has; copies made before give way."""
    yield from dropped(answer)
    present = [one["properties"] for one in answer.get("sheets", ()) if not is_aside(one)]
    for place, sheet in enumerate(present):
        title = f"{sheet['title'][: _LONGEST_TITLE - len(_SUFFIX)]}{_SUFFIX}"
        number = crc32(title.encode()) % _LARGEST_ID + 1
        yield {
            "duplicateSheet": {
                "sourceSheetId": sheet["sheetId"],
                "insertSheetIndex": len(present) + place,
                "newSheetId": number,
                "newSheetName": title,
            }
        }
        told = {"sheetId": number, "hidden": True}
        yield {"updateSheetProperties": {"properties": told, "fields": "hidden"}}


def dropped(answer: Json) -> Iterator[Request]:
    """Delete the copies."""
    for sheet in answer.get("sheets", ()):
        if is_aside(sheet):
            yield {"deleteSheet": {"sheetId": sheet["properties"]["sheetId"]}}


def parted(answer: Json) -> tuple[Json, Json | None]:
    """What stands in a spreadsheet, and what stood there before, under the names it had."""
    present = [one for one in answer.get("sheets", ()) if not is_aside(one)]
    looks = {one["properties"].get("title"): one["properties"].get("hidden", False) for one in present}
    older = [_as_it_was(one, looks) for one in answer.get("sheets", ()) if is_aside(one)]
    ids = {one["properties"].get("sheetId", 0) for one in present}
    names = [one for one in answer.get("namedRanges", ()) if one.get("range", {}).get("sheetId", 0) in ids]
    now = {**answer, "sheets": present, "namedRanges": names}
    return now, {**answer, "sheets": older, "namedRanges": []} if older else None


def is_aside(sheet: Mapping[str, Any]) -> bool:
    """Whether a sheet of an answer is such a copy."""
    return str(sheet["properties"].get("title", "")).endswith(_SUFFIX)


def _as_it_was(sheet: Json, hidden: Mapping[str, bool]) -> Json:
    """A copy under the name it had, and hidden only if the sheet itself is."""
    properties = sheet["properties"]
    title = properties["title"].removesuffix(_SUFFIX)
    return {**sheet, "properties": {**properties, "title": title, "hidden": hidden.get(title, False)}}
