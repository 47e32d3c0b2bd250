"""An archive checked on its own: one copy, and the files that were put in with it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.attaching import shown_name
from sheetsync.campaign.collecting import OTHER_KIND, code_of_no_copy
from sheetsync.intake.attached import HEAD_BYTES, Owners, fault_of
from sheetsync.intake.bundle import BundledFile, unpack
from sheetsync.intake.gate import Refused
from sheetsync.merge.received import Received
from sheetsync.model import AttachedFile, FileFault, Origin, Plan, Verdict
from sheetsync.privacy.shield import Shield


class Packed(Struct, frozen=True):
    """A file to check: itself, or the only workbook of an archive with what lies ``along``."""

    name: str
    data: bytes
    along: tuple[BundledFile, ...] = ()


def taken_out(name: str, data: bytes) -> Packed:
    """The copy in an archive; the file as it is when it is no archive, or one of several copies."""
    members = unpack(data)
    if members is None or isinstance(members, Refused):
        return Packed(name, data)
    books = [one for one in members if code_of_no_copy(one.name) is None]
    content = books[0].read() if len(books) == 1 else None
    if content is None or isinstance(content, Refused):
        return Packed(name, data)
    along = tuple(one for one in members if code_of_no_copy(one.name) == OTHER_KIND)
    return Packed(f"{name}/{books[0].name}", content, along)


def sent_along(copy: Received, packed: Packed, plan: Plan) -> Iterator[Received]:
    """What was put in with a copy, as files of its sender."""
    archive = packed.name.partition("/")[0]
    owners = Owners(plan, {packed.name: copy.participants})
    shield = Shield.of(plan)
    for member in packed.along:
        name = f"{archive}/{member.name}"
        owner = owners.of(name)
        if owner is None:
            continue  # called after somebody else: nothing to say of this copy
        data = member.read()
        content = b"" if isinstance(data, Refused) else data
        fault = FileFault.DAMAGED if isinstance(data, Refused) else None
        fault = fault or fault_of(name, content[:HEAD_BYTES], len(content))
        origin = Origin(shown_name(shield, name), store.sha256(content))
        attached = AttachedFile(owner.code, origin, owner.depth, owner.by_name, fault)
        yield Received(origin, Verdict.SKIPPED, attached=attached)
