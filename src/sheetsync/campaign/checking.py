"""The button «Проверить один файл»: one copy on its own, what a school would be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sheetsync import store
from sheetsync.campaign.collecting import census_of
from sheetsync.campaign.files import open_workbook, read_file, read_workbook_plan
from sheetsync.findings import make, needs_user
from sheetsync.grid import Book
from sheetsync.intake.alone import plan_of_copy
from sheetsync.intake.read import read_copy
from sheetsync.merge.consolidate import consolidate
from sheetsync.merge.received import Received
from sheetsync.model import Consolidation, Finding, Origin, Plan, RowState, Verdict
from sheetsync.workbooks.copies import open_copy


@dataclass(frozen=True, slots=True)
class Answered:
    """How much of its form one participant answered."""

    code: str
    name: str
    rows: int
    answered: int


@dataclass(frozen=True, slots=True)
class CheckResult:
    name: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    answered: tuple[Answered, ...] = ()
    plan: Plan | None = None

    @property
    def needs_user(self) -> bool:
        return self.verdict is not Verdict.ACCEPTED or needs_user(self.findings)


def check_file(path: Path, as_of: date) -> CheckResult:
    """Check one filled form, by the campaign around it or by what it carries itself."""
    data = read_file(path)
    origin = Origin(path.name, store.sha256(data))
    opened = open_copy(data, path.name)
    if opened.book is None:
        return CheckResult(path.name, Verdict.REFUSED, opened.findings)
    plan = _plan_for(path, opened.book)
    if plan is None:
        return CheckResult(path.name, Verdict.UNRECOGNISED, (*opened.findings, make("V201", origin=origin)))
    reading = read_copy(opened.book, plan, origin)
    received = Received(
        origin,
        reading.verdict,
        1,
        as_of,
        reading.submissions,
        (*opened.findings, *reading.findings),
        census_of(data),
    )
    found = consolidate(plan, [received], {}, as_of)
    senders = {one.participant for one in reading.submissions}
    about_it = tuple(one for one in found.findings if one.participant in senders or one.origin.file)
    return CheckResult(path.name, reading.verdict, about_it, _answered(found, senders), plan)


def _plan_for(path: Path, book: Book) -> Plan | None:
    campaign = store.campaign_above(path)
    if campaign is None:
        return plan_of_copy(book)
    return read_workbook_plan(open_workbook(campaign), issue=1).plan


def _answered(found: Consolidation, senders: set[str]) -> tuple[Answered, ...]:
    return tuple(
        Answered(one.code, one.name, len(rows), sum(row.state is not RowState.MISSING for row in rows))
        for one in found.plan.participants
        if one.code in senders
        for rows in [[row for row in found.outcomes if row.participant == one.code]]
    )
