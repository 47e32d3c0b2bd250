"""How a value looks in its cell: by the cell's number format and the spreadsheet's locale."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from sheetsync_emulator.entering import EPOCH, decimal_comma, own_date
from sheetsync_emulator.values import Json, Scalar, tidy

MOMENTS: Final = ("DATE", "TIME", "DATE_TIME")
_DATE_TOKEN: Final = re.compile(r'yyyy|yy|y|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|"[^"]*"|\\.|.', re.DOTALL)
_NUMBER_PATTERN: Final = re.compile(
    r"(?P<before>[^#0?]*)(?P<digits>[#0?,]*[#0?])(?:\.(?P<places>[#0?]+))?(?P<after>.*)"
)
_DIGITS_OF_A_NUMBER: Final = 10
_NO_MOMENT: Final = 2_958_466
"""The day after 31.12.9999: from it on a number is shown as it is, whatever its format."""

_MONTHS: Final = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)


def formatted(scalar: Scalar, number_format: Json, locale: str) -> str:
    """The text a person sees."""
    if isinstance(scalar, bool):
        return _yes_or_no(scalar, locale)
    if isinstance(scalar, str):
        return scalar
    kind, pattern = number_format.get("type", ""), number_format.get("pattern", "")
    if kind in MOMENTS and 0 <= scalar < _NO_MOMENT:
        return _moment(scalar, pattern or _own_pattern(kind, locale), locale)
    if kind == "PERCENT":
        pattern = pattern or "0.00%"
    return _by_pattern(scalar, "" if kind == "TEXT" else pattern, locale)


def _yes_or_no(value: bool, locale: str) -> str:
    if locale.startswith("ru"):
        return "ИСТИНА" if value else "ЛОЖЬ"
    return "TRUE" if value else "FALSE"


def _in_locale(shown: str, locale: str) -> str:
    if not decimal_comma(locale):
        return shown
    thousands = "." if locale.startswith("de") else "\u00a0"
    return shown.translate({ord(","): thousands, ord("."): ","})


def _plain(number: float) -> str:
    number = tidy(number)
    if isinstance(number, int):
        return str(number)
    return f"{number:.{_DIGITS_OF_A_NUMBER}f}".rstrip("0").rstrip(".")


def _by_pattern(number: float, pattern: str, locale: str) -> str:
    match = _NUMBER_PATTERN.fullmatch(pattern.split(";", maxsplit=1)[0])
    if match is None:
        return _in_locale(_plain(number), locale)
    if "%" in pattern:
        number *= 100
    places = match["places"] or ""
    text = f"{number:,.{len(places)}f}" if "," in match["digits"] else f"{number:.{len(places)}f}"
    optional = len(places) - len(places.rstrip("#"))
    while optional and text.endswith("0"):
        text, optional = text[:-1], optional - 1
    text = text.removesuffix(".")
    digits = sum(character == "0" for character in match["digits"])
    whole, dot, rest = text.lstrip("-").partition(".")
    sign = "-" if text.startswith("-") else ""
    shown = _in_locale(f"{sign}{whole.zfill(digits)}{dot}{rest}", locale)
    return f"{_literal(match['before'])}{shown}{_literal(match['after'])}"


def _literal(text: str) -> str:
    return text.replace('"', "").replace("\\", "")


def _own_pattern(kind: str, locale: str) -> str:
    day = own_date(locale)
    return {"DATE": day, "TIME": "hh:mm:ss", "DATE_TIME": f"{day} hh:mm:ss"}[kind]


def _moment(number: float, pattern: str, locale: str) -> str:
    moment = EPOCH + timedelta(seconds=round(number * 86_400))
    shown: list[str] = []
    after_hour = False
    for token in _DATE_TOKEN.findall(pattern):
        name = token.lower()
        shown.append(_part(moment, token, locale, is_minute=after_hour and name in ("m", "mm")))
        if name.isalpha():
            after_hour = name in ("h", "hh")
    return "".join(shown)


def _part(moment: datetime, token: str, locale: str, *, is_minute: bool) -> str:
    unit = moment.minute if is_minute else moment.month
    parts = {
        "yyyy": f"{moment:%Y}",
        "yy": f"{moment:%y}",
        "y": f"{moment:%y}",
        "mmmm": _MONTHS[moment.month - 1] if locale.startswith("ru") else f"{moment:%B}",
        "mmm": f"{moment:%b}",
        "mm": f"{unit:02}",
        "m": str(unit),
        "dddd": f"{moment:%A}",
        "ddd": f"{moment:%a}",
        "dd": f"{moment.day:02}",
        "d": str(moment.day),
        "hh": f"{moment.hour:02}",
        "h": str(moment.hour),
        "ss": f"{moment.second:02}",
        "s": str(moment.second),
    }
    return parts.get(token.lower(), _literal(token))
