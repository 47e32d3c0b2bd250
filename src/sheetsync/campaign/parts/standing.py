"""What everybody's copies and the coordinator's words come to now, told from what runs by parts remember.

Only what changed since is read and judged. The workbook is not written. Rows are made participant by
participant: nobody's copies stay in memory when its rows are there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.parts.everybody import without_words
from sheetsync.campaign.parts.joining import Joined
from sheetsync.campaign.parts.keeping import DamagedMemoryError
from sheetsync.campaign.parts.memory import open_memory
from sheetsync.campaign.parts.running import PartsRun
from sheetsync.campaign.parts.writing import NotByPartsError
from sheetsync.journal import Journal
from sheetsync.model import Consolidation, Outcome


class Wanted(Struct, frozen=True):
    """What somebody needs of a consolidation: ``findings`` and the rest that is told of it, or only its
    rows and counts; of each row what ``slimmed`` leaves. All words of a large district take much memory."""

    findings: bool = True
    slimmed: Callable[[Outcome], Outcome] = lambda row: row


EVERYTHING: Final = Wanted()
ROWS: Final = Wanted(findings=False)
"""What counting asks: nothing that is told of rows and files."""
STATES: Final = Wanted(slimmed=without_words)
STATES_ALONE: Final = Wanted(findings=False, slimmed=without_words)


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
    found = run.everybody(wanted.slimmed).of(judging.all_tasks())
    if wanted.findings:
        joined = Joined.of(run.plan, judging.heads())
        if not joined.is_borne_out:
            raise NotByPartsError("rows that do not say what «Сверка» counts")
        told = joined.consolidation(run.as_of)
        found = replace(found, findings=told.findings, ledger=told.ledger, unplaced=told.unplaced)
    if run.keep:
        journal.add_lines(run.lines.arrivals(judging.received, found))
    return found
