"""Language of everything a user reads: Russian is the source text, other languages are catalogues.

The Russian sentence is its own message identifier (gettext); ``locale/<lang>/LC_MESSAGES`` holds
the translations. Code that decides never writes a sentence: it names a finding, a doubt or one of
the messages declared beside the edge that prints it, and the edge calls ``tr``.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

DOMAIN: Final = "sheetsync"
SOURCE_LANGUAGE: Final = "ru"
LANGUAGES: Final = ("ru", "en")
LANGUAGE_VARIABLE: Final = "SHEETSYNC_LANG"

CLICK_DOMAIN: Final = "messages"
"""Where the command-line library looks for its own words."""

CATALOGUES: Final = Path(__file__).parent / "locale"

# Texts: Python makes patterns of them for a language other than that of the sentences.
_QUOTATION: Final = r"«\{(\w+)\}»"
_DETAIL: Final = r"(?s)(?<=«).*(?=»)|\$?\b[A-Z]{0,3}\$?\d+\b"
"""What words of the program may carry inside: a quoted name, a number, the address of a cell."""

_BETWEEN: Final = r"(, | — )"

_T = TypeVar("_T")
_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


def use_language(language: str) -> None:
    """Choose the language of messages from here on; an unknown one falls back to Russian."""
    _language.set(language if language in LANGUAGES else SOURCE_LANGUAGE)


def language() -> str:
    """The language sentences are said in."""
    return _language.get()


def is_source_language() -> bool:
    """Whether sentences are said as they are written."""
    return _language.get() == SOURCE_LANGUAGE


def tr(text: str) -> str:
    """The sentence in the current language, or the Russian sentence itself."""
    language = _language.get()
    return text if language == SOURCE_LANGUAGE else _catalogue(language).gettext(text)


def in_any_language(say: Callable[[], _T]) -> Iterator[_T]:
    """What ``say`` gives in the current language, then in every other."""
    yield say()
    current = _language.get()
    for language in LANGUAGES:
        if language != current:
            use_language(language)
            try:
                said = say()
            finally:
                use_language(current)
            yield said


def filled(sentence: str, params: Iterable[tuple[str, str]]) -> str:
    """The sentence in the current language with its parameters in place.

    A parameter the sentence quotes («{value}») is somebody's own text and stays as it is; any
    other may be words of the program and is translated where the catalogue knows them.
    """
    if _language.get() == SOURCE_LANGUAGE:
        return sentence.format(**dict(params))
    quoted = set(re.findall(_QUOTATION, sentence))
    told = {name: value if name in quoted else _words(value) for name, value in params}
    return tr(sentence).format(**told)


def _words(value: str) -> str:
    """Words whole, with details inside («часть «a.xml» записана с ошибкой»), or listed."""
    details = re.findall(_DETAIL, value)
    template = re.sub(_DETAIL, "{}", value)
    said = tr(template)
    if said != template:
        return said.format(*details) if details else said
    if value.startswith("«"):
        return value
    return "".join(tr(piece) for piece in re.split(_BETWEEN, value))


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, [language], fallback=True)
