"""Where the time of a run goes, by rooms of the house: looked at many times a second.

Whoever is looked at pays nothing for it, so fast small functions do not seem slow, as they do under a
profiler that counts calls. Time inside a library belongs to the room that called it.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

import sheetsync

_ROOT: Final = str(Path(sheetsync.__file__).parent)
_EVERY: Final = 0.002
"""Seconds of the processor between two looks."""


@dataclass
class Seen:
    """How many times a room, and a function, was found at work."""

    rooms: Counter[str] = field(default_factory=Counter)
    functions: Counter[str] = field(default_factory=Counter)

    def look(self, _signal: int, frame: FrameType | None) -> None:
        while frame and not frame.f_code.co_filename.startswith(_ROOT):
            frame = frame.f_back
        if frame is None:
            self.rooms["—"] += 1
            return
        module = Path(frame.f_code.co_filename).relative_to(_ROOT)
        self.rooms[module.parts[0].removesuffix(".py")] += 1
        self.functions[f"{module.with_suffix('')}.{frame.f_code.co_qualname}".replace("/", ".")] += 1


@contextmanager
def sampled() -> Iterator[Seen]:
    """What runs inside is looked at."""
    seen = Seen()
    before = signal.signal(signal.SIGPROF, seen.look)
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    try:
        yield seen
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
