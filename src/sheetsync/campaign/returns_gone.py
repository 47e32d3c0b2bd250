"""What ``purge`` finds of forms that were returned: they hold answers, so they go as copies do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sheetsync import store
from sheetsync.journal import Destroyed, DestroyedKind, Journal


def returned_before(campaign: store.Campaign, journal: Journal, before: date) -> Iterator[Destroyed]:
    """Kept bytes of forms returned before a day, and their files in «Возврат» that nobody changed."""
    days = {line.run: line.at.date() for line in journal.lines()}
    names = {one.sha256: one.name for one in journal.forms()}
    for form in journal.returned.all():
        if days.get(form.run, before) < before:
            name = names.get(form.sha256, "")
            for path in (store.original_path(campaign, form.sha256), campaign.returned / name):
                if path.is_file() and store.sha256(path.read_bytes()) == form.sha256:
                    yield _destroyed(campaign, path, name, form.sha256)


def _destroyed(campaign: store.Campaign, path: Path, name: str, digest: str) -> Destroyed:
    where = path.relative_to(campaign.folder).as_posix()
    return Destroyed(DestroyedKind.RETURNED, where, name, digest, path.stat().st_size)
