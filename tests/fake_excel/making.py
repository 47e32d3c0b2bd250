"""Small workbooks for tests, made in memory: rows of values, tables by address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fake_excel.areas import rect_of
from fake_excel.book import Book
from fake_excel.document import Cell, Document, Name, Sheet, Table
from fake_excel.engine import Engine
from fake_excel.typed import Held
from sheetsync.workbooks.excel_live.xw import xw

Rows = Sequence[Sequence[Held]]


def new_book(
    excel: Engine,
    sheets: Mapping[str, Rows],
    *,
    tables: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    path: str = "/Плавск 2023/Район.xlsm",
) -> Any:
    """A workbook: sheets of rows from A1 on; ``tables`` by name as «Лист!A1:C4»; texts with «=» are formulas."""
    made = [_sheet(name, rows) for name, rows in sheets.items()]
    document = Document(Path(path), made, excel.program)
    document.names = [Name(name, target) for name, target in (names or {}).items()]
    for name, where in (tables or {}).items():
        sheet_name, _, address = where.partition("!")
        sheet = document.sheet(sheet_name)
        assert sheet
        area = rect_of(address)
        headers = [str(sheet.at(area.top, column).value) for column in range(area.left, area.right + 1)]
        sheet.tables.append(Table(name, area, headers))
    excel.documents.insert(0, document)
    return xw.Book(impl=Book(excel._app, document))


def _sheet(name: str, rows: Rows) -> Sheet:
    sheet = Sheet(name)
    for at_row, row in enumerate(rows, 1):
        for at_column, value in enumerate(row, 1):
            if isinstance(value, str) and value.startswith("="):
                sheet.cells[at_row, at_column] = Cell(0.0, value)
            elif value is not None:
                held = value if isinstance(value, str | bool) else float(value)
                sheet.cells[at_row, at_column] = Cell(held)
    return sheet
