"""The command «period»: where a programme of several years stands, and the turn to its next period.

Closing a period keeps its workbook whole in «Архив» and begins the next in the same campaign: the
same plan, forms of the new period, last year's answers beside them for reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.consolidate_result import ConsolidateResult
from sheetsync.campaign.consolidating import consolidate, consolidate_open
from sheetsync.campaign.desk_file import FileDesk
from sheetsync.campaign.desk_place import desk_at
from sheetsync.campaign.files import (
    journal_of,
    need_closed,
    open_elsewhere,
    read_file,
    read_workbook_plan,
    taken_over,
)
from sheetsync.campaign.found_now import found_now
from sheetsync.campaign.google.fetching import Connect, Progress
from sheetsync.campaign.parts.standing import STATES_ALONE
from sheetsync.campaign.period_plan import archive_name
from sheetsync.campaign.rendering import Rendering
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.district.new_period import bodies_of_new_period
from sheetsync.findings import make, needs_user
from sheetsync.journal import Journal, RowKey
from sheetsync.journal.periods import BegunPeriod
from sheetsync.model import Consolidation, Event, Finding, JournalLine, Plan, RowState, Settings
from sheetsync.notices import say
from sheetsync.plan.periods import (
    Period,
    current_period,
    is_settled,
    period_after,
    periods_of_settings,
    plan_of_period,
)
from sheetsync.workbooks.port import OpenWorkbook, WorkbookTables


class PeriodStanding(Struct, frozen=True):
    """Where a programme stands. ``asked``, ``missing``, ``settled`` and ``carried`` count rows of
    participants: asked now, without an answer, done with, and asked again in the period ``after``."""

    campaign: store.Campaign
    periods: tuple[Period, ...] = ()
    current: Period | None = None
    after: Period | None = None
    asked: int = 0
    missing: int = 0
    settled: int = 0
    carried: int = 0
    rows_after: int = 0


class PeriodResult(Struct, frozen=True):
    """A period closed and the next begun, or what that would come to."""

    closed: Period
    begun: Period
    standing: PeriodStanding
    archive: Path
    findings: tuple[Finding, ...] = ()
    is_dry: bool = False

    @property
    def needs_user(self) -> bool:
        return needs_user(self.findings)


def period_standing(place: Path, now: datetime) -> PeriodStanding:
    """Where the programme stands today. Nothing is written."""
    campaign = store.open_campaign(place)
    with store.one_writer(campaign, now, "period") as hold, journal_of(campaign) as journal:
        desk = FileDesk(campaign, hold, now)
        found = found_now(campaign, journal, desk, hold, (now.date(), now), wanted=STATES_ALONE)
        return _standing(campaign, found, _whole_plan(desk.workbook), journal)


def next_period(
    place: Path,
    now: datetime,
    workbook: OpenWorkbook | None = None,
    *,
    dry_run: bool = False,
    google: Connect | None = None,
    progress: Progress = lambda *_: None,
) -> PeriodResult:
    """Close the current period and begin the next; with ``dry_run`` only say what that comes to.

    Everything received is consolidated first: what came in its time is counted in its period.
    Raises ``store.StoreError`` when there is no next period or the workbook cannot be replaced.
    """
    campaign = store.open_campaign(place)
    turn = _Turn(campaign, now, workbook)
    if dry_run:
        standing = period_standing(place, now)
        closed, begun = _both(standing)
        return PeriodResult(closed, begun, standing, turn.archive_of(closed), is_dry=True)
    if workbook is None:
        need_closed(campaign)

    def consolidated() -> ConsolidateResult:
        if workbook is not None:
            return consolidate_open(campaign, workbook, now.date(), now, google=google, progress=progress)
        return consolidate(place, now.date(), now, google=google, progress=progress, whole=True)

    found = consolidated().consolidation
    result = turn.made(found)
    consolidated()
    return result


def _both(standing: PeriodStanding) -> tuple[Period, Period]:
    if standing.current is None:
        raise store.StoreError(say(ReviewNotice.PERIOD_ONE))
    if standing.after is None:
        raise store.StoreError(say(ReviewNotice.PERIOD_LAST, current=standing.current.label))
    return standing.current, standing.after


def _whole_plan(workbook: WorkbookTables) -> Plan:
    """The plan with the rows of all periods."""
    return read_workbook_plan(workbook, 1).plan


def _standing(
    campaign: store.Campaign, found: Consolidation, whole: Plan, journal: Journal
) -> PeriodStanding:
    settings = whole.settings
    current, after = current_period(settings), period_after(settings)
    if current is None:
        return PeriodStanding(campaign)
    settled = {(one.participant, one.activity) for one in found.outcomes if is_settled(one)}
    asked = [one for one in found.outcomes if one.participant in _reporting(found.plan, one.activity)]
    following = _following(whole, after, settled, current, journal)
    return PeriodStanding(
        campaign,
        periods_of_settings(settings),
        current,
        after,
        asked=len(asked),
        missing=sum(one.state is RowState.MISSING for one in asked),
        settled=len(settled),
        carried=sum(len(row.reporters) for row in following.asked_rows if _is_carried(row.due, after)),
        rows_after=len(following.asked_rows),
    )


def _reporting(plan: Plan, activity: str) -> tuple[str, ...]:
    row = plan.row(activity)
    return row.reporters if row and not row.is_retired else ()


def _following(
    whole: Plan, after: Period | None, settled: set[RowKey], current: Period, journal: Journal
) -> Plan:
    """The plan of the next period if the current one closed as it stands."""
    if after is None:
        return replace(whole, rows=())
    known = journal.periods.settled_before(current.label) | dict.fromkeys(settled, current.finish)
    return plan_of_period(replace(whole, settings=_settings_of(whole, after)), known)


def _is_carried(due: date | None, after: Period | None) -> bool:
    return due is not None and after is not None and due < after.start


def _settings_of(plan: Plan, period: Period) -> Settings:
    return replace(
        plan.settings,
        period=period.label,
        period_start=period.start,
        period_end=period.finish,
        report_due=period.report_due,
    )


@dataclass(frozen=True)
class _Turn:
    """One turn of a campaign to its next period."""

    campaign: store.Campaign
    now: datetime
    workbook: OpenWorkbook | None

    def archive_of(self, period: Period) -> Path:
        return self.campaign.archive / archive_name(self.campaign.workbook, period.label)

    def made(self, found: Consolidation) -> PeriodResult:
        """The workbook kept, the journal told, the settings moved on. Cut off before the last step it
        leaves the old period running: done again, it begins anew."""
        campaign = self.campaign
        with store.one_writer(campaign, self.now, "period") as hold, journal_of(campaign) as journal:
            desk = desk_at(self.campaign, hold, self.now, self.workbook)
            whole = _whole_plan(desk.workbook)
            standing = _standing(campaign, found, whole, journal)
            closed, begun = _both(standing)
            archive = self._keep(closed)
            run = journal.next_run()
            self._tell(journal, found, closed, begun, run)
            journal.commit()
            plan = replace(whole, settings=_settings_of(whole, begun))
            bodies = bodies_of_new_period(desk.workbook, plan, found.indicators)
            put = desk.put(Rendering(bodies, {}), lambda _: None)
            if put.path != campaign.workbook:
                raise open_elsewhere(campaign)
            journal.remember({}, {})
            note = say(ReviewNotice.PERIOD_NOTE, closed=closed.label, begun=begun.label)
            journal.add_lines([JournalLine(run, self.now, Event.NEXT_PERIOD, file=archive.name, note=note)])
        findings = (*taken_over(hold), *put.findings, *self._too_early(closed))
        return PeriodResult(closed, begun, standing, archive, findings)

    def _keep(self, closed: Period) -> Path:
        """The district workbook as it is, in «Архив», with the note of the period; a workbook that lies
        there already goes to the backups."""
        path = self.archive_of(closed)
        with store.disk_errors(self.campaign.folder):
            path.parent.mkdir(exist_ok=True)
        if path.exists():
            store.back_up(self.campaign, read_file(path), self.now)
        if self.workbook is not None:
            path.unlink(missing_ok=True)
            self.workbook.save_copy(path)
        else:
            store.write_atomically(path, read_file(self.campaign.workbook))
        for one in (self.campaign.note, self.campaign.appendix):
            if one.exists():
                store.write_atomically(path.parent / archive_name(one, closed.label), read_file(one))
        return path

    def _tell(self, journal: Journal, found: Consolidation, closed: Period, begun: Period, run: int) -> None:
        """When the new period began and whom the closed one settled: keys, no words."""
        first_issue = max((one.issue for one in journal.forms()), default=0) + 1
        if journal.periods.begun(closed.label) is None:
            journal.periods.begin(BegunPeriod(closed.label, closed.finish, 0, 0), self.now)
        journal.periods.begin(BegunPeriod(begun.label, begun.finish, first_issue, run), self.now)
        settled = [(one.participant, one.activity) for one in found.outcomes if is_settled(one)]
        journal.periods.settle(closed.label, settled)
        while last := journal.bulk.last()[0]:  # what was accepted in the closed period is not taken back
            journal.bulk.forget(last)

    def _too_early(self, closed: Period) -> tuple[Finding, ...]:
        if self.now.date() > closed.finish:
            return ()
        return (
            make(
                "S882",
                period=closed.label,
                finish=f"{closed.finish:%d.%m.%Y}",
                name=self.campaign.workbook.name,
                archive=self.archive_of(closed).name,
            ),
        )
