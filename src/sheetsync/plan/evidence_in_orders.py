"""What an order asks for as confirmation, read from its words: «Издан приказ ...», «не менее 2-х
семинаров». Where the order says nothing, nothing is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.patterns import at_first_use
from sheetsync.plan.evidence_asked import Asked, AskedPaper, countable
from sheetsync.plan.evidence_words import WORDS, Word
from sheetsync.plan.figures import NUMBER_WORDS
from sheetsync.plan.papers import Paper
from sheetsync.plan.targets import events_in
from sheetsync.text import squeeze

_GATHERING: Final = AskedPaper(
    "протокол, программа или список участников", (Paper.PROTOCOL, Paper.PROGRAMME, Paper.LIST)
)
"""What confirms that people came together; each of several times has one of its own."""

_GATHERINGS: Final = frozenset(
    {"семинар", "вебинар", "мероприятие", "совещание", "мастер-класс", "конференция", "собрание", "заседание",
     "тренинг", "встреча", "практикум"}
)  # fmt: skip
_SITE: Final = AskedPaper("ссылка на сайт", (Paper.SITE_PAGE,))
_PUBLICATION: Final = AskedPaper("публикация", (Paper.PUBLICATION,))

_DONE: Final = (
    r"(?:(?:издан|подготовлен|составлен|сформирован|утвержд[её]н|разработан|размещ[её]н|оформлен|создан|заключ[её]н|направлен|"
    r"уточн[её]н|опубликован|принят|получен|представлен|пополнен|внесен|обеспечен|провед[её]н|подписан|выпущен|собран|обновл[её]н|актуализирован|с?корректирован|имеется|имеются)"
    r"[аоы]?)"
)
_TO_MAKE: Final = (
    r"(?:издать|подготовить|составить|сформировать|утвердить|разработать|оформить|заключить|подписать|создать|"
    r"представить|предоставить|направить|провести|скорректировать|актуализировать|обновить|опубликовать)"
)
_MAKING: Final = (
    r"(?:наличие|издание|подготовка|составление|утверждение|заключение|разработка|формирование|создание|"
    r"корректировка|актуализация|пополнение|оформление|выпуск|публикация|обновление|внесение|представление|"
    r"предоставление|направление|рассылка|ведение)"
)
_CARRYING_OUT: Final = r"(?:проведение|реализация|организация|осуществление|обеспечение)"
_AND_MORE: Final = r"(?:\s+и\s+[а-яё]+)?"
_WHOSE: Final = r"(?:(?:и\s+)?[а-яё-]+(?:ой|ого|его|ых|их|ей|ами|ями|ыми|ими)\s+){0,5}?"
_WHAT: Final = r"(?:(?:и\s+)?[а-яё-]+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ую|юю)\s+){0,4}?"
_CHANGED: Final = (
    r"(?:(?:внесен\w*|внесение|внести)\s+)?(?:изменени\w+|корректив\w*|корректировк\w+|дополнени\w+)\s+в\s+"
)
_COUNTED: Final = (
    rf"(?:{_DONE}\s+)?(?:(?:не\s+(?:менее|меньше)|минимум)\s+)?(?P<count>\d{{1,2}}|{'|'.join(NUMBER_WORDS)})"
    r"(?:\s*-\s*(?:х|ух|ти|и))?\s+"
)
_MADE_NOUN: Final = at_first_use(rf"^{_MAKING}{_AND_MORE}\s+(?:[а-яё-]+\s*){{1,5}}$", re.IGNORECASE)


def _asks_for(word: Word) -> re.Pattern[str]:
    """The head of a clause that asks for a document by one of its names."""
    made = rf"(?:{_DONE}|{_TO_MAKE})"
    nouns = rf"(?:{_MAKING}|{_CARRYING_OUT}|результаты|итоги)" if word.is_work else _MAKING
    return at_first_use(
        rf"^(?:(?:{made}(?:\s+и\s+{made})?\s+)?{_WHAT}(?:{word.named})|"
        rf"{nouns}{_AND_MORE}\s+{_WHOSE}(?:{word.of})|{_CHANGED}{_WHAT}(?:{word.named})|"
        rf"{_COUNTED}(?:{_WHOSE}|{_WHAT})(?:{word.of}|{word.named}))(?![а-яё])",
        re.IGNORECASE,
    )


_ASKED_BY: Final = tuple((_asks_for(word), AskedPaper(word.text, word.kinds)) for word in WORDS)
_LISTED: Final = tuple(
    (at_first_use(rf"^{_WHOSE}(?:{word.of})(?![а-яё])", re.IGNORECASE), AskedPaper(word.text, word.kinds))
    for word in WORDS
)
"""The further items of «разработка проектов, программ, планов»."""

_ON_A_SITE: Final = at_first_use(r"\bна\s+(?:[а-яё]+\s+){0,3}?сайт(?:е|ах)\b", re.IGNORECASE)
_TAGS: Final = at_first_use(r"</?[a-zA-Z][^<>]*>")
_ENDS: Final = at_first_use(r"[,;:\n()]|\s\+\s|\.\s+|\.$")
_PARTS: Final = at_first_use(r"[;\n]|(?<=[а-яё)»])\.\s")
_COUNTED_AFTER: Final = at_first_use(
    r"(?P<event>\b(?:семинар|вебинар|совещани|собрани|заседани|конференци|тренинг|встреч|практикум)[а-яё]*)\s*"
    r"\((?P<count>(?:не\s+(?:менее|меньше)\s+)?\d{1,2})(?:-?х)?\)",
    re.IGNORECASE,
)
"""«семинары (не менее 3)»."""

_DOCUMENT: Final = (
    r"(?:(?:приказ|протокол|план|отч[её]т|договор|график)ы?|справк[аи]|положени[ея]|соглашени[ея]|спис(?:ок|ки)|"
    r"программ[аы])"
)
_AND: Final = at_first_use(rf"\b(?P<one>{_DOCUMENT})\s+и\s+(?=(?:{_DOCUMENT})(?![а-яё]))", re.IGNORECASE)
"""«Приказ и положение о конкурсе» are two documents."""
_QUOTES: Final = at_first_use(r"[«»\"]")
_ONLY_COUNT: Final = at_first_use(rf"^{_COUNTED.rstrip('+')}*$", re.IGNORECASE)
_BULLET: Final = at_first_use(r"\s+[-–—]\s+(?=[а-яё])|^\s*[-–—•*]\s*", re.MULTILINE)
_ABBREVIATED: Final = at_first_use(r"\([А-ЯЁ]{2,6}\)")
"""«организациями (ШНОР)»: a short name in brackets is no clause."""

_JOINED_PLAN: Final = at_first_use(
    r"(?<=план)\s*[-–—]\s*(?=график)|(?<=плана)\s*[-–—]\s*(?=график)", re.IGNORECASE
)


def read_asked(result: str, title: str = "") -> Asked:
    """What confirms a row by its expected result, or by its title where the result names nothing.

    >>> read_asked("Издан приказ о рабочей группе").text
    'приказ'
    >>> read_asked("", "Заключение партнёрских соглашений").text
    'соглашение'
    >>> read_asked("Проведено не менее 2-х семинаров").count
    2
    """
    asked = _read(result)
    return asked if asked.papers else _read(title)


def _read(text: str) -> Asked:
    text = _ABBREVIATED.sub(" ", _JOINED_PLAN.sub("-", _TAGS.sub(" ", text)))
    text = _AND.sub(r"\g<one>, ", _COUNTED_AFTER.sub(r"\g<count> \g<event>", text))
    named = [paper for part in _PARTS.split(text) for paper in _of_a_part(part)]
    return Asked(tuple(dict.fromkeys(_with_events(named, text))))


def _of_a_part(part: str) -> list[AskedPaper]:
    """A document said to be shown on a site may be given as the link."""
    named = list(_named(part))
    if not _ON_A_SITE.search(squeeze(part)):
        return named
    return [*named[:-1], _either(named[-1], _SITE)] if named else [_SITE]


def _named(text: str) -> Iterator[AskedPaper]:
    """Documents at the heads of clauses. One in brackets, or further in a list of what is made, is
    another way to confirm the same."""
    last: AskedPaper | None = None
    before = _Clause("", "")
    is_list = False
    for clause in _clauses(text):
        is_list = before.end == "," and (is_list or bool(_MADE_NOUN.match(before.text)))
        asked = _asked_by(clause.text, _ASKED_BY)
        found = asked or (_asked_by(clause.text, _LISTED) if is_list or before.is_explained else None)
        if last and found and (before.is_explained or not asked):
            last = _either(last, found)
        elif last and before.is_explained and (number := _ONLY_COUNT.match(clause.text)):
            last = replace(last, count=_count(number))
        elif found:
            yield from [last] if last else []
            last = found
        before = clause
    yield from [last] if last else []


def _asked_by(clause: str, patterns: Iterable[tuple[re.Pattern[str], AskedPaper]]) -> AskedPaper | None:
    for pattern, paper in patterns:
        if match := pattern.match(clause):
            return replace(paper, count=_count(match))
    return None


def _count(match: re.Match[str]) -> int:
    written = (match.groupdict().get("count") or "1").lower()
    return countable(NUMBER_WORDS.get(written) or int(written))


class _Clause(Struct, frozen=True):
    text: str
    end: str

    @property
    def is_explained(self) -> bool:
        """What follows says the same in other words."""
        return self.end in {"(", ":"}


def _clauses(text: str) -> Iterator[_Clause]:
    start = 0
    lines = _BULLET.sub("\n", _QUOTES.sub("", text))
    for match in _ENDS.finditer(lines):
        yield _Clause(squeeze(lines[start : match.start()]), match[0].strip())
        start = match.end()
    yield _Clause(squeeze(lines[start:]), "")


def _either(one: AskedPaper, other: AskedPaper) -> AskedPaper:
    if not one.kinds or other.text in one.text:
        return one if one.kinds else other
    kinds = tuple(dict.fromkeys((*one.kinds, *other.kinds)))
    return AskedPaper(f"{one.text} или {other.text}", kinds, max(one.count, other.count))


def _with_events(named: list[AskedPaper], text: str) -> Iterator[AskedPaper]:
    """Events of which a number is to be held: the protocol asked beside them is wanted of each."""
    counts: Counter[AskedPaper] = Counter()
    for held in events_in(text):
        counts[_confirming(held.event)] += held.count
    for paper in named:
        event = next((one for one in counts if set(paper.kinds) & set(one.kinds)), None)
        yield replace(paper, count=max(paper.count, countable(counts.pop(event)))) if event else paper
    yield from (replace(paper, count=countable(count)) for paper, count in counts.items())


def _confirming(event: str) -> AskedPaper:
    if event in _GATHERINGS:
        return _GATHERING
    return _PUBLICATION if event == _PUBLICATION.text else AskedPaper(f"подтверждение ({event})")
