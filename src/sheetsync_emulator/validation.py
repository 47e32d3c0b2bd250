"""Conditions of drop-downs, checks and conditional formats: only what the service would accept is kept."""

from __future__ import annotations

from typing import Final

from sheetsync_emulator.entering import decimal_comma
from sheetsync_emulator.formula_syntax import BadFormula, parse
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json, present

_VALUES: Final = {
    "BOOLEAN": (0, 2),
    "BLANK": (0, 0),
    "NOT_BLANK": (0, 0),
    "DATE_IS_VALID": (0, 0),
    "TEXT_IS_EMAIL": (0, 0),
    "TEXT_IS_URL": (0, 0),
    "ONE_OF_LIST": (1, 500),
    "NUMBER_BETWEEN": (2, 2),
    "NUMBER_NOT_BETWEEN": (2, 2),
    "DATE_BETWEEN": (2, 2),
    "DATE_NOT_BETWEEN": (2, 2),
    "TEXT_NOT_EQ": (1, 500),
    "TEXT_EQ": (1, 500),
    "NUMBER_EQ": (1, 500),
    "NUMBER_NOT_EQ": (1, 500),
    "DATE_EQ": (1, 500),
    "DATE_NOT_EQ": (1, 500),
}
"""How many values a condition takes, at least and at most; any other takes one."""

_ONLY_FOR_CHECKS: Final = (
    "BOOLEAN",
    "ONE_OF_LIST",
    "ONE_OF_RANGE",
    "DATE_IS_VALID",
    "TEXT_IS_EMAIL",
    "TEXT_IS_URL",
)
_FORMULAS: Final = ("CUSTOM_FORMULA", "ONE_OF_RANGE")


def checked_rule(rule: Json, locale: str) -> Json:
    """A ``DataValidationRule`` as it is kept."""
    kept = present(rule)
    refuse_condition(kept.get("condition") or {}, locale)
    return kept


def refuse_condition(condition: Json, locale: str, *, is_format: bool = False) -> None:
    """Raise for a condition that takes other values, or that is not meant for this place."""
    kind = condition.get("type") or "CONDITION_TYPE_UNSPECIFIED"
    if kind == "CONDITION_TYPE_UNSPECIFIED" or (is_format and kind in _ONLY_FOR_CHECKS):
        raise invalid(f"ConditionType '{kind}' is not supported here.")
    values = condition.get("values") or []
    least, most = _VALUES.get(kind, (1, 1))
    if not least <= len(values) <= most:
        raise invalid(f"ConditionType '{kind}' takes {least} to {most} values, but got {len(values)}.")
    for value in values:
        _refuse_formula(value.get("userEnteredValue"), locale, kind)


def _refuse_formula(entered: str | None, locale: str, kind: str) -> None:
    """A formula is read in the language of the spreadsheet, and a range of values is one too.

    Both seen at Google: «AND(a,b)» in es_ES and pt_BR, and «Sales!A2:A5» for ONE_OF_RANGE without
    its «=», are «Invalid ConditionValue.userEnteredValue» (code of several public repositories).
    """
    text = entered or ""
    refusal = invalid(f"Invalid ConditionValue.userEnteredValue: {text} for ConditionType: {kind}")
    if kind in _FORMULAS and not text.startswith("="):
        raise refusal
    if text.startswith("=") and kind != "ONE_OF_LIST":
        try:
            parse(text, comma=decimal_comma(locale))
        except BadFormula:
            raise refusal from None
