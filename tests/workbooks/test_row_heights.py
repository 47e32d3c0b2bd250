"""Rows grow with their wrapped texts; a height a person set stays."""

from __future__ import annotations

import io

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Alignment
from openpyxl.worksheet.table import Table

from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out, TableBody
from sheetsync.workbooks.text_lines import line_count

LONG = "Проведение педагогического совета по итогам внешних оценочных процедур. " * 4


def workbook(width: float, height: float | None = None) -> bytes:
    """One table of one column and three rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.column_dimensions["A"].width = width
    for row, text in enumerate(("Мероприятие", "первое", "второе", "третье"), 1):
        sheet.cell(row, 1, text).alignment = Alignment(wrap_text=True)
    if height:
        sheet.row_dimensions[2].height = height
    sheet.add_table(Table(displayName="tbl_plan", ref="A1:A4"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def heights(data: bytes, *texts: str) -> list[float | None]:
    file = ExcelFile.from_bytes(data)
    file.replace_table("tbl_plan", TableBody(("Мероприятие",), tuple((Out(text),) for text in texts)))
    sheet = openpyxl.load_workbook(io.BytesIO(file.to_bytes())).active
    return [sheet.row_dimensions[row].height for row in range(2, 2 + len(texts))]


def test_a_long_text_makes_its_row_tall_and_a_short_one_leaves_it() -> None:
    tall, usual = heights(workbook(30), LONG, "коротко")

    assert tall is not None
    assert tall > 100
    assert usual is None


def test_a_wider_column_needs_lower_rows() -> None:
    narrow, wide = heights(workbook(20), LONG)[0], heights(workbook(80), LONG)[0]

    assert narrow is not None
    assert wide is not None
    assert narrow > 2 * wide


def test_a_height_the_office_set_stays() -> None:
    assert heights(workbook(20, height=33), "первое")[0] == 33


def test_no_row_is_taller_than_excel_allows() -> None:
    assert heights(workbook(10), LONG * 20)[0] == 409


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="аШi 1\n", max_size=200), st.floats(2, 60), st.floats(0, 20))
def test_more_room_never_needs_more_lines(text: str, room: float, more: float) -> None:
    assert line_count(text, room + more) <= line_count(text, room)
