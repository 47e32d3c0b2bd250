"""Hyperlinks of a worksheet that are written as Excel, LibreOffice, openpyxl and others do."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, repeat
from typing import Any, Final, NamedTuple

from sheetsync.grid import position
from sheetsync.intake.plain_xml import REFERENCE, even_columns, spoken
from sheetsync.patterns import at_first_use

_HYPERLINK: Final = at_first_use(
    r'<hyperlink(?: xmlns:(r)="https?://[^"<&\s]+/relationships")?'
    rf' ref="({REFERENCE})"(?: r:id="([^"<&\s]+)")?(?: location="([^"<]*)")?'
    r'(?: tooltip="([^"<]*)")?(?: display="([^"<]*)")?(?: (xr):uid="[^"<&]*")?/>'
)
_LINK_GROUPS: Final = _HYPERLINK.groups + 1
_REFERENCE: Final = at_first_use(REFERENCE)
_REMEMBERED_PLACES: Final = 1 << 12
"""Copies of one form have their links in the same few hundred cells."""
_LINKS_OPEN, _LINKS_CLOSE = "<hyperlinks>", "</hyperlinks>"

Place = tuple[int, int]
"""Row and column of a cell."""
Link = tuple[Place, str, str]
"""Of a hyperlink its cell, its relation and its place inside a book; '' for what it has not."""


class PlainLinks(NamedTuple):
    """Hyperlinks, and whether the prefixes of relations and of revisions are taken from around them."""

    places: tuple[Link, ...]
    needs_relations: bool
    needs_revisions: bool


NO_LINKS: Final = PlainLinks((), needs_relations=False, needs_revisions=False)


def without_links(outside: str) -> tuple[str, PlainLinks]:
    """The frame without its hyperlinks where all of them are plain; they cut at their parts."""
    start, end = outside.find(_LINKS_OPEN) + len(_LINKS_OPEN), outside.rfind(_LINKS_CLOSE)
    if not len(_LINKS_OPEN) <= start <= end:
        return outside, NO_LINKS
    if _LINKS_CLOSE in outside[:start] or _LINKS_OPEN in outside[end:]:
        return outside, NO_LINKS
    listed = outside[start:end]
    if "\n" in listed or "\t" in listed:  # in an attribute they mean a blank
        return outside, NO_LINKS
    links = even_links(listed) or uneven_links(listed)
    return (outside[:start] + outside[end:], links) if links else (outside, NO_LINKS)


def even_links(listed: str) -> PlainLinks | None:
    """The usual case: each leads from one cell out of the book."""
    columns = even_columns(listed, "hyperlink", ("ref", "r:id", "xr:uid"))
    if columns is None:
        columns = even_columns(listed, "hyperlink", ("ref", "r:id"))
    if columns is None:
        return None
    at, relations, *others = columns
    places = list(map(_place, at))
    if "&" in listed or listed.count("<") > len(at) or None in places:
        return None
    if "" in relations or "".join(relations).split() != ["".join(relations)]:
        return None
    links: Any = tuple(zip(places, relations, repeat("")))
    return PlainLinks(links, needs_relations=True, needs_revisions=bool(others))


@lru_cache(maxsize=_REMEMBERED_PLACES)
def _place(reference: str) -> Place | None:
    return position(reference) if _REFERENCE.fullmatch(reference) else None


def uneven_links(listed: str) -> PlainLinks | None:
    """Links of any kind, in any cells; None where one of them is not plain."""
    found = _HYPERLINK.split(listed)
    if any(found[::_LINK_GROUPS]):
        return None
    own, at, relations, inside, tips, shown, revised = (found[one::_LINK_GROUPS] for one in range(1, 8))
    for raw in filter(None, chain(tips, shown)):
        spoken(raw)
    places = tuple(
        (position(one), relation or "", spoken(place) if place else "")
        for one, relation, place in zip(at, relations, inside, strict=True)
    )
    needs = any(relation and not prefix for prefix, relation in zip(own, relations, strict=True))
    return PlainLinks(places, needs_relations=needs, needs_revisions=any(revised))
