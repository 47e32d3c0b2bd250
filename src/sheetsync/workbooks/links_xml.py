"""Hyperlinks of one sheet: kept in the sheet part, external addresses in its relations."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Final
from urllib.parse import quote, urlsplit

from sheetsync.grid import SHEET_LINKS, Area, a1, area
from sheetsync.patterns import at_first_use
from sheetsync.workbooks.ooxml import (
    WORKSHEET_ORDER,
    Element,
    append,
    child,
    children,
    placed,
    relation_id,
    set_relation_id,
)
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.port import FILE_LINK

_HYPERLINK: Final = "hyperlink"
_MAX_ADDRESS: Final = 2_079
MAX_LINKS: Final = SHEET_LINKS

_MAX_CELLS: Final = 10_000
_USUAL: Final = at_first_use(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w!$%&'()*+,./:;=?@~|-]*)?", re.ASCII)
"""An address that is stored as it is; most are such."""

_ALL_USUAL: Final = at_first_use(rf"(?:{_USUAL.pattern}\n)*", re.ASCII)

_KEPT: Final = "!#$%&'()*+,-./:;=?@_~|"


class Links:
    """The hyperlinks of one sheet."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._root = package.tree(part)

    def read(self) -> dict[tuple[int, int], tuple[str, ...]]:
        """Targets by cell: addresses as stored, places of this workbook as «#Лист!A1»."""
        targets = {one.id: one.target for one in self._package.relations(self._part)}
        found: dict[tuple[int, int], tuple[str, ...]] = {}
        for link in self.elements():
            address = targets.get(relation_id(link) or "", "")
            location = link.get("location")
            shown = f"{address}#{location}" if location else address
            for place in _places(area(link.get("ref"))):
                found[place] = (*found.get(place, ()), shown)
        return found

    def drop(self, owned: Callable[[int, int], bool]) -> None:
        """Remove links that begin in our own cells."""
        self._remove([one for one in self.elements() if owned(*_places(area(one.get("ref")))[0])])

    def move(self, pieces: Callable[[Area], list[Area]], place: Callable[[str], str]) -> None:
        """Move links with their cells, and what they point to inside the workbook."""
        gone = []
        for link in self.elements():
            if link.get("location") and not relation_id(link):
                link.set("location", place(link.get("location")))
            moved = pieces(area(link.get("ref")))
            if not moved:
                gone.append(link)
            for more in moved[1:]:
                twin = copy.deepcopy(link)
                twin.set("ref", more.ref)
                link.addnext(twin)
            if moved:
                link.set("ref", moved[0].ref)
        self._remove(gone)

    def add(self, links: Iterable[tuple[int, int, str]]) -> None:
        """Add links: (row, column, address or «#place»), as many as a sheet may hold."""
        found = ((a1(row, column), split_link(link)) for row, column, link in links)
        room = max(MAX_LINKS - len(self.elements()), 0)
        asked = list(islice(((ref, *parts) for ref, parts in found if parts), room))
        if not asked:
            return
        holder = placed(self._package.edit(self._part), "hyperlinks", WORKSHEET_ORDER)
        addresses = [address for _, address, _ in asked if address]
        ids = iter(
            self._package.relate_all(self._part, _HYPERLINK, addresses, external=True) if addresses else ()
        )
        for ref, address, location in asked:
            link = append(holder, "hyperlink", ref=ref)
            if address:
                set_relation_id(link, next(ids))
            if location:
                link.set("location", location)

    def elements(self) -> list[Element]:
        """The hyperlinks as XML."""
        return children(child(self._root, "hyperlinks"), "hyperlink")

    def _remove(self, gone: list[Element]) -> None:
        holder = child(self._root, "hyperlinks")
        if holder is None or not gone:
            return
        for one in gone:
            holder.remove(one)
        used = {relation_id(one) for one in holder}
        self._package.unrelate(self._part, {one_id for one in gone if (one_id := relation_id(one))} - used)
        if not len(holder):
            self._root.remove(holder)


def split_link(link: str) -> tuple[str, str] | None:
    """A link as Excel stores it: (address outside, place inside).

    None for a web address no program would open (no host, longer than Excel allows): its text
    stays in the cell all the same. ``ValueError`` for anything that is no web address.
    """
    if link.startswith("#"):
        return "", link[1:]
    if link.startswith(FILE_LINK):
        address, _, place = link.removeprefix(FILE_LINK).partition("#")
        return (address, place) if len(address) + len(place) < _MAX_ADDRESS else None
    if len(link) < _MAX_ADDRESS and _USUAL.fullmatch(link):
        return link, ""
    if not link.lower().startswith(("http://", "https://")):
        raise ValueError(f"only http(s) addresses and places of the workbook become links: {link[:60]!r}")
    address, _, place = link.partition("#")
    openable = _has_host(address)
    address, place = _quoted(address), _quoted(place)
    return (address, place) if openable and len(address) + len(place) < _MAX_ADDRESS else None


def are_usual(links: Collection[str]) -> bool:
    """Whether all are addresses that are stored as they are, in an attribute too."""
    joined = "\n".join((*links, ""))
    return (
        "&" not in joined
        and _ALL_USUAL.fullmatch(joined) is not None
        and max(map(len, links), default=0) < _MAX_ADDRESS
    )


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _quoted(address: str) -> str:
    """An address without the characters that make a relation invalid; letters of any language stay."""
    return "".join(
        one if one.isalnum() or one in _KEPT else quote(one, safe="", errors="replace") for one in address
    )


def _places(place: Area) -> list[tuple[int, int]]:
    """Cells of a link's area, within reason: the office may link a whole column."""
    cells = (
        (row, column)
        for row in range(place.top, place.bottom + 1)
        for column in range(place.left, place.right + 1)
    )
    return list(islice(cells, _MAX_CELLS))
