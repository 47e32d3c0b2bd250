"""The calls that are counted are the calls that are asked."""

from __future__ import annotations

import google_scale
import pytest


@pytest.mark.parametrize("schools", [3, 130])
def test_calls_are_the_formula_s_and_minutes_the_pace_s(schools: int) -> None:
    every, none, tenth = google_scale.simulated(schools)

    assert [one.asked for one in (every, none, tenth)] == [one.expected for one in (every, none, tenth)]
    assert none.asked == 1
    assert [one.refused for one in (every, none, tenth)] == [0, 0, 0]
    assert int(every.minutes) == (schools - 1) // google_scale.PACE
    assert tenth.changed == round(schools / 10)
