"""One value as two programs write it: a file stores «44986», a person reads «01.03.2023»."""

from __future__ import annotations

import math
from datetime import date
from typing import Final

from sheetsync.grid import text_of
from sheetsync.patterns import at_first_use
from sheetsync.text import squeeze

_NUMBER: Final = at_first_use(r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_CLOCK: Final = r"(?:[T ]+(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?)?"
_ISO_DATE: Final = at_first_use(r"(\d{4})-(\d\d)-(\d\d)" + _CLOCK)
_DATE: Final = at_first_use(r"(\d\d)\.(\d\d)\.(\d{4})" + _CLOCK)
_TIME: Final = at_first_use(r"(?:PT)?(\d{1,8})[:H](\d\d)(?:[:M]\d\d(?:[.,]\d+)?S?)?")
_EPOCHS: Final = (date(1899, 12, 30).toordinal(), date(1904, 1, 1).toordinal())
_AFTER_A_DAY_THAT_NEVER_WAS: Final = date(1900, 3, 1).toordinal()
"""Excel counts a 29 February 1900: its days before are numbered one less."""

_DAY: Final = 24 * 60

EPOCHS_APART: Final = _EPOCHS[1] - _EPOCHS[0]
"""Days between the two beginnings of time a workbook may have."""

_TRUTH: Final = {text_of(True).lower(): 1.0, "true": 1.0, text_of(False).lower(): 0.0, "false": 0.0}


def same_value(stored: str, shown: str) -> bool:
    """Whether a stored value is the one shown: the same words, number, day, minute or truth."""
    stored, shown = squeeze(stored), squeeze(shown)
    if stored == shown:
        return True
    one, other = _number(stored), _number(shown)
    if one is not None and other is not None:
        return one == other
    if other is not None:
        stored, shown, one = shown, stored, other
    if one is not None:
        return math.floor(one * _DAY + 0.01) in _minutes(shown)
    return bool(_minutes(stored) & _minutes(shown))


def is_stored_value(text: str) -> bool:
    """Whether a file stores a number, a day, an hour or a truth this way, so that it may be shown
    in other words."""
    text = squeeze(text)
    return _number(text) is not None or bool(_minutes(text))


def day_number(text: str) -> str:
    """A written day as a workbook counts days, «15.06.2026» -> «46188»; any other text as it is."""
    minutes = _minutes(text.strip()) if not _TIME.fullmatch(text.strip()) else frozenset()
    days, clock = divmod(max(minutes, default=0), _DAY)
    return str(days) if minutes and not clock else text


def _number(text: str) -> float | None:
    if text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    value = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else math.inf
    return value if math.isfinite(value * _DAY) else None


def _minutes(text: str) -> frozenset[int]:
    """A day or an hour as minutes, counted from either beginning of time a workbook may have."""
    if found := _TIME.fullmatch(text):
        return frozenset({int(found[1]) * 60 + int(found[2])})
    if found := _ISO_DATE.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _DATE.fullmatch(text):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
    else:
        return frozenset()
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        return frozenset()
    clock = int(found[4] or 0) * 60 + int(found[5] or 0)
    counted = {ordinal - epoch for epoch in _EPOCHS}
    if ordinal < _AFTER_A_DAY_THAT_NEVER_WAS:
        counted.add(ordinal - _EPOCHS[0] - 1)
    return frozenset(days * _DAY + clock for days in counted)
