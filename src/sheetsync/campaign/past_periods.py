"""Copies of a period that is closed: what came in its time stays counted there, what comes late is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from sheetsync.findings import make
from sheetsync.journal import Journal, KnownCopy
from sheetsync.journal.periods import BegunPeriod
from sheetsync.merge.received import Received
from sheetsync.model import Finding, Origin, Plan, Verdict


@dataclass
class PastPeriods:
    """Tells copies of earlier periods from those of the current one; nothing is past in a plan of one."""

    label: str
    begun: tuple[BegunPeriod, ...]
    _current: BegunPeriod | None = field(init=False, default=None)
    _aside: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._current = next((one for one in self.begun if one.label == self.label), None)

    @classmethod
    def of(cls, journal: Journal, plan: Plan) -> PastPeriods:
        """What is past in the period of this plan."""
        label = plan.settings.period
        return cls(label, journal.periods.all() if label else ())

    def was_counted(self, copy: KnownCopy | None) -> bool:
        """Whether a copy came before the current period began: it was counted then."""
        return copy is not None and self.is_past_run(copy.run)

    def is_past_run(self, run: int) -> bool:
        """Whether a run was of an earlier period."""
        return self._current is not None and run < self._current.run

    def of_issue(self, issue: int | None) -> str:
        """The earlier period a form of that issue was made for; '' for the current one, and for a
        copy that does not say its issue."""
        if self._current is None or issue is None or issue >= self._current.first_issue:
            return ""
        its = [one for one in self.begun if one.first_issue <= issue]
        return its[-1].label if its else self.begun[0].label

    def set_aside(self, origin: Origin) -> Received:
        """A copy counted in its own period: not read again."""
        self._aside += 1
        return Received(origin, Verdict.SKIPPED)

    def told(self) -> Iterator[Finding]:
        """One line for all that were set aside."""
        if self._aside:
            yield make("V221", count=self._aside, copies=self._aside, period=self.label)

    def judged(self, read: Received) -> Received:
        """A late copy of an earlier period's form is refused whole: its bytes are kept, its answers are
        of another year."""
        if read.verdict is not Verdict.ACCEPTED:
            return read
        past = next((self.of_issue(one.issue) for one in read.submissions), "")
        if not past:
            return read
        whose = read.participants[0] if len(read.participants) == 1 else None
        told = make("V220", participant=whose, origin=read.origin, past=past, period=self.label)
        return replace(read, verdict=Verdict.REFUSED, submissions=(), findings=(told,))
