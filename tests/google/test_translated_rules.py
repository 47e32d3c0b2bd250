"""Checks and conditional looks of an office's workbook: their twins in Google, and what has none."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, FormulaRule, IconSetRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from translated_books import book_of, requests_of

from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.translated_source import Loss, LossKind
from sheetsync.workbooks.google.translation import translated

RED = PatternFill("solid", bgColor="FFFF0000")


def with_check(area: str, **rule: Any) -> bytes:
    def change(book: Any) -> None:
        book.active["A1"], book.active["C9"] = "x", "y"
        book.create_sheet("Списки")["A1"] = "да"
        check = DataValidation(**rule)
        check.add(area)
        book.active.add_data_validation(check)

    return book_of(change)


def with_look(area: str, rule: Any) -> bytes:
    def change(book: Any) -> None:
        book.active["A1"], book.active["C9"] = "x", "y"
        book.active.conditional_formatting.add(area, rule)

    return book_of(change)


def checked(data: bytes) -> Json:
    (found,) = requests_of(data, "setDataValidation")
    return dict(found["rule"])


def looked(data: bytes) -> Json:
    (found,) = requests_of(data, "addConditionalFormatRule")
    return dict(found["rule"]["booleanRule"])


def values(rule: Json) -> tuple[str, list[str]]:
    condition = rule["condition"]
    return condition["type"], [one["userEnteredValue"] for one in condition["values"]]


def losses(data: bytes) -> list[Loss]:
    return list(translated(data, title="Проба").losses)


# --- checks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"type": "list", "formula1": '"да,нет"'}, ("ONE_OF_LIST", ["да", "нет"])),
        ({"type": "list", "formula1": "Списки!$A$1:$A$3"}, ("ONE_OF_RANGE", ["=Списки!$A$1:$A$3"])),
        ({"type": "whole", "operator": "greaterThanOrEqual", "formula1": "0"}, ("NUMBER_GREATER_THAN_EQ", ["0"])),
        ({"type": "decimal", "operator": "between", "formula1": "0", "formula2": "100"}, ("NUMBER_BETWEEN", ["0", "100"])),
        ({"type": "date", "operator": "greaterThan", "formula1": "45292"}, ("DATE_AFTER", ["2024-01-01"])),
        ({"type": "date", "operator": "lessThanOrEqual", "formula1": "45292"}, ("DATE_ON_OR_BEFORE", ["2024-01-01"])),
        ({"type": "custom", "formula1": "LEN(A1)>3"}, ("CUSTOM_FORMULA", ["=LEN(A1)>3"])),
    ],
)  # fmt: skip
def test_a_check_has_its_twin(rule: Json, expected: tuple[str, list[str]]) -> None:
    assert values(checked(with_check("A1:A9", **rule))) == expected


@pytest.mark.parametrize(
    "rule",
    [
        {"type": "textLength", "operator": "lessThan", "formula1": "9"},
        {"type": "time", "formula1": "0.5", "formula2": "0.6"},
        {"type": "date", "operator": "notEqual", "formula1": "45292"},
        {"type": "custom", "formula1": "CUBEVALUE(A1)"},
        {"type": "whole", "operator": "greaterThan", "formula1": "$B$1"},
    ],
)
def test_a_check_without_a_twin_is_said_to_be_left_out(rule: Json) -> None:
    data = with_check("A1:A9", **rule)

    assert requests_of(data, "setDataValidation") == []
    assert losses(data) == [Loss(LossKind.CHECK, "Лист", "A1:A9")]


def test_a_check_left_out_still_gives_its_hint() -> None:
    rule = checked(with_check("A1", type="textLength", operator="lessThan", formula1="9", prompt="Короче."))

    assert values(rule) == ("CUSTOM_FORMULA", ["=TRUE"])
    assert rule["inputMessage"] == "Короче."


@pytest.mark.parametrize(
    ("options", "strict"),
    [
        ({"showErrorMessage": True}, True),
        ({"showErrorMessage": True, "errorStyle": "warning"}, False),
        ({"showErrorMessage": True, "errorStyle": "information"}, False),
        ({"showErrorMessage": False}, False),
    ],
)
def test_only_a_stop_refuses_what_is_typed(options: Json, *, strict: bool) -> None:
    rule = checked(with_check("A1", type="list", formula1='"да"', **options))

    assert rule.get("strict", False) is strict


def test_a_list_without_an_arrow_has_none() -> None:
    assert "showCustomUi" not in checked(with_check("A1", type="list", formula1='"да"', showDropDown=True))


def test_a_check_of_a_whole_column_ends_with_the_sheet() -> None:
    (found,) = requests_of(with_check("B1:B1048576", type="list", formula1='"да"'), "setDataValidation")

    assert found["range"]["endRowIndex"] == 59


# --- conditional looks --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (FormulaRule(["AND(A1>1,$B1=2)"], fill=RED), ("CUSTOM_FORMULA", ["=AND(A1>1;$B1=2)"])),
        (CellIsRule("equal", ['"готово"'], fill=RED), ("TEXT_EQ", ["готово"])),
        (CellIsRule("equal", ['"=СУММ(1)"'], fill=RED), ("CUSTOM_FORMULA", ['=A1="=СУММ(1)"'])),
        (CellIsRule("equal", ["5"], fill=RED), ("CUSTOM_FORMULA", ["=A1=5"])),
        (CellIsRule("notBetween", ["1", "2"], fill=RED), ("CUSTOM_FORMULA", ["=OR(A1<1;A1>2)"])),
    ],
)
def test_a_look_has_its_twin(rule: Any, expected: tuple[str, list[str]]) -> None:
    assert values(looked(with_look("A1:A9", rule))) == expected


def test_a_look_of_words_in_a_text_goes_by_its_formula() -> None:
    rule = Rule(
        "containsText", operator="containsText", text="срок", dxf=DifferentialStyle(fill=RED),
        formula=['NOT(ISERROR(SEARCH("срок",A1)))'],
    )  # fmt: skip

    assert values(looked(with_look("A1:A9", rule))) == (
        "CUSTOM_FORMULA",
        ['=NOT(ISERROR(SEARCH("срок";A1)))'],
    )


def test_colours_and_font_of_a_look() -> None:
    font = Font(b=True, i=True, strike=True, color="FF00FF00")
    rule = looked(with_look("A1:A9", FormulaRule(["A1>1"], fill=RED, font=font)))

    assert rule["format"]["backgroundColorStyle"] == {"rgbColor": {"red": 1.0}}
    assert rule["format"]["textFormat"] == {
        "bold": True, "italic": True, "strikethrough": True,
        "foregroundColorStyle": {"rgbColor": {"green": 1.0}},
    }  # fmt: skip


def test_hatching_becomes_one_colour() -> None:
    hatched = PatternFill("lightUp", fgColor="FF000000", bgColor="FFFFFFFF")
    rule = looked(with_look("A1:A9", FormulaRule(["A1>1"], fill=hatched)))

    assert {round(part * 255) for part in rule["format"]["backgroundColorStyle"]["rgbColor"].values()} == {
        191
    }


def test_areas_of_one_look_get_formulas_of_their_own() -> None:
    """In Excel a formula is written from the first cell of all areas; in Google from that of each rule's."""
    found = requests_of(
        with_look("A1:A2 B4:B5", FormulaRule(["A1>$C1"], fill=RED)), "addConditionalFormatRule"
    )

    assert [values(one["rule"]["booleanRule"])[1] for one in found] == [["=A1>$C1"], ["=B4>$C4"]]
    assert [one["index"] for one in found] == [0, 1]


@pytest.mark.parametrize(
    "rule",
    [
        DataBarRule("min", None, "max", None, "FF638EC6"),
        IconSetRule("3TrafficLights1", "percent", [0, 33, 67]),
        ColorScaleRule(start_type="min", start_color="FFFFFFFF", end_type="max", end_color="FFFF0000"),
        Rule("top10", rank=3, dxf=DifferentialStyle(fill=RED)),
        FormulaRule(["Списки!A1>1"], fill=RED),
        FormulaRule(["CUBEVALUE(A1)"], fill=RED),
    ],
)
def test_a_look_without_a_twin_is_said_to_be_left_out(rule: Any) -> None:
    data = with_look("A1:A9", rule)

    assert requests_of(data, "addConditionalFormatRule") == []
    assert losses(data) == [Loss(LossKind.LOOK, "Лист", "A1:A9")]
