"""What the service makes of a text a person types: a number, a date, yes or no, a formula, or a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sheetsync_emulator.values import Json, Scalar, extended

EPOCH: Final = datetime(1899, 12, 30)
"""Day 0 of a spreadsheet."""

RAW: Final = "RAW"

_NUMBER: Final = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?(\s*%)?")
_TIME: Final = r"(?:\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
_DAYS: Final = {
    "yyyy-mm-dd": re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})" + _TIME),
    "dd.mm.yyyy": re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})" + _TIME),
    "m/d/yyyy": re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})" + _TIME),
}
_WORDS: Final = {"TRUE": True, "FALSE": False}
_RUSSIAN_WORDS: Final = {"ИСТИНА": True, "ЛОЖЬ": False}
_SPACES: Final = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Entered:
    """What becomes of a typed text: its value, and a number format when it was a date or a share."""

    value: Json
    number_format: Json | None = None


def decimal_comma(locale: str) -> bool:
    """Whether numbers are written «1,5» and arguments of functions parted by «;»."""
    return locale.startswith(("ru", "fr", "de", "uk", "be"))


def own_date(locale: str) -> str:
    """The usual pattern of a date."""
    return "dd.mm.yyyy" if locale.startswith(("ru", "de", "uk", "be")) else "m/d/yyyy"


def stored(scalar: Scalar) -> Entered:
    """A value as it is sent, nothing read into it: option RAW."""
    return Entered(extended(scalar))


def typed(scalar: Scalar, locale: str, *, as_text: bool = False) -> Entered:
    """A value as if a person typed it: option USER_ENTERED; ``as_text`` is a cell formatted as text."""
    if not isinstance(scalar, str):
        return Entered(extended(scalar))
    if scalar.startswith("="):
        return Entered({"formulaValue": scalar})
    if as_text:
        return Entered(extended(scalar))
    if scalar.startswith("'"):
        return Entered(extended(scalar[1:]))
    text = scalar.strip()
    words: Mapping[str, bool] = _WORDS | (_RUSSIAN_WORDS if locale.startswith("ru") else {})
    if text.upper() in words:
        return Entered(extended(words[text.upper()]))
    return _number(text, locale) or _date(text, locale) or Entered(extended(scalar))


def _number(text: str, locale: str) -> Entered | None:
    plain = text
    if decimal_comma(locale):
        if "." in text:
            return None
        plain = _SPACES.sub("", text).replace(",", ".")
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return None
    if not match[3]:
        return Entered(extended(float(plain)))
    share = plain.rstrip("% ")
    pattern = "0.00%" if "." in share else "0%"
    return Entered(extended(float(share) / 100), {"type": "PERCENT", "pattern": pattern})


def _date(text: str, locale: str) -> Entered | None:
    for pattern in ("yyyy-mm-dd", own_date(locale)):
        match = _DAYS[pattern].fullmatch(text)
        if match is None:
            continue
        parts = {name: int(number) for name, number in match.groupdict().items() if number}
        try:
            moment = datetime(**parts)  # type: ignore[arg-type]  # the names are groups of ``_DAYS``
        except ValueError:
            return None
        since = moment - EPOCH
        days = since.days + since.seconds / 86_400
        if "hour" in parts:
            return Entered(extended(days), {"type": "DATE_TIME", "pattern": f"{pattern} hh:mm:ss"})
        return Entered(extended(days), {"type": "DATE", "pattern": pattern})
    return None
