"""A district workbook put in the place of the old one, or beside it while another program holds that."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.files import holds, read_file
from sheetsync.findings import make
from sheetsync.model import Finding
from sheetsync.notices import Notice, say


class Put(Struct, frozen=True):
    """Where a rendering was put, and what to tell of it."""

    path: Path
    findings: tuple[Finding, ...] = ()


def put_in_place(
    campaign: store.Campaign, hold: store.Hold, now: datetime, old: bytes, new: bytes, *, digest: str = ""
) -> Put:
    """The workbook replaced by a new one; when another program holds it, that is saved beside.

    ``digest`` is the sha256 of the old one, where it is known.
    Raises ``store.EditedMeanwhile`` when the workbook is no longer the old one.
    """
    target = campaign.workbook
    if not holds(target, old):
        raise store.EditedMeanwhile(target)
    if not store.is_open_elsewhere(target):
        store.back_up(campaign, old, now, target, digest=digest)
        hold.check()
        with contextlib.suppress(store.TargetBusy):
            store.write_atomically(target, new, instead_of=old)
            if not holds(target, new):
                raise store.StoreError(say(Notice.WRITTEN_DIFFERS, path=target))
            return Put(target)
    beside = next(path for path in store.names_beside(target) if _is_written(campaign, path, new, now))
    return Put(beside, (make("S801", name=beside.name),))


def _is_written(campaign: store.Campaign, beside: Path, new: bytes, now: datetime) -> bool:
    """Whether a file beside the workbook could be written; what somebody did in it is backed up."""
    if store.is_open_elsewhere(beside):
        return False
    if beside.exists():
        store.back_up(campaign, read_file(beside), now)
    try:
        store.write_atomically(beside, new)
    except store.TargetBusy:
        return False
    return True
