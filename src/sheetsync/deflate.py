"""Deflate and its checksums, fast rather than small: by ISA-L where it is installed, by zlib elsewhere.

Either reads what the other wrote, but the same bytes come out differently: what is to be the same on
every computer is not compressed here. What comes from outside is inflated here only as far as it is what
it is said to be: of the two zlib is the stricter with what is no deflate, and has the last word.
"""

from __future__ import annotations

import zlib
from typing import Any, Final

_library: Any
try:
    from isal import isal_zlib as _library
except ImportError:  # nobody builds it for this processor
    _library = zlib

_FAST: Final = 1
_RAW: Final = -zlib.MAX_WBITS

Data = bytes | memoryview


def deflated(data: Data, *, is_last: bool = True) -> bytes:
    """Bytes as raw deflate; when they are not the last, ended by a full flush for others to follow."""
    squeezer = _library.compressobj(_FAST, zlib.DEFLATED, _RAW)
    packed: bytes = squeezer.compress(data)
    packed += squeezer.flush(zlib.Z_FINISH if is_last else zlib.Z_FULL_FLUSH)
    return packed


def inflated(packed: Data) -> bytes:
    """The bytes of raw deflate again, last or not. Raises ``ValueError``."""
    try:
        data: bytes = _library.decompressobj(_RAW).decompress(packed)
    except _library.error as error:
        raise ValueError(str(error)) from error
    return data


def inflated_as_said(packed: Data, size: int, checksum: int) -> bytes | None:
    """The bytes of raw deflate that is said to hold ``size`` of them with such a CRC-32, never many more
    than these in memory; None when it does not."""
    unpack = _library.decompressobj(_RAW)
    try:
        data: bytes = unpack.decompress(packed, size + 1)
    except _library.error:
        return None
    return data if unpack.eof and len(data) == size and crc32(data) == checksum else None


def compressed(data: Data) -> bytes:
    """Bytes to be kept, with a check of themselves."""
    packed: bytes = _library.compress(data, _FAST)
    return packed


def decompressed(packed: Data) -> bytes:
    """These bytes again. Raises ``ValueError``."""
    try:
        data: bytes = _library.decompress(packed)
    except _library.error as error:
        raise ValueError(str(error)) from error
    return data


def crc32(data: Data, before: int = 0) -> int:
    """The CRC-32 of bytes; ``before`` is that of the bytes they follow."""
    found: int = _library.crc32(data, before)
    return found


def joined_crc(first: int, second: int, size: int) -> int:
    """The CRC-32 of bytes followed by ``size`` more, from the checksums of both."""
    if _library is zlib:
        zeros = bytes(size)
        return zlib.crc32(zeros, first) ^ zlib.crc32(zeros) ^ second
    joined: int = _library.crc32_combine(first, second, size)
    return joined
