"""The addresses the emulator answers, named as Google's discovery documents name the methods."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final
from urllib.parse import unquote


class Api(StrEnum):
    SHEETS = "sheets"
    DRIVE = "drive"


class Cost(StrEnum):
    """Which quota a call is counted against; Drive's is not counted here."""

    READ = "Read"
    WRITE = "Write"
    FREE = ""


@dataclass(frozen=True)
class Route:
    """One method: ``name`` is its id in the discovery document without the name of the API."""

    verb: str
    path: str
    name: str
    cost: Cost = Cost.FREE

    @property
    def api(self) -> Api:
        return Api.SHEETS if self.path.startswith("/v4/") else Api.DRIVE

    @property
    def id(self) -> str:
        return f"{self.api}.{self.name}"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        pieces = re.split(r"\{(\w+)\}", self.path)
        fixed = [re.escape(one) for one in pieces[::2]]
        named = [f"(?P<{one}>[^/]+?)" for one in pieces[1::2]]
        return re.compile("".join(a + b for a, b in zip(fixed, [*named, ""], strict=True)) + r"\Z")


@dataclass(frozen=True, slots=True)
class Found:
    route: Route
    places: dict[str, str]
    """What the address says where the route has a name in braces."""


_SPREADSHEET: Final = "/v4/spreadsheets/{spreadsheetId}"
_VALUES: Final = f"{_SPREADSHEET}/values"
_FILE: Final = "/drive/v3/files/{fileId}"
_PERMISSION: Final = f"{_FILE}/permissions/{{permissionId}}"

# methods with a word after the colon stand before the plainer ones that would also match
ROUTES: Final = (
    Route("POST", "/v4/spreadsheets", "spreadsheets.create", Cost.WRITE),
    Route("POST", f"{_SPREADSHEET}:batchUpdate", "spreadsheets.batchUpdate", Cost.WRITE),
    Route("POST", f"{_SPREADSHEET}:getByDataFilter", "spreadsheets.getByDataFilter", Cost.READ),
    Route("GET", _SPREADSHEET, "spreadsheets.get", Cost.READ),
    Route("GET", f"{_VALUES}:batchGet", "spreadsheets.values.batchGet", Cost.READ),
    Route("POST", f"{_VALUES}:batchUpdate", "spreadsheets.values.batchUpdate", Cost.WRITE),
    Route("POST", f"{_VALUES}:batchClear", "spreadsheets.values.batchClear", Cost.WRITE),
    Route("POST", f"{_VALUES}:batchGetByDataFilter", "spreadsheets.values.batchGetByDataFilter", Cost.READ),
    Route(
        "POST",
        f"{_VALUES}:batchUpdateByDataFilter",
        "spreadsheets.values.batchUpdateByDataFilter",
        Cost.WRITE,
    ),
    Route(
        "POST",
        f"{_VALUES}:batchClearByDataFilter",
        "spreadsheets.values.batchClearByDataFilter",
        Cost.WRITE,
    ),
    Route("POST", f"{_VALUES}/{{range}}:append", "spreadsheets.values.append", Cost.WRITE),
    Route("POST", f"{_VALUES}/{{range}}:clear", "spreadsheets.values.clear", Cost.WRITE),
    Route("GET", f"{_VALUES}/{{range}}", "spreadsheets.values.get", Cost.READ),
    Route("PUT", f"{_VALUES}/{{range}}", "spreadsheets.values.update", Cost.WRITE),
    Route("POST", f"{_SPREADSHEET}/sheets/{{sheetId}}:copyTo", "spreadsheets.sheets.copyTo", Cost.WRITE),
    Route(
        "POST",
        f"{_SPREADSHEET}/developerMetadata:search",
        "spreadsheets.developerMetadata.search",
        Cost.READ,
    ),
    Route(
        "GET",
        f"{_SPREADSHEET}/developerMetadata/{{metadataId}}",
        "spreadsheets.developerMetadata.get",
        Cost.READ,
    ),
    Route("GET", "/drive/v3/about", "about.get"),
    Route("GET", "/drive/v3/changes/startPageToken", "changes.getStartPageToken"),
    Route("GET", "/drive/v3/changes", "changes.list"),
    Route("GET", "/drive/v3/files", "files.list"),
    Route("POST", "/drive/v3/files", "files.create"),
    Route("GET", _FILE, "files.get"),
    Route("PATCH", _FILE, "files.update"),
    Route("DELETE", _FILE, "files.delete"),
    Route("POST", f"{_FILE}/copy", "files.copy"),
    Route("GET", f"{_FILE}/export", "files.export"),
    Route("GET", f"{_FILE}/permissions", "permissions.list"),
    Route("POST", f"{_FILE}/permissions", "permissions.create"),
    Route("GET", _PERMISSION, "permissions.get"),
    Route("PATCH", _PERMISSION, "permissions.update"),
    Route("DELETE", _PERMISSION, "permissions.delete"),
    Route("GET", f"{_FILE}/comments", "comments.list"),
    Route("POST", f"{_FILE}/comments", "comments.create"),
)


def find(verb: str, path: str) -> Found | None:
    """The method behind an address that is still percent-encoded, as it came."""
    for route in ROUTES:
        if route.verb == verb and (match := route.pattern.match(path)):
            return Found(route, {name: unquote(value) for name, value in match.groupdict().items()})
    return None
