"""A quick look: which finders can find anything in a text. Most cells need none and go on at once."""

from __future__ import annotations

from enum import Flag, auto
from functools import lru_cache
from typing import Final

from sheetsync.patterns import at_first_use
from sheetsync.privacy.first_names import FIRST_NAMES

_SHORTEST: Final = 5
_HEAD: Final = 4
"""Words are looked up by so many letters."""

_MARKS_OF_LETTERS: Final = ("\u00ad", "\u0306", "\u0308")
_BENT: Final = str.maketrans("", "", "".join(_MARKS_OF_LETTERS))
_MANY_FIGURES: Final = at_first_use(r"\d(?:(?:[^\w№]|_){0,4}\d){9}|\d[eE]\+?1\d")
_CODE: Final = at_first_use(r"\b[fgjeqhiф]\s?\d\d")
_CLASS: Final = at_first_use(
    r"\(\s{0,4}\d\d?\s{0,4}\)|\d\s{0,4}(?:лет|год)|\d\s?[-–]?\s?[«\"(]?\s?[а-яa-z](?![а-яa-z])"
)
_PERSON: Final = at_first_use(
    r"(?<![А-ЯЁа-яёA-Za-z])[А-ЯЁA-Z](?:\.|(?=[\s,;)]|$)"
    r"|[а-яё'-]*(?:(?:[оеё]в|[иы]н|ав)(?:а|у|е|ы|ым|ой|ою|ых|ыми)?|[сц]к(?:ий|ая|ой|ого|ому|им|ую)|ко|дзе|или|их|ых"
    r"|(?:ук|юк|ян|оол|ец|ич)(?:а|у|ом|ем|е)?)(?![а-яё])|[а-яё'-]+\s+[А-ЯЁ][а-яё])"
)
_MIXED: Final = at_first_use(r"[A-Za-z](?=[А-Яа-яё])|(?<=[А-Яа-яё])[A-Za-z]")
_WORD: Final = at_first_use(r"[а-я]+")


def _heads(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CALLED: Final = _heads("тел теле т факс моб моби сот сото пасп поли св свид")
_BORN: Final = _heads("рожд роди род гр др р")
_LIVES: Final = _heads("прож адре жите заре дома")
_ILL: Final = _heads(
    "диаг мкб закл умст заде пара расс аути эпил олиг деби шизо синд инва диаб тубе туго слаб псих нерв"
    " невр заик алко нарк саха зпр зпрр дцп рас тнр онр нода вич уо овз сдвг детс"
    " тяже недо нару астм онко лейк гепа поро анор депр суиц энур"
)
_CHILD: Final = _heads(
    "учен учащ уч обуч восп ребе дете дети детя детс деть школ маль дево сын сына сыну сыно дочь доче"
    " дочк выпу сиро опек подо клас кл несо подр мать мате отец отца отцу отцо мам мама мамы маме маму"
    " мамо пап папа папы папе папу бабу деду роди побе приз лаур учас дипл фина меда отли воло чтец капи"
    " ребя дошк юнош слаб неус отст семь"
    " мест зачи отчи спис риск вшк рожд"
)


class Look(Flag):
    """Finders, by what they look at."""

    NOTHING = 0
    FIGURES = auto()
    MAIL = auto()
    BIRTH = auto()
    ADDRESS = auto()
    HEALTH = auto()
    NAMES = auto()


EVERYTHING: Final = Look.FIGURES | Look.MAIL | Look.BIRTH | Look.ADDRESS | Look.HEALTH | Look.NAMES


@lru_cache(maxsize=4096)
def what_to_look_for(text: str) -> Look:
    """The finders worth asking; one that is left out would find nothing."""
    if len(text) < _SHORTEST:
        return Look.NOTHING
    if any(mark in text for mark in _MARKS_OF_LETTERS):
        text = text.translate(_BENT)
    low = text.lower().replace("ё", "е")
    words = _WORD.findall(low)
    heads = {word[:_HEAD] for word in words}
    look = Look.MAIL if "@" in low else Look.NOTHING
    if _MANY_FIGURES.search(low) or not _CALLED.isdisjoint(heads):
        look |= Look.FIGURES
    if not _BORN.isdisjoint(heads):
        look |= Look.BIRTH
    if not _LIVES.isdisjoint(heads):
        look |= Look.ADDRESS
    if not _ILL.isdisjoint(heads) or _CODE.search(low):
        look |= Look.HEALTH
    is_mixed = _MIXED.search(text) is not None
    has_mark = look or is_mixed or not _CHILD.isdisjoint(heads) or "классни" in low or _CLASS.search(low)
    if has_mark and (is_mixed or not FIRST_NAMES.isdisjoint(words) or _PERSON.search(text)):
        look |= Look.NAMES
    return look
