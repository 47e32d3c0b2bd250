"""Texts a spreadsheet program takes for something else when they are typed into a cell."""

from __future__ import annotations

import re
from typing import Final

_FORMULA_SIGNS: Final = frozenset("=+-@＝＋－＠'")
_UNSEEN: Final = "".join(map(chr, (*range(33), 0x7F, 0x85, 0xA0, *range(0x2000, 0x2070), 0x3000, 0xFEFF)))
_OTHER_VALUE: Final = re.compile(
    r"""[$€₽(]?[\d\s.,:/%()e+-]*\d[\d\s.,:/%()e+-]*(?:[$€₽]|[ap]m|р\.|руб\.)?  # a number, a date, a sum
    | (?:\d{1,2}[\s.-]*)?[^\W\d_]{3,8}[\s.-]*\d{1,4}(?:\s*г\.?)?    # «1 мая 2026», «май 2026 г.»
    | \d{1,4}[\s.-]*[^\W\d_]{3,8}\.?                               # «1 мая», «2 июн.»
    | истина | ложь | true | false | \#.*[!?/].*""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_VALUE: Final = 64
_LONGEST_WORD: Final = 6
_ENDS: Final = frozenset("гГ.").union(_UNSEEN)
_UNCLEAR: Final = _FORMULA_SIGNS.union(_UNSEEN)


def may_turn(text: str) -> bool:
    """A cheap look before ``turns``: most texts begin with a letter and end with another one."""
    first, length = text[0], len(text)
    if length > _LONGEST_VALUE or first in _UNCLEAR:
        return first in _UNCLEAR
    if not first.isalpha() or first in "eE":
        return True
    last = text[-1]
    return last in _ENDS or length <= _LONGEST_WORD or last.isdigit()


def turns(text: str) -> bool:
    """Whether a text would become a formula, a number or a date by F2 and Enter in its cell."""
    seen = text.lstrip(_UNSEEN)
    if seen[:1] in _FORMULA_SIGNS:
        return True
    return len(seen) <= _LONGEST_VALUE and _OTHER_VALUE.fullmatch(seen.rstrip(_UNSEEN)) is not None
