"""A copy of the document as a file: what SaveCopyAs leaves on the disk."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from fake_excel.document import Document, Sheet
from fake_excel.errors import refused


def save_copy(document: Document, target: Path) -> None:
    """Values and formulas as they are now, in the file the workbook was opened from.

    The kind of file is the workbook's own, whatever the name says: another suffix makes a file Excel
    later refuses to open, so it is refused here.
    """
    if target.suffix.lower() != document.path.suffix.lower():
        raise refused("SaveCopyAs keeps the file format: the suffix must be the workbook's own")
    if not target.parent.is_dir():
        raise refused("Microsoft Excel cannot access the file. The folder does not exist.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(document.original), keep_vba=target.suffix == ".xlsm")
    for sheet in document.sheets:
        _fill(book[sheet.name], sheet)
    book.save(target)


def _fill(written: Worksheet, sheet: Sheet) -> None:
    for table in list(written.tables.values()):
        state = next((one for one in sheet.tables if one.name == table.displayName), None)
        if state is None:
            del written.tables[table.displayName]
    written.merged_cells.ranges.clear()
    for row in written.iter_rows():
        for cell in row:
            cell.value = None
    for (row_at, column_at), cell in sheet.cells.items():
        written.cell(row_at, column_at).value = cell.formula or cell.value
