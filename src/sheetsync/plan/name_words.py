"""What the words of a school's or a body's name mean: its kind, number, place and honour.

«МБОУ МО Липовский район «Липовская СОШ №2» им. И. И. Иванова» says: kind СОШ, number 2, the
adjective «липовск-», honour «иванов-». Two names are compared by these parts, never by letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.patterns import at_first_use
from sheetsync.text import plain, squeeze, words

_CYRILLIC: Final = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")

LEGAL_FORM: Final = (
    r"(?:(?:м|г|ог|кг|фг|об|ч|н)(?:б|к|а|об|ок|оа)?о?у|(?:м|г|фг|ог|кг)(?:б|к|а)?у|"
    r"(?:м|г)?(?:б|к|а)?удо|дпо|до|гук|муп)"
)
"""Abbreviated legal forms: МБОУ, МКОУ, МОБУ, ГБОУ, МКУ, МБУ ДО, МКУ ДПО ... (lower case)."""

_LEGAL_WORDS: Final = (
    r"(?:(?:муниципальн|государственн|областн|краев|бюджетн|казенн|автономн|некоммерческ|частн|"
    r"федеральн|общеобразовательн|образовательн)\w+\s+)+(?:учреждени|организаци)\w+"
    r"(?:\s+дополнительного(?:\s+профессионального)?\s+образования)?"
)
LEGAL: Final = at_first_use(rf"\b(?:{_LEGAL_WORDS}|{LEGAL_FORM})\b\s*-?")
_SCHOOL_FORM: Final = at_first_use(
    r"\b(?:м|г|ч)(?:б|к|а|об|ок)?оу\b(?!\s*-?\s*(?:до|дод|дпо)\b)|\bобщеобразовательн\w+ учрежд"
)
_TERRITORY_UNIT: Final = (
    r"(?:район(?:а|у|е|ом)?|округ(?:а|у|е|ом)?|област(?:ь|и|ью)|кра(?:й|я|ю|е)|республик(?:а|и|е))"
)
TERRITORY: Final = at_first_use(
    rf"\b(?:(?:мо|муниципальн\w+\s+образовани\w+)\s+)?(?:(?:[\w-]+(?:ск|цк|н)\w*\s+)"
    rf"(?:(?:муниципальн|городск)\w+\s+)?{_TERRITORY_UNIT}\b|{_TERRITORY_UNIT}\s+[\w-]+ск\w*|"
    r"г(?:ород\w*|\.)\s*о(?:круг\w*|\.)|кбр|рф)(?=\W|$)|\bрайона\b"
)
_NO_PLACE: Final = r"(?!город|сел[ао]|посел|деревн|станиц|хутор|аул)"
HONOUR: Final = at_first_use(
    rf"\b(?:им\.|имени\b)\s*(?:(?:[а-яё-]{{3,}}\s+){{0,6}}?(?:[а-яё]\.\s*){{1,2}}(?P<surname>[а-яё-]{{3,}})|"
    rf"(?:{_NO_PLACE}[а-яё-]{{3,}}(?:\s+|(?=\W|$))){{1,4}})",
    re.IGNORECASE,
)
"""«им. П. И. Ветрова», «имени Героя Советского Союза И. И. Ветрова», «имени Льва Толстого»."""
_LOCALITY: Final = at_first_use(
    r"(?<![\w.])(?:г\.\s?п\.|с\.\s?п\.|р\.\s?п\.|пгт\.?|пос\.|ст\.|дер\.|[гспдх]\.|"
    r"город[ае]?|сел[оае]|поселк[аеу]|поселок|деревн[яие]|станиц[аые]|хутор[ае]?|аул[ае]?)\s*([а-я][а-я-]{2,})"
)
_FIGURE: Final = at_first_use(r"\d")
_NUMBERS: Final = at_first_use(r"(?:\bn{1,2}\s*|\bномер\w*\s*)(\d{1,4}(?:\s*(?:,|и)\s*\d{1,4})*)")
_HEAD_END: Final = at_first_use(r"[(,;:/]|\s-\s|\bза\b|\bоб\b")
_OWN_WORD: Final = at_first_use(r"[а-я][а-я-]{2,}")
_BARE_NUMBER: Final = at_first_use(r"\s*-?\s*(\d{1,4})\b(?!\s*(?:г\.|год|класс))")

ANY_SCHOOL: Final = "школа"
KINDS: Final = {
    "СОШ": r"средн\w+\s+(?:(?:обще)?образовательн\w+\s+)?школ\w+|(?P<initial>[а-я]{0,2})сош",
    "ООШ": r"основн\w+\s+(?:(?:обще)?образовательн\w+\s+)?школ\w+|(?P<initial>[а-я]{0,2})оош",
    "НОШ": r"начальн\w+\s+(?:(?:обще)?образовательн\w+\s+)?школ\w+|(?P<initial>[а-я]{0,2})нош",
    "ЦО": r"центр\w*\s+образовани\w+|цо",
    "школа-интернат": r"школ\w+\s?-\s?интернат\w*",
    "прогимназия": r"прогимнази\w+",
    "гимназия": r"гимнази\w+",
    "лицей": r"лице[йяюе]\w*",
    "ДОУ": r"детск\w+\s+сад\w*|м?[бка]?доу",
    ANY_SCHOOL: r"(?:обще)?образовательн\w+\s+школ\w+|школ(?:[аыеу]|ой)?|сш|ош|оу|оо",
}
"""Kinds of schools, the more telling first; «школа» agrees with every other school."""

_KIND_PATTERNS: Final = {kind: at_first_use(rf"\b(?:{pattern})\b") for kind, pattern in KINDS.items()}
_ADJECTIVE: Final = at_first_use(r"[а-я][а-я-]*(?:ая|яя|ой|ей|ую|юю|ий|ый|ого|его|ому|ему|ым|им|ом|ем)$")
_ENDINGS: Final = at_first_use(
    r"(?:ыми|ими|ого|его|ому|ему|ами|ями|ая|яя|ой|ей|ую|юю|ый|ий|ое|ее|ым|им|ом|ем|ые|ие|ых|их|ам|ям|ах|ях|"
    r"ию|ии|ия|ью|[аяыиуюеоьй])$"
)
_NOISE: Final = frozenset(
    words(
        "отчет об о исполнении информация за по на в во и к от для с со при год года году полное "
        "название школы наименование директор директору руководитель руководителю участник "
        "организация организации учреждение филиал местной администрации администрация "
        "администрациям мо мероприятий плана выполнении"
    )
)


class NameParts(Struct, frozen=True):
    """A name taken apart. ``names`` are stems of its own words, ``initial`` the «Л» of «ЛСОШ»."""

    kind: str | None
    numbers: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    honour: tuple[str, ...] = ()
    initial: str = ""
    has_legal_form: bool = False


_LONGEST_NAME: Final = 1000
"""No school's name is longer: what follows in a damaged cell cannot be its own words."""
_ZERO: Final = at_first_use(r"(?<=[а-я])0(?=[а-я])")
_GLUED_FORM: Final = at_first_use(r"\b(м[бкао]?[бк]?оу)((?:с|о|н)ош)\b")


def lowered(name: str) -> str:
    """Lower case, Cyrillic look-alikes, «№» as «n», quotation marks as «"»; zeros in words mended."""
    text = plain(name.translate(_CYRILLIC)).replace('"', ' " ')
    text = _ZERO.sub("о", _GLUED_FORM.sub(r"\1 \2", text))
    return squeeze(text)


def stem(word: str) -> str:
    """A word without its case ending, at least three letters long: «липовской» -> «липовск»."""
    shorter = _ENDINGS.sub("", word)
    return shorter if len(shorter) >= 3 else word


def kind_of_school(lower: str) -> tuple[str, re.Match[str]] | None:
    """The kind a lower-case name tells, with its place in the text."""
    for kind, pattern in _KIND_PATTERNS.items():
        if match := pattern.search(lower):
            return kind, match
    return None


@lru_cache(maxsize=4096)
def parts_of(name: str) -> NameParts:
    """Take a name apart; a body that is no school has ``kind`` None and all its words as names."""
    text = lowered(name[:_LONGEST_NAME])
    honour = HONOUR.search(text)
    text = HONOUR.sub(" ", text)
    bare = TERRITORY.sub(" ", LEGAL.sub(" ", _LOCALITY.sub(" ", text)))
    common = NameParts(
        kind=None,
        numbers=_numbers(bare),
        places=tuple(stem(match[1]) for match in _LOCALITY.finditer(text)),
        honour=_honoured(honour[0]) if honour else (),
        has_legal_form=bool(LEGAL.search(text)),
    )
    found = kind_of_school(bare)
    if found is None:
        kind = ANY_SCHOOL if _SCHOOL_FORM.search(text) else None
        return replace(common, kind=kind, names=_content(bare))
    kind, match = found
    before, after = bare[: match.start()], bare[match.end() :]
    return replace(
        common,
        kind=kind,
        numbers=common.numbers or _numbers_after(after),
        names=(*_adjectives_before(before), *_names_after(after)),
        initial=match.groupdict().get("initial") or "",
    )


def _honoured(text: str) -> tuple[str, ...]:
    """The surname honoured: the last long word."""
    return tuple(stem(word) for word in re.findall(r"[а-я-]{4,}", text)[-1:])


def _numbers(text: str) -> frozenset[int]:
    if not _FIGURE.search(text):
        return frozenset()
    found = (re.findall(r"\d+", match[1]) for match in _NUMBERS.finditer(text))
    return frozenset(int(number) for group in found for number in group)


def _numbers_after(text: str) -> frozenset[int]:
    """«СОШ 4», «школа-4»: a number without a sign right after the kind."""
    match = _BARE_NUMBER.match(text)
    return frozenset({int(match[1])}) if match else frozenset()


def _adjectives_before(text: str) -> list[str]:
    """The adjectives standing right before the kind: «Верхне-Ольховская (СОШ)»."""
    taken: list[str] = []
    for word in reversed(text.replace('"', " ").split()):
        if not _ADJECTIVE.match(word) or word in _NOISE:
            break
        taken.insert(0, stem(word))
    return taken


def _names_after(text: str) -> list[str]:
    """Own words after the kind, before the first bracket or comma: «школа Первомайская»."""
    head = _HEAD_END.split(_NUMBERS.sub(" ", text) if _FIGURE.search(text) else text, maxsplit=1)[0]
    return [stem(word) for word in _OWN_WORD.findall(head) if word not in _NOISE][:4]


def _content(text: str) -> tuple[str, ...]:
    """Stems of a body's own words: «Управление по образованию» -> управлен, образован."""
    found = re.findall(r"[а-я]{2,}", re.sub(r"\([^)]*\)", " ", text))
    return tuple(stem(word) for word in found if word not in _NOISE)
