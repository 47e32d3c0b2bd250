"""How cells look when everything is counted: the spreadsheet's own format, the cell's, and its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sheetsync_emulator.colours import paired
from sheetsync_emulator.entering import typed
from sheetsync_emulator.formula_values import Single, compare
from sheetsync_emulator.formulas import Calculation
from sheetsync_emulator.ranges import Box, Place, box_of
from sheetsync_emulator.sheet import FORMAT, Sheet
from sheetsync_emulator.values import Json, scalar_of

Condition = Callable[[Single, Single], bool]


def _text(value: Single) -> str:
    return "" if value is None else str(value).casefold()


CONDITIONS: Final[Mapping[str, Condition]] = {
    "BLANK": lambda value, _: value is None or value == "",
    "NOT_BLANK": lambda value, _: value is not None and value != "",
    "TEXT_EQ": lambda value, other: _text(value) == _text(other),
    "TEXT_CONTAINS": lambda value, other: _text(other) in _text(value),
    "TEXT_NOT_CONTAINS": lambda value, other: _text(other) not in _text(value),
    "TEXT_STARTS_WITH": lambda value, other: _text(value).startswith(_text(other)),
    "TEXT_ENDS_WITH": lambda value, other: _text(value).endswith(_text(other)),
    "NUMBER_EQ": lambda value, other: _is_number(value) and compare(value, other) == 0,
    "NUMBER_NOT_EQ": lambda value, other: not _is_number(value) or compare(value, other) != 0,
    "NUMBER_GREATER": lambda value, other: _is_number(value) and compare(value, other) > 0,
    "NUMBER_GREATER_THAN_EQ": lambda value, other: _is_number(value) and compare(value, other) >= 0,
    "NUMBER_LESS": lambda value, other: _is_number(value) and compare(value, other) < 0,
    "NUMBER_LESS_THAN_EQ": lambda value, other: _is_number(value) and compare(value, other) <= 0,
}
"""Conditions of rules beside formulas; a rule with any other colours nothing here."""


def _is_number(value: Single) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def effective_format(calculation: Calculation, sheet: Sheet, place: Place) -> Json:
    """``effectiveFormat`` of a cell; of the rules that are met, the first decides on each property."""
    look = _over(calculation.book.properties["defaultFormat"], sheet.cell(place).get(FORMAT, {}))
    for rule in reversed(sheet.conditional):
        boolean = rule.get("booleanRule", {})
        if boolean and _is_met(calculation, sheet, place, rule):
            look = _over(look, paired(boolean.get("format", {})))
    return look


def _over(below: Json, above: Json) -> Json:
    """One format laid over another."""
    look = dict(below)
    for name, value in above.items():
        nested = isinstance(value, dict) and isinstance(look.get(name), dict) and "olor" not in name
        look[name] = _over(look[name], value) if nested else value
    return look


def _is_met(calculation: Calculation, sheet: Sheet, place: Place, rule: Json) -> bool:
    boxes = [box_of(one) for one in rule["ranges"]]
    if not any(place in box for box in boxes):
        return False
    condition = rule["booleanRule"]["condition"]
    values = [one.get("userEnteredValue", "") for one in condition.get("values", [])]
    if condition["type"] == "CUSTOM_FORMULA":
        return calculation.holds(sheet, values[0], _from_corner(boxes, place))
    met = CONDITIONS.get(condition["type"])
    if met is None:
        return False
    value = calculation.result(sheet, place).value or {}
    own = scalar_of(value) if value else None
    return met(own, scalar_of(typed(values[0], calculation.locale).value) if values else None)


def _from_corner(boxes: list[Box], place: Place) -> tuple[int, int]:
    """A formula of a rule is written for the first cell of its ranges."""
    return place[0] - min(box.top for box in boxes), place[1] - min(box.left for box in boxes)
