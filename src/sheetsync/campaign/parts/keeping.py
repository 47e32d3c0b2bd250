"""Values as bytes for a file only this program writes, and back; what the disk spoilt is not believed."""

from __future__ import annotations

import pickle
from typing import Any, Final

from sheetsync.deflate import crc32

_CHECK_BYTES: Final = 4


class DamagedMemoryError(Exception):
    """The disk gave back something else than was kept: the memory is of no use."""


def as_bytes(value: object) -> bytes:
    """A value with a check of itself."""
    data = pickle.dumps(value, protocol=5)
    return crc32(data).to_bytes(_CHECK_BYTES) + data


def from_bytes(data: bytes) -> Any:
    """The value again. Raises ``DamagedMemoryError``."""
    if not isinstance(data, bytes):  # a spoilt disk may give back anything at all
        raise DamagedMemoryError
    check, kept = data[:_CHECK_BYTES], data[_CHECK_BYTES:]
    if crc32(kept).to_bytes(_CHECK_BYTES) != check:
        raise DamagedMemoryError
    return pickle.loads(kept)  # our own bytes, from a file only this program writes
