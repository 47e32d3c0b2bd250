"""Translated workbooks put into the emulator, and what stands there then.

office = Office()
sheet = office.issue(form())
sheet.cell("Отчёт", "B8")
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sheetsync.grid import position
from sheetsync.workbooks.google.port import FileKind, Json, Request
from sheetsync.workbooks.google.translation import (
    FRESH,
    THERE_FIELDS,
    There,
    Translation,
    there_in,
    translated,
)
from sheetsync_emulator.service import Emulator

OFFICE = "office@example.org"
SCHOOL_MAIL = "school@example.org"
FIELDS = (
    "properties(title,locale,timeZone),namedRanges,"
    "sheets(properties,merges,protectedRanges,conditionalFormats,basicFilter,data("
    "rowData(values(userEnteredValue,effectiveValue,formattedValue,userEnteredFormat,note,hyperlink,"
    "textFormatRuns,dataValidation)),rowMetadata(pixelSize,hiddenByUser),columnMetadata(pixelSize,hiddenByUser)))"
)
"""What the tests look at."""


@dataclass
class Refused(Exception):
    status: int
    words: str


@dataclass
class GoogleCopy:
    """One spreadsheet of the emulator as its last answer shows it."""

    id: str
    answer: Json = field(repr=False)

    def sheet(self, title: str) -> Json:
        return next(one for one in self.answer["sheets"] if one["properties"]["title"] == title)

    def titles(self) -> list[str]:
        return [one["properties"]["title"] for one in self.answer["sheets"]]

    def cell(self, title: str, address: str) -> Json:
        row, column = position(address)
        rows = self.sheet(title)["data"][0].get("rowData", [])
        values = rows[row - 1].get("values", []) if row <= len(rows) else []
        return dict(values[column - 1]) if column <= len(values) else {}

    def value(self, title: str, address: str) -> Any:
        """What was entered: a text, a number, a truth, a formula."""
        return next(iter(self.cell(title, address).get("userEnteredValue", {}).values()), None)

    def shown(self, title: str, address: str) -> Any:
        """What is calculated."""
        return next(iter(self.cell(title, address).get("effectiveValue", {}).values()), None)

    def names(self) -> dict[str, Json]:
        return {one["name"]: one["range"] for one in self.answer.get("namedRanges", ())}


class Office:
    """The account of an office in an emulator of its own; ``judged`` by Google's description of every call."""

    def __init__(self, *, judged: bool = True) -> None:
        self.emulator = Emulator(owner=OFFICE, check=judged)

    def issue(self, data: bytes, **options: Any) -> GoogleCopy:
        """A fresh spreadsheet with a translated workbook."""
        made = self.ask("POST", "/drive/v3/files", {"name": "Проба", "mimeType": FileKind.SPREADSHEET.value})
        self.put(made["id"], data, FRESH, **options)
        return self.copy(made["id"])

    def issue_again(self, spreadsheet: str, data: bytes, **options: Any) -> GoogleCopy:
        """A newer issue into the same spreadsheet."""
        self.put(spreadsheet, data, self.there(spreadsheet), **options)
        return self.copy(spreadsheet)

    def there(self, spreadsheet: str) -> There:
        return there_in(self.ask("GET", f"/v4/spreadsheets/{spreadsheet}?fields={THERE_FIELDS}"))

    def put(self, spreadsheet: str, data: bytes, there: There, **options: Any) -> Translation:
        options = {"title": "Проба", "editors": (OFFICE,), "guard_words": "План не меняется"} | options
        done = translated(data, there=there, **options)
        self.batch(spreadsheet, done.requests)
        return done

    def batch(self, spreadsheet: str, requests: Sequence[Request], token: str = "") -> Json:
        return self.ask(
            "POST", f"/v4/spreadsheets/{spreadsheet}:batchUpdate", {"requests": list(requests)}, token
        )

    def copy(self, spreadsheet: str) -> GoogleCopy:
        return GoogleCopy(spreadsheet, self.ask("GET", f"/v4/spreadsheets/{spreadsheet}?fields={FIELDS}"))

    def share(self, spreadsheet: str, email: str) -> str:
        """Make somebody an editor; gives that person's token."""
        told = {"type": "user", "role": "writer", "emailAddress": email}
        self.ask("POST", f"/drive/v3/files/{spreadsheet}/permissions?sendNotificationEmail=false", told)
        return self.emulator.accounts.token_for(email)

    def ask(self, verb: str, url: str, body: Json | None = None, token: str = "") -> Json:
        """One call; ``Refused`` with Google's words when it is refused."""
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.emulator.handle(verb, url, headers, data)
        content = json.loads(answer.body or b"{}")
        if answer.status >= 400:
            raise Refused(answer.status, content["error"]["message"])
        return dict(content)
