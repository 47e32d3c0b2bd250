"""How the stand-in shows a value."""

from __future__ import annotations

import pytest

from sheetsync_emulator.formats import formatted


@pytest.mark.parametrize("number", [-3, 2_958_466, 1e10, 1e20])
def test_a_number_that_is_no_day_is_shown_as_a_number(number: float) -> None:
    """Somebody dragged the format of a date over figures: nothing breaks."""
    shown = formatted(number, {"type": "DATE", "pattern": "dd.mm.yyyy"}, "ru_RU")

    assert shown == f"{number:.0f}"


def test_a_number_that_is_a_day_is_shown_as_one() -> None:
    assert formatted(46054, {"type": "DATE", "pattern": "dd.mm.yyyy"}, "ru_RU") == "01.02.2026"
