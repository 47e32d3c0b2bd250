"""Who answers for an activity: the parties of a «responsible» cell and the schools among them.

«ОО», «руководители школ» are all schools of the order; named schools are those; РМО, ТКДН and
persons are nobody's reporters. What cannot be told from the words is a doubt, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sheetsync.doubts import doubt
from sheetsync.model import Doubt, ParticipantKind, Parties, School, SchoolsScope
from sheetsync.plan.name_words import lowered
from sheetsync.plan.names import best_name, canonical, nominative, same_name
from sheetsync.plan.party_split import defined_words, split_parties
from sheetsync.plan.party_words import Sense, names_school, sense_of
from sheetsync.text import squeeze

__all__ = ["defined_words", "kind_of_party", "read_parties"]

_ALL: Final = frozenset({Sense.ALL, Sense.PART, Sense.SLIP})
_OPEN: Final = frozenset({Sense.SUSPECT, Sense.OTHER_SCHOOLS, Sense.ONE_SCHOOL, Sense.UNREAD})

_DOUBTS: Final = {
    Sense.PART: "party-part-of-schools",
    Sense.SLIP: "party-slip",
    Sense.SUSPECT: "party-suspect",
    Sense.OTHER_SCHOOLS: "party-other-schools",
    Sense.ONE_SCHOOL: "party-inside-school",
    Sense.PERSON: "party-person",
    Sense.UNREAD: "party-unread",
}


def read_parties(
    phrase: str, schools: Sequence[School | str] = (), *, group_words: Sequence[str] = ()
) -> Parties:
    """Cut a «responsible» cell into parties and tell which schools it addresses.

    ``schools`` are the order's: a party that names one is recognised in any spelling.
    ``group_words`` are what the order defined by «(далее - ...)», see ``defined_words``.
    """
    parties = split_parties(phrase)
    if not parties:
        return Parties(phrase, (), SchoolsScope.UNCLEAR, doubts=(doubt("party-empty"),))
    roster = tuple(School(one) if isinstance(one, str) else one for one in schools)
    senses = tuple(_sense(party, roster, group_words) for party in parties)
    scope = _scope(parties, senses)
    named, unknown = _named(parties, senses, roster)
    doubts = (*_sense_doubts(parties, senses, scope), *unknown)
    return Parties(phrase, parties, scope, named if scope is SchoolsScope.NAMED else (), doubts)


def _sense(party: str, roster: Sequence[School], group_words: Sequence[str]) -> Sense:
    sense = sense_of(party, group_words)
    if sense in {Sense.UNREAD, Sense.BODY, Sense.ONE_SCHOOL, Sense.SUSPECT} and _official(party, roster):
        return Sense.NAMED
    return sense


def _scope(parties: Sequence[str], senses: Sequence[Sense]) -> SchoolsScope:
    told = set(senses)
    if told & _ALL:
        return SchoolsScope.ALL
    if Sense.NAMED in told:
        return SchoolsScope.NAMED
    if told & _OPEN:
        return SchoolsScope.UNCLEAR
    if told == {Sense.PERSON}:
        return SchoolsScope.NONE if _INITIALS_FIRST.match(parties[0]) else SchoolsScope.UNCLEAR
    return SchoolsScope.NONE


_INITIALS_FIRST: Final = re.compile(r"[А-ЯЁ]\.")
"""«А. В. Громов» is how officials sign; «Громов А. В.» may as well be a teacher of one school."""


def _sense_doubts(parties: Sequence[str], senses: Sequence[Sense], scope: SchoolsScope) -> tuple[Doubt, ...]:
    """What the coordinator should look at; a person beside a body or schools raises none."""
    only_persons = set(senses) == {Sense.PERSON}
    return tuple(
        doubt(_DOUBTS[sense], party=party)
        for party, sense in zip(parties, senses, strict=True)
        if sense in _DOUBTS and (sense is not Sense.PERSON or only_persons)
        if sense is not Sense.ONE_SCHOOL or scope is not SchoolsScope.ALL
    )


_ROLE_BEFORE: Final = re.compile(
    r"^(?:директор|руководител|администраци|заместител|педагог|учител|команд)\w*\s+(?:школы?\s+(?=[МГ]))?",
    re.IGNORECASE,
)


def _named(
    parties: Sequence[str], senses: Sequence[Sense], roster: Sequence[School]
) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    """Official names of the schools named, and a doubt for each that the order does not list."""
    named: list[str] = []
    doubts: list[Doubt] = []
    for party, sense in zip(parties, senses, strict=True):
        if sense is not Sense.NAMED:
            continue
        official = _official(party, roster)
        if official is None and roster:
            doubts.append(doubt("party-school-unknown", party=party))
        else:
            named.append(official or nominative(_ROLE_BEFORE.sub("", party)))
        if official and _is_misspelt(party, official, roster):
            doubts.append(doubt("party-school-slip", party=party, school=official))
    return tuple(dict.fromkeys(named)), tuple(doubts)


def _official(party: str, roster: Sequence[School]) -> str | None:
    """The order's school that a party names, in whatever spelling."""
    owner = {
        spelling: school.name for school in reversed(roster) for spelling in (*school.aliases, school.name)
    }
    bare = re.sub(r"\([^()]*\)", " ", party)
    found = best_name(bare, [school.name for school in roster]) or best_name(bare, tuple(owner))
    return owner[found[0]] if found else None


def _is_misspelt(party: str, official: str, roster: Sequence[School]) -> bool:
    """A letter differs, and no other spelling of the school explains it."""
    spellings = [one for school in roster if school.name == official for one in (official, *school.aliases)]
    letters = {re.sub(r"[\W\d]", "", canonical(one)) for one in spellings}
    own = re.sub(r"[\W\d]", "", canonical(party))
    return own not in letters and any(
        len(own) == len(one) and same_name(party, official) < 1.0 for one in letters
    )


# --- participants -------------------------------------------------------------------------------

_OFFICE: Final = re.compile(
    r"^(?:м[бка]у\s+|муниципальное\s+(?:\w+\s+)*учреждение\s+)?(?:(?:районн|муниципальн|городск)\w+\s+)?"
    r"(?:отдел|управление|комитет|департамент)\b[^.]*\bобразовани|^(?:мку\s+)?(?:муо|моуо|руо|уо|роо|гуо|гороно|районо)\b"
)
_OF_REGION: Final = re.compile(
    r"\bобласти\b|\bкрая\b|\bреспублики\b|\bминистерств|\bрегиональн|^(?:гоу|гау|гбу|гаоу|гбоу|огау|огбу|кгау|кгбу|фгбу|фгу|гук)\b|"
    r"^(?:иро|ипк|рцоко|орцоко|ипк и ппро)\b"
)
_INSTITUTION: Final = re.compile(
    r"\bцнппм\w*|\bр?имц\b|\b[мн]мц\b|\b[рм]мк\b|\bм?цро\b|"
    r"методическ\w+ (?:центр|кабинет)|\bцппмс\w*|\bпмпк\b|"
    r"\bцентр\b(?! образования)|\bд(?:дт|т|юсш)\b|\bцд[от]\b|\bцвр\b|\bдюц\b|\bспортивная школа|"
    r"\bдом\w* (?:детского )?творчества|^м[бка]?у(?:до)?\b"
)
_PEOPLE: Final = re.compile(
    r"^(?:руководител|директор|специалист|методист|начальник|заместител|зам\b|педагог|учител|член|глав|работник|"
    r"сотрудник|представител|тьютор|заведующ|совет|комисси|координатор|куратор|психолог)"
)
_PLURAL: Final = re.compile(r"^(?:[а-я-]+(?:ые|ие)\s+)?(?:учреждения|организации|органы|центры|отделы)\b")


def kind_of_party(party: str) -> ParticipantKind | None:
    """What participant a party is; None for groups, persons and bodies that do not report."""
    text = squeeze(lowered(party).replace('"', " "))
    if not text or _PEOPLE.match(text) or _PLURAL.match(text):
        return None
    if sense_of(party) is Sense.PERSON or _OF_REGION.search(text):
        return None
    if _OFFICE.search(text):
        return ParticipantKind.OFFICE
    if names_school(party):
        return ParticipantKind.SCHOOL
    return ParticipantKind.INSTITUTION if _INSTITUTION.search(text) else None
