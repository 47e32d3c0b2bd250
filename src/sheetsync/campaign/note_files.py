"""Where a note is written: a file somebody edited or has open is left alone, the new one lies beside."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from enum import Enum, auto
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.files import read_file
from sheetsync.findings import make
from sheetsync.model import Finding


class NoteFiles(Struct, frozen=True):
    """A note and its appendix. They go together: figures of the one have their numbers in the other."""

    note: bytes
    appendix: bytes

    @property
    def digests(self) -> frozenset[str]:
        return frozenset(map(store.sha256, (self.note, self.appendix)))


class NotePlace(Struct, frozen=True):
    note: Path
    appendix: Path


class NotePut(Struct, frozen=True):
    """Where the note lies now, and whether anything had to be written."""

    place: NotePlace
    is_written: bool
    findings: tuple[Finding, ...] = ()


def put_note(campaign: store.Campaign, files: NoteFiles, ours: Collection[str], same_as: str) -> NotePut:
    """Write the note where nobody's words are lost.

    ``ours`` are the digests of everything earlier runs wrote; ``same_as`` is the name of the last
    note when this one says the same: somebody may have edited it since, and no other one is needed.
    Raises ``store.StoreError`` when the disk refuses.
    """
    passed: list[Finding] = []
    for place in _places(campaign):
        kinds = _standing(place.note, files.note, ours), _standing(place.appendix, files.appendix, ours)
        if place.note.name == same_as and kinds[0] is _Standing.EDITED:
            return NotePut(place, False, (make("S862", name=place.note.name),))
        if all(kind in _WRITABLE for kind in kinds):
            try:
                return NotePut(place, _write(place, files, kinds), _told(passed, place))
            except store.TargetBusy:
                kinds = _Standing.OPEN, _Standing.OPEN
        left = next(kind for kind in kinds if kind in _LEFT_ALONE)
        name = (place.note if kinds[0] is left else place.appendix).name
        passed.append(make(_LEFT_ALONE[left], name=name))
    raise AssertionError("there is always another name")


def _told(passed: list[Finding], place: NotePlace) -> tuple[Finding, ...]:
    """What was left alone, and where the new one lies instead."""
    beside = ("beside", place.note.name)
    return tuple(replace(one, params=(*one.params, beside)) for one in passed)


class _Standing(Enum):
    """What stands where a file is to be written."""

    FREE = auto()
    SAME = auto()
    """These very bytes."""
    OURS = auto()
    """What an earlier run wrote and nobody changed."""
    EDITED = auto()
    OPEN = auto()


_WRITABLE: Final = (_Standing.FREE, _Standing.SAME, _Standing.OURS)
_LEFT_ALONE: Final = {_Standing.EDITED: "S860", _Standing.OPEN: "S861"}


def _places(campaign: store.Campaign) -> Iterator[NotePlace]:
    """«Справка.docx», «Справка (2).docx», …, each with its appendix."""
    yield NotePlace(campaign.note, campaign.appendix)
    for number in itertools.count(2):
        yield NotePlace(_numbered(campaign.note, number), _numbered(campaign.appendix, number))


def _numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem} ({number}){path.suffix}")


def _standing(path: Path, data: bytes, ours: Collection[str]) -> _Standing:
    if not path.exists():
        return _Standing.FREE
    present = read_file(path)
    if present == data:
        return _Standing.SAME
    if store.sha256(present) not in ours:
        return _Standing.EDITED
    return _Standing.OPEN if store.is_open_elsewhere(path) else _Standing.OURS


def _write(place: NotePlace, files: NoteFiles, kinds: tuple[_Standing, _Standing]) -> bool:
    """The appendix first: a note is never there without it."""
    wanted = ((place.appendix, files.appendix, kinds[1]), (place.note, files.note, kinds[0]))
    new = [(path, data) for path, data, kind in wanted if kind is not _Standing.SAME]
    for path, data in new:
        store.write_atomically(path, data)
    return bool(new)
