"""Rows of a table are known by their keys: what belongs to a row goes with it."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter

from office_workbook import (
    entries_body,
    grid,
    notes_of,
    office_workbook,
    opened,
    parts,
    replaced,
    style_of,
)
from sheetsync.columns import ENTRIES, ENTRIES_SHEET
from sheetsync.workbooks.port import Orphan, Out, TableBody

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def test_what_the_office_wrote_beside_a_row_follows_its_key() -> None:
    found = grid(replaced(office_workbook(3), entries_body("k3", "новая", "k1", "k2")), ENTRIES_SHEET)

    assert [found.get(f"H{row}") for row in range(5, 9)] == ["заметка k3", None, "заметка k1", "заметка k2"]
    assert [found.get(f"C{row}") for row in range(5, 9)] == ["пометка k3", None, "пометка k1", "пометка k2"]
    assert found["I7"] == '=IF(B7="выполнено",1,0)'
    assert found["J7"] == "=SUM(I$5:I7)"


def test_the_height_the_note_and_the_colour_follow_too() -> None:
    data = replaced(office_workbook(3), entries_body("k3", "новая", "k1", "k2"))
    sheet = openpyxl.load_workbook(io.BytesIO(data))[ENTRIES_SHEET]
    before = openpyxl.load_workbook(io.BytesIO(office_workbook(3)))[ENTRIES_SHEET]

    assert sheet.row_dimensions[5].height == before.row_dimensions[7].height
    assert sheet.row_dimensions[7].height == before.row_dimensions[5].height
    assert {"B8", "H8"} <= set(notes_of(data, ENTRIES_SHEET))
    assert style_of(data, ENTRIES_SHEET, "H7") == style_of(office_workbook(3), ENTRIES_SHEET, "H5") != ""
    assert style_of(data, ENTRIES_SHEET, "H6") == "General"


def test_a_row_the_office_painted_stays_painted_and_new_rows_look_usual() -> None:
    painted = openpyxl.load_workbook(io.BytesIO(office_workbook(3)))
    painted[ENTRIES_SHEET]["B5"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")
    out = io.BytesIO()
    painted.save(out)

    data = replaced(out.getvalue(), entries_body("новая", "k2", "k1"))

    assert [style_of(data, ENTRIES_SHEET, f"B{row}") for row in (5, 6, 7)] == [
        "General",
        "General",
        "FF00FF00 General",
    ]


def test_samples_give_each_row_the_style_of_a_row_of_the_template() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Лист")
    sheet.add_table("A1:A3", {"name": "tbl", "columns": [{"header": "Что"}]})
    sheet.write("A2", None, book.add_format({"bg_color": "#FF0000"}))
    sheet.write("A3", None, book.add_format({"bg_color": "#00FF00"}))
    book.close()
    body = TableBody(("Что",), tuple((Out(text),) for text in "абв"), samples=(1, 0, 1))

    data = replaced(out.getvalue(), body, "tbl")

    assert [style_of(data, "Лист", f"A{row}")[:8] for row in (2, 3, 4)] == [
        "FF00FF00",
        "FFFF0000",
        "FF00FF00",
    ]


def test_what_lost_its_row_is_told() -> None:
    orphans = opened(office_workbook(3)).replace_table(ENTRIES.name, entries_body("k1", "k3"))

    assert set(orphans) == {
        Orphan("k2", "C6", "пометка k2"),
        Orphan("k2", "H6", "заметка k2"),
        Orphan("k2", "I6", '=IF(B6="выполнено",1,0)'),
        Orphan("k2", "J6", "=SUM(I$5:I6)"),
        Orphan("k2", "K6", f"сюда #'{ENTRIES_SHEET}'!A6"),
        Orphan("k2", "H6", "позвонить в школу"),
        Orphan("k2", "B6", "спорно"),
    }


def test_equal_keys_are_told_apart_by_their_order() -> None:
    data = office_workbook(keys=("k", "k", "z"))
    found = grid(replaced(data, entries_body("z", "k", "k", "k")), ENTRIES_SHEET)

    assert [found.get(f"J{row}") for row in range(5, 9)] == [
        "=SUM(I$5:I5)",
        "=SUM(I$5:I6)",
        "=SUM(I$5:I7)",
        None,
    ]
    assert [found.get(f"H{row}") for row in range(5, 9)] == ["заметка z", "заметка k", "заметка k", None]


def test_without_key_headers_a_row_is_known_by_all_it_says() -> None:
    body = entries_body("k2", ("k1", "не начато"))
    whole = TableBody(body.headers, body.rows)

    orphans = opened(office_workbook(2)).replace_table(ENTRIES.name, whole)

    assert {one.text for one in orphans if one.cell == "H5"} == {"заметка k1"}
    assert not [one for one in orphans if one.cell.endswith("6")]


def test_a_calculated_column_of_the_office_is_filled_down() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Лист")
    columns = [{"header": "Число"}, {"header": "Вдвое", "formula": "=tbl[[#This Row],[Число]]*2"}]
    sheet.add_table("A1:B3", {"name": "tbl", "columns": columns, "data": [[1], [2]]})
    book.close()
    body = TableBody(("Число",), tuple((Out(number),) for number in (2, 3, 4)))
    book_file = opened(out.getvalue())

    assert book_file.replace_table("tbl", body) == ()
    found = grid(book_file.to_bytes(), "Лист")
    assert [found[f"B{row}"] for row in (2, 3, 4)] == ["=tbl[[#This Row],[Число]]*2"] * 3
    table = parts(book_file.to_bytes())["xl/tables/table1.xml"].decode()
    assert "<calculatedColumnFormula>tbl[[#This Row],[Число]]*2</calculatedColumnFormula>" in table


def test_a_totals_row_stays_the_last_one() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Лист")
    columns = [{"header": "Что", "total_string": "Итого"}, {"header": "Число", "total_function": "sum"}]
    sheet.add_table("A1:B3", {"name": "tbl", "columns": columns, "data": [["а", 1]], "total_row": True})
    book.close()
    rows = tuple((Out(text), Out(1)) for text in "абвг")

    data = replaced(out.getvalue(), TableBody(("Что", "Число"), rows), "tbl")

    assert grid(data, "Лист")["A6"] == "Итого"
    assert grid(data, "Лист")["B6"] == "=SUBTOTAL(109,[Число])"
    assert b'ref="A1:B6"' in parts(data)["xl/tables/table1.xml"]
    assert b'<autoFilter ref="A1:B5"/>' in parts(data)["xl/tables/table1.xml"]
