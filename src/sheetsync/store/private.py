"""A file for one pair of eyes: what it holds opens somebody's account."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from sheetsync.notices import Notice, say
from sheetsync.store.atomic import set_mode, write_atomically
from sheetsync.store.trouble import ReadByOthers, disk_errors

_OWNER_FILE: Final = 0o600
_OWNER_FOLDER: Final = 0o700
_OTHERS: Final = 0o077
_OTHERS_WRITE: Final = 0o022


def write_private(path: Path, data: bytes) -> None:
    """Replace the file whole; only its owner may read it or look into its folder.

    Raises ``ReadByOthers`` when the disk keeps no such rights, and leaves nothing there then.
    """
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        set_mode(path.parent, _OWNER_FOLDER)
    write_atomically(path, data, mode=_OWNER_FILE)
    if _is_open_to_others(path):
        path.unlink()
        raise ReadByOthers(say(Notice.PRIVATE_IMPOSSIBLE, path=path))


def read_private(path: Path) -> bytes:
    """The bytes of the file, provided nobody else could read or replace them.

    Otherwise its rights are put right and ``ReadByOthers`` tells the user: what could be read may
    have been read, and only they know who else uses the computer.
    """
    if _is_open_to_others(path):
        set_mode(path.parent, _OWNER_FOLDER)
        set_mode(path, _OWNER_FILE)
        is_mended = not _is_open_to_others(path)
        raise ReadByOthers(say(Notice.PRIVATE_MENDED if is_mended else Notice.PRIVATE_IMPOSSIBLE, path=path))
    with disk_errors(path):
        return path.read_bytes()


def _is_open_to_others(path: Path) -> bool:
    """Windows keeps a user's settings to the user; its rights are not told in these bits."""
    if os.name == "nt":
        return False
    with disk_errors(path):
        return bool(path.stat().st_mode & _OTHERS or path.parent.stat().st_mode & _OTHERS_WRITE)
