"""All words of one participant at once: what stands in the свод when its first report is shown.

Thousands of reports that came at once are thousands of rows here instead of a million versions.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from sheetsync.journal.records import Version, VersionKind
from sheetsync.model import Origin

_LEVEL: Final = 1


def words_as_bytes(versions: Iterable[Version]) -> bytes:
    """The words of one participant, of one run; those of decisions stand in the district workbook."""
    rows = [_row(one) for one in versions]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), _LEVEL)


Batch = tuple[str, int, str, str, str, str, bytes]
"""Participant, run, time, the file, digest and sheet of the district workbook then, the words."""


def versions_in(batch: Batch) -> Iterator[Version]:
    """The words of a batch again."""
    code, run, at, *book, words = batch
    moment, workbook = datetime.fromisoformat(at), Origin(*book)
    for activity, column, kind, fingerprint, word, *place in json.loads(zlib.decompress(words)):
        origin = Origin(*place) if place else workbook
        yield Version(code, activity, column, VersionKind(kind), fingerprint, run, moment, origin, word)


def _row(one: Version) -> list[Any]:
    row = [one.activity, one.column, one.kind.value, one.fingerprint, one.word]
    if one.kind is VersionKind.DECISION:
        return row
    at = one.origin
    return [*row, at.file, at.sha256, at.sheet, at.cell]
