"""A zip archive written member by member: bytes, members of another archive as they lie there, pieces."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import BinaryIO, Final, NamedTuple

from sheetsync.deflate import crc32, deflated, joined_crc
from sheetsync.workbooks.row_blocks import Piece

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_VERSION: Final = 20
_STORED: Final = 0
_DEFLATED: Final = 8
_UTF_8: Final = 0x800
_DATE: Final = 33
"""1 January 1980, midnight. One date for every member, so that equal content gives equal bytes."""

_LAST_BLOCK: Final = b"\x03\x00"
"""An empty block of deflate that says it is the last."""

_LARGE: Final = 1 << 20
_LIMIT: Final = (1 << 32) - 1


class Member(NamedTuple):
    """A member as it lies in an archive; ``data`` is compressed by ``method``."""

    method: int
    crc: int
    size: int
    data: bytes | memoryview

    @property
    def is_stored(self) -> bool:
        return self.method == _STORED


class ZipOut:
    """An archive on its way into a stream that can seek. Equal members give equal bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._start = stream.tell()
        self._directory: list[bytes] = []

    def add(self, name: str, data: bytes, *, stored: bool = False) -> None:
        """A member of its own; long ones are compressed fast rather than well."""
        packed = data
        if not stored:
            packed = deflated(data) if len(data) > _LARGE else zlib.compress(data, wbits=-zlib.MAX_WBITS)
        self.copy(name, Member(_STORED if stored else _DEFLATED, crc32(data), len(data), packed))

    def copy(self, name: str, member: Member) -> None:
        """A member of another archive: its bytes are not looked into."""
        at = self._stream.tell() - self._start
        facts = (member.method, 0, _DATE, member.crc, len(member.data), member.size)
        self._stream.write(_local(name, facts))
        self._stream.write(member.data)
        self._list(name, facts, at)

    def splice(self, name: str, pieces: Iterable[Piece]) -> None:
        """A member made of pieces, one after another, none of them compressed again."""
        at = self._stream.tell() - self._start
        self._stream.write(_local(name, (_DEFLATED, 0, _DATE, 0, 0, 0)))
        crc = size = 0
        packed = len(_LAST_BLOCK)
        for piece in pieces:
            self._stream.write(piece.data)
            crc = joined_crc(crc, piece.crc, piece.size)
            size, packed = size + piece.size, packed + len(piece.data)
        self._stream.write(_LAST_BLOCK)
        facts = (_DEFLATED, 0, _DATE, crc, packed, size)
        end = self._stream.tell()
        self._stream.seek(at + self._start)
        self._stream.write(_local(name, facts))
        self._stream.seek(end)
        self._list(name, facts, at)

    def close(self) -> None:
        """Write the directory; the stream itself stays open."""
        at = self._stream.tell() - self._start
        directory = b"".join(self._directory)
        self._stream.write(directory)
        count = len(self._directory)
        self._stream.write(_END.pack(b"PK\5\6", 0, 0, count, count, len(directory), at, 0))

    def _list(self, name: str, facts: tuple[int, ...], at: int) -> None:
        if max(*facts, at) > _LIMIT:
            raise ValueError(f"{name} does not fit a workbook: more than 4 GiB")
        raw = name.encode()
        head = _CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, _flags(name), *facts, len(raw), 0, 0, 0, 0, 0, at)
        self._directory.append(head + raw)


def _local(name: str, facts: tuple[int, ...]) -> bytes:
    raw = name.encode()
    return _LOCAL.pack(b"PK\3\4", _VERSION, _flags(name), *facts, len(raw), 0) + raw


def _flags(name: str) -> int:
    return 0 if name.isascii() else _UTF_8
