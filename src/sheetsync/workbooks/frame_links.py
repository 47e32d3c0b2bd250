"""Hyperlinks of a long body cut out of a sheet part as text, and their relations: they are very many."""

from __future__ import annotations

import re
from typing import Final

from sheetsync.grid import Area, area
from sheetsync.patterns import at_first_use

_LINKS: Final = at_first_use(rb"<hyperlinks>(.*?)</hyperlinks>", re.DOTALL)
_LINK: Final = at_first_use(rb'<hyperlink ref="([A-Z]+\d+)"([^>]*)/>')
_ID: Final = at_first_use(rb'\b[A-Za-z]+:id="([^"]*)"')
_RELATION: Final = at_first_use(rb"<Relationship [^>]*>")
_RELATION_ID: Final = at_first_use(rb'\bId="([^"]*)"')


def cut_links(tail: bytes, body: Area) -> tuple[bytes, frozenset[bytes]]:
    """What follows the rows without the links of single body cells, and the relations only these used.

    Links written in another way stay: whoever reads the part finds them there.
    """
    found = _LINKS.search(tail)
    if found is None:
        return tail, frozenset()
    links = list(_LINK.finditer(found[1]))
    kept = [one for one in links if not _is_inside(one[1], body)]
    if len(links) != found[1].count(b"<hyperlink ") or len(kept) == len(links):
        return tail, frozenset()
    used = {target for one in kept for target in _ID.findall(one[2])}
    gone = {target for one in links for target in _ID.findall(one[2])} - used
    inner = b"".join(one[0] for one in kept)
    holder = b"<hyperlinks>" + inner + b"</hyperlinks>" if inner else b""
    return tail[: found.start()] + holder + tail[found.end() :], frozenset(gone)


def cut_relations(part: bytes, gone: frozenset[bytes]) -> bytes:
    """A part of relations without some of them."""

    def kept(found: re.Match[bytes]) -> bytes:
        told = _RELATION_ID.search(found[0])
        return b"" if told and told[1] in gone and found[0].endswith(b"/>") else found[0]

    return _RELATION.sub(kept, part)


def _is_inside(reference: bytes, body: Area) -> bool:
    one = area(reference.decode())
    return (one.top, one.left) in body
