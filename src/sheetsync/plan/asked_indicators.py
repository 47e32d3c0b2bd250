"""Which numeric targets a participant is asked for, and when a figure is expected."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.model import Indicator, Plan
from sheetsync.text import skeleton

AskedIndicator = tuple[int, Indicator]
"""The place of a target among those of the plan, and the target."""


def indicators_asked(plan: Plan, code: str) -> Iterator[AskedIndicator]:
    """Targets of the whole plan and those of the rows the participant owes, of the current period."""
    owed = {row.key for row in plan.rows_of(code)}
    for place, one in enumerate(plan.indicators):
        if (one.activity is None or one.activity in owed) and is_asked_now(plan, one):
            yield place, one


def is_asked_now(plan: Plan, indicator: Indicator) -> bool:
    """Whether a target is reported in the period of the plan.

    A target with a value for every year is asked in its own year; one set for the end of the
    programme is asked on the way to it, in every period up to its year.
    """
    period = period_year(plan)
    if period is None or indicator.year is None:
        return True
    years = sorted(one.year for one in plan.indicators if one.year and _is_same(one, indicator))
    return indicator.year == next((year for year in years if year >= period), None)


def period_year(plan: Plan) -> int | None:
    """The year the current period ends in; ``None`` for a plan of one period."""
    settings = plan.settings
    return settings.period_end.year if settings.period and settings.period_end else None


def _is_same(one: Indicator, other: Indicator) -> bool:
    return identity_of(one) == identity_of(other)


def identity_of(one: Indicator) -> tuple[str, str, str]:
    """What tells a target from others whatever the year."""
    return skeleton(one.title), skeleton(one.unit or ""), one.activity or ""
