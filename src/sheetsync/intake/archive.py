"""A zip archive read with suspicion: names, overlaps and sizes are checked, not believed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from sheetsync.intake.limits import LIMITS, Limits, Reason, Refusal

_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_DIRECTORY_RECORD: Final = b"PK\x01\x02"
_LOCKED: Final = 0x1
_UTF8: Final = 0x800
_ENTRY_BYTES: Final = 30


class Archive:
    """The members of a zip held in memory, by lower-case name with forward slashes.

    Making one raises ``Refusal`` when the directory is broken or lies.
    """

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._data = data
        if data.count(_DIRECTORY_RECORD) > limits.members:
            raise Refusal(Reason.TOO_MANY_MEMBERS, limits.members)
        directory, start = _directory(data)
        _refuse_overlaps(directory, start)
        self._members = _by_name(directory)

    @property
    def names(self) -> Mapping[str, zipfile.ZipInfo]:
        """Members by their normalised name."""
        return self._members

    @property
    def is_encrypted(self) -> bool:
        return any(member.flag_bits & _LOCKED for member in self._members.values())

    def inflate(self, name: str, cap: int) -> bytes:
        """The content of a member; more than ``cap`` bytes is a bomb, whatever was declared."""
        member = self._members[name]
        packed = self._packed(member, name)
        content = packed if member.compress_type == zipfile.ZIP_STORED else _inflate(packed, cap, name)
        if len(content) > cap:
            raise Refusal(Reason.BOMB, name)
        if len(content) != member.file_size:
            raise Refusal(Reason.LYING_SIZE, name)
        if zlib.crc32(content) != member.CRC:
            raise Refusal(Reason.BAD_CHECKSUM, name)
        return content

    def _packed(self, member: zipfile.ZipInfo, name: str) -> bytes:
        if member.flag_bits & _LOCKED:
            raise Refusal(Reason.ENCRYPTED)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refusal(Reason.BAD_COMPRESSION, name)
        at = member.header_offset
        if at < 0 or at + _ENTRY_BYTES > len(self._data):
            raise Refusal(Reason.TRUNCATED)
        magic, name_size, extra_size = _LOCAL_HEADER.unpack_from(self._data, at)
        start = at + _ENTRY_BYTES + name_size + extra_size
        if magic != b"PK\x03\x04" or start + member.compress_size > len(self._data):
            raise Refusal(Reason.TRUNCATED)
        raw = self._data[at + _ENTRY_BYTES : at + _ENTRY_BYTES + name_size]
        if raw != _raw_name(member):
            raise Refusal(Reason.LYING_NAME, name)
        return self._data[start : start + member.compress_size]


def _directory(data: bytes) -> tuple[list[zipfile.ZipInfo], int]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist(), archive.start_dir
    except zipfile.BadZipFile:
        whole = _DIRECTORY_RECORD in data
        raise Refusal(Reason.BAD_ARCHIVE if whole else Reason.TRUNCATED) from None
    except (ValueError, OSError, EOFError, OverflowError, NotImplementedError, struct.error):
        raise Refusal(Reason.BAD_ARCHIVE) from None


def _by_name(directory: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for member in directory:
        name = shown_name(member)
        if name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/") or "\0" in name:
            raise Refusal(Reason.MEMBER_PATH, name.replace("\0", "?"))
        if name.endswith("/"):
            continue  # a folder holds nothing itself
        if name.lower() in members:
            raise Refusal(Reason.DUPLICATE_MEMBER, name)
        members[name.lower()] = member
    return members


def _refuse_overlaps(directory: list[zipfile.ZipInfo], start: int) -> None:
    places = sorted((one.header_offset, one.compress_size + _ENTRY_BYTES) for one in directory)
    ends = [at for at, _ in places[1:]] + [start]
    if any(at + size > end for (at, size), end in zip(places, ends, strict=True)):
        raise Refusal(Reason.OVERLAP)


def _inflate(packed: bytes, cap: int, name: str) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, cap + 1)
    except zlib.error:
        raise Refusal(Reason.BAD_COMPRESSION, name) from None
    if len(content) <= cap and not inflater.eof:
        raise Refusal(Reason.BAD_COMPRESSION, name)
    return content


def shown_name(member: zipfile.ZipInfo) -> str:
    """The member's name with forward slashes; old names are in the letters of Russian Windows."""
    name = member.orig_filename if member.flag_bits & _UTF8 else _raw_name(member).decode("cp866")
    return name.replace("\\", "/")


def _raw_name(member: zipfile.ZipInfo) -> bytes:
    return member.orig_filename.encode("utf-8" if member.flag_bits & _UTF8 else "cp437")
