"""Keys a program leaves on spreadsheets, sheets, rows and columns, and cells found by them."""

from __future__ import annotations

from typing import Any

import pytest
from desk import FIRST, Desk, grid, lines

from sheetsync_emulator.trouble import ApiError

SPREADSHEET: dict[str, Any] = {"spreadsheet": True}


def create(key: str, location: dict[str, Any], **more: Any) -> dict[str, Any]:
    mark = {"metadataKey": key, "visibility": "DOCUMENT", "location": location, **more}
    return {"createDeveloperMetadata": {"developerMetadata": mark}}


def row(at: int) -> dict[str, Any]:
    return {"dimensionRange": lines("ROWS", at, at + 1)}


def search(desk: Desk, **lookup: Any) -> list[str]:
    body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
    found = desk.office.call("POST", f"/v4/spreadsheets/{desk.id}/developerMetadata:search", body)
    return [one["developerMetadata"]["metadataKey"] for one in found.get("matchedDeveloperMetadata", [])]


def test_keys_are_told_where_they_were_left() -> None:
    desk = Desk()
    reply = desk.edit(
        create("план", SPREADSHEET, metadataValue="2026", metadataId=41),
        create("лист", {"sheetId": FIRST}),
        create("строка", row(2)),
    )
    told = desk.look(cells=True)

    assert reply[0]["createDeveloperMetadata"]["developerMetadata"]["metadataId"] == 41
    assert [one["metadataValue"] for one in told["developerMetadata"]] == ["2026"]
    assert [one["metadataKey"] for one in told["sheets"][0]["developerMetadata"]] == ["лист"]
    assert told["sheets"][0]["data"][0]["rowMetadata"][2]["developerMetadata"][0]["metadataKey"] == "строка"


def test_an_id_is_given_once() -> None:
    """So a batch that carries an id cannot be done twice."""
    desk = Desk()
    desk.edit(create("план", SPREADSHEET, metadataId=41))

    assert "id 41 already exists" in desk.refused(create("план", SPREADSHEET, metadataId=41))


@pytest.mark.parametrize(
    "wrong",
    [
        create("", SPREADSHEET),
        create("план", {}),
        create("план", {"dimensionRange": lines("ROWS", 0, 2)}),
        create("план", SPREADSHEET, visibility="DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED"),
    ],
)
def test_a_key_needs_a_name_a_place_and_who_sees_it(wrong: dict[str, Any]) -> None:
    assert "metadata" in Desk().refused(wrong)


def test_keys_are_found_by_what_is_known_of_them() -> None:
    desk = Desk()
    desk.edit(create("план", SPREADSHEET), create("лист", {"sheetId": FIRST}), create("строка", row(2)))

    assert search(desk, metadataKey="план") == ["план"]
    assert search(desk, locationType="ROW") == ["строка"]
    assert search(desk, metadataLocation={"sheetId": FIRST}) == ["план", "лист", "строка"]
    assert search(desk, metadataLocation=row(2), locationMatchingStrategy="EXACT_LOCATION") == ["строка"]
    assert search(desk, metadataKey="нет такого") == []


def test_one_key_is_read_by_its_id() -> None:
    desk = Desk()
    desk.edit(create("план", SPREADSHEET, metadataId=41))
    path = f"/v4/spreadsheets/{desk.id}/developerMetadata"

    assert desk.office.call("GET", f"{path}/41")["metadataKey"] == "план"
    with pytest.raises(ApiError) as trouble:
        desk.office.call("GET", f"{path}/42")
    assert trouble.value.code == 404


def test_keys_are_changed_and_deleted_by_a_filter() -> None:
    desk = Desk()
    desk.edit(create("план", SPREADSHEET, metadataValue="1"), create("строка", row(2)))
    filters = [{"developerMetadataLookup": {"metadataKey": "план"}}]
    change = {"dataFilters": filters, "developerMetadata": {"metadataValue": "2"}, "fields": "metadataValue"}
    changed = desk.edit({"updateDeveloperMetadata": change})
    deleted = desk.edit(
        {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"locationType": "ROW"}}}}
    )

    assert changed[0]["updateDeveloperMetadata"]["developerMetadata"][0]["metadataValue"] == "2"
    assert len(deleted[0]["deleteDeveloperMetadata"]["deletedDeveloperMetadata"]) == 1
    assert search(desk, visibility="DOCUMENT") == ["план"]


def test_a_deleted_row_takes_its_key_along() -> None:
    desk = Desk()
    desk.edit(create("строка", row(2)), {"deleteDimension": {"range": lines("ROWS", 2, 3)}})

    assert search(desk, metadataKey="строка") == []


def test_sorted_rows_take_their_keys_along() -> None:
    """Seen at Google by another project (mmedum/google-sheets-mcp, spike K)."""
    desk = Desk()
    desk.puts("A1", ["б"], ["а"])
    desk.edit(
        create("строка", row(0)),
        {"sortRange": {"range": grid("A1:A2"), "sortSpecs": [{"dimensionIndex": 0}]}},
    )
    rows = desk.look(cells=True)["sheets"][0]["data"][0]["rowMetadata"]

    assert desk.shown("A1:A2") == [["а"], ["б"]]
    assert "developerMetadata" in rows[1]
    assert "developerMetadata" not in rows[0]


def test_values_are_read_written_and_cleared_by_keys_of_rows() -> None:
    desk = Desk()
    desk.edit(create("строка", row(2)))
    by_key = {"developerMetadataLookup": {"metadataKey": "строка"}}
    values = f"/v4/spreadsheets/{desk.id}/values"
    body = {"valueInputOption": "RAW", "data": [{"dataFilter": by_key, "values": [["a", "b"]]}]}
    written = desk.office.call("POST", f"{values}:batchUpdateByDataFilter", body)
    read = desk.office.call("POST", f"{values}:batchGetByDataFilter", {"dataFilters": [by_key]})
    whole = desk.office.call(
        "POST",
        f"/v4/spreadsheets/{desk.id}:getByDataFilter",
        {"dataFilters": [by_key], "includeGridData": True},
    )
    cleared = desk.office.call("POST", f"{values}:batchClearByDataFilter", {"dataFilters": [by_key]})

    assert written["responses"][0]["updatedRange"] == "Sheet1!A3:B3"
    assert read["valueRanges"][0]["valueRange"]["values"] == [["a", "b"]]
    assert whole["sheets"][0]["data"][0]["startRow"] == 2
    assert cleared["clearedRanges"] == ["Sheet1!A3:Z3"]
    assert desk.shown("A3") == []


def test_cells_are_found_by_address_and_by_grid_too() -> None:
    desk = Desk()
    desk.puts("A1", ["a", "b"])
    filters = [{"a1Range": "A1"}, {"gridRange": grid("B1")}]
    read = desk.office.call(
        "POST", f"/v4/spreadsheets/{desk.id}/values:batchGetByDataFilter", {"dataFilters": filters}
    )

    assert [one["valueRange"]["values"] for one in read["valueRanges"]] == [[["a"]], [["b"]]]
