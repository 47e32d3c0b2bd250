"""The command «return»: open remarks go back to those who are to see to them.

Into the sheet of a participant whose channel is Google, as a form in «Возврат» to the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.desk import Desk
from sheetsync.campaign.desk_place import desk_at
from sheetsync.campaign.files import journal_of, read_workbook_plan, taken_over
from sheetsync.campaign.found_now import found_now
from sheetsync.campaign.google.fetching import Connect, Progress, Stopwatch, signing_in
from sheetsync.campaign.google.remarks import Returning, SheetsReturned
from sheetsync.campaign.google.showing import Showing
from sheetsync.campaign.issuing import plan_to_send
from sheetsync.campaign.returned_files import FileReturned, FilesReturning
from sheetsync.district.remarks import open_remarks
from sheetsync.findings import make, severity_of
from sheetsync.journal import Journal
from sheetsync.model import Channel, Consolidation, Finding, Participant, Plan, Severity
from sheetsync.workbooks.port import OpenWorkbook


class ReturnResult(Struct, frozen=True):
    """What was returned: forms in «Возврат», remarks in sheets of Google."""

    campaign: store.Campaign
    plan: Plan
    sheets: SheetsReturned
    files: tuple[FileReturned, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def needs_user(self) -> bool:
        """Whether somebody's remarks did not reach them."""
        told = any(severity_of(one) is not Severity.INFO for one in self.findings)
        return told or bool(self.sheets.at_home)


def return_remarks(
    place: Path,
    now: datetime,
    workbook: OpenWorkbook | None = None,
    *,
    until: date | None = None,
    snapshot: Path | None = None,
    progress: Progress = lambda *_: None,
    google: Connect | None = None,
) -> ReturnResult:
    """Return what is open in «Исполнение» of ``workbook``, when people have it open, else of the file.

    ``until`` is the day forms are to come back by; ``snapshot`` a copy of ``workbook``, when one was
    made already; ``google`` signs in otherwise than as the user of this computer. Raises
    ``store.StoreError`` when it cannot go on.
    """
    campaign = store.open_campaign(place)
    connect = google or signing_in(now)
    with store.one_writer(campaign, now, "return") as hold, journal_of(campaign) as journal:
        desk = desk_at(campaign, hold, now, workbook, snapshot)
        showing = _showing(campaign, journal, desk, connect)
        # copies that came meanwhile are kept: they are older than the forms that go out now
        found = found_now(campaign, journal, desk, hold, (now.date(), now), showing=showing, keep=True)
        found = replace(found, plan=plan_to_send(found.plan, journal))
        returning = _Returning(campaign, journal, found, Stopwatch(now), progress, until)
        sheets = returning.into_sheets(connect)
        files, told = returning.into_files()
    findings = (*taken_over(hold), *showing.findings, *returning.switched_off(), *sheets.findings, *told)
    return ReturnResult(campaign, found.plan, sheets, files, findings)


def _showing(campaign: store.Campaign, journal: Journal, desk: Desk, connect: Connect) -> Showing:
    """The Google свод of the campaign, where it has one."""
    is_shown = journal.published.file(read_workbook_plan(desk.workbook, 1).plan.plan_id)
    return Showing(connect if is_shown else None, campaign, journal)


@dataclass
class _Returning:
    """One run over the participants with something open."""

    campaign: store.Campaign
    journal: Journal
    found: Consolidation
    watch: Stopwatch
    progress: Progress
    until: date | None

    def __post_init__(self) -> None:
        self.plan = self.found.plan
        self.run = self.journal.next_run()
        self.remarks = open_remarks(self.found.outcomes)

    def into_sheets(self, connect: Connect) -> SheetsReturned:
        if not self.plan.settings.google:
            return SheetsReturned()
        returning = Returning(self.campaign, self.journal, self.plan, self.run, self.watch, self.progress)
        return returning.returned(self._by(Channel.GOOGLE), self.found.outcomes, connect)

    def into_files(self) -> tuple[tuple[FileReturned, ...], tuple[Finding, ...]]:
        now = self.watch.now
        returning = FilesReturning(self.campaign, self.journal, self.found, self.run, now, self.until)
        for one in self._by(Channel.EXCEL):
            if one.code in self.remarks:
                returning.give_back(one, self.remarks[one.code])
        return tuple(returning.returned), tuple(returning.findings)

    def switched_off(self) -> tuple[Finding, ...]:
        """Whose remarks wait until Google is switched on."""
        if self.plan.settings.google:
            return ()
        waiting = (one for one in self._by(Channel.GOOGLE) if one.code in self.remarks)
        return tuple(make("G601", participant=one.code) for one in waiting)

    def _by(self, channel: Channel) -> list[Participant]:
        return [one for one in self.plan.participants if one.channel is channel]
