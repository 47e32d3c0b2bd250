"""To whom an item of an order is addressed: «Руководителям школ», «ИМЦ (Петровой А.А.)».

An addressee stands in the dative before the infinitive. It is a group («руководителям ОО»), a body
(«отделу», «МКУ «ИМЦ»»), a post («директору», «методисту») or a person. A post answers for its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace
from rapidfuzz.distance import OSA

from sheetsync.model import Parties, School, SchoolsScope
from sheetsync.plan.instruction_verbs import first_duty, first_infinitive, is_by_the_signer, without_lead
from sheetsync.plan.instruction_words import (
    ACCUSATIVES,
    CYRILLIC,
    GENITIVES,
    GROUPS,
    HEADS,
    NOMINATIVES,
    POSTS,
    Told,
)
from sheetsync.plan.names import nominative
from sheetsync.plan.parties import read_parties
from sheetsync.plan.party_split import persons
from sheetsync.plan.party_words import names_school
from sheetsync.text import plain, squeeze

_DATIVE_ADJECTIVE: Final = re.compile(r"(?:[а-яё-]+(?:ому|ему|ым|им|ой|ей)|всем)$")
_ACTING: Final = re.compile(
    r"(?:и\.?\s?о\.?|врио|исполняющ(?:ему|ей)\s+обязанности)\s+(?:директор|руководител|начальник|заведующ|председател)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[А-ЯЁа-яё-]+")
_NAME: Final = re.compile(
    r"^(?:(?:[МГКАБ]{1,2}|ОГ|КГ)?(?:БОУ|КОУ|АОУ|ОБУ|ОУ|КУ|БУ|АУ)(?:\s+(?:ДО|ДПО|МО))*(?=[\s«\"-])|"
    r"(?:Р?ИМЦ|ММЦ|НМЦ|МЦ|РМК|ММК|РМО|ГМО|ММО|ШМО|М?ЦРО|ЦНППМ\w*|ЦППМСП|ЦППМС|ПМПК|ТКДН\w*|КДН\w*|ТПМПК|ЦДО|ДДТ|"
    r"ДЮСШ|О?МВД|О?ГИБДД|ЦРБ|ЦЗН|МЧС|КЦСОН|ОО|ОУ|МОУ|ШНОР|УО|РУО|РОО|МУО)(?![а-яёА-ЯЁ]))"
)
_TOO_FAR: Final = 4
"""So many adjectives stand before the noun of an addressee at most."""
_MISREAD: Final = 2


def opens_with_addressee(text: str) -> bool:
    """The text begins with somebody in the dative."""
    return told_by(without_lead(text)) is not None


def told_by(text: str) -> Told | None:
    """What the addressee is that a text begins with; None when it begins otherwise."""
    text = text.lstrip(' «"').translate(CYRILLIC)
    if _NAME.match(text):
        return Told.NAME
    if _ACTING.match(text):
        return Told.POST
    first = persons(text)
    if first and first[0].start() == 0 and _DATIVE_PERSON.match(first[0][0]):
        return Told.PERSON
    head = _head(text)
    return HEADS[head[1]] if head else None


def _head(text: str) -> tuple[re.Match[str], str] | None:
    """The dative noun a text begins with, its adjectives passed by, and how it is spelt rightly."""
    for place, word in enumerate(_WORD.finditer(text.translate(CYRILLIC))):
        between = text[: word.start()] if place == 0 else ""
        if between.strip() or place > _TOO_FAR:
            return None
        if noun := _spelt(plain(word[0])):
            return word, noun
        if not _DATIVE_ADJECTIVE.match(plain(word[0])) or plain(word[0]).startswith(("настоящ", "данн")):
            return None
        if text[word.end() : word.end() + 1] not in (" ", "-"):
            return None
    return None


def _spelt(word: str) -> str | None:
    """A noun of the lists, or one a scanner misread in one or two letters: «Руководитслям»."""
    first = word.split("-", maxsplit=1)[0]
    if first in HEADS:
        return first
    if len(word) < 9 or not word.endswith(("ам", "ям", "у", "ю")):
        return None
    like = (one for one in HEADS if abs(len(one) - len(word)) < _MISREAD)
    near = ((OSA.distance(word, one, score_cutoff=_MISREAD), one) for one in like)
    distance, best = min(near, default=(_MISREAD + 1, ""))
    return best if distance <= (1 if len(word) < 11 else _MISREAD) else None


_DATIVE_PERSON: Final = re.compile(r"(?:[А-ЯЁ]\.\s?){0,2}[А-ЯЁ][а-яё-]+(?:у|ю|ой|ей|ому)\b")


# --- where the addressee ends -------------------------------------------------------------------

_CIRCUMSTANCE: Final = re.compile(
    r",?\s+(?:в\s+(?:рамках|пределах|соответствии|целях|ходе|связи|случае)|с\s+целью|на\s+основании|согласно|"
    r"с\s+учетом|с\s+учётом|исходя|по\s+итогам|по\s+результатам)\b",
    re.IGNORECASE,
)


def split_addressee(text: str) -> tuple[str, str]:
    """An item as its addressee and what is to be done; either may be ''.

    «Руководителям ОО в рамках мониторинга представить ...» -> «Руководителям ОО», «в рамках ...».
    """
    text = without_lead(_as_dative(text))
    if told_by(text) is None:
        return _in_the_present(text) or _after_its_object(text) or ("", text)
    verb = _verb_of(text)
    end = verb.start() if verb else len(text)
    head = text[:end]
    masked = re.sub(r"\([^()]*\)|«[^«»]*»", lambda one: "_" * len(one[0]), head)
    if verb and (found := _CIRCUMSTANCE.search(masked)):
        end = found.start()
    return text[:end].strip(" ,:;–—-"), text[end:].strip(" ,:")


def _verb_of(text: str) -> re.Match[str] | None:
    """The infinitive; of a body told by its acronym, which has no dative, also a duty in the present."""
    verbs = [first_infinitive(text), first_duty(text) if told_by(text) is Told.NAME else None]
    return min((one for one in verbs if one), key=lambda one: one.start(), default=None)


_DOER: Final = re.compile(
    rf"(?:[а-яё-]+(?:ые|ие|ый|ий|ая|ое|ее)\s+){{0,{_TOO_FAR}}}(?P<noun>[а-яё]+)", re.IGNORECASE
)


def opens_with_doer(text: str) -> bool:
    """The text begins with somebody in the nominative: «Руководители школ», «Методический кабинет»."""
    found = _DOER.match(text)
    return found is not None and plain(found["noun"]) in _DOERS


def _in_the_present(text: str) -> tuple[str, str] | None:
    """«Руководители школ обеспечивают ...»: who, and the duty told in the present."""
    duty = first_duty(text) if opens_with_doer(text) else None
    return (text[: duty.start()].strip(" ,:;–—-"), text[duty.start() :].strip(" ,:")) if duty else None


_DOERS: Final = frozenset(plain(one) for one in NOMINATIVES.values())
_TOLD_LATER: Final = re.compile(
    r"(?<!\bпо)(?<!\bк)(?<!\bсогласно)\s(?P<whom>(?:(?!по\b|к\b)[а-яё-]+(?:ым|им|ому|ему)\s+){0,2}(?:руководителям|директорам|"
    r"заведующим|исполнителям|координаторам|кураторам|начальникам|методистам|руководителю|директору|заведующему|"
    r"начальнику|координатору|методисту|куратору)\b)"
)


def _after_its_object(text: str) -> tuple[str, str] | None:
    """«Отчёт о выполнении плана руководителям школ представлять ...»: the addressee after its object."""
    verb = first_infinitive(text)
    found = _TOLD_LATER.search(text, 0, verb.start()) if verb else None
    if verb is None or found is None or is_by_the_signer(text[verb.start() :]):
        return None
    whom = text[found.start("whom") : verb.start()]
    return whom.strip(" ,:;–—-"), f"{text[: found.start()]} {text[verb.start() :]}".strip(" ,:")


_LABELLED: Final = re.compile(
    r"\bответственн(?:ый|ая|ые)(?:\s+(?:исполнител[ьи]|за\s+исполнение))?\s*[:–—-]\s*(?P<whom>[^;()]{3,120}?)\s*"
    r"(?=[;)]|,?\s+срок|\.\s+Срок|\.?\s*$)",
    re.IGNORECASE,
)


def labelled_addressee(text: str) -> str:
    """Who is named after «Ответственный:» in an item that is addressed to nobody; '' when nobody is."""
    found = _LABELLED.search(text)
    return found["whom"].strip(" ,") if found else ""


_OBLIGES: Final = re.compile(r"^(обязать|просить)\s+", re.IGNORECASE)


def _as_dative(text: str) -> str:
    """«Обязать руководителей ОО представить» -> «обязать руководителям ОО представить»."""
    lead = _OBLIGES.match(text)
    if lead is None:
        return text
    return text[: lead.end()] + dative(text[lead.end() :])


def dative(text: str) -> str:
    """A post or a group in the accusative, its noun put in the dative: «директора ИМЦ» -> «директору ИМЦ»."""
    word = _WORD.search(text)
    changed = ACCUSATIVES.get(plain(word[0])) if word else None
    if word is None or changed is None:
        return text
    changed = changed.capitalize() if word[0][0].isupper() else changed
    return text[: word.start()] + changed + text[word.end() :]


# --- who answers --------------------------------------------------------------------------------

_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_AT_DASH: Final = re.compile(r"\s[–—-]\s[А-ЯЁ][^,;«»]*(?=[,;]|$)")
"""«МБОУ «Боровая СОШ» – Громов А.В.»: the head behind a dash."""
_NEXT: Final = re.compile(r"(?:\s*[,;]\s*(?:а\s+также\s+)?|\s+(?:и|а\s+также)\s+)(?=(\S.*))")


def read_addressee(text: str, schools: Sequence[School], group_words: Sequence[str]) -> Parties:
    """Who answers for an item addressed so; ``text`` is kept as printed."""
    read = [_read_one(one, schools, group_words) for one in _each(text)]
    scopes = {one.schools for one in read}
    order = (SchoolsScope.ALL, SchoolsScope.NAMED, SchoolsScope.UNCLEAR, SchoolsScope.NONE)
    scope = next((one for one in order if one in scopes), SchoolsScope.UNCLEAR)
    named = tuple(dict.fromkeys(name for one in read for name in one.named))
    return Parties(
        text,
        tuple(dict.fromkeys(party for one in read for party in one.parties)),
        scope,
        named if scope is SchoolsScope.NAMED else (),
        tuple(dict.fromkeys(said for one in read for said in one.doubts)),
    )


def _each(text: str) -> Iterator[str]:
    """The addressees of one item: «отделу образования, руководителям ОО»."""
    start = 0
    for match in _NEXT.finditer(text):
        before = text[start : match.start()]
        inside = before.count("(") > before.count(")") or before.count("«") > before.count("»")
        told = None if inside else told_by(match[1])
        if told not in (None, Told.NAME, Told.PERSON):
            yield before
            start = match.end()
    yield text[start:]


def _read_one(text: str, schools: Sequence[School], group_words: Sequence[str]) -> Parties:
    told = told_by(text)
    bare = squeeze(_BRACKETS.sub(" ", text)).replace(" ,", ",")
    if told is Told.GROUP and (named := _named_in_brackets(text, schools)):
        return replace(named, parties=(_in_nominative(bare),))
    if told is Told.GROUP or told is Told.NAME:
        return read_parties(_in_nominative(bare), schools, group_words=group_words)
    if told is Told.POST and names_school(_after_posts(bare)):
        return read_parties(_after_posts(bare), schools, group_words=group_words)
    if told is Told.BODY and names_school(bare):
        return read_parties(_in_nominative(bare), schools, group_words=group_words)
    if told is None:
        return read_parties(bare, schools, group_words=group_words)
    return Parties(text, (_in_nominative(bare),), SchoolsScope.NONE)


def _named_in_brackets(text: str, schools: Sequence[School]) -> Parties | None:
    """«Директорам школ (МБОУ «Боровая СОШ», ...)»: the schools named are those that answer."""
    inside = next(
        (one[0].strip(" ()") for one in _BRACKETS.finditer(text) if names_school(one[0].strip(" ()"))), ""
    )
    if not inside or re.match(r"кроме\b", inside):
        return None
    named = read_parties(_AT_DASH.sub("", inside), schools)
    return named if named.schools is SchoolsScope.NAMED else None


def answering_body(party: str) -> str:
    """The body a post stands in: «Директор МКУ «ИМЦ» Петрова А.А.» -> «МКУ «ИМЦ»»; else the party itself."""
    body = _after_posts(_BRACKETS.sub("", party))
    named = [one for one in persons(body) if one.start() > 0]
    return nominative(_from_genitive(squeeze(body[: named[0].start()] if named else body).strip(" ,")))


def _from_genitive(text: str) -> str:
    """«информационно-методического центра» -> «информационно-методический центр»."""
    words = text.split(" ")
    at = next((place for place, word in enumerate(words[:_TOO_FAR]) if plain(word) in GENITIVES), None)
    if at is None or not all(plain(word).endswith(("ого", "его")) for word in words[:at]):
        return text
    noun = GENITIVES[plain(words[at])]
    noun = noun.capitalize() if words[at][0].isupper() else noun
    datives = (word[:-2] + "му" for word in words[:at])
    return " ".join((*(_adjective(one, noun, Told.BODY) for one in datives), noun, *words[at + 1 :]))


_POST_STEMS: Final = "|".join(sorted({post[:-1] for post in POSTS}, key=len, reverse=True))
_ANY_POST: Final = re.compile(rf"(?<![\w-])(?:{_POST_STEMS})[а-яё]{{0,3}}(?![\w-])", re.IGNORECASE)


def _after_posts(text: str) -> str:
    """What the last post of a phrase stands in: «координатору ..., директору МКУ ...» -> «МКУ ...»."""
    open_text = re.sub(r"«[^«»]*»?", lambda one: "_" * len(one[0]), text)
    posts = list(_ANY_POST.finditer(open_text))
    return text[posts[-1].end() :].strip(" ,") if posts else text


def _in_nominative(text: str) -> str:
    """The head of an addressee in the nominative: «Методическому центру» -> «Методический центр»."""
    found = _head(text)
    if found is None or "-" in found[0][0]:
        return nominative(text)
    word, noun = found
    changed = NOMINATIVES[noun]
    changed = _in_the_case_of(word[0], changed)
    after = text[word.end() :]
    if changed.endswith("образовательные") and (head := _WORD.search(after)) and plain(head[0]) in GROUPS:
        after = after[: head.start()] + GROUPS[plain(head[0])] + after[head.end() :]
    before = [_adjective(one, changed, HEADS[noun]) for one in text[: word.start()].split()]
    return " ".join((*before, changed + after))


def _adjective(word: str, noun: str, told: Told) -> str:
    """An adjective in the gender and number of its noun."""
    if told is Told.GROUP:
        endings: tuple[tuple[str, str], ...] = (("всем", "все"), ("ым", "ые"), ("им", "ие"))
    elif noun.endswith(("ие", "ье")):
        endings = (("ому", "ое"), ("ему", "ее"))
    else:
        endings = (
            ("чей", "чая"),
            ("щей", "щая"),
            ("кому", "кий"),
            ("ому", "ый"),
            ("ему", "ий"),
            ("ой", "ая"),
            ("ей", "яя"),
        )
    found = (word[: -len(old)] + new for old, new in endings if word.lower().endswith(old))
    return _in_the_case_of(word, next(found, word))


def _in_the_case_of(printed: str, word: str) -> str:
    """The word in capitals, with a capital or as it is, as the printed one."""
    if len(printed) > 1 and printed.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if printed[:1].isupper() else word
