"""An answer is asked for on a working day."""

from __future__ import annotations

from datetime import date

import pytest

from sheetsync.letters.working_days import is_known, working_day_after


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        (date(2026, 6, 15), date(2026, 6, 22)),  # a week without holidays
        (date(2026, 4, 30), date(2026, 5, 8)),  # 1 May and the weekend behind it
        (date(2026, 12, 28), date(2027, 1, 13)),  # 31 December is off too, then the holidays of New Year
        (date(2026, 11, 22), date(2026, 11, 27)),  # written on a Sunday
    ],
)
def test_five_working_days_step_over_weekends_and_holidays(written: date, answer: date) -> None:
    assert working_day_after(written, 5) == answer


def test_a_saturday_made_a_working_day_counts() -> None:
    """28 December 2024 was worked for 30 December."""
    assert working_day_after(date(2024, 12, 27), 1) == date(2024, 12, 28)
    assert working_day_after(date(2024, 12, 27), 2) == date(2025, 1, 9)


def test_of_a_year_the_library_has_not_learnt_fixed_holidays_still_count() -> None:
    assert is_known(2024)
    assert not is_known(2039)
    assert working_day_after(date(2039, 5, 6), 1) == date(2039, 5, 10)
