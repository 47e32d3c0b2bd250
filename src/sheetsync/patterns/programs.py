"""Patterns in the form Python runs: what ``re.compile`` makes of their text, slowly, each time anew.

A process needs hundreds of them, and making them takes a tenth of a press. Python keeps the modules it
has made of text; of patterns it keeps nothing, and has no public way to. So this looks inside ``re``: in
a Python it does not know nothing is kept, and patterns are made as ever.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable
from typing import Any, AnyStr, Final

Program = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, instructions, the number of groups, their numbers by name, their names by number."""

_INSTRUCTION: Final = "I"

_KNOWN: Final = ((3, 11), (3, 12), (3, 13), (3, 14))
IS_KNOWN: Final = sys.implementation.name == "cpython" and sys.version_info[:2] in _KNOWN
VERSION: Final = sys.version
"""A program is run by the very Python that made it and by no other."""

_inside: Any = getattr(re, "_compiler", None)


def program_of(pattern: str | bytes, flags: int) -> Program:
    """What a pattern is made into. Raises ``re.error``."""
    parsed = _inside._parser.parse(pattern, flags)
    names: dict[str, int] = parsed.state.groupdict
    numbers: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        numbers[number] = name
    code = array(_INSTRUCTION, _inside._code(parsed, flags)).tobytes()
    return int(flags | parsed.state.flags), code, parsed.state.groups - 1, names, tuple(numbers)


def pattern_of(text: AnyStr, program: Program) -> re.Pattern[AnyStr]:
    """The pattern a text was made into. Raises ``RuntimeError`` for what is no program."""
    made: Callable[..., re.Pattern[AnyStr]] = _inside._sre.compile
    flags, code, groups, names, numbers = program
    return made(text, flags, array(_INSTRUCTION, code).tolist(), groups, names, numbers)
