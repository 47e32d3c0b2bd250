"""Everybody judged at once, from what the copies and the coordinator's words in the workbook say now.

Read, judge, write: the workbook changes only when something else is to be shown; one edited
meanwhile is read again. Where it is and how a result gets into it is the desk's part (``desk``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Final

from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.collecting import Collector, Progress, missing_folder
from sheetsync.campaign.consolidate_result import ConsolidateResult
from sheetsync.campaign.desk import Desk, Trial
from sheetsync.campaign.destroyed import carried_over
from sheetsync.campaign.files import after_the_fact, read_table
from sheetsync.campaign.google.fetching import SchoolSheets, Stopwatch
from sheetsync.campaign.google.showing import Showing
from sheetsync.campaign.orphaned import Keeper
from sheetsync.campaign.parts.recalled import recalled
from sheetsync.campaign.period_plan import read_period_plan
from sheetsync.campaign.reckoning import reconciled
from sheetsync.campaign.rendering import Orphans, Rendering, rendering_of
from sheetsync.campaign.revising import NOTHING_REVISED, Revision
from sheetsync.campaign.run_lines import RunLines
from sheetsync.campaign.sheet_room import need_room, told_of_links, with_live_links
from sheetsync.campaign.versions import Recorder
from sheetsync.checks.decisions import mark_of
from sheetsync.columns import ENTRIES, JOURNAL
from sheetsync.district.bodies import records_of
from sheetsync.district.decisions import decisions_of, shown_rows
from sheetsync.journal import Journal, JudgedRow, RowKey, VersionKind
from sheetsync.merge.consolidate import Judged
from sheetsync.merge.consolidate import consolidate as merge_everything
from sheetsync.merge.received import Received
from sheetsync.model import AnswerMark, Consolidation, Decision
from sheetsync.workbooks.port import WorkbookTables

_TRIES: Final = 3
_AN_EARLIER_ANSWER: Final = AnswerMark("an earlier answer")
"""Stands for what a row said when nobody remembers it: no answer has this fingerprint."""


def judged_now(
    campaign: store.Campaign,
    journal: Journal,
    desk: Desk,
    as_of: date,
    now: datetime,
    *,
    progress: Progress = lambda *_: None,
    showing: Showing | None = None,
    keep: bool = False,
    anew: bool = False,
) -> Judged:
    """What the copies and the coordinator's words in the workbook of ``desk`` come to, as of a day.

    The workbook is not written, nor is the journal, unless what has just come is to be kept: then
    it has come before anything done from here on. Google sheets of schools are not asked; their
    last readings count. What was decided in a Google свод counts with ``showing``. Copies read before
    are recalled unless they are to be read ``anew``.
    """
    run = AtOnce(campaign, journal, desk, SchoolSheets(None, Stopwatch(now)), as_of, now, not keep)
    run.showing = showing or run.showing
    run.is_anew = anew
    judged = run.judged_again(progress)
    journal.commit() if keep else journal.roll_back()
    return judged


@dataclass
class AtOnce:
    """One attempt over the workbook as it was when the attempt began."""

    campaign: store.Campaign
    journal: Journal
    desk: Desk
    sheets: SchoolSheets
    as_of: date
    now: datetime
    is_dry: bool
    revision: Revision = NOTHING_REVISED
    is_anew: bool = False
    """Whether copies are read that were read before."""
    _is_told: bool = False
    """Whether «Журнал» of the new workbook tells of this run: of one that changes nothing it does not."""

    def __post_init__(self) -> None:
        self.number = self.journal.next_run()
        self.recorder = Recorder(self.journal, self.number, self.now, self.desk.source)
        self.showing = Showing(self.sheets.connect, self.campaign, self.journal)
        self.lines = RunLines(self.number, self.now, frozenset(self.journal.copies()))
        self.revised: dict[RowKey, AnswerMark] = {}
        self.dead_links = 0

    def result(self, progress: Progress) -> ConsolidateResult | None:
        """The outcome, or ``None`` when the workbook was edited while the run worked."""
        found, received = self._judge(progress)
        if self.is_dry:
            _, found = self._tried(found)
            self.journal.roll_back()
            return ConsolidateResult(self.campaign, found, is_dry=True)
        lines = [
            *self.lines.mended(self.desk.workbook.made_anew),
            *self.lines.arrivals(received, found),
            *self.revision.recorded(found, self.journal, self.lines),
        ]
        self.journal.add_lines(lines)
        shown = None if lines else self._shown_already(found)
        if shown:
            self._remember(shown)
            return self._done(ConsolidateResult(self.campaign, shown))
        self._is_told = True
        try:
            return self._done(self._written(found))
        except store.EditedMeanwhile:
            return None

    def _done(self, result: ConsolidateResult) -> ConsolidateResult:
        with after_the_fact(self.journal) as untold:
            self.revision.done(self.journal, self.lines)
        told = dict.fromkeys((*result.findings, *untold, *told_of_links(self.dead_links)))
        return self._in_google(replace(result, findings=tuple(told)))

    def _in_google(self, result: ConsolidateResult) -> ConsolidateResult:
        """The same shown in Google, where that is asked for."""
        self.showing.show(result.consolidation, self.journal.lines(), self.desk.workbook)
        self.keeper.keep(self.showing.orphans)
        known = result.consolidation.findings
        told = (*result.findings, *(one for one in self.showing.findings if one not in known))
        return replace(result, findings=told, shown_at=self.showing.link)

    def judged_again(self, progress: Progress) -> Judged:
        """What the copies say now, for whoever counts them against the workbook."""
        found, received = self._judge(progress)
        if not self.is_dry:
            self.journal.add_lines(self.lines.arrivals(received, found))
        return replace(self.judged, found=found)

    # --- judging

    def _judge(self, progress: Progress) -> tuple[Consolidation, tuple[Received, ...]]:
        workbook = self.desk.workbook
        issue = max((one.issue for one in self.journal.forms()), default=1)
        reading = read_period_plan(workbook, issue, self.journal)
        need_room(reading.plan)
        self.keeper = Keeper(self.journal, shown_rows(read_table(workbook, ENTRIES.name), reading.plan))
        decisions, clashes = self.showing.decided(reading.plan, decisions_of(self.keeper.shown))
        self.unseen = self._changed_unseen(workbook)
        collector = Collector(
            self.campaign, reading.plan, self.journal, self.number, self.as_of, keep=not self.is_dry
        )
        fetched = self.sheets.fetched(
            self.campaign, self.journal, reading.plan, self.number, progress, keep=not self.is_dry
        )
        with recalled(
            self.campaign, self.journal, reading.plan, keep=not self.is_dry, anew=self.is_anew
        ) as known:
            collector.recalled = known.read
            received = collector.collect(progress, fetched.copies)
        self.carried = carried_over(self.journal, workbook, reading.plan, received)
        received += self.carried.received
        decided_on = self._decided_on(decisions)
        told = (
            *missing_folder(self.campaign.received),
            *reading.findings,
            *clashes,
            *fetched.findings,
            *collector.told(),
            *self.carried.told,
        )
        judge = partial(
            merge_everything,
            reading.plan,
            received,
            as_of=self.as_of,
            findings=told,
            link_check=self.journal.links.known,
        )
        self.judged = judge(decisions, decided_on=decided_on)
        revised = self.revision.decisions(self.judged.found, self.journal)
        if revised:
            self.revised = _answers_to(self.judged.found, revised)
            decisions = {key: one for key, one in {**decisions, **revised}.items() if one != Decision()}
            decided_on = self._decided_on(decisions)
            self.judged = judge(decisions, decided_on=decided_on)
        found = self.judged.found
        self.keeper.keep_decisions(found, decisions)
        return self.keeper.told_in(found), received

    def _changed_unseen(self, workbook: WorkbookTables) -> frozenset[RowKey]:
        """Rows whose answers changed in runs the workbook knows nothing of: it was closed without saving.

        A new decision in it was made on what it shows, not on what the journal remembers.
        """
        runs = (one.cell("run").value for one in records_of(JOURNAL, read_table(workbook, JOURNAL.name)))
        last = max((run for run in runs if isinstance(run, int | float)), default=None)
        if last is None or last + 1 >= self.number:  # it knows of every run there was
            return frozenset()
        return frozenset(
            (one.participant, one.activity)
            for one in self.journal.versions()
            if one.kind is VersionKind.ANSWER and one.run > last
        )

    def _decided_on(self, decisions: Mapping[RowKey, Decision]) -> dict[RowKey, AnswerMark]:
        """What each decision was made on: remembered, or what the workbook showed last."""
        known, shown = self.journal.judged(), self.journal.answers()
        found: dict[RowKey, AnswerMark] = {}
        for key, decision in decisions.items():
            before = known.get(key)
            if before and before.decision == self.journal.fingerprint(decision.verdict, decision.remark):
                found[key] = before.made_on
            elif key in shown:
                found[key] = _AN_EARLIER_ANSWER if key in self.unseen else shown[key]
        return {**self.carried.rebased(found, shown), **self.revised}

    def _remember(self, found: Consolidation) -> None:
        answers, decided = {}, {}
        earlier = self._decided_on({(one.participant, one.activity): one.decision for one in found.outcomes})
        for one in found.outcomes:
            key = (one.participant, one.activity)
            now = answers[key] = mark_of(one)
            if one.decision != Decision():
                mark = earlier.get(key, now)
                if mark.files is None:  # nobody remembers: what comes from now on is more
                    mark = replace(mark, files=now.files)
                said = self.journal.fingerprint(one.decision.verdict, one.decision.remark)
                decided[key] = JudgedRow(said, mark)
        self.journal.remember(answers, decided)
        if self.recorder.record(found):
            self.desk.keep_source()

    # --- writing

    def _shown_already(self, found: Consolidation) -> Consolidation | None:
        """The consolidation as the workbook bears it out; ``None`` when it shows anything else."""
        counted = self._counted(found)
        return counted if self.desk.shows(self._rendering(counted)) else None

    def _written(self, found: Consolidation) -> ConsolidateResult:
        """Try, write, and tell the journal; what lost its row is in the journal before it goes."""
        trial, found = self._tried(found)
        if trial.orphans:
            self.keeper.keep(trial.orphans)
            trial, found = self._tried(self.keeper.told_in(found))
        self.journal.commit()  # what came and what lost its row is known, whatever becomes of the workbook
        put = self.desk.put(trial.rendering, self._keep_at_once)
        if trial.shown is None:
            found = self._settled(found)
        with after_the_fact(self.journal) as untold:
            self.journal.add_lines([self.lines.outcome(found)])
            if put.path == self.campaign.workbook:
                self._remember(found)
        return ConsolidateResult(self.campaign, found, put.path, findings=(*put.findings, *untold))

    def _tried(self, found: Consolidation) -> tuple[Trial, Consolidation]:
        """The workbook tried and counted; tried again when «Сверка» comes out otherwise."""
        trial = self.desk.tried(self._rendering(found), found.plan)
        if trial.shown is None:
            return trial, found
        counted = reconciled(found, trial.shown, self.judged)
        if counted != found:
            trial = self.desk.tried(self._rendering(counted), found.plan)
        return trial, counted

    def _settled(self, found: Consolidation) -> Consolidation:
        """What the workbook bears out now that it is written; written again where that is another thing."""
        for _ in range(_TRIES):
            counted = self._counted(self.keeper.told_in(found))
            if counted == found:
                break
            found = counted
            self.desk.put(self._rendering(found), self._keep_at_once)
        return found

    def _counted(self, found: Consolidation) -> Consolidation:
        return reconciled(found, self.desk.shown(found.plan), self.judged)

    def _keep_at_once(self, orphans: Orphans) -> None:
        self.keeper.keep(orphans)
        self.journal.commit()

    def _rendering(self, found: Consolidation) -> Rendering:
        lines = [*self.journal.lines(), *([self.lines.outcome(found)] if self._is_told else [])]
        rendering, self.dead_links = with_live_links(rendering_of(found, self.desk.workbook, lines))
        return rendering


def _answers_to(found: Consolidation, decisions: Mapping[RowKey, Decision]) -> dict[RowKey, AnswerMark]:
    """What the rows of these decisions say now."""
    marks = {(one.participant, one.activity): mark_of(one) for one in found.outcomes}
    return {key: marks[key] for key in decisions if key in marks}
