"""Cells with all they hold: looks, notes, links, chips, checks, borders."""

from __future__ import annotations

import pytest
from desk import Desk, grid, text

from sheetsync_emulator.trouble import ApiError

LINK = "https://shkola.example/1"
OTHER = "https://shkola.example/2"


def linked(uri: str) -> dict[str, object]:
    return {"link": {"uri": uri}}


def test_a_mask_changes_what_it_names_and_nothing_else() -> None:
    desk = Desk()
    bold = {"textFormat": {"bold": True, "fontSize": 12}}
    desk.fills({}, "*", [text("a") | {"note": "записка", "userEnteredFormat": bold}])
    desk.fills({}, "userEnteredFormat.textFormat.bold", [{"userEnteredFormat": {"textFormat": {}}}])

    assert desk.cell("A1") == {
        "userEnteredValue": {"stringValue": "a"},
        "effectiveValue": {"stringValue": "a"},
        "formattedValue": "a",
        "note": "записка",
        "userEnteredFormat": {"textFormat": {"fontSize": 12}},
    }


def test_a_range_that_is_rewritten_loses_what_is_not_sent() -> None:
    desk = Desk()
    desk.puts("A1", ["a", "b"], ["c", "d"])
    desk.edit(
        {
            "updateCells": {
                "range": grid("A1:B2"),
                "rows": [{"values": [text("x")]}],
                "fields": "userEnteredValue",
            }
        }
    )

    assert desk.shown("A1:B2") == [["x"]]


def test_cells_outside_of_the_named_range_or_the_grid_are_refused() -> None:
    desk = Desk()
    outside = {"range": grid("A1"), "rows": [{"values": [text("a"), text("b")]}], "fields": "*"}
    beyond = {"start": {"rowIndex": 1000}, "rows": [{"values": [text("a")]}], "fields": "*"}

    assert "outside of the requested range" in desk.refused({"updateCells": outside})
    assert "beyond the last requested row" in desk.refused({"updateCells": beyond})


def test_a_repeated_cell_fills_its_range_and_an_empty_one_clears_it() -> None:
    desk = Desk()
    desk.edit({"repeatCell": {"range": grid("A1:B2"), "cell": text("-"), "fields": "userEnteredValue"}})
    desk.edit({"repeatCell": {"range": grid("B1:B2"), "cell": {}, "fields": "userEnteredValue"}})

    assert desk.shown("A1:B2") == [["-"], ["-"]]


def test_a_colour_is_told_in_both_ways_as_a_screen_shows_it() -> None:
    desk = Desk()
    style = {"backgroundColorStyle": {"rgbColor": {"red": 0.5, "green": 0, "blue": 1}}}
    desk.fills({}, "userEnteredFormat.backgroundColorStyle", [{"userEnteredFormat": style}])
    kept = {"red": 0.49803922, "blue": 1}

    assert desk.cell("A1")["userEnteredFormat"] == {
        "backgroundColor": kept,
        "backgroundColorStyle": {"rgbColor": kept},
    }


def test_a_new_colour_replaces_the_old_one_whichever_way_it_is_told() -> None:
    desk = Desk()
    red, green = {"red": 1}, {"green": 1}
    desk.fills({}, "userEnteredFormat", [{"userEnteredFormat": {"backgroundColor": red}}])
    style = {"backgroundColorStyle": {"rgbColor": green}}
    desk.fills({}, "userEnteredFormat.backgroundColorStyle", [{"userEnteredFormat": style}])

    assert desk.cell("A1")["userEnteredFormat"]["backgroundColor"] == green


# --- links --------------------------------------------------------------------------------------


def test_a_link_of_the_whole_cell_is_told_from_wherever_it_comes() -> None:
    desk = Desk()
    desk.types("A1", f'=HYPERLINK("{LINK}","приказ")')
    desk.types("A2", LINK)
    desk.fills(
        {"rowIndex": 2},
        "userEnteredValue,userEnteredFormat.textFormat.link",
        [text("положение") | {"userEnteredFormat": {"textFormat": linked(LINK)}}],
    )
    desk.fills(
        {"rowIndex": 3},
        "userEnteredValue,textFormatRuns",
        [text("фото") | {"textFormatRuns": [{"format": linked(LINK)}]}],
    )

    assert [desk.cell(f"A{row}").get("hyperlink") for row in range(1, 5)] == [LINK] * 4
    assert desk.cell("A1")["formattedValue"] == "приказ"


def test_several_links_of_one_cell_stand_in_its_runs_only() -> None:
    desk = Desk()
    runs = [
        {"startIndex": 0, "format": linked(LINK)},
        {"startIndex": 6, "format": {}},
        {"startIndex": 8, "format": linked(OTHER)},
    ]
    desk.fills({}, "userEnteredValue,textFormatRuns", [text("приказ, фото") | {"textFormatRuns": runs}])
    cell = desk.cell("A1")

    assert "hyperlink" not in cell
    assert cell["textFormatRuns"] == [{"format": linked(LINK)}, *runs[1:]]


def test_a_new_text_wipes_out_the_links_inside_the_old_one() -> None:
    desk = Desk()
    runs = [{"format": linked(LINK)}]
    desk.fills({}, "userEnteredValue,textFormatRuns", [text("приказ") | {"textFormatRuns": runs}])
    desk.types("A1", "без ссылки")

    assert "textFormatRuns" not in desk.cell("A1")
    assert "hyperlink" not in desk.cell("A1")


def test_a_chip_of_a_file_is_kept_and_values_do_not_show_it() -> None:
    desk = Desk()
    chip = {"chip": {"richLinkProperties": {"uri": "https://drive.google.com/file/d/1"}}}
    desk.fills({}, "userEnteredValue,chipRuns", [text("@") | {"chipRuns": [chip]}])

    assert desk.cell("A1")["chipRuns"] == [chip]
    assert desk.shown("A1") == [["@"]]


def test_a_text_longer_than_a_cell_holds_is_refused() -> None:
    desk = Desk()
    long = {"start": {}, "rows": [{"values": [text("я" * 50_001)]}], "fields": "userEnteredValue"}

    assert "maximum of 50000 characters" in desk.refused({"updateCells": long})
    with pytest.raises(ApiError, match="maximum of 50000 characters"):
        desk.types("A1", "я" * 50_001)


def test_an_empty_text_empties_the_cell() -> None:
    desk = Desk()
    desk.puts("A1", ["a"])
    desk.fills({}, "userEnteredValue", [text("")])

    assert desk.cell("A1") == {}


def test_a_cell_takes_one_value() -> None:
    two = {"userEnteredValue": {"stringValue": "a", "numberValue": 1}}
    wrong = {"start": {}, "rows": [{"values": [two]}], "fields": "*"}

    assert "takes one value" in Desk().refused({"updateCells": wrong})


@pytest.mark.parametrize("fields", ["", "properties.title", "value"])
def test_a_mask_that_names_nothing_of_a_cell_is_refused(fields: str) -> None:
    words = Desk().refused(
        {"updateCells": {"start": {}, "rows": [{"values": [text("a")]}], "fields": fields}}
    )

    assert "field" in words


def test_an_empty_note_is_no_note() -> None:
    desk = Desk()
    desk.fills({}, "note", [{"note": "записка"}])
    desk.fills({}, "note", [{"note": ""}])

    assert desk.cell("A1") == {}


# --- checks and borders -------------------------------------------------------------------------


def test_a_tick_with_its_own_word_holds_the_word_when_it_is_set() -> None:
    desk = Desk("ru_RU")
    rule = {"condition": {"type": "BOOLEAN", "values": [{"userEnteredValue": "да"}]}, "strict": True}
    desk.edit({"setDataValidation": {"range": grid("A1"), "rule": rule}})
    desk.types("A1", "да", by=desk.school)

    assert desk.cell("A1")["dataValidation"] == rule
    assert desk.shown("A1") == [["да"]]


def test_the_api_writes_past_a_strict_list_as_google_does() -> None:
    """Checks stop people in a browser, not programs."""
    desk = Desk()
    values = [{"userEnteredValue": "да"}, {"userEnteredValue": "нет"}]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True, "showCustomUi": False}
    desk.edit({"setDataValidation": {"range": grid("A1:A2"), "rule": rule}})
    desk.types("A1", "может быть")

    assert desk.shown("A1") == [["может быть"]]
    assert "showCustomUi" not in desk.cell("A1")["dataValidation"]


def test_a_check_is_taken_away_by_an_empty_rule() -> None:
    desk = Desk()
    rule = {"condition": {"type": "DATE_IS_VALID"}}
    desk.edit({"setDataValidation": {"range": grid("A1:A2"), "rule": rule}})
    desk.edit({"setDataValidation": {"range": grid("A1")}})

    assert desk.cell("A1") == {}
    assert desk.cell("A2") == {"dataValidation": rule}


@pytest.mark.parametrize(
    "condition",
    [
        {"type": "ONE_OF_LIST"},
        {"type": "BOOLEAN", "values": [{"userEnteredValue": "1"}] * 3},
        {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "A1>0"}]},
        {},
    ],
)
def test_a_check_that_makes_no_sense_is_refused(condition: dict[str, object]) -> None:
    desk = Desk()

    assert "setDataValidation" in desk.refused(
        {"setDataValidation": {"range": grid("A1"), "rule": {"condition": condition}}}
    )


def test_borders_stand_round_a_range_and_between_its_cells() -> None:
    desk = Desk()
    thick, thin = {"style": "SOLID_THICK"}, {"style": "SOLID"}
    desk.edit({"updateBorders": {"range": grid("A1:B2"), "top": thick, "left": thick, "innerVertical": thin}})

    assert desk.cell("A1")["userEnteredFormat"]["borders"] == {"top": thick, "left": thick, "right": thin}
    assert desk.cell("B2")["userEnteredFormat"]["borders"] == {"left": thin}

    desk.edit({"updateBorders": {"range": grid("A1:B2"), "innerVertical": {"style": "NONE"}}})

    assert desk.cell("B2") == {}
