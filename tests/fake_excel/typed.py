"""What Excel makes of a text that is put into a cell: the same as if it were typed.

Evidence: Microsoft, «Range.Value property (Excel)» (a string is parsed), «Stop automatically changing
numbers to dates»; xlwings issues 36 («01» becomes 1), 436 («1234E324»), 1635 («May 2020»).
What a text becomes depends on the regional settings, so they are a setting here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

Held = str | float | bool | None
"""What a cell holds: a date is a number with a date format."""

EPOCH: Final = datetime(1899, 12, 30)
ERRORS: Final = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}
_GAP: Final = "  "


class Fault(str):
    """An error value, such as ``#N/A``; a text that only looks like one is none."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Region:
    """Regional settings that change what a typed text becomes."""

    decimal: str
    date_marks: str
    day_first: bool
    words: dict[str, str | bool]
    months: tuple[str, ...]
    year: int = 2024


RU: Final = Region(
    decimal=",",
    date_marks="./-",
    day_first=True,
    words={
        "ИСТИНА": True,
        "ЛОЖЬ": False,
        "#Н/Д": "#N/A",
        "#ССЫЛКА!": "#REF!",
        "#ЗНАЧ!": "#VALUE!",
        "#ДЕЛ/0!": "#DIV/0!",
        "#ИМЯ?": "#NAME?",
        "#ЧИСЛО!": "#NUM!",
        "#ПУСТО!": "#NULL!",
    },
    months=("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
)
EN: Final = Region(
    decimal=".",
    date_marks="/-",
    day_first=False,
    words={"TRUE": True, "FALSE": False, **{word: word for word in ERRORS}},
    months=("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a text became: a value, maybe a formula, maybe a number format the cell takes on."""

    value: Held
    number_format: str | None = None
    formula: str | None = None
    prefix: bool = False


def typed(text: str, region: Region) -> Typed:
    """The text as if typed into a cell of the general format."""
    if text == "":
        return Typed(None)
    if text.startswith("'"):
        return Typed(text[1:], prefix=True)
    if len(text) > 1 and text[0] in "=@":
        return Typed(None, formula=f"={text.lstrip('=')}")
    bare = text.strip(_GAP)
    for attempt in (_word, _number, _date, _time):
        found = attempt(bare, region)
        if found is not None:
            return found
    if len(text) > 1 and text[0] in "+-":
        return Typed(None, formula=f"={text}")
    return Typed(text)


def serial(moment: datetime | date) -> float:
    """Excel's number of a day: 1 January 1900 is 1 (dates before March 1900 are nobody's business here)."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return (moment.replace(tzinfo=None) - EPOCH) / timedelta(days=1)


def moment(number: float) -> datetime:
    """The day of a number, to the second."""
    return EPOCH + timedelta(seconds=round(number * 86_400))


def is_date_format(number_format: str) -> bool:
    """Whether a number format shows days or hours; then ``Range.Value`` gives a Date."""
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format)
    return bare != "General" and bool(re.search(r"[dmyhs]", bare, re.IGNORECASE))


def is_money_format(number_format: str) -> bool:
    """Whether a number format is a currency; then ``Range.Value`` gives a Currency."""
    return bool(re.search(r"\$|₽|€|р\.", number_format)) and not is_date_format(number_format)


def _word(text: str, region: Region) -> Typed | None:
    word = {**EN.words, **region.words}.get(text.upper())
    if word is None:
        return None
    return Typed(word if isinstance(word, bool) else Fault(word))


def _number(text: str, region: Region) -> Typed | None:
    point = re.escape(region.decimal)
    gap = f"[{_GAP}]" if region is RU else ","
    digits = rf"(?:\d{{1,3}}(?:{gap}\d{{3}})+|\d+)(?:{point}\d*)?|{point}\d+"
    found = re.fullmatch(
        rf"(?P<open>\()?(?P<money>[$€₽])?(?P<sign>[+-])?\s?(?P<digits>{digits})(?P<power>[eE][+-]?\d+)?"
        rf"\s?(?P<mark>%|₽|р\.)?(?P<close>\))?",
        text,
    )
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    plain = re.sub(f"[{_GAP}]" if region is RU else ",", "", found["digits"]).replace(region.decimal, ".")
    number = float(plain + (found["power"] or ""))
    if found["sign"] == "-" or found["open"]:
        number = -number
    if found["mark"] == "%":
        return Typed(number / 100, "0.00%" if region.decimal in found["digits"] else "0%")
    if found["money"] or found["mark"]:
        return Typed(number, "#,##0.00 ₽" if region is RU else "$#,##0.00")
    return Typed(number, "0.00E+00" if found["power"] else None)


def _date(text: str, region: Region) -> Typed | None:
    for attempt in (_date_of_digits, _date_of_words):
        found = attempt(text, region)
        if found is not None:
            return found
    return None


def _date_of_digits(text: str, region: Region) -> Typed | None:
    marks = f"[{re.escape(region.date_marks)}]"
    if found := re.fullmatch(rf"(\d{{4}}){marks}(\d\d?){marks}(\d\d?)", text):
        return _day(int(found[1]), int(found[2]), int(found[3]), "m/d/yyyy")
    if found := re.fullmatch(rf"(\d\d?){marks}(\d\d?){marks}(\d{{4}}|\d\d)( \d\d?:\d\d(:\d\d)?)?", text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        day, month = (first, second) if region.day_first else (second, first)
        shape = "m/d/yyyy h:mm" if found[4] else "m/d/yyyy"
        return _day(year + 2000 if year < 30 else year + 1900 * (year < 100), month, day, shape)
    if found := re.fullmatch(rf"(\d\d?){marks}(\d\d?|\d{{4}})", text):
        first, second = int(found[1]), int(found[2])
        if second > 31:
            return _day(second, first, 1, "mmm-yy")
        day, month = (first, second) if region.day_first else (second, first)
        return _day(region.year, month, day, "d-mmm") or _day(2000 + second, first, 1, "mmm-yy")
    return None


def _date_of_words(text: str, region: Region) -> Typed | None:
    found = re.fullmatch(r"(?:(\d\d?)[ -])?([A-Za-zА-Яа-яё]{3,})\.?(?:[ -](\d{4}|\d\d))?(?: ?г\.?)?", text)
    if not found or not (found[1] or found[3]):
        return None
    month = _month(found[2].lower(), region)
    if month is None:
        return None
    year = int(found[3]) if found[3] else region.year
    year += 2000 * (year < 100)
    shape = "d-mmm" if not found[3] else "mmm-yy" if not found[1] else "d-mmm-yy"
    return _day(year, month, int(found[1] or 1), shape)


def _month(word: str, region: Region) -> int | None:
    endings = r"[а-яё]{0,7}" if region is RU else r"[a-z]{0,6}"
    for number, stem in enumerate(region.months, 1):
        if stem == "ма":
            if word in ("май", "мая"):
                return number
        elif re.fullmatch(stem + endings, word):
            return number
    return None


def _day(year: int, month: int, day: int, shape: str) -> Typed | None:
    try:
        return Typed(serial(date(year, month, day)), shape)
    except ValueError:
        return None


def _time(text: str, region: Region) -> Typed | None:
    found = re.fullmatch(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?", text)
    if not found:
        return None
    seconds = int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    return Typed(seconds / 86_400, "h:mm:ss" if found[3] else "h:mm")
