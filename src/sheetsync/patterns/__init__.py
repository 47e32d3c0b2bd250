"""Patterns made when a text first needs them.

Python takes a third of a millisecond to make a pattern of ordinary length, before it looks at any text. A
press for a few copies has no text for most of them, and does not wait for them. What the others were made
into is recalled from earlier runs (``pattern_shelf``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, AnyStr, Final, cast

from sheetsync.patterns.programs import IS_KNOWN, Program, pattern_of, program_of

Made = dict[tuple[str | bytes, int], Program]
"""Programs by the text of a pattern and its flags."""


def at_first_use(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, made when its first method is called.

    For patterns that stand in the program: those made of somebody's words are not to be kept.

    >>> word = at_first_use("[а-я]+")
    >>> word.findall("два слова")
    ['два', 'слова']
    """
    return cast("re.Pattern[AnyStr]", _Unmade(pattern, flags))


def recall_from(shelf: Callable[[], Made]) -> None:
    """Ask for programs made before, when the first pattern is to be made."""
    _SHELVES[:] = [shelf]


def made_anew() -> Made:
    """What was made and not recalled, beside what was."""
    return {**_RECALLED, **_ANEW} if _ANEW else {}


_SHELVES: Final[list[Callable[[], Made]]] = []
_RECALLED: Final[Made] = {}
_ANEW: Final[Made] = {}


class _Unmade:
    """A pattern nobody has used yet; used, it hands on the methods of the one it made."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _made(self) -> re.Pattern[Any]:
        return _made(self.pattern, int(self._flags)) if IS_KNOWN else re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(self._made, name)
        setattr(self, name, found)  # the next time it is there at once
        return found


def _made(pattern: str | bytes, flags: int) -> re.Pattern[Any]:
    if _SHELVES:
        _RECALLED.update(_SHELVES.pop()())
    program = _RECALLED.get((pattern, flags))
    if program is None:
        program = _ANEW[pattern, flags] = program_of(pattern, flags)
    return pattern_of(pattern, program)
