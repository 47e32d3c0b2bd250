"""A zip archive as Excel writes it; members that never change are deflated once."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_LEVEL: Final = 3
_FLAGS: Final = 0x0006
"""Excel says it deflated «super fast»."""
_VERSION: Final = 20
_DEFLATED: Final = 8
_DAY: Final = (1980 - 1980) << 9 | 1 << 5 | 1
"""The first day a zip can name, which Excel puts on every member."""
_LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END: Final = struct.Struct("<4sHHHHLLH")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive, deflated."""

    name: bytes
    crc: int
    size: int
    deflated: bytes


def member(name: str, data: bytes) -> Member:
    """A file ready to be put into any number of archives."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return Member(name.encode(), zlib.crc32(data), len(data), packer.compress(data) + packer.flush())


def archive(members: Iterable[Member]) -> bytes:
    """These files as one zip."""
    out, directory, count = bytearray(), bytearray(), 0
    for one in members:
        told = (_FLAGS, _DEFLATED, 0, _DAY, one.crc, len(one.deflated), one.size, len(one.name), 0)
        directory += _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *told, 0, 0, 0, 0, len(out)) + one.name
        out += _LOCAL.pack(b"PK\x03\x04", _VERSION, *told) + one.name + one.deflated
        count += 1
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(out), 0)
    return bytes(out + directory + end)
