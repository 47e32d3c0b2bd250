"""The button «Собрать свод»: everything received becomes the tables of the district workbook.

A file is collected by parts (``parts``), where nothing stands in the way; a workbook people look at,
and a district whose answers are not all in files, is judged at once (``at_once``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.consolidate_result import ConsolidateResult
from sheetsync.campaign.files import journal_of, taken_over
from sheetsync.campaign.revising import NOTHING_REVISED, Revision
from sheetsync.journal import Journal
from sheetsync.notices import Notice, say

if TYPE_CHECKING:
    from sheetsync.campaign.google.fetching import Connect
    from sheetsync.workbooks.port import OpenWorkbook

Attempt = Callable[[store.Hold, Journal], ConsolidateResult | None]
"""One attempt over the workbook as it is: the outcome, or ``None`` when it was edited meanwhile."""

_TRIES: Final = 3


def consolidate(
    place: Path,
    as_of: date,
    now: datetime,
    *,
    dry_run: bool = False,
    full: bool = False,
    progress: Progress = lambda *_: None,
    google: Connect | None = None,
    revision: Revision = NOTHING_REVISED,
    whole: bool = False,
    cluster: str = "",
) -> ConsolidateResult:
    """Collect, judge and write the file. Raises ``store.StoreError`` when it cannot go on.

    ``full``: copies and Google sheets that did not change are read again too; ``google`` signs in otherwise
    than as the user of this computer. The result tells the rows of schools only when it is wanted
    ``whole``; they stand in the workbook all the same. ``cluster`` is the address of a cluster that
    reads and judges.
    """
    campaign = store.open_campaign(place)

    def by_parts(hold: store.Hold, journal: Journal) -> ConsolidateResult | None:
        if full or whole or (dry_run and revision is NOTHING_REVISED):
            return None
        day = as_of, now
        if dry_run:
            return _only_asked(campaign, journal, hold, day, revision)
        from sheetsync.campaign.parts.running import consolidated_by_parts  # noqa: PLC0415 - not for a dry run

        done = consolidated_by_parts(
            campaign, journal, hold, day, progress, cluster=cluster, revision=revision
        )
        return ConsolidateResult(campaign, done.found, done.path, findings=done.findings) if done else None

    @cache
    def at_once() -> Attempt:
        from sheetsync.campaign.at_once import AtOnce  # noqa: PLC0415 - only where parts do not do
        from sheetsync.campaign.desk_file import FileDesk  # noqa: PLC0415
        from sheetsync.campaign.google.fetching import SchoolSheets, Stopwatch, signing_in  # noqa: PLC0415

        sheets = SchoolSheets(google or signing_in(now), Stopwatch(now), is_full=full)

        def attempt(hold: store.Hold, journal: Journal) -> ConsolidateResult | None:
            desk = FileDesk(campaign, hold, now)
            run = AtOnce(campaign, journal, desk, sheets, as_of, now, dry_run, revision, is_anew=full)
            return run.result(progress)

        return attempt

    return attempted(campaign, now, lambda hold, journal: by_parts(hold, journal) or at_once()(hold, journal))


def _only_asked(
    campaign: store.Campaign,
    journal: Journal,
    hold: store.Hold,
    day: tuple[date, datetime],
    revision: Revision,
) -> ConsolidateResult | None:
    """A dry run of a revision: it is asked what it would change, as of a day and at a time; nobody is judged
    by that. ``None`` when everybody has to be judged at once."""
    from sheetsync.campaign.parts.standing import STATES, found_by_parts  # noqa: PLC0415 - only for a dry run

    found = found_by_parts(campaign, journal, hold, day, lambda *_: None, keep=False, wanted=STATES)
    journal.roll_back()
    if found is None:
        return None
    revision.decisions(found, journal)
    return ConsolidateResult(campaign, found, is_dry=True)


def consolidate_open(
    campaign: store.Campaign,
    book: OpenWorkbook,
    as_of: date,
    now: datetime,
    *,
    dry_run: bool = False,
    snapshot: Path | None = None,
    seconds: float | None = None,
    progress: Progress = lambda *_: None,
    google: Connect | None = None,
    revision: Revision = NOTHING_REVISED,
) -> ConsolidateResult:
    """The same in the workbook people look at, which is not saved.

    ``snapshot`` is a copy of what is on the screen, when one was made already; it is used up.
    ``seconds`` is how long Google sheets may be read; the next run goes on from there.
    Raises ``store.StoreError``, and ``WorkbookRefused`` when the program that shows it refuses.
    """
    from sheetsync.campaign.at_once import AtOnce  # noqa: PLC0415 - see ``consolidate``
    from sheetsync.campaign.desk_open import OpenDesk  # noqa: PLC0415
    from sheetsync.campaign.google.fetching import SchoolSheets, Stopwatch, signing_in  # noqa: PLC0415

    sheets = SchoolSheets(google or signing_in(now), Stopwatch(now, seconds))

    def attempt(hold: store.Hold, journal: Journal) -> ConsolidateResult | None:
        desk = OpenDesk(campaign, book, hold, now, snapshot)
        return AtOnce(campaign, journal, desk, sheets, as_of, now, dry_run, revision).result(progress)

    return attempted(campaign, now, attempt)


def attempted(campaign: store.Campaign, now: datetime, attempt: Attempt) -> ConsolidateResult:
    """The first attempt nobody spoilt by editing the workbook. Raises ``store.StoreError``."""
    with store.one_writer(campaign, now, "consolidate") as hold, journal_of(campaign) as journal:
        for _ in range(_TRIES):
            result = attempt(hold, journal)
            if result is not None:
                return replace(result, findings=(*taken_over(hold), *result.findings))
            journal.roll_back()
    raise store.StoreError(say(Notice.WORKBOOK_EDITED))
