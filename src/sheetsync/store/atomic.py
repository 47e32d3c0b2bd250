"""A file is replaced whole or not at all, whatever happens: a full disk, a killed run, an open workbook."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sheetsync.store.layout import Campaign
from sheetsync.store.trouble import EditedMeanwhile, TargetBusy, disk_errors

TEMPORARY_SUFFIX: Final = ".sheetsync-tmp"

_FEW: Final = 8
"""So many files are synced one by one sooner than the whole disk."""

_REPLACE_PAUSES: Final = (0.1, 0.2, 0.4, 0.8, 1.0)
_BUSY_WINDOWS_ERRORS: Final = frozenset({5, 32, 33})

_AT_ONCE: Final = 1 << 20
"""Bytes of a file read at once."""


def write_atomically(
    path: Path, data: bytes, *, instead_of: bytes | None = None, mode: int | None = None
) -> None:
    """Replace ``path`` by ``data``: a reader sees the old file or the new one, never a part.

    The file keeps the rights it had unless ``mode`` says which it gets.

    With ``instead_of`` the file is replaced only while it still holds these bytes. They are compared
    when the new file is on the disk already: what is left to chance is an edit saved between two
    calls of the system, reading and renaming, tens of microseconds apart.

    Raises ``TargetBusy`` when another program holds the file, ``EditedMeanwhile`` when it holds
    something else by now, ``DiskRefused`` for the rest.
    """
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _write_beside(path, data, mode)
        try:
            _replace(temporary, path, instead_of)
        except BaseException:
            remove(temporary)
            raise
        _sync_folder(path.parent)


def _write_beside(path: Path, data: bytes, mode: int | None) -> Path:
    import tempfile  # noqa: PLC0415 - a run that finds nothing new writes nothing

    handle, name = tempfile.mkstemp(suffix=TEMPORARY_SUFFIX, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        usual = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        set_mode(temporary, usual if mode is None else mode)
    except BaseException:
        remove(temporary)
        raise
    return temporary


def write_unsettled(path: Path, data: bytes, mode: int) -> None:
    """Put a file in its place whole, without waiting for the disk: ``settle`` waits. Raises ``OSError``."""
    import tempfile  # noqa: PLC0415 - a run that finds nothing new writes nothing

    handle, name = tempfile.mkstemp(suffix=TEMPORARY_SUFFIX, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        set_mode(temporary, mode)
        temporary.replace(path)
    except BaseException:
        remove(temporary)
        raise


def settle(paths: Sequence[Path]) -> None:
    """Wait until files written without waiting are on the disk. Raises ``OSError``."""
    if len(paths) > _FEW and sys.platform == "linux":  # elsewhere ``sync`` may return before it is done
        os.sync()
        return
    refused = [OSError] if os.name == "nt" else []  # Windows syncs only what is open to be written
    for path in paths:
        with path.open("rb") as file, contextlib.suppress(*refused):
            os.fsync(file.fileno())
    for folder in {path.parent for path in paths}:
        _sync_folder(folder)


def set_mode(path: Path, mode: int) -> None:
    """Set the rights of a file where the disk keeps any (memory sticks and some shares do not)."""
    with contextlib.suppress(OSError):
        path.chmod(mode)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _replace(temporary: Path, path: Path, instead_of: bytes | None) -> None:
    for pause in (*_REPLACE_PAUSES, None):
        try:
            if instead_of is not None and not holds(path, instead_of):
                raise EditedMeanwhile(path)
            temporary.replace(path)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _BUSY_WINDOWS_ERRORS:
                raise
            if pause is None:
                raise TargetBusy(path) from error
            time.sleep(pause)
        else:
            return


def holds(path: Path, data: bytes) -> bool:
    """Whether a file holds exactly these bytes; a large one is not read whole for it."""
    place = 0
    with path.open("rb") as file:
        while some := file.read(_AT_ONCE):
            if not data.startswith(some, place):
                return False
            place += len(some)
    return place == len(data)


def _sync_folder(folder: Path) -> None:
    """Make the rename durable where folders can be synced (not on Windows and some shares)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel, Word or LibreOffice left its mark of an open document beside the file."""
    dropped = min(
        max(len(path.stem) - 6, 0), 2
    )  # Word's mark takes the place of the first letters of a long name
    names = (f"~${path.name}", f"~${path.name[dropped:]}", f".~lock.{path.name}#")
    return any(path.with_name(name).exists() for name in names)


def names_beside(path: Path) -> Iterator[Path]:
    """«Район.xlsx» -> «Район (новый).xlsx», «Район (новый 2).xlsx», …"""
    yield path.with_name(f"{path.stem} (новый){path.suffix}")
    for number in itertools.count(2):
        yield path.with_name(f"{path.stem} (новый {number}){path.suffix}")


def sweep_temporaries(campaign: Campaign) -> None:
    """Remove what an interrupted write left behind; «Получено» is the schools’ and is not looked at."""
    with contextlib.suppress(OSError):
        for path in (*_leftovers(campaign.folder), *_leftovers(campaign.state, deep=True)):
            remove(path)
        for folder in campaign.folder.iterdir():
            if folder.is_dir() and folder not in (campaign.received, campaign.state):
                for path in _leftovers(folder):
                    remove(path)


def _leftovers(folder: Path, *, deep: bool = False) -> Iterator[Path]:
    """Half-written files of a folder, and of those within it: they hold thousands of finished ones."""
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names if name.endswith(TEMPORARY_SUFFIX))
        if not deep:
            return


def remove(path: Path) -> None:
    """Remove a file nobody needs; one that will not go does no harm."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
