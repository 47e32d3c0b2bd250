"""Patterns made when a text first needs them.

Python takes a third of a millisecond to make a pattern of ordinary length, before it looks at any text. A
press for a few copies has no text for most of them, and does not wait for them.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, cast


def at_first_use(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, made when its first method is called.

    >>> word = at_first_use("[а-я]+")
    >>> word.findall("два слова")
    ['два', 'слова']
    """
    return cast("re.Pattern[AnyStr]", _Unmade(pattern, flags))


class _Unmade:
    """A pattern nobody has used yet; used, it hands on the methods of the one it made."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _made(self) -> re.Pattern[Any]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(self._made, name)
        setattr(self, name, found)  # the next time it is there at once
        return found
