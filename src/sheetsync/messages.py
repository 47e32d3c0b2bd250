"""Language of everything a user reads: Russian is the source text, other languages are catalogues.

The Russian sentence is its own message identifier (gettext); ``locale/<lang>/LC_MESSAGES`` holds
the translations. Code that decides never writes a sentence: it names a finding, a doubt or one of
the messages declared beside the edge that prints it, and the edge calls ``tr``.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final

DOMAIN: Final = "sheetsync"
SOURCE_LANGUAGE: Final = "ru"
LANGUAGES: Final = ("ru", "en")
LANGUAGE_VARIABLE: Final = "SHEETSYNC_LANG"

_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


def use_language(language: str) -> None:
    """Choose the language of messages from here on; an unknown one falls back to Russian."""
    _language.set(language if language in LANGUAGES else SOURCE_LANGUAGE)


def tr(text: str) -> str:
    """The sentence in the current language, or the Russian sentence itself."""
    language = _language.get()
    return text if language == SOURCE_LANGUAGE else _catalogue(language).gettext(text)


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation(DOMAIN, folder, [language], fallback=True)
