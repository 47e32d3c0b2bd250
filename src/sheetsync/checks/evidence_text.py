"""What a text offers as confirmation: documents with number and date, links, or only words.

A document with kind, number and date or a link to a page is enough; a document that lacks one of
them, a journal or a link to a site's front page is weak; a claim, a date or a figure alone is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from sheetsync.checks.evidence_links import is_front_page, links, local_paths
from sheetsync.checks.evidence_requisites import (
    Requisites,
    date_right_before,
    mentions_date,
    read_date,
    requisites_in,
    without_own_numbers,
)
from sheetsync.doubts import doubt
from sheetsync.model import Doubt, Evidence, EvidenceItem, Sufficiency
from sheetsync.text import squeeze

LINK: Final = "link"
DOCUMENT: Final = "document"
FILE: Final = "file"

_FIRM: Final = {
    "order": r"\bприказ(?!ыва|ан)\w*|\bпр\.(?=\s*(?:№|N|\d|от))|\bраспоряжени\w*|\bпостановлени\w*",
    "protocol": r"\bпротокол\w*|\bпрот\.(?=\s*№)",
    "analytical note": r"\bаналитическ\w+\s+справк\w*",
    "note": r"\bсправк\w*",
    "certificate": r"\bсвидетельств\w*|\bсертификат\w*|\bудостоверени\w*|\bдиплом\w*|"
    r"\bграмот(?:а|ы|ой|у|ами)?\b|\bблагодарност\w*|\bлицензи\w*",
    "contract": r"\bдоговор\w*|\bсоглашени\w*|\bконтракт\w*",
    "act": r"\bакт(?:а|ы|ов|ом|у)?\b",
    "journal": r"\bжурнал\w*|\bкниг\w+\s+(?:инструктаж|уч[её]т|регистраци|приказ)\w*|"
    r"\bлист\w*\s+(?:регистрации|ознакомления)",
    "letter": r"\bписьм(?:о|а|ом|у|е|ами|ах)?\b|\bисх(?:одящ\w*)?\.?(?=\s*(?:№|N|\d))",
}
"""Documents whose mention counts wherever it stands."""

_LOOSE: Final = {
    "report": r"отч[её]т\w*",
    "plan": r"план\w*(?:-график\w*)?|дорожн\w+\s+карт\w*|график\w*",
    "programme": r"(?:рабоч\w+\s+)?программ\w*",
    "regulation": r"положени\w*",
    "list": r"перечень|перечня|список|списки|списка",
    "recommendations": r"(?:методическ\w+\s+)?рекомендаци\w*",
    "publication": r"публикаци\w*|статья|статьи|сборник\w*",
    "data bank": r"(?:банк|база)\w*\s+данных",
    "memo": r"служебн\w+\s+записк\w*|докладн\w+\s+записк\w*|памятк\w*|заявк\w*|заявлени\w*",
}
"""Words that also mean the work itself: a document at the head of a phrase or with requisites."""

_PLACES: Final = {
    "site page": r"\bсайт\w*|\bстраниц\w+\s+школы",
    "social network": r"\bсоциальн\w+\s+сет\w*|\bсоцсет\w*|\bвконтакте\b|\bв\s+контакте\b|"
    r"\bгруппе?\s+вк\b|\bтелеграм\w*|\bодноклассник\w*",
    "photo": r"\bфото\w*|\bскриншот\w*|\bвидео\w*",
}
_AT_HEAD: Final = re.compile(
    r"(?:^|[,;:.(\n])\s*(?:[а-яё-]+(?:ый|ий|ая|ое|ые|ие)\s+){0,2}$|"
    r"\b(?:издан|подготовлен|составлен|сформирован|утвержд[её]н|разработан|оформлен|создан|заключ[её]н|принят|"
    r"получен|представлен|опубликован|уточн[её]н|имеется|есть|наличие)[аоы]?\s+(?:[а-яё-]+(?:ый|ая|ое|ые)\s+)?$",
    re.IGNORECASE,
)
_NEAR: Final = 80
"""How far back the words that make a document of «план» or «отчёт» may stand."""
_LONG_TITLE: Final = 300
"""No title of a document is longer: what follows is another document."""
_BEFORE_REQUISITES: Final = re.compile(r"\s*(?:№\s*[\d_]|от\s*[\d«_])", re.IGNORECASE)
_MENTION: Final = re.compile(
    "|".join(
        f"(?P<{kind.replace(' ', '_')}>{pattern})"
        for kind, pattern in (
            *_FIRM.items(),
            *((kind, rf"\b(?:{words})\b") for kind, words in _LOOSE.items()),
        )
    ),
    re.IGNORECASE,
)
_GOVERNED: Final = re.compile(
    r"^[^,;(\n]*\b(?:об?|по|утверждени\w+|внесени\w+|из|на|для|в|во|с)\b[^,;(\n]*$", re.IGNORECASE
)
_SIGNATURE: Final = re.compile(r"(?=.*\bвладелец\b)(?=.*\bдействител\w+\b).*", re.IGNORECASE | re.DOTALL)
_FILE_NAME: Final = re.compile(
    r"[\w«»() №.-]{0,80}\w\.(?:pdf|docx?|xlsx?|jpe?g|png|rtf|odt|ods|zip|rar|pptx?)\b", re.IGNORECASE
)
_BULLET: Final = re.compile(r"(?m)^\s*(?:[-–—•*]\s+|\d{1,2}[.)](?!\d)\s*(?=[А-ЯЁа-яё]))")
_SPACES: Final = re.compile(r"\s{2,}")
_GLUED: Final = re.compile(r"(?<=\d)\s*от\s*(?=[\d«])", re.IGNORECASE)
_FILLED_BLANK: Final = re.compile(
    r"(?<=\d)(?P<close>\s?[»\"”])_*\s?(?P<month>\d{1,2}|[а-яё]{3,8})_+(?=\d{4})", re.IGNORECASE
)
"""A form filled in by hand: « 10»____01____2022."""
_MIXED_WORD: Final = re.compile(
    r"(?<![\w/.@:-])(?=[А-ЯЁа-яё]*[ABCEHKMOPTXaceopxykm])(?=\w*[а-яё])[А-ЯЁа-яёA-Za-z]{4,}\b"
)
_LATIN: Final = str.maketrans("ABCEHKMOPTXaceopxykm", "АВСЕНКМОРТХасеорхукм")
_OCR: Final = ((re.compile(r"Г[IІl|](?=[а-яё])"), "П"), (re.compile(r"\bN[sо]\b"), "№"))


@dataclass(frozen=True, slots=True)
class _Mention:
    kind: str
    text: str
    rest: str
    """From the document's name to the next document's."""
    before: str = ""
    """What stands before the first document of a text."""


def read_evidence(text: str) -> Evidence:
    """The documents and links a text names, and whether they are enough: yes, weak or no."""
    clean = _cleaned(text)
    without_links = _without(clean, (*links(clean), *local_paths(clean)))
    linked = [EvidenceItem(LINK, one, link=one) for one in links(clean)]
    named = list(_documents(without_links))
    items = (*(item for item, _ in named), *linked, *_files(without_links))
    doubts = (*(one for _, found in named for one in _doubts(found)), *_front_pages(linked))
    return Evidence(_kinds(items, without_links), _sufficiency(named, linked, items), items, tuple(doubts))


def _cleaned(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    text = _SPACES.sub(lambda match: "\n" if "\n" in match[0] else " ", text)
    for pattern, meant in _OCR:
        text = pattern.sub(meant, text)
    text = _FILLED_BLANK.sub(_filled, _GLUED.sub(" от ", text))
    text = _MIXED_WORD.sub(lambda match: match[0].translate(_LATIN), text)
    return "" if _SIGNATURE.match(text) else _BULLET.sub("", text).strip()


def _filled(match: re.Match[str]) -> str:
    mark = "." if match["month"].isdigit() else " "
    return f"{match['close']}{mark}{match['month']}{mark}"


def _without(text: str, parts: tuple[str, ...]) -> str:
    for part in parts:
        text = text.replace(part, " ")
    return text


# --- documents ----------------------------------------------------------------------------------


def _mentions(text: str) -> Iterator[_Mention]:
    """Each document named, with the words that follow it up to the next one."""
    heads: list[re.Match[str]] = []
    for match in _MENTION.finditer(text):
        if _is_document(text, match) and not (heads and _is_governed(text, heads[-1].end(), match.start())):
            heads.append(match)
    starts = [match.start() for match in heads]
    for match, end in zip(heads, [*starts[1:], len(text)], strict=False):
        kind = (match.lastgroup or DOCUMENT).replace("_", " ")
        before = text[: match.start()] if match is heads[0] else ""
        yield _Mention(
            kind, squeeze(text[match.start() : end]).strip(" ,;("), text[match.end() : end], before
        )


def _is_governed(text: str, start: int, end: int) -> bool:
    """«приказ об утверждении положения» is one document, the order."""
    between = text[start:end] if end - start <= _LONG_TITLE else ","
    return bool(_GOVERNED.match(between)) and "№" not in between


def _is_document(text: str, match: re.Match[str]) -> bool:
    """«обсудили план» names work, «План работы» and «план № 3» a document."""
    if (match.lastgroup or "").replace("_", " ") in _FIRM:
        return True
    before = text[max(0, match.start() - _NEAR) : match.start()]
    return bool(_AT_HEAD.search(before) or _BEFORE_REQUISITES.match(text, match.end()))


def _documents(text: str) -> Iterator[tuple[EvidenceItem, Requisites]]:
    mentions = list(_mentions(text))
    for mention in mentions:
        for found in _dated_before(requisites_in(mention.rest), mention.before):
            yield EvidenceItem(mention.kind, mention.text, found.number, found.date), found
    if not mentions:
        for found in requisites_in(text):
            if found.number and (found.date or found.date_text):
                yield EvidenceItem(DOCUMENT, squeeze(text), found.number, found.date), found


def _dated_before(found: Iterable[Requisites], before: str) -> Iterator[Requisites]:
    """«23 августа 2021 г. протокол № 1»: a date that stands right before the document is its own."""
    own = date_right_before(before)
    for one in found:
        yield replace(one, date=read_date(own), date_text=own) if own and not one.date_text else one


def _files(text: str) -> Iterator[EvidenceItem]:
    for match in _FILE_NAME.finditer(text):
        yield EvidenceItem(FILE, squeeze(match[0]))


def _doubts(found: Requisites) -> Iterator[Doubt]:
    if found.date_text and found.date is None:
        yield doubt("evidence-date-impossible", text=found.date_text)
    if found.is_unreadable:
        yield doubt("evidence-unreadable", text=found.date_text or "№")


def _front_pages(linked: list[EvidenceItem]) -> Iterator[Doubt]:
    for item in linked:
        if is_front_page(item.text):
            yield doubt("evidence-front-page", link=item.text)


# --- the verdict --------------------------------------------------------------------------------


def _kinds(items: tuple[EvidenceItem, ...], text: str) -> tuple[str, ...]:
    kinds = [item.kind for item in items]
    kinds += [kind for kind, pattern in _PLACES.items() if re.search(pattern, text, re.IGNORECASE)]
    if any(item.number for item in items):
        kinds.append("number")
    if mentions_date(without_own_numbers(text)):
        kinds.append("date")
    return tuple(dict.fromkeys(kinds))


def _sufficiency(
    named: list[tuple[EvidenceItem, Requisites]], linked: list[EvidenceItem], items: tuple[EvidenceItem, ...]
) -> Sufficiency:
    if any(item.kind != DOCUMENT and found.is_complete for item, found in named):
        return Sufficiency.YES
    if any(not is_front_page(item.text) for item in linked):
        return Sufficiency.YES
    blanks = [item for item, found in named if found.is_blank and not found.is_complete]
    return Sufficiency.WEAK if len(items) > len(blanks) else Sufficiency.NO
