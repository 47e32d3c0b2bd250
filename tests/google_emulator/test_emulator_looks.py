"""Conditional formats as a person sees them: in the cells, when they are met."""

from __future__ import annotations

from typing import Any

import pytest
from desk import Desk, grid, lines, text

RED: dict[str, Any] = {"backgroundColor": {"red": 1}}
GREEN: dict[str, Any] = {"backgroundColor": {"green": 1}}


def rule(box: str, kind: str, *values: str, look: dict[str, Any] = RED) -> dict[str, Any]:
    told = [{"userEnteredValue": one} for one in values]
    condition = {"type": kind} | ({"values": told} if told else {})
    boolean = {"condition": condition, "format": look}
    return {"addConditionalFormatRule": {"rule": {"ranges": [grid(box)], "booleanRule": boolean}, "index": 0}}


def colour(desk: Desk, place: str) -> str:
    shown = desk.appearance(place)["backgroundColor"]
    return "+".join(shown)


def test_a_rule_of_a_formula_speaks_of_each_cells_own_row() -> None:
    """What a school sees while it types: the document is red until it is there."""
    desk = Desk("ru_RU")
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    desk.edit(
        {"repeatCell": {"range": grid("B2:B4"), "cell": bold, "fields": "userEnteredFormat"}},
        rule("B2:B4", "CUSTOM_FORMULA", '=AND($A2="выполнено";LEN(TRIM(B2))=0;$D$1<>"нет")'),
    )
    desk.puts("A2", ["выполнено", "приказ"], ["выполнено"], ["в работе"])

    assert [colour(desk, f"B{row}") for row in (2, 3, 4)] == ["red+green+blue", "red", "red+green+blue"]
    assert desk.appearance("B3")["textFormat"]["bold"] is True
    assert "backgroundColor" not in desk.cell("B3")["userEnteredFormat"]

    desk.types("D1", "нет")

    assert colour(desk, "B3") == "red+green+blue"


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_rule_goes_on_meaning_its_own_rows_when_rows_are_inserted(at: int) -> None:
    desk = Desk()
    desk.puts("A2", [1, "a"], [2, "b"])
    desk.edit(
        rule("B2:B3", "CUSTOM_FORMULA", "=$A2=2"), {"insertDimension": {"range": lines("ROWS", at, at + 1)}}
    )

    assert colour(desk, "B4") == "red"
    assert desk.shown("B4") == [["b"]]


def test_a_rule_whose_first_row_is_deleted_speaks_of_the_next() -> None:
    desk = Desk()
    desk.puts("A2", [1, "a"], [2, "b"])
    desk.edit(rule("B2:B3", "CUSTOM_FORMULA", "=$A2=2"), {"deleteDimension": {"range": lines("ROWS", 1, 2)}})

    assert colour(desk, "B2") == "red"


def test_the_first_rule_that_is_met_decides() -> None:
    desk = Desk()
    desk.puts("A1", ["готово"])
    desk.edit(rule("A1", "NOT_BLANK", look=GREEN), rule("A1", "TEXT_EQ", "ГОТОВО"))

    assert colour(desk, "A1") == "red"


@pytest.mark.parametrize(
    ("kind", "values", "met"),
    [
        ("TEXT_CONTAINS", ["тов"], ["готово"]),
        ("TEXT_NOT_CONTAINS", ["тов"], [5, 10]),
        ("TEXT_STARTS_WITH", ["Го"], ["готово"]),
        ("TEXT_ENDS_WITH", ["во"], ["готово"]),
        ("NUMBER_GREATER", ["5"], [10]),
        ("NUMBER_LESS_THAN_EQ", ["5"], [5]),
        ("NUMBER_EQ", ["10"], [10]),
        ("NUMBER_NOT_EQ", ["10"], ["готово", 5]),
        ("NOT_BLANK", [], ["готово", 5, 10]),
    ],
)
def test_simple_conditions(kind: str, values: list[str], met: list[Any]) -> None:
    desk = Desk()
    desk.puts("A1", ["готово", 5, 10])
    desk.edit(rule("A1:C1", kind, *values))
    shown = {"A1": "готово", "B1": 5, "C1": 10}

    assert [value for place, value in shown.items() if colour(desk, place) == "red"] == met


def test_a_rule_whose_formula_fails_colours_nothing() -> None:
    desk = Desk()
    desk.fills({}, "*", [text("a")])
    desk.edit(rule("A1", "CUSTOM_FORMULA", "=1/0"))

    assert colour(desk, "A1") == "red+green+blue"


def test_a_colour_a_rule_tells_the_new_way_is_shown_both_ways() -> None:
    """A program that reads the older name sees the colour too."""
    desk = Desk()
    desk.puts("A1", ["готово"])
    desk.edit(rule("A1", "NOT_BLANK", look={"backgroundColorStyle": {"rgbColor": {"blue": 1}}}))

    assert colour(desk, "A1") == "blue"
