"""Texts a spreadsheet program takes for something else when they are typed into a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from sheetsync.patterns import at_first_use

_FORMULA_SIGNS: Final = frozenset("=+-@＝＋－＠'")
_UNSEEN: Final = "".join(map(chr, (*range(33), 0x7F, 0x85, 0xA0, *range(0x2000, 0x2070), 0x3000, 0xFEFF)))
_OTHER_VALUE: Final = at_first_use(
    r"""[$€₽(]?[\d\s.,:/%()e+-]*\d[\d\s.,:/%()e+-]*(?:[$€₽]|[ap]m|р\.|руб\.)?  # a number, a date, a sum
    | (?:\d{1,2}[\s.-]*)?[^\W\d_]{3,8}[\s.-]*\d{1,4}(?:\s*г\.?)?    # «1 мая 2026», «май 2026 г.»
    | \d{1,4}[\s.-]*[^\W\d_]{3,8}\.?                               # «1 мая», «2 июн.»
    | истина | ложь | true | false | \#.*[!?/].*""",
    re.VERBOSE | re.IGNORECASE,
)
_SUSPECT: Final = at_first_use(
    r"[^A-Za-zА-Яа-яЁё] | [eE] | [^\W\d_]{3,8}+[\s.-]*\d | (?i:истина | ложь | true | false)", re.VERBOSE
)
"""A cheap look before ``turns``: most texts begin with a letter and go on as no month does."""

_ANY_SUSPECT: Final = at_first_use(rf"\n(?:{_SUSPECT.pattern})", re.VERBOSE)
"""The same in many texts, each after a line break."""

_LONGEST_VALUE: Final = 64
_REMEMBERED: Final = 5000
_UNCLEAR: Final = _FORMULA_SIGNS.union(_UNSEEN)


def turns(text: str) -> bool:
    """Whether a text would become a formula, a number or a date by F2 and Enter in its cell."""
    seen = text.lstrip(_UNSEEN)
    if seen[:1] in _FORMULA_SIGNS:
        return True
    return len(seen) <= _LONGEST_VALUE and _OTHER_VALUE.fullmatch(seen.rstrip(_UNSEEN)) is not None


def turning_among(texts: Iterable[str]) -> set[str]:
    """Those of many texts that would."""
    short = [one for one in texts if one and (len(one) <= _LONGEST_VALUE or one[0] in _UNCLEAR)]
    if not _ANY_SUSPECT.search("\n".join(("", *short))):
        return set()
    return {one for one in set(short) if _SUSPECT.match(one) and _TURNING[one]}


class _Turning(dict[str, bool]):
    """Which texts turn; most are met again and again."""

    def __missing__(self, text: str) -> bool:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[text] = turns(text)
        return found


_TURNING: Final = _Turning()
