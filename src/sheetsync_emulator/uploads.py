"""Drive's uploads: a table of CSV that takes the place of what a spreadsheet held."""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from sheetsync_emulator import refusals
from sheetsync_emulator.answers import Answer, of_json
from sheetsync_emulator.files import File
from sheetsync_emulator.permissions import Power
from sheetsync_emulator.ranges import quoted
from sheetsync_emulator.shelf import Shelf
from sheetsync_emulator.spreadsheet import Spreadsheet

PLACE: Final = "/upload/"
ZONE_OF_IMPORTS: Final = "America/Los_Angeles"
"""The time zone Google gave every imported table in the recordings."""

TABLE: Final = re.compile(r"/upload/drive/v2/files/(?P<file>[\w-]+)")


def imported(shelf: Shelf, file: File, rows: list[list[str]]) -> Spreadsheet:
    """A fresh spreadsheet whose one sheet holds the table."""
    book = shelf.new_book(file.id, file.name)
    sheet = {"properties": {"sheetId": 0, "title": file.name}, "fields": "title"}
    zone = {"properties": {"timeZone": ZONE_OF_IMPORTS}, "fields": "timeZone"}
    requests = [{"updateSheetProperties": sheet}, {"updateSpreadsheetProperties": zone}]
    book.batch_update({"requests": requests}, file.owner, file.owner)
    place = f"{quoted(file.name)}!A1"
    book.values_update(place, {"values": rows}, {"valueInputOption": "USER_ENTERED"}, file.owner, file.owner)
    return book


def answer(shelf: Shelf, user: str, verb: str, path: str, body: bytes) -> Answer:
    """Google reads the table as if somebody typed it; one sheet is left."""
    found = TABLE.fullmatch(path)
    if verb != "PUT" or found is None:
        raise refusals.not_emulated(f"{verb} {path}")
    file = shelf.found(found["file"], user, Power.WRITE)
    rows = list(csv.reader(io.StringIO(body.decode())))
    file.book = imported(shelf, file, rows)
    shelf.changed(file, user, content=True)
    return of_json({"kind": "drive#file", "id": file.id})
