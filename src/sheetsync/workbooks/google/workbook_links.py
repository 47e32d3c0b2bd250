"""Links to places of the spreadsheet: «#Лист!A1» to everybody, «#gid=…&range=A1» to Google."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.workbook_cells import GoogleCell
from sheetsync.workbooks.google.workbook_model import BookModel
from sheetsync.workbooks.links_xml import split_link
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.references import quoted
from sheetsync.workbooks.shift import Shift, in_range

_INSIDE: Final = re.compile(r"#gid=(\d+)(?:&range=(.+))?")
_PLACE: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(.+)")
_FIRST_CELL: Final = "A1"


class BookLinks(Struct, frozen=True):
    """Links of one spreadsheet."""

    book: BookModel

    def of(self, out: Out) -> str | None:
        """Where a value leads to, as Google writes it; None for an address no program opens."""
        parts = split_link(out.link) if out.link else None
        if parts is None:
            return None
        address, place = parts
        if address:
            return f"{address}#{place}" if place else address
        found = _PLACE.fullmatch(place)
        sheet = self.book.titled((found[1] or found[2]).replace("''", "'")) if found else None
        return f"#gid={sheet.id}&range={found[3]}" if found and sheet else None

    def told(self, link: str) -> str:
        """A link as every medium tells it."""
        found = _INSIDE.fullmatch(link)
        sheet = self.book.sheets.get(int(found[1])) if found else None
        if found is None or sheet is None:
            return link
        return f"#{quoted(sheet.title)}!{found[2] or _FIRST_CELL}"


def with_moved_links(cell: GoogleCell, sheet: int, shift: Shift) -> GoogleCell:
    """The cell with its links to places of a sheet following these."""
    runs = tuple(_moved(run, sheet, shift) for run in cell.runs)
    return cell if runs == cell.runs else replace(cell, runs=runs)


def _moved(run: Json, sheet: int, shift: Shift) -> Json:
    form = run.get("format", {})
    found = _INSIDE.fullmatch(form.get("link", {}).get("uri", ""))
    if found is None or int(found[1]) != sheet or not found[2]:
        return run
    uri = f"#gid={sheet}&range={in_range(found[2], shift, shift.sheet)}"
    return {**run, "format": {**form, "link": {"uri": uri}}}
