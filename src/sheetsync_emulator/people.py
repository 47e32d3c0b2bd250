"""People who work in the spreadsheets themselves: a school that types, a colleague who renames a tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sheetsync_emulator.answers import Answer, Json

Perform = Callable[[str, str, Sequence[tuple[str, str]], Json | None], Answer]


@dataclass(frozen=True, slots=True)
class Person:
    """One account at work. What it may not do raises ``ApiError``."""

    email: str
    perform: Perform

    def call(self, verb: str, path: str, body: Json | None = None, **query: str) -> Json:
        """Any call of the two services, as the account would send it."""
        return self.perform(verb, path, tuple(query.items()), body).json()

    def creates(self, name: str, mime: str, folder: str = "") -> str:
        """The id of a new file."""
        parents = {"parents": [folder]} if folder else {}
        made = self.call("POST", "/drive/v3/files", {"name": name, "mimeType": mime} | parents)
        return str(made["id"])

    def shares(self, file: str, email: str, role: str = "writer") -> None:
        body = {"type": "user", "role": role, "emailAddress": email}
        self.call("POST", f"/drive/v3/files/{file}/permissions", body, sendNotificationEmail="false")

    def unshares(self, file: str, email: str) -> None:
        """Take back what an account may do with a file."""
        path = f"/drive/v3/files/{file}/permissions"
        for one in self.call("GET", path, fields="permissions(id,emailAddress)")["permissions"]:
            if one.get("emailAddress") == email:
                self.call("DELETE", f"{path}/{one['id']}")

    def types(self, spreadsheet: str, place: str, value: Any) -> None:
        """Type a value into a cell, «Отчёт!F7», as in a browser: text that looks like a date becomes one."""
        path = f"/v4/spreadsheets/{spreadsheet}/values/{quote(place, safe='')}"
        self.call("PUT", path, {"values": [[value]]}, valueInputOption="USER_ENTERED")

    def reads(self, spreadsheet: str, place: str) -> list[list[Any]]:
        """Values as they are shown."""
        path = f"/v4/spreadsheets/{spreadsheet}/values/{quote(place, safe='')}"
        values: list[list[Any]] = self.call("GET", path).get("values", [])
        return values

    def edits(self, spreadsheet: str, *requests: Json) -> list[Json]:
        """Anything a batch can do: rename a tab, delete a sheet, sort rows."""
        path = f"/v4/spreadsheets/{spreadsheet}:batchUpdate"
        replies: list[Json] = self.call("POST", path, {"requests": list(requests)})["replies"]
        return replies
