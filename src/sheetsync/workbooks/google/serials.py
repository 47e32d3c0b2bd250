"""Days as Google numbers them: from 30 December 1899 on, every one of them a real day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

_DAY_ZERO: Final = datetime(1899, 12, 30)
_DAY: Final = timedelta(days=1)


def serial(moment: date | time | timedelta) -> float:
    """A day, an hour or a stretch of time as the number of a cell."""
    match moment:
        case datetime():
            days = (moment - _DAY_ZERO) / _DAY
        case date():
            days = float((moment - _DAY_ZERO.date()).days)
        case time():
            days = (datetime.combine(_DAY_ZERO, moment) - _DAY_ZERO) / _DAY
        case timedelta():
            days = moment / _DAY
    return int(days) if days == int(days) else days


def moment_of(number: float) -> datetime:
    """The second a number means."""
    return _DAY_ZERO + timedelta(seconds=round(number * _DAY.total_seconds()))
