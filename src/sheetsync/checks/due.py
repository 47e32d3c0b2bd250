"""When a row is owed: the dates that deadlines of the plan come down to."""

from __future__ import annotations

from datetime import date

from sheetsync.model import PlanRow, Settings


def report_date(settings: Settings) -> date | None:
    """The day reports are due; without one, the end of the period."""
    return settings.report_due or settings.period_end


def plan_start(settings: Settings) -> date | None:
    """The first day of the plan: carried out earlier does not count."""
    if settings.period_start:
        return settings.period_start
    return date(min(settings.years), 1, 1) if settings.years else None


def first_due(row: PlanRow, settings: Settings) -> date | None:
    """The day a row becomes owed.

    A repeated row is owed from its first occurrence, a continuous or undated one at the report
    date, or else at the end of the plan's last year.
    """
    if row.occurrences:
        return min(row.occurrences)
    if row.due:
        return row.due
    return report_date(settings) or (date(max(settings.years), 12, 31) if settings.years else None)


def last_due(row: PlanRow) -> date | None:
    """The day after which even the last occurrence is late; ``None`` for continuous rows."""
    if not row.occurrences:
        return row.due
    return max((*row.occurrences, *((row.due,) if row.due else ())), default=None)


def is_due(row: PlanRow, settings: Settings, as_of: date) -> bool:
    """Owed by the as-of date, that day included; a row taken out of the plan never is."""
    if row.is_retired:
        return False
    due = first_due(row, settings)
    return due is not None and due <= as_of
