"""Blocks of one body, one after another: what all of them come to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct, field

from sheetsync.patterns import at_first_use
from sheetsync.workbooks.row_blocks import NOTHING, Block, Piece, packed_bytes, unpacked

_LINK: Final = at_first_use(rb"<hyperlink [^>]*/>")
_ID: Final = at_first_use(rb' r:id="([^"]*)"')
_RELATION: Final = at_first_use(rb'<Relationship Id="([^"]*)"[^>]*/>')


class BlockSeries(Struct):
    """What a series of blocks holds, but its rows."""

    row_count: int = 0
    links: list[Piece] = field(default_factory=list)
    relations: list[Piece] = field(default_factory=list)
    links_left: int = 0
    notes: list[tuple[int, int, str]] = field(default_factory=list)
    has_formulas: bool = False


def gathered(blocks: Iterable[Block], first_row: int, link_room: int) -> BlockSeries:
    """Go through the blocks; ``ValueError`` when one does not begin where the one before it ends."""
    found = BlockSeries()
    for block in blocks:
        if block.first_row != first_row + found.row_count:
            raise ValueError(f"rows {block.first_row} follow {first_row + found.row_count - 1}")
        found.row_count += block.row_count
        found.has_formulas |= block.has_formulas
        found.notes += block.notes
        kept = block if block.link_count <= link_room else _with_links(block, link_room)
        link_room -= kept.link_count
        found.links_left += block.link_count - kept.link_count
        found.links += [kept.links] if kept.link_count else []
        found.relations += [kept.relations] if kept.relations.size else []
    return found


def _with_links(block: Block, count: int) -> Block:
    """The block with its first links only."""
    links = _LINK.findall(unpacked(block.links))[:count]
    ids = {one for link in links for one in _ID.findall(link)}
    relations = (one[0] for one in _RELATION.finditer(unpacked(block.relations)) if one[1] in ids)
    return block._replace(
        links=packed_bytes(b"".join(links)) if links else NOTHING,
        relations=packed_bytes(b"".join(relations)),
        link_count=len(links),
    )
