"""A form as it is issued: what a school finds when it opens the file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from invented_plan import OFFICE, PLAN, SCHOOL
from sheetsync.columns import (
    FORM_HELP_SHEET,
    FORM_INDICATORS,
    FORM_INDICATORS_SHEET,
    FORM_SHEET,
    MARK_PROPERTY,
    MARKS,
    MARKS_SHEET,
    REPORT,
    FormCell,
    MarkCell,
    Owner,
)
from sheetsync.forms.model import form_of
from sheetsync.forms.render import fill_form
from sheetsync.intake.marks import mark_property, printed_code
from sheetsync.model import Marks, Status
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.templates import Template, template_bytes

MARKS_OF_FORM = Marks("SINEG", SCHOOL, 1, 1)


@pytest.fixture(scope="module")
def form(issued: bytes) -> ExcelFile:
    return ExcelFile.from_bytes(issued)


@pytest.fixture(scope="module")
def sheet(issued: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(issued))[FORM_SHEET]


def column(sheet: Worksheet, key: str) -> int:
    header_row = sheet.tables[REPORT.name].ref.split(":")[0][1:]
    headers = [cell.value for cell in sheet[int(header_row)]]
    return headers.index(REPORT.column(key).header) + 1


def body_rows(sheet: Worksheet) -> range:
    first, last = sheet.tables[REPORT.name].ref.split(":")
    return range(int(first[1:]) + 1, int(last.lstrip("ABCDEFGHIJKLMN")) + 1)


def activities(sheet: Worksheet) -> list[int]:
    key = column(sheet, "key")
    return [row for row in body_rows(sheet) if sheet.cell(row, key).value]


def sections(sheet: Worksheet) -> list[int]:
    return [row for row in body_rows(sheet) if row not in activities(sheet)]


def test_the_table_holds_every_declared_column_and_every_owed_row(form: ExcelFile) -> None:
    table = form.read_table(REPORT.name)
    titles = [row[REPORT.keys.index("title")].text for row in table.rows]

    assert table.headers == REPORT.headers
    assert titles == [str(row.cells["title"]) for row in form_of(PLAN, SCHOOL).rows]


def test_a_title_that_begins_like_a_formula_stays_text() -> None:
    workbook = ExcelFile.from_bytes(template_bytes(Template.FORM))
    fill_form(workbook, form_of(PLAN, OFFICE))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.to_bytes()))[FORM_SHEET]
    cell = sheet.cell(activities(sheet)[0], column(sheet, "title"))

    assert (cell.value, cell.data_type) == ("=СУММ(1;2) в названии остаётся текстом", "s")
    assert cell.quotePrefix


def test_a_number_keeps_its_nought(sheet: Worksheet) -> None:
    numbers = [sheet.cell(row, column(sheet, "number")).value for row in activities(sheet)]

    assert "1.10" in numbers


def test_each_activity_calculates_its_own_row(sheet: Worksheet) -> None:
    check, status = column(sheet, "check"), sheet.cell(1, column(sheet, "status")).column_letter
    formulas = {row: sheet.cell(row, check).value for row in activities(sheet)}

    assert all(f"TRIM({status}{row})" in str(formula) for row, formula in formulas.items())


def test_a_section_row_is_a_bold_locked_title_and_nothing_else(sheet: Worksheet) -> None:
    for row in sections(sheet):
        cells = sheet[row][: len(REPORT.columns)]
        assert [cell.value for cell in cells[2:]] == [None] * (len(cells) - 2)
        assert all(cell.protection.locked for cell in cells)
        assert cells[1].font.b


def test_only_answers_are_open_on_a_protected_sheet_without_password(sheet: Worksheet) -> None:
    answers = {one.key for one in REPORT.columns if one.owner is Owner.SCHOOL}
    row = activities(sheet)[-1]
    open_cells = {key for key in REPORT.keys if not sheet.cell(row, column(sheet, key)).protection.locked}
    protection = sheet.protection

    assert open_cells == answers
    assert protection.sheet
    assert protection.password is None
    assert not any((protection.sort, protection.autoFilter, protection.formatRows, protection.formatColumns))


def test_drop_downs_prompts_and_date_checks_reach_the_last_row(sheet: Worksheet) -> None:
    rules = {
        str(one.sqref).split(":")[0].rstrip("0123456789"): one
        for one in sheet.data_validations.dataValidation
    }
    letters = {key: sheet.cell(1, column(sheet, key)).column_letter for key in REPORT.keys}
    last = body_rows(sheet)[-1]
    status, done_on = rules[letters["status"]], rules[letters["done_on"]]

    assert status.formula1 == f'"{",".join(one.value for one in Status)}"'
    assert (done_on.type, done_on.errorStyle) == ("date", "warning")
    for one in REPORT.columns:
        if one.owner is Owner.SCHOOL:
            assert str(rules[letters[one.key]].sqref).endswith(f"{letters[one.key]}{last}")
            assert rules[letters[one.key]].prompt == one.prompt


def test_the_looks_reach_the_last_row(sheet: Worksheet) -> None:
    last = body_rows(sheet)[-1]
    areas = [str(one.sqref) for one in sheet.conditional_formatting]

    assert areas
    assert all(area.endswith(str(last)) for area in areas)


def test_the_form_says_whose_it_is_in_four_places(form: ExcelFile, issued: bytes) -> None:
    custom = zipfile.ZipFile(io.BytesIO(issued)).read("docProps/custom.xml").decode()
    keys = [row[-1].text for row in form.read_table(REPORT.name).rows]

    assert f'name="{MARK_PROPERTY}"' in custom
    assert mark_property(MARKS_OF_FORM) in custom
    assert form.read_named(MarkCell.PLAN_ID).value == "SINEG"
    assert form.read_named(FormCell.PRINTED_CODE).value == printed_code(MARKS_OF_FORM)
    assert [key for key in keys if key] == [row.key for row in PLAN.rows_of(SCHOOL)]


def test_keys_and_marks_are_out_of_sight(sheet: Worksheet, issued: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(issued))
    key = sheet.cell(1, column(sheet, "key")).column_letter

    assert sheet.column_dimensions[key].hidden
    assert book[MARKS_SHEET].sheet_state == "veryHidden"


def test_marks_are_labelled_so_that_lost_names_do_no_harm(form: ExcelFile, issued: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(issued))[MARKS_SHEET]
    labels = [sheet.cell(row, 1).value for row in range(1, len(MarkCell) + 1)]

    assert labels == [cell.value for cell in MarkCell]
    assert len(form.read_table(MARKS.name).rows) == len(PLAN.rows_of(SCHOOL))


def test_indicators_are_asked_where_the_plan_has_any(form: ExcelFile) -> None:
    rows = form.read_table(FORM_INDICATORS.name).rows

    assert [row[0].text for row in rows] == [PLAN.indicators[0].title, PLAN.indicators[2].title]


def test_the_sheet_of_indicators_is_hidden_where_there_are_none() -> None:
    workbook = ExcelFile.from_bytes(template_bytes(Template.FORM))
    fill_form(workbook, form_of(replace(PLAN, indicators=()), SCHOOL))
    book = openpyxl.load_workbook(io.BytesIO(workbook.to_bytes()))

    assert book[FORM_INDICATORS_SHEET].sheet_state == "hidden"
    assert book[FORM_HELP_SHEET].sheet_state == "visible"


def test_it_prints_on_a4_landscape_with_its_header_and_a_line_to_sign(sheet: Worksheet) -> None:
    header_row = body_rows(sheet)[0] - 1
    below = [sheet.cell(body_rows(sheet)[-1] + 2, at).value for at in (1, 2, 3)]

    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${header_row}:${header_row}"
    assert any(value and "Руководитель" in value for value in below)


def test_header_and_titles_stay_in_sight(sheet: Worksheet) -> None:
    assert sheet.freeze_panes == sheet.cell(body_rows(sheet)[0], column(sheet, "title") + 1).coordinate


def test_no_text_of_the_plan_is_cut(sheet: Worksheet) -> None:
    """A long title makes its row tall, because LibreOffice does not do it itself."""
    title = column(sheet, "title")
    longest = max(activities(sheet), key=lambda row: len(str(sheet.cell(row, title).value)))
    lines = len(str(sheet.cell(longest, title).value)) / REPORT.column("title").width

    assert (sheet.row_dimensions[longest].height or 0) > lines * 12


def test_issuing_twice_gives_the_same_bytes(issued: bytes) -> None:
    workbook = ExcelFile.from_bytes(template_bytes(Template.FORM))
    fill_form(workbook, form_of(PLAN, SCHOOL))

    assert workbook.to_bytes() == issued


def test_an_independent_validator_finds_nothing(issued: bytes, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(issued)

    assert [error.description for error in OpenXmlValidator().validate(str(path)).errors] == []


@pytest.mark.libreoffice
def test_a_template_saved_by_libreoffice_is_filled_as_well(
    calculated: dict[str, Path], form: ExcelFile
) -> None:
    """An office without Excel restyles the template in LibreOffice and saves it as .xlsx."""
    workbook = ExcelFile.from_bytes(calculated["template"].read_bytes())
    fill_form(workbook, form_of(PLAN, SCHOOL))
    again = ExcelFile.from_bytes(workbook.to_bytes())
    texts = [[cell.text for cell in row] for row in again.read_table(REPORT.name).rows]
    formulas = [[cell.formula for cell in row] for row in again.read_table(REPORT.name).rows]

    assert texts == [[cell.text for cell in row] for row in form.read_table(REPORT.name).rows]
    assert formulas == [[cell.formula for cell in row] for row in form.read_table(REPORT.name).rows]
    assert again.read_named(FormCell.PROGRESS).formula == form.read_named(FormCell.PROGRESS).formula
