"""Sheets of a spreadsheet: added, renamed, hidden, moved, copied, deleted."""

from __future__ import annotations

from desk import Desk, grid, text

from sheetsync_emulator.files import SPREADSHEET


def titles(desk: Desk) -> list[str]:
    return [one["properties"]["title"] for one in desk.look()["sheets"]]


def properties(**given: object) -> dict[str, object]:
    return {"updateSheetProperties": {"properties": given, "fields": ",".join(set(given) - {"sheetId"})}}


def test_a_title_that_is_taken_is_refused_in_any_case_of_letters() -> None:
    desk = Desk()
    desk.add_sheet("Отчёт", 7)

    assert 'name "ОТЧЁТ" already exists' in desk.refused({"addSheet": {"properties": {"title": "ОТЧЁТ"}}})
    assert "already exists" in desk.refused(properties(sheetId=0, title="Отчёт"))
    assert "already exists" in desk.refused({"duplicateSheet": {"sourceSheetId": 0, "newSheetName": "Отчёт"}})
    assert titles(desk) == ["Sheet1", "Отчёт"]


def test_an_id_that_is_taken_is_refused() -> None:
    desk = Desk()
    desk.add_sheet("Отчёт", 7)

    assert "ID 7 already exists" in desk.refused({"addSheet": {"properties": {"sheetId": 7, "title": "Ещё"}}})
    assert "ID 0 already exists" in desk.refused({"addSheet": {"properties": {"sheetId": 0, "title": "Ещё"}}})


def test_a_sheet_keeps_its_own_title_and_may_change_its_case() -> None:
    desk = Desk()
    desk.edit(properties(sheetId=0, title="sheet1"))

    assert titles(desk) == ["sheet1"]


def test_a_batch_with_one_wrong_request_changes_nothing() -> None:
    desk = Desk()
    words = desk.refused(
        {"addSheet": {"properties": {"title": "Отчёт"}}},
        {"updateCells": {"start": {"sheetId": 99}, "rows": [{"values": [text("a")]}], "fields": "*"}},
    )

    assert words == "Invalid requests[1].updateCells: No grid with id: 99"
    assert titles(desk) == ["Sheet1"]


def test_what_is_not_emulated_is_refused_and_never_done_by_halves() -> None:
    assert "does not know this kind" in Desk().refused({"findReplace": {"find": "a", "allSheets": True}})


def test_the_last_seen_sheet_is_neither_hidden_nor_deleted() -> None:
    desk = Desk()
    desk.add_sheet("Отчёт", 7)
    desk.edit(properties(sheetId=7, hidden=True))

    assert "can't hide all" in desk.refused(properties(sheetId=0, hidden=True))
    assert "can't remove all" in desk.refused({"deleteSheet": {"sheetId": 0}})
    assert desk.sheet("Отчёт")["properties"]["hidden"] is True


def test_sheets_are_put_in_order_and_frozen() -> None:
    desk = Desk()
    desk.add_sheet("Отчёт", 7)
    desk.edit(
        properties(sheetId=7, index=0),
        properties(sheetId=7, gridProperties={"rowCount": 5, "columnCount": 5, "frozenRowCount": 2}),
    )

    assert titles(desk) == ["Отчёт", "Sheet1"]
    assert desk.sheet("Отчёт")["properties"]["gridProperties"]["frozenRowCount"] == 2


def test_a_smaller_grid_forgets_what_stood_outside() -> None:
    desk = Desk()
    desk.puts("A1", ["a"], ["b"])
    shrink = {"properties": {"gridProperties": {"rowCount": 1}}, "fields": "gridProperties.rowCount"}
    grow = {"properties": {"gridProperties": {"rowCount": 2}}, "fields": "gridProperties.rowCount"}
    desk.edit({"updateSheetProperties": shrink}, {"updateSheetProperties": grow})

    assert desk.shown("A1:A2") == [["a"]]


def test_a_deleted_sheet_takes_its_names_and_keys_along() -> None:
    desk = Desk()
    desk.add_sheet("Отчёт", 7)
    key = {"metadataKey": "лист", "location": {"sheetId": 7}, "visibility": "DOCUMENT"}
    desk.edit(
        {"addNamedRange": {"namedRange": {"name": "tbl_report", "range": grid("A1:B2", 7)}}},
        {"createDeveloperMetadata": {"developerMetadata": key}},
        {"deleteSheet": {"sheetId": 7}},
    )
    found = desk.office.call(
        "POST",
        f"/v4/spreadsheets/{desk.id}/developerMetadata:search",
        {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "лист"}}]},
    )

    assert "namedRanges" not in desk.look()
    assert found == {}


def test_a_duplicate_has_the_cells_and_its_own_protection() -> None:
    desk = Desk()
    desk.puts("A1", ["a"])
    desk.edit({"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}, "description": "план"}}})
    reply = desk.edit(
        {
            "duplicateSheet": {
                "sourceSheetId": 0,
                "newSheetId": 8,
                "newSheetName": "Копия",
                "insertSheetIndex": 1,
            }
        }
    )
    copy = desk.sheet("Копия")

    assert reply[0]["duplicateSheet"]["properties"]["index"] == 1
    assert desk.shown("Копия!A1") == [["a"]]
    assert copy["protectedRanges"][0]["range"] == {"sheetId": 8}
    assert (
        copy["protectedRanges"][0]["protectedRangeId"]
        != desk.sheet()["protectedRanges"][0]["protectedRangeId"]
    )


def test_a_change_of_a_duplicate_does_not_touch_the_original() -> None:
    desk = Desk()
    desk.puts("A1", ["a"])
    desk.edit({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 8, "newSheetName": "Копия"}})
    desk.puts("Копия!A1", ["b"])

    assert desk.shown("Sheet1!A1") == [["a"]]


def test_a_sheet_is_copied_into_another_spreadsheet() -> None:
    desk = Desk()
    desk.puts("A1", ["a"])
    other = desk.office.creates("Другая", SPREADSHEET)
    path = f"/v4/spreadsheets/{desk.id}/sheets/0:copyTo"
    answer = desk.office.call("POST", path, {"destinationSpreadsheetId": other})

    assert (answer["title"], answer["index"]) == ("Copy of Sheet1", 1)
    assert desk.office.reads(other, "'Copy of Sheet1'!A1") == [["a"]]


def test_two_editors_at_once_keep_what_each_wrote() -> None:
    """The last write wins, cell by cell."""
    desk = Desk()
    desk.types("A1", "школа", by=desk.school)
    desk.types("B1", "район")
    desk.types("A1", "район")

    assert desk.shown("A1:B1") == [["район", "район"]]


def test_more_cells_than_google_holds_are_refused() -> None:
    huge = {"properties": {"title": "Много", "gridProperties": {"rowCount": 1_000_000, "columnCount": 11}}}

    assert "above the limit of 10000000 cells" in Desk().refused({"addSheet": huge})


def test_the_answer_may_bring_the_spreadsheet_along() -> None:
    desk = Desk()
    body = {
        "requests": [{"updateCells": {"start": {}, "rows": [{"values": [text("a")]}], "fields": "*"}}],
        "includeSpreadsheetInResponse": True,
        "responseIncludeGridData": True,
        "responseRanges": ["A1"],
    }
    answer = desk.office.call("POST", f"/v4/spreadsheets/{desk.id}:batchUpdate", body)
    rows = answer["updatedSpreadsheet"]["sheets"][0]["data"][0]["rowData"]

    assert rows[0]["values"][0]["formattedValue"] == "a"


def test_rules_of_looks_are_added_moved_changed_and_deleted() -> None:
    desk = Desk("ru_RU")

    def rule(formula: str) -> dict[str, object]:
        condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
        look = {"backgroundColor": {"red": 1}}
        return {"ranges": [grid("A1:A5")], "booleanRule": {"condition": condition, "format": look}}

    desk.edit(
        {"addConditionalFormatRule": {"rule": rule("=LEN(A1)=0"), "index": 0}},
        {"addConditionalFormatRule": {"rule": rule('=OR(A1="да";A1="нет")'), "index": 1}},
    )
    moved = desk.edit({"updateConditionalFormatRule": {"sheetId": 0, "index": 1, "newIndex": 0}})
    rules = desk.sheet()["conditionalFormats"]

    assert moved[0]["updateConditionalFormatRule"]["oldIndex"] == 1
    assert [one["booleanRule"]["condition"]["values"][0]["userEnteredValue"][:3] for one in rules] == [
        "=OR",
        "=LE",
    ]
    assert "No conditional format" in desk.refused(
        {"deleteConditionalFormatRule": {"sheetId": 0, "index": 2}}
    )

    desk.edit({"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}})

    assert len(desk.sheet()["conditionalFormats"]) == 1


def test_a_rule_whose_formula_cannot_be_read_is_refused() -> None:
    """In a Russian spreadsheet a comma does not part arguments."""
    desk = Desk("ru_RU")
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": '=OR(A1="да",A1="нет")'}]}
    rule = {"ranges": [grid("A1")], "booleanRule": {"condition": condition, "format": {}}}

    assert "Invalid ConditionValue.userEnteredValue" in desk.refused(
        {"addConditionalFormatRule": {"rule": rule}}
    )
