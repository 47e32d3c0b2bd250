"""What is kept for good: the bytes of every received and issued file, and the workbooks of the last runs."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from typing import Final

from sheetsync.store.atomic import holds, remove, set_mode, settle, write_atomically, write_unsettled
from sheetsync.store.layout import Campaign
from sheetsync.store.trouble import disk_errors

BACKUPS_KEPT: Final = 20

_NUMBERED: Final = re.compile(r"(\d+) ")


def sha256(data: bytes) -> str:
    import hashlib  # noqa: PLC0415 - a run that finds nothing new keeps nothing

    return hashlib.sha256(data).hexdigest()


def keep_original(campaign: Campaign, data: bytes) -> str:
    """Keep the bytes of a received or issued file once, under their sha256, read-only."""
    digest = sha256(data)
    path = original_path(campaign, digest)
    with disk_errors(path):
        is_kept = path.exists() and path.stat().st_size == len(data)
    if not is_kept:
        write_atomically(path, data)
        set_mode(path, 0o400)
    return digest


class Originals:
    """Keeps the bytes of many files at once: they are on the disk for sure when ``settle`` returns.

    One by one every file would wait for the disk; a thousand of them wait for it once.
    """

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._folder = os.fspath(campaign.originals)
        self._written: list[Path] = []

    def has(self, digest: str) -> bool:
        """Whether bytes are kept under this sha256: asked of every file of a district."""
        path = f"{self._folder}{os.sep}{digest[:2]}{os.sep}{digest}"
        return os.path.exists(path)  # noqa: PTH110 - a ``Path`` takes as long as the disk

    def keep(self, digest: str, data: bytes) -> None:
        """Keep bytes under their sha256, read-only. Raises ``DiskRefused``."""
        path = original_path(self._campaign, digest)
        with disk_errors(path):
            if path.exists() and path.read_bytes() == data:
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            write_unsettled(path, data, 0o400)
            self._written.append(path)

    def settle(self) -> None:
        """Wait until the disk has everything kept so far. Raises ``DiskRefused``: nothing of it is kept."""
        written, self._written = self._written, []
        with disk_errors(next(iter(written), self._campaign.originals)):
            try:
                settle(written)
            except OSError:
                for path in written:
                    remove(path)
                raise


def original_path(campaign: Campaign, digest: str) -> Path:
    return campaign.originals / digest[:2] / digest


def read_original(campaign: Campaign, digest: str) -> bytes | None:
    path = original_path(campaign, digest)
    return path.read_bytes() if path.exists() else None


def back_up(
    campaign: Campaign, data: bytes, at: datetime, replaced: Path | None = None, *, digest: str = ""
) -> None:
    """Keep a copy of the district workbook as it was; the newest twenty stay. ``digest`` is its sha256,
    where it is known.

    A file that is about to be ``replaced`` by another and holds these bytes becomes the copy itself,
    where the disk can have one file under two names.

    «00042 2026-03-02 09-30-00 1a2b3c4d.xlsx»: counted, because a clock may be set back. What the
    newest copy holds already is not kept again: a run repeated on a full disk pushes nothing out.
    """
    with disk_errors(campaign.backups):
        kept = sorted(campaign.backups.iterdir(), key=_number) if campaign.backups.is_dir() else []
        if kept and holds(kept[-1], data):
            return
    number = _number(kept[-1]) + 1 if kept else 1
    name = f"{number:05} {at:%Y-%m-%d %H-%M-%S} {(digest or sha256(data))[:8]}{campaign.workbook.suffix}"
    if replaced is None or not _lies_also_at(campaign.backups / name, replaced, data):
        write_atomically(campaign.backups / name, data)
    for old in kept[: max(0, len(kept) + 1 - BACKUPS_KEPT)]:
        remove(old)


def _lies_also_at(path: Path, file: Path, data: bytes) -> bool:
    """Give a file a second name; False when the disk knows none, or the file holds something else."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.hardlink_to(file)
        settle([path])
        is_same = holds(path, data)
    except OSError:
        is_same = False
    if not is_same:
        remove(path)
    return is_same


def _number(backup: Path) -> int:
    found = _NUMBERED.match(backup.name)
    return int(found[1]) if found else 0
