"""Whether the date of a document can be, and whether it belongs to the time of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from sheetsync.checks.case import Case
from sheetsync.checks.evidence import column_of, is_of_an_office, to_be_confirmed
from sheetsync.grid import text_of
from sheetsync.model import EvidenceItem, Finding
from sheetsync.patterns import at_first_use
from sheetsync.plan.papers import Paper

_OLDEST: Final = date(1990, 1, 1)
"""No document of a school's report is older."""

_YEAR: Final = timedelta(days=366)
"""An order of the school year before may still be in force."""

_LASTING: Final = frozenset(
    {Paper.AGREEMENT, Paper.CONTRACT, Paper.REGULATION, Paper.PROGRAMME, Paper.PLAN, Paper.CERTIFICATE}
)
"""Documents made for several years."""

_YEARS_END: Final = at_first_use(r"\.\d{1,2}\.\d{4}")
_DATE: Final = at_first_use(r"(\d(?<![\d.]\d)\d?)\.(\d{1,2})\.(\d{4})(?!\d)")


def impossible_date(case: Case) -> Iterator[Finding]:
    """A document dated after the as-of date, long ago, or on a day the calendar does not have."""
    for outcome in case.outcomes:
        found: dict[str, str] = {}
        for column in ("document", "link"):
            text = outcome.entry.text(column) if outcome.entry else ""
            if _YEARS_END.search(text):
                found.update(dict.fromkeys(_impossible_dates(text, case.as_of), column))
        for item in case.evidence_of(outcome).items:
            if item.date and not _is_possible(item.date, case.as_of):
                found.setdefault(text_of(item.date), column_of(outcome, item.text))
        for day, column in found.items():
            yield case.finding(outcome, column, "E608", date=day)


def before_the_plan(case: Case) -> Iterator[Finding]:
    """A document older than the plan: one of the year before may be in force, an older one is doubtful."""
    start = case.plan.settings.period_start
    if start is None:
        return
    for outcome, evidence in to_be_confirmed(case):
        old = {item.date: item for item in evidence.items if _is_old(item, start)}
        for day, item in old.items():
            if day is not None and not _is_the_order(day, case):
                code = "E613" if day >= start - _YEAR or item.kind in _LASTING else "E614"
                column = column_of(outcome, item.text)
                yield case.finding(outcome, column, code, date=text_of(day), start=text_of(start))


def _is_old(item: EvidenceItem, start: date) -> bool:
    return item.date is not None and _OLDEST <= item.date < start and not is_of_an_office(item)


def _is_the_order(day: date, case: Case) -> bool:
    """The order of the plan itself is often dated before the plan's first day."""
    return day == case.plan.settings.order_date


def _impossible_dates(text: str, as_of: date) -> Iterator[str]:
    for day, month, year in _DATE.findall(text):
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            yield f"{day}.{month}.{year}"
            continue
        if not _is_possible(found, as_of):
            yield text_of(found)


def _is_possible(day: date, as_of: date) -> bool:
    return _OLDEST <= day <= as_of
