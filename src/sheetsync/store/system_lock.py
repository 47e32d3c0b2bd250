"""The lock of the operating system on a file: let go by the system itself when its process ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Final

_PAUSE_SECONDS: Final = 0.05
_MODE: Final = 0o644

if sys.platform == "win32":
    import errno
    import msvcrt

    def _is_taken(handle: int) -> bool:
        """Windows locks the first byte, there or not."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EDEADLK):
                raise
            return False
        return True
else:
    import fcntl

    def _is_taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # some shares say the one, some the other
            return False
        return os.fstat(handle).st_nlink > 0  # a lock on a file removed meanwhile guards nothing


class SystemLock:
    """One lock on one file; who asks for a second one on it is refused, in this process too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self, seconds: float) -> bool:
        """Whether it could be taken within so many seconds. Raises ``OSError`` where there are no locks."""
        until = time.monotonic() + seconds
        while not self._take():
            if time.monotonic() >= until:
                return False
            time.sleep(_PAUSE_SECONDS)
        return True

    def _take(self) -> bool:
        # neither emptied nor followed: what a link of that name leads to is not ours
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), _MODE)
        is_taken = False
        try:
            is_taken = _is_taken(handle)
        finally:
            if not is_taken:
                os.close(handle)
        self._handle = handle if is_taken else None
        return is_taken

    def release(self) -> None:
        """Let it go, if it is held. The file stays: removing it would part those who wait for it."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)
