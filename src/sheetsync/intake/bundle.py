"""A zip of forms («все школы одним архивом») taken apart in memory, as carefully as a workbook.

A member that is locked, lies or leads elsewhere costs itself: the others do not depend on it and
are read. Only an archive without a directory that can be believed is refused whole. Nothing is
ever written under a member's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from msgspec import Struct

from sheetsync.intake import sniff
from sheetsync.intake.archive import Archive, is_locked, shown_name
from sheetsync.intake.gate import PACKAGE_MARKS, Refused
from sheetsync.intake.limits import LIMITS, Limits, Reason, Refusal
from sheetsync.intake.zip_directory import Member

_LONGEST_NAME: Final = 200


class BundledFile(Struct, frozen=True):
    """One file of an archive; ``name`` has its folders («Школа 1/форма.xlsx»), for messages only.

    ``read`` gives its bytes, or why they cannot be had; nothing is inflated before it is asked.
    """

    name: str
    read: Callable[[], bytes | Refused]


def unpack(data: bytes, limits: Limits = LIMITS) -> tuple[BundledFile, ...] | Refused | None:
    """The files of a plain zip, in its order; None when the bytes are no plain zip.

    A workbook is a zip too and is not taken apart. Archives inside are left as they are: opening
    them as copies says «архив».
    """
    if not data.startswith(sniff.ZIP):
        return None
    try:
        return _unpack(data, limits)
    except Refusal as refusal:
        return Refused.of(refusal)


def _unpack(data: bytes, limits: Limits) -> tuple[BundledFile, ...] | None:
    if len(data) > limits.archive_bytes:
        raise Refusal(Reason.FILE_TOO_BIG, limits.archive_bytes >> 20)
    archive = Archive(data, limits)
    names = {shown_name(member).lower() for member in archive.members}
    if names & PACKAGE_MARKS:
        return None
    if archive.members and all(map(is_locked, archive.members)):
        raise Refusal(Reason.ENCRYPTED)
    budget = _Budget(limits)
    return tuple(
        BundledFile(name, partial(_read, archive, member, budget))
        for member, name in zip(archive.members, _names(archive), strict=True)
    )


class _Budget:
    """What may still be inflated out of one archive."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.bundle_bytes
        self.each = limits.file_bytes


def _read(archive: Archive, member: Member, budget: _Budget) -> bytes | Refused:
    try:
        archive.check(member)
        content = archive.inflate(member, min(budget.each, budget.left))
    except Refusal as refusal:
        return Refused.of(refusal)
    budget.left -= len(content)
    return content


def _names(archive: Archive) -> Iterator[str]:
    """Names to tell the files by: an endless one is cut from the left, a second one is numbered."""
    met: dict[str, int] = {}
    for member in archive.members:
        name = shown_name(member)
        if len(name) > _LONGEST_NAME:
            name = "…" + name[-_LONGEST_NAME:]
        met[name] = met.get(name, 0) + 1
        yield name if met[name] == 1 else f"{name} ({met[name]})"
