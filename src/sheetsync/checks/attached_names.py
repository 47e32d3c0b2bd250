"""What the name of a file tells: the number of a row, a document with its number and date.

Names are written in haste: «2.1 приказ», «п.2.1_справка», «Приказ №45 от 01.03.2023», «prikaz-45».
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from msgspec import Struct

from sheetsync.checks.evidence_requisites import read_date
from sheetsync.model import EvidenceItem
from sheetsync.plan.papers import Paper, any_paper
from sheetsync.text import name_and_suffix, plain, tokens

_LEADING: Final = (
    r"(?P<said>п(?:ункт|п)?\b\.?|n)?[\s._-]*(?P<number>[1-9]\d?(?:[._-](?:[1-9]\d?|0(?=[._-]))){0,3})"
    r"(?!\d|[._-]\d)(?P<after>[\s._)-]*)(?P<next>\w*)"
)
_COUNTED: Final = (
    r"(?:кл(?:асс\w*|\b)|четверт|полугод|год|школ|сош|оош|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)"
)
"""Words a number at the beginning counts: «9 класс список» is not of row 9."""

_DATE: Final = r"(?<!\d)(?:\d{1,2}[.\-/ ]\d{1,2}[.\-/ ](?:20)?\d\d|20\d\d-\d{1,2}-\d{1,2})(?!\d)"
_LONG_WORD: Final = 3
_OF: Final = "от"
_NAME_PARTS: Final = 2

_LATIN: Final = "shch|sch|zh|kh|ch|sh|yu|ya|yo|ju|ja|ts|" + "|".join("abvgdezijklmnoprstufhcy")
_LETTERS: Final = dict(
    zip(
        (
            "shch",
            "sch",
            "zh",
            "kh",
            "ch",
            "sh",
            "yu",
            "ya",
            "yo",
            "ju",
            "ja",
            "ts",
            *"abvgdezijklmnoprstufhcy",
        ),
        ("щ", "щ", "ж", "х", "ч", "ш", "ю", "я", "е", "ю", "я", "ц", *"абвгдезийклмнопрстуфхцы"),
        strict=True,
    )
)


class FileName(Struct, frozen=True):
    """The name of a file as it is compared."""

    tokens: tuple[str, ...]
    suffix: str
    kind: str
    day: date | None
    numbers: tuple[str, ...]
    """Words and numbers beside the date: the number of a document is among them."""

    @property
    def is_telling(self) -> bool:
        """Whether a text that holds the name means the file: «скан 3» does, «приказ» does not."""
        return len(self.tokens) >= _NAME_PARTS and any(
            len(one) >= _LONG_WORD and not one.isdigit() for one in self.tokens
        )

    def is_of(self, item: EvidenceItem) -> bool:
        """Whether it names the document of an answer: nothing of what both say differs, and kind with
        number or date, or number with date, is said by both."""
        if item.link or item.kind == Paper.FILE:
            return False
        same_kind = self.kind == item.kind
        if self.kind and item.kind != Paper.DOCUMENT and not same_kind:
            return False
        if self.day and item.date and self.day != item.date:
            return False
        same_day = bool(self.day and item.date)
        number = tuple(tokens(item.number or ""))
        same_number = bool(number) and _is_numbered(number, self.numbers)
        if number and not same_number and any(one.isdigit() for one in self.numbers):
            return False
        return same_kind + same_day + same_number >= _NAME_PARTS


@lru_cache(maxsize=4096)
def file_name(name: str) -> FileName:
    """The name of a file read; Latin letters as the Russian ones they stand for."""
    said, suffix = name_and_suffix(name)
    stem = plain(said)
    russian = re.sub(_LATIN, lambda match: _LETTERS[match[0]], stem) if stem.isascii() else stem
    spaced = russian.replace("_", " ")
    kind = any_paper().search(spaced)
    day = re.search(_DATE, spaced)
    rest = spaced[: day.start()] + " " + spaced[day.end() :] if day else spaced
    return FileName(
        tokens=tuple(tokens(stem)),
        suffix=suffix,
        kind=Paper[kind.lastgroup] if kind and kind.lastgroup else "",
        day=read_date(re.sub(r"[-/ ]", ".", day[0]) if not day[0].startswith("20") else day[0])
        if day
        else None,
        numbers=tuple(tokens(rest)),
    )


def row_number(name: str) -> str:
    """The number of a row with which a name begins, «2.1»; empty when it begins otherwise."""
    found = re.match(_LEADING, plain(name))
    if not found:
        return ""
    number = re.sub(r"[_-]", ".", found["number"])
    is_bare = "." not in number and not found["said"]
    if is_bare and (
        "-" in found["after"] or (found["next"] and not found["after"]) or re.match(_COUNTED, found["next"])
    ):
        return ""
    return number


def _is_numbered(number: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Whether a name holds a number; «45» may stand for «45-од», «45-к» may not."""
    if is_within(number, told):
        return True
    digits = tuple(one for one in number if one.isdigit())
    if not digits or not is_within(digits, told):
        return False
    after = next((told[at + 1 :] for at, one in enumerate(told) if one == digits[-1]), ())
    return not after or after[0] == _OF or len(after[0]) > _LONG_WORD


def is_within(needle: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Whether some words stand one after another among others."""
    size = len(needle)
    return any(told[at : at + size] == needle for at in range(len(told) - size + 1))
