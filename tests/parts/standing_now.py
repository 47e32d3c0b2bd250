"""What the buttons that write no workbook go by: told from the memory, it is what judging everybody tells."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign import verifying
from sheetsync.campaign.at_once import judged_now
from sheetsync.campaign.desk_file import FileDesk
from sheetsync.campaign.files import journal_of
from sheetsync.campaign.parts.standing import EVERYTHING, ROWS, Wanted, found_by_parts
from sheetsync.campaign.verifying import verify
from sheetsync.model import Consolidation, LedgerLine, Origin

NOW: Final = datetime(2026, 6, 16, 9)


def told_at_once(place: Path, day: date, *, keep: bool = False) -> Consolidation:
    """Everybody judged, copies recalled."""
    campaign = store.open_campaign(place)
    with store.one_writer(campaign, NOW, "report") as hold, journal_of(campaign) as journal:
        return judged_now(campaign, journal, FileDesk(campaign, hold, NOW), day, NOW, keep=keep).found


def told_by_parts(
    place: Path, day: date, *, keep: bool = False, wanted: Wanted = EVERYTHING
) -> Consolidation | None:
    campaign = store.open_campaign(place)
    with store.one_writer(campaign, NOW, "report") as hold, journal_of(campaign) as journal:
        return found_by_parts(campaign, journal, hold, (day, NOW), lambda *_: None, keep=keep, wanted=wanted)


def need_same(place: Path, day: date) -> None:
    """Both ways tell the same of a campaign and leave nothing behind."""
    campaign = store.open_campaign(place)
    before = _kept(campaign)
    expected = told_at_once(place, day)

    assert told_by_parts(place, day) == expected
    assert told_by_parts(place, day, wanted=ROWS) == replace(expected, findings=(), ledger=(), unplaced=())
    assert verified(place) == verified_at_once(place)
    assert _kept(campaign) == before


def verified(place: Path) -> list[tuple[LedgerLine, tuple[Origin, ...]]]:
    """The line of every file, and what of it the workbook does not show."""
    return [(one.line, one.missing) for one in verify(place, NOW).files]


def verified_at_once(place: Path) -> list[tuple[LedgerLine, tuple[Origin, ...]]]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(verifying, "counted_by_parts", lambda *_: None)
        return verified(place)


def _kept(campaign: store.Campaign) -> list[bytes | None]:
    files = (campaign.memory, campaign.workbook)
    originals = sorted(str(path).encode() for path in campaign.originals.rglob("*"))
    return [*(path.read_bytes() if path.exists() else None for path in files), *originals]
