"""Traces of other formats inside a cell: HTML tags of a scanner, Markdown stars, entities.

They are dress, not text. Only tags a scanner writes are taken off: «<5 %» stays.
"""

from __future__ import annotations

import html
import re
from typing import Final

_INLINE: Final = re.compile(r"</?(?:b|i|u|s|strong|em|span|font|sup|sub|mark)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK: Final = re.compile(
    r"</?(?:p|br|hr|div|ol|ul|li|table|tbody|thead|tr|td|th|h[1-6]|img|center)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_STARS: Final = re.compile(r"\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)")
_HEADING: Final = re.compile(r"^\s*#{1,6}\s+")
_SOFT_HYPHEN: Final = re.compile("\u00ad(?!\\s*(?:\\n|$))")
_TRAILING_SPACE: Final = re.compile(r"[^\S\n]+")


def undressed(text: str) -> str:
    """The text without tags, entities and stars; line breaks inside a cell are kept."""
    text = _BLOCK.sub("\n", _INLINE.sub("", text))
    text = _SOFT_HYPHEN.sub("", html.unescape(text))
    text = _STARS.sub("", _HEADING.sub("", text))
    lines = (_TRAILING_SPACE.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(filter(None, lines))
