"""The same workbook twice: as a file, and translated into a spreadsheet of the emulator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from google_district import GoogleDistrict

from sheetsync.grid import Cell, a1, position
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.port import FileKind, Google, Json
from sheetsync.workbooks.google.translation import translated
from sheetsync.workbooks.google.workbook import GoogleWorkbook
from sheetsync.workbooks.google.workbook_model import PUBLISHED_FIELDS, BookModel
from sheetsync.workbooks.port import TableRows

WRITES = "POST .*:batchUpdate"
READS = "GET /v4/spreadsheets/"


@dataclass
class OnGoogle:
    """A spreadsheet, read anew whenever it is looked at."""

    district: GoogleDistrict
    id: str

    @property
    def google(self) -> Google:
        return self.district.office

    @property
    def book(self) -> GoogleWorkbook:
        return GoogleWorkbook.opened(self.google, self.id)

    @property
    def model(self) -> BookModel:
        return BookModel.of(self.google.read(self.id, PUBLISHED_FIELDS))

    def changed(self, change: Callable[[GoogleWorkbook], Any]) -> Any:
        """Change it in one go; what the change gave."""
        book = self.book
        outcome = change(book)
        book.commit(self.google, self.id)
        return outcome

    def cells(self, sheet: str) -> dict[str, object]:
        """Formulas as text, values otherwise, as ``office_workbook.grid`` tells them of a file."""
        found = self.model.titled(sheet)
        assert found is not None
        return {a1(*at): _said(cell.to_cell()) for at, cell in found.cells.items() if cell.value}

    def typed(self, sheet: str, address: str, value: Json | None, by: Google | None = None) -> None:
        """What a person in the browser types into one cell."""
        told = self.google.read(self.id, "sheets(properties(sheetId,title))")["sheets"]
        ids = {one["properties"]["title"]: one["properties"].get("sheetId", 0) for one in told}
        row, column = position(address)
        start = {"sheetId": ids[sheet], "rowIndex": row - 1, "columnIndex": column - 1}
        cell = {"userEnteredValue": value} if value else {}
        rows = [{"values": [cell]}]
        request = {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
        (by or self.google).write(self.id, [request])

    def writes(self) -> int:
        return self.district.calls(WRITES)

    def reads(self) -> int:
        return self.district.calls(READS)


@contextmanager
def unjudged(district: GoogleDistrict) -> Iterator[None]:
    """Calls that other tests let be judged by the discovery documents: a large answer takes seconds."""
    judge, district.emulator.judge = district.emulator.judge, None
    try:
        yield
    finally:
        district.emulator.judge = judge


def on_google(district: GoogleDistrict, data: bytes) -> OnGoogle:
    """A workbook file as a spreadsheet."""
    marks = {"test": str(district.calls())}
    file = district.office.made(FileKind.SPREADSHEET, "Район", marks)
    district.office.write(file.id, translated(data, title="Район").requests)
    return OnGoogle(district, file.id)


def in_file(data: bytes, change: Callable[[ExcelFile], Any]) -> tuple[bytes, Any]:
    """A file after a change, and what the change gave."""
    book = ExcelFile.from_bytes(data)
    outcome = change(book)
    return book.to_bytes(), outcome


def shown(table: TableRows) -> TableRows:
    """A table without the wording of its formulas, an empty text as nothing."""
    rows = tuple(tuple(_plain(cell) for cell in row) for row in table.rows)
    return TableRows(table.headers, rows, table.sheet, table.first_row)


def _plain(cell: Cell) -> Cell:
    if cell.formula is not None:
        return Cell(None, "", cell.links, cell.comment)
    return Cell(None if cell.value == "" else cell.value, None, cell.links, cell.comment)


def _said(cell: Cell) -> object:
    return cell.value if cell.formula is None else f"={cell.formula}"
