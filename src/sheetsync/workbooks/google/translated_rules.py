"""Data validations: lists, dates, numbers, prompts, and the tick.

Conditions are read «as if typed into a cell», so dates are written as 2000-01-31, which every
language of a spreadsheet understands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from openpyxl.worksheet.datavalidation import DataValidation

from sheetsync.columns import FormCell
from sheetsync.grid import Area
from sheetsync.workbooks.google.port import Json, Request
from sheetsync.workbooks.google.ranges import grid_range, inside
from sheetsync.workbooks.google.serials import moment_of
from sheetsync.workbooks.google.translated_formulas import FormulaNotForGoogle, google_formula
from sheetsync.workbooks.google.translated_source import LossKind, Source, SourceSheet, areas_of
from sheetsync.workbooks.references import translated

_OPERATORS: Final = {
    "between": "{0}_BETWEEN",
    "notBetween": "{0}_NOT_BETWEEN",
    "equal": "{0}_EQ",
    "greaterThan": "{0}_GREATER",
    "lessThan": "{0}_LESS",
    "greaterThanOrEqual": "{0}_GREATER_THAN_EQ",
    "lessThanOrEqual": "{0}_LESS_THAN_EQ",
    "notEqual": "{0}_NOT_EQ",
}
_DATE_WORDS: Final = {
    "DATE_GREATER": "DATE_AFTER",
    "DATE_LESS": "DATE_BEFORE",
    "DATE_GREATER_THAN_EQ": "DATE_ON_OR_AFTER",
    "DATE_LESS_THAN_EQ": "DATE_ON_OR_BEFORE",
}
_NO_TWIN: Final = ("DATE_NOT_EQ",)
_ANYTHING: Final = "=TRUE"
"""Google has a hint only together with a condition: this one is always met, so nothing is refused."""
_STOP: Final = (None, "stop")


def validations(source: SourceSheet, book: Source) -> Iterator[Request]:
    """Every validation of a sheet over every area it has there."""
    tick = book.names.get(FormCell.READY)
    for rule in source.sheet.data_validations.dataValidation:
        for whole in areas_of(rule.sqref.ranges):
            area = inside(whole, source.grid)
            if area is None:
                continue  # under or beside everything there is: the sheet in Google does not reach so far
            ticked = tick == (source.title, area)
            told = _ticked(rule) if ticked else _condition(rule, area, source, book)
            if told is None and rule.type not in (None, "none"):
                book.lost(LossKind.CHECK, source.title, area.ref)
            check = _checked(rule, told)
            if check:
                yield {"setDataValidation": {"range": grid_range(source.id, area), "rule": check}}


def _checked(rule: DataValidation, condition: Json | None) -> Json | None:
    """``DataValidationRule``; a mere hint hangs on a condition that is always met."""
    hint = rule.prompt or ""
    if condition is None:
        if not hint:
            return None
        return {"condition": _of("CUSTOM_FORMULA", [_ANYTHING]), "inputMessage": hint}
    strict = bool(rule.showErrorMessage) and rule.errorStyle in _STOP
    shown = condition["type"] in ("ONE_OF_LIST", "ONE_OF_RANGE", "BOOLEAN") and not rule.showDropDown
    told = {"inputMessage": hint, "strict": strict, "showCustomUi": shown}
    return {"condition": condition} | {name: value for name, value in told.items() if value}


def _of(kind: str, values: Sequence[str]) -> Json:
    return {"type": kind, "values": [{"userEnteredValue": value} for value in values]}


def _ticked(rule: DataValidation) -> Json:
    """«Отчёт готов»: a box whose tick is the one word of the list, and whose lack is an empty cell."""
    return _of("BOOLEAN", _words(rule.formula1 or "")[:1])


def _condition(rule: DataValidation, area: Area, source: SourceSheet, book: Source) -> Json | None:
    first, second = rule.formula1 or "", rule.formula2 or ""
    match rule.type:
        case "list" if first.startswith('"'):
            return _of("ONE_OF_LIST", _words(first))
        case "list":
            return _formula("ONE_OF_RANGE", rule, area, source, book)
        case "date" if _is_number(first) and (not second or _is_number(second)):
            return _compared("DATE", rule.operator, [_day(one) for one in (first, second) if one])
        case "whole" | "decimal" if _is_number(first) and (not second or _is_number(second)):
            return _compared("NUMBER", rule.operator, [one for one in (first, second) if one])
        case "custom":
            return _formula("CUSTOM_FORMULA", rule, area, source, book)
    return None


def _compared(what: str, operator: str | None, values: list[str]) -> Json | None:
    kind = _OPERATORS[operator or "between"].format(what)
    return None if kind in _NO_TWIN else _of(_DATE_WORDS.get(kind, kind), values)


def _words(written: str) -> list[str]:
    """«"да,нет"» as its words."""
    return [word.strip() for word in written.strip('"').replace('""', '"').split(",")]


def _is_number(written: str) -> bool:
    try:
        float(written)
    except ValueError:
        return False
    return True


def _day(number: str) -> str:
    return moment_of(int(float(number))).date().isoformat()


def _formula(kind: str, rule: DataValidation, area: Area, source: SourceSheet, book: Source) -> Json | None:
    """A condition that is a formula, as seen from the first cell of an area; None when Google has no such."""
    areas = areas_of(rule.sqref.ranges)
    top, left = min(one.top for one in areas), min(one.left for one in areas)
    moved = translated((rule.formula1 or "").removeprefix("="), area.top - top, area.left - left)
    try:
        return _of(kind, [google_formula(f"={moved}", book.around, source.title, area.top)])
    except FormulaNotForGoogle:
        return None  # the caller says that the check was left out
