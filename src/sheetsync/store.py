"""The campaign folder on disk: layout, atomic writes, originals, backups and the one-writer lock.

    StoreError                  the environment, not the data, is in the way
    ├── CampaignMissing         the folder is not a campaign
    ├── CampaignExists          the folder already holds a campaign
    ├── CampaignLocked          another run writes here now
    └── DiskRefused             the disk is full, read-only or failing

Nothing here knows a rule of the domain; the journal of runs stands in ``journal``.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from sheetsync.notices import Notice, say

WORKBOOK_NAMES: Final = ("Район.xlsm", "Район.xlsx")
NEW_WORKBOOK_NAME: Final = "Район.xlsx"
FORMS_FOLDER: Final = "Формы"
RECEIVED_FOLDER: Final = "Получено"
STATE_FOLDER: Final = ".sheetsync"
TEMPORARY_SUFFIX: Final = ".sheetsync-tmp"

_BACKUPS_KEPT: Final = 20
_LOCK_WAIT_SECONDS: Final = 2.0
_REPLACE_PAUSES: Final = (0.1, 0.2, 0.4, 0.8, 1.0)
_BUSY_WINDOWS_ERRORS: Final = frozenset({5, 32, 33})


class StoreError(Exception):
    """``args[0]`` is the sentence for the user, what happened and what to do."""


class CampaignMissing(StoreError):
    pass


class CampaignExists(StoreError):
    pass


class CampaignLocked(StoreError):
    pass


class DiskRefused(StoreError):
    pass


class TargetBusy(Exception):
    """The file to replace is held by another program; the caller saves beside it."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Where things lie in one campaign folder."""

    folder: Path

    @property
    def workbook(self) -> Path:
        """The district workbook that is there, or the name a new one gets."""
        present = (self.folder / name for name in WORKBOOK_NAMES)
        return next((path for path in present if path.exists()), self.folder / NEW_WORKBOOK_NAME)

    @property
    def forms(self) -> Path:
        return self.folder / FORMS_FOLDER

    @property
    def received(self) -> Path:
        return self.folder / RECEIVED_FOLDER

    @property
    def state(self) -> Path:
        return self.folder / STATE_FOLDER

    @property
    def originals(self) -> Path:
        return self.state / "originals"

    @property
    def backups(self) -> Path:
        return self.state / "backups"

    @property
    def errors(self) -> Path:
        return self.state / "errors"

    @property
    def journal(self) -> Path:
        return self.state / "journal.sqlite"


def open_campaign(place: Path) -> Campaign:
    """The campaign in a folder, given the folder or the workbook in it.

    Raises ``CampaignMissing`` when there is none.
    """
    folder = place.parent if place.is_file() else place
    campaign = Campaign(folder)
    if not campaign.workbook.exists():
        raise CampaignMissing(say(Notice.CAMPAIGN_MISSING, folder=folder, workbook=NEW_WORKBOOK_NAME))
    return campaign


def create_campaign(folder: Path) -> Campaign:
    """Make the folders of a new campaign. Raises ``CampaignExists`` or ``DiskRefused``."""
    campaign = Campaign(folder)
    if campaign.workbook.exists():
        raise CampaignExists(say(Notice.CAMPAIGN_EXISTS, folder=folder, workbook=campaign.workbook.name))
    with disk_errors(folder):
        for path in (campaign.forms, campaign.received, campaign.state):
            path.mkdir(parents=True, exist_ok=True)
    return campaign


def campaign_above(file: Path) -> Campaign | None:
    """The campaign whose folder holds ``file`` at any depth, if any."""
    for folder in file.resolve().parents:
        if (folder / STATE_FOLDER).is_dir() and Campaign(folder).workbook.exists():
            return Campaign(folder)
    return None


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@contextlib.contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` about ``path`` into a ``DiskRefused`` that says what to do."""
    try:
        yield
    except OSError as error:
        raise DiskRefused(_disk_sentence(path, error)) from error


def _disk_sentence(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            notice = Notice.DISK_FULL
        case errno.EACCES | errno.EPERM | errno.EROFS:
            notice = Notice.DISK_FORBIDDEN
        case errno.ENAMETOOLONG:
            notice = Notice.PATH_TOO_LONG
        case _:
            notice = Notice.DISK_FAILS
    return say(notice, path=path, reason=error.strerror or error)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``: a reader sees the old file or the new one, never a part.

    Raises ``TargetBusy`` when another program holds the file, ``DiskRefused`` for the rest.
    """
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _write_beside(path, data)
        try:
            _replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def _write_beside(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(suffix=TEMPORARY_SUFFIX, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        _set_mode(temporary, mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _set_mode(path: Path, mode: int) -> None:
    """Set the rights of a file where the disk keeps any (memory sticks and some shares do not)."""
    with contextlib.suppress(OSError):
        path.chmod(mode)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _replace(temporary: Path, path: Path) -> None:
    for pause in (*_REPLACE_PAUSES, None):
        try:
            temporary.replace(path)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _BUSY_WINDOWS_ERRORS:
                raise
            if pause is None:
                raise TargetBusy(path) from error
            time.sleep(pause)
        else:
            return


def _sync_folder(folder: Path) -> None:
    """Make the rename durable where folders can be synced (not on Windows and some shares)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel or LibreOffice left its mark of an open document beside the file."""
    marks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    return any(mark.exists() for mark in marks)


def names_beside(path: Path) -> Iterator[Path]:
    """«Район.xlsx» -> «Район (новый).xlsx», «Район (новый 2).xlsx», …"""
    yield path.with_name(f"{path.stem} (новый){path.suffix}")
    for number in itertools.count(2):
        yield path.with_name(f"{path.stem} (новый {number}){path.suffix}")


def keep_original(campaign: Campaign, data: bytes) -> str:
    """Keep the bytes of a received or issued file once, under their sha256, read-only."""
    digest = sha256(data)
    path = original_path(campaign, digest)
    if not path.exists():
        write_atomically(path, data)
        _set_mode(path, 0o400)
    return digest


def original_path(campaign: Campaign, digest: str) -> Path:
    return campaign.originals / digest[:2] / digest


def read_original(campaign: Campaign, digest: str) -> bytes | None:
    path = original_path(campaign, digest)
    return path.read_bytes() if path.exists() else None


def back_up(campaign: Campaign, data: bytes, at: datetime) -> None:
    """Keep a copy of the district workbook as it was; the newest twenty stay."""
    name = f"{at:%Y-%m-%d %H-%M-%S} {sha256(data)[:8]}{campaign.workbook.suffix}"
    write_atomically(campaign.backups / name, data)
    for old in sorted(campaign.backups.iterdir())[:-_BACKUPS_KEPT]:
        _remove(old)


def sweep_temporaries(campaign: Campaign) -> None:
    """Remove what an interrupted write left behind."""
    leftovers = f"*{TEMPORARY_SUFFIX}"
    for folder in (campaign.folder, campaign.forms):
        for path in folder.glob(leftovers):
            _remove(path)
    for path in campaign.state.rglob(leftovers):
        _remove(path)


def _remove(path: Path) -> None:
    """Remove a file nobody needs; one that will not go does no harm."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def one_writer(campaign: Campaign, now: datetime) -> Iterator[None]:
    """Hold the campaign for writing. Raises ``CampaignLocked`` naming who holds it and since when."""
    with disk_errors(campaign.state):
        campaign.state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(campaign.state / "lock", timeout=_LOCK_WAIT_SECONDS)
    holder = campaign.state / "lock-holder"
    with disk_errors(campaign.state / "lock"):
        try:
            lock.acquire()
        except Timeout as error:
            who = holder.read_text(encoding="utf-8") if holder.exists() else "?"
            raise CampaignLocked(say(Notice.CAMPAIGN_LOCKED, who=who)) from error
    try:
        with disk_errors(holder):
            holder.write_text(
                f"{socket.gethostname()}, {os.getpid()}, {now:%d.%m.%Y %H:%M}", encoding="utf-8"
            )
        sweep_temporaries(campaign)
        yield
    finally:
        _remove(holder)
        lock.release()
