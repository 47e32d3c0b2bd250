"""The command «accept»: what is done and confirmed is accepted in one go, and taken back as easily.

Both are a consolidation with decisions changed in it: a copy that has just come is judged too, and the
workbook, the journal and a Google свод tell the same afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.consolidate_result import ConsolidateResult
from sheetsync.campaign.consolidating import consolidate, consolidate_open
from sheetsync.campaign.files import need_closed
from sheetsync.campaign.google.fetching import Connect
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.campaign.run_lines import RunLines
from sheetsync.campaign.whom import participant_called
from sheetsync.checks.verdicts import ACCEPTED
from sheetsync.journal import Journal, RowKey
from sheetsync.merge.acceptable import Left, acceptable, place_of_row
from sheetsync.model import Consolidation, Decision, Event, Finding, JournalLine, Plan
from sheetsync.notices import say
from sheetsync.workbooks.port import OpenWorkbook

_BY_BULK: Final = Decision(ACCEPTED)
"""What a bulk acceptance writes: a row with any word of the coordinator's own is no longer its."""


class AcceptResult(Struct, frozen=True):
    """What became of one run: ``rows`` accepted, or taken back, by participant.

    ``left`` tells of acceptance why answers were left, ``kept`` of taking back how many rows the
    coordinator has changed since. ``school`` is the only participant asked about, if one was.
    """

    run: ConsolidateResult
    rows: Mapping[str, int]
    left: Mapping[Left, int]
    kept: int = 0
    is_undo: bool = False
    school: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What to tell of the run itself; what the свод says of answers is not repeated here."""
        return self.run.findings

    @property
    def count(self) -> int:
        return sum(self.rows.values())

    @property
    def needs_user(self) -> bool:
        """Whether the decisions did not get into the workbook."""
        return self.run.is_beside


def accept_sufficient(
    place: Path,
    now: datetime,
    workbook: OpenWorkbook | None = None,
    *,
    school: str = "",
    undo: bool = False,
    dry_run: bool = False,
    snapshot: Path | None = None,
    seconds: float | None = None,
    progress: Progress = lambda *_: None,
    google: Connect | None = None,
) -> AcceptResult:
    """Write «принято» beside every answer that is done and confirmed, or take the last such run back.

    Into ``workbook``, when people have it open, else into the file. ``school`` is a code or a name:
    only its rows. ``snapshot`` is a copy of the open workbook, when one was made already, ``seconds``
    how long Google sheets may be read beside it. Raises ``store.StoreError`` when it cannot go on.
    """
    campaign = store.open_campaign(place)
    revision: Accepting | Undoing = Undoing(school) if undo else Accepting(school)
    if workbook:
        run = consolidate_open(
            campaign,
            workbook,
            now.date(),
            now,
            dry_run=dry_run,
            snapshot=snapshot,
            seconds=seconds,
            progress=progress,
            google=google,
            revision=revision,
        )
    else:
        if not dry_run:
            need_closed(campaign)
        run = consolidate(
            place, now.date(), now, dry_run=dry_run, progress=progress, google=google, revision=revision
        )
    return revision.result(run)


@dataclass
class Accepting:
    """Accepts what nobody need look at twice; the latest attempt counts."""

    school: str
    _before: dict[RowKey, str] = field(default_factory=dict, init=False)
    _left: Counter[Left] = field(default_factory=Counter, init=False)

    def decisions(self, found: Consolidation, _journal: Journal) -> Mapping[RowKey, Decision]:
        chosen = acceptable(found, _codes(found.plan, self.school))
        self._before = {place_of_row(one): one.decision.verdict for one in chosen.rows}
        self._left = chosen.left
        return dict.fromkeys(self._before, _BY_BULK)

    def recorded(self, found: Consolidation, journal: Journal, run: RunLines) -> list[JournalLine]:
        journal.bulk.add(run.number, run.at, self._before)
        return _lines(run, Event.ACCEPTED, ReviewNotice.ACCEPT_NOTE, found.plan, self._before)

    def done(self, _journal: Journal, _run: RunLines) -> None:
        """An acceptance is known as long as it is not taken back."""

    def result(self, run: ConsolidateResult) -> AcceptResult:
        return AcceptResult(run, _by_participant(self._before), self._left, school=_name(run, self.school))


@dataclass
class Undoing:
    """Takes the last acceptance back: rows that stand as it left them."""

    school: str
    _back: dict[RowKey, Decision] = field(default_factory=dict, init=False)
    _rest: dict[RowKey, str] = field(default_factory=dict, init=False)
    _kept: int = field(default=0, init=False)
    _run: int = field(default=0, init=False)

    def decisions(self, found: Consolidation, journal: Journal) -> Mapping[RowKey, Decision]:
        self._run, before = journal.bulk.last()
        codes = _codes(found.plan, self.school)
        mine = {key: verdict for key, verdict in before.items() if codes is None or key[0] in codes}
        standing = (place_of_row(one) for one in found.outcomes if one.decision == _BY_BULK)
        self._back = {key: Decision(mine[key]) for key in standing if key in mine}
        self._rest = {key: verdict for key, verdict in before.items() if key not in mine}
        self._kept = len(mine) - len(self._back)
        return self._back

    def recorded(self, found: Consolidation, _journal: Journal, run: RunLines) -> list[JournalLine]:
        return _lines(run, Event.UNDONE, ReviewNotice.UNDO_NOTE, found.plan, self._back)

    def done(self, journal: Journal, run: RunLines) -> None:
        """Forgotten only now: what could not be written can be taken back by another press."""
        journal.bulk.forget(self._run)
        journal.bulk.add(self._run, run.at, self._rest)

    def result(self, run: ConsolidateResult) -> AcceptResult:
        school = _name(run, self.school)
        return AcceptResult(run, _by_participant(self._back), {}, self._kept, is_undo=True, school=school)


def _lines(
    run: RunLines, event: Event, notice: ReviewNotice, plan: Plan, rows: Mapping[RowKey, object]
) -> list[JournalLine]:
    """One line a participant."""
    names = {one.code: one.short_name for one in plan.participants}
    told = [
        (names.get(code, code), say(notice, count=count)) for code, count in _by_participant(rows).items()
    ]
    return run.counted(event, told)


def _by_participant(rows: Mapping[RowKey, object]) -> Counter[str]:
    return Counter(code for code, _ in rows)


def _codes(plan: Plan, school: str) -> frozenset[str] | None:
    """Whom a run is about: the one of that code or name; ``None`` is everybody."""
    return frozenset([participant_called(school, plan).code]) if school else None


def _name(run: ConsolidateResult, school: str) -> str:
    return participant_called(school, run.consolidation.plan).short_name if school else ""
