"""Values of cells: what JSON carries (``ExtendedValue``) and what a person means by it."""

from __future__ import annotations

from typing import Any, Final

from sheetsync_emulator.trouble import invalid

Json = dict[str, Any]
"""An object of the service's JSON. Nothing here changes one in place after it was stored or given."""

Scalar = str | int | float | bool

_WHOLE_BELOW: Final = 1e15
LONGEST_TEXT: Final = 50_000
ERROR_TEXTS: Final = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
}
"""How an error stands in a cell, by its type in the JSON."""


def extended(scalar: Scalar) -> Json:
    """A value as the service stores it."""
    if isinstance(scalar, bool):
        return {"boolValue": scalar}
    if isinstance(scalar, int | float):
        return {"numberValue": tidy(scalar)}
    return {"stringValue": scalar}


def error_value(kind: str, message: str) -> Json:
    """The value of a formula that has none."""
    return {"errorValue": {"type": kind, "message": message}}


def scalar_of(value: Json) -> Scalar:
    """A stored value as text, number or yes/no; '' for none; an error as the text seen in the cell."""
    if "errorValue" in value:
        return ERROR_TEXTS[value["errorValue"]["type"]]
    found: Scalar = next(iter(value.values()), "")
    return found if isinstance(found, str | bool) else tidy(found)


def stands_for_something(value: Json) -> bool:
    """Whether a value that is sent fills a cell: an empty text does not. Raises for what no cell can hold."""
    if not value:
        return False
    (name, held), *others = value.items()
    if others or name not in ("stringValue", "numberValue", "boolValue", "formulaValue"):
        raise invalid("A cell takes one value: a text, a number, yes or no, or a formula.")
    if isinstance(held, str) and len(held) > LONGEST_TEXT:
        raise invalid(
            f"Your input contains more than the maximum of {LONGEST_TEXT} characters in a single cell."
        )
    return bool(held != "")


def tidy(number: float) -> int | float:
    """A whole number without its «.0»."""
    whole = isinstance(number, float) and number.is_integer() and abs(number) < _WHOLE_BELOW
    return int(number) if whole else number


def present(fields: Json) -> Json:
    """Only the fields that say something: proto JSON leaves out null and no."""
    return {name: value for name, value in fields.items() if value is not None and value is not False}
