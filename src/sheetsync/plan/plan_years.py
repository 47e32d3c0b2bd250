"""Which year an unprinted year is: the years a plan covers, as calendar years or one school year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

SCHOOL_YEAR_STARTS: Final = (9, 1)
SCHOOL_YEAR_ENDS: Final = (8, 31)


class PlanYears(Struct, frozen=True):
    """The years of a plan, in order.

    ``school`` plans run from 1 September of the first year to 31 August of the second. Two
    neighbouring years of which nobody said what they are, are ``assumed`` to be a school year.
    """

    years: tuple[int, ...]
    school: bool = False
    assumed: bool = False

    @classmethod
    def of(cls, years: Sequence[int], school_year: bool | None = None) -> PlanYears:
        """``school_year`` None means «not said»: [2021, 2022] is then taken for 2021/2022, doubtfully.

        One year with ``school_year=True`` is the school year that starts in it.
        """
        known = tuple(sorted(set(years)))
        if school_year and len(known) == 1:
            known = (known[0], known[0] + 1)
        pair = len(known) == 2 and known[1] == known[0] + 1
        school = pair and school_year is not False
        return cls(known, school, school and school_year is None)

    @property
    def calendar(self) -> PlanYears:
        """The same years as whole calendar years."""
        return PlanYears(self.years)

    def year_of(self, month: int) -> int | None:
        """The year a bare month falls into; None when the plan leaves more than one, or none."""
        if self.school:
            return self.years[0] if month >= SCHOOL_YEAR_STARTS[0] else self.years[1]
        return self.years[0] if len(self.years) == 1 else None

    @property
    def first_day(self) -> date | None:
        if not self.years:
            return None
        return date(self.years[0], *(SCHOOL_YEAR_STARTS if self.school else (1, 1)))

    @property
    def last_day(self) -> date | None:
        if not self.years:
            return None
        return date(self.years[-1], *(SCHOOL_YEAR_ENDS if self.school else (12, 31)))

    def covers(self, day: date) -> bool:
        """True when the day's year is one of the plan's; a plan without years covers every day."""
        return not self.years or self.years[0] <= day.year <= self.years[-1]

    def __str__(self) -> str:
        if not self.years:
            return ""
        if self.school:
            return f"{self.years[0]}/{self.years[1]}"
        return f"{self.years[0]}" if len(self.years) == 1 else f"{self.years[0]}-{self.years[-1]}"
