"""Hours in front of a watch: time passes only in its waits, and what happens in them is written down.

day = Day(place)
day.at(10, lambda: …)          ten seconds after the beginning
day.watch(minutes=30)          Ctrl+C ends it
day.lines                      what it said, without the times
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sheetsync import campaign
from sheetsync.campaign import Ended
from sheetsync_emulator.clock import HandClock


@dataclass
class Day:
    place: Path
    clock: HandClock = field(default_factory=HandClock)
    google: Any = None
    lines: list[str] = field(default_factory=list)
    waits: int = 0
    _script: list[tuple[float, Callable[[], object]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._began = self.clock()
        self._end = self._began

    def at(self, seconds: float, do: Callable[[], object]) -> None:
        self._script.append((self._began + seconds, do))
        self._script.sort(key=lambda one: one[0])

    def watch(self, minutes: float = 5, **options: Any) -> Ended:
        self._end = self._began + 60 * minutes
        return campaign.watch(
            self.place,
            self.now,
            self.lines.append,
            google=self.google,
            events=self,
            clock=self.clock,
            **options,
        )

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock(), UTC)

    def wait(self, seconds: float) -> bool:
        """What a watch calls: the next thing happens, or nothing for so long; at the end Ctrl+C."""
        assert seconds > 0
        self.waits += 1
        until = self.clock() + seconds
        if self._script and self._script[0][0] <= until:
            moment, do = self._script.pop(0)
            self.clock.now = max(self.clock.now, moment)
            do()
            return True
        if until >= self._end:
            raise KeyboardInterrupt
        self.clock.now = until
        return False

    @property
    def told(self) -> list[str]:
        """The lines without their times."""
        return [line.split("  ", 1)[1] for line in self.lines]

    def count(self, words: str) -> int:
        return sum(words in line for line in self.lines)
