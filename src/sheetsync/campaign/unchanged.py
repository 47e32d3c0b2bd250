"""A run that would find everything as the last one left it is told without being run.

The last run leaves a note of what lay where, to a file's size and time of change, and of what it
said. While nothing lies otherwise the note is what the next run would say: looking takes no longer
than asking the disk about every file. It knows names of files and what stands on the screen, no
answers. A file changed less than ``_SETTLED`` before it was looked at proves nothing: it may change
again within one tick of the clock.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct

from sheetsync import __version__
from sheetsync.store.layout import Campaign

_SETTLED: Final = 2 * 10**9
"""Nanoseconds: the longest tick of a disk that is in use (FAT)."""

_SHAPE: Final = f"{__version__} 1"


class Said(Struct, frozen=True):
    """What the last run said, and whether something needs the user."""

    sentences: tuple[str, ...]
    needs_user: bool


class Look(Struct, frozen=True):
    """What lay where before a run; ``said`` is what the run would say, when it is known."""

    campaign: Campaign
    as_of: date
    language: str
    received: str
    is_settled: bool
    said: Said | None

    def remember(self, sentences: Iterable[str], *, needs_user: bool) -> None:
        """Leave the note, unless something in «Получено» changed while the run worked, or just before."""
        if not self.is_settled:
            return
        try:
            received, _ = _received(self.campaign)
            standing = _standing(self.campaign, self.as_of, self.language, received)
        except OSError:
            return
        if received != self.received:
            return
        from sheetsync.store.atomic import write_atomically  # noqa: PLC0415 - only when anything changed

        note = {"standing": standing, "sentences": list(sentences), "needs_user": needs_user}
        write_atomically(self.campaign.last_run, json.dumps(note, ensure_ascii=False).encode(), mode=0o600)


def looked_at(place: Path, as_of: date, language: str) -> Look | None:
    """A look at the campaign; ``None`` when the disk does not show all of it: a run tells why."""
    campaign = Campaign(place.parent if place.is_file() else place)
    try:
        received, latest = _received(campaign)
        standing = _standing(campaign, as_of, language, received)
    except OSError:
        return None
    is_settled = latest + _SETTLED < time.time_ns()
    return Look(campaign, as_of, language, received, is_settled, _said(campaign, standing))


def _standing(campaign: Campaign, as_of: date, language: str, received: str) -> list[str]:
    """Everything the note depends on."""
    own = (_about(path.stat()) for path in (campaign.workbook, campaign.journal))
    return [_SHAPE, received, *own, as_of.isoformat(), language, os.fspath(campaign.folder.resolve())]


def _said(campaign: Campaign, standing: list[str]) -> Said | None:
    try:
        note = json.loads(campaign.last_run.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(note, dict) or note.get("standing") != standing:
        return None
    return Said(tuple(note["sentences"]), bool(note["needs_user"]))


def _received(campaign: Campaign) -> tuple[str, int]:
    """A fingerprint of all files of «Получено», and when the latest was changed."""
    lines, latest = [], 0
    for name, found in _files(os.fspath(campaign.received), ""):
        lines.append(f"{name}\0{_about(found)}")
        latest = max(latest, found.st_mtime_ns)
    said = "\n".join(sorted(lines)).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(said, digest_size=20).hexdigest(), latest


def _about(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"


def _files(folder: str, above: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{above}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{name}/")
            else:
                yield name, entry.stat(follow_symlinks=False)
