"""Functions a formula may call. What is not here is «#NAME?» in the cell: nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Protocol

from sheetsync_emulator.formula_syntax import Node
from sheetsync_emulator.formula_values import (
    CellError,
    Cells,
    Single,
    Value,
    criterion,
    number,
    single,
    text,
    truth,
)


class Evaluator(Protocol):
    """What gives a function its arguments, each only when it is asked for."""

    locale: str

    def value(self, node: Node | None) -> Value: ...


Function = Callable[[Evaluator, Sequence[Node | None]], Value]


def _one(evaluator: Evaluator, node: Node | None) -> Single:
    return single(evaluator.value(node))


def _text(evaluator: Evaluator, node: Node | None) -> str:
    return text(_one(evaluator, node), evaluator.locale)


def _number(evaluator: Evaluator, node: Node | None) -> float:
    return number(_one(evaluator, node), evaluator.locale)


def _whole(evaluator: Evaluator, node: Node | None) -> int:
    return int(_number(evaluator, node))


def _need(arguments: Sequence[Node | None], least: int, most: int) -> None:
    if not least <= len(arguments) <= most:
        raise CellError("N_A", f"Wrong number of arguments: expected {least}, but got {len(arguments)}.")


def _values(evaluator: Evaluator, nodes: Sequence[Node | None]) -> Iterator[tuple[Single | CellError, bool]]:
    """Every value of the arguments, and whether it stands in a range."""
    for node in nodes:
        value = evaluator.value(node)
        if isinstance(value, Cells):
            yield from ((one, True) for row in value.rows for one in row)
        else:
            yield value, False


# --- logic --------------------------------------------------------------------------------------


def _if(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 2, 3)
    if truth(_one(evaluator, arguments[0]), evaluator.locale):
        return evaluator.value(arguments[1])
    return evaluator.value(arguments[2]) if len(arguments) > 2 else False


def _truths(evaluator: Evaluator, arguments: Sequence[Node | None]) -> list[bool]:
    _need(arguments, 1, 255)
    found = []
    for value, in_range in _values(evaluator, arguments):
        if isinstance(value, CellError):
            raise value
        if not (in_range and (value is None or isinstance(value, str))):
            found.append(truth(value, evaluator.locale))
    return found


def _and(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    return all(_truths(evaluator, arguments))


def _or(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    return any(_truths(evaluator, arguments))


def _not(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 1)
    return not truth(_one(evaluator, arguments[0]), evaluator.locale)


def _iferror(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 2)
    try:
        return _one(evaluator, arguments[0])
    except CellError:
        return evaluator.value(arguments[1]) if len(arguments) > 1 else None


def _isblank(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 1)
    return _one(evaluator, arguments[0]) is None


# --- texts --------------------------------------------------------------------------------------


def _len(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 1)
    return len(_text(evaluator, arguments[0]))


def _trim(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 1)
    return re.sub(" +", " ", _text(evaluator, arguments[0])).strip(" ")


def _mid(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 3, 3)
    first, length = _whole(evaluator, arguments[1]), _whole(evaluator, arguments[2])
    if first < 1 or length < 0:
        raise CellError("VALUE", "Function MID expects a place from 1 and a length from 0.")
    return _text(evaluator, arguments[0])[first - 1 : first - 1 + length]


def _left(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 2)
    return _text(evaluator, arguments[0])[: _length(evaluator, arguments)]


def _right(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 2)
    whole = _text(evaluator, arguments[0])
    return whole[max(0, len(whole) - _length(evaluator, arguments)) :]


def _length(evaluator: Evaluator, arguments: Sequence[Node | None]) -> int:
    length = _whole(evaluator, arguments[1]) if len(arguments) > 1 else 1
    if length < 0:
        raise CellError("VALUE", "A length cannot be negative.")
    return length


def _upper(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 1)
    return _text(evaluator, arguments[0]).upper()


def _lower(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 1)
    return _text(evaluator, arguments[0]).lower()


def _hyperlink(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 2)
    return _one(evaluator, arguments[-1])


# --- numbers ------------------------------------------------------------------------------------


def _numbers(evaluator: Evaluator, arguments: Sequence[Node | None]) -> list[float]:
    """Numbers to add up: in ranges texts and yes or no are passed over."""
    _need(arguments, 1, 255)
    found = []
    for value, in_range in _values(evaluator, arguments):
        if isinstance(value, CellError):
            raise value
        if not in_range or (isinstance(value, int | float) and not isinstance(value, bool)):
            found.append(number(value, evaluator.locale))
    return found


def _sum(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    return sum(_numbers(evaluator, arguments))


def _max(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    return max(_numbers(evaluator, arguments), default=0)


def _min(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    return min(_numbers(evaluator, arguments), default=0)


def _round(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 2)
    places = _whole(evaluator, arguments[1]) if len(arguments) > 1 else 0
    exact = Decimal(repr(float(_number(evaluator, arguments[0]))))
    return float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


# --- counting -----------------------------------------------------------------------------------


def _counta(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 1, 255)
    return sum(value is not None for value, _ in _values(evaluator, arguments))


def _countif(evaluator: Evaluator, arguments: Sequence[Node | None]) -> Value:
    _need(arguments, 2, 2)
    fits = criterion(_one(evaluator, arguments[1]), evaluator.locale)
    found = _values(evaluator, arguments[:1])
    return sum(fits(value) for value, _ in found if not isinstance(value, CellError))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "AND": _and,
    "COUNTA": _counta,
    "COUNTIF": _countif,
    "HYPERLINK": _hyperlink,
    "IF": _if,
    "IFERROR": _iferror,
    "ISBLANK": _isblank,
    "LEFT": _left,
    "LEN": _len,
    "LOWER": _lower,
    "MAX": _max,
    "MID": _mid,
    "MIN": _min,
    "NOT": _not,
    "OR": _or,
    "RIGHT": _right,
    "ROUND": _round,
    "SUM": _sum,
    "TRIM": _trim,
    "UPPER": _upper,
}
