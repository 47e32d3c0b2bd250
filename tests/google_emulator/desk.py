"""A spreadsheet of the emulator with an office that owns it and a school that may write in it.

desk = Desk("ru_RU")
desk.types("A1", "1,5")
assert desk.shown("A1") == [["1,5"]]
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from sheetsync_emulator.files import SPREADSHEET
from sheetsync_emulator.people import Person
from sheetsync_emulator.service import Emulator
from sheetsync_emulator.trouble import ApiError

Json = dict[str, Any]

OFFICE = "office@example.org"
SCHOOL = "school@example.org"
FIRST = 0
"""The id of the sheet a new spreadsheet has."""


class Desk:
    """Every call is judged by Google's description of its service, the answers too."""

    def __init__(self, locale: str = "en_US") -> None:
        emulator = Emulator(OFFICE)
        self.office: Person = emulator.person(OFFICE)
        self.school: Person = emulator.person(SCHOOL)
        self.id = self.office.creates("План-график", SPREADSHEET)
        self.office.shares(self.id, SCHOOL)
        self.speak(locale)

    def speak(self, locale: str) -> None:
        change = {"properties": {"locale": locale}, "fields": "locale"}
        self.edit({"updateSpreadsheetProperties": change})

    # --- what people do -------------------------------------------------------------------------

    def edit(self, *requests: Json, by: Person | None = None) -> list[Json]:
        return (by or self.office).edits(self.id, *requests)

    def types(self, place: str, value: Any, by: Person | None = None) -> None:
        (by or self.office).types(self.id, place, value)

    def puts(self, place: str, *rows: list[Any], by: Person | None = None) -> Json:
        """Values written as they are (RAW); gives Google's answer."""
        return (by or self.office).call(
            "PUT", self._values(place), {"values": list(rows)}, valueInputOption="RAW"
        )

    def add_sheet(self, title: str, sheet_id: int, rows: int = 20, columns: int = 10) -> None:
        grid = {"rowCount": rows, "columnCount": columns}
        self.edit({"addSheet": {"properties": {"title": title, "sheetId": sheet_id, "gridProperties": grid}}})

    def fills(self, place: Json, fields: str, *rows: list[Json]) -> None:
        """Cells written whole: ``updateCells``."""
        told = [{"values": row} for row in rows]
        self.edit({"updateCells": {"start": place, "rows": told, "fields": fields}})

    # --- what they see --------------------------------------------------------------------------

    def shown(self, place: str, **options: str) -> list[list[Any]]:
        values: list[list[Any]] = self.office.call("GET", self._values(place), **options).get("values", [])
        return values

    def look(self, *ranges: str, cells: bool = False, by: Person | None = None) -> Json:
        query = {"ranges": ranges[0]} if ranges else {}
        flag = {"includeGridData": "true"} if cells else {}
        return (by or self.office).call("GET", f"/v4/spreadsheets/{self.id}", **query, **flag)

    def cell(self, place: str) -> Json:
        """One cell as ``spreadsheets.get`` tells it, but for how it looks in the end."""
        return {name: part for name, part in self._told(place).items() if name != "effectiveFormat"}

    def appearance(self, place: str) -> Json:
        """How a cell looks in the end: ``effectiveFormat``."""
        found: Json = self._told(place)["effectiveFormat"]
        return found

    def _told(self, place: str) -> Json:
        grid = self.look(place, cells=True)["sheets"][0]["data"][0]
        rows = grid.get("rowData", [{}])
        found: Json = rows[0].get("values", [{}])[0]
        return found

    def sheet(self, title: str = "Sheet1", by: Person | None = None) -> Json:
        """A sheet without its cells."""
        sheets = self.look(by=by)["sheets"]
        return next(one for one in sheets if one["properties"]["title"] == title)

    def calculated(self, formula: str) -> Any:
        """What a formula typed into Z1 shows."""
        self.types("Z1", formula)
        found = self.shown("Z1", valueRenderOption="UNFORMATTED_VALUE")
        return found[0][0] if found else None

    def refused(self, *requests: Json, by: Person | None = None) -> str:
        """Google's words on a batch it does not accept."""
        with pytest.raises(ApiError) as trouble:
            self.edit(*requests, by=by)
        assert trouble.value.code == 400
        return trouble.value.message

    def _values(self, place: str) -> str:
        return f"/v4/spreadsheets/{self.id}/values/{quote(place, safe='')}"


def text(value: str) -> Json:
    """A cell that holds a text."""
    return {"userEnteredValue": {"stringValue": value}}


def grid(box: str, sheet_id: int = FIRST) -> Json:
    """«A1:C3» as a ``GridRange``."""
    first, _, last = box.partition(":")
    last = last or first
    return {
        "sheetId": sheet_id,
        "startRowIndex": int(first[1:]) - 1,
        "endRowIndex": int(last[1:]),
        "startColumnIndex": ord(first[0]) - ord("A"),
        "endColumnIndex": ord(last[0]) - ord("A") + 1,
    }


def lines(dimension: str, start: int, end: int, sheet_id: int = FIRST) -> Json:
    """Rows or columns counted from 0, the end not among them."""
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}
