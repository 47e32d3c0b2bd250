"""Notes as the census finds them without an element tree: what marks up their look is struck out, and what
is left has to be their text."""

from __future__ import annotations

from typing import Final

from sheetsync.patterns import at_first_use
from sheetsync.workbooks.census_plain import Odd, lines_of, meant, unescaped

Remark = tuple[str, int, str]
"""A note: its cell, which of the authors wrote it, what it says."""
_LIST, _LIST_END = "<commentList>", "</commentList>"
_NOTE, _NOTE_END, _TEXT_END = "<comment ", "</comment>", "</t>"
_ELSEWHERE: Final = at_first_use(r"comment[\s/>]")
_HEAD: Final = at_first_use(r'ref="([A-Z]{1,3}[1-9][0-9]*)" authorId="([0-9]+)"(?: [a-zA-Z:]+="[^"<>&]*")*')
_LOOK: Final = at_first_use(
    "<(?:/?(?:text|r|rPr)|(?:b|charset|color|family|i|rFont|scheme|strike|sz|u|vertAlign)(?: [^<>]*)?/)>"
)
_TEXT_STARTS: Final = ("<t>", '<t xml:space="preserve">')


def plain_remarks(part: bytes) -> tuple[list[Remark], bytes]:
    """The notes of a well-formed part, and the part without them. Raises ``Odd``."""
    whole = lines_of(part)
    before, _, rest = whole.partition(_LIST)
    listed, end, after = rest.rpartition(_LIST_END)
    first, *notes = listed.split(_NOTE)
    if not end or first or "<!" in whole or _ELSEWHERE.search(before + after):
        raise Odd
    return list(map(_remark, notes)), f"{before}{_LIST}{_LIST_END}{after}".encode()


def _remark(markup: str) -> Remark:
    head, _, rest = markup.partition(">")
    inside, end, after = rest.partition(_NOTE_END)
    said = _HEAD.fullmatch(head)
    if not said or not end or after:
        raise Odd
    *texts, last = _LOOK.sub("", inside).split(_TEXT_END)
    if last:
        raise Odd
    return said[1], int(said[2]), unescaped("".join(map(_said, texts)))


def _said(markup: str) -> str:
    """The text of a run, from where it begins."""
    for start in _TEXT_STARTS:
        if markup.startswith(start) and "<" not in markup[1:]:
            return meant(markup.removeprefix(start))
    raise Odd
