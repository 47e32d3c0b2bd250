"""A newer issue of a form goes into the spreadsheet the school already has."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from translated_books import book_of, form
from translated_office import Office, Refused

from invented_plan import PLAN
from sheetsync.columns import FORM_SHEET
from sheetsync.workbooks.google.port import FileKind, Json
from sheetsync.workbooks.google.translated_source import sheet_id
from sheetsync.workbooks.google.translation import FRESH, translated

OLDER = form(plan=replace(PLAN, rows=PLAN.rows[:10]))
NEWER = form(plan=replace(PLAN, rows=PLAN.rows[:6]))


def contents(answer: Json) -> Json:
    """Everything of a spreadsheet but ids Google chooses and heights a row once had."""
    kept: Json = {"names": sorted((one["name"], str(one["range"])) for one in answer.get("namedRanges", ()))}
    for sheet in answer["sheets"]:
        block = sheet["data"][0]
        guards = [{**one, "protectedRangeId": 0} for one in sheet.get("protectedRanges", ())]
        kept[sheet["properties"]["title"]] = (
            sheet["properties"], block.get("rowData"), block["columnMetadata"], guards,
            sheet.get("conditionalFormats"), sheet.get("merges"),
        )  # fmt: skip
    return kept


def test_a_newer_issue_equals_a_fresh_one() -> None:
    """Fewer rows, other rules: nothing of the older issue shines through."""
    office = Office()
    old = office.issue(OLDER)

    again = office.issue_again(old.id, NEWER)

    assert contents(again.answer) == contents(office.issue(NEWER).answer)


def test_the_same_issue_again_changes_nothing() -> None:
    office = Office(judged=False)
    once = office.issue(OLDER)

    assert contents(office.issue_again(once.id, OLDER).answer) == contents(once.answer)


def test_what_the_school_hid_merged_and_filtered_is_undone() -> None:
    office = Office(judged=False)
    sheet = office.issue(OLDER)
    where = {"sheetId": sheet_id(FORM_SHEET)}
    area = where | {"startRowIndex": 60, "endRowIndex": 62, "startColumnIndex": 3, "endColumnIndex": 5}
    rows = where | {"dimension": "ROWS", "startIndex": 7, "endIndex": 9}
    office.batch(
        sheet.id,
        [
            {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}},
            {"setBasicFilter": {"filter": {"range": area}}},
            {
                "updateDimensionProperties": {
                    "range": rows,
                    "properties": {"hiddenByUser": True},
                    "fields": "hiddenByUser",
                }
            },
            {"updateSheetProperties": {"properties": where | {"title": "Наш отчёт"}, "fields": "title"}},
        ],
    )

    again = office.issue_again(sheet.id, OLDER)

    report = again.sheet(FORM_SHEET)
    assert report["properties"]["sheetId"] == where["sheetId"]
    assert "basicFilter" not in report
    assert not any(one.get("hiddenByUser") for one in report["data"][0]["rowMetadata"])
    assert contents(again.answer) == contents(office.issue(OLDER).answer)


def test_sheets_and_names_of_the_school_stay() -> None:
    office = Office(judged=False)
    sheet = office.issue(OLDER)
    office.batch(
        sheet.id,
        [
            {"addSheet": {"properties": {"sheetId": 77, "title": "Наши заметки", "index": 0}}},
            {"addNamedRange": {"namedRange": {"name": "наше", "range": {"sheetId": 77}}}},
        ],
    )

    again = office.issue_again(sheet.id, NEWER)

    assert again.titles()[-1] == "Наши заметки"
    assert "наше" in again.names()


def test_a_sheet_of_the_school_called_like_ours_gets_another_name() -> None:
    """The school renamed our sheet and made one of its own under the old name."""
    office = Office(judged=False)
    sheet = office.issue(OLDER)
    renamed = {"sheetId": sheet_id(FORM_SHEET), "title": "Копия"}
    office.batch(
        sheet.id,
        [
            {"updateSheetProperties": {"properties": renamed, "fields": "title"}},
            {"addSheet": {"properties": {"sheetId": 77, "title": FORM_SHEET.upper()}}},
        ],
    )

    again = office.issue_again(sheet.id, OLDER)

    assert again.titles()[0] == FORM_SHEET
    assert again.titles()[-1] == f"{FORM_SHEET.upper()} (2)"


def test_links_to_our_sheets_live_on() -> None:
    """The id of a sheet comes from its name, so an address with «#gid=…» leads to the same sheet."""
    office = Office(judged=False)
    first, second = office.issue(OLDER), office.issue(NEWER)

    assert [one["properties"]["sheetId"] for one in first.answer["sheets"]] == [
        one["properties"]["sheetId"] for one in second.answer["sheets"]
    ]
    assert all(one["properties"]["sheetId"] for one in first.answer["sheets"])


def test_a_batch_google_refuses_leaves_the_older_issue() -> None:
    office = Office(judged=False)
    sheet = office.issue(OLDER)
    requests = translated(NEWER, title="Проба", there=office.there(sheet.id)).requests

    with pytest.raises(Refused):
        office.batch(sheet.id, [*requests, {"deleteSheet": {"sheetId": 1}}])

    assert contents(office.copy(sheet.id).answer) == contents(sheet.answer)


def test_the_empty_sheet_of_a_fresh_spreadsheet_goes() -> None:
    """Also when somebody asks what is there before the first issue."""
    office = Office(judged=False)
    made = office.ask("POST", "/drive/v3/files", {"name": "x", "mimeType": FileKind.SPREADSHEET.value})

    assert office.there(made["id"]).dropped == FRESH.dropped == (0,)
    assert office.issue_again(made["id"], OLDER).titles() == office.issue(OLDER).titles()
    assert office.there(made["id"]).dropped == ()


def test_the_sheet_of_a_fresh_spreadsheet_may_have_any_number() -> None:
    """Google mostly calls it 0; people have met «No grid with id: 0» in fresh ones too."""
    office = Office(judged=False)
    made = office.ask("POST", "/drive/v3/files", {"name": "x", "mimeType": FileKind.SPREADSHEET.value})
    office.batch(
        made["id"],
        [{"addSheet": {"properties": {"sheetId": 845, "title": "Лист2"}}}, {"deleteSheet": {"sheetId": 0}}],
    )

    assert office.there(made["id"]).dropped == (845,)
    assert office.issue_again(made["id"], OLDER).titles() == office.issue(OLDER).titles()


def test_names_are_there_before_whatever_speaks_of_them() -> None:
    """A rule or a formula about a name that comes later may be refused by Google."""
    kinds = [next(iter(one)) for one in translated(OLDER, title="Проба").requests]

    first_cells = min(kinds.index(kind) for kind in ("updateCells", "setDataValidation", "repeatCell"))
    assert max(at for at, kind in enumerate(kinds) if kind == "addNamedRange") < first_cells


def test_a_newer_issue_keeps_the_names_and_moves_them() -> None:
    """Names keep their ids: a formula of the school that uses one goes on working."""
    office = Office(judged=False)
    sheet = office.issue(OLDER)
    before = {one["name"]: one["namedRangeId"] for one in sheet.answer["namedRanges"]}

    again = office.issue_again(sheet.id, NEWER).answer["namedRanges"]

    assert {one["name"]: one["namedRangeId"] for one in again} == before


def test_a_looser_workbook_after_a_stricter_one() -> None:
    """Looks, checks and merged cells that the newer workbook does not have are gone."""

    def strict(book: Any) -> None:
        sheet = book.active
        sheet["A1"], sheet["B2"] = "x", "y"
        sheet.merge_cells("A1:B1")
        sheet.freeze_panes = "A2"
        sheet.conditional_formatting.add(
            "A1:B2", FormulaRule(["A1>1"], fill=PatternFill(bgColor="FFFF0000", fill_type="solid"))
        )
        sheet.protection.sheet = True

    def loose(book: Any) -> None:
        book.active["A1"] = "x"

    office = Office(judged=False)
    sheet = office.issue(book_of(strict))
    again = office.issue_again(sheet.id, book_of(loose)).sheet("Лист")

    assert not {"merges", "conditionalFormats", "protectedRanges"} & set(again)
    assert "frozenRowCount" not in again["properties"]["gridProperties"]
