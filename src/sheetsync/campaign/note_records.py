"""What the journal keeps of a note beside its figures: what it said as a whole, and which files we wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable

from msgspec import Struct

from sheetsync.journal import NoteRecord
from sheetsync.letters.note_memory import Memory, as_text, from_text


class Written(Struct, frozen=True):
    """One note that was written.

    ``content`` is the fingerprint of all it said, the list of changes left out; ``file`` its name,
    ``digests`` those of every file written for it.
    """

    record: NoteRecord
    content: str
    file: str
    digests: frozenset[str]
    memory: str

    def remembered(self) -> Memory | None:
        """Its figures; ``None`` when the journal holds something else."""
        try:
            return from_text(self.memory)
        except (ValueError, LookupError, TypeError):
            return None


def read_records(records: Iterable[NoteRecord]) -> list[Written]:
    """Notes of a journal, oldest first. One that cannot be read is known by its run alone."""
    return [_read(one) for one in records]


def _read(record: NoteRecord) -> Written:
    try:
        told = json.loads(record.figures)
        return Written(record, told["content"], told["file"], frozenset(told["digests"]), told["memory"])
    except (ValueError, LookupError, TypeError):
        return Written(record, "", "", frozenset(), "")


def figures_text(content: str, file: str, digests: Iterable[str], memory: Memory) -> str:
    """The text the journal keeps of a note."""
    told = {"content": content, "file": file, "digests": sorted(digests), "memory": as_text(memory)}
    return json.dumps(told, ensure_ascii=False)
