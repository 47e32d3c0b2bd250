"""Hyperlinks of rows that come as bytes: their elements in the sheet part, and their relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import repeat
from typing import Final

from sheetsync.workbooks.links_xml import are_usual, split_link
from sheetsync.workbooks.ooxml import attribute

RowLink = tuple[int, str, str]
"""A hyperlink: its row, counted from the first of the block, its element and its relation as XML."""


def links_of(letters: str, links: Mapping[int, str], first_row: int, kind: str) -> Iterable[RowLink]:
    """The hyperlinks of one column by row; an address no program would open has none.

    ``kind`` is the type their relations have. Raises ``ValueError`` for what is no link.
    """
    numbers = [str(first_row + step) for step in links]
    if not are_usual(links.values()):
        cells = [f"{letters}{one}" for one in numbers]
        written = (_link(cell, link, kind) for cell, link in zip(cells, links.values(), strict=True))
        return [(step, *one) for step, one in zip(links, written, strict=True) if one]
    around = f'<hyperlink ref="{letters}', f'" r:id="link{letters}', '"/>'
    opening, middle = f'<Relationship Id="link{letters}', f'" Type="{kind}" Target="'
    told = zip(repeat(opening), numbers, repeat(middle), links.values(), repeat('" TargetMode="External"/>'))
    return zip(links, map(str.join, numbers, repeat(around)), map("".join, told), strict=False)


def _link(cell: str, link: str, kind: str) -> tuple[str, str] | None:
    """A hyperlink as an element and a relation; None for an address no program would open."""
    parts = split_link(link)
    if parts is None:
        return None
    address, place = parts
    location = f' location="{_location(place)}"' if place else ""
    target = f' r:id="link{cell}"' if address else ""
    relation = _relation(cell, attribute(address), kind) if address else ""
    return f'<hyperlink ref="{cell}"{target}{location}/>', relation


def _relation(cell: str, address: str, kind: str) -> str:
    return f'<Relationship Id="link{cell}" Type="{kind}" Target="{address}" TargetMode="External"/>'


def _location(place: str) -> str:
    """A place of the workbook as an attribute; thousands of cells lead to one sheet."""
    sheet, mark, cell = place.rpartition("!")
    return f"{_attribute(sheet)}!{cell}" if mark and cell.isascii() and cell.isalnum() else attribute(place)


_attribute: Final = lru_cache(maxsize=64)(attribute)
