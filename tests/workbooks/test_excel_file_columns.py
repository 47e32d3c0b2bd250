"""Columns come and go; other programs find the workbook in order."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openxml_audit import OpenXmlValidator

from office_workbook import (
    OTHER_TABLE,
    attributes,
    entries_body,
    grid,
    matrix_body,
    office_workbook,
    replaced,
)
from resaving import saved_by_libreoffice
from sheetsync.columns import ENTRIES, ENTRIES_SHEET, MATRIX, MATRIX_SHEET, PANEL
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.fitting import TableInTheWayError
from sheetsync.workbooks.port import Out

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

# --- columns ------------------------------------------------------------------------------------


def test_a_new_participant_gets_a_column_in_the_looks_of_its_neighbour() -> None:
    data = replaced(office_workbook(), matrix_body("Ясеневская", "Берёзовская", "Липовская"), MATRIX.name)
    found = grid(data, MATRIX_SHEET)

    assert [found[f"{column}4"] for column in "DEF"] == ["Ясеневская", "Берёзовская", "Липовская"]
    assert found["H5"] == "рядом 1"
    assert attributes(data, MATRIX_SHEET, "conditionalFormatting", "sqref") == ["D5:F6"]
    assert attributes(data, MATRIX_SHEET, "mergeCell", "ref") == ["A2:F2"]
    widths = {
        column: one.width
        for column, one in openpyxl.load_workbook(io.BytesIO(data))[MATRIX_SHEET].column_dimensions.items()
    }
    assert widths["F"] == widths["D"]
    assert widths["H"] == pytest.approx(33.71, abs=0.1)


def test_a_participant_who_left_takes_the_column_along() -> None:
    data = replaced(office_workbook(), matrix_body("Берёзовская", dropped=("Ясеневская",)), MATRIX.name)
    found = grid(data, MATRIX_SHEET)

    assert [found.get(f"{column}4") for column in "DEF"] == ["Берёзовская", None, None]
    assert found["F5"] == "рядом 1"
    assert attributes(data, MATRIX_SHEET, "conditionalFormatting", "sqref") == ["D5:D6"]


def test_a_renamed_participant_keeps_the_place_of_the_column() -> None:
    body = matrix_body("Дубовская", "Берёзовская", dropped=("Ясеневская",))
    data = replaced(office_workbook(), body, MATRIX.name)

    assert [grid(data, MATRIX_SHEET)[f"{column}4"] for column in "DE"] == ["Дубовская", "Берёзовская"]
    assert grid(data, MATRIX_SHEET)["G5"] == "рядом 1"
    assert replaced(data, body, MATRIX.name) == data


def test_a_column_of_the_offices_own_is_never_taken_away() -> None:
    data = replaced(office_workbook(), matrix_body("Липовская"), MATRIX.name)

    headers = ExcelFile.from_bytes(data).read_table(MATRIX.name).headers
    assert headers == (*MATRIX.headers, "Липовская", "Ясеневская", "Берёзовская")


def test_equal_names_of_participants_are_told_apart() -> None:
    data = replaced(office_workbook(), matrix_body("Ясеневская", "Ясеневская"), MATRIX.name)

    assert ExcelFile.from_bytes(data).read_table(MATRIX.name).headers[3:5] == ("Ясеневская", "Ясеневская (2)")
    assert replaced(data, matrix_body("Ясеневская", "Ясеневская"), MATRIX.name) == data


def test_a_table_in_the_way_of_a_new_column_is_not_torn() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(MATRIX_SHEET)
    sheet.add_table(
        "A1:D2", {"name": MATRIX.name, "columns": [{"header": h} for h in (*MATRIX.headers, "Ясеневская")]}
    )
    sheet.add_table("C5:F7", {"name": OTHER_TABLE})
    book.close()

    with pytest.raises(TableInTheWayError, match=OTHER_TABLE):
        ExcelFile.from_bytes(out.getvalue()).replace_table(
            MATRIX.name, matrix_body("Ясеневская", "Липовская")
        )


# --- other eyes ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def consolidated() -> bytes:
    """The workbook after a whole consolidation's worth of changes."""
    book = ExcelFile.from_bytes(office_workbook())
    book.replace_table(
        ENTRIES.name, entries_body("k3", ("новая", "=1+1"), "k1", "k2", "ещё", note="проверьте")
    )
    body = matrix_body("Ясеневская", "Липовская", "Дубовская", dropped=("Берёзовская",))
    book.replace_table(MATRIX.name, body)
    book.write_named("panel_title", Out("Свод района", note="как на обложке"))
    book.set_property("sheetsync", "план/район/1")
    book.hide_sheet(PANEL)
    return book.to_bytes()


def test_a_strict_validator_finds_nothing_wrong(consolidated: bytes, tmp_path: Path) -> None:
    for name, data in (("before", office_workbook()), ("after", consolidated)):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(data)
        result = OpenXmlValidator(strict=True).validate(path)

        assert [str(error) for error in result.errors] == []


@pytest.mark.libreoffice
def test_libreoffice_opens_and_calculates_what_was_moved(consolidated: bytes, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(consolidated)
    saved = saved_by_libreoffice(tmp_path, [book])[book.name].read_bytes()

    sheet = openpyxl.load_workbook(io.BytesIO(saved), data_only=True)[ENTRIES_SHEET]
    assert [sheet[f"F{row}"].value for row in range(5, 10)] == ["k3", "новая", "k1", "k2", "ещё"]
    assert sheet["B6"].value == "=1+1"
    assert [sheet[f"J{row}"].value for row in (5, 7, 8)] == [1, 2, 3]
    assert sheet["B13"].value == 5

    again = ExcelFile.from_bytes(saved)
    orphans = again.replace_table(ENTRIES.name, entries_body("k1", "k2", "k3"))
    found = grid(again.to_bytes(), ENTRIES_SHEET)
    assert not [one for one in orphans if one.row_key in {"k1", "k2", "k3"}]
    assert [found[f"H{row}"] for row in (5, 6, 7)] == ["заметка k1", "заметка k2", "заметка k3"]
    assert found["A11"] == "Подпись начальника"
    assert found["B11"] == "=COUNTA(B5:B7)"
