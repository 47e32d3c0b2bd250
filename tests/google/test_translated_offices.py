"""Workbooks as offices make and restyle them, and our own district workbook, in Google."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import TableColumn
from translated_books import book_of, form, requests_of, restyled
from translated_office import SCHOOL_MAIL, GoogleCopy, Office

from office_workbook import OTHER_TABLE, TOP, office_workbook, png
from sheetsync.columns import (
    DISTRICT_TABLES,
    ENTRIES,
    ENTRIES_SHEET,
    FORM_SHEET,
    PANEL,
    REPORT,
    PanelCell,
)
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.translated_source import Loss, LossKind, sheet_id
from sheetsync.workbooks.google.translation import translated
from sheetsync.workbooks.templates import Template, template_bytes
from tools_path import tool

OWN = "Пометка школы"


def texts(sheet: GoogleCopy, title: str) -> set[str]:
    rows = sheet.sheet(title)["data"][0].get("rowData", [])
    cells = [cell.get("userEnteredValue", {}) for row in rows for cell in row.get("values", [])]
    return {cell["stringValue"] for cell in cells if "stringValue" in cell}


# --- a restyled form ----------------------------------------------------------------------------


def dressed_up(book: Any) -> None:
    """Another font and colour everywhere, a logo, another width."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name="Times New Roman", size=12, color="7030A0")
        sheet.column_dimensions["B"].width = 60
        sheet["A1"].fill = PatternFill("solid", fgColor="FFD966")
    book.worksheets[0].add_image(Image(png()), "F1")


def test_an_office_dresses_the_form_in_its_own_colours() -> None:
    data = form(restyled(dressed_up))
    sheet = Office().issue(data)
    look = sheet.cell(FORM_SHEET, "A1")["userEnteredFormat"]

    assert look["textFormat"]["fontFamily"] == "Times New Roman"
    assert look["backgroundColorStyle"]["rgbColor"]["red"] == 1
    assert sheet.sheet(FORM_SHEET)["data"][0]["columnMetadata"][1]["pixelSize"] == 420
    assert Loss(LossKind.PICTURE, FORM_SHEET) in translated(data, title="Проба").losses
    assert texts(sheet, FORM_SHEET) == texts(Office(judged=False).issue(form()), FORM_SHEET)


def moved(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The template with its columns in another order, as Excel leaves it when an office drags them."""
    order = ("number", "title", "responsible", "deadline", "result", "done_on", "status", "info", "link",
             "document", "reason", "check", "remark", "key")  # fmt: skip
    changed = replace(REPORT, columns=tuple(REPORT.column(key) for key in order))
    monkeypatch.setattr(tool("template_form"), "REPORT", changed)
    return bytes(tool("build_templates").build(Template.FORM))


def test_columns_the_office_has_moved_calculate_and_ask_in_their_new_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = form(moved(monkeypatch))
    table = ExcelFile.from_bytes(data).read_table(REPORT.name)
    places = {header: "ABCDEFGHIJKLMN"[at] for at, header in enumerate(table.headers)}
    key = table.headers.index(REPORT.column("key").header)
    row = next(table.first_row + at for at, cells in enumerate(table.rows) if cells[key].text)
    sheet = Office(judged=False).issue(data)

    status, check = (places[REPORT.column(one).header] for one in ("status", "check"))
    assert sheet.cell(FORM_SHEET, f"{status}{row}")["dataValidation"]["condition"]["type"] == "ONE_OF_LIST"
    assert sheet.shown(FORM_SHEET, f"{check}{row}") == "нет статуса"


def with_own_column(book: Any) -> None:
    """A column of the office's own at the right end of the table, open for the school, with a formula beside."""
    sheet = book[FORM_SHEET]
    table = sheet.tables[REPORT.name]
    first, _, last = table.ref.partition(":")
    top, bottom = sheet[first].row, sheet[last].row
    column = sheet[last].column + 1
    table.ref = f"{first}:{sheet.cell(bottom, column).coordinate}"
    table.tableColumns.append(TableColumn(id=len(table.tableColumns) + 1, name=OWN))
    if table.autoFilter:
        table.autoFilter.ref = table.ref
    sheet.cell(top, column, OWN)
    for row in range(top + 1, bottom + 1):
        sheet.cell(row, column).protection = Protection(locked=False)


def test_a_column_of_the_offices_own_comes_along_and_is_open() -> None:
    data = form(restyled(with_own_column))
    office = Office(judged=False)
    sheet = office.issue(data)
    table = ExcelFile.from_bytes(data).read_table(REPORT.name)
    at = {
        "sheetId": sheet_id(FORM_SHEET),
        "rowIndex": table.first_row,
        "columnIndex": table.headers.index(OWN),
    }
    typed = {"start": at, "rows": [{"values": [{"userEnteredValue": {"stringValue": "да"}}]}], "fields": "*"}

    office.batch(sheet.id, [{"updateCells": typed}], office.share(sheet.id, SCHOOL_MAIL))

    assert OWN in texts(sheet, FORM_SHEET)
    assert sheet.names()[REPORT.name]["endColumnIndex"] == len(table.headers)


def test_a_title_merged_over_the_frozen_columns_lets_the_freeze_go() -> None:
    """Google refuses to freeze a part of a merged cell; the form is issued all the same, and it is said."""
    data = form(restyled(lambda book: book[FORM_SHEET].merge_cells("A1:F1")))
    grid = Office(judged=False).issue(data).sheet(FORM_SHEET)["properties"]["gridProperties"]

    assert "frozenColumnCount" not in grid
    assert grid["frozenRowCount"] > 0
    assert Loss(LossKind.FREEZE, FORM_SHEET) in translated(data, title="Проба").losses


# --- an office's own workbook -------------------------------------------------------------------


@pytest.fixture(scope="module")
def own() -> GoogleCopy:
    return Office().issue(office_workbook())


def test_values_notes_and_formulas_of_an_office(own: GoogleCopy) -> None:
    assert own.cell(ENTRIES_SHEET, f"H{TOP + 1}")["note"] == "позвонить в школу"
    assert own.shown(ENTRIES_SHEET, f"I{TOP}") == 1
    assert own.value("Моё", "B1") == 1
    assert own.cell(ENTRIES_SHEET, f"D{TOP}")["formattedValue"] == "01.03.2023"


def test_links_lead_outside_and_to_sheets_of_the_same_spreadsheet(own: GoogleCopy) -> None:
    assert own.cell(ENTRIES_SHEET, f"E{TOP}")["hyperlink"] == "https://school.example/k1"
    assert (
        own.cell(ENTRIES_SHEET, f"K{TOP + 1}")["hyperlink"]
        == f"#gid={sheet_id(ENTRIES_SHEET)}&range=A{TOP + 1}"
    )


def test_a_word_in_bold_stays_a_word_in_bold() -> None:
    """Also behind a character that counts as two where Google counts."""

    def change(book: Any) -> None:
        due = TextBlock(InlineFont(rFont="Arial", sz=9, b=True, color="FFFF0000"), "15 мая")
        book.active["A1"] = CellRichText("Сдать 📄 до ", due, " всем")

    cell = Office().issue(book_of(change)).cell("Лист", "A1")

    assert cell["userEnteredValue"] == {"stringValue": "Сдать 📄 до 15 мая всем"}
    assert [one.get("startIndex", 0) for one in cell["textFormatRuns"]] == [0, 12, 18]
    assert cell["textFormatRuns"][1]["format"]["bold"] is True
    assert cell["textFormatRuns"][2]["format"] == {}


def test_a_link_on_a_number_is_the_cells_own() -> None:
    def change(book: Any) -> None:
        cell = book.active["B2"]
        cell.value, cell.hyperlink = 5, "https://school.example/"

    sheet = Office().issue(book_of(change))

    assert sheet.cell("Лист", "B2")["userEnteredFormat"]["textFormat"]["link"] == {
        "uri": "https://school.example/"
    }


@pytest.mark.parametrize("address", ["file:///C:/Приказы/5.pdf", "..\\Приказы\\5.pdf", "Z:\\5.pdf"])
def test_a_link_to_a_file_of_the_office_stays_words(address: str) -> None:
    """It opens on one computer only, and Google may refuse a batch with such an address."""

    def change(book: Any) -> None:
        cell = book.active["B2"]
        cell.value, cell.hyperlink = "приказ № 5", address

    cell = Office().issue(book_of(change)).cell("Лист", "B2")

    assert cell["userEnteredValue"] == {"stringValue": "приказ № 5"}
    assert "hyperlink" not in cell


def test_names_and_tables_of_the_office_are_named_ranges(own: GoogleCopy) -> None:
    assert {"свод_подпись", "свод_статусы", ENTRIES.name, OTHER_TABLE} <= set(own.names())


def test_what_google_cannot_hold_is_listed() -> None:
    kinds = {(one.kind, one.sheet) for one in translated(office_workbook(), title="Проба").losses}

    assert {(LossKind.CHART, PANEL), (LossKind.PICTURE, "Моё"), (LossKind.LOOK, ENTRIES_SHEET)} <= kinds
    assert LossKind.NEWER in {kind for kind, _ in kinds}


def test_names_google_does_not_allow_are_listed() -> None:
    def change(book: Any) -> None:
        book.active["A1"] = "x"
        for name, target in {
            "по.районам": "Лист!$A$1", "два": "Лист!$A$1,Лист!$B$2", "ставка": "0.13", "годное": "Лист!$A$1",
        }.items():  # fmt: skip
            book.defined_names[name] = DefinedName(name, attr_text=target)

    done = translated(book_of(change), title="Проба")

    assert {one.place for one in done.losses if one.kind is LossKind.NAME} == {"по.районам", "два", "ставка"}
    assert [
        one["addNamedRange"]["namedRange"]["name"] for one in done.requests if "addNamedRange" in one
    ] == ["годное"]


def test_a_name_over_a_million_rows_does_not_make_a_million_rows() -> None:
    def change(book: Any) -> None:
        book.active["A1"] = "x"
        book.defined_names["всё"] = DefinedName("всё", attr_text="Лист!$A$1:$C$1048576")

    sheet = Office().issue(book_of(change))

    assert sheet.sheet("Лист")["properties"]["gridProperties"]["rowCount"] == 51


# --- the district workbook ----------------------------------------------------------------------


def test_the_district_workbook_is_the_same_in_google() -> None:
    sheet = Office().issue(template_bytes(Template.DISTRICT))
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(Template.DISTRICT)))

    assert sheet.titles() == book.sheetnames
    assert {one.name for one in DISTRICT_TABLES} <= set(sheet.names())
    assert set(PanelCell) <= set(sheet.names())
    for title in book.sheetnames:
        assert texts(sheet, title) == {
            cell.value
            for row in book[title].iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.data_type != "f"
        }


# --- any workbook -------------------------------------------------------------------------------

VALUES = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
        str.strip
    ),
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 4)),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
)
PLACES = st.tuples(st.integers(1, 9), st.integers(1, 6))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(PLACES, VALUES, min_size=1, max_size=12), st.sets(PLACES, max_size=6), PLACES)
def test_any_workbook_is_the_same_in_google(
    written: dict[tuple[int, int], Any], opened: set[tuple[int, int]], noted: tuple[int, int]
) -> None:
    """Values, a note, open cells of a protected sheet, wherever they stand."""

    def change(book: Any) -> None:
        sheet = book.active
        for at, value in written.items():
            sheet.cell(*at).value = value
            if isinstance(value, str):
                sheet.cell(*at).data_type = "s"
        for at in opened:
            sheet.cell(*at).protection = Protection(locked=False)
        sheet.cell(*noted).comment = Comment("пометка", "мы")
        sheet.protection.sheet = True

    data = book_of(change)
    sheet = Office(judged=False).issue(data)
    source = openpyxl.load_workbook(io.BytesIO(data)).active
    guard = sheet.sheet("Лист")["protectedRanges"][0].get("unprotectedRanges", [])

    for (row, column), value in written.items():
        address = source.cell(row, column).coordinate
        days = (value - date(1899, 12, 30)).days if isinstance(value, date) else None
        assert sheet.value("Лист", address) == (value if days is None else days)
    assert sheet.cell("Лист", source.cell(*noted).coordinate)["note"] == "пометка"
    assert {
        (row + 1, column + 1)
        for one in guard
        for row in range(one["startRowIndex"], one["endRowIndex"])
        for column in range(one["startColumnIndex"], one["endColumnIndex"])
    } == opened


def test_an_empty_workbook_is_an_empty_spreadsheet() -> None:
    assert Office().issue(book_of(lambda _: None)).titles() == ["Лист"]
    assert requests_of(book_of(lambda _: None), "updateCells") == []
