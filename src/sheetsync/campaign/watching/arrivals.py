"""What lies in «Получено» and was not collected yet, and whether it is all there: pure, no clock.

A file still being copied grows, is empty, or bears a name a browser gives what it has not loaded to
the end; collecting it now would refuse it and take it a minute later.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from msgspec import Struct

QUIET: Final = 5.0
"""Seconds nothing may have changed: files that arrive together are collected together."""

PATIENCE: Final = 120.0
"""The longest wait for a file to be whole, and for a stream of files to end."""

_UNFINISHED: Final = frozenset(
    (".crdownload", ".opdownload", ".download", ".part", ".partial", ".filepart", ".tmp")
)


class Mark(Struct, frozen=True):
    """A file as the disk lists it."""

    size: int
    changed: int


Sight = Mapping[str, Mark]
"""What one look at the folder saw, by name."""


class Arrivals:
    """Told of every look; knows from when on there is something to collect."""

    def __init__(self) -> None:
        self._taken: Sight = {}
        self._seen: Sight = {}
        self._since: dict[str, float] = {}
        self._first = 0.0

    def saw(self, sight: Sight, now: float) -> None:
        """One look at the folder."""
        was_new = bool(self.new)
        for name in self._seen.keys() | sight.keys():
            if self._seen.get(name) != sight.get(name):
                self._since[name] = now
        self._seen = dict(sight)
        if not was_new:
            self._first = now

    @property
    def new(self) -> tuple[str, ...]:
        """Files that came, changed or went since they were last collected."""
        names = self._taken.keys() | self._seen.keys()
        return tuple(sorted(one for one in names if self._taken.get(one) != self._seen.get(one)))

    def due(self) -> float | None:
        """When they are to be collected, if nothing moves till then; ``None`` when there is nothing new."""
        if not (new := self.new):
            return None
        whole = max(self._since[one] + self._rest(one) for one in new)
        return min(whole, self._first + PATIENCE)

    def take(self) -> None:
        """All that was seen is being collected."""
        self._taken, self._since = self._seen, {}

    def _rest(self, name: str) -> float:
        mark = self._seen.get(name)
        if mark is None:
            return QUIET
        is_unfinished = mark.size == 0 or PurePosixPath(name.lower()).suffix in _UNFINISHED
        return PATIENCE if is_unfinished else QUIET
