"""One writer at a time, on local disks and on network shares.

Two marks, because neither is enough alone:

- a lock of the system on «lock»: let go by the system itself when a run is killed, but missing on
  some shares, and on others known only to the programs of one computer;
- «lock-holder», made so that of many who try one succeeds (on shares too), saying who works here. A
  killed run leaves it behind, so whoever finds one asks whether its run still lives: on this computer
  the system's lock or the process tells; of another computer only silence tells, because a living
  run writes its mark anew every minute.

Whoever lost the campaign meanwhile (a notebook that slept) learns it before it replaces the workbook.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from filelock import BaseFileLock, FileLock, Timeout
from msgspec import Struct
from msgspec.structs import asdict

from sheetsync.notices import Notice, say
from sheetsync.store.atomic import TEMPORARY_SUFFIX, remove, set_mode, sweep_temporaries
from sheetsync.store.layout import Campaign
from sheetsync.store.trouble import CampaignLocked, disk_errors

_WAIT_SECONDS: Final = 2.0
_PAUSE_SECONDS: Final = 0.05
REFRESHING: Final = "sheetsync-lock"
"""The thread that refreshes the mark: it waits for the clock and holds nothing others wait for."""

_REFRESH_SECONDS: Final = 60.0
_SILENT_SECONDS: Final = 30 * 60
"""A mark of another computer not written anew for so long belongs to no living run."""

_NO_SYSTEM_LOCKS: Final = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL})
_OWNER_ONLY: Final = 0o700
"""Copies hold personal data: on a disk that keeps rights only who collects them looks in."""

_RANDOM_NODE: Final = 1 << 40
"""The bit ``uuid.getnode`` sets when it found no network card and made a number up."""


class Holder(Struct, frozen=True):
    """Who holds a campaign: ``born`` tells a process from a later one with its number."""

    host: str
    machine: str
    pid: int
    born: str
    since: str
    command: str
    token: str

    @classmethod
    def this_run(cls, now: datetime, command: str) -> Self:
        pid = os.getpid()
        since = f"{now:%d.%m.%Y %H:%M}"
        return cls(platform.node(), _machine(), pid, _born(pid), since, command, _token())

    @classmethod
    def from_bytes(cls, data: bytes) -> Self | None:
        """``None`` when the bytes name nobody: cut short, or not ours."""
        try:
            told = json.loads(data)
            holder = cls(**told)
        except (ValueError, TypeError):
            return None
        texts = (holder.host, holder.machine, holder.born, holder.since, holder.command, holder.token)
        return holder if type(holder.pid) is int and all(type(one) is str for one in texts) else None

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @property
    def is_of_this_computer(self) -> bool:
        return (self.host, self.machine) == (platform.node(), _machine())

    @property
    def who(self) -> str:
        return say(
            Notice.LOCK_HOLDER, host=self.host, pid=self.pid, command=self.command or "?", since=self.since
        )


class Hold:
    """The campaign is ours to write. ``taken_from`` names the run whose mark was left behind, if any."""

    def __init__(self, path: Path, holder: Holder, taken_from: str | None) -> None:
        self.taken_from = taken_from
        self._path = path
        self._holder = holder
        self._over = threading.Event()

    def check(self) -> None:
        """Raises ``CampaignLocked`` when another run took the campaign over meanwhile."""
        found = _holder_in(self._path)
        if found is None or found.token != self._holder.token:
            who = found.who if found else "?"
            raise CampaignLocked(say(Notice.CAMPAIGN_LOCKED, who=who))

    @contextlib.contextmanager
    def refreshed(self) -> Iterator[None]:
        """The mark is written anew every minute while the block runs, and taken away after it."""
        refreshing = threading.Thread(target=self._refresh, name=REFRESHING, daemon=True)
        refreshing.start()
        try:
            yield
        finally:
            self._over.set()
            refreshing.join()
            with contextlib.suppress(CampaignLocked):
                self.check()
                remove(self._path)

    def _refresh(self) -> None:
        """The same bytes again: the time of the file is then the disk's own, whatever our clock says."""
        while not self._over.wait(_REFRESH_SECONDS):
            with contextlib.suppress(OSError, CampaignLocked):
                self.check()
                with self._path.open("r+b") as file:
                    file.write(self._holder.to_bytes())


@contextlib.contextmanager
def one_writer(campaign: Campaign, now: datetime, command: str = "") -> Iterator[Hold]:
    """Hold the campaign for writing. Raises ``CampaignLocked`` naming who holds it and since when."""
    with _held(campaign, "lock", now, command) as hold:
        sweep_temporaries(campaign)
        yield hold


@contextlib.contextmanager
def one_watcher(campaign: Campaign, now: datetime) -> Iterator[None]:
    """Be the one who watches the campaign; others may write in it meanwhile. Raises ``CampaignLocked``."""
    name = "watch"
    try:
        hold = contextlib.ExitStack()
        hold.enter_context(_held(campaign, name, now, name))
    except CampaignLocked as error:
        found = _holder_in(campaign.state / f"{name}-holder")
        who = found.who if found else "?"
        raise CampaignLocked(say(Notice.CAMPAIGN_WATCHED, who=who)) from error
    with hold:
        yield


@contextlib.contextmanager
def _held(campaign: Campaign, name: str, now: datetime, command: str) -> Iterator[Hold]:
    """Both marks of that name are ours while the block runs."""
    path = campaign.state / f"{name}-holder"
    for folder in (campaign.state, campaign.originals):
        with disk_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            set_mode(folder, _OWNER_ONLY)
    lock = FileLock(campaign.state / name, timeout=_WAIT_SECONDS, fallback_to_soft=False)
    with disk_errors(campaign.state / name):
        is_locked = _locked_by_system(lock, path)
    try:
        hold = _claimed(path, Holder.this_run(now, command), is_locked)
        with hold.refreshed():
            yield hold
    finally:
        lock.release()


def _locked_by_system(lock: BaseFileLock, holder: Path) -> bool:
    """Take the system's lock; ``False`` where the disk has none or does not mean it."""
    try:
        lock.acquire()
    except Timeout as error:
        found = _holder_in(holder)
        raise CampaignLocked(say(Notice.CAMPAIGN_LOCKED, who=found.who if found else "?")) from error
    except OSError as error:
        if error.errno not in _NO_SYSTEM_LOCKS:
            raise
        return False
    second = FileLock(lock.lock_file, blocking=False, fallback_to_soft=False)
    try:
        second.acquire()
    except Timeout:
        return True
    second.release()
    return False


def _claimed(path: Path, mine: Holder, is_locked: bool) -> Hold:
    """Put our mark beside the lock; a mark no living run stands behind is taken away first."""
    taken_from = None
    until = time.monotonic() + _WAIT_SECONDS
    with disk_errors(path):
        while not _made(path, mine):
            found = _holder_in(path)
            is_late = time.monotonic() > until
            if found and _lives(found, path, is_locked):
                raise CampaignLocked(_refusal(found))
            if found is None and not is_late and not is_locked:
                time.sleep(_PAUSE_SECONDS)  # its run may be writing it just now
                continue
            if _taken_away(path, found):
                taken_from = found.who if found else "?"
    return Hold(path, mine, taken_from)


def _refusal(found: Holder) -> str:
    if found.is_of_this_computer:
        return say(Notice.CAMPAIGN_LOCKED, who=found.who)
    return say(Notice.CAMPAIGN_LOCKED_AFAR, who=found.who, minutes=_SILENT_SECONDS // 60)


def _made(path: Path, mine: Holder) -> bool:
    """Whether the mark could be made: of many who try at once one succeeds."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(mine.to_bytes())
    except BaseException:
        remove(path)
        raise
    return True


def _holder_in(path: Path) -> Holder | None:
    try:
        return Holder.from_bytes(path.read_bytes())
    except OSError:
        return None


def _lives(found: Holder, path: Path, is_locked: bool) -> bool:
    """Whether the run behind a mark still works."""
    if found.is_of_this_computer:
        return not is_locked and _runs(found)
    return abs(_age(path)) < _SILENT_SECONDS


def _runs(found: Holder) -> bool:
    if sys.platform == "win32":
        return True  # asking after a process would end it; Windows' own lock works on shares
    try:
        os.kill(found.pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return not found.born or _born(found.pid) == found.born


def _age(path: Path) -> float:
    """Seconds since the mark was written, by the clock of the disk it lies on: ours may be wrong."""
    probe = path.with_name(f"{_token()}{TEMPORARY_SUFFIX}")
    try:
        probe.write_bytes(b"")
        return probe.stat().st_mtime - path.stat().st_mtime
    except FileNotFoundError:
        return _SILENT_SECONDS
    finally:
        remove(probe)


def _taken_away(path: Path, stale: Holder | None) -> bool:
    """Whether a mark left behind was there to remove; one that was made meanwhile is put back."""
    aside = path.with_name(f"{_token()}{TEMPORARY_SUFFIX}")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return False
    is_stale = _holder_in(aside) == stale
    if not is_stale:
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
    remove(aside)
    return is_stale


def _token() -> str:
    """What no other run has."""
    return os.urandom(8).hex()


def _machine() -> str:
    """What tells computers of one name apart; «» where nothing does."""
    node = uuid.getnode()
    return "" if node & _RANDOM_NODE else f"{node:012x}"


def _born(pid: int) -> str:
    """When a process began, by a clock nobody sets: boot and ticks since then; «» where it is not told."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        ticks = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return f"{boot} {ticks.rpartition(')')[2].split()[19]}"
