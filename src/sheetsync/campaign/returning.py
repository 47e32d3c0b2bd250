"""The command «return»: open remarks go back to those who are to see to them.

Into the sheet of a participant whose channel is Google; files are returned by letter for now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sheetsync import store
from sheetsync.campaign.consolidating import judged_now
from sheetsync.campaign.desk_file import FileDesk
from sheetsync.campaign.files import journal_of, read_workbook_plan, taken_over
from sheetsync.campaign.google.fetching import Connect, Progress, Stopwatch, signing_in
from sheetsync.campaign.google.remarks import OpenRemarks, Returning, SheetsReturned
from sheetsync.campaign.google.showing import Showing
from sheetsync.district.remarks import mended_remarks, open_remarks
from sheetsync.findings import make, severity_of
from sheetsync.model import Channel, Finding, Participant, Plan, Severity


@dataclass(frozen=True, slots=True)
class ReturnResult:
    """What was returned; ``by_letter`` are those whose remarks have to be sent by hand."""

    campaign: store.Campaign
    plan: Plan
    sheets: SheetsReturned
    by_letter: tuple[Participant, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def needs_user(self) -> bool:
        """Whether somebody's remarks did not reach them."""
        told = any(severity_of(one) is not Severity.INFO for one in self.findings)
        return told or bool(self.by_letter or self.sheets.at_home)


def return_remarks(
    place: Path,
    now: datetime,
    *,
    progress: Progress = lambda *_: None,
    google: Connect | None = None,
) -> ReturnResult:
    """Return what is open in «Исполнение». Raises ``store.StoreError`` when it cannot go on.

    ``google`` signs in otherwise than as the user of this computer.
    """
    campaign = store.open_campaign(place)
    connect = google or signing_in(now)
    with store.one_writer(campaign, now, "return") as hold, journal_of(campaign) as journal:
        desk = FileDesk(campaign, hold, now)
        is_shown = journal.published.file(read_workbook_plan(desk.workbook, 1).plan.plan_id)
        showing = Showing(connect if is_shown else None, campaign, journal)
        found = judged_now(campaign, journal, desk, now.date(), now, showing=showing).found
        plan = found.plan
        remarks, mended = open_remarks(found.outcomes), mended_remarks(found.outcomes)
        by_google = [one for one in plan.participants if one.channel is Channel.GOOGLE]
        returning = Returning(campaign, journal, plan, journal.next_run(), Stopwatch(now), progress)
        sheets, switched = SheetsReturned(), tuple(_switched_off(by_google, remarks, plan))
        if plan.settings.google:
            sheets = returning.returned(by_google, remarks, mended, connect)
    by_letter = (one for one in plan.participants if one.channel is Channel.EXCEL and one.code in remarks)
    findings = (*taken_over(hold), *showing.findings, *switched, *sheets.findings)
    return ReturnResult(campaign, plan, sheets, tuple(by_letter), findings)


def _switched_off(participants: Sequence[Participant], remarks: OpenRemarks, plan: Plan) -> Iterator[Finding]:
    for one in participants:
        if one.code in remarks and not plan.settings.google:
            yield make("G601", participant=one.code)
