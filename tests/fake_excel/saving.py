"""A copy of the document as a file: what SaveCopyAs leaves on the disk."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from fake_excel.document import Document, Sheet
from fake_excel.errors import UncertainManner, refused


def save_copy(document: Document, target: Path) -> None:
    """Values and formulas as they are now, in the file the workbook was opened from.

    The kind of file is the workbook's own, whatever the name says: under another suffix Excel would
    later refuse to open it.
    """
    if target.suffix.lower() != document.path.suffix.lower():
        raise UncertainManner("SaveCopyAs keeps the kind of file: the suffix has to be the workbook's own")
    if not target.parent.is_dir():
        raise refused("Microsoft Excel cannot access the file. The folder does not exist.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(document.original), keep_vba=target.suffix == ".xlsm")
    for sheet in document.sheets:
        _fill(book[sheet.name], sheet)
    book.save(target)
    if book.vba_archive:
        book.vba_archive.close()


def _fill(written: Worksheet, sheet: Sheet) -> None:
    """The sheet of the file as the sheet in memory is."""
    for merge in list(written.merged_cells.ranges):
        written.unmerge_cells(merge.coord)
    for row in written.iter_rows():
        for cell in row:
            written[cell.coordinate] = None
    for (row_at, column_at), held in sheet.cells.items():
        target = written.cell(row_at, column_at)
        target.number_format = held.look.number_format
        target.value = held.formula or held.value
        target.data_type = "s" if isinstance(held.value, str) and not held.formula else target.data_type
    for area in sheet.merges:
        written.merge_cells(area.address(False, False))
    states = {one.name: one for one in sheet.tables}
    for table in list(written.tables.values()):
        if table.displayName not in states:
            del written.tables[table.displayName]
            continue
        table.ref = states[table.displayName].area.address(False, False)
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref
