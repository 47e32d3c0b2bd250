"""What can be in the way: the campaign folder, another run, the disk, another program.

    StoreError                  the environment, not the data, is in the way
    ├── CampaignMissing         the folder is not a campaign
    ├── CampaignExists          the folder already holds a campaign
    ├── CampaignLocked          another run writes here now
    ├── ReadByOthers            a secret lay where others could read it
    └── DiskRefused             the disk is full, read-only or failing

``TargetBusy`` and ``EditedMeanwhile`` are for the caller, who knows another way.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from sheetsync.notices import Notice, say


class StoreError(Exception):
    """``args[0]`` is the sentence for the user, what happened and what to do."""


class CampaignMissing(StoreError):
    pass


class CampaignExists(StoreError):
    pass


class CampaignLocked(StoreError):
    pass


class ReadByOthers(StoreError):
    pass


class DiskRefused(StoreError):
    pass


class TargetBusy(Exception):
    """The file to replace is held by another program; the caller saves beside it."""


class EditedMeanwhile(Exception):
    """The file to replace is no longer the one that was read; the caller reads it again."""


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
        case errno.EEXIST | errno.ENOTDIR:
            notice = Notice.DISK_FILE_FOR_FOLDER
            path = next((one for one in (path, *path.parents) if one.is_file()), path)
        case _:
            notice = Notice.DISK_FAILS
    return say(notice, path=path, reason=error.strerror or error)
