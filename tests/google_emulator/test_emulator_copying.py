"""Copying, cutting and sorting cells; stripes and charts that follow them."""

from __future__ import annotations

from typing import Any

from desk import Desk, grid, lines, text

BOLD = {"textFormat": {"bold": True}}


def copy(source: str, destination: str, how: str = "PASTE_NORMAL", **more: Any) -> dict[str, Any]:
    return {"copyPaste": {"source": grid(source), "destination": grid(destination), "pasteType": how, **more}}


def test_a_copy_brings_everything_and_formulas_move_along() -> None:
    desk = Desk()
    desk.fills({}, "*", [text("a") | {"note": "записка", "userEnteredFormat": BOLD}])
    desk.types("B1", '=A1&$A$1&"!"')
    desk.edit({"mergeCells": {"range": grid("A2:B2")}}, copy("A1:B2", "A3"))

    assert desk.cell("A3") == desk.cell("A1")
    assert desk.shown("B3", valueRenderOption="FORMULA") == [['=A3&$A$1&"!"']]
    assert desk.sheet()["merges"][1]["startRowIndex"] == 3


def test_a_copy_of_blanks_clears_and_a_small_source_fills_a_large_place() -> None:
    desk = Desk()
    desk.puts("A1", ["x"], ["y"], ["z"])
    desk.edit(copy("C1", "A1:A2"))

    assert desk.shown("A1:A3") == [[], [], ["z"]]

    desk.edit(copy("A3", "B1:C2"))

    assert desk.shown("B1:C2") == [["z", "z"], ["z", "z"]]


def test_values_alone_are_pasted_without_looks_and_formulas() -> None:
    desk = Desk()
    desk.puts("A1", [2])
    desk.types("B1", "=A1*3")
    desk.fills({"rowIndex": 3}, "userEnteredFormat", [{"userEnteredFormat": BOLD}])
    desk.edit(copy("B1", "A4", "PASTE_VALUES"))

    assert desk.cell("A4")["userEnteredValue"] == {"numberValue": 6}
    assert desk.cell("A4")["userEnteredFormat"] == BOLD


def test_looks_alone_are_pasted_without_values() -> None:
    desk = Desk()
    desk.fills({}, "*", [text("a") | {"userEnteredFormat": BOLD}, text("b")])
    desk.edit(copy("A1", "B1", "PASTE_FORMAT"))

    assert desk.shown("A1:B1") == [["a", "b"]]
    assert desk.cell("B1")["userEnteredFormat"] == BOLD


def test_a_copy_may_be_turned() -> None:
    desk = Desk()
    desk.puts("A1", ["a", "b"], ["c", "d"])
    desk.edit(copy("A1:B2", "D1", pasteOrientation="TRANSPOSE"))

    assert desk.shown("D1:E2") == [["a", "c"], ["b", "d"]]


def test_rules_of_looks_reach_over_the_copies() -> None:
    desk = Desk()
    rule = {"ranges": [grid("A1:A2")], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": BOLD}}
    desk.edit(
        {"addConditionalFormatRule": {"rule": rule}}, copy("A1:A2", "C1", "PASTE_CONDITIONAL_FORMATTING")
    )

    assert [one["startColumnIndex"] for one in desk.sheet()["conditionalFormats"][0]["ranges"]] == [0, 2]


def test_cells_are_copied_to_another_sheet_and_keep_living_there() -> None:
    desk = Desk()
    desk.add_sheet("Свод", 7)
    desk.puts("A1", ["a"])
    desk.edit({"copyPaste": {"source": grid("A1"), "destination": grid("B2", 7)}})

    assert desk.shown("Свод!B2") == [["a"]]


def test_a_cut_leaves_nothing_behind() -> None:
    desk = Desk()
    desk.puts("A1", ["a", "b"])
    desk.edit({"cutPaste": {"source": grid("A1:B1"), "destination": {"rowIndex": 0, "columnIndex": 1}}})

    assert desk.shown("A1:C1") == [["", "a", "b"]]


def test_sorting_puts_numbers_before_texts_and_blanks_last() -> None:
    desk = Desk()
    desk.puts("A1", ["б", 1], [None, 2], [10, 3], ["А", 4], [9, 5])
    desk.edit(
        {
            "sortRange": {
                "range": grid("A1:B5"),
                "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}],
            }
        }
    )

    assert desk.shown("B1:B5", majorDimension="COLUMNS") == [["5", "3", "4", "1", "2"]]


def test_sorting_by_two_columns() -> None:
    desk = Desk()
    desk.puts("A1", ["x", 1], ["y", 2], ["x", 3])
    specs = [{"dimensionIndex": 0}, {"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
    desk.edit({"sortRange": {"range": grid("A1:B3"), "sortSpecs": specs}})

    assert desk.shown("A1:B3") == [["x", "3"], ["x", "1"], ["y", "2"]]


def test_stripes_and_charts_follow_inserted_rows() -> None:
    desk = Desk()
    source = {"sourceRange": {"sources": [grid("A1:A5")]}}
    chart = {
        "spec": {"title": "Ход", "basicChart": {"chartType": "BAR", "series": [{"series": source}]}},
        "position": {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 8}}},
    }
    stripes = {
        "range": grid("A1:C5"),
        "rowProperties": {"firstBandColor": {"red": 1}, "secondBandColor": {"green": 1}},
    }
    desk.edit(
        {"addChart": {"chart": chart}},
        {"addBanding": {"bandedRange": stripes}},
        {"insertDimension": {"range": lines("ROWS", 2, 4)}},
    )
    sheet = desk.sheet()
    series = sheet["charts"][0]["spec"]["basicChart"]["series"][0]["series"]

    assert sheet["bandedRanges"][0]["range"]["endRowIndex"] == 7
    assert series["sourceRange"]["sources"][0]["endRowIndex"] == 7
