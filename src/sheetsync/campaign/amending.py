"""An amended order: what it changes in the plan is shown, and once confirmed put into the workbook.

The order the plan was made from is kept, so that what the coordinator changed since is told from
what the order changes. Nothing but «План», «Настройки» and «Участники» is written; forms are issued
again afterwards, as for any change of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.desk import Desk
from sheetsync.campaign.desk_place import desk_at
from sheetsync.campaign.files import (
    find_tables,
    journal_of,
    need_closed,
    open_elsewhere,
    open_workbook,
    read_file,
    read_table,
    read_workbook_plan,
    taken_over,
)
from sheetsync.campaign.rendering import Rendering
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.columns import DISTRICT_TABLES, INDICATORS, PARTICIPANTS, PLAN, SETTINGS
from sheetsync.district.amended import (
    Drafted,
    RosterChange,
    SettingChange,
    drafted,
    plan_records,
    roster_change,
    rows_of_plan,
    setting_changes,
)
from sheetsync.district.amended_bodies import keyed_body, participants_body, plan_body, settings_body
from sheetsync.district.amended_targets import TargetChange, of_plan, target_changes, targets_body
from sheetsync.documents.reading import read_order_document
from sheetsync.findings import make, needs_user
from sheetsync.journal import Journal, KnownOrder
from sheetsync.model import Event, Finding, JournalLine, Order, Plan, Settings
from sheetsync.notices import say
from sheetsync.plan.amending import Amendment, amend
from sheetsync.plan.amending_pairs import equal_keys
from sheetsync.plan.amending_rows import ASPECTS, Kind, Row
from sheetsync.plan.document import OrderRefused
from sheetsync.plan.order import doubts_of, read_document
from sheetsync.workbooks.port import OpenWorkbook, TableBody, WorkbookTables

_MOST_GONE: Final = 0.5
"""An order that lacks more of the plan than this likely prints only what it changes."""


_SURE: Final = 0.95
"""Titles as alike as this differ by a date or a sign: nobody need look twice."""


class Proposal(Struct, frozen=True):
    """What an order changes. ``doubts`` counts rows to look at among those it brings or rewrites."""

    campaign: store.Campaign
    plan: Plan
    order_name: str
    amendment: Amendment
    settings: tuple[SettingChange, ...]
    targets: tuple[TargetChange, ...]
    roster: RosterChange
    doubts: int
    findings: tuple[Finding, ...]

    @property
    def is_empty(self) -> bool:
        is_roster_same = not (self.roster.added or self.roster.curators)
        return self.amendment.is_empty and not (self.settings or self.targets) and is_roster_same


class AmendResult(Struct, frozen=True):
    """``findings`` are of the run, not of what the order changes."""

    proposal: Proposal
    is_written: bool
    findings: tuple[Finding, ...] = ()

    @property
    def needs_user(self) -> bool:
        """Whether changes wait for a word, or something went beside."""
        waits = not self.is_written and not self.proposal.is_empty
        return waits or needs_user(self.findings)


def amend_plan(
    place: Path,
    order_path: Path,
    now: datetime,
    confirm: Callable[[Proposal], bool],
    workbook: OpenWorkbook | None = None,
    *,
    keep_own: bool = False,
    dry_run: bool = False,
) -> AmendResult:
    """Show ``confirm`` what an order changes in the plan, and write it when that says yes.

    The plan is that of ``workbook``, when people have it open, else of the file. With ``keep_own``
    the coordinator's words stay where the order changed them too. Raises ``store.StoreError`` when
    it cannot go on, ``OrderRefused`` when the order cannot be understood.
    """
    campaign = store.open_campaign(place)
    amending = _Amending(campaign, order_path, now, workbook, keep_own)
    if workbook:
        find_tables(workbook, DISTRICT_TABLES)
    with journal_of(campaign) as journal:
        proposal = amending.proposal(workbook or open_workbook(campaign), journal)
    is_agreed = proposal.is_empty or confirm(proposal)
    if dry_run or not is_agreed:
        return AmendResult(proposal, is_written=False)
    return amending.written(proposal)


@dataclass
class _Amending:
    campaign: store.Campaign
    path: Path
    now: datetime
    book: OpenWorkbook | None
    keeps_own: bool

    def __post_init__(self) -> None:
        self.data = read_file(self.path)
        self.order = read_document(read_order_document(self.data, self.path.name))

    # --- what changes

    def proposal(self, workbook: WorkbookTables, journal: Journal) -> Proposal:
        """What the order changes in the plan as the workbook has it now."""
        plan = read_workbook_plan(workbook, 1).plan
        before = self._before(journal)
        base = drafted(before, plan.participants) if before else None
        theirs = drafted(self.order, plan.participants)
        ours = rows_of_plan(plan_records(read_table(workbook, PLAN.name), plan))
        amendment = amend(base.rows if base else None, ours, theirs.rows)
        settings = setting_changes(
            base, read_table(workbook, SETTINGS.name), theirs, _edition(self.order, before, plan.settings)
        )
        targets = self._targets(base, ours, plan, amendment)
        if self.keeps_own:
            amendment, settings = amendment.with_own_words, tuple(one for one in settings if not one.own)
            targets = tuple(one for one in targets if not one.is_edited)
        used = {form.participant for form in journal.forms()}
        roster = roster_change(base, plan.participants, theirs, used)
        told = (
            *_of_rows(amendment, keeps_own=self.keeps_own),
            *_of_settings(settings),
            *_of_roster(roster, plan),
        )
        if before is None:
            told = (make("S879"), *told)
        return Proposal(
            self.campaign,
            plan,
            self.path.name,
            amendment,
            settings,
            targets,
            roster,
            self._doubtful(amendment),
            told,
        )

    def _before(self, journal: Journal) -> Order | None:
        """The order the plan was made from, read anew; ``None`` where nothing is kept of it."""
        known = journal.orders.last() or _first_order(journal)
        data = store.read_original(self.campaign, known.sha256) if known else None
        if known is None or data is None:
            return None
        try:
            return read_document(read_order_document(data, known.name))
        except OrderRefused:
            return None

    def _targets(
        self, base: Drafted | None, ours: Sequence[Row], plan: Plan, amendment: Amendment
    ) -> tuple[TargetChange, ...]:
        """Targets that the order moves or adds."""
        keys = {one.drafted: one.key for one in amendment.rows if one.drafted}
        before = of_plan(base.order.indicators, equal_keys(base.rows, ours)) if base else plan.indicators
        return target_changes(before, plan.indicators, of_plan(self.order.indicators, keys))

    def _doubtful(self, amendment: Amendment) -> int:
        """Rows of the order with doubts, among those the plan takes something from."""
        taken = {one.drafted for one in amendment.rows if one.columns}
        return sum(one.key in taken and bool(doubts_of(one)) for one in self.order.activities)

    # --- writing

    def written(self, confirmed: Proposal) -> AmendResult:
        """The confirmed changes in the workbook. Raises ``store.StoreError`` when it is not what was
        shown any more."""
        if confirmed.is_empty:
            return self._noted(confirmed)
        if self.book is None:
            need_closed(self.campaign)
        with store.one_writer(self.campaign, self.now, "amend") as hold, journal_of(self.campaign) as journal:
            desk = desk_at(self.campaign, hold, self.now, self.book)
            proposal = self.proposal(desk.workbook, journal)
            if proposal.amendment != confirmed.amendment or proposal.settings != confirmed.settings:
                raise store.StoreError(say(ReviewNotice.AMEND_EDITED))
            desk = self._with_keys(desk, proposal.plan, hold)
            findings = self._put(desk, self._bodies(desk.workbook, proposal), proposal.plan)
            self._remember(proposal, journal)
        return AmendResult(proposal, is_written=True, findings=(*taken_over(hold), *findings))

    def _noted(self, proposal: Proposal) -> AmendResult:
        """An order that changes nothing is what the next one is compared with all the same."""
        digest = store.sha256(self.data)
        with store.one_writer(self.campaign, self.now, "amend"), journal_of(self.campaign) as journal:
            known = journal.orders.last()
            if known is None or known.sha256 != digest:
                store.keep_original(self.campaign, self.data)
                journal.orders.add(KnownOrder(self.path.name, digest), self.now)
        return AmendResult(proposal, is_written=False)

    def _with_keys(self, desk: Desk, plan: Plan, hold: store.Hold) -> Desk:
        """Rows typed in by hand get their keys written down while their titles are the old ones still."""
        table = read_table(desk.workbook, PLAN.name)
        body = keyed_body(table, plan_records(table, plan))
        if body is None:
            return desk
        self._put(desk, {PLAN.name: body}, plan)
        return desk_at(self.campaign, hold, self.now, self.book)

    def _bodies(self, workbook: WorkbookTables, proposal: Proposal) -> dict[str, TableBody]:
        theirs: Drafted = drafted(self.order, proposal.plan.participants)
        table, roster = read_table(workbook, PLAN.name), read_table(workbook, PARTICIPANTS.name)
        records = plan_records(table, proposal.plan)
        bodies = {}
        if not proposal.amendment.is_empty:
            bodies[PLAN.name] = plan_body(table, records, proposal.amendment.rows, theirs.plan)
        if proposal.settings:
            bodies[SETTINGS.name] = settings_body(read_table(workbook, SETTINGS.name), proposal.settings)
        if proposal.targets:
            bodies[INDICATORS.name] = targets_body(read_table(workbook, INDICATORS.name), proposal.targets)
        if proposal.roster.added or proposal.roster.curators:
            bodies[PARTICIPANTS.name] = participants_body(roster, proposal.roster)
        return bodies

    def _put(self, desk: Desk, bodies: dict[str, TableBody], plan: Plan) -> tuple[Finding, ...]:
        rendering = Rendering(bodies, {})
        desk.tried(rendering, plan)
        try:
            put = desk.put(rendering, lambda _: None)  # no row goes, so nothing beside one is lost
        except store.EditedMeanwhile as error:
            raise store.StoreError(say(ReviewNotice.AMEND_EDITED)) from error
        if put.path != self.campaign.workbook:
            raise open_elsewhere(self.campaign)
        return put.findings

    def _remember(self, proposal: Proposal, journal: Journal) -> None:
        digest = store.keep_original(self.campaign, self.data)
        journal.orders.add(KnownOrder(self.path.name, digest), self.now)
        note = say(ReviewNotice.AMEND_NOTE, **counts_of(proposal.amendment))
        line = JournalLine(journal.next_run(), self.now, Event.AMENDED, file=self.path.name, note=note)
        journal.add_lines([line])


def counts_of(amendment: Amendment) -> dict[str, int]:
    """The amendment in figures."""
    added, removed = len(amendment.of(Kind.ADDED)), len(amendment.of(Kind.REMOVED))
    returned = len(amendment.of(Kind.RETURNED))
    changed = sum(one.kinds[0] in ASPECTS for one in amendment.changes)
    same = len(amendment.of(Kind.SAME))
    return {"added": added, "removed": removed, "returned": returned, "changed": changed, "same": same}


def _first_order(journal: Journal) -> KnownOrder | None:
    """The order a campaign was begun with, by the line that tells of it."""
    lines = (one for one in journal.lines() if one.event is Event.CREATED)
    return next((KnownOrder(one.file, one.note) for one in lines), None)


def _edition(order: Order, before: Order | None, settings: Settings) -> str:
    """The number and date of an order that is another one than the plan was made from."""
    number, day = order.passport.number, order.passport.date
    known = (
        (before.passport.number, before.passport.date)
        if before
        else (settings.order_number or None, settings.order_date)
    )
    if not number or (number, day) == known:
        return ""
    return say(ReviewNotice.AMEND_EDITION, number=number, day=f"{day:%d.%m.%Y}") if day else f"№ {number}"


# --- what to look at ----------------------------------------------------------------------------


def _of_rows(amendment: Amendment, *, keeps_own: bool) -> Iterator[Finding]:
    removed, kept = len(amendment.of(Kind.REMOVED)), len(amendment.rows) - len(amendment.of(Kind.ADDED))
    if removed > _MOST_GONE * kept:
        yield make("S873", gone=removed, all=kept)
    for one in amendment.changes:
        if one.confidence < _SURE:
            confidence = round(one.confidence * 100)
            yield make("S871", activity=one.key, was=one.was, now=one.now, confidence=confidence)
        if one.resembles:
            yield make("S872", title=one.now, others="; ".join(one.resembles))
        if Kind.LEFT_OUT in one.kinds:
            yield make("S878", title=one.now)
        for told in () if keeps_own else one.conflicts:
            yield make("S870", activity=one.key, what=told.kind.value, own=told.own, now=told.now)


def _of_settings(settings: tuple[SettingChange, ...]) -> Iterator[Finding]:
    for one in settings:
        if one.own:
            yield make("S877", label=one.label, own=one.own, now=one.now)


def _of_roster(change: RosterChange, plan: Plan) -> Iterator[Finding]:
    for one in change.added:
        yield make("S875", name=one.short_name, code=one.code)
    for one in change.gone:
        yield make("S874", participant=one.code, name=one.short_name)
    for code, was, now in change.curators:
        whose = plan.participant(code)
        yield make("S876", participant=code, name=whose.short_name if whose else code, was=was, now=now)
