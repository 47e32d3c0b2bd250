"""Typing and reading values: what a person sees in the cells of a spreadsheet."""

from __future__ import annotations

from typing import Any

import pytest
from desk import Desk, grid, text

from sheetsync_emulator.trouble import ApiError

RUSSIAN = [
    ("1,5", 1.5, "1,5"),
    ("1 234,5", 1234.5, "1234,5"),
    ("-3", -3, "-3"),
    ("15%", 0.15, "15%"),
    ("22.11.2026", 46348, "22.11.2026"),
    ("22.11.2026 14:30", 46348.604166666664, "22.11.2026 14:30:00"),
    ("2026-11-22", 46348, "2026-11-22"),
    ("31.02.2026", "31.02.2026", "31.02.2026"),
    ("1.5", "1.5", "1.5"),
    ("ИСТИНА", True, "ИСТИНА"),
    ("да", "да", "да"),
    ("'15", "15", "15"),
    ("приказ № 45", "приказ № 45", "приказ № 45"),
]
ENGLISH = [
    ("1.5", 1.5, "1.5"),
    ("1,5", "1,5", "1,5"),
    ("001", 1, "1"),
    ("11/22/2026", 46348, "11/22/2026"),
    ("22.11.2026", "22.11.2026", "22.11.2026"),
    ("true", True, "TRUE"),
    ("ЛОЖЬ", "ЛОЖЬ", "ЛОЖЬ"),
]


@pytest.mark.parametrize(("typed", "value", "seen"), RUSSIAN)
def test_what_a_school_types_is_read_as_russians_write(typed: str, value: Any, seen: str) -> None:
    desk = Desk("ru_RU")
    desk.types("A1", typed)

    assert desk.shown("A1", valueRenderOption="UNFORMATTED_VALUE") == [[value]]
    assert desk.shown("A1") == [[seen]]


@pytest.mark.parametrize(("typed", "value", "seen"), ENGLISH)
def test_an_american_spreadsheet_reads_as_americans_write(typed: str, value: Any, seen: str) -> None:
    desk = Desk("en_US")
    desk.types("A1", typed)

    assert desk.shown("A1", valueRenderOption="UNFORMATTED_VALUE") == [[value]]
    assert desk.shown("A1") == [[seen]]


def test_raw_values_stay_as_they_are_sent() -> None:
    desk = Desk("ru_RU")
    desk.puts("A1", ["1,10", "=1+1", True, 2.0, "22.11.2026"])

    assert desk.shown("A1:E1", valueRenderOption="UNFORMATTED_VALUE") == [
        ["1,10", "=1+1", True, 2, "22.11.2026"]
    ]
    assert desk.cell("B1")["userEnteredValue"] == {"stringValue": "=1+1"}


def test_text_cells_keep_what_is_typed() -> None:
    """In a column formatted as text a number or a date is not read into it."""
    desk = Desk("ru_RU")
    plain = {"userEnteredFormat": {"numberFormat": {"type": "TEXT", "pattern": "@"}}}
    desk.edit(
        {"repeatCell": {"range": grid("A1:A2"), "cell": plain, "fields": "userEnteredFormat.numberFormat"}}
    )
    desk.types("A1", "001")
    desk.types("A2", "22.11.2026")

    assert desk.shown("A1:A2") == [["001"], ["22.11.2026"]]


def test_a_sparse_write_leaves_null_and_clears_empty() -> None:
    desk = Desk()
    desk.puts("A1", ["a", "b", "c"])
    answer = desk.puts("A1", [None, "", "x"])

    assert desk.shown("A1:C1") == [["a", "", "x"]]
    assert (answer["updatedRange"], answer["updatedCells"], answer["updatedColumns"]) == (
        "Sheet1!A1:C1",
        2,
        2,
    )


def test_values_that_do_not_fit_their_range_are_refused() -> None:
    desk = Desk()
    with pytest.raises(ApiError, match=r"tried writing to row \[3\]"):
        desk.puts("A1:B2", ["a"], ["b"], ["c"])
    with pytest.raises(ApiError, match=r"tried writing to column \[C\]"):
        desk.puts("A1:B2", ["a", "b", "c"])

    assert desk.shown("A1:C3") == []


def test_writing_without_saying_how_is_refused() -> None:
    desk = Desk()
    with pytest.raises(ApiError, match="'valueInputOption' is required"):
        desk.office.call("PUT", f"/v4/spreadsheets/{desk.id}/values/A1", {"values": [["a"]]})


@pytest.mark.parametrize("place", ["Нет!A1", "A", "нет такого имени", "Sheet1!"])
def test_an_address_that_means_nothing_is_refused(place: str) -> None:
    with pytest.raises(ApiError, match="Unable to parse range"):
        Desk().shown(place)


def test_a_place_beyond_the_grid_is_refused_and_a_write_from_its_edge_makes_room() -> None:
    desk = Desk()
    with pytest.raises(ApiError, match="exceeds grid limits"):
        desk.shown("A1001")
    desk.puts("A1000", ["last"], ["beyond"])

    assert desk.sheet()["properties"]["gridProperties"]["rowCount"] == 1001


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("B2", "Sheet1!B2"),
        ("b2:a1", "Sheet1!A1:B2"),
        ("2:2", "Sheet1!A2:Z2"),
        ("B:B", "Sheet1!B1:B1000"),
        ("A2:B", "Sheet1!A2:B1000"),
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("SHEET1!$A$1", "Sheet1!A1"),
    ],
)
def test_addresses_are_understood_in_all_their_ways(place: str, told: str) -> None:
    desk = Desk()

    assert desk.office.call("GET", f"/v4/spreadsheets/{desk.id}/values/{place}")["range"] == told


def test_a_title_with_an_apostrophe_and_a_named_range_are_addresses() -> None:
    desk = Desk()
    desk.add_sheet("Лист 'А'", 7)
    desk.edit({"addNamedRange": {"namedRange": {"name": "tbl_report", "range": grid("B2:C3", 7)}}})
    desk.puts("'Лист ''А'''!B2", ["x"])

    assert desk.shown("tbl_report") == [["x"]]


def test_many_ranges_are_read_and_written_in_one_call() -> None:
    desk = Desk()
    data = [
        {"range": "A1", "values": [["a"]]},
        {"range": "C3:C4", "majorDimension": "COLUMNS", "values": [["b", "c"]]},
    ]
    body = {"valueInputOption": "RAW", "data": data, "includeValuesInResponse": True}
    answer = desk.office.call("POST", f"/v4/spreadsheets/{desk.id}/values:batchUpdate", body)

    assert answer["totalUpdatedCells"] == 3
    assert [one["updatedData"]["values"] for one in answer["responses"]] == [[["a"]], [["b"], ["c"]]]
    assert desk.shown("A1:C4", majorDimension="COLUMNS") == [["a"], [], ["", "", "b", "c"]]


def test_a_batch_of_writes_is_done_altogether_or_not_at_all() -> None:
    desk = Desk()
    data = [{"range": "A1", "values": [["a"]]}, {"range": "Нет!A1", "values": [["b"]]}]
    with pytest.raises(ApiError):
        desk.office.call(
            "POST",
            f"/v4/spreadsheets/{desk.id}/values:batchUpdate",
            {"valueInputOption": "RAW", "data": data},
        )

    assert desk.shown("A1") == []


def test_clearing_takes_values_only() -> None:
    desk = Desk()
    desk.fills({"sheetId": 0}, "*", [text("a") | {"note": "записка"}])
    answer = desk.office.call("POST", f"/v4/spreadsheets/{desk.id}/values/A1:B2:clear", {})

    assert answer["clearedRange"] == "Sheet1!A1:B2"
    assert desk.cell("A1") == {"note": "записка"}


def test_append_finds_the_table_by_touching_cells_and_lands_where_nobody_expects() -> None:
    """Why sheetsync never appends: after a row with an empty middle cell the next one goes to column C."""
    desk = Desk()
    path = f"/v4/spreadsheets/{desk.id}/values/Sheet1:append"
    desk.office.call("POST", path, {"values": [["a", "", "c"]]}, valueInputOption="RAW")
    answer = desk.office.call("POST", path, {"values": [["d"]]}, valueInputOption="RAW")

    assert answer["tableRange"] == "Sheet1!C1"
    assert answer["updates"]["updatedRange"] == "Sheet1!C2"


def test_moments_come_as_days_or_as_text() -> None:
    desk = Desk("ru_RU")
    desk.types("A1", "22.11.2026")
    unformatted = {"valueRenderOption": "UNFORMATTED_VALUE"}

    assert desk.shown("A1", **unformatted) == [[46348]]
    assert desk.shown("A1", **unformatted, dateTimeRenderOption="FORMATTED_STRING") == [["22.11.2026"]]


NUMBER_FORMATS = [
    (1234.5, "0.00", "1234,50"),
    (1234.5, "#,##0.00", "1\u00a0234,50"),
    (0.256, "0.0%", "25,6%"),
    (7, "000", "007"),
    (46348.5, "d mmmm yyyy", "22 ноября 2026"),
    (46348.5, "dd.mm.yy hh:mm", "22.11.26 12:00"),
    (5, '0" шт."', "5 шт."),
]


@pytest.mark.parametrize(("number", "pattern", "seen"), NUMBER_FORMATS)
def test_numbers_are_shown_by_their_format(number: float, pattern: str, seen: str) -> None:
    desk = Desk("ru_RU")
    kind = "DATE" if "d" in pattern else "NUMBER"
    cell = {
        "userEnteredValue": {"numberValue": number},
        "userEnteredFormat": {"numberFormat": {"type": kind, "pattern": pattern}},
    }
    desk.fills({"sheetId": 0}, "userEnteredValue,userEnteredFormat.numberFormat", [cell])

    assert desk.shown("A1") == [[seen]]
