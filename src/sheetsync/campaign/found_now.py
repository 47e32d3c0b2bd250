"""What the copies and the coordinator's words come to now, for what writes no workbook.

Of a file told from what runs by parts remember (``parts.standing``), where nothing stands in the way;
else everybody is judged at once (``at_once``), and both come to the same.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.at_once import judged_now
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.desk import Desk
from sheetsync.campaign.desk_file import FileDesk
from sheetsync.campaign.google.showing import Showing
from sheetsync.campaign.parts.standing import EVERYTHING, Wanted, found_by_parts
from sheetsync.journal import Journal
from sheetsync.model import Consolidation


def found_now(
    campaign: store.Campaign,
    journal: Journal,
    desk: Desk,
    hold: store.Hold,
    day: tuple[date, datetime],
    *,
    progress: Progress = lambda *_: None,
    showing: Showing | None = None,
    keep: bool = False,
    wanted: Wanted = EVERYTHING,
) -> Consolidation:
    """The consolidation as of a day, at a time, with the rows of everybody: at least what is ``wanted``.

    The workbook is not written, nor is the journal, unless what has just come is to be kept: then it
    has come before anything done from here on. Google sheets of schools are not asked; their last
    readings count. What was decided in a Google свод counts with ``showing``.
    """
    found = None
    if isinstance(desk, FileDesk):
        found = found_by_parts(campaign, journal, hold, day, progress, keep=keep, wanted=wanted)
    if found is None:
        judged = judged_now(campaign, journal, desk, *day, progress=progress, showing=showing, keep=keep)
        return replace(judged.found, outcomes=tuple(map(wanted.slimmed, judged.found.outcomes)))
    journal.commit() if keep else journal.roll_back()
    return found
