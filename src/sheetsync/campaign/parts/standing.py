"""What everybody's copies and the coordinator's words come to now, told from what runs by parts remember.

Only what changed since is read and judged. The workbook is not written. Rows are made participant by
participant: nobody's copies stay in memory when its rows are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.parts.around import GroupTask
from sheetsync.campaign.parts.joining import Joined
from sheetsync.campaign.parts.keeping import DamagedMemoryError
from sheetsync.campaign.parts.memory import open_memory
from sheetsync.campaign.parts.running import PartsRun
from sheetsync.campaign.parts.writing import NotByPartsError
from sheetsync.checks.case import KnownLink, nothing_known
from sheetsync.journal import Journal
from sheetsync.merge.consolidate import consolidate_untold
from sheetsync.merge.groups import narrowed
from sheetsync.merge.packing import unpacked
from sheetsync.merge.rates import rates_of
from sheetsync.model import Completeness, Consolidation, FileRecord, IndicatorFact, Outcome, Plan


class Wanted(Struct, frozen=True):
    """What somebody needs of a consolidation: ``findings`` and the rest that is told of it, or only its
    rows and counts; of each row what ``slimmed`` leaves. All words of a large district take much memory."""

    findings: bool = True
    slimmed: Callable[[Outcome], Outcome] = lambda row: row


def found_by_parts(
    campaign: store.Campaign,
    journal: Journal,
    hold: store.Hold,
    day: tuple[date, datetime],
    progress: Progress,
    *,
    keep: bool,
    wanted: Wanted,
) -> Consolidation | None:
    """The consolidation of a day with the rows of everybody; ``None`` when everybody has to be judged at
    once. Nothing is remembered of it, unless what has just come is to be kept: in the journal too then,
    which is not committed yet."""
    path = campaign.memory if keep or campaign.memory.exists() else None
    try:
        with open_memory(path, keep=keep) as memory:
            run = PartsRun(campaign, journal, memory, hold, *day, progress, keep=keep)
            found = _found(run, journal, wanted)
    except (NotByPartsError, DamagedMemoryError):
        journal.roll_back()
        return None
    return found


def _found(run: PartsRun, journal: Journal, wanted: Wanted) -> Consolidation:
    judging = run.judged() if wanted.findings else run.collected()
    link_check = journal.links.known if journal.links.all() else nothing_known
    found = _Standing(run.plan, run.as_of, link_check, wanted).of(judging.all_tasks())
    if wanted.findings:
        joined = Joined.of(run.plan, judging.heads())
        if not joined.is_borne_out:
            raise NotByPartsError("rows that do not say what «Сверка» counts")
        told = joined.consolidation(run.as_of)
        found = replace(found, findings=told.findings, ledger=told.ledger, unplaced=told.unplaced)
    if run.keep:
        journal.add_lines(run.lines.arrivals(judging.received, found))
    return found


class _Standing(Struct, frozen=True):
    """How everybody stands as of a day."""

    plan: Plan
    as_of: date
    link_check: KnownLink
    wanted: Wanted

    def of(self, tasks: Iterable[GroupTask]) -> Consolidation:
        """All groups together, in the order of a consolidation of everybody at once: rows and counts as the
        roster has participants, figures by their codes."""
        rows: dict[str, list[Outcome]] = {one.code: [] for one in self.plan.participants}
        counts: dict[str, Completeness] = {}
        files: list[FileRecord] = []
        facts: list[IndicatorFact] = []
        for one in map(self._alone, tasks):
            for row in one.outcomes:
                rows[row.participant].append(self.wanted.slimmed(row))
            counts |= {line.participant: line for line in one.completeness}
            files += one.files
            facts += one.indicators
        lines = tuple(counts[code] for code in rows if code in counts)
        return Consolidation(
            as_of=self.as_of,
            plan=self.plan,
            files=tuple(sorted(files, key=lambda one: (one.origin.file, one.origin.sha256))),
            outcomes=tuple(one for own in rows.values() for one in own),
            completeness=lines,
            rates=rates_of(lines),
            findings=(),
            ledger=(),
            unplaced=(),
            indicators=tuple(sorted(facts, key=lambda one: one.participant)),
        )

    def _alone(self, task: GroupTask) -> Consolidation:
        return consolidate_untold(
            narrowed(self.plan, task.codes),
            (*task.files, *map(unpacked, task.packed)),
            task.decided.decisions,
            self.as_of,
            decided_on=task.decided.on,
            link_check=self.link_check,
        )
