"""People of the story at their Google sheets: each by an own account, over the same socket as the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from msgspec import Struct

from sheetsync.columns import TableSpec
from sheetsync.text import skeleton
from sheetsync.workbooks.google.address import Address
from sheetsync.workbooks.google.pace import Clock, Sleep
from sheetsync.workbooks.google.port import Google, Json
from sheetsync.workbooks.google.service import GoogleService, connect
from sheetsync.workbooks.google.sign_in import SignIn, Way
from sheetsync.workbooks.google.sign_in_credentials import credentials_of
from sheetsync_emulator.accounts import REFRESH

_FIELDS: Final = "namedRanges(name,range),sheets(properties(sheetId),data(rowData(values(formattedValue))))"
_EPOCH: Final = date(1899, 12, 30)
"""Day 0 of a spreadsheet."""


def trial_account(email: str, base: str, clock: Clock, sleep: Sleep) -> GoogleService:
    """An account signed in to the stand-in at ``base``: nothing of it is kept, no browser is asked."""
    secret = {"client_id": "trial", "client_secret": "trial", "refresh_token": f"{REFRESH}{email}"}
    today = datetime.now().astimezone()
    sign_in = SignIn(Way.BROWSER, today.date(), today, email, secret=secret)
    return connect(credentials_of(sign_in, Address(base)), clock=clock, sleep=sleep, base=base)


class Spot(Struct, frozen=True):
    """A cell of a spreadsheet and the words it shows."""

    sheet: int
    row: int
    column: int
    words: str = ""


Line = Mapping[str, Spot]
"""A row of a table of ours: its cells by the keys of their columns."""


@dataclass
class Desk:
    """A spreadsheet as it lay before one account when it was opened."""

    google: Google
    file: str

    @cached_property
    def _answer(self) -> Json:
        return self.google.read(self.file, _FIELDS)

    @cached_property
    def _names(self) -> dict[str, Json]:
        return {one["name"]: one["range"] for one in self._answer.get("namedRanges", ())}

    def named(self, name: str) -> Spot:
        """The cell of that name."""
        place = self._names[name]
        return self._spot(place, place.get("startRowIndex", 0), place.get("startColumnIndex", 0))

    def lines(self, spec: TableSpec) -> Iterator[Line]:
        """The rows of a table, wherever its columns stand."""
        place = self._names[spec.name]
        top, bottom = place.get("startRowIndex", 0), place["endRowIndex"]
        across = range(place.get("startColumnIndex", 0), place["endColumnIndex"])
        keys = {skeleton(one.header): one.key for one in spec.columns}
        heads = {at: keys.get(skeleton(self._spot(place, top, at).words)) for at in across}
        for row in range(top + 1, bottom):
            yield {key: self._spot(place, row, at) for at, key in heads.items() if key}

    def _spot(self, place: Json, row: int, column: int) -> Spot:
        sheet = place.get("sheetId", 0)
        cells = self._rows[sheet][row].get("values", []) if row < len(self._rows[sheet]) else []
        words = cells[column].get("formattedValue", "") if column < len(cells) else ""
        return Spot(sheet, row, column, words)

    @cached_property
    def _rows(self) -> dict[int, list[Json]]:
        return {
            one["properties"].get("sheetId", 0): one.get("data", [{}])[0].get("rowData", [])
            for one in self._answer["sheets"]
        }

    def types(self, cells: Mapping[Spot, Json]) -> None:
        """Fill cells, all or none. Raises ``GoogleRefused`` when one of them is protected."""
        self.google.write(self.file, [_typed(spot, cell) for spot, cell in cells.items()])


def cell_of(value: object) -> Json:
    """A value as a person types it: a day is a number that looks like a day, a tick is true or false."""
    match value:
        case bool():
            return {"userEnteredValue": {"boolValue": value}}
        case date():
            return {"userEnteredValue": {"numberValue": (value - _EPOCH).days}}
        case int() | float():
            return {"userEnteredValue": {"numberValue": value}}
    return {"userEnteredValue": {"stringValue": str(value)}}


def chip_of(address: str) -> Json:
    """A file put into a cell as a chip: the text there is only a placeholder."""
    return {**cell_of("@"), "chipRuns": [{"chip": {"richLinkProperties": {"uri": address}}}]}


def _typed(spot: Spot, cell: Json) -> Json:
    start = {"sheetId": spot.sheet, "rowIndex": spot.row, "columnIndex": spot.column}
    return {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": ",".join(cell)}}
