"""One answer of Google about a sheet as bytes: a format of a copy, like .xlsx.

Of the answer stays what people put into the sheet, in Google's own words, and nothing else: the
same content always gives the same bytes, whoever asked and however the sheet is coloured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sheetsync.intake.snapshot_rules import SPREADSHEET, snapshot_json
from sheetsync.workbooks.google.port import Json

SNAPSHOT_FIELDS: Final = (
    "properties(title,locale,timeZone),"
    "namedRanges(name,range),"
    "sheets("
    "properties(sheetId,title,index,hidden,gridProperties(rowCount,columnCount)),"
    "merges,"
    "protectedRanges(protectedRangeId,range,warningOnly,namedRangeId,tableId,unprotectedRanges),"
    "data(startRow,startColumn,"
    "rowMetadata(hiddenByUser,hiddenByFilter),"
    "columnMetadata(hiddenByUser,hiddenByFilter),"
    "rowData(values("
    "userEnteredValue,effectiveValue,formattedValue,"
    "userEnteredFormat(numberFormat),effectiveFormat(numberFormat),"
    "hyperlink,note,textFormatRuns(startIndex,format(link)),chipRuns))))"
)
"""The mask of the one read that brings all a snapshot keeps."""

_MARK: Final = "google-snapshot/1"
_MOMENTS: Final = frozenset({"DATE", "TIME", "DATE_TIME"})
_EDGES: Final = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
_EXACT: Final = 1e15
"""Below it a whole number is the same number with and without a decimal point."""


def snapshot_bytes(answer: Json) -> bytes:
    """The bytes of a snapshot: those of the answer to ``SNAPSHOT_FIELDS`` that say what is in the sheet."""
    sheets = sorted(answer.get("sheets", []), key=lambda sheet: sheet.get("properties", {}).get("index", 0))
    names = ((one.get("name", ""), _range(one.get("range", {}))) for one in answer.get("namedRanges", []))
    spreadsheet = {
        "namedRanges": [{"name": name, "range": place} for name, place in sorted(names, key=str)],
        "sheets": [_sheet(sheet) for sheet in sheets],
    }
    return snapshot_json({"sheetsync": _MARK, SPREADSHEET: spreadsheet})


def _sheet(sheet: Json) -> Json:
    merges = (_range(one) for one in sheet.get("merges", []))
    is_protected = any(map(_covers_the_sheet, sheet.get("protectedRanges", [])))
    return {
        "properties": _kept(sheet.get("properties", {}), "sheetId", "title", "hidden"),
        "merges": sorted(merges, key=lambda one: [one.get(edge, 0) for edge in _EDGES]),
        "protectedRanges": [{"range": {}}] if is_protected else [],
        "data": [_block(block) for block in sheet.get("data", [])],
    }


def _range(given: Json) -> Json:
    """A range without the zeros that Google writes or leaves out."""
    return _kept(given, "sheetId", *_EDGES)


def _covers_the_sheet(protection: Json) -> bool:
    """Whether a protection forbids writing anywhere, but in the cells it leaves open."""
    place = protection.get("range")
    return place is not None and not protection.get("warningOnly") and not _kept(place, *_EDGES)


def _block(block: Json) -> Json:
    rows = ({"values": _trimmed(map(_cell, row.get("values", [])))} for row in block.get("rowData", []))
    return {
        **_kept(block, "startRow", "startColumn"),
        "rowMetadata": _hidden(block.get("rowMetadata", [])),
        "columnMetadata": _hidden(block.get("columnMetadata", [])),
        "rowData": _trimmed(row if row["values"] else {} for row in rows),
    }


def _hidden(dimensions: Iterable[Json]) -> list[Json]:
    """Which rows or columns are hidden, up to the last such one: the thousand others say nothing."""
    return _trimmed(_kept(one, "hiddenByUser", "hiddenByFilter") for one in dimensions)


def _cell(cell: Json) -> Json:
    typed, shown = _value(cell, "userEnteredValue"), _value(cell, "effectiveValue")
    said = shown or typed
    runs = (_kept(run, "startIndex", "format") for run in cell.get("textFormatRuns", []))
    kept = {
        "userEnteredValue": typed,
        "effectiveValue": {} if shown == typed else shown,
        "textFormatRuns": [run for run in runs if run.get("format", {}).get("link")],
        "chipRuns": [run for run in cell.get("chipRuns", []) if run.get("chip")],
        **_kept(cell, "hyperlink", "note"),
    }
    if "numberValue" in said:
        kept["effectiveFormat"] = _moment_format(cell)
    elif kept["chipRuns"] or not said or "errorValue" in said:
        kept["formattedValue"] = cell.get("formattedValue")
    return {name: value for name, value in kept.items() if value}


def _value(cell: Json, name: str) -> Json:
    """One of the two values of a cell; an empty text is none, 5.0 is 5, and an error is its type."""
    value: Json = dict(cell.get(name, {}))
    number = value.get("numberValue")
    if isinstance(number, float) and number.is_integer() and abs(number) < _EXACT:
        value["numberValue"] = int(number)
    if "errorValue" in value:
        value["errorValue"] = _kept(value["errorValue"], "type")
    return {} if value == {"stringValue": ""} else value


def _moment_format(cell: Json) -> Json:
    """The format that makes a date or an hour of a number; the others change no value."""
    formats = (
        cell.get(name, {}).get("numberFormat", {}) for name in ("effectiveFormat", "userEnteredFormat")
    )
    told: Json = next((one for one in formats if one.get("type")), {})
    return {"numberFormat": _kept(told, "type", "pattern")} if told.get("type") in _MOMENTS else {}


def _kept(given: Mapping[str, Any], *names: str) -> Json:
    """Some fields of an object, without those that say nothing: absent, false, zero or empty texts."""
    return {name: given[name] for name in names if given.get(name) not in (None, False, "")}


def _trimmed(items: Iterable[Json]) -> list[Json]:
    """Without the empty ones at the end."""
    found = list(items)
    while found and not found[-1]:
        found.pop()
    return found
