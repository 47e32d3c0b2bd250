"""Who issued an order, from the capital letters of its letterhead.

«АДМИНИСТРАЦИЯ ЛЕСНОГО РАЙОНА / ОТДЕЛ ОБРАЗОВАНИЯ» -> «Отдел образования администрации Лесного
района». Small letters are given back as the rest of the document writes the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final

from sheetsync.plan.printed import Line
from sheetsync.text import plain, squeeze

_ORDER_WORD: Final = re.compile(r"^(?:приказ|распоряжение|постановление)")
_BODY: Final = re.compile(r"\b(?:управление|отдел|комитет|департамент|министерство|центр|учреждение)\b")
_SUPERIOR: Final = re.compile(r"министерство\b")
_OWN_BODY: Final = re.compile(r"(?:управление|отдел|комитет)\b")
"""A ministry over a local body in one letterhead: the order is the local body's."""

_ADMINISTRATION: Final = re.compile(r"\bадминистрация\b", re.IGNORECASE)
_OWN_ADMINISTRATION: Final = re.compile(r"\bадминистрации\b")
_COUNTRY: Final = re.compile(r"^(?:российская федерация|россия|республика [а-я-]+|[а-я-]+ (?:область|край))$")
_PLACE: Final = re.compile(r"(?<!муниципальн)(?<!городск)(?<!сельск)(?:[ое]го|ий|ой|ая|[ое]м|[ое]му)$")
_SETTLEMENT: Final = re.compile(r"\b(?:города?|г\.|пос[её]лка|станицы|села|деревни)\s*[«\"]?$", re.IGNORECASE)
_UNIT: Final = re.compile(r"^(?:муниципальн|городск|район|округ|област|кра[йяею]|республик|поселени)")
_STAMPED: Final = re.compile(
    r"(?:приказ|распоряжени|постановлени)\w*\s+"
    r"(?P<body>управления|отдела|комитета|департамента|министерства|центра)\s(?P<rest>[^№\d]{3,150}?)\s*"
    r"(?:\bот\b|№|\bN\b|[«\"_]?\s?\d)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"\d{5,}|\bтел|\bул\.|@|\bинн\b|\bfax\b")
_ABBREVIATION: Final = re.compile(r"^(?:[МГО]К?Б?А?УО?|МО|КБР|РФ|РТ|РБ|ГО|МР|РУО|ДНР|ЛНР|ХМАО|ЯНАО|ДПО)$")
_WORD: Final = re.compile(r"[А-ЯЁа-яё]+")


def issuer_of(lines: Sequence[Line]) -> str | None:
    """The body that issued the order, or None when the letterhead does not tell."""
    head = [one.text for one in takewhile(lambda one: not _opens_order(one.text), lines)]
    if len(head) == len(lines):
        return None
    bodies, administration = _parted(head)
    known = _known_words(one.text for one in lines)
    body = squeeze(re.sub(r"\([^()]*\)", " ", " ".join(bodies)))
    if not body:
        return _in_small_letters(administration, known) or None
    if administration and not _OWN_ADMINISTRATION.search(plain(body)):
        body = f"{body} {_ADMINISTRATION.sub('АДМИНИСТРАЦИИ', administration, count=1)}"
    return _in_small_letters(body, known)


def issuer_in_stamp(stamp: str) -> str | None:
    """«к приказу Управления образования Лесного района от ...» -> «Управление образования Лесного района»."""
    match = _STAMPED.search(stamp)
    if not match:
        return None
    word, rest = match["body"].lower(), squeeze(match["rest"]).rstrip(" ,.")
    nominative = (
        word[:-1] + ("е" if word.endswith("ия") else "о") if word.endswith(("ия", "ва")) else word[:-1]
    )
    return f"{nominative.capitalize()} {rest}"


def _opens_order(text: str) -> bool:
    return bool(_ORDER_WORD.match(re.sub(r"[^а-я]", "", plain(text))))


def _parted(head: Iterable[str]) -> tuple[list[str], str]:
    """The lines that name the body, and the administration it belongs to."""
    bodies: list[str] = []
    administration: list[str] = []
    for text in head:
        low = plain(text)
        if bodies and _ADDRESS.search(low):
            break
        if _ADDRESS.search(low) or _COUNTRY.match(low):
            continue
        if bodies and _SUPERIOR.match(plain(bodies[0])) and _OWN_BODY.match(low):
            bodies = []
        if bodies and _SUPERIOR.match(plain(bodies[0])) and _OWN_BODY.match(low):
            bodies = []
        if _BODY.search(low) or bodies:
            bodies.append(text)
        elif administration or _ADMINISTRATION.search(low):
            administration.append(text)
    return bodies, squeeze(" ".join(administration))


def _known_words(texts: Iterable[str]) -> dict[str, str]:
    """How the document writes its words outside of capitals; the small form wins."""
    known: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(text):
            if len(word) > 1 and not word.isupper() and known.get(word.lower(), word) != word.lower():
                known[word.lower()] = word
    return known


def _in_small_letters(text: str, known: dict[str, str]) -> str:
    """A text of capitals as a sentence; one that has small letters already stays as it is."""
    letters = [char for char in text if char.isalpha()]
    if sum(char.isupper() for char in letters) < len(letters) / 2:
        return text
    words = list(_WORD.finditer(text))
    small, end = "", 0
    for place, match in enumerate(words):
        after = words[place + 1][0].lower() if place + 1 < len(words) else ""
        before = text[: match.start()]
        capital = not place or before.endswith(("«", '"')) or bool(_SETTLEMENT.search(before.rstrip()))
        small += text[end : match.start()] + _small(match[0], after, known, capital=capital)
        end = match.end()
    return small + text[end:]


def _small(word: str, after: str, known: dict[str, str], *, capital: bool) -> str:
    low = word.lower()
    if _ABBREVIATION.match(word):
        return word
    named = _PLACE.search(low) and _UNIT.match(after)
    written = known.get(low, low.capitalize() if named else low)
    return written[:1].upper() + written[1:] if capital else written
