"""One look at «Получено»: which files lie there, how big, changed when."""

from __future__ import annotations

import contextlib
from pathlib import Path

from sheetsync.campaign.collecting import code_of_no_copy, received_files
from sheetsync.campaign.watching.arrivals import Mark, Sight

_OF_PROGRAMS = "F108"
"""Marks of an open document and the like: nobody sent them."""


def sight_of(folder: Path) -> Sight:
    """Every file at any depth; nothing when the folder is not there."""
    found: dict[str, Mark] = {}
    for path in received_files(folder):
        name = path.relative_to(folder).as_posix()
        if code_of_no_copy(name) == _OF_PROGRAMS:
            continue
        with contextlib.suppress(OSError):  # it went while we looked, or may not be looked at
            told = path.stat()
            found[name] = Mark(told.st_size, told.st_mtime_ns)
    return found
