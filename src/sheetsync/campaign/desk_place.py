"""Where the district workbook of a run is: on somebody's screen, or on the disk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sheetsync import store
from sheetsync.campaign.desk import Desk
from sheetsync.campaign.desk_file import FileDesk
from sheetsync.campaign.desk_open import OpenDesk
from sheetsync.workbooks.port import OpenWorkbook


def desk_at(
    campaign: store.Campaign,
    hold: store.Hold,
    now: datetime,
    workbook: OpenWorkbook | None,
    snapshot: Path | None = None,
) -> Desk:
    """``workbook`` when people have it open, else the file; ``snapshot`` is used up."""
    return OpenDesk(campaign, workbook, hold, now, snapshot) if workbook else FileDesk(campaign, hold, now)
