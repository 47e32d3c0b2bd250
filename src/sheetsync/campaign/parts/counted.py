"""Every file of a large district counted against its workbook, a few participants at a time.

Nothing is recalled: each copy is read, and what it says is judged, as if nobody had done so before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.files import read_file
from sheetsync.campaign.parts.memory import open_memory
from sheetsync.campaign.parts.running import PartsRun
from sheetsync.campaign.parts.writing import NotByPartsError
from sheetsync.campaign.reckoning import shown_by_workbook
from sheetsync.journal import Journal
from sheetsync.merge.ledger import Fate, Reckoning
from sheetsync.merge.shown import Shown


def counted_by_parts(
    campaign: store.Campaign, journal: Journal, hold: store.Hold, now: datetime, progress: Progress
) -> tuple[Reckoning, ...] | None:
    """The files in the order of their names, each with the fates of what is lost alone; ``None`` when
    everybody has to be judged at once. Nothing is written."""
    try:
        with open_memory(None) as memory:
            run = PartsRun(campaign, journal, memory, hold, now.date(), now, progress, keep=False)
            data = read_file(campaign.workbook)
            if store.sha256(data) != run.digest:
                return None
            counted = list(_counted(run, shown_by_workbook(data, run.plan)))
    except NotByPartsError:
        return None
    finally:
        journal.roll_back()
    return tuple(sorted(counted, key=lambda one: (one.line.origin.file, one.line.origin.sha256)))


def _counted(run: PartsRun, shown: Shown) -> Iterator[Reckoning]:
    everybody = run.everybody(lambda row: row)
    for task in run.collected().all_tasks():
        for one in everybody.judged(task).counted(shown):
            yield replace(one, fates=tuple(fate for fate in one.fates if fate[1] is Fate.LOST))
