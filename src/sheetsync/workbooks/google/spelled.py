"""Links that only repeat what a text says: Google makes them of every address it meets."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

_SCHEME: Final = re.compile(r"mailto:|https?://", re.IGNORECASE)


def is_spelled(link: str, text: str) -> bool:
    """Whether a text says the address itself: of «сайт rcro.ru» Google makes «http://rcro.ru»."""
    link = unquote(link)
    begun = _SCHEME.match(link)
    bare = link[begun.end() if begun else 0 :].rstrip("/")
    return bare.lower() in unquote(text).lower()
