"""The form in Google is the same workbook: what the emulator holds after one batch equals the .xlsx."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.utils import get_column_letter
from translated_books import form, long_plan
from translated_office import OFFICE, SCHOOL_MAIL, GoogleCopy, Office, Refused

from invented_plan import PLAN
from sheetsync.columns import (
    FORM_HELP_SHEET,
    FORM_INDICATORS_SHEET,
    FORM_REPAIRS_SHEET,
    FORM_SHEET,
    MARKS_SHEET,
    REPORT,
    FormCell,
    MarkCell,
    Owner,
)
from sheetsync.grid import Sheet
from sheetsync.model import Status
from sheetsync.settings import YES
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.snapshot import SNAPSHOT_FIELDS, snapshot_bytes
from sheetsync.workbooks.google.translation import translated

SHEETS = [FORM_SHEET, FORM_INDICATORS_SHEET, FORM_REPAIRS_SHEET, FORM_HELP_SHEET, MARKS_SHEET]
TABLE = ExcelFile.from_bytes(form()).read_table(REPORT.name)
FIRST = TABLE.first_row
LAST = FIRST + len(TABLE.rows) - 1
KEY = REPORT.keys.index("key")
ACTIVITY = next(FIRST + at for at, row in enumerate(TABLE.rows) if row[KEY].text)
SECTION = next(FIRST + at for at, row in enumerate(TABLE.rows) if not row[KEY].text)


@pytest.fixture(scope="module")
def office() -> Office:
    return Office()


@pytest.fixture(scope="module")
def sheet(office: Office) -> GoogleCopy:
    return office.issue(form())


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(io.BytesIO(form()))


def column(key: str) -> str:
    return get_column_letter(REPORT.keys.index(key) + 1)


def metadata(sheet: GoogleCopy, title: str, dimension: str) -> list[Json]:
    return list(sheet.sheet(title)["data"][0][dimension])


# --- what stands in cells -----------------------------------------------------------------------


def test_the_reader_of_copies_sees_no_difference(office: Office, sheet: GoogleCopy) -> None:
    """The issued file and the sheet in Google, read by the program itself: the same cells, tables and names."""
    answer = office.ask("GET", f"/v4/spreadsheets/{sheet.id}?fields={SNAPSHOT_FIELDS}")
    live, file = open_copy(snapshot_bytes(answer), "форма").book, open_copy(form(), "форма.xlsx").book

    def without_results(one: Sheet) -> dict[tuple[int, int], Any]:
        return {at: cell if cell.formula is None else cell.formula for at, cell in one.cells.items()}

    assert [one.name for one in live.sheets] == [one.name for one in file.sheets] == SHEETS
    for mine, printed in zip(live.sheets, file.sheets, strict=True):
        assert without_results(mine) == without_results(printed)
        assert mine.hidden_columns == printed.hidden_columns
        assert set(mine.merges) == set(printed.merges)
    assert live.names == file.names
    assert {one.name: one for one in live.tables} == {one.name: one for one in file.tables}


def test_values_are_entered_as_they_are_in_the_file(sheet: GoogleCopy, book: Any) -> None:
    """Texts that look like formulas, numbers or dates included; dates as days."""
    wanted = {
        (one.title, cell.coordinate): cell
        for one in book.worksheets
        for row in one.iter_rows()
        for cell in row
        if cell.value not in (None, "") and cell.data_type != "f"
    }
    kinds = {"s": "stringValue", "n": "numberValue", "d": "numberValue", "b": "boolValue"}

    for (title, address), cell in wanted.items():
        entered = sheet.cell(title, address)["userEnteredValue"]
        assert list(entered) == [kinds[cell.data_type]], (title, address)
        if cell.data_type != "d":
            assert entered[kinds[cell.data_type]] == cell.value


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "1.10",
        "+7 900 000-00-00",
        "@имя",
        "01.03.2023",
        "ИСТИНА",
        "'кавычка",
        "_x0041_",
        "а\rб",
        "а\tб ",
        "а\nб",
    ],
)
def test_texts_stay_texts_byte_for_byte(text: str) -> None:
    rows = tuple(replace(one, title=text) for one in PLAN.rows[:3])
    sheet = Office(judged=False).issue(form(plan=replace(PLAN, rows=rows)))

    assert sheet.cell(FORM_SHEET, f"{column('title')}{ACTIVITY}")["userEnteredValue"] == {"stringValue": text}


def test_a_date_is_a_day_shown_as_a_date(sheet: GoogleCopy, book: Any) -> None:
    at = book.defined_names[FormCell.REPORT_DUE].attr_text.split("!")[1].replace("$", "")
    cell = sheet.cell(FORM_SHEET, at)

    assert cell["userEnteredValue"] == {"numberValue": 45275}
    assert cell["formattedValue"] == "15.12.2023"


def test_cells_a_school_types_numbers_into_stay_texts(sheet: GoogleCopy) -> None:
    """«1.10» typed into «Информация» must not become a number: the cell is a text cell, as in the file."""
    look = sheet.cell(FORM_SHEET, f"{column('info')}{ACTIVITY}")["userEnteredFormat"]

    assert look["numberFormat"] == {"type": "TEXT"}


# --- the shape ----------------------------------------------------------------------------------


def test_the_sheets_stand_in_order_and_the_marks_are_hidden(sheet: GoogleCopy) -> None:
    assert sheet.titles() == SHEETS
    assert [one["properties"].get("hidden", False) for one in sheet.answer["sheets"]] == [
        False,
        False,
        True,
        False,
        True,
    ]


def test_the_grid_has_spare_rows_and_no_spare_columns(sheet: GoogleCopy, book: Any) -> None:
    grid = sheet.sheet(FORM_SHEET)["properties"]["gridProperties"]

    assert grid["rowCount"] == book[FORM_SHEET].max_row + 50
    assert grid["columnCount"] == len(REPORT.columns)


def test_the_header_and_the_titles_of_activities_stay_in_sight(sheet: GoogleCopy) -> None:
    grid = sheet.sheet(FORM_SHEET)["properties"]["gridProperties"]

    assert (grid["frozenRowCount"], grid["frozenColumnCount"]) == (FIRST - 1, 2)
    assert sheet.sheet(FORM_HELP_SHEET)["properties"]["gridProperties"]["hideGridlines"] is True


def test_widths_and_the_hidden_key_column(sheet: GoogleCopy, book: Any) -> None:
    widths = [one["pixelSize"] for one in metadata(sheet, FORM_SHEET, "columnMetadata")]
    hidden = [one.get("hiddenByUser", False) for one in metadata(sheet, FORM_SHEET, "columnMetadata")]

    assert widths[: REPORT.keys.index("remark")] == [
        round(book[FORM_SHEET].column_dimensions[column(one.key)].width * 7)
        for one in REPORT.columns[: REPORT.keys.index("remark")]
    ]
    assert [REPORT.keys[at] for at, one in enumerate(hidden) if one] == ["key"]


def test_rows_above_the_table_keep_their_height(sheet: GoogleCopy, book: Any) -> None:
    heights = [one["pixelSize"] for one in metadata(sheet, FORM_SHEET, "rowMetadata")]

    assert heights[: FIRST - 1] == [
        round(book[FORM_SHEET].row_dimensions[row].height * 4 / 3) for row in range(1, FIRST)
    ]


def test_rows_of_the_table_grow_with_what_is_typed() -> None:
    """Excel measures them anew, so no height is fixed; Google is asked to do the same."""
    requests = translated(form(), title="Проба").requests
    fixed = [
        one["updateDimensionProperties"]["range"]
        for one in requests
        if "pixelSize" in one.get("updateDimensionProperties", {}).get("properties", {})
        and one["updateDimensionProperties"]["range"]["dimension"] == "ROWS"
    ]
    report = translated_id(FORM_SHEET)
    body = range(FIRST - 1, LAST)

    assert any("autoResizeDimensions" in one for one in requests)
    assert not any(
        one["sheetId"] == report and one["startIndex"] in body and one["endIndex"] - 1 in body
        for one in fixed
    )


def translated_id(title: str) -> int:
    found = [
        one["addSheet"]["properties"]
        for one in translated(form(), title="Проба").requests
        if "addSheet" in one
    ]
    return next(int(one["sheetId"]) for one in found if one["title"] == title)


def test_the_spreadsheet_speaks_russian_and_lives_in_moscow(sheet: GoogleCopy) -> None:
    told = sheet.answer["properties"]

    assert (told["title"], told["locale"], told["timeZone"]) == ("Проба", "ru_RU", "Europe/Moscow")


def test_another_time_zone_can_be_chosen() -> None:
    sheet = Office(judged=False).issue(form(), zone="Asia/Yekaterinburg", title="Другая")

    assert sheet.answer["properties"]["timeZone"] == "Asia/Yekaterinburg"
    assert sheet.answer["properties"]["title"] == "Другая"


def test_every_name_and_table_is_a_named_range(sheet: GoogleCopy) -> None:
    names = sheet.names()

    assert {*FormCell, *MarkCell, REPORT.name} <= set(names)
    assert (names[REPORT.name]["startRowIndex"], names[REPORT.name]["endRowIndex"]) == (FIRST - 2, LAST)
    assert names[REPORT.name]["endColumnIndex"] == len(REPORT.columns)


# --- what is asked and shown --------------------------------------------------------------------


def rule_at(sheet: GoogleCopy, key: str) -> Json:
    return dict(sheet.cell(FORM_SHEET, f"{column(key)}{ACTIVITY}")["dataValidation"])


def test_the_status_is_chosen_from_a_list_and_nothing_else_is_taken(sheet: GoogleCopy) -> None:
    rule = rule_at(sheet, "status")

    assert [one["userEnteredValue"] for one in rule["condition"]["values"]] == [one.value for one in Status]
    assert rule["condition"]["type"] == "ONE_OF_LIST"
    assert rule["strict"] is rule["showCustomUi"] is True
    assert rule["inputMessage"] == REPORT.column("status").prompt


def test_a_date_is_asked_about_but_not_refused(sheet: GoogleCopy) -> None:
    rule = rule_at(sheet, "done_on")

    assert rule["condition"]["type"] == "DATE_BETWEEN"
    assert [one["userEnteredValue"] for one in rule["condition"]["values"]] == ["2000-01-01", "2100-12-31"]
    assert not rule.get("strict")


@pytest.mark.parametrize("key", ["info", "document", "link", "reason"])
def test_prompts_stay_beside_their_cells_and_refuse_nothing(sheet: GoogleCopy, key: str) -> None:
    """A note on the header would come back as a comment of the school; so the hint has a condition always met."""
    rule = rule_at(sheet, key)

    assert rule["condition"] == {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=TRUE"}]}
    assert rule["inputMessage"] == REPORT.column(key).prompt
    assert not rule.get("strict")


def test_ready_is_a_tick_that_says_yes(sheet: GoogleCopy, book: Any) -> None:
    at = book.defined_names[FormCell.READY].attr_text.split("!")[1].replace("$", "")
    rule = sheet.cell(FORM_SHEET, at)["dataValidation"]

    assert rule["condition"] == {"type": "BOOLEAN", "values": [{"userEnteredValue": YES}]}
    assert sheet.value(FORM_SHEET, at) is None


def test_the_looks_of_the_form_are_there_in_their_order(sheet: GoogleCopy, book: Any) -> None:
    rules = sheet.sheet(FORM_SHEET)["conditionalFormats"]
    kinds = [one["booleanRule"]["condition"]["type"] for one in rules]
    missing = rules[0]["booleanRule"]

    assert len(rules) == sum(len(one.rules) for one in book[FORM_SHEET].conditional_formatting)
    assert kinds.count("TEXT_EQ") == 4
    blank = f"AND(NOT(LEN(TRIM($N{FIRST}))=0);LEN(TRIM($F{FIRST}))=0)"
    formula = f'=AND({blank};$L{FIRST}<>"✓ принято")'
    assert missing["condition"]["values"] == [{"userEnteredValue": formula}]
    assert all(one["booleanRule"]["format"]["backgroundColorStyle"] for one in rules)


# --- who may write ------------------------------------------------------------------------------


def write(office: Office, sheet: GoogleCopy, token: str, address: str, text: str = "ответ") -> None:
    """A person types a text into a cell of «Отчёт»."""
    where = sheet.sheet(FORM_SHEET)["properties"]["sheetId"]
    letters = address.rstrip("0123456789")
    at = {
        "sheetId": where,
        "rowIndex": int(address.removeprefix(letters)) - 1,
        "columnIndex": openpyxl.utils.column_index_from_string(letters) - 1,
    }
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
    request = {"updateCells": {"start": at, "rows": rows, "fields": "userEnteredValue"}}
    office.batch(sheet.id, [request], token)


def is_open(office: Office, sheet: GoogleCopy, token: str, address: str) -> bool:
    try:
        write(office, sheet, token, address)
    except Refused as refused:
        return "protected" not in refused.words
    return True


def test_a_school_may_write_its_answers_and_the_tick_and_nothing_else(book: Any) -> None:
    office = Office()
    sheet = office.issue(form())
    token = office.share(sheet.id, SCHOOL_MAIL)
    tick = book.defined_names[FormCell.READY].attr_text.split("!")[1].replace("$", "")
    above = [f"{column(one.key)}{row}" for one in REPORT.columns for row in (1, 2, 3, 4, FIRST - 1)]
    rows = [
        f"{column(one.key)}{row}" for one in REPORT.columns for row in (ACTIVITY, SECTION, LAST, LAST + 1)
    ]
    answers = {
        f"{column(one.key)}{row}"
        for one in REPORT.columns
        if one.owner is Owner.SCHOOL
        for row in (ACTIVITY, LAST)
    }

    opened = {one for one in {*above, *rows, tick} if is_open(office, sheet, token, one)}

    assert opened == answers | {tick}


def test_every_sheet_has_one_protection_with_few_holes(sheet: GoogleCopy) -> None:
    guards = [one["protectedRanges"] for one in sheet.answer["sheets"]]
    report = guards[0][0]
    sections = sum(not row[KEY].text for row in TABLE.rows)

    assert [len(one) for one in guards] == [1, 1, 1, 1, 1]
    assert set(report["range"]) == {"sheetId"}
    assert len(report["unprotectedRanges"]) <= sections + 1
    assert report["editors"]["users"] == [OFFICE]
    assert report["description"] == "План не меняется"
    assert "unprotectedRanges" not in guards[-1][0]


# --- how much it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "bytes_", "count"), [(10, 150_000, 240), (40, 300_000, 300), (150, 700_000, 480)]
)
def test_a_form_is_small(rows: int, bytes_: int, count: int) -> None:
    """A batch of Google may be two megabytes; a whole form is far from that."""
    requests = translated(form(plan=long_plan(rows)), title="Проба").requests
    size = len(json.dumps({"requests": requests}, ensure_ascii=False, separators=(",", ":")).encode())

    assert size < bytes_
    assert len(requests) < count


def test_equal_workbooks_become_equal_requests() -> None:
    once, again = (translated(form(), title="Проба", editors=(OFFICE,)) for _ in range(2))

    assert once == again


def test_no_request_says_more_than_it_means() -> None:
    """No empty values, no nulls, no look without a word."""

    def empties(value: Any, path: str = "") -> list[str]:
        match value:
            case None | "":
                return [path]
            case dict():
                return [found for name, one in value.items() for found in empties(one, f"{path}.{name}")]
            case list():
                return [found for one in value for found in empties(one, path)]
        return []

    assert empties(list(translated(form(), title="Проба").requests)) == []


def test_a_plan_without_indicators_hides_their_sheet() -> None:
    sheet = Office(judged=False).issue(form(plan=replace(PLAN, indicators=())))

    assert sheet.sheet(FORM_INDICATORS_SHEET)["properties"]["hidden"] is True
