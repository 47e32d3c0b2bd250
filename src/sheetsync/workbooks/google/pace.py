"""Keeping under a quota of requests a minute, so that Google need not say «too many»."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

Clock = Callable[[], float]
"""Seconds; only differences mean something."""

Sleep = Callable[[float], None]

MINUTE: Final = 60.0


class Pace:
    """Lets pass at most ``limit`` requests in any ``window`` seconds; one more waits for its turn."""

    def __init__(self, limit: int, clock: Clock, sleep: Sleep, window: float = MINUTE) -> None:
        self._limit = limit
        self._clock = clock
        self._sleep = sleep
        self._window = window
        self._passed: deque[float] = deque(maxlen=limit)

    def take(self) -> None:
        """Return when the next request may go."""
        while (wait := self._wait()) > 0:
            self._sleep(wait)
        self._passed.append(self._clock())

    def _wait(self) -> float:
        """Seconds until the oldest of the last ``limit`` requests is out of the window."""
        if len(self._passed) < self._limit:
            return 0.0
        return self._passed[0] + self._window - self._clock()
