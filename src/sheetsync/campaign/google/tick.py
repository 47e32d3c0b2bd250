"""The tick «Собрать сейчас» in the Google district spreadsheet, and the line that answers it."""

from __future__ import annotations

from typing import Final

from sheetsync.columns import GoogleCell
from sheetsync.workbooks.google.port import Google, Json, Request

_TICK: Final = "sheets(data(rowData(values(effectiveValue))))"
_PLACES: Final = "namedRanges(name,range)"


def asked_to_collect(google: Google, spreadsheet: str) -> bool:
    """Whether somebody ticked it: one small request. Raises ``GoogleRefused``."""
    answer = google.read(spreadsheet, _TICK, (GoogleCell.COLLECT_NOW,))
    cells = (
        cell
        for sheet in answer.get("sheets", ())
        for block in sheet.get("data", ())
        for row in block.get("rowData", ())
        for cell in row.get("values", ())
    )
    return any(cell.get("effectiveValue", {}).get("boolValue") is True for cell in cells)


def answered(google: Google, spreadsheet: str, words: str) -> None:
    """Take the tick away and write what came of it, in one write. Raises ``GoogleRefused``."""
    names = {one["name"]: one["range"] for one in google.read(spreadsheet, _PLACES).get("namedRanges", ())}
    told: dict[str, Json] = {
        GoogleCell.COLLECT_NOW: {"boolValue": False},
        GoogleCell.OUTCOME: {"stringValue": words},
    }
    google.write(spreadsheet, [_put(names[name], value) for name, value in told.items() if name in names])


def _put(place: Json, value: Json) -> Request:
    rows = [{"values": [{"userEnteredValue": value}]}]
    return {"updateCells": {"range": place, "rows": rows, "fields": "userEnteredValue"}}
