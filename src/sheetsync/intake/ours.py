"""Our own workbooks that are no copy of a form: the district workbook and the template of forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sheetsync.columns import DISTRICT_TABLES, MARKS, REPORT, Owner
from sheetsync.grid import Book
from sheetsync.intake.locate import KEY, Found
from sheetsync.intake.marks import is_marks_sheet, printed_marks, property_marks, sheet_marks
from sheetsync.intake.printed import table_rows

_NAMES: Final = frozenset(spec.name for spec in DISTRICT_TABLES)
_SHEETS: Final = frozenset(spec.sheet for spec in DISTRICT_TABLES)
_ANSWERS: Final = tuple(column.key for column in REPORT.columns if column.owner is Owner.SCHOOL)
_ENOUGH: Final = 4
"""So many of its tables or sheets make a workbook the district's."""


def is_district_workbook(book: Book) -> bool:
    """Is this a district workbook, its tables kept or lost?"""
    tables = {table.name for table in book.tables} & _NAMES
    sheets = {sheet.name for sheet in book.sheets} & _SHEETS
    return max(len(tables), len(sheets)) >= _ENOUGH


def is_template(book: Book, tables: Sequence[Found]) -> bool:
    """Is this the form before it was issued to anybody: a hidden sheet without a value, no answers?"""
    hidden = [sheet for sheet in book.sheets if is_marks_sheet(sheet)]
    if not hidden or property_marks(book) or sheet_marks(book):
        return False
    keys = (cells[KEY].text for sheet in hidden for cells in table_rows(sheet, MARKS))
    printed = (marks for sheet in book.sheets for marks in printed_marks(sheet))
    answers = (table.cell(row, key).text for table in tables for row in table.rows for key in _ANSWERS)
    return not any(keys) and not any(printed) and not any(answers)
