"""What stood in a spreadsheet when a new form took its place: a hidden copy of it, made in the same batch.

A school may type between our reading and our writing. The copy shows afterwards what it was; until
that is seen to, nothing is deleted. A copy is known by its number, which is made of its title: a
sheet of the school that only has such a title has another number.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from itertools import count
from typing import Any, Final
from zlib import crc32

from sheetsync.workbooks.google.port import Json, Request

_SUFFIX: Final = " (прежняя форма{number})"
_SUFFIX_SEEN: Final = re.compile(r" \(прежняя форма(?: \d+)?\)$")
_LONGEST_TITLE: Final = 100
_LARGEST_ID: Final = 2**31 - 2


def set_aside(answer: Json) -> Iterator[Request]:
    """Copy every sheet a spreadsheet has; copies made before give way."""
    yield from dropped(answer)
    present = [one["properties"] for one in answer.get("sheets", ()) if not is_aside(one)]
    taken: set[str | int] = {one["title"].casefold() for one in present}
    taken |= {one.get("sheetId", 0) for one in present}
    for place, sheet in enumerate(present):
        title = _free_title(sheet["title"], taken)
        number = _number(title)
        taken |= {title.casefold(), number}
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
    properties = sheet["properties"]
    title = str(properties.get("title", ""))
    return bool(_SUFFIX_SEEN.search(title)) and properties.get("sheetId", 0) == _number(title)


def _number(title: str) -> int:
    """The number of the copy that has this title."""
    return crc32(title.encode()) % _LARGEST_ID + 1


def _free_title(title: str, taken: Container[str | int]) -> str:
    """A title for the copy of a sheet that neither by itself nor by its number is in the way of another."""
    suffixes = (_SUFFIX.format(number=f" {one}" if one > 1 else "") for one in count(1))
    titles = (f"{title[: _LONGEST_TITLE - len(suffix)]}{suffix}" for suffix in suffixes)
    return next(one for one in titles if one.casefold() not in taken and _number(one) not in taken)


def _as_it_was(sheet: Json, hidden: Mapping[str, bool]) -> Json:
    """A copy under the name it had, and hidden only if the sheet itself is."""
    properties = sheet["properties"]
    title = _SUFFIX_SEEN.sub("", properties["title"])
    return {**sheet, "properties": {**properties, "title": title, "hidden": hidden.get(title, False)}}
