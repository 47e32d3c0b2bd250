"""Working days of Russia: weekends, public holidays and days carried over, as the library knows them.

The government carries days over a year at a time, and the library learns of it with its own updates:
of a year it has not learnt yet only weekends and fixed holidays count (``is_known``).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays


def working_day_after(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``, which itself does not count.

    >>> working_day_after(date(2026, 4, 30), 5)
    datetime.date(2026, 5, 8)
    """
    return _calendar().get_nth_working_day(day, count)


def is_known(year: int) -> bool:
    """Whether the library has learnt which days off of a year are carried over."""
    return year in _calendar().special_public_holidays


@lru_cache
def _calendar() -> holidays.HolidayBase:
    """Years are added to it as they are asked for."""
    return holidays.country_holidays("RU")
