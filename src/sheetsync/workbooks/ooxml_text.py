"""Text as OOXML stores it: what XML cannot carry stands as ``_xHHHH_``."""

from __future__ import annotations

import re
from typing import Final

from sheetsync.patterns import at_first_use

_ESCAPED: Final = at_first_use(
    "_x([dD][89abAB][0-9A-Fa-f]{2})__x([dD][c-fC-F][0-9A-Fa-f]{2})_|_x(?![dD][89a-fA-F])([0-9A-Fa-f]{4})_"
)
"""Two halves of one character, or a whole one; a half alone is no text and stays as it is written."""


def unescape(text: str) -> str:
    """Stored text as a person sees it."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    high, low, whole = found.groups()
    return chr(int(whole, 16)) if whole else bytes.fromhex(high + low).decode("utf-16-be")
