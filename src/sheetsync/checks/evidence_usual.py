"""What most answers offer, read at a glance: an address alone, «приказ № 5 от 01.03.2023», plain words.

Only texts whose every sign is known are read here, and exactly as the whole grammar of
``evidence_text`` reads them; any other text is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from sheetsync.checks.evidence_links import is_front_page, is_plain_address
from sheetsync.checks.evidence_requisites import MONTHS, names_a_day
from sheetsync.model import Evidence, EvidenceItem, Sufficiency
from sheetsync.patterns import at_first_use
from sheetsync.plan.papers import Paper

Read = Callable[[str], Evidence]

# --- an address alone ---------------------------------------------------------------------------

_LINK: Final = Paper.LINK
_LINKED: Final = (_LINK,)
_YES: Final = Sufficiency.YES
_DEEP: Final = 5
"""So many strokes of an address: no front page or account lies that deep."""


def _address(text: str) -> Evidence | None:
    if not is_plain_address(text) or (text.count("/") < _DEEP and is_front_page(text)):
        return None
    item = EvidenceItem(_LINK, text, None, None, text)
    return Evidence(_LINKED, _YES, (item,))


# --- a document with its number and date --------------------------------------------------------

_WORDS: Final = r"(?P<words>[А-Яа-яЁё]+(?: [А-Яа-яЁё]+){0,7})"
_NUMBER: Final = r"№ ?(?P<number>(?:\d{1,4}|\d{1,3}[-/]\d{1,4})(?:-?[А-Яа-яЁё]{1,3}|/[А-Яа-яЁё]{1,2})?)"
_DATE: Final = r"от (?P<day>(?P<d>\d\d)\.(?P<m>\d\d)\.(?P<y>(?:199|20\d)\d))(?: ?г\.?| года)?"
_NUMBERED: Final = at_first_use(f"{_WORDS} {_NUMBER} {_DATE}", re.ASCII)
_OF_A_DAY: Final = at_first_use(f"{_WORDS} {_DATE} {_NUMBER}", re.ASCII)
_FIGURES: Final = str.maketrans("234567890", "111111111")
_A_DAY: Final = date(2020, 1, 1)
_THAT_DAY: Final = f"{_A_DAY:%d.%m.%Y}"


def _paper(text: str, read: Read) -> Evidence | None:
    """Documents that differ in figures only are read alike: the first of a kind tells."""
    said = _NUMBERED.fullmatch(text) or _OF_A_DAY.fullmatch(text)
    if said is None:
        return None
    words, written, begun = said["words"], said["number"], said.end("words") + 1
    first, last = said.span("number")
    number = written.translate(_FIGURES)
    alike = f"{text[begun:first]}{number}{text[last:]}".replace(said["day"], _THAT_DAY)
    pattern = _read_once(words, alike, number, read)
    try:
        day = date(int(said["y"]), int(said["m"]), int(said["d"]))
    except ValueError:
        return None
    if pattern is None:
        return None
    told, name, kind = pattern
    item = EvidenceItem(kind, name + text[begun:], written, day)
    return Evidence(told.kinds, told.sufficient, (item,))


@lru_cache(maxsize=4096)
def _read_once(words: str, ending: str, number: str, read: Read) -> tuple[Evidence, str, str] | None:
    """How a document with such words, such a number and the day in the ``ending`` is read, the words of
    its name, its kind."""
    told = read(f"{words} {ending}")
    if len(told.items) != 1 or told.doubts:
        return None
    only = told.items[0]
    if (only.number, only.date, only.link) != (number, _A_DAY, None) or not only.text.endswith(ending):
        return None
    return told, only.text.removesuffix(ending), only.kind


# --- plain words --------------------------------------------------------------------------------

_TYPED: Final = "cp1251"
"""The letters and signs of plain words have one byte each there, so that a table tells them apart."""

_LETTERS: Final = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁабвгдежзийклмнопрстуфхцчшщъыьэюяё"
_SIGNS: Final = f'{_LETTERS}0123456789 .,:;!?()%«»"–—-'.encode(_TYPED)
_SHAPES: Final = bytes.maketrans(f"{_LETTERS}123456789".encode(_TYPED), b"a" * len(_LETTERS) + b"0" * 9)
"""Every letter as «a», every figure as «0»."""

_LOWER: Final = bytes(
    ord(" ")
    if sign not in _LETTERS.encode(_TYPED)
    else ord(bytes([sign]).decode(_TYPED).lower().encode(_TYPED))
    for sign in range(256)
)
_BEGINNINGS: Final = frozenset(" 0-–—".encode(_TYPED))
_DASH: Final = "–".encode(_TYPED)
_MENDED: Final = at_first_use(r"[0-9](?:,[ ]?[0-9]{1,2},|–[0-9]+–)|[ОоЗ]\.[0-9]")
"""What may be a date that a scanner or quick fingers spoilt."""

_HEAD: Final = 4
_VOCABULARY: Final = 32_768


def _several(words: str) -> tuple[bytes, ...]:
    return tuple(words.encode(_TYPED).split())


_STEMS: Final = _several(
    "приказ распоряжени постановлени протокол справк аттестат свидетельств сертификат удостоверени диплом"
    " грамот благодарност лицензи соглашени договор контракт журнал письм отчет отчёт план график программ"
    " положени переч спис реестр рекомендаци публикаци стать сборник памятк заявк заявлени сайт соцсет"
    " вконтакте контакте телеграм одноклассник фото скриншот видео действител номер"
)
"""How the words begin by which a document, a place on the web or a stamp is known."""

_WHOLE: Final = frozenset(
    _several("пр прик расп распор пост прот спр св удост дог исх вх вк фз акт акта акты актов актом акту")
)
_PAIRED: Final = _several("аналит книг лист дорожн банк баз служебн докладн страниц социальн")
_SECOND: Final = _several(
    "справк записк отчет отчёт инструктаж учет учёт регистраци приказ ознакомлени карт данных школы сет"
)
"""«Книга» is no document, «книга приказов» is."""

_NOT: Final = "не".encode(_TYPED)
_FEWER: Final = frozenset(_several("менее меньше ниже реже"))
_NOT_PLANS: Final = _several("планиру планово плановы плановая планшет планет планк")


def _heads() -> Iterator[bytes]:
    """How any of these words begins, as far as heads are compared."""
    yield from (whole[:_HEAD] for whole in (*_WHOLE, *_FEWER))
    for stem in (*_STEMS, *_PAIRED):
        yield stem[:_HEAD]
        if len(stem) < _HEAD:
            yield from (stem + bytes([letter]) for letter in _LETTERS.lower().encode(_TYPED))


_HEADS: Final = frozenset(_heads())
_MENDING: Final = _several("номер действител")
_LAW: Final = "фз".encode(_TYPED)
_GLUED: Final = "от«"
_DAY: Final = at_first_use(r"[0-9](?<![0-9.][0-9])[0-9]?\.[0-9]{2}(?![0-9.])")
_NOTHING: Final = Evidence((), Sufficiency.NO)
_DATED: Final = Evidence(("date",), Sufficiency.NO)


def _words(text: str, read_clean: Read | None) -> Evidence | None:
    """Words that name no document and no address: at most a day. Others ``read_clean`` reads, where they
    need no mending."""
    try:
        typed = text.encode(_TYPED)
    except UnicodeEncodeError:
        return None
    calm = _calm_words(typed)
    if calm is not None:
        return calm
    shape = typed.translate(_SHAPES)
    if not shape or typed.translate(None, _SIGNS) or _is_unusual(text, shape):
        return None
    words = typed.translate(_LOWER).split()
    if _name_something(words):
        is_clean = read_clean and not (_GLUED in text or any(map(_is_mended, words)))
        return read_clean(text) if read_clean and is_clean else None
    return _DATED if b"0" in shape and _has_day(text, shape) else _NOTHING


def _is_unusual(text: str, shape: bytes) -> bool:
    if shape[0] in _BEGINNINGS or shape.endswith(b" ") or b"  " in shape or b".a" in shape:
        return True
    if b"0" not in shape:
        return False
    if b"0a" in shape or b"a0" in shape or b"0-a" in shape:
        return True
    may_be_mended = b"0,0" in shape or b"0, 0" in shape or b"a.0" in shape or shape.count(_DASH) > 1
    return may_be_mended and _MENDED.search(text) is not None


def _is_mended(word: bytes) -> bool:
    return word == _LAW or word.startswith(_MENDING)


def _is_telling(word: bytes) -> bool:
    """Whether a word names something, alone or beside others."""
    if word[:_HEAD] not in _HEADS:
        return False
    if word in _WHOLE or word in _FEWER or word.startswith(_PAIRED):
        return True
    return word.startswith(_STEMS) and not word.startswith(_NOT_PLANS)


def _name_something(words: Sequence[bytes]) -> bool:
    for at, word in enumerate(words):
        if word[:_HEAD] not in _HEADS:
            continue
        if word in _WHOLE or (word.startswith(_STEMS) and not word.startswith(_NOT_PLANS)):
            return True
        if word.startswith(_PAIRED) and at + 1 < len(words) and words[at + 1].startswith(_SECOND):
            return True
        if word in _FEWER and _NOT in words:
            return True
    return False


def _has_day(text: str, shape: bytes) -> bool:
    return (b"0.0" in shape and _DAY.search(text) is not None) or names_a_day(text)


# --- words met before ---------------------------------------------------------------------------

_PIECES: Final = bytes(
    low if sign in _LETTERS.encode(_TYPED) else ord("0") if sign in b"0123456789" else sign
    for sign, low in enumerate(_LOWER)
)
"""Letters small, every figure as «0»."""

_PLAIN: Final = at_first_use(
    "|".join(
        (
            r'[«("]{0,2}a+(?:-a+)*[»)"]{0,2}[.,:;!?]{0,2}',
            r"[–—]",
            r"%\)?[.,;]?",
            r"\(?0+(?:[–:]0+)?%?[»)]?[,:;]?",
            r"0+(?::0+)?\)?\.",
            r"\(?00?\.00\)?[.,:;]?",
        )
    ).encode(_TYPED)
)
"""Shapes of pieces between spaces that need no mending and are no part of a date, by themselves."""

_JOINING: Final = at_first_use("0[.,»] 0".encode(_TYPED))
"""Pieces that may be a date together, or be mended to one; the others are figures before a month."""
_NAMES_OF_MONTHS: Final = "|".join(MONTHS)
_MONTH: Final = at_first_use(f"(?:го)?(?:{_NAMES_OF_MONTHS})".encode(_TYPED))
_DAY_OF_MONTH: Final = at_first_use(f'0 ?(?:го)? ?[»"]? ?(?:{_NAMES_OF_MONTHS})'.encode(_TYPED))

_LETTER: Final = b"[" + _LETTERS.lower().encode(_TYPED) + b"]"
_PAIR: Final = at_first_use(
    rb"(?<!%(a)b)(?:%(one)b)%(a)b*(?:(?!%(a)b).)+(?:%(two)b)"
    % {b"a": _LETTER, b"one": b"|".join(_PAIRED), b"two": b"|".join(_SECOND)},
    re.DOTALL,
)

_IS_DAY: Final = 1
_IS_MONTH: Final = 2
_IS_PAIRED: Final = 4
_IS_ODD: Final = 8

_calm: set[bytes] = set()
"""Pieces met before that name nothing: answers are written in the same words, figures aside."""
_others: dict[bytes, int] = {}
"""What the others are."""


def _calm_words(typed: bytes) -> Evidence | None:
    """What words offer of which none names anything, whatever stands beside it."""
    said, met = typed.translate(_PIECES), 0
    for piece in said.split(b" "):
        if piece not in _calm:
            met |= _others.get(piece) or _sorted_out(piece)
    if met & _IS_ODD or said[0] in _BEGINNINGS or _JOINING.search(said):
        return None
    if met & _IS_MONTH and _DAY_OF_MONTH.search(said):
        return None
    if met & _IS_PAIRED and _PAIR.search(said):
        return None
    return _DATED if met & _IS_DAY else _NOTHING


def _sorted_out(piece: bytes) -> int:
    """What a piece that was not met before is; nothing where it is calm."""
    if len(_calm) + len(_others) > _VOCABULARY:
        _calm.clear()
        _others.clear()
    found = _kind_of(piece)
    if found:
        _others[piece] = found
    else:
        _calm.add(piece)
    return found


def _kind_of(piece: bytes) -> int:
    if not _PLAIN.fullmatch(piece.translate(_SHAPES)):
        return _IS_ODD
    words = piece.translate(_LOWER).split()
    telling = [word for word in words if _is_telling(word)]
    if any(not word.startswith(_PAIRED) or word.startswith(_STEMS) for word in telling):
        return _IS_ODD
    found = _IS_PAIRED if telling else 0
    found |= _IS_MONTH if any(map(_MONTH.match, words)) else 0
    return found | (_IS_DAY if _DAY.search(piece.decode(_TYPED)) else 0)


def read_usual(text: str, read: Read, read_clean: Read | None = None) -> Evidence | None:
    """What a text of a usual shape offers; ``None`` for the rest.

    ``read`` is the whole grammar, ``read_clean`` the same for words without damage and addresses.
    """
    if text.startswith("http"):
        return _address(text)
    if "№" in text:
        return _paper(text, read)
    return _words(text, read_clean)
