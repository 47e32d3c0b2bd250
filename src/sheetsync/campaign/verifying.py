"""Does the district workbook, as it lies on the disk, still hold everything the copies said?

For the moment before it is sent on: people sort, paste and delete in it after the last consolidation.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.at_once import judged_now
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.desk_file import FileDesk
from sheetsync.campaign.files import journal_of
from sheetsync.campaign.parts.counted import counted_by_parts
from sheetsync.campaign.reckoning import counted_by
from sheetsync.journal import Journal
from sheetsync.merge.ledger import Reckoning


class VerifyResult(Struct, frozen=True):
    """Every file of «Получено» counted against the workbook."""

    campaign: store.Campaign
    files: tuple[Reckoning, ...]

    @property
    def incomplete(self) -> tuple[Reckoning, ...]:
        return tuple(one for one in self.files if one.line.unaccounted)


def verify(place: Path, now: datetime, *, progress: Progress = lambda *_: None) -> VerifyResult:
    """Read everything again and write nothing. Raises ``store.StoreError`` when it cannot."""
    campaign = store.open_campaign(place)
    with store.one_writer(campaign, now, "verify") as hold, journal_of(campaign) as journal:
        files = counted_by_parts(campaign, journal, hold, now, progress)
        if files is None:
            files = _counted_at_once(campaign, journal, hold, now, progress)
    return VerifyResult(campaign, files)


def _counted_at_once(
    campaign: store.Campaign, journal: Journal, hold: store.Hold, now: datetime, progress: Progress
) -> tuple[Reckoning, ...]:
    desk = FileDesk(campaign, hold, now)
    judged = judged_now(campaign, journal, desk, now.date(), now, progress=progress, anew=True)
    return counted_by(desk.to_bytes(), judged)
