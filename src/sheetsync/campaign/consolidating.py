"""The button «Собрать свод»: everything received becomes the tables of the district workbook.

Read, judge, write: the workbook is replaced atomically and only when something changed; a workbook
edited meanwhile is read again, a workbook open elsewhere is left alone and the result saved beside.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.campaign.collecting import Collector, Progress
from sheetsync.campaign.destroyed import carried_over
from sheetsync.campaign.files import (
    journal_of,
    need_table,
    parse_workbook,
    read_file,
    read_table,
    read_workbook_plan,
    taken_over,
)
from sheetsync.campaign.reckoning import reconciled
from sheetsync.campaign.versions import Recorder
from sheetsync.checks.decisions import fingerprint
from sheetsync.columns import DISTRICT_TABLES, ENTRIES, ENTRIES_SHEET, JOURNAL, LIGHTS, MATRIX
from sheetsync.district.decisions import ShownRow, decisions_of, shown_rows
from sheetsync.district.panel import journal_body, lights_body, panel_cells, run_note
from sheetsync.district.tables import Corner, Tables, columns_that_left
from sheetsync.findings import grouped, make, needs_user
from sheetsync.journal import Journal, JudgedRow, OrphanText, RowKey
from sheetsync.merge.consolidate import Judged
from sheetsync.merge.consolidate import consolidate as merge_everything
from sheetsync.merge.received import Received
from sheetsync.model import Consolidation, Decision, Event, Finding, JournalLine, Origin, Unplaced
from sheetsync.notices import Notice, say
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Orphan

Orphans = dict[str, tuple[Orphan, ...]]
"""What the office's lost rows held, by the name of their table."""

_TRIES: Final = 3
_ORPHANED: Final = "M704"


@dataclass(frozen=True, slots=True)
class ConsolidateResult:
    """One run: its outcome and where it was written (``None``: nothing had changed)."""

    campaign: store.Campaign
    consolidation: Consolidation
    written_to: Path | None = None
    is_dry: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def needs_user(self) -> bool:
        return needs_user(self.consolidation.findings) or self.is_beside

    @property
    def is_beside(self) -> bool:
        """Whether the workbook was left alone and the result saved beside it."""
        return self.written_to not in (None, self.campaign.workbook)


def consolidate(
    place: Path, as_of: date, now: datetime, *, dry_run: bool = False, progress: Progress = lambda *_: None
) -> ConsolidateResult:
    """Collect, judge and write. Raises ``store.StoreError`` when it cannot go on."""
    campaign = store.open_campaign(place)
    with store.one_writer(campaign, now, "consolidate") as hold, journal_of(campaign) as journal:
        for _ in range(_TRIES):
            run = _Run(campaign, journal, as_of, now, dry_run, hold)
            result = run.result(progress)
            if result is not None:
                return replace(result, findings=(*taken_over(hold), *result.findings))
            journal.roll_back()
    raise store.StoreError(say(Notice.WORKBOOK_EDITED))


def judge_again(
    place: Path, now: datetime, *, progress: Progress = lambda *_: None
) -> tuple[store.Campaign, bytes, Judged]:
    """What the copies say now beside the workbook as it lies on the disk. Nothing is written."""
    campaign = store.open_campaign(place)
    with store.one_writer(campaign, now, "verify") as hold, journal_of(campaign) as journal:
        data, judged = _Run(campaign, journal, now.date(), now, True, hold).look_again(progress)
        journal.roll_back()
        return campaign, data, judged


@dataclass
class _Run:
    """One attempt over the workbook as it was when the attempt began."""

    campaign: store.Campaign
    journal: Journal
    as_of: date
    now: datetime
    is_dry: bool
    hold: store.Hold
    _is_told: bool = False
    """Whether «Журнал» of the new workbook tells of this run: of one that changes nothing it does not."""

    def result(self, progress: Progress) -> ConsolidateResult | None:
        """The outcome, or ``None`` when the workbook was edited while the run worked."""
        data, workbook = self._begin()
        found, received = self._judge(workbook, progress)
        if self.is_dry:
            *_, found = self._accounted(data, found)
            self.journal.roll_back()
            return ConsolidateResult(self.campaign, found, is_dry=True)
        lines = [*self._mended(workbook), *self._arrivals(received, found)]
        self.journal.add_lines(lines)
        shown = None if lines else self._shown_already(data, found)
        if shown:
            self._remember(shown)
            return ConsolidateResult(self.campaign, shown)
        self._is_told = True
        new, orphans, found = self._accounted(data, found)
        if orphans:
            self._keep(orphans)
            new, _, found = self._accounted(data, self._with_kept(found))
        self.journal.commit()  # what came and what lost its row is known, whatever becomes of the workbook
        self.journal.add_lines([self._end_of_run(found)])
        if read_file(self.campaign.workbook) != data:
            return None
        try:
            written, said = self._write(data, new)
        except store.EditedMeanwhile:
            return None
        if written == self.campaign.workbook:
            self._remember(found)
        return ConsolidateResult(self.campaign, found, written, findings=said)

    def look_again(self, progress: Progress) -> tuple[bytes, Judged]:
        """The workbook as it lies there, its lost tables found again, and what the copies say now."""
        _, workbook = self._begin()
        self._judge(workbook, progress)
        return workbook.to_bytes(), self.judged

    def _begin(self) -> tuple[bytes, ExcelFile]:
        data = read_file(self.campaign.workbook)
        self.number = self.journal.next_run()
        source = Origin(self.campaign.workbook.name, store.sha256(data), ENTRIES_SHEET)
        self.recorder = Recorder(self.journal, self.number, self.now, source)
        return data, parse_workbook(self.campaign, data)

    # --- judging

    def _judge(self, workbook: ExcelFile, progress: Progress) -> tuple[Consolidation, tuple[Received, ...]]:
        issue = max((one.issue for one in self.journal.forms()), default=1)
        reading = read_workbook_plan(workbook, issue)
        self.shown = shown_rows(read_table(workbook, ENTRIES.name), reading.plan)
        decisions = decisions_of(self.shown)
        collector = Collector(
            self.campaign, reading.plan, self.journal, self.number, self.as_of, keep=not self.is_dry
        )
        received = collector.collect(progress)
        self.carried = carried_over(self.journal, workbook, reading.plan, received)
        received += self.carried.received
        decided_on = self._decided_on(decisions)
        told = (*reading.findings, *self.carried.told)
        self.judged = merge_everything(
            reading.plan, received, decisions, self.as_of, decided_on=decided_on, findings=told
        )
        found = self.judged.found
        self._keep_decisions(found, decisions)
        return self._with_kept(found), received

    def _decided_on(self, decisions: Mapping[RowKey, Decision]) -> dict[RowKey, str]:
        """The answer each decision was made on: remembered, or what the workbook showed last."""
        known, shown = self.journal.judged(), self.journal.answers()
        found: dict[RowKey, str] = {}
        for key, decision in decisions.items():
            before = known.get(key)
            if before and before.decision == self.journal.fingerprint(decision.verdict, decision.remark):
                found[key] = before.answer
            elif key in shown:
                found[key] = shown[key]
        return self.carried.rebased(found, shown)

    def _remember(self, found: Consolidation) -> None:
        answers, decided = {}, {}
        earlier = self._decided_on({(one.participant, one.activity): one.decision for one in found.outcomes})
        for one in found.outcomes:
            key = (one.participant, one.activity)
            answers[key] = fingerprint(one.entry)
            if one.decision != Decision():
                mark = earlier.get(key, answers[key])
                said = self.journal.fingerprint(one.decision.verdict, one.decision.remark)
                decided[key] = JudgedRow(said, mark)
        self.journal.remember(answers, decided)
        self.recorder.record(found)

    # --- what the office wrote beside rows that are gone

    def _keep_decisions(self, found: Consolidation, decisions: Mapping[RowKey, Decision]) -> None:
        present = {(one.participant, one.activity) for one in found.outcomes}
        labels = {row.place: row.label for same in self.shown.values() for row in same}
        self.journal.add_orphans(
            [
                OrphanText(*place, labels[place], _words(decision), ENTRIES_SHEET)
                for place, decision in decisions.items()
                if place not in present
            ]
        )

    def _keep(self, orphans: Mapping[str, tuple[Orphan, ...]]) -> None:
        """What stood beside rows that are gone, by the name of their table."""
        for name, lost in orphans.items():
            sheet = next(spec.sheet for spec in DISTRICT_TABLES if spec.name == name)
            for one in lost:
                rows = self.shown.get(one.row_key) if name == ENTRIES.name else None
                row = rows[0] if rows else ShownRow("", "", one.row_key, Decision())
                self.journal.add_orphans([OrphanText(*row.place, row.label, one.text, sheet, one.cell)])

    def _with_kept(self, found: Consolidation) -> Consolidation:
        """The consolidation with everything ever kept from vanished rows, told one way in every run."""
        kept = self.journal.orphans()
        unplaced = [_unplaced(one) for one in kept]
        told = [_finding(one) for one in kept]
        known = {Origin(sheet=ENTRIES_SHEET), *(one.origin for one in unplaced)}
        others = [one for one in found.unplaced if one.origin not in known]
        findings = [one for one in found.findings if one.code != _ORPHANED]
        return replace(found, unplaced=(*others, *unplaced), findings=grouped([*findings, *told]))

    # --- writing

    def _mended(self, workbook: ExcelFile) -> list[JournalLine]:
        """Tables another program lost and that were made anew."""
        specs = (one for one in DISTRICT_TABLES if one.name in workbook.made_anew)
        return [
            JournalLine(
                self.number,
                self.now,
                Event.MENDED,
                note=say(Notice.TABLE_MENDED, sheet=spec.sheet, table=spec.name),
            )
            for spec in specs
        ]

    def _arrivals(self, received: tuple[Received, ...], found: Consolidation) -> list[JournalLine]:
        names = {one.code: one.short_name for one in found.plan.participants}
        return [
            JournalLine(
                self.number,
                self.now,
                Event.RECEIVED,
                ", ".join(names.get(code, code) for code in one.participants),
                one.origin.file,
                say(Notice.ARRIVAL, day=f"{one.received_on:%d.%m.%Y}"),
            )
            for one in received
            if one.order == self.number and one.received_on and one.origin.sha256
        ]

    def _end_of_run(self, found: Consolidation) -> JournalLine:
        return JournalLine(self.number, self.now, Event.CONSOLIDATED, note=run_note(found))

    def _shown_already(self, data: bytes, found: Consolidation) -> Consolidation | None:
        """The consolidation as the workbook bears it out; ``None`` when it shows anything else."""
        counted = reconciled(found, data, self.judged)
        same, orphans = self._rendered(data, counted)
        return counted if same == data and not orphans else None

    def _accounted(self, data: bytes, found: Consolidation) -> tuple[bytes, Orphans, Consolidation]:
        """The workbook rendered and counted; rendered again when «Сверка» comes out otherwise."""
        new, orphans = self._rendered(data, found)
        counted = reconciled(found, new, self.judged)
        if counted != found:
            new, orphans = self._rendered(data, counted)
        return new, orphans, counted

    def _rendered(self, data: bytes, found: Consolidation) -> tuple[bytes, Orphans]:
        """The workbook with this consolidation in it, and what the office's lost rows held."""
        workbook = parse_workbook(self.campaign, data)
        entries = read_table(workbook, ENTRIES.name)
        corner = Corner(entries.sheet, entries.first_row)
        bodies = Tables(found, corner).bodies()
        left = columns_that_left(read_table(workbook, MATRIX.name), bodies[MATRIX.name])
        bodies[MATRIX.name] = replace(bodies[MATRIX.name], dropped_headers=left)
        bodies[LIGHTS.name] = lights_body(found)
        lines = [*self.journal.lines(), *([self._end_of_run(found)] if self._is_told else [])]
        bodies[JOURNAL.name] = journal_body(lines)
        orphans: Orphans = {}
        for name, body in bodies.items():
            need_table(workbook, name)
            lost = workbook.replace_table(name, body)
            if lost:
                orphans[name] = lost
        for cell, out in panel_cells(found, lines).items():
            with contextlib.suppress(KeyError):  # the office took this figure off its «Панель»
                workbook.write_named(cell, out)
        return workbook.to_bytes(), orphans

    def _write(self, old: bytes, new: bytes) -> tuple[Path, tuple[Finding, ...]]:
        """Replace the workbook; when another program holds it, save beside and say so."""
        target = self.campaign.workbook
        if not store.is_open_elsewhere(target):
            store.back_up(self.campaign, old, self.now)
            self.hold.check()
            with contextlib.suppress(store.TargetBusy):
                store.write_atomically(target, new, instead_of=old)
                if read_file(target) != new:
                    raise store.StoreError(say(Notice.WRITTEN_DIFFERS, path=target))
                return target, ()
        beside = next(path for path in store.names_beside(target) if self._is_written(path, new))
        return beside, (make("S801", name=beside.name),)

    def _is_written(self, beside: Path, new: bytes) -> bool:
        """Whether a file beside the workbook could be written; what somebody did in it is backed up."""
        if store.is_open_elsewhere(beside):
            return False
        if beside.exists():
            store.back_up(self.campaign, read_file(beside), self.now)
        try:
            store.write_atomically(beside, new)
        except store.TargetBusy:
            return False
        return True


def _words(decision: Decision) -> str:
    return "; ".join(part for part in (decision.verdict, decision.remark) if part)


def _unplaced(kept: OrphanText) -> Unplaced:
    origin = Origin(sheet=kept.sheet, cell=kept.cell)
    return Unplaced(kept.participant or None, kept.text, origin, say(Notice.ROW_IS_GONE, row=kept.row))


def _finding(kept: OrphanText) -> Finding:
    return make(
        _ORPHANED,
        participant=kept.participant or None,
        activity=kept.activity or None,
        origin=Origin(sheet=kept.sheet, cell=kept.cell),
        text=kept.text,
    )
