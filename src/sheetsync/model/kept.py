"""What is worked out once from a value that many share: a plan of a thousand copies is looked
through once, not a thousand times."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

_V = TypeVar("_V")
_R = TypeVar("_R")


def once_for_each(most: int) -> Callable[[Callable[[_V], _R]], Callable[[_V], _R]]:
    """Remembers what a function says of the last ``most`` values.

    A value is known again when it is the same one, not an equal one: comparing long values would
    cost what is to be saved. For functions of values that never change.
    """

    def remembering(work: Callable[[_V], _R]) -> Callable[[_V], _R]:
        kept: dict[int, tuple[_V, _R]] = {}

        @wraps(work)
        def told(value: _V) -> _R:
            known = kept.get(id(value))
            if known is not None:
                return known[1]
            result = work(value)
            while len(kept) >= most:
                kept.pop(next(iter(kept)), None)
            kept[id(value)] = (value, result)  # held, so that nothing else gets its place in memory
            return result

        return told

    return remembering
