"""Diagnoses: codes and words about health, where they are said of one person.

Programme words are no secret: «обучающиеся с ОВЗ — 5 человек», «сопровождение детей с ЗПР». What
is covered is a diagnosis beside a name, beside one pupil of one class, or called a diagnosis.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from sheetsync.privacy.normal import Normal
from sheetsync.privacy.spans import Kind, Span

_WORDS: Final = (
    r"умственн\w+ отстал\w+(?: \w+ степени)?|задержк\w+ психическ\w+ развити\w+|детск\w+ церебральн\w+ паралич\w*"
    r"|расстройств\w+ аутистическ\w+ спектра|аутизм\w*|аутист\w*|эпилепси\w+|олигофрени\w+|дебильност\w+|шизофрени\w+"
    r"|синдром\w* (?:дауна|двг|аспергера)|сдвг|(?<![-\w])(?:зпр|дцп|рас|тнр|онр|зпрр|нода|вич|уо)(?!\w)"
    r"|инвалид\w*(?: детства)?|сахарн\w+ диабет\w*|диабет\w*|туберкулез\w*|тугоух\w+|слабовид\w+|слабослыш\w+"
    r"|психическ\w+ расстройств\w+|психоз\w*|невроз\w*|заикани\w+|алкоголизм\w*|наркомани\w+|(?<![-\w])овз(?!\w)"
)
_CODE: Final = r"\b[fф] ?\d{2}(?:\.\d{1,2})?\b|\b[gjeqhi]\d{2}(?:\.\d{1,2})?\b"
_ILLNESS: Final = re.compile(rf"\b(?:{_WORDS})|{_CODE}")
_SAID: Final = re.compile(
    rf"(?:диагноз\w*|мкб(?: ?-? ?10)?|заключени\w+ (?:пмпк|цпмпк|врач\w*|психиатр\w*))(?P<between>[^.;]{{0,40}}?)(?P<illness>{_WORDS}|{_CODE})"
)
_ONE_PUPIL: Final = re.compile(
    r"(?<![\d] )(?<!один )(?<!одна )(?<!один)\b(?:ученик|ученик[аоуе]м?|ученица|учениц[еуы]й?|обучающийся|обучающаяся|обучающ(?:его|ему|им|ую|ей)ся"
    r"|учащийся|учащаяся|учащ(?:его|ему|им|ую|ей)ся|воспитанни(?:к|ца)|уч-ся) ?\(?(?:1[01]|[1-9])[ -]?(?:го |й )?[\"]?[а-я]?[\"]?(?: ?кл[а-я]*)?"
)
_NEAR: Final = re.compile(
    r"[ ,(:\"-]*(?:класс\w*|кл\.?|с|имеет|имеющ\w+|ребенок|по|в|диагноз\w*|тяжел\w+|легк\w+|умеренн\w+|группы?|[- ,():.\"])*$"
)
_COUNTED: Final = re.compile(
    r"(?:детей|дети|детям|детьми|обучающ(?:ихся|имся|имися|иеся)|учащ(?:ихся|имся|имися|иеся)|школьник\w+|ученик(?:ов|ами|ам|и)|лиц\w*|классе) (?:с |- ?)?$"
)


def diagnoses(said: Normal, named: Iterable[Span]) -> Iterator[Span]:
    """Words of illness said of one of ``named``, of one pupil, or after «диагноз»."""
    for found in _SAID.finditer(said.low):
        yield Span(*found.span("illness"), Kind.HEALTH, _COVER)
    ends = [one.end for one in named] + [one.end() for one in _ONE_PUPIL.finditer(said.low)]
    for found in _ILLNESS.finditer(said.low):
        if any(0 <= found.start() - end < _FAR and _ties(said.low[end : found.start()]) for end in ends):
            yield Span(*found.span(), Kind.HEALTH, _COVER)


def health_marks(said: Normal) -> Iterator[int]:
    """Where a word of illness stands that may follow a name at once."""
    for found in _ILLNESS.finditer(said.low):
        if not _COUNTED.search(said.low[: found.start()]):
            yield found.start()
    for found in re.finditer(r"диагноз", said.low):
        yield found.start()


def _ties(between: str) -> bool:
    """Do only a class, signs and «с», «имеет» stand between a person and the illness?"""
    return _LINK.fullmatch(between) is not None


_COVER: Final = "[диагноз]"
_FAR: Final = 60
_LINK: Final = re.compile(
    r"(?:[ ,(:;)\"+-]|\*|\.|\d{1,2}[- ]?(?:го|й)?[ -]?\"?[а-я]?\"?|класс\w*|кл|лет|г|р|с|имеет\w*|имеющ\w+|ребенок|дети|группы?|степен\w+|тяжел\w+|легк\w+"
    r"|умеренн\w+|страда\w+|обучающ(?:ийся|аяся)|учени(?:к|ца)|ученик[аоуе]м?|диагноз\w*|статус|по|и|в|на|дому|школы|[а-я]\.)*"
)
