"""Waiting for something to happen in a folder; only here watchfiles is known."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path
from typing import Final, Protocol

from watchfiles import watch
from watchfiles.main import FileChange

_GROUP_MS: Final = 300
_STEP_MS: Final = 50
"""Ctrl+C is noticed so soon."""

_LONGEST: Final = 1.0
"""Seconds of one wait: the folder may come or go any moment."""

Changes = Generator[set[FileChange], None, None]


class Events(Protocol):
    """Where a watch spends its time."""

    def wait(self, seconds: float) -> bool:
        """Return after so long at the latest; whether something happened. Ctrl+C passes through."""
        ...


class FolderEvents:
    """What the system tells of a folder at any depth. It need not be there, and may go and come back.

    Of a shared disk no system tells what other computers do there: then there is only the waiting.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._changes: Changes | None = None
        self._armed_for: tuple[int, int] | None = None

    def wait(self, seconds: float) -> bool:
        is_new = self._arm()
        try:
            if self._changes is not None:
                return bool(next(self._changes)) or is_new  # what came before makes no event
        except (OSError, RuntimeError, StopIteration):
            self.close()
        time.sleep(min(seconds, _LONGEST))
        return False

    def close(self) -> None:
        if self._changes is not None:
            self._changes.close()
        self._changes = self._armed_for = None

    def _arm(self) -> bool:
        """Watch the folder that is there now; whether that is another one than before."""
        try:
            told = self._folder.stat()
        except OSError:
            self.close()
            return False
        identity = (told.st_dev, told.st_ino)
        if identity == self._armed_for:
            return False
        self.close()
        self._changes = watch(
            self._folder,
            watch_filter=None,
            debounce=_GROUP_MS,
            step=_STEP_MS,
            rust_timeout=round(_LONGEST * 1000),
            yield_on_timeout=True,
            recursive=True,
            ignore_permission_denied=True,
        )
        self._armed_for = identity
        return True
