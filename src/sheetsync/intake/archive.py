"""A zip archive read with suspicion: names, overlaps and sizes are checked, not believed."""

from __future__ import annotations

import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from sheetsync.deflate import crc32, inflated_as_said
from sheetsync.intake.limits import LIMITS, Limits, Reason, Refusal
from sheetsync.intake.zip_directory import RECORD_MAGIC, Member, read_directory

_LOCAL_HEADER: Final = struct.Struct("<4s2xH10xIIHH")
_END: Final = struct.Struct("<4s4H2IH")
_LONG_END: Final = struct.Struct("<4sQ2H2I4Q")
_END_MAGIC: Final = b"PK\x05\x06"
_LOCATOR_MAGIC: Final = b"PK\x06\x07"
_LOCATOR_BYTES: Final = 20
_LONGEST_COMMENT: Final = 65_535
_IN_LONG_END: Final = 0xFFFF_FFFF
_MEMBER: Final = b"PK\x03\x04"
_LOCKED: Final = 0x1
_SIZES_FOLLOW: Final = 0x8
_ENTRY_BYTES: Final = 30
_PIECE: Final = 256 << 10
_REMEMBERED_NAMES: Final = 1 << 10


class Packed(NamedTuple):
    """The bytes of a member, and what the archive declares of them."""

    content: bytes
    is_stored: bool
    size: int
    checksum: int


class Archive:
    """The members of a zip held in memory; folders are left out, they hold nothing themselves.

    Making one raises ``Refusal`` when the directory itself is broken. Each member is judged by
    ``check`` and ``inflate``: in a workbook one bad member condemns all, in a zip of forms itself.
    """

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._data = data
        if _records(data) > limits.members:
            raise Refusal(Reason.TOO_MANY_MEMBERS, limits.members)
        directory, start = read_directory(data)
        first = min((member.at for member in directory), default=0)
        if first > 0:  # two archives in a row: programs differ in which of them they open
            raise Refusal(Reason.PREFIXED if data.startswith(_MEMBER, first) else Reason.BAD_ARCHIVE)
        self._overlapping = _overlapping(directory, start)
        self.members = tuple(one for one in directory if not one.name.endswith((b"/", b"\\")))

    def by_name(self) -> dict[str, Member]:
        """The members of a workbook by lower-case name; ``Refusal`` when any of them lies."""
        found: dict[str, Member] = {}
        seen: set[str] = set()
        for member in self.members:
            self.check(member)
            name, alike, _ = _named(member.name)
            if alike in seen:
                raise Refusal(Reason.DUPLICATE_MEMBER, name)
            seen.add(alike)
            found[name.lower()] = member
        return found

    def check(self, member: Member) -> None:
        """Raise ``Refusal`` when a member leads elsewhere or lies over another one."""
        name, _, leads_elsewhere = _named(member.name)
        if leads_elsewhere:
            raise Refusal(Reason.MEMBER_PATH, name)
        if stat.S_ISLNK(member.attributes >> 16):
            raise Refusal(Reason.SYMLINK, name)
        if member.at in self._overlapping:
            raise Refusal(Reason.OVERLAP)

    def inflate(self, member: Member, cap: int) -> bytes:
        """The content of a member; more than ``cap`` bytes is a bomb, whatever was declared."""
        return inflated(self.packed(member), cap, shown_name(member))

    def packed(self, member: Member) -> Packed:
        """A member as it lies in the archive, where its own head says the same of it."""
        if is_locked(member):
            raise Refusal(Reason.ENCRYPTED)
        if member.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refusal(Reason.BAD_COMPRESSION, shown_name(member))
        at = member.at
        if at < 0 or at + _ENTRY_BYTES > len(self._data):
            raise Refusal(Reason.TRUNCATED)
        magic, flags, packed, whole, name_size, extra_size = _LOCAL_HEADER.unpack_from(self._data, at)
        start = at + _ENTRY_BYTES + name_size + extra_size
        if magic != _MEMBER or start + member.packed > len(self._data):
            raise Refusal(Reason.TRUNCATED)
        if self._data[at + _ENTRY_BYTES : at + _ENTRY_BYTES + name_size] != member.name:
            raise Refusal(Reason.LYING_NAME, shown_name(member))
        if (packed, whole) != (member.packed, member.size) and not flags & _SIZES_FOLLOW:
            said = {packed, whole} - {0, _IN_LONG_END}
            if said - {member.packed, member.size}:
                raise Refusal(Reason.LYING_SIZE, shown_name(member))
        content = self._data[start : start + member.packed]
        return Packed(content, member.method == zipfile.ZIP_STORED, member.size, member.checksum)


def inflated(packed: Packed, cap: int, name: str) -> bytes:
    """The content of a member; more than ``cap`` bytes is a bomb, whatever was declared."""
    content, is_stored, size, checksum = packed
    if size > cap and not is_stored:
        _check_size(content, cap, name)
        raise Refusal(Reason.LYING_SIZE, name)
    if not is_stored:
        as_said = inflated_as_said(content, size, checksum)
        if as_said is not None:
            return as_said
        content = _inflate(packed.content, size, name)
    if len(content) > size and not is_stored:
        _check_size(packed.content, cap, name)
    if len(content) > cap:
        raise Refusal(Reason.BOMB, name)
    if len(content) != size:
        raise Refusal(Reason.LYING_SIZE, name)
    if crc32(content) != checksum:
        raise Refusal(Reason.BAD_CHECKSUM, name)
    return content


def is_locked(member: Member) -> bool:
    return bool(member.flags & _LOCKED)


def _records(data: bytes) -> int:
    """How many members the directory holds: counted in its bytes, before anything is made of them."""
    at = data.rfind(_END_MAGIC, max(0, len(data) - _LONGEST_COMMENT - _END.size), len(data) - _END.size + 4)
    if at < 0:
        return 0  # no directory at all: said by whoever opens it
    start, size = at, _END.unpack_from(data, at)[5]
    if data.startswith(_LOCATOR_MAGIC, max(0, at - _LOCATOR_BYTES)):
        start = at - _LOCATOR_BYTES - _LONG_END.size
        size = _LONG_END.unpack_from(data, start)[8] if start >= 0 else 0
    return data.count(RECORD_MAGIC, max(0, start - size), at)


def _overlapping(directory: Iterable[Member], start: int) -> frozenset[int]:
    """Where members begin that share bytes with another one or with the directory."""
    found: set[int] = set()
    furthest = owner = 0
    for member in sorted(directory, key=lambda one: one.at):
        at, end = member.at, member.at + member.packed + _ENTRY_BYTES
        if at < furthest:
            found |= {at, owner}
        if end > start:
            found.add(at)
        if end > furthest:
            furthest, owner = end, at
    return frozenset(found)


def _check_size(packed: bytes, cap: int, name: str) -> None:
    """Raise ``Refusal`` for a bomb; nothing is kept of it, and no more inflated than shows what it is."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size, rest = 0, packed
    while not inflater.eof:
        try:
            piece = inflater.decompress(rest, _PIECE)
        except zlib.error:
            raise Refusal(Reason.BAD_COMPRESSION, name) from None
        size, rest = size + len(piece), inflater.unconsumed_tail
        if size > cap:
            raise Refusal(Reason.BOMB, name)
        if not piece and not rest:
            raise Refusal(Reason.BAD_COMPRESSION, name)


def _inflate(packed: bytes, cap: int, name: str) -> bytes:
    """The content as far as ``cap``, and one byte more when there is more."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, cap + 1)
    except zlib.error:
        raise Refusal(Reason.BAD_COMPRESSION, name) from None
    if len(content) <= cap and not inflater.eof:
        raise Refusal(Reason.BAD_COMPRESSION, name)
    return content


def shown_name(member: Member) -> str:
    """The member's name as a person reads it, with forward slashes; what cannot be printed is «?»."""
    return _named(member.name)[0]


@lru_cache(maxsize=_REMEMBERED_NAMES)
def _named(raw: bytes) -> tuple[str, str, bool]:
    """A name as a person reads it, what some program would take for it too, and whether it leads out of
    the archive."""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("cp866")  # the letters of Russian Windows
    shown = "".join(letter if letter.isprintable() else "?" for letter in name.replace("\\", "/"))
    steps = shown.split("/")
    leads_elsewhere = shown.startswith("/") or ":" in steps[0] or ".." in steps or b"\0" in raw
    return shown, _alike(shown), leads_elsewhere


def _alike(name: str) -> str:
    """Names some program would take for one: letter case, composed letters, «./» and «//»."""
    steps = (step for step in unicodedata.normalize("NFKC", name).casefold().split("/"))
    return "/".join(step for step in steps if step not in ("", "."))
