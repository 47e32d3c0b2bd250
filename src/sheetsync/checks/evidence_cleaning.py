"""A text as written becomes a text that can be read: scans, filled blanks, stamps, torn addresses.

What a school typed stays in its field byte for byte; only the reading is made from the mended text.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import Final

from sheetsync.patterns import at_first_use

_SPACES: Final = at_first_use(r"\s{2,}")
_BULLET: Final = at_first_use(r"(?m)^\s*(?:[-–—•*]\s+|\d{1,2}[.)](?!\d)\s*(?=[А-ЯЁа-яё]))")
_GLUED: Final = at_first_use(r"(?<=\d)\s*от\s*(?=[\d«])", re.IGNORECASE)
_FILLED_BLANK: Final = at_first_use(
    r"(?<=\d)(?P<close>\s?[»\"”])_*\s?(?P<month>\d{1,2}|[а-яё]{3,8})_+(?=\d{4})", re.IGNORECASE
)
"""A form filled in by hand: « 10»____01____2022."""

_LOOKALIKES: Final = "ABCEHKMOPTXaceopxykm"
_LIKE_RUSSIAN: Final = at_first_use(f"[{_LOOKALIKES}]")
_MIXED_WORD: Final = at_first_use(
    rf"(?<![\w/.@:-])(?=[А-ЯЁа-яё]*[{_LOOKALIKES}])(?=\w*[а-яё])[А-ЯЁа-яёA-Za-z]{{4,}}\b"
)
_LATIN: Final = str.maketrans(_LOOKALIKES, "АВСЕНКМОРТХасеорхукм")


def _in_any_case(*letters: str) -> tuple[str, ...]:
    return tuple("".join(one) for one in product(*letters))


_SLIPS: Final = (
    (("Г", "I", "l"), at_first_use(r"Г[IІl|1](?=[а-яё])|\b[Il][lI1|](?=р(?:иказ|отокол))"), "П"),
    (("0",), at_first_use(r"(?<=[А-Яа-яё])0(?=[а-яё])"), "о"),
    (("рика3",), at_first_use(r"\b([Пп])рика3"), r"\1риказ"),
    (("в„–",), at_first_use(r"в„–"), "№"),
    (("N",), at_first_use(r"\bN[sоo°º](?!\w)\.?(?=\s*[\w«])"), "№"),
    (
        ("#", *_in_any_case("мМ", "еЕ", "рР")),
        at_first_use(r"\bномер(?:ом)?\b(?=\s*[\d_])|#(?=\s*\d)", re.IGNORECASE),
        "№",
    ),
    ((",",), at_first_use(r"(\d(?<![\d,]\d)\d?),\s?(\d{1,2}),\s?(\d{4})(?!\d)"), r"\1.\2.\3"),
    (("–",), at_first_use(r"(\d(?<![\d–]\d)\d?)–(\d{1,2})–(\d{4})(?!\d)"), r"\1.\2.\3"),
)
"""What scanners and quick fingers make of «П», «о», «з», «№» and of the dots of a date; one of the signs
stands in every slip."""

_LIKE_DIGITS: Final = "ОOоoЗlI|"
_MISREAD: Final = at_first_use(
    rf"№\s?(?=[lI|ОO]*\d)(?:\d{{0,4}}(?:[lI|]|[ОO](?=\d))){{1,4}}\d{{0,4}}(?!\w)|"
    rf"(?<![\w.,])(?=[\d.]*[{_LIKE_DIGITS}])(?=[{_LIKE_DIGITS}.]*\d)"
    rf"[\d{_LIKE_DIGITS}]{{1,2}}\.[\d{_LIKE_DIGITS}]{{1,2}}\.[\d{_LIKE_DIGITS}]{{4}}(?![\d.])"
)
_DIGITS: Final = str.maketrans(_LIKE_DIGITS, "00003111")
"""«О1.О9.2О23», «№ l18»: letters a scanner took for digits."""

_LAW: Final = at_first_use(
    r"(?:\bфедеральн\w+\s+)?\b(?:закон\w*|ФЗ)\b[^;\n]{0,60}?\b\d{1,3}\s?-?\s?ФЗ\b(?:\s+от\s+[\d.]{8,10})?",
    re.IGNORECASE,
)
"""A law of the country with its number: nobody's report of work done."""

_TORN_SCHEME: Final = at_first_use(r"\b(https?)\s?:\s?[\\/]{1,2}\s?(?=[\wа-яё])(?P<rest>\S*)", re.IGNORECASE)
_OF_A_SCHEME: Final = _in_any_case("tT", "pP")
_STAMP: Final = at_first_use(
    r"(?:\bдокумент\s+подписан|\bсертификат|\bвладелец)(?:(?!\bдействител).){0,300}?"
    r"\bдействител\w+(?:[\s:]*(?:с|до|по)?\s*[\d.]{8,10}){0,2}",
    re.IGNORECASE | re.DOTALL,
)
_OWNER: Final = at_first_use(r"\bвладелец\b", re.IGNORECASE)


def cleaned(text: str) -> str:
    """The text with its damage mended and the stamps of electronic signatures cut out."""
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    if "  " in text or not text.isprintable():
        text = _SPACES.sub(lambda match: "\n" if "\n" in match[0] else " ", text)
    if any(sign in text for sign in _OF_A_SCHEME):
        text = _TORN_SCHEME.sub(lambda match: f"{match[1]}://{match['rest'].replace(chr(92), '/')}", text)
    for signs, pattern, meant in _SLIPS:
        if any(sign in text for sign in signs):
            text = pattern.sub(meant, text)
    if "фз" in text.lower():
        text = _LAW.sub(" ", text)
    text = _GLUED.sub(" от ", _MISREAD.sub(lambda match: match[0].translate(_DIGITS), text))
    if "_" in text:
        text = _FILLED_BLANK.sub(_filled, text)
    if _LIKE_RUSSIAN.search(text):
        text = _MIXED_WORD.sub(lambda match: match[0].translate(_LATIN), text)
    if "действител" in text.lower():
        text = _STAMP.sub(lambda match: " " if _OWNER.search(match[0]) else match[0], text)
    return _BULLET.sub("", text).strip()


def misread_requisites(text: str) -> tuple[str, ...]:
    """Dates and numbers, as written, in which letters are read as digits."""
    return tuple(match[0] for match in _MISREAD.finditer(text))


def _filled(match: re.Match[str]) -> str:
    mark = "." if match["month"].isdigit() else " "
    return f"{match['close']}{mark}{match['month']}{mark}"
