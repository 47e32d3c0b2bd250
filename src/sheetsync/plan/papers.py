"""Kinds of documents schools confirm their work with, and the words each is known by.

Declared once: what a plan asks for, what an answer offers and what a cell of a copy looks like are
read with these words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Final

from sheetsync.patterns import at_first_use


class Paper(StrEnum):
    """A kind of document, or another thing that confirms; the value is its name in ``Evidence.kinds``."""

    ORDER = "order"
    PROTOCOL = "protocol"
    ANALYTICAL_NOTE = "analytical note"
    NOTE = "note"
    CERTIFICATE = "certificate"
    AGREEMENT = "agreement"
    CONTRACT = "contract"
    ACT = "act"
    JOURNAL = "journal"
    LETTER = "letter"
    REPORT = "report"
    PLAN = "plan"
    PROGRAMME = "programme"
    REGULATION = "regulation"
    LIST = "list"
    RECOMMENDATIONS = "recommendations"
    PUBLICATION = "publication"
    DATA_BANK = "data bank"
    MEMO = "memo"
    SITE_PAGE = "site page"
    SOCIAL_NETWORK = "social network"
    PHOTO = "photo"
    LINK = "link"
    FILE = "file"
    DOCUMENT = "document"
    """Has a number and a date, but its kind is not said."""


_SIGNED: Final = r"(?=\s*(?:№|N|\d|от\b))"
"""After a shortened word: without a number or a date it may be short for anything."""

FIRM: Final[dict[Paper, str]] = {
    Paper.ORDER: rf"\bприказ(?!ыва|ан)\w*|\bпр-з\w*|\bпр(?=\s?№)|"
    rf"\b(?:пр|прик|расп|распор|пост)\.(?:\s*адм\.)?{_SIGNED}|"
    r"\bраспоряжени\w*|\bпостановлени\w*",
    Paper.PROTOCOL: r"\bпротокол\w*|\bпрот\.|\bпр-л\w*",
    Paper.ANALYTICAL_NOTE: r"\bаналит(?:ическ\w+|\.)\s+(?:справк|записк|отч[её]т)\w*",
    Paper.NOTE: rf"\bсправк\w*|\bспр\.{_SIGNED}",
    Paper.CERTIFICATE: rf"\bсв-в\w*|\bудост\.{_SIGNED}|\bаттестат\w*|"
    r"\bсвидетельств\w*|\bсертификат\w*|\bудостоверени\w*|\bдиплом\w*|"
    r"\bграмот(?:а|ы|ой|у|ами)?\b|\bблагодарност\w*|\bлицензи\w*",
    Paper.AGREEMENT: r"\bсоглашени\w*|"
    r"\bдоговор(?!ил)\w*\s+о\s+(?:сотрудничеств|партн[её]рств|взаимодействи)\w*",
    Paper.CONTRACT: rf"\bдог\.{_SIGNED}|\bдоговор(?!ил|[её]нн)\w*|\bконтракт\w*",
    Paper.ACT: r"\bакт(?:а|ы|ов|ом|у)?\b",
    Paper.JOURNAL: r"\bжурнал(?!ист)\w*|\bкниг\w+\s+(?:инструктаж|уч[её]т|регистраци|приказ)\w*|"
    r"\bлист\w*\s+(?:регистрации|ознакомления)",
    Paper.LETTER: rf"\bписьм(?:о|а|ом|у|е|ами|ах)?\b|\bисх(?:одящ\w*)?\.?{_SIGNED}|\bвх\.{_SIGNED}",
}
"""Documents whose mention counts wherever it stands."""

LOOSE: Final[dict[Paper, str]] = {
    Paper.REPORT: r"отч[её]т\w*",
    Paper.PLAN: r"план(?!иру|ово|овы|овая|шет|ет|к)\w*(?:\s?[-–]\s?график\w*)?|дорожн\w+\s+карт\w*|график\w*",
    Paper.PROGRAMME: r"(?:рабоч\w+\s+)?программ\w*",
    Paper.REGULATION: r"положени\w*",
    Paper.LIST: r"перечень|перечня|список|списки|списка|реестр[аы]?",
    Paper.RECOMMENDATIONS: r"(?:методическ\w+\s+)?рекомендаци\w*",
    Paper.PUBLICATION: r"публикаци\w*|статья|статьи|сборник\w*",
    Paper.DATA_BANK: r"(?:банк|база)\w*\s+данных",
    Paper.MEMO: r"служебн\w+\s+записк\w*|докладн\w+\s+записк\w*|памятк\w*|заявк\w*|заявлени\w*",
}
"""Words that also mean the work itself: a document at the head of a phrase or with requisites."""

PLACES: Final[dict[Paper, str]] = {
    Paper.SITE_PAGE: r"\bсайт\w*|\bстраниц\w+\s+школы",
    Paper.SOCIAL_NETWORK: r"\bсоциальн\w+\s+сет\w*|\bсоцсет\w*|\bвконтакте\b|\bв\s+контакте\b|"
    r"\bгруппе?\s+вк\b|\bтелеграм\w*|\bодноклассник\w*",
    Paper.PHOTO: r"\bфото\w*|\bскриншот\w*|\bвидео\w*",
}
"""Where things are shown; without a link none of them confirms."""

_NUMBERED: Final = "|".join((*FIRM.values(), rf"\b{LOOSE[Paper.REGULATION]}"))
_WORDS_BETWEEN: Final = r"(?: [а-яё-]+){0,5}"


def mention_of(kinds: Iterable[tuple[Paper, str]]) -> re.Pattern[str]:
    """A pattern that finds the words of kinds, each in a group named after its kind."""
    return at_first_use("|".join(f"(?P<{kind.name}>{words})" for kind, words in kinds), re.IGNORECASE)


@cache
def any_paper() -> re.Pattern[str]:
    """A pattern that finds the words of any kind."""
    return mention_of((*FIRM.items(), *((kind, rf"\b(?:{words})\b") for kind, words in LOOSE.items())))


def numbered_paper(day: str) -> re.Pattern[str]:
    """A document with its number or its date, in a text made ``plain``; ``day`` is how a date is written.

    >>> numbered_paper(r"[0-9.]+").search("издан приказ по школе № 5 от 1.2.2023")[0]
    'приказ по школе № 5'
    """
    return at_first_use(
        rf"(?:{_NUMBERED}){_WORDS_BETWEEN} (?:(?:№|n|от) ?[^,;]{{0,60}}?{day}|№ ?[^\s,;]+)", re.IGNORECASE
    )
