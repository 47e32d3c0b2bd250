"""The button «Проверить один файл»: one copy on its own, what a school would be told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.checking_along import sent_along, taken_out
from sheetsync.campaign.copy_reading import received
from sheetsync.campaign.files import journal_of, open_workbook, read_file
from sheetsync.campaign.issued import Issued, IssuedForms, form_made_again
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.campaign.period_plan import read_period_plan
from sheetsync.findings import make, needs_user
from sheetsync.grid import Book
from sheetsync.intake.alone import plan_of_copy, why_unknown
from sheetsync.merge.consolidate import consolidate
from sheetsync.model import Consolidation, Finding, Origin, Plan, RowState, Verdict
from sheetsync.privacy.books import masked_book
from sheetsync.privacy.shield import Shield
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.port import WorkbookTables


class Answered(Struct, frozen=True):
    """How much of its form one participant answered."""

    code: str
    name: str
    rows: int
    answered: int


class Beside(Struct, frozen=True):
    """A campaign whose district workbook people have open: its plan is the one on the screen."""

    campaign: store.Campaign
    workbook: WorkbookTables


class CheckResult(Struct, frozen=True):
    name: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    answered: tuple[Answered, ...] = ()
    plan: Plan | None = None

    @property
    def needs_user(self) -> bool:
        return self.verdict is not Verdict.ACCEPTED or needs_user(self.findings)


def check_file(path: Path, as_of: date, beside: Beside | None = None) -> CheckResult:
    """Check one filled form, alone or in an archive with its scans: by the workbook it is checked
    ``beside``, by the campaign around it or by what it carries itself."""
    packed = taken_out(path.name, read_file(path))
    data = packed.data
    origin = Origin(packed.name, store.sha256(data))
    opened = open_copy(data, packed.name)
    if opened.book is None:
        return CheckResult(path.name, Verdict.REFUSED, opened.findings)
    around = _around(path, opened.book, beside)
    if around is None:
        unknown = make(why_unknown(opened.book), origin=origin)
        return CheckResult(path.name, Verdict.UNRECOGNISED, (*opened.findings, unknown))
    read = received(data, origin, around.plan, lambda _: around.form)
    copy = replace(around.past.judged(read), order=1)
    found = consolidate(around.plan, [copy, *sent_along(copy, packed, around.plan)], {}, as_of).found
    senders = set(copy.participants)
    about_it = tuple(one for one in found.findings if one.participant in senders or one.origin.file)
    return CheckResult(path.name, copy.verdict, about_it, _answered(found, senders), around.plan)


class _Around(Struct, frozen=True):
    """What is known of a copy from elsewhere: the plan and the form it was made from."""

    plan: Plan
    form: Issued | None
    past: PastPeriods = field(default_factory=lambda: PastPeriods("", ()))


def _around(path: Path, book: Book, beside: Beside | None) -> _Around | None:
    """From the open workbook; from the campaign whose folder holds the file; from what the copy carries."""
    campaign = beside.campaign if beside else store.campaign_above(path)
    if campaign is None:
        plan = plan_of_copy(masked_book(book, Shield(), Origin(path.name))[0])
        return _Around(plan, form_made_again(plan, plan.participants[0].code)) if plan else None
    workbook = beside.workbook if beside else open_workbook(campaign)
    with journal_of(campaign) as journal:
        plan = read_period_plan(workbook, 1, journal).plan
        issue = max((one.issue for one in journal.forms()), default=1)
        plan = replace(plan, issue=issue)
        form = IssuedForms(campaign, journal.forms(), plan).form_behind(book)
        return _Around(plan, form, PastPeriods.of(journal, plan))


def _answered(found: Consolidation, senders: set[str]) -> tuple[Answered, ...]:
    return tuple(
        Answered(one.code, one.name, len(rows), sum(row.state is not RowState.MISSING for row in rows))
        for one in found.plan.participants
        if one.code in senders
        for rows in [[row for row in found.outcomes if row.participant == one.code]]
    )
