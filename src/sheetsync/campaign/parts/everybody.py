"""The rows of everybody as the memory has what was sent: made participant by participant.

Nobody's copies stay in memory when its rows are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.campaign.parts.around import GroupTask
from sheetsync.checks.case import KnownLink, RowKey
from sheetsync.merge.consolidate import Judged, consolidate, consolidate_untold
from sheetsync.merge.groups import narrowed
from sheetsync.merge.packing import unpacked
from sheetsync.merge.rates import rates_of
from sheetsync.merge.received import Received
from sheetsync.model import Completeness, Consolidation, Decision, FileRecord, IndicatorFact, Outcome, Plan


def without_words(row: Outcome) -> Outcome:
    """A row without the answer it was judged by, for those who ask only how it stands."""
    return replace(row, entry=None)


class Everybody(Struct, frozen=True):
    """How everybody stands as of a day."""

    plan: Plan
    as_of: date
    link_check: KnownLink
    slimmed: Callable[[Outcome], Outcome] = lambda row: row
    """What is kept of a row: thousands of rows with all their words take much memory."""

    def of(self, tasks: Iterable[GroupTask]) -> Consolidation:
        """All groups together, in the order of a consolidation of everybody at once: rows and counts as the
        roster has participants, figures by their codes."""
        rows: dict[str, list[Outcome]] = {one.code: [] for one in self.plan.participants}
        counts: dict[str, Completeness] = {}
        files: list[FileRecord] = []
        facts: list[IndicatorFact] = []
        for one in map(self._alone, tasks):
            for row in one.outcomes:
                rows[row.participant].append(self.slimmed(row))
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
        return consolidate_untold(*self._given(task), decided_on=task.decided.on, link_check=self.link_check)

    def judged(self, task: GroupTask) -> Judged:
        """One group with all that is told of it, but of what it shares with others."""
        return consolidate(
            *self._given(task),
            decided_on=task.decided.on,
            findings=task.told,
            link_check=self.link_check,
            shared=(),
            roster=self.plan.participants,
        )

    def _given(self, task: GroupTask) -> tuple[Plan, Iterable[Received], Mapping[RowKey, Decision], date]:
        """A group's plan, what it sent, what was decided of it, and the day."""
        sent = (*task.files, *map(unpacked, task.packed))
        return narrowed(self.plan, task.codes), sent, task.decided.decisions, self.as_of
