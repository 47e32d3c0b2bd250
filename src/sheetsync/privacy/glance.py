"""A glance at many texts at once: which of them may hold personal data at all.

Most texts of a copy have nothing the finders begin with: no figures like a phone's, no name of the
list, no capital where a surname stands. What is let go here is never looked at again, so each rule
takes in everything its finder could find, and more; a text with a rare sign is always looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Final

from sheetsync.patterns import at_first_use
from sheetsync.privacy.first_names import DOUBLE_NAMES, FIRST_NAMES
from sheetsync.privacy.health import PUPILS, has_illness
from sheetsync.privacy.persons import has_name_ending

_BETWEEN: Final = "\x00"
_RUSSIAN: Final = "cp1251"
_JOINING: Final = frozenset("'’`–—-")
_CAPITAL: Final = "[А-ЯЁA-Z]"
_LETTER: Final = "[А-ЯЁа-яёA-Za-z]"
_JOINS: Final = "['’`–—-]"
_IN_WORD: Final = "[А-ЯЁа-яёA-Za-z'’`–—-]"
_REST: Final = rf"{_LETTER}*+(?:{_JOINS}{_LETTER}++)*+"
_BEGINS: Final = rf"(?<!{_LETTER}.)"
_AFTER_WORD: Final = r"(?<=[А-ЯЁа-яёA-Za-z\s]\s.)"
_PATRONYMIC: Final = r"(?i:[вьнмк]ич(?:а|у|ем|ом|е)?|(?:[ое]вн|ичн)(?:а|ы|е|у|ой|ою))"
_SURNAME: Final = "|".join(
    f"(?<={ending})"
    for ending in (
        "[оеёОЕЁ][вВ]|[иыИЫ][нН]",
        "(?:[оеёОЕЁ][вВ]|[иыИЫ][нН])[ауАУ]|[дД][зЗ][еЕ]|[оО][оО][лЛ]",
        "(?:[оеёОЕЁ][вВ]|[иыИЫ][нН])(?:[ыЫ][мхМХ]|[оО][йЙ])|[еЕ][нН][кК][оО]|[сцСЦ][кК](?:[иИ][ймЙМ]|[ауАУ][яюЯЮ])",
        "[шШ][вВ][иИ][лЛ][иИ]",
    )
)
"""How surnames end, by length: what stands alone is told by nothing else."""

_RARE: Final = at_first_use(r"[^\x00\t\n\r\x20-\x7e\xa0а-яА-ЯёЁ№«»„“”–—…’°•×·→✓✔☐☑]")
"""Signs that may bend or join letters, letters of other alphabets: such a text is looked at closely."""

_NAMED: Final = at_first_use(
    rf"""
    {_CAPITAL}{_BEGINS}(?:
      \s*\.                                                            # an initial: «И.»
    | (?!{_LETTER}){_AFTER_WORD}                                       # «Иванов П»
    | {_AFTER_WORD}{_REST}\s+{_IN_WORD}*{_PATRONYMIC}(?!{_LETTER})     # «иванов Айкат Петрович»
    | {_REST}(?:{_SURNAME}|\s+{_CAPITAL}[А-ЯЁA-Z'’`–—-]*[а-яёa-z])     # «Иванов», «Ооржак Айкат»
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_NUMBERED: Final = at_first_use(
    r"[0-9](?<![0-9А-ЯЁа-яёA-Za-z№/.-].)[0-9]*(?:[\s.()_–—-]*[0-9]){8}", re.DOTALL
)
"""A phone, an insurance number."""

_STORED: Final = at_first_use(r"[eE](?<=[0-9].)\+?[0-9]", re.DOTALL)
"""A number as a file stores it."""

_MIXED: Final = at_first_use(r"[A-Za-z](?:(?=[А-Яа-яёЁ])|(?<=[А-Яа-яёЁ].))", re.DOTALL)
_MAIL: Final = at_first_use("@")
_SPELT: Final = at_first_use("%[0-9A-Fa-f]{2}")
"""Letters an address spells in figures."""

_FIGURE: Final = at_first_use("[0-9]")
_LOCAL_PHONE: Final = at_first_use("[0-9](?:[–—-][0-9]{2}|[0-9]{4})")
_WORD_BEFORE: Final = at_first_use(rf"({_IN_WORD}+)\s*$")
_WORD_AFTER: Final = at_first_use(rf"\s*({_IN_WORD}+)")
_LONGEST_WORD: Final = 60
_VOCABULARY: Final = 32_768


_SIGNS: Final = bytes(range(256)).decode(_RUSSIAN, "replace")


def _table(kinds: Mapping[str, str], other: str = " ") -> bytes:
    """A table that turns each sign of Windows-1251 into the sign of its kind: of the first it is of."""
    told = [other] * len(_SIGNS)
    for kind, to in reversed(list(kinds.items())):
        for one in re.finditer(kind, _SIGNS):
            told[one.start()] = to
    return "".join(told).encode(_RUSSIAN)


_CYRILLIC: Final = "[А-Яа-яЁё]"
_SMALL: Final = re.sub("[^А-Яа-яЁё]", " ", _SIGNS).lower().replace("ё", "е").encode(_RUSSIAN)
"""Letters of Russian small, ё as е, every other sign a space."""

_ALPHABETS: Final = _table({_CYRILLIC: "я", "[A-Za-z]": "z", _RARE.pattern: "?"})
_ALPHABETS_MEET: Final = tuple(pair.encode(_RUSSIAN) for pair in ("яz", "zя"))
_FIGURES: Final = _table({"[0-9]": "0", "[eE]": "e", r"\+": "+"})
_PARTING: Final = " \t\n\r.()_–—-\xa0".encode(_RUSSIAN)
"""Signs that may stand between the figures of one number."""

_NINE: Final = b"0" * 9


def _bytes(words: Iterable[str]) -> frozenset[bytes]:
    return frozenset(word.encode(_RUSSIAN) for word in words)


_OF_TWO: Final = frozenset(" ".join(DOUBLE_NAMES.forms()).encode(_RUSSIAN).translate(_SMALL).split())
"""Halves of names that are two words."""

_PHONE_HEADS: Final = ("тел", "факс", "моб")
_CALLING: Final = tuple(
    word.encode(_RUSSIAN)
    for word in (
        *_PHONE_HEADS,
        "паспорт",
        "полис",
        "рожд",
        "родил",
        "прожива",
        "зарегистрирован",
        "жительства",
        "адрес",
    )
)
"""How words begin that stand beside a number of a phone or a document, a day of birth, an address."""

_BORN: Final = ("р", "гр", "др", "род")
_OF_CHILD: Final = ("ребенка", "обучающегося", "ученика")
_CALLING_WHOLE: Final = _bytes((*_BORN, *(born + whose for born in _BORN for whose in _OF_CHILD)))
_DIAGNOSED: Final = tuple(part.encode(_RUSSIAN) for part in ("диагноз", "мкб", "заключени"))
_OF_PUPILS: Final = _bytes(PUPILS)


def suspects(texts: Collection[str]) -> list[str]:
    """Those of the texts in which the finders may find something."""
    said = _BETWEEN + _BETWEEN.join(texts) + _BETWEEN
    typed = said.encode(_RUSSIAN, "replace")
    alphabets = typed.translate(_ALPHABETS)
    if (b"?" in alphabets or b"?" in typed) and (rare := [text for text in texts if _RARE.search(text)]):
        return rare + suspects([text for text in texts if not _RARE.search(text)])
    places = [*_shapes(said, typed, alphabets), *(() if said.isascii() else _called(said, typed))]
    if not places:
        return []
    several = tuple(texts)
    starts = [1, *accumulate((len(text) + 1 for text in several), initial=1)]
    return [several[at] for at in sorted({bisect_right(starts, place) - 2 for place in places})]


def _shapes(said: str, typed: bytes, alphabets: bytes) -> Iterator[int]:
    """Where names, long numbers, mail and mixed words stand; the bytes tell which need not be sought."""
    figures = typed.translate(_FIGURES, _PARTING)
    sought = (
        (_NAMED, True),
        (_NUMBERED, _NINE in figures),
        (_STORED, b"0e0" in figures or b"0e+" in figures),
        (_MAIL, b"@" in typed),
        (_SPELT, b"%" in typed),
        (_MIXED, any(pair in alphabets for pair in _ALPHABETS_MEET)),
    )
    for shape, is_there in sought:
        if is_there:
            yield from (one.start() for one in shape.finditer(said))


def _called(said: str, typed: bytes) -> Iterator[int]:
    """Where words stand that a finder begins with, each in its own way."""
    low = typed.translate(_SMALL)
    for word in _calling(set(low.split())):
        for place in _places(low, word):
            if _is_name(word):
                is_told = _may_be_named(said, place, place + len(word))
            elif word in _OF_PUPILS:
                is_told = has_illness(_around(said, place))
            else:
                is_told = _is_diagnosed(word) or _has_figures(said, place)
            if is_told:
                yield place


_calm: set[bytes] = set()
"""Words met before with which no finder begins: copies are written in the same words."""


def _calling(words: set[bytes]) -> list[bytes]:
    """Those of the words with which a finder begins."""
    new = words - _calm
    found = [word for word in new if _calls(word)]
    if len(_calm) > _VOCABULARY:
        _calm.clear()
    _calm.update(new.difference(found))
    return found


def _calls(word: bytes) -> bool:
    is_whole = word in _OF_PUPILS or word in _CALLING_WHOLE or _is_name(word)
    return is_whole or word.startswith(_CALLING) or _is_diagnosed(word)


def _is_name(word: bytes) -> bool:
    return word in _OF_TWO or word.decode(_RUSSIAN) in FIRST_NAMES


def _is_diagnosed(word: bytes) -> bool:
    return any(part in word for part in _DIAGNOSED)


def _places(low: bytes, word: bytes) -> Iterator[int]:
    place = low.find(b" " + word + b" ")
    while place >= 0:
        yield place + 1
        place = low.find(b" " + word + b" ", place + 1)


def _around(said: str, place: int) -> str:
    """The text that stands at a place."""
    return said[said.rfind(_BETWEEN, 0, place) + 1 : said.find(_BETWEEN, place)]


def _has_figures(said: str, place: int) -> bool:
    """Whether figures stand in the text: those of a phone in the city, where a phone is spoken of."""
    of_a_phone = said[place : place + 4].lower().startswith(_PHONE_HEADS)
    return (_LOCAL_PHONE if of_a_phone else _FIGURE).search(_around(said, place)) is not None


def _may_be_named(said: str, start: int, end: int) -> bool:
    """A first name in small letters names somebody beside a surname, a patronymic or a capital only."""
    if not said[start:end].islower() or said[start - 1] in _JOINING or said[end] in _JOINING:
        return True
    before = _WORD_BEFORE.search(said, max(0, start - _LONGEST_WORD), start)
    after = _WORD_AFTER.match(said, end)
    return any(one and (one[1][0].isupper() or has_name_ending(one[1])) for one in (before, after))
