"""Spreadsheets: read by one request, written by one batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sheetsync.workbooks.google.asking import Asking
from sheetsync.workbooks.google.port import Json, Request

if TYPE_CHECKING:
    from sheetsync.workbooks.google.http import Errand

DONE_KEY: Final = "sheetsync.done"
"""Developer metadata under which a spreadsheet remembers what was done to it once."""

_SPREADSHEETS: Final = "https://sheets.googleapis.com/v4/spreadsheets"
_MARKS_FIELDS: Final = "developerMetadata(metadataKey,metadataValue)"


class Spreadsheets(Asking):
    """The part of the service that knows what is in spreadsheets."""

    def read(self, spreadsheet: str, fields: str, ranges: Sequence[str] = ()) -> Json:
        params = {"fields": fields, "ranges": list(ranges)}
        return self._http.ask("GET", f"{_SPREADSHEETS}/{spreadsheet}", params)

    def write(self, spreadsheet: str, requests: Sequence[Request]) -> tuple[Json, ...]:
        if not requests:
            return ()
        answer = self._batch(spreadsheet, requests, self._http.errand(repeatable=True))
        return tuple(answer.get("replies", ()))

    def write_once(self, spreadsheet: str, requests: Sequence[Request], mark: str) -> None:
        marked = [*requests, _mark_request(mark)]

        def send(errand: Errand) -> bool:
            self._batch(spreadsheet, marked, errand)
            return True

        self._once(lambda: mark in self._marks(spreadsheet) or None, send)

    def _batch(self, spreadsheet: str, requests: Sequence[Request], errand: Errand) -> Json:
        url = f"{_SPREADSHEETS}/{spreadsheet}:batchUpdate"
        return self._http.ask("POST", url, body={"requests": list(requests)}, errand=errand)

    def _marks(self, spreadsheet: str) -> frozenset[str]:
        return done_in(self.read(spreadsheet, _MARKS_FIELDS))


def done_in(answer: Json) -> frozenset[str]:
    """The marks of what was done to a spreadsheet once, from an answer that tells its metadata."""
    told = answer.get("developerMetadata", ())
    return frozenset(one.get("metadataValue", "") for one in told if one.get("metadataKey") == DONE_KEY)


def _mark_request(mark: str) -> Request:
    """Leaves a mark on the whole spreadsheet, in the same batch as what it stands for."""
    return {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataKey": DONE_KEY,
                "metadataValue": mark,
                "location": {"spreadsheet": True},
                "visibility": "DOCUMENT",
            }
        }
    }
