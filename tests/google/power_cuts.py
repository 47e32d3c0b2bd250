"""The computer is switched off after a request Google has answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from google_campaign import Story


class CutOff(BaseException):
    """The power is gone."""


@contextmanager
def cut_off_after(story: Story, calls: int) -> Iterator[list[int]]:
    """Google does what it is asked, and after so many calls nobody is there to hear of it."""
    emulator, done = story.district.emulator, [0]
    handle = emulator.handle

    def handled(*parts: Any) -> Any:
        answer = handle(*parts)
        done[0] += 1
        if done[0] == calls:
            raise CutOff
        return answer

    emulator.handle = handled  # type: ignore[method-assign, assignment]
    try:
        yield done
    finally:
        emulator.handle = handle  # type: ignore[method-assign]
