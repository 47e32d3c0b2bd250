"""Values inside a formula: how one kind becomes another, how two are compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sheetsync_emulator.entering import typed
from sheetsync_emulator.formats import formatted
from sheetsync_emulator.values import scalar_of

Single = float | int | str | bool | None
"""One value; ``None`` is an empty cell."""


class CellError(Exception):
    """A formula has no value: ``kind`` is the type of the error, as the service names it."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(kind, message)
        self.kind = kind
        self.message = message


@dataclass(frozen=True, slots=True)
class Cells:
    """Values of a range, row after row."""

    rows: tuple[tuple[Single | CellError, ...], ...]


Value = Single | Cells

_CRITERION: Final = re.compile(r"(<>|<=|>=|=|<|>)?(.*)", re.DOTALL)


def single(value: Value) -> Single:
    """One value where one is wanted; a range of one cell is one value."""
    if not isinstance(value, Cells):
        return value
    if len(value.rows) == 1 and len(value.rows[0]) == 1:
        found = value.rows[0][0]
        if isinstance(found, CellError):
            raise found
        return found
    raise CellError("VALUE", "A range stands where one value is expected.")


def number(value: Single, locale: str) -> float:
    if value is None:
        return 0
    if isinstance(value, str):
        found = scalar_of(typed(value, locale).value) if not value.startswith("=") else value
        if isinstance(found, str | bool):
            raise CellError("VALUE", f"«{value}» is a text and cannot be coerced to a number.")
        return found
    return value


def text(value: Single, locale: str) -> str:
    return "" if value is None else formatted(value, {}, locale)


def truth(value: Single, locale: str) -> bool:
    if isinstance(value, str):
        found = scalar_of(typed(value, locale).value) if not value.startswith("=") else value
        if isinstance(found, str):
            raise CellError("VALUE", f"«{value}» is a text and cannot be coerced to a boolean.")
        return bool(found)
    return bool(value)


def compare(left: Single, right: Single) -> int:
    """-1, 0 or 1: numbers come before texts, texts before yes and no; an empty cell is 0, '' or no."""
    one, other = _empty_like(left, right), _empty_like(right, left)
    if _rank(one) != _rank(other):
        return -1 if _rank(one) < _rank(other) else 1
    if isinstance(one, str) and isinstance(other, str):
        one, other = one.casefold(), other.casefold()
        return (one > other) - (one < other)
    assert not isinstance(one, str) and not isinstance(other, str)  # noqa: PT018 - the ranks are equal
    return ((one or 0) > (other or 0)) - ((one or 0) < (other or 0))


def _empty_like(value: Single, other: Single) -> Single:
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0


def _rank(value: Single) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def criterion(wanted: Single, locale: str) -> Callable[[Single], bool]:
    """What COUNTIF counts: «готово», «*нет*», «>5», «<>»."""
    if not isinstance(wanted, str):
        return lambda value: (
            value is not None and _rank(value) == _rank(wanted) and compare(value, wanted) == 0
        )
    match = _CRITERION.fullmatch(wanted)
    assert match is not None
    sign, operand = match[1] or "=", match[2]
    scalar = scalar_of(typed(operand, locale).value) if operand and not operand.startswith("=") else operand
    if isinstance(scalar, str):
        return _text_criterion(sign, scalar, is_bare=match[1] is None)
    return _number_criterion(sign, scalar)


def _number_criterion(sign: str, scalar: float) -> Callable[[Single], bool]:
    def holds(value: Single) -> bool:
        if value is None or isinstance(value, str) or isinstance(value, bool) is not isinstance(scalar, bool):
            return sign == "<>"
        return _holds(sign, compare(value, scalar))

    return holds


def _text_criterion(sign: str, scalar: str, *, is_bare: bool) -> Callable[[Single], bool]:
    if not scalar:
        return lambda value: (
            (value is not None and value != "") is (sign == "<>") and (is_bare or sign in ("=", "<>"))
        )
    if sign in ("=", "<>"):
        pattern = wildcard(scalar)
        return lambda value: (isinstance(value, str) and bool(pattern.fullmatch(value))) is (sign == "=")
    return lambda value: isinstance(value, str) and _holds(sign, compare(value, scalar))


def _holds(sign: str, order: int) -> bool:
    return {
        "=": order == 0,
        "<>": order != 0,
        "<": order < 0,
        ">": order > 0,
        "<=": order <= 0,
        ">=": order >= 0,
    }[sign]


def holds(sign: str, left: Single, right: Single) -> bool:
    """A comparison of a formula."""
    return _holds(sign, compare(left, right))


@lru_cache(maxsize=512)
def wildcard(text_: str) -> re.Pattern[str]:
    """«?» is any character, «*» any number of them, «~» takes the next one as it is."""
    parts = re.findall(r"~[*?~]|\*|\?|.", text_, re.DOTALL)
    signs = {"*": ".*", "?": "."}
    return re.compile(
        "".join(signs.get(one) or re.escape(one[-1]) for one in parts), re.IGNORECASE | re.DOTALL
    )
