"""Rows and columns that come, go and move, and everything that must follow them."""

from __future__ import annotations

import pytest
from desk import Desk, grid, lines, text

HIDDEN = {"hiddenByUser": True}


def insert(start: int, end: int, dimension: str = "ROWS", **more: bool) -> dict[str, object]:
    return {"insertDimension": {"range": lines(dimension, start, end), **more}}


def delete(start: int, end: int, dimension: str = "ROWS") -> dict[str, object]:
    return {"deleteDimension": {"range": lines(dimension, start, end)}}


def named(desk: Desk) -> dict[str, object]:
    return {one["name"]: one["range"] for one in desk.look().get("namedRanges", [])}


def box(given: dict[str, int]) -> tuple[int | None, ...]:
    return tuple(
        given.get(name) for name in ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    )


def test_inserted_rows_push_values_names_merges_and_keys_down() -> None:
    desk = Desk()
    desk.puts("A1", ["шапка"], ["строка 1"], ["строка 2"])
    key = {
        "metadataKey": "ключ",
        "metadataValue": "R002",
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": lines("ROWS", 2, 3)},
    }
    desk.edit(
        {"addNamedRange": {"namedRange": {"name": "tbl_report", "range": grid("A1:B3")}}},
        {"addNamedRange": {"namedRange": {"name": "under", "range": grid("A5:B6")}}},
        {"mergeCells": {"range": grid("C2:D3")}},
        {"createDeveloperMetadata": {"developerMetadata": key}},
        insert(1, 3),
    )
    rows = desk.look(cells=True)["sheets"][0]["data"][0]["rowMetadata"]

    assert desk.shown("A1:A5") == [["шапка"], [], [], ["строка 1"], ["строка 2"]]
    assert {name: box(area) for name, area in named(desk).items()} == {
        "tbl_report": (0, 5, 0, 2),
        "under": (6, 8, 0, 2),
    }
    assert [box(one) for one in desk.sheet()["merges"]] == [(3, 5, 2, 4)]
    assert [at for at, row in enumerate(rows) if "developerMetadata" in row] == [4]


def test_a_row_inserted_right_under_a_range_is_outside_of_it() -> None:
    desk = Desk()
    desk.edit({"addNamedRange": {"namedRange": {"name": "tbl_report", "range": grid("A1:B3")}}}, insert(3, 4))

    assert box(named(desk)["tbl_report"]) == (0, 3, 0, 2)


def test_deleted_rows_take_their_share_of_everything() -> None:
    desk = Desk()
    desk.puts("A1", ["1"], ["2"], ["3"], ["4"])
    desk.edit(
        {"addNamedRange": {"namedRange": {"name": "part", "range": grid("A2:A4")}}},
        {"addNamedRange": {"namedRange": {"name": "gone", "range": grid("A2:A3")}}},
        {"mergeCells": {"range": grid("C3:D4")}},
        delete(1, 3),
    )

    assert desk.shown("A1:A2") == [["1"], ["4"]]
    assert {name: box(area) for name, area in named(desk).items()} == {"part": (1, 2, 0, 1)}
    assert [box(one) for one in desk.sheet()["merges"]] == [(1, 2, 2, 4)]
    assert desk.sheet()["properties"]["gridProperties"]["rowCount"] == 998


def test_a_new_row_looks_like_its_neighbour() -> None:
    desk = Desk()
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    rule = {"condition": {"type": "DATE_IS_VALID"}}
    desk.fills({"rowIndex": 1}, "*", [text("a") | bold | {"dataValidation": rule, "note": "записка"}])
    desk.edit(insert(2, 3, inheritFromBefore=True))

    assert desk.cell("A3") == bold | {"dataValidation": rule}


def test_formulas_follow_the_rows_they_speak_of() -> None:
    desk = Desk()
    desk.add_sheet("Свод", 7)
    desk.puts("A1", [1], [2], [3])
    desk.types("B1", "=SUM(A1:A3)+$A$3")
    desk.types("Свод!A1", "=Sheet1!A3")
    desk.edit(insert(1, 2))

    assert desk.shown("B1", valueRenderOption="FORMULA") == [["=SUM(A1:A4)+$A$4"]]
    assert desk.shown("Свод!A1", valueRenderOption="FORMULA") == [["=Sheet1!A4"]]
    assert desk.shown("B1") == [["9"]]

    desk.edit(delete(3, 4))

    assert desk.shown("B1", valueRenderOption="FORMULA") == [["=SUM(A1:A3)+#REF!"]]
    assert desk.shown("B1") == [["#REF!"]]


def test_columns_are_inserted_and_deleted_the_same_way() -> None:
    desk = Desk()
    desk.puts("A1", [1, 2, 3])
    desk.types("A2", "=A1+C1")
    desk.edit(insert(1, 2, "COLUMNS"))

    assert desk.shown("A1:D1") == [["1", "", "2", "3"]]
    assert desk.shown("A2", valueRenderOption="FORMULA") == [["=A1+D1"]]


def test_rows_are_moved_with_their_keys() -> None:
    desk = Desk()
    desk.puts("A1", ["1"], ["2"], ["3"])
    desk.types("B1", "=A3")
    key = {"metadataKey": "k", "visibility": "DOCUMENT", "location": {"dimensionRange": lines("ROWS", 2, 3)}}
    desk.edit(
        {"createDeveloperMetadata": {"developerMetadata": key}},
        {"moveDimension": {"source": lines("ROWS", 2, 3), "destinationIndex": 0}},
    )
    rows = desk.look(cells=True)["sheets"][0]["data"][0]["rowMetadata"]

    assert desk.shown("A1:A3") == [["3"], ["1"], ["2"]]
    assert desk.shown("B2", valueRenderOption="FORMULA") == [["=A1"]]
    assert [at for at, row in enumerate(rows) if "developerMetadata" in row] == [0]


@pytest.mark.parametrize(
    "wrong",
    [
        insert(2000, 2001),
        insert(0, 1, inheritFromBefore=True),
        delete(0, 1000),
        delete(999, 1001),
        {"moveDimension": {"source": lines("ROWS", 0, 3), "destinationIndex": 1}},
    ],
)
def test_what_cannot_be_done_with_rows_is_refused(wrong: dict[str, object]) -> None:
    assert Desk().refused(wrong)


def test_hidden_rows_and_wide_columns_are_told_and_move_along() -> None:
    desk = Desk()
    desk.edit(
        {
            "updateDimensionProperties": {
                "range": lines("ROWS", 1, 2),
                "properties": HIDDEN,
                "fields": "hiddenByUser",
            }
        },
        {
            "updateDimensionProperties": {
                "range": lines("COLUMNS", 0, 1),
                "properties": {"pixelSize": 300},
                "fields": "pixelSize",
            }
        },
        insert(0, 1),
    )
    data = desk.look("A1:B4", cells=True)["sheets"][0]["data"][0]

    assert [row.get("hiddenByUser", False) for row in data["rowMetadata"]] == [False, False, True, False]
    assert [column["pixelSize"] for column in data["columnMetadata"]] == [300, 100]


# --- under a merge ------------------------------------------------------------------------------


def test_a_merge_keeps_its_first_value_only() -> None:
    desk = Desk()
    desk.puts("A1", ["a", "b"], ["c", "d"])
    desk.edit({"mergeCells": {"range": grid("A1:B2")}}, {"unmergeCells": {"range": grid("A1:B2")}})

    assert desk.shown("A1:B2") == [["a"]]


def test_nothing_can_be_written_under_a_merge() -> None:
    desk = Desk()
    desk.edit({"mergeCells": {"range": grid("A1:B1")}})
    desk.puts("A1", ["a", "b"])
    desk.edit({"unmergeCells": {"range": grid("A1:B1")}})

    assert desk.shown("A1:B1") == [["a"]]


def test_rows_are_merged_each_by_itself() -> None:
    desk = Desk()
    desk.edit({"mergeCells": {"range": grid("A1:B2"), "mergeType": "MERGE_ROWS"}})

    assert [box(one) for one in desk.sheet()["merges"]] == [(0, 1, 0, 2), (1, 2, 0, 2)]


def test_a_merge_that_cuts_another_is_refused() -> None:
    desk = Desk()
    desk.edit({"mergeCells": {"range": grid("A1:B2")}})

    assert "select all cells in a merged range" in desk.refused({"mergeCells": {"range": grid("B2:C3")}})
