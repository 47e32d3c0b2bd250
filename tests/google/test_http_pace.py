"""The pace: whatever the day brings, no minute holds more requests than allowed."""

from __future__ import annotations

from bisect import bisect_left

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.workbooks.google.pace import MINUTE, Pace

MONDAY = 1_800_000_000.0


class VirtualTime:
    """A clock that moves when somebody sleeps."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def most_in_a_window(moments: list[float], window: float) -> int:
    """The most requests that lie in any half-open window; the worst one begins with a request."""
    return max(bisect_left(moments, start + window) - index for index, start in enumerate(moments))


def passed(limit: int, gaps: list[float], start: float = MONDAY) -> tuple[list[float], VirtualTime]:
    time = VirtualTime(start)
    pace = Pace(limit, time, time.sleep)
    moments = []
    for gap in gaps:
        time.now += gap
        pace.take()
        moments.append(time.now)
    return moments, time


@given(
    limit=st.integers(1, 60),
    gaps=st.lists(st.floats(0, 90, allow_nan=False), min_size=1, max_size=200),
    start=st.floats(0, 2e9),
)
def test_no_window_of_a_minute_holds_more_than_the_limit(limit: int, gaps: list[float], start: float) -> None:
    moments, _ = passed(limit, gaps, start)

    assert most_in_a_window(moments, MINUTE) <= limit


@given(limit=st.integers(1, 60), many=st.integers(1, 300))
def test_nobody_waits_longer_than_the_quota_needs(limit: int, many: int) -> None:
    """A burst passes as fast as it may: each further ``limit`` requests cost one minute."""
    moments, _ = passed(limit, [0.0] * many)

    assert moments[-1] - MONDAY == MINUTE * ((many - 1) // limit)


def test_a_first_burst_waits_for_nothing() -> None:
    _, time = passed(55, [0.0] * 55)

    assert time.slept == []


def test_the_next_one_waits_until_the_first_is_a_minute_old() -> None:
    _, time = passed(55, [10.0, *[0.0] * 55], start=0.0)

    assert time.slept == [MINUTE]
