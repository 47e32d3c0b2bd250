"""Texts as they are compared, never as they are stored.

Scans, Word and Excel write the same words with different spaces, dashes, quotes and ё. What a
user typed is kept byte for byte elsewhere; these functions only help to see that two texts agree.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from encodings.cp1251 import decoding_table, encoding_table
from functools import lru_cache
from typing import Final
from unicodedata import category

from sheetsync.patterns import at_first_use

_SPACES: Final = at_first_use(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff\u00ad]+")
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_QUOTES: Final = str.maketrans(dict.fromkeys("«»„“”‟\"'‘’`", '"'))
_LATIN_LOOKALIKES: Final = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")
_UNSEEN: Final = frozenset({"Cc", "Cs", "Cn"})
_BAR: Final = "|"
_BETWEEN: Final = f" {_BAR} "
_REMEMBERED: Final = 2_048
"""Short texts whose comparable form is kept: copies repeat statuses, headers, kinds of documents."""

_SHORT: Final = 48
"""Letters of a text that others are likely to repeat; long ones each school words in its own way."""

_NOT_WORD: Final = at_first_use(r"[^0-9a-zа-я]+")
_TOKEN: Final = at_first_use(r"[a-zа-я]+|[0-9]+")
_NUMBER_SIGN: Final = "n"


def squeeze(text: str) -> str:
    """One space between words, none at the ends; every Unicode space counts, soft hyphens go."""
    if not text.isascii():
        if text.isprintable() and "  " not in text:  # of all spaces and soft hyphens, single plain spaces
            return text.strip()
        if "\u00ad" in text:
            text = text.replace("\u00ad", "")
        if "\u200b" in text or "\ufeff" in text:  # spaces that ``str.split`` takes for letters
            return _SPACES.sub(" ", text).strip()
    return " ".join(text.split())


def plain(text: str) -> str:
    """Squeezed, lower case, ё as е, one kind of dash and of quotation mark."""
    return _plain_short(text) if len(text) <= _SHORT else _plain(text)


def skeleton(text: str) -> str:
    """Letters and digits only, lower case, Latin look-alikes as Cyrillic: for equality tests."""
    return _skeleton_short(text) if len(text) <= _SHORT else _skeleton(text)


def _in_bytes(text: str) -> bytes:
    """The text in Windows-1251, without the way through the registry of codecs."""
    return codecs.charmap_encode(text, "strict", encoding_table)[0]


def _in_letters(typed: bytes) -> str:
    return codecs.charmap_decode(typed, "strict", decoding_table)[0]


def _plain(text: str) -> str:
    """The letters Russian offices type have one byte each in Windows-1251, where a table does it all."""
    try:
        typed = _in_bytes(text)
    except UnicodeEncodeError:
        return _plain_of_any(text)
    if _GROWING.search(typed):
        return _plain_of_any(text)
    return _in_letters(b" ".join(typed.translate(_PLAIN_SIGNS, b"\xad").split()))


def _skeleton(text: str) -> str:
    try:
        typed = _in_bytes(text)
    except UnicodeEncodeError:
        return _skeleton_of_any(text)
    if b"\x99" in typed:
        return _skeleton_of_any(text)
    return _in_letters(typed.translate(_BONES, _FLESH))


def has_small_bones(text: str) -> bool:
    """Whether a skeleton can have no more letters than the text: no sign of it becomes several."""
    if text.isascii():
        return True
    try:
        return b"\x99" not in _in_bytes(text)
    except UnicodeEncodeError:
        return False


def skeletons(text: str, parting: re.Pattern[bytes]) -> tuple[str, ...] | None:
    """The skeletons of the parts of a text; ``None`` unless every letter has one byte in Windows-1251.

    ``parting`` tells the parts in those bytes, by signs that a skeleton has not.
    """
    try:
        typed = _in_bytes(text)
    except UnicodeEncodeError:
        return None
    if b"\x99" in typed or _PART in typed:
        return None
    apart = parting.sub(_PART, typed).translate(_BONES_APART, _FLESH_APART)
    return tuple(_in_letters(apart).split(_PART.decode()))


_plain_short = lru_cache(maxsize=_REMEMBERED)(_plain)
_skeleton_short = lru_cache(maxsize=_REMEMBERED)(_skeleton)


def _plain_of_any(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.replace("№", "n"))
    return squeeze(text).lower().replace("ё", "е").translate(_DASHES).translate(_QUOTES)


def _skeleton_of_any(text: str) -> str:
    return _NOT_WORD.sub("", _plain_of_any(text.translate(_LATIN_LOOKALIKES)))


_RUSSIAN: Final = "cp1251"
_GROWING: Final = at_first_use(rb"[\x85\x99\xb5]")
"""«…» and «™» become several letters, «µ» one that Windows-1251 has not."""

_SIGNS: Final = [bytes([code]).decode(_RUSSIAN, "replace") for code in range(256)]
_PLAIN_SIGNS: Final = "".join(sign if len(sign) == 1 else " " for sign in map(_plain_of_any, _SIGNS)).encode(
    _RUSSIAN, "replace"
)
_BONES: Final = "".join(bone if len(bone) == 1 else " " for bone in map(_skeleton_of_any, _SIGNS)).encode(
    _RUSSIAN
)
_FLESH: Final = bytes(code for code, sign in enumerate(_SIGNS) if not _skeleton_of_any(sign))
"""Signs a skeleton has not."""

_PART: Final = b"\x1f"
_BONES_APART: Final = _BONES[: _PART[0]] + _PART + _BONES[_PART[0] + 1 :]
_FLESH_APART: Final = bytes(code for code in _FLESH if code != _PART[0])
"""The same with a sign that parts texts."""


def joined(texts: Iterable[str]) -> str | None:
    """Several texts as one; ``None`` when ``parted`` could not tell them apart again.

    >>> joined(["1", "Иванова", "да"])
    '1 | Иванова | да'
    """
    several = list(texts)
    return None if any(_BAR in text for text in several) else _BETWEEN.join(several)


def parted(text: str) -> list[str]:
    """The texts that were ``joined``."""
    return text.split(_BETWEEN)


def visible(text: str) -> str:
    """The text for a document or a terminal: a sign neither can show, a command or half of a
    character, is «�»."""
    if text.isprintable():
        return text
    return "".join("�" if category(sign) in _UNSEEN and sign not in "\t\n" else sign for sign in text)


def words(text: str) -> list[str]:
    """The words of a text, plain, in order."""
    return [word for word in _NOT_WORD.split(plain(text)) if word]


def tokens(text: str) -> list[str]:
    """Words and numbers of a text apart, in order, however they are joined.

    >>> tokens("Приказ_№045-од")
    ['приказ', '45', 'од']
    """
    found = _TOKEN.findall(plain(text))
    return [one.lstrip("0") or "0" if one.isdigit() else one for one in found if one != _NUMBER_SIGN]


def name_and_suffix(path: str) -> tuple[str, str]:
    """The name of a file without its folders, and its extension in small letters.

    >>> name_and_suffix("сканы/Приказ 2.1.PDF")
    ('Приказ 2.1', 'pdf')
    """
    name = path.replace("\\", "/").rpartition("/")[2]
    stem, _, suffix = name.rpartition(".")
    return (stem, suffix.lower()) if stem else (name, "")
