"""All words of one participant at once: what stands in the свод when its first report is shown.

Thousands of reports that came at once are thousands of rows here instead of a million versions. A
batch is JSON that tells row by row where words stand, compressed, and behind it the fingerprints, one
after another in the same order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from sheetsync.deflate import compressed, decompressed
from sheetsync.journal.records import Version, VersionKind
from sheetsync.model import Origin

_LENGTH_BYTES: Final = 4
_MARK_BYTES: Final = 32
_JOINT: Final = "\x1f"
_KINDS: Final = {kind.value: kind for kind in VersionKind}


class Spoken(Struct, frozen=True):
    """A cell of the свод that says something: its ``place`` (participant, activity, column), its words,
    and where they stand; ``word`` is a decision taken from its list."""

    place: tuple[str, str, str]
    kind: VersionKind
    text: str
    origin: Origin
    word: str = ""


def marker(key: bytes) -> Callable[[Iterable[str]], bytes]:
    """Gives the fingerprint of words under a key."""
    begun = hashlib.blake2b(key=key, digest_size=_MARK_BYTES)

    def mark(words: Iterable[str]) -> bytes:
        found = begun.copy()
        found.update(_JOINT.join(words).encode("utf-8", "surrogatepass"))
        return found.digest()

    return mark


def words_as_bytes(spoken: Iterable[tuple[Spoken, bytes]]) -> bytes:
    """The words of one participant, of one run, each with its fingerprint; those of decisions stand in
    the district workbook."""
    files: dict[tuple[str, str, str], int] = {}
    rows: list[list[Any]] = []
    marks: list[bytes] = []
    before: tuple[Any, ...] = ()
    for one, mark in spoken:
        _, activity, column = one.place
        kind, at, word = one.kind, one.origin, one.word
        sheet = at.file, at.sha256, at.sheet
        if (activity, kind, sheet, word) != before:
            before = activity, kind, sheet, word
            cells: list[str] = []
            rows.append([activity, kind.value, files.setdefault(sheet, len(files)), word, cells])
        cells += column, at.cell
        marks.append(mark)
    told = json.dumps([list(files), rows], ensure_ascii=False).encode("utf-8", "surrogatepass")
    packed = compressed(told)
    return b"".join((len(packed).to_bytes(_LENGTH_BYTES), packed, *marks))


Batch = tuple[str, int, str, str, str, str, bytes]
"""Participant, run, time, the file, digest and sheet of the district workbook then, the words."""


def versions_in(batch: Batch) -> Iterator[Version]:
    """The words of a batch again."""
    code, run, at, *book, words = batch
    moment, workbook = datetime.fromisoformat(at), Origin(*book)
    begin = _LENGTH_BYTES + int.from_bytes(words[:_LENGTH_BYTES])
    told = decompressed(words[_LENGTH_BYTES:begin]).decode("utf-8", "surrogatepass")
    marks = (words[place : place + _MARK_BYTES].hex() for place in range(begin, len(words), _MARK_BYTES))
    files, rows = json.loads(told)
    for activity, kind, file, word, cells in rows:
        is_decision = kind == VersionKind.DECISION.value
        name, digest, sheet = files[file]
        for column, cell in zip(cells[::2], cells[1::2], strict=True):
            origin = workbook if is_decision else Origin(name, digest, sheet, cell)
            yield Version(code, activity, column, _KINDS[kind], next(marks), run, moment, origin, word)
