"""The directory of a zip: what it says of each member, as it says it; nothing of it is believed yet.

A directory as every program writes it is read record by record; one with anything unusual about it
(a comment, long sizes, names in other alphabets) is left to Python's own reader.
"""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Final, NamedTuple

from sheetsync.intake.limits import Reason, Refusal

_END: Final = struct.Struct("<4s4H2IH")
_END_MAGIC: Final = b"PK\x05\x06"
_LOCATOR_MAGIC: Final = b"PK\x06\x07"
_LOCATOR_BYTES: Final = 20
_RECORD: Final = struct.Struct("<4s2xBx2H4x3I5H2I")
RECORD_MAGIC: Final = b"PK\x01\x02"
_UTF8: Final = 0x800
_NEWEST: Final = zipfile.MAX_EXTRACT_VERSION
_LONG: Final = 0xFFFF_FFFF


class Member(NamedTuple):
    """One record of a directory. ``name`` is as it is stored, ``at`` where the member begins."""

    name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    at: int
    attributes: int


def read_directory(data: bytes) -> tuple[list[Member], int]:
    """The members and where the directory begins. Raises ``Refusal`` when there is none."""
    return _plain_directory(data) or _any_directory(data)


def _plain_directory(data: bytes) -> tuple[list[Member], int] | None:
    end = len(data) - _END.size
    if end < _LOCATOR_BYTES or data.startswith(_LOCATOR_MAGIC, end - _LOCATOR_BYTES):
        return None
    magic, disk, first_disk, here, many, size, start, comment = _END.unpack_from(data, end)
    if magic != _END_MAGIC or (disk, first_disk, comment) != (0, 0, 0) or here != many or start + size != end:
        return None
    found: list[Member] = []
    at = start
    while at < end:
        if at + _RECORD.size > end:
            return None
        record = _RECORD.unpack_from(data, at)
        (magic, needed, flags, method, checksum, packed, whole), rest = record[:7], record[7:]
        length, extra, remark, _, _, attributes, offset = rest
        name = data[at + _RECORD.size : at + _RECORD.size + length]
        if magic != RECORD_MAGIC or needed > _NEWEST or extra or remark or _LONG in (packed, whole, offset):
            return None
        if len(name) < length or not name.isascii() or b"\0" in name:
            return None
        found.append(Member(name, flags, method, checksum, packed, whole, offset, attributes))
        at += _RECORD.size + length
    return (found, start) if at == end and len(found) == many else None


def _any_directory(data: bytes) -> tuple[list[Member], int]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return list(map(_member, archive.infolist())), archive.start_dir
    except zipfile.BadZipFile:
        whole = RECORD_MAGIC in data
        raise Refusal(Reason.BAD_ARCHIVE if whole else Reason.TRUNCATED) from None
    except (ValueError, OSError, EOFError, OverflowError, NotImplementedError, struct.error):
        raise Refusal(Reason.BAD_ARCHIVE) from None


def _member(one: zipfile.ZipInfo) -> Member:
    name = one.orig_filename.encode("utf-8" if one.flag_bits & _UTF8 else "cp437")
    return Member(
        name,
        one.flag_bits,
        one.compress_type,
        one.CRC,
        one.compress_size,
        one.file_size,
        one.header_offset,
        one.external_attr,
    )
