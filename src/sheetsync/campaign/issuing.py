"""The button «Выпустить формы»: one form for each participant who owes rows."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.campaign.files import (
    find_tables,
    journal_of,
    open_template,
    open_workbook,
    read_file,
    read_workbook_plan,
    taken_over,
)
from sheetsync.columns import DISTRICT_TABLES
from sheetsync.district.reading import PlanReading
from sheetsync.findings import make, needs_user
from sheetsync.forms.model import form_of
from sheetsync.forms.render import fill_form
from sheetsync.journal import IssuedForm, Journal
from sheetsync.model import Event, Finding, JournalLine, Participant, Plan
from sheetsync.workbooks.port import Workbook, WorkbookTables
from sheetsync.workbooks.templates import Template

_NOT_IN_A_FILE_NAME: Final = re.compile(
    r'[<>:"/\\|?*\x00-\x20\x7f-\x9f«»\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]+'
)
_NAME_LENGTH: Final = 60


@dataclass(frozen=True, slots=True)
class IssueResult:
    campaign: store.Campaign
    plan: Plan
    written: tuple[Path, ...]
    same: tuple[Path, ...]
    findings: tuple[Finding, ...]

    @property
    def needs_user(self) -> bool:
        return needs_user(self.findings) or any(one.code == "S803" for one in self.findings)


def issue_forms(place: Path, now: datetime, workbook: Workbook | None = None) -> IssueResult:
    """One form for each participant who owes rows; a form somebody changed is not overwritten.

    The plan is that of ``workbook``, when people have it open, else of the file.
    """
    campaign = store.open_campaign(place)
    if workbook:
        find_tables(workbook, DISTRICT_TABLES)
    with store.one_writer(campaign, now, "issue") as hold, journal_of(campaign) as journal:
        reading = _plan_to_issue(workbook or open_workbook(campaign), journal)
        plan = reading.plan
        issuing = _Issuing(campaign, journal, plan, plan_digest(plan), now)
        for participant in plan.participants:
            if participant.owes_report and plan.rows_of(participant.code):
                issuing.issue(participant)
        journal.add_lines(issuing.lines)
    findings = (*taken_over(hold), *reading.findings, *issuing.findings)
    return IssueResult(campaign, plan, tuple(issuing.written), tuple(issuing.same), findings)


def _plan_to_issue(workbook: WorkbookTables, journal: Journal) -> PlanReading:
    """The plan with the number this issue gets: the last one while the plan says the same."""
    reading = read_workbook_plan(workbook, 1)
    forms = journal.forms()
    last = max((one.issue for one in forms), default=0)
    digests = {one.plan_digest for one in forms if one.issue == last}
    issue = last if digests == {plan_digest(reading.plan)} else last + 1
    return PlanReading(replace(reading.plan, issue=issue), reading.findings)


def plan_digest(plan: Plan) -> str:
    """A digest of everything the forms are made from, the number of the issue left out."""
    said = repr((plan.settings, plan.rows, plan.participants, plan.indicators))
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass
class _Issuing:
    campaign: store.Campaign
    journal: Journal
    plan: Plan
    digest: str
    now: datetime

    def __post_init__(self) -> None:
        self.run = self.journal.next_run()
        self.issued = {one.sha256 for one in self.journal.forms()}
        self.written: list[Path] = []
        self.same: list[Path] = []
        self.findings: list[Finding] = []
        self.lines: list[JournalLine] = []

    def issue(self, participant: Participant) -> None:
        workbook = open_template(Template.FORM, self.campaign.folder)
        fill_form(workbook, form_of(self.plan, participant.code))
        data = workbook.to_bytes()
        path = self.campaign.forms / form_name(participant)
        present = read_file(path) if path.exists() else None
        if present is not None and present != data and store.sha256(present) not in self.issued:
            self.findings.append(make("S803", participant=participant.code, name=path.name))
            return
        if present == data and store.sha256(data) in self.issued:
            self.same.append(path)
            return
        digest = store.keep_original(self.campaign, data)
        form = IssuedForm(participant.code, self.plan.issue, digest, path.name, self.digest, self.run)
        self.journal.add_form(form, self.now)
        self.journal.commit()  # known before it is there: a run cut off here leaves no unknown form
        store.write_atomically(path, data)
        self.lines.append(JournalLine(self.run, self.now, Event.ISSUED, participant.short_name, path.name))
        self.written.append(path)


def form_name(participant: Participant) -> str:
    """«S01 Липовская СОШ №2.xlsx»: safe on every system."""
    name = _NOT_IN_A_FILE_NAME.sub(" ", participant.short_name)
    name = " ".join(name.split())[:_NAME_LENGTH].rstrip(". ")
    return f"{participant.code} {name}".rstrip() + ".xlsx"
