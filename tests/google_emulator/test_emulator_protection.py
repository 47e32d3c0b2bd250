"""What a school may change in a protected sheet, and what it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from desk import FIRST, OFFICE, SCHOOL, Desk, grid, lines, text

from sheetsync_emulator.trouble import ApiError

WORDS = "protected cell or object"


def protect(desk: Desk, *holes: str, **more: Any) -> int:
    """The whole sheet for the office only, but for these ranges; gives the id of the protection."""
    protected = {
        "range": {"sheetId": FIRST},
        "unprotectedRanges": [grid(hole) for hole in holes],
        "editors": {"users": [OFFICE]},
        **more,
    }
    reply = desk.edit({"addProtectedRange": {"protectedRange": protected}})
    return int(reply[0]["addProtectedRange"]["protectedRange"]["protectedRangeId"])


def test_a_school_writes_where_it_is_asked_and_nowhere_else() -> None:
    desk = Desk()
    protect(desk, "F2:G5")
    desk.types("F2", "выполнено", by=desk.school)

    with pytest.raises(ApiError, match=WORDS):
        desk.types("A2", "чужое", by=desk.school)
    assert desk.shown("A1:F2") == [[], ["", "", "", "", "", "выполнено"]]


def test_a_write_that_touches_one_locked_cell_is_refused_whole() -> None:
    desk = Desk()
    protect(desk, "B2:C3", "B4:C5")
    desk.puts("B3", ["a", "b"], ["c", "d"], by=desk.school)

    with pytest.raises(ApiError, match=WORDS):
        desk.puts("B3", ["x", "x", "x"], by=desk.school)
    assert desk.shown("B3:C4") == [["a", "b"], ["c", "d"]]


def test_the_owner_and_the_editors_pass() -> None:
    desk = Desk()
    protect(desk)
    desk.types("A1", "район")
    number = desk.sheet()["protectedRanges"][0]["protectedRangeId"]
    editors = {"protectedRangeId": number, "editors": {"users": [SCHOOL]}}
    desk.edit({"updateProtectedRange": {"protectedRange": editors, "fields": "editors"}})
    desk.types("A2", "школа", by=desk.school)

    assert desk.shown("A1:A2") == [["район"], ["школа"]]


RULE = {"condition": {"type": "DATE_IS_VALID"}}
BOLD = {"userEnteredFormat": {"textFormat": {"bold": True}}}
LOOK = {
    "ranges": [grid("A1")],
    "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}},
}


@pytest.mark.parametrize(
    "change",
    [
        {"insertDimension": {"range": lines("ROWS", 1, 2)}},
        {"deleteDimension": {"range": lines("ROWS", 1, 2)}},
        {"deleteDimension": {"range": lines("COLUMNS", 1, 2)}},
        {"appendDimension": {"sheetId": FIRST, "dimension": "ROWS", "length": 1}},
        {"moveDimension": {"source": lines("ROWS", 1, 2), "destinationIndex": 5}},
        {
            "updateDimensionProperties": {
                "range": lines("ROWS", 1, 2),
                "properties": {"pixelSize": 5},
                "fields": "*",
            }
        },
        {"repeatCell": {"range": grid("A1"), "cell": BOLD, "fields": "userEnteredFormat"}},
        {"updateCells": {"start": {}, "rows": [{"values": [{"note": "x"}]}], "fields": "note"}},
        {"updateBorders": {"range": grid("A1"), "top": {"style": "SOLID"}}},
        {"setDataValidation": {"range": grid("A1"), "rule": RULE}},
        {"mergeCells": {"range": grid("A1:B2")}},
        {"sortRange": {"range": grid("A1:B2"), "sortSpecs": [{"dimensionIndex": 0}]}},
        {"copyPaste": {"source": grid("F2"), "destination": grid("A1")}},
        {"cutPaste": {"source": grid("A1"), "destination": {"rowIndex": 1, "columnIndex": 5}}},
        {"addConditionalFormatRule": {"rule": LOOK}},
        {"setBasicFilter": {"filter": {"range": grid("A1:B2")}}},
        {"updateSheetProperties": {"properties": {"title": "Моё"}, "fields": "title"}},
        {"deleteSheet": {"sheetId": FIRST}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_school_changes_nothing_of_a_protected_sheet(change: dict[str, object]) -> None:
    desk = Desk()
    desk.add_sheet("Ещё", 7)
    protect(desk, "F2")

    assert WORDS in desk.refused(change, by=desk.school)
    assert desk.edit(change)


def test_a_school_cannot_lift_a_protection_and_is_not_told_who_may_edit() -> None:
    desk = Desk()
    number = protect(desk, "F2", description="план района")
    seen = desk.sheet(by=desk.school)["protectedRanges"][0]

    assert WORDS in desk.refused({"deleteProtectedRange": {"protectedRangeId": number}}, by=desk.school)
    assert "editors" not in seen
    assert "requestingUserCanEdit" not in seen
    assert seen["unprotectedRanges"] == [{name: at for name, at in grid("F2").items() if name != "sheetId"}]
    assert desk.sheet()["protectedRanges"][0]["editors"] == {"users": [OFFICE]}


def test_a_school_that_protects_something_stays_its_editor() -> None:
    desk = Desk()
    desk.edit({"addProtectedRange": {"protectedRange": {"range": grid("A1")}}}, by=desk.school)
    desk.types("A1", "школа", by=desk.school)

    assert desk.sheet()["protectedRanges"][0]["editors"]["users"] == [OFFICE, SCHOOL]


def test_a_warning_stops_nobody() -> None:
    desk = Desk()
    desk.edit({"addProtectedRange": {"protectedRange": {"range": {"sheetId": FIRST}, "warningOnly": True}}})
    desk.types("A1", "школа", by=desk.school)

    assert desk.shown("A1") == [["школа"]]


def test_rows_outside_of_a_protected_range_stay_the_schools() -> None:
    desk = Desk()
    desk.edit(
        {"addProtectedRange": {"protectedRange": {"range": grid("A1:B2"), "editors": {"users": [OFFICE]}}}}
    )
    desk.edit({"insertDimension": {"range": lines("ROWS", 5, 6)}}, by=desk.school)

    assert WORDS in desk.refused({"deleteDimension": {"range": lines("ROWS", 0, 1)}}, by=desk.school)


def test_the_holes_move_with_their_rows() -> None:
    desk = Desk()
    protect(desk, "F2")
    desk.edit({"insertDimension": {"range": lines("ROWS", 0, 1)}})
    desk.types("F3", "ответ", by=desk.school)

    with pytest.raises(ApiError, match=WORDS):
        desk.types("F2", "мимо", by=desk.school)


def test_only_a_whole_sheet_has_holes() -> None:
    part = {"range": grid("A1:B2"), "unprotectedRanges": [grid("A1")]}

    assert "only supported on protected sheets" in Desk().refused(
        {"addProtectedRange": {"protectedRange": part}}
    )


def test_a_refused_batch_of_a_school_leaves_nothing_behind() -> None:
    desk = Desk()
    protect(desk, "F2")
    good = {
        "updateCells": {
            "start": {"rowIndex": 1, "columnIndex": 5},
            "rows": [{"values": [text("a")]}],
            "fields": "*",
        }
    }
    bad = {"updateCells": {"start": {}, "rows": [{"values": [text("b")]}], "fields": "*"}}

    assert desk.refused(good, bad, by=desk.school).startswith(
        "Invalid requests[1].updateCells: You are trying"
    )
    assert desk.shown("A1:F2") == []
