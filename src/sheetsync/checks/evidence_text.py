"""What a text offers as confirmation: documents with number and date, links, or only words.

A document with kind, number and date or a link to a page is enough; a document that lacks one of
them, a journal or a link to a site's front page is weak; a claim, a date or a figure alone is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.checks.evidence_cleaning import cleaned, misread_requisites
from sheetsync.checks.evidence_links import is_front_page, links, local_paths
from sheetsync.checks.evidence_requisites import (
    Requisites,
    date_right_before,
    names_a_day,
    read_date,
    requisites_in,
)
from sheetsync.checks.evidence_usual import read_usual
from sheetsync.doubts import doubt
from sheetsync.model import Doubt, Evidence, EvidenceItem, Sufficiency
from sheetsync.patterns import at_first_use
from sheetsync.plan.papers import FIRM, PLACES, Paper, any_paper
from sheetsync.text import squeeze

_LETTERS_OF: Final = {
    Paper.SITE_PAGE: ("сайт", "школы"),
    Paper.SOCIAL_NETWORK: ("сет", "контакт", "вк", "телеграм", "одноклассник"),
    Paper.PHOTO: ("фото", "скриншот", "видео"),
}
"""Without these letters a text shows nothing there."""

_AT_HEAD: Final = at_first_use(
    r"(?:^|[,;:.(\n])\s*(?:[а-яё-]+(?:ый|ий|ая|ое|ые|ие)\s+){0,2}$|"
    r"\b(?:издан|подготовлен|составлен|сформирован|утвержд[её]н|разработан|оформлен|создан|заключ[её]н|принят|"
    r"получен|представлен|опубликован|уточн[её]н|имеется|есть|наличие)[аоы]?\s+(?:[а-яё-]+(?:ый|ая|ое|ые)\s+)?$",
    re.IGNORECASE,
)
_HEADS: Final = ",;:.("
"""After one of these signs begins the head of a phrase."""

_NEAR: Final = 80
"""How far back the words that make a document of «план» or «отчёт» may stand."""
_LONG_TITLE: Final = 300
"""No title of a document is longer: what follows is another document."""
_BEFORE_REQUISITES: Final = at_first_use(r"\s*(?:№\s*[\d_]|от\s*[\d«_])", re.IGNORECASE)
_GOVERNED: Final = at_first_use(
    r"^[^,;(\n]*\b(?:об?|по|утверждени\w+|внесени\w+|из|на|для|в|во|с)\b[^,;(\n]*$", re.IGNORECASE
)
_IN_A_NAME: Final = at_first_use(
    r"\b(?:акци|конкурс|фестивал|марафон|операци|флешмоб|квест|игр|урок|бесед|выставк|викторин|челлендж|диктант)[а-яё]*"
    r"(?:\s+[а-яё-]+){0,3}\s*[«\"“„](?:[а-яё-]+\s){0,2}$",
    re.IGNORECASE,
)
"""The name of an event opens here: «акция «Письмо солдату»» is no letter."""
_FILE_NAME: Final = at_first_use(
    r"[\w«»() №.-]{0,80}\w\.(?:pdf|docx?|xlsx?|jpe?g|png|rtf|odt|ods|zip|rar|pptx?)\b", re.IGNORECASE
)
_FILE_ENDING: Final = at_first_use(
    r"\.(?:pdf|docx?|xlsx?|jpe?g|png|rtf|odt|ods|zip|rar|pptx?)\b", re.IGNORECASE
)
_WORD_START: Final = at_first_use(
    r"(?<!\w)(?=[а-я])(?:пр(?:ик|от|ог|(?![а-яё]))|ра[сб]|пос|пол|ан|сп|св|уд|ат|се|ди|гр|бл|ли|сог|до|кон|ак|жу|кн|пи|ис|вх|отч|пл|"
    r"ре|пер|ме|пу|ст|сб|ба|сл|па|за)",
    re.IGNORECASE,
)
"""How the words begin by which documents are known; most places are let go by one look."""

_NOT_DONE: Final = (
    r"(?:не\s+(?:был[аои]?\s+)?(?:изда|утвержд|составл|оформл|подготовл|разработан|заключ|пров[оеё]д|в[её]л|требу|"
    r"принят|представл|предусмотр)\w*|отсутству\w+|готов[ия]тся|разрабатыва\w+|планиру\w+|буд(?:ет|ут)\b|"
    r"в\s+(?:работе|стадии|процессе|разработке)\b|на\s+(?:согласовании|подпис\w+|утверждении|рассмотрении)\b)"
)
_UNDONE_BEFORE: Final = at_first_use(
    rf"\b(?:(?:нет|без|{_NOT_DONE})\s+(?:[а-яё]+\s+)?"
    r"|(?:указать|укажите|вписать)\s+(?:[а-яё]+\s+){0,4})$",
    re.IGNORECASE,
)
_UNDONE_AFTER: Final = at_first_use(rf"^\s*(?:[а-яё]+\s+){{0,2}}?(?:нет\b|{_NOT_DONE})", re.IGNORECASE)
"""«приказа нет», «план будет утверждён»: the document is named because it is not there."""

_AIM: Final = at_first_use(r"\bне\s+(?:менее|меньше|ниже|реже)\b", re.IGNORECASE)
_SHORT: Final = 40
"""Requisites that stand alone before their document are no longer."""


class _Mention(Struct, frozen=True):
    kind: Paper
    text: str
    rest: str
    """From the document's name to the next document's."""
    before: str
    """What stands before it, from the end of the document named before."""


def read_evidence(text: str) -> Evidence:
    """The documents and links a text names, and whether they are enough: yes, weak or no."""
    usual = read_usual(text, read_any, read_clean)
    return read_any(text) if usual is None else usual


def read_any(text: str) -> Evidence:
    """The same by the whole grammar, whatever the text."""
    clean = cleaned(text)
    addresses = links(clean)
    without_links = _without(clean, (*addresses, *local_paths(clean)))
    return _offered(without_links, addresses, misread_requisites(text))


def read_clean(text: str) -> Evidence:
    """The same of words that need no mending and hold no address."""
    return _offered(text, (), ())


def _offered(text: str, addresses: Iterable[str], misread: Iterable[str]) -> Evidence:
    """What the words of a text offer, beside the addresses in it."""
    linked = [EvidenceItem(Paper.LINK, one, link=one) for one in addresses]
    named = list(_documents(text))
    items = (*(item for item, _ in named), *linked, *_files(text))
    sufficient = _sufficiency(named, linked, items)
    doubts = (*(one for _, found in named for one in _damage(found)), *_front_pages(linked))
    doubts = (*doubts, *(doubt("evidence-unreadable", text=one) for one in misread))
    if sufficient is not Sufficiency.YES:
        doubts = (*doubts, *_gaps(named), *_aims(text))
    return Evidence(_kinds(named, items, text), sufficient, items, tuple(dict.fromkeys(doubts)))


def _without(text: str, parts: tuple[str, ...]) -> str:
    for part in parts:
        text = text.replace(part, " ")
    return text


# --- documents ----------------------------------------------------------------------------------


def _mentions(text: str) -> Iterator[_Mention]:
    """Each document named, with the words that follow it up to the next one."""
    heads: list[re.Match[str]] = []
    for match in _named(text):
        if _is_document(text, match) and not (heads and _is_governed(text, heads[-1].end(), match.start())):
            heads.append(match)
    ends = [*(match.start() for match in heads[1:]), len(text)]
    start = 0
    for match, end in zip(heads, ends, strict=False):
        words = squeeze(text[match.start() : end]).strip(" ,;(")
        yield _Mention(_kind_of(match), words, text[match.end() : end], text[start : match.start()])
        start = match.end()


def _named(text: str) -> Iterator[re.Match[str]]:
    """Words of documents, left to right; only words that begin as one of them are tried."""
    end = 0
    for word in _WORD_START.finditer(text):
        match = any_paper().match(text, word.start()) if word.start() >= end else None
        if match:
            end = match.end()
            yield match


def _kind_of(match: re.Match[str]) -> Paper:
    return Paper[match.lastgroup or Paper.DOCUMENT.name]


def _is_governed(text: str, start: int, end: int) -> bool:
    """«приказ об утверждении положения» is one document, the order."""
    between = text[start:end] if end - start <= _LONG_TITLE else ","
    return bool(_GOVERNED.match(between)) and "№" not in between


def _is_document(text: str, match: re.Match[str]) -> bool:
    """«обсудили план» names work, «План работы» and «план № 3» a document."""
    before = text[max(0, match.start() - _NEAR) : match.start()]
    if (before.rstrip() or _HEADS)[-1] in _HEADS:
        return True
    if _IN_A_NAME.search(before):
        return False
    if _kind_of(match) in FIRM:
        return True
    return bool(_AT_HEAD.search(before) or _BEFORE_REQUISITES.match(text, match.end()))


def _documents(text: str) -> Iterator[tuple[EvidenceItem, Requisites]]:
    mentions = list(_mentions(text))
    for place, mention in enumerate(mentions):
        for found in _told_of(mention, is_first=place == 0, is_alone=len(mentions) == 1):
            if found.number or found.date_text or found.is_blank or not _is_undone(mention):
                yield EvidenceItem(mention.kind, mention.text, found.number, found.date), found
    if not mentions:
        for found in requisites_in(text):
            if found.number and (found.date or found.date_text):
                yield EvidenceItem(Paper.DOCUMENT, squeeze(text), found.number, found.date), found


def _told_of(mention: _Mention, *, is_first: bool, is_alone: bool) -> Iterable[Requisites]:
    """Number and date after the document's name; of the first also those that stand before it.

    Minutes are dated by their meeting: «педсовет от 11.01.2024 (протокол № 4)».
    """
    after = list(requisites_in(mention.rest))
    if is_alone and not any(one.number or one.date_text for one in after) and len(mention.before) <= _SHORT:
        before = [one for one in requisites_in(mention.before) if one.is_complete]
        return before or after
    if not is_first:
        return after
    is_minutes = mention.kind is Paper.PROTOCOL
    return _dated_before(after, mention.before.rstrip(" (") if is_minutes else mention.before)


def _dated_before(found: Iterable[Requisites], before: str) -> Iterator[Requisites]:
    """«23 августа 2021 г. протокол № 1»: a date that stands right before the document is its own."""
    own = date_right_before(before)
    for one in found:
        yield replace(one, date=read_date(own), date_text=own) if own and not one.date_text else one


def _is_undone(mention: _Mention) -> bool:
    before = mention.before.rstrip()
    is_after_a_word = bool(before) and (before[-1].isalnum() or before[-1] == "_")
    if is_after_a_word and _UNDONE_BEFORE.search(mention.before):
        return True
    return _UNDONE_AFTER.match(mention.rest) is not None


def _files(text: str) -> Iterator[EvidenceItem]:
    for match in _FILE_NAME.finditer(text) if _FILE_ENDING.search(text) else ():
        yield EvidenceItem(Paper.FILE, squeeze(match[0]))


# --- what to look at ----------------------------------------------------------------------------


def _damage(found: Requisites) -> Iterator[Doubt]:
    if found.date_text and found.date is None:
        yield doubt("evidence-date-impossible", text=found.date_text)
    if found.is_unreadable:
        yield doubt("evidence-unreadable", text=found.date_text or "№")


def _front_pages(linked: list[EvidenceItem]) -> Iterator[Doubt]:
    for item in linked:
        if is_front_page(item.text):
            yield doubt("evidence-front-page", link=item.text)


def _gaps(named: list[tuple[EvidenceItem, Requisites]]) -> Iterator[Doubt]:
    """What a document lacks to be found again."""
    for item, found in named:
        if not found.number:
            yield doubt("evidence-without-number", text=_beginning(item.text))
        if not found.date_text:
            yield doubt("evidence-without-date", text=_beginning(item.text))


def _aims(text: str) -> Iterator[Doubt]:
    if aim := _AIM.search(text):
        yield doubt("evidence-aim", text=_beginning(squeeze(text[aim.start() :])))


def _beginning(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


# --- the verdict --------------------------------------------------------------------------------


def _kinds(
    named: list[tuple[EvidenceItem, Requisites]], items: tuple[EvidenceItem, ...], text: str
) -> tuple[str, ...]:
    kinds = [item.kind for item in items]
    lowered = text.lower()
    for kind, letters in _LETTERS_OF.items():
        if any(some in lowered for some in letters) and re.search(PLACES[kind], text, re.IGNORECASE):
            kinds.append(kind)
    if any(found.number or found.is_unreadable for _, found in named):
        kinds.append("number")
    if names_a_day(text):
        kinds.append("date")
    return tuple(dict.fromkeys(kinds))


def _sufficiency(
    named: list[tuple[EvidenceItem, Requisites]], linked: list[EvidenceItem], items: tuple[EvidenceItem, ...]
) -> Sufficiency:
    if any(item.kind != Paper.DOCUMENT and found.is_complete for item, found in named):
        return Sufficiency.YES
    if any(not is_front_page(item.text) for item in linked):
        return Sufficiency.YES
    blanks = [item for item, found in named if found.is_blank and not found.is_complete]
    return Sufficiency.WEAK if len(items) > len(blanks) else Sufficiency.NO
