"""What one party is to the campaign: all schools, named ones, a body, a person, or not clear.

The answer follows from the head of the phrase («директора ОУ» are all schools, «директор ОО» is
somebody of one school, «отдел общеобразовательных учреждений» is no school at all).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from rapidfuzz.distance import OSA

from sheetsync.plan.name_words import ANY_SCHOOL, lowered, parts_of, stem
from sheetsync.plan.party_split import persons
from sheetsync.text import squeeze, words


class Sense(Enum):
    """What a party addresses."""

    ALL = auto()
    """Every school of the order."""
    PART = auto()
    """A part of the schools, which one the words do not tell: «сельские школы»."""
    SLIP = auto()
    """Every school, read through a slip of the scanner: «Образоватсльные организации»."""
    SUSPECT = auto()
    """Probably a damaged word for all schools: «Общественные организации»."""
    OTHER_SCHOOLS = auto()
    """Schools that are not the order's own: curators, leaders, base schools."""
    NAMED = auto()
    ONE_SCHOOL = auto()
    """A post or a unit inside some one school."""
    PERSON = auto()
    BODY = auto()
    """An office, an institution, a group outside the schools."""
    UNREAD = auto()


_BRACKETS: Final = re.compile(r"\([^()]*\)")
_ACRONYM: Final = r"(?:оо|оу|моу|ооу|мбоу|мкоу|маоу|мобу|мооу|обоу|шнор|шнро|шнсу|снор)"
_SCHOOLS: Final = re.compile(
    rf"\b(?:{_ACRONYM}|школ(?:ам|ами|ах)?|школьны(?:е|х|м|ми)\s+(?:команд|координатор|управленч|администраци)\w*|"
    r"(?:обще)?образовательн(?:ые|ых|ым|ыми)\s+(?:организаци|учреждени|школ)\w*|"
    r"(?:учреждени|организаци)(?:я|и|й|ям|ями)\s+образования)\b"
)
_PLURAL_SCHOOLS: Final = re.compile(r"^(?:(?:все|\d+|[а-я-]+(?:ые|ие))\s+)*школы\b")
_ONE_SCHOOL_NOUN: Final = re.compile(
    r"\b(?:школ[аыеу]|школой|(?:обще)?образовательн(?:ая|ой|ую)\s+(?:организаци|школ)\w*|"
    r"(?:обще)?образовательн(?:ое|ого|ому)\s+учреждени\w*)\b"
)
_AND_KINDERGARTENS: Final = re.compile(r"\bдошкольн\w+ и (?=общеобр)")
_NOT_SCHOOLS: Final = re.compile(
    r"\bдополнительн\w+ образован|\bдошкольн|\bпрофессиональн\w+ образовательн|\bвысш\w+|\bспо\b|\bвуз|"
    r"\b(?:м[бка]?)?доу\b|\bдпо\b|\b[а-я]{1,3}о?у до\b|\bдетски[ех]\w* сад|\bнаучн\w+ организац"
)
_OTHER_SCHOOLS: Final = re.compile(
    r"\b(?:куратор|наставник|партнер|лидер|донор)\w*|\b(?:ведущ|опорн|базов|стажировочн|пилотн|успешн)\w*|"
    r"\bвысоки\w+ (?:\w+ )?результат"
)
_PART: Final = re.compile(
    r"\b(?:сельски|городски|основны|начальны|вечерни|малокомплектны|коррекционны)[ехм]\b|^[сон]ош$"
)
_STRICT_BODY: Final = re.compile(
    r"^(?:отдел|управлени|комитет|департамент|совет|ассоциаци|специалист|методист|р?мо\b|начальник|служб|центр)"
)
"""Heads that make a body even of a phrase about schools: «отдел общеобразовательных учреждений»."""
_OTHER_INSTITUTION: Final = re.compile(r"^м[а-я]{1,3}оу\s+(?:центр(?!\w* образовани)|дом|дворец)")
"""«МКОУ Центр развития» begins as schools do and is none."""
_BODY_HEAD: Final = re.compile(
    r"^(?:[а-я-]+(?:ая|ое|ый|ий|ые|ие|ой)\s+){0,3}(?:(?:мку|мбу|мау|гку|казенное учреждение)\s+)?(?:"
    r"отдел|сектор|управлени|комитет|департамент|министерств|ведомств|комисси|совет(?!ник)|служб|агентств|инспекци|"
    r"прокуратур|полици|больниц|поликлиник|редакци|ассоциаци|объединени|институт|академи|университет|"
    r"колледж|техникум|библиотек(?!ар)|театр|музе|дом\b|дворец|дворц|клуб|офис|штаб|оргкомитет|жюри|"
    r"коллеги|орган(?:ы|ам)?\b|центр(?!\w* образовани)|рабоч\w+ групп|групп|"
    r"специалист|методист|эксперт|начальник|глав[аы]|член|председател|тьютор|оператор|организатор|"
    r"координатор|координационн|секретар|консультант|инспектор|представител|сотрудник|"
    r"(?:заведующ|руководител)\w+ (?:[ргм]мо\b|районн|городск|муниципальн\w+ (?!\w*образов)|отдел|имц\b|"
    r"центр|библиотек|методическ)|(?:гмо|рмо|ммо|мо|муо|руо|роо|уо)\b)"
)
_BODY_WORD: Final = re.compile(
    r"\b(?:отдел|управлени|комитет|департамент|министерств|комисси|совет|служб|центр|поселени|"
    r"администраци|рмо|гмо|методическ|координатор|организатор|организаци|учреждени|объединени|фонд|"
    r"общество|предприяти|начальник|методист|специалист|(?:муниципальн|региональн)\w+ куратор|"
    r"работник\w* культуры|муниципальн\w+ (?:\w+ )?команд)\w*"
)
_ROLE_OF_ONE: Final = re.compile(
    r"^(?:(?:и\.о\.|главный|ответственный)\s+)?(?:директор|руководитель|куратор|заместитель|зам|учитель|"
    r"педагог|завуч|ответственный|заведующий|заведующая)\b"
)
_SCHOOL_ROLE: Final = re.compile(
    r"\bклассн\w* руковод|\bкл\.?\s?рук|\bучител|\bпедагог|\bбиблиотекар|\bзавуч|\bвожат|\bродител|"
    r"\bзам\w*\.?\s*(?:по\b|дир)|\bзаместител\w+ (?:директор|по\b)|\bактив|\bпсихолог|\bлогопед|"
    r"\bшмо\b|\bвоспитател|\bшкольн|\bобучающ|\bучащ|\bстаршеклассник|^директора?$|^руководител[ьи]$|"
    r"\bруководител\w+ (?:музея|шмо|кружк|секци|мо\b)|\bсоветник|\bпреподавател|\bсоц\w*\.?\s?пед|"
    r"^администрация$|^зд?[ув]в?р\b|\bпедколлектив|\bпедсовет|\bпедагогическ\w+ (?:коллектив|работник|совет)"
)
_DEPUTIES: Final = re.compile(r"^(?:заместител[ия]|зам\.?)\s+директоров|^завучи\b.*\bшкол\b")
_GENERAL: Final = re.compile(r"\bобщ[а-я]+(?:ые|ых|ым)\s+(?:организаци|учреждени)\w*")
_DAMAGED_ACRONYM: Final = re.compile(r"[0о]{2}|[пщ]нор|шн[а-я]{1,3}")
_ROLE: Final = re.compile(r"^(?:руководители|директора|администрации)\s+")
_BARE_ORGANISATIONS: Final = re.compile(
    r"(?:(?:все|руководител[ия]|директора|подведомственны[ех]|муниципальны[ех])\s+)*(?:учреждени[яй]|организаци[ий])(?:\s+(?:района|округа|города))?"
)
_OWN_SCHOOL: Final = re.compile(
    r"\b(?!Городск|Сельск|Детск)[А-ЯЁ][а-яё-]*(?:ск|цк)(?:ая|ой|ую)\s+школ[аыеу]\b"
)
_GROUP_PHRASES: Final = (
    "общеобразовательные организации",
    "образовательные организации",
    "общеобразовательные учреждения",
    "образовательные учреждения",
)
_OFFICIAL_ACRONYM: Final = re.compile(r"\b[А-ЯЁ]{2,}[а-яё]{0,2}[А-ЯЁ]*\b")


def is_person(party: str) -> bool:
    """The party is nothing but persons: «Ветрова Е. В.», «А.В. Громов»."""
    text = squeeze(_BRACKETS.sub("", party)).rstrip(" ")
    found = persons(text)
    return bool(found) and found[0].start() == 0 and found[-1].end() >= len(text.rstrip("."))


def sense_of(party: str, group_words: Sequence[str] = ()) -> Sense:
    """What one party addresses, judged by its words alone (the order's schools: ``parties``)."""
    text = squeeze(lowered(_BRACKETS.sub(" ", party)).replace('"', " "))
    text = _AND_KINDERGARTENS.sub("", text)
    if any(_same_words(text, one) for one in group_words):
        return Sense.ALL
    if is_person(party):
        return Sense.PERSON
    if _school_group_of(text) is None and _BODY_HEAD.match(text) and not text.startswith("школьн"):
        return Sense.BODY
    if names_school(party):
        return Sense.NAMED
    if _NOT_SCHOOLS.search(text):
        return Sense.BODY
    return _school_group_of(text) or _school_role(text) or _body_or_slip(party, text)


def _same_words(text: str, other: str) -> bool:
    return [stem(word) for word in words(text)] == [stem(word) for word in words(other)]


def names_school(party: str) -> bool:
    """A school with something of its own: a number, an adjective, a quoted name, a place."""
    parts = parts_of(re.sub(r"\([^()]*\)", " ", party))
    if parts.kind is None or parts.kind == "ДОУ":
        return False
    if parts.numbers:
        return True
    if parts.kind == ANY_SCHOOL:
        has_own_name = _OWN_SCHOOL.search(party) or re.search(r"\b(?:М|Г|Ч)(?:Б|К|А|ОБ)?ОУ\s*[-«\"„]", party)
        return bool(has_own_name or (parts.places and re.search(r"\bшкола\b", lowered(party))))
    return bool(parts.names or parts.places or parts.initial or parts.honour)


def _school_group_of(text: str) -> Sense | None:
    """ALL and its shades when the phrase addresses the schools as a group."""
    if _STRICT_BODY.match(text) or _OTHER_INSTITUTION.match(text):
        return None
    if _DEPUTIES.match(text):
        return Sense.ALL
    is_plural = _PLURAL_SCHOOLS.match(text) or (_SCHOOLS.search(text) and not _NOT_SCHOOLS.search(text))
    if _PART.search(text) and (is_plural or text.endswith("ош")):
        return Sense.PART
    if not is_plural:
        return None
    if _OTHER_SCHOOLS.search(text):
        return Sense.OTHER_SCHOOLS
    return Sense.ONE_SCHOOL if _ROLE_OF_ONE.match(text) else Sense.ALL


def _school_role(text: str) -> Sense | None:
    if _ONE_SCHOOL_NOUN.search(text) or _SCHOOL_ROLE.search(text):
        return Sense.ONE_SCHOOL
    return None


def _body_or_slip(party: str, text: str) -> Sense:
    if _GENERAL.search(text) or _DAMAGED_ACRONYM.fullmatch(text):
        return Sense.SUSPECT
    if _is_slip(text):
        return Sense.SLIP
    if _BARE_ORGANISATIONS.fullmatch(text):
        return Sense.UNREAD
    if _BODY_WORD.search(text) or _OFFICIAL_ACRONYM.search(party) or re.search(r"[«\"„]", party):
        return Sense.BODY
    return Sense.UNREAD


def _is_slip(text: str) -> bool:
    """One or two letters from «(обще)образовательные организации»."""
    bare = _ROLE.sub("", text)
    return any(0 < OSA.distance(bare, phrase) <= 2 for phrase in _GROUP_PHRASES)
