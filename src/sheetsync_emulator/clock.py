"""Time of the emulator: the real one, or one that a test moves by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

Clock = Callable[[], float]
"""Seconds since 1970, as ``time.time`` gives them."""

MORNING = datetime(2026, 11, 22, 9, 0, tzinfo=UTC).timestamp()


@dataclass
class HandClock:
    """A clock that stands still until somebody moves it."""

    now: float = MORNING

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        """Let time pass; usable as a ``sleep`` that does not sleep."""
        self.now += seconds


def stamp(moment: float) -> str:
    """A moment as Google writes it: RFC 3339 in UTC with milliseconds."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def minute_of(moment: float) -> int:
    """The minute a quota is counted in."""
    return int(moment // 60)
