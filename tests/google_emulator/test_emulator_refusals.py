"""What the real Google has been seen to refuse, or to do unasked: the emulator does no better.

Where it was seen is said in the emulator beside each rule.
"""

from __future__ import annotations

from typing import Any

import pytest
from desk import Desk, grid

Json = dict[str, Any]


def frozen(rows: int = 0, columns: int = 0) -> Json:
    told = {"gridProperties": {"frozenRowCount": rows, "frozenColumnCount": columns}}
    fields = "gridProperties(frozenRowCount,frozenColumnCount)"
    return {"updateSheetProperties": {"properties": told, "fields": fields}}


def merge(place: str) -> Json:
    return {"mergeCells": {"range": grid(place), "mergeType": "MERGE_ALL"}}


def name(called: str, sheet: int = 0) -> Json:
    return {"addNamedRange": {"namedRange": {"name": called, "range": grid("A1", sheet)}}}


def check(kind: str, *values: str) -> Json:
    condition = {"type": kind, "values": [{"userEnteredValue": one} for one in values]}
    return {"setDataValidation": {"range": grid("A1"), "rule": {"condition": condition}}}


@pytest.mark.parametrize(("place", "what"), [("A1:C1", "columns"), ("B2:B4", "rows")])
def test_frozen_and_other_cells_are_not_merged(place: str, what: str) -> None:
    desk = Desk()
    desk.edit(frozen(rows=2, columns=1))

    assert desk.refused(merge(place)).endswith(f"You can't merge frozen and non-frozen {what}.")
    desk.edit(merge("B1:C2"))


@pytest.mark.parametrize(
    ("asked", "what"), [(frozen(columns=1), "columns"), (frozen(rows=1), "rows"), (frozen(2, 1), "columns")]
)
def test_the_edge_of_what_is_frozen_cuts_no_merged_cell(asked: Json, what: str) -> None:
    desk = Desk()
    desk.edit(merge("A1:B2"))

    assert f"freeze {what} which contain only part of a merged cell" in desk.refused(asked)
    desk.edit(frozen(rows=2, columns=2))


def test_a_sheet_is_never_frozen_whole() -> None:
    told = {"title": "Свод", "gridProperties": {"rowCount": 2, "columnCount": 5, "frozenRowCount": 2}}

    assert "can't freeze all visible rows" in Desk().refused({"addSheet": {"properties": told}})


def test_half_of_a_merged_cell_is_not_taken_apart() -> None:
    desk = Desk()
    desk.edit(merge("A1:B2"))

    assert "must select all cells" in desk.refused({"unmergeCells": {"range": grid("A1:A2")}})
    desk.edit({"unmergeCells": {"range": {"sheetId": 0}}})


@pytest.mark.parametrize("called", ["", "два слова", "1й", "Q1", "r1c1", "RC", "TRUE", "a.b", "a" * 251])
def test_a_name_must_be_a_name(called: str) -> None:
    assert (
        desk_says(name(called))
        == "Invalid requests[0].addNamedRange: The name given to this range is invalid."
    )


@pytest.mark.parametrize("called", ["form_ready", "tbl_report", "_мои_данные", "a" * 250])
def test_names_of_letters_of_any_language_are_kept(called: str) -> None:
    desk = Desk()
    desk.edit(name(called))

    assert [one["name"] for one in desk.look()["namedRanges"]] == [called]


def test_a_name_of_a_deleted_sheet_is_not_told_and_stays_taken() -> None:
    desk = Desk()
    desk.add_sheet("Отчёт", 7)
    desk.edit(name("tbl_report", 7), {"deleteSheet": {"sheetId": 7}})

    assert "namedRanges" not in desk.look()
    assert "a named range with that name already exists" in desk.refused(name("TBL_report"))


def desk_says(*requests: Json, locale: str = "en_US") -> str:
    return Desk(locale).refused(*requests)


def test_formulas_of_checks_are_read_in_the_language_of_the_spreadsheet() -> None:
    words = desk_says(check("CUSTOM_FORMULA", "=AND(A1>0,A1<5)"), locale="ru_RU")

    assert "Invalid ConditionValue.userEnteredValue: =AND(A1>0,A1<5)" in words
    Desk("ru_RU").edit(check("CUSTOM_FORMULA", "=AND(A1>0;A1<5)"))
    Desk("en_US").edit(check("CUSTOM_FORMULA", "=AND(A1>0;A1<5)"))


def test_a_range_of_values_is_a_formula() -> None:
    assert "for ConditionType: ONE_OF_RANGE" in desk_says(check("ONE_OF_RANGE", "Sheet1!B1:B5"))
    Desk().edit(check("ONE_OF_RANGE", "=Sheet1!$B$1:$B$5"))


def test_words_of_a_list_may_begin_like_a_formula() -> None:
    Desk("ru_RU").edit(check("ONE_OF_LIST", "=(", "да"))


def test_what_is_pasted_over_a_rule_of_looks_cuts_it_up() -> None:
    desk = Desk()
    desk.add_sheet("Черновик", 7)
    rule = {
        "ranges": [grid("A1:A5")],
        "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}},
    }
    paste = {"source": grid("A2:A3", 7), "destination": grid("A2:A3"), "pasteType": "PASTE_NORMAL"}
    desk.edit({"addConditionalFormatRule": {"rule": rule}}, {"copyPaste": paste})

    ranges = desk.sheet()["conditionalFormats"][0]["ranges"]
    assert [(one["startRowIndex"], one["endRowIndex"]) for one in ranges] == [(0, 1), (3, 5)]
