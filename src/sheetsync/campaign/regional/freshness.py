"""Has a campaign received something since it was consolidated? Its own journal and «Получено» tell."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.regional.memory import Memory
from sheetsync.findings import make
from sheetsync.journal.glance import glance
from sheetsync.model import Finding, Origin

_COPIES: Final = (".xlsx", ".xlsm", ".xls", ".ods")
_LOCKS: Final = ("~$", ".")


class _Lying(Struct, frozen=True):
    """A copy in «Получено»; ``since`` is when it came to lie there, as far as the disk knows."""

    path: str
    size: int
    since: int


def stale(campaign: store.Campaign, name: str, sha256: str, memory: Memory) -> Finding | None:
    """What came after the last consolidation of a campaign whose workbook has this digest."""
    lying = list(_lying(campaign.received))
    about = [[one.path, one.size, one.since] for one in lying]
    state = hashlib.sha256(json.dumps([sha256, about]).encode("utf-8", "surrogatepass")).hexdigest()
    news = memory.news(campaign.folder, state)
    if news is None:
        news = _news(campaign, lying)
        memory.keep_news(campaign.folder, state, news)
    if not news:
        return None
    files, _, at = news.partition(" ")
    return make("L104", origin=Origin(name), at=at, files=files)


def _news(campaign: store.Campaign, lying: list[_Lying]) -> str:
    """«3 20.06.2026 10:15»: how many copies the last run did not know, and when it was; '' for none."""
    known = glance(campaign.journal)
    if known is None:
        return ""
    began = int(known.consolidated.timestamp()) * 1_000_000_000
    later = [one for one in lying if one.since >= began]
    unknown = sum(_digest(one.path) not in known.copies for one in later)
    return f"{unknown} {known.consolidated:%d.%m.%Y %H:%M}" if unknown else ""


def _digest(path: str) -> str:
    """The digest of a copy; '' for one that cannot be read: it has not been read before either."""
    try:
        return store.sha256(Path(path).read_bytes())
    except OSError:
        return ""


def _lying(folder: Path | str) -> Iterator[_Lying]:
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda one: one.name)
    except OSError:
        return  # a campaign without «Получено» has received nothing
    for one in inside:
        if one.name.startswith(_LOCKS):
            continue  # no copy of anybody
        if one.is_dir():
            yield from _lying(one.path)
        elif one.name.lower().endswith(_COPIES):
            stat = one.stat()
            yield _Lying(one.path, stat.st_size, max(stat.st_mtime_ns, stat.st_ctime_ns))
