"""What a sheet with a long body was found to be, so that it is gone through once."""

from __future__ import annotations

from typing import NamedTuple

from sheetsync.grid import Area
from sheetsync.workbooks.frame_links import cut_links, cut_relations
from sheetsync.workbooks.package import Package, Stamp, relations_part
from sheetsync.workbooks.sheet_frame import (
    BodyLooks,
    frame_of,
    placeholder,
    with_relations_declared,
)


class KnownSheet(NamedTuple):
    """A sheet part as it was when it was last looked at.

    ``around`` is the part without the body, ``relations`` its relations without those of the body's
    links, None when these are none. It holds as long as the part and its relations have these stamps.
    """

    stamps: tuple[Stamp | None, Stamp | None]
    body: Area
    around: bytes
    relations: bytes | None
    looks: BodyLooks

    def holds(self, package: Package, part: str, body: Area) -> bool:
        """Whether it is still so."""
        return self.stamps[0] is not None and (self.stamps, self.body) == (stamps_of(package, part), body)


def stamps_of(package: Package, part: str) -> tuple[Stamp | None, Stamp | None]:
    """What tells a sheet part and its relations from any other."""
    return package.stamp(part), package.stamp(relations_part(part))


def look_at(package: Package, part: str, body: Area) -> KnownSheet:
    """Go through a sheet part. Raises ``StrangePartError``."""
    frame = frame_of(package.chunks(part), body)
    tail, gone = cut_links(frame.tail, body)
    around = with_relations_declared(frame.head) + placeholder(body.top) + tail
    relations = cut_relations(package.read(relations_part(part)), gone) if gone else None
    return KnownSheet(stamps_of(package, part), body, around, relations, frame.looks)
