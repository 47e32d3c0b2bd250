"""A lock of the system on a file: the system lets it go by itself when whoever holds it is killed."""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path
from typing import Final

_PAUSE_SECONDS: Final = 0.05
_HELD: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _let_go(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class SystemLock:
    """The lock of one file; whoever else asks for it, in this process too, does not get it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self, seconds: float = 0.0) -> bool:
        """Whether it was free within so long. Raises ``OSError`` where the disk has no locks."""
        until = time.monotonic() + seconds
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            while not _taken(handle):
                if time.monotonic() >= until:
                    return False
                time.sleep(_PAUSE_SECONDS)
            self._handle, handle = handle, -1
        finally:
            if handle >= 0:
                os.close(handle)
        return True

    def release(self) -> None:
        """Let it go, if it is ours."""
        handle, self._handle = self._handle, None
        if handle is not None:
            _let_go(handle)
            os.close(handle)


def _taken(handle: int) -> bool:
    """Whether the lock is ours now; ``False`` while somebody else has it."""
    try:
        _take(handle)
    except OSError as error:
        if error.errno not in _HELD:
            raise
        return False
    return True
