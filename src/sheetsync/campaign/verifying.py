"""Does the district workbook, as it lies on the disk, still hold everything the copies said?

For the moment before it is sent on: people sort, paste and delete in it after the last consolidation.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.at_once import judge_again
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.reckoning import counted_by
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
    campaign, data, judged = judge_again(place, now, progress=progress)
    return VerifyResult(campaign, counted_by(data, judged))
