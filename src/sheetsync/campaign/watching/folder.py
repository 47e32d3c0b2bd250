"""One look at «Получено»: which files lie there, how big, changed when."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from sheetsync.campaign.collecting import code_of_no_copy
from sheetsync.campaign.watching.arrivals import Mark, Sight

_OF_PROGRAMS = "F108"
"""Marks of an open document and the like: nobody sent them."""


def sight_of(folder: Path) -> Sight:
    """Every file at any depth; what goes while we look, or may not be looked at, is not seen."""
    found: dict[str, Mark] = {}
    paths = (Path(above, name) for above, _, names in os.walk(folder) for name in names)
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if code_of_no_copy(name) != _OF_PROGRAMS:
            with contextlib.suppress(OSError):
                told = path.stat()
                found[name] = Mark(told.st_size, told.st_mtime_ns)
    return found
