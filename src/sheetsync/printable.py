"""Words of others on a terminal: shown, never obeyed.

A file name or an answer may hold what a terminal takes for a command: colours, a new title, a link,
a change of direction that makes «exe.gnp» of a name. Such characters are shown as signs («␛», «\\u202e»).
"""

from __future__ import annotations

import re
from typing import Final

_COMMANDS: Final = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e"
    "\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
_PICTURES: Final = 0x2400
"""Where Unicode keeps the pictures of the first 32 characters."""


def printable(text: str) -> str:
    """The text with every character a terminal would obey shown as a sign."""
    if text.isprintable():  # most are, and need no pattern made
        return text
    return re.sub(_COMMANDS, _sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(_PICTURES + code) if code < ord(" ") else f"\\u{code:04x}"


def json_text(document: object) -> str:
    """The document as JSON: readable, the same when read back, and nothing in it for a terminal to obey."""
    import json  # noqa: PLC0415 - most commands print none

    written = json.dumps(document, ensure_ascii=False, indent=1)
    return re.sub(_COMMANDS, lambda found: f"\\u{ord(found[0]):04x}", written)
