"""What ``purge`` finds of files sent along with copies: they go as the copies do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sheetsync import store
from sheetsync.campaign.collecting import received_files
from sheetsync.campaign.files import read_file
from sheetsync.intake.attached import is_of_other_kind
from sheetsync.journal import Destroyed, DestroyedKind, Journal, KeptFile
from sheetsync.text import visible


def attached_before(campaign: store.Campaign, journal: Journal, before: date) -> Iterator[Destroyed]:
    """Kept bytes of files sent along before a day; what is a copy or a form too goes with those."""
    others = {*journal.copies(), *(form.sha256 for form in journal.forms())}
    for sha256, file in _old(journal, before).items():
        path = store.original_path(campaign, sha256)
        if sha256 not in others and path.is_file():
            yield _destroyed(campaign, path, file, file.name)


def attached_lying_before(campaign: store.Campaign, journal: Journal, before: date) -> Iterator[Destroyed]:
    """The same files where they lie in «Получено» by themselves; in an archive they share its fate."""
    old = _old(journal, before)
    for path in received_files(campaign.received) if old else ():
        if is_of_other_kind(path.name) and path.is_file():
            file = old.get(store.sha256(read_file(path)))
            if file:
                yield _destroyed(campaign, path, file, visible(path.name))


def _old(journal: Journal, before: date) -> dict[str, KeptFile]:
    """Files that came before a day, unless the same bytes came later from somebody else too."""
    files = journal.attached.all()
    later = {one.sha256 for one in files if one.received_on >= before}
    return {one.sha256: one for one in files if one.sha256 not in later}


def _destroyed(campaign: store.Campaign, path: Path, file: KeptFile, name: str) -> Destroyed:
    where = path.relative_to(campaign.folder).as_posix()
    size = path.stat().st_size
    return Destroyed(DestroyedKind.ATTACHED, where, name, file.sha256, size, file.received_on)
