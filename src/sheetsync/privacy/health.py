"""Diagnoses: codes and words about health, where they are said of one person.

Programme words are no secret: «обучающиеся с ОВЗ — 5 человек», «сопровождение детей с ЗПР». What
is covered is a diagnosis beside a name, beside one pupil of one class, or called a diagnosis.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from sheetsync.patterns import at_first_use
from sheetsync.privacy.normal import Normal, normal
from sheetsync.privacy.spans import Kind, Span

_WORDS: Final = (
    r"умственн\w+ отстал\w+(?: \w+ степени)?|задержк\w+ психическ\w+ развити\w+"
    r"|детск\w+ церебральн\w+ паралич\w*"
    r"|расстройств\w+ аутистическ\w+ спектра|аутизм\w*|аутист\w*|эпилепси\w+|олигофрени\w+"
    r"|дебильност\w+|шизофрени\w+"
    r"|синдром\w* (?:дауна|двг|аспергера)|сдвг|(?<![-\w])(?:зпр|дцп|рас|тнр|онр|зпрр|нода|вич|уо)(?!\w)"
    r"|инвалид\w*(?: детства)?|сахарн\w+ диабет\w*|диабет\w*|туберкулез\w*|тугоух\w+|слабовид\w+|слабослыш\w+"
    r"|психическ\w+ расстройств\w+|психоз\w*|невроз\w*|заикани\w+|алкоголизм\w*|наркомани\w+"
    r"|тяжел\w+ нарушени\w+ речи|недоразвити\w+ речи|нарушени\w+ (?:слуха|зрения|интеллекта|осанки)"
    r"|астм\w*|онкологи\w*|лейкоз\w*|гепатит\w*|порок\w* сердца|анорекси\w+|депресси\w+|суицид\w*|энурез\w*"
    r"|(?<![-\w])овз(?!\w)"
)
_PARTS: Final = (
    "умственн", "задержк", "церебральн", "аутис", "аутизм", "эпилепси", "олигофрени", "дебильност",
    "шизофрени", "синдром", "сдвг", "зпр", "дцп", "рас", "тнр", "онр", "нода", "вич", "уо", "инвалид",
    "диабет", "туберкулез", "тугоух", "слабовид", "слабослыш", "психоз", "невроз", "заикани",
    "алкоголизм", "наркомани", "нарушени", "недоразвити", "астм", "онкологи", "лейкоз", "гепатит",
    "порок", "анорекси", "депресси", "суицид", "энурез", "овз",
)  # fmt: skip
"""Of these letters some stand in every word of illness; a code has figures."""

_CODE: Final = r"\b[fф] ?\d{2}(?:\.\d{1,2})?\b|\b[gjeqhi]\d{2}(?:\.\d{1,2})?\b"
_ILLNESS: Final = at_first_use(rf"\b(?:{_WORDS})|{_CODE}")
_SAID: Final = at_first_use(
    rf"(?:диагноз\w*|мкб(?: ?-? ?10)?|заключени\w+ (?:пмпк|цпмпк|врач\w*"
    rf"|психиатр\w*))(?P<between>[^.;]{{0,40}}?)(?P<illness>{_WORDS}|{_CODE})"
)
_FIGURES: Final = at_first_use(r"\d\d")
_ONE_WHO: Final = ("ийся", "аяся", "егося", "емуся", "имся", "уюся", "ейся")
_PUPIL_WORDS: Final = (
    "ученик",
    *("ученик" + ending for ending in ("а", "ам", "о", "ом", "у", "ум", "е", "ем")),
    "ученица",
    *("учениц" + ending for ending in ("е", "ей", "у", "уй", "ы", "ый")),
    *(stem + ending for stem in ("обучающ", "учащ") for ending in _ONE_WHO),
    "воспитанник",
    "воспитанница",
)
PUPILS: Final = frozenset((*_PUPIL_WORDS, "уч"))
"""Small words, or parts of them before a hyphen, that call one pupil."""

_PUPIL: Final = "|".join((*_PUPIL_WORDS, "уч-ся"))
_ONE_PUPIL: Final = at_first_use(
    rf"(?<![\d] )(?<!один )(?<!одна )(?<!один)\b(?:{_PUPIL}) ?\(?(?:1[01]"
    r"|[1-9])(?:-?(?:го|й) )?[ -]?(?:[\"]?[а-я](?![а-я])[\"]?)?(?: ?кл[а-я]*)?"
)
_COUNTED: Final = at_first_use(
    r"(?:детей|дети|детям|детьми|обучающ(?:ихся|имся|имися|иеся)|учащ(?:ихся|имся|имися|иеся)"
    r"|школьник\w+|ученик(?:ов|ами|ам|и)|лиц\w*|классе) (?:с |- ?)?$"
)
_COVER: Final = "[диагноз]"
_FAR: Final = 60
_LINK: Final = at_first_use(
    r"(?:[ ,(:;)\"+*.-]|\d{1,2}(?:-?(?:го|й)(?![а-я]))?(?:[ -]?\"?[а-я]\"?(?![а-я]))?"
    r"|(?:класс|имеет|имеющ|степен|тяжел|легк|умеренн|страда|диагноз|групп)[а-я]*|ребенок|дети|лет|статус|дому|школы"
    r"|обучающ(?:ийся|аяся)|учени(?:к|ца)|ученик[аоуе]м?|(?:кл|по|на|[гсрив]|[а-я]\.)(?![а-я]))*+"
)
_LINK_BACK: Final = at_first_use(r"[ ,:(-]*(?:у )?")


def diagnoses(said: Normal, named: Iterable[Span]) -> Iterator[Span]:
    """Words of illness said of one of ``named``, of one pupil, or after «диагноз»."""
    if not _may_be_ill(said.low):
        return
    for found in _SAID.finditer(said.low):
        yield Span(*found.span("illness"), Kind.HEALTH, _COVER)
    people = [(one.start, one.end) for one in named]
    people += [one.span() for one in _ONE_PUPIL.finditer(said.low)]
    for found in _ILLNESS.finditer(said.low):
        if any(_is_of(said.low, found, person) for person in people):
            yield Span(*found.span(), Kind.HEALTH, _COVER)


def _may_be_ill(text: str) -> bool:
    """A look that costs nothing: a form speaks of diagnoses in its own words, and names none."""
    return any(part in text for part in _PARTS) or _FIGURES.search(text) is not None


def _is_of(text: str, illness: re.Match[str], person: tuple[int, int]) -> bool:
    """«Орлов Д., 7Б, ЗПР» and «ЗПР у ученика 7Б»: does nothing else stand between the two?"""
    start, end = person
    if end <= illness.start():
        return illness.start() - end < _FAR and _LINK.fullmatch(text, end, illness.start()) is not None
    return illness.end() <= start and _LINK_BACK.fullmatch(text, illness.end(), start) is not None


def has_illness(text: str) -> bool:
    """Whether any illness is named, whosever it is."""
    return _ILLNESS.search(normal(text).low) is not None


def health_marks(said: Normal) -> Iterator[int]:
    """Where a word of illness stands that may follow a name at once."""
    for found in _ILLNESS.finditer(said.low):
        if not _COUNTED.search(said.low[: found.start()]):
            yield found.start()
    for found in re.finditer(r"диагноз", said.low):
        yield found.start()
