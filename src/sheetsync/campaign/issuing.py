"""The button «Выпустить формы»: one form for each participant who owes rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import fields, replace

from sheetsync import store
from sheetsync.campaign.desk_place import desk_at
from sheetsync.campaign.files import (
    find_tables,
    journal_of,
    open_template,
    open_workbook,
    read_file,
    taken_over,
)
from sheetsync.campaign.form_names import form_name
from sheetsync.campaign.found_now import found_now
from sheetsync.campaign.google.fetching import Connect, Progress, Stopwatch, signing_in
from sheetsync.campaign.google.issued_sheets import NO_SHEETS, SheetsIssued
from sheetsync.campaign.google.linking import Linking
from sheetsync.campaign.issued import FILE, IssuedForms
from sheetsync.campaign.parts.standing import ROWS
from sheetsync.campaign.period_plan import read_period_plan, with_reference
from sheetsync.campaign.said_before import answers_before
from sheetsync.columns import DISTRICT_TABLES
from sheetsync.district.reading import PlanReading
from sheetsync.findings import make, needs_user
from sheetsync.forms.answered import Answers, with_answers
from sheetsync.forms.model import Form, form_of
from sheetsync.forms.render import fill_form
from sheetsync.journal import IssuedForm, Journal
from sheetsync.journal.periods import BegunPeriod
from sheetsync.model import Channel, Event, Finding, JournalLine, Participant, Plan, Settings
from sheetsync.plan.periods import current_period
from sheetsync.workbooks.port import OpenWorkbook, WorkbookTables
from sheetsync.workbooks.templates import Template


class IssueResult(Struct, frozen=True):
    """Forms written and those that needed nothing; ``sheets`` are the same of Google."""

    campaign: store.Campaign
    plan: Plan
    written: tuple[Path, ...]
    same: tuple[Path, ...]
    findings: tuple[Finding, ...]
    sheets: SheetsIssued = NO_SHEETS

    @property
    def needs_user(self) -> bool:
        return needs_user(self.findings) or any(one.code == "S803" for one in self.findings)


def issue_forms(
    place: Path,
    now: datetime,
    workbook: OpenWorkbook | None = None,
    *,
    snapshot: Path | None = None,
    seconds: float | None = None,
    progress: Progress = lambda *_: None,
    google: Connect | None = None,
) -> IssueResult:
    """One form for each participant who owes rows; a form somebody changed is not overwritten.

    The plan is that of ``workbook``, when people have it open, else of the file; ``snapshot`` is a copy
    of it, when one was made already. ``seconds`` is how long Google sheets may be made, the next run
    goes on from there; ``google`` signs in otherwise than as the user of this computer.
    """
    campaign = store.open_campaign(place)
    watch = Stopwatch(now, seconds)
    if workbook:
        find_tables(workbook, DISTRICT_TABLES)
    with store.one_writer(campaign, now, "issue") as hold, journal_of(campaign) as journal:
        reading = _plan_to_issue(workbook or open_workbook(campaign), journal, campaign)
        desk = desk_at(campaign, hold, now, workbook, snapshot)
        day = now.date(), now
        found = partial(found_now, campaign, journal, desk, hold, day, wanted=ROWS)
        before = answers_before(campaign, journal, reading.plan, found)
        issuing = _Issuing(campaign, journal, reading.plan, now, before)
        _begin_first_period(journal, reading.plan, now)
        owing = [
            one for one in reading.plan.participants if one.owes_report and reading.plan.rows_of(one.code)
        ]
        for participant in owing:
            if participant.channel is Channel.EXCEL:
                issuing.issue(participant)
        sheets = issuing.issue_sheets(owing, google or signing_in(now), watch, progress)
        linking = Linking(reading.plan, journal.google.sheets())
        if workbook:
            linking.into_open(workbook)
        else:
            linking.into_file(campaign, hold, now)
        journal.add_lines(issuing.lines)
    findings = (*taken_over(hold), *reading.findings, *issuing.findings, *linking.findings)
    return IssueResult(campaign, reading.plan, tuple(issuing.written), tuple(issuing.same), findings, sheets)


def _plan_to_issue(workbook: WorkbookTables, journal: Journal, campaign: store.Campaign) -> PlanReading:
    """The plan of the period with the number this issue gets: the last one while the plan says the same."""
    reading = with_reference(read_period_plan(workbook, 1, journal), campaign)
    return PlanReading(plan_to_send(reading.plan, journal), reading.findings)


def _begin_first_period(journal: Journal, plan: Plan, now: datetime) -> None:
    """The forms of a programme's first period are known as its own."""
    period = current_period(plan.settings)
    if period and not journal.periods.all():
        journal.periods.begin(BegunPeriod(period.label, period.finish, plan.issue, 0), now)


def plan_to_send(plan: Plan, journal: Journal) -> Plan:
    """The plan with the number forms made from it get: the last one while it says what it said."""
    forms = journal.forms()
    last = max((one.issue for one in forms), default=0)
    digests = {one.plan_digest for one in forms if one.issue == last}
    return replace(plan, issue=last if digests == {plan_digest(plan)} else last + 1)


def plan_digest(plan: Plan) -> str:
    """A digest of everything the forms are made from, the number of the issue left out."""
    printed = [_printed(one) for one in plan.participants]
    said = repr((_printed_settings(plan.settings), plan.rows, printed, plan.indicators))
    return hashlib.sha256(said.encode()).hexdigest()


def _printed(one: Participant) -> Participant:
    """Without what no form says: a new address of a school is no new issue."""
    return Participant(one.code, one.name, one.short_name, kind=one.kind)


def _printed_settings(settings: Settings) -> list[tuple[str, object]]:
    """What the settings say but for how Google and the post are used: no form says that."""
    told = ((one.name, getattr(settings, one.name)) for one in fields(settings))
    return [(name, value) for name, value in told if not name.startswith(("google", "mail"))]


@dataclass
class _Issuing:
    campaign: store.Campaign
    journal: Journal
    plan: Plan
    now: datetime
    before: Mapping[str, Answers]
    """What participants answered under an earlier issue, put into their new forms."""

    def __post_init__(self) -> None:
        self.digest = plan_digest(self.plan)
        self.run = self.journal.next_run()
        self.issued = {one.sha256 for one in self.journal.forms()}
        self.forms = IssuedForms(self.campaign, (), self.plan, keep=True)
        self.written: list[Path] = []
        self.same: list[Path] = []
        self.findings: list[Finding] = []
        self.lines: list[JournalLine] = []

    def issue(self, participant: Participant) -> None:
        workbook = open_template(Template.FORM, self.campaign.folder)
        fill_form(workbook, self._form(participant.code))
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
        self.forms.remember(digest)
        self.lines.append(JournalLine(self.run, self.now, Event.ISSUED, participant.short_name, path.name))
        self.written.append(path)

    def _form(self, code: str) -> Form:
        form, answers = form_of(self.plan, code), self.before.get(code)
        return with_answers(form, self.plan, answers) if answers else form

    # --- Google

    def issue_sheets(
        self, owing: Sequence[Participant], connect: Connect, watch: Stopwatch, progress: Progress
    ) -> SheetsIssued:
        """Spreadsheets for those whose channel is Google; none while Google is switched off."""
        by_google = [one for one in owing if one.channel is Channel.GOOGLE]
        self.findings += self._switched(owing)
        if not self.plan.settings.google:
            self.findings += [make("G601", participant=one.code) for one in by_google]
            return NO_SHEETS
        from sheetsync.campaign.google.issuing import SheetIssuing  # noqa: PLC0415 - reads forms anew

        issuing = SheetIssuing(self.campaign, self.journal, self.plan, self.digest, self.run, watch, progress)
        issued = issuing.issued(by_google, connect)
        self.findings += issued.findings
        return issued

    def _switched(self, owing: Sequence[Participant]) -> Iterator[Finding]:
        """Who had a form of one kind and gets one of the other."""
        is_on = self.plan.settings.google
        files = {one.participant: one.name for one in self.journal.forms() if one.name.endswith(FILE)}
        sheets = {one.participant for one in self.journal.google.sheets() if one.form}
        for one in owing:
            is_by_google = one.channel is Channel.GOOGLE
            if is_by_google and is_on and one.code in files and one.code not in sheets:
                yield make("G619", participant=one.code, name=files[one.code])
            elif not is_by_google and one.code in sheets:
                yield make("G620", participant=one.code)
