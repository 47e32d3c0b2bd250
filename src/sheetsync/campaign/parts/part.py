"""What one participant came to when it was judged apart: small values, and its rows as finished bytes."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.campaign.parts.keeping import as_bytes
from sheetsync.merge.packing import packed
from sheetsync.merge.received import Received
from sheetsync.model import Completeness, FileRecord, Finding, LedgerLine, Submission, Unplaced
from sheetsync.workbooks.row_blocks import Block


class ParticipantPart(Struct, frozen=True):
    """Of one participant.

    ``rows`` are the places in the plan of the rows it is shown with, ``marks`` their signs in «Свод»;
    ``agreement`` is its word in «Пары»; ``keys`` fingerprint what it mentions; ``source`` is the file
    the first of its answers came from, and ``sources`` how many rows have any.
    """

    code: str
    counts: Completeness | None
    rows: tuple[int, ...]
    marks: str
    agreement: str
    keys: bytes
    source: str
    sources: int


class Head(Struct, frozen=True):
    """What every run needs of a part, to put all parts together."""

    people: tuple[ParticipantPart, ...]
    files: tuple[FileRecord, ...]
    ledger: tuple[LedgerLine, ...]
    findings: tuple[Finding, ...]
    unplaced: tuple[Unplaced, ...]
    overflow: tuple[Unplaced, ...]
    shown: str
    """A fingerprint of its rows as values and of how they are written; empty when these, read back as they
    will lie in the workbook, do not say what «Сверка» counts."""

    @property
    def is_borne_out(self) -> bool:
        """Whether its rows say what «Сверка» counts."""
        return bool(self.shown)

    def keys(self) -> dict[str, bytes]:
        """Fingerprints of what participants mention, of those who mention anything."""
        return {one.code: one.keys for one in self.people if one.keys}


class Rows(Struct, frozen=True):
    """Rows in «Исполнение» and in «Показатели», by participant: others of the roster may stand between."""

    entries: dict[str, Block]
    indicators: dict[str, Block]


class Words(Struct, frozen=True):
    """What is needed of a part when something of it changed.

    ``mentions`` is what others may share, by participant, kept as bytes; ``standing`` all the words of
    each, as the journal packs them, and ``said`` what its rows say;
    ``has_decisions`` when words of the coordinator stand among them.
    """

    mentions: bytes
    standing: Mapping[str, bytes]
    said: Mapping[str, str]
    has_decisions: bool


class Part(Struct, frozen=True):
    """A group of participants, judged: head, rows and words as the memory keeps them.

    ``rows`` are ``None`` when they are those that were known; ``keys`` are those of the head.
    """

    codes: tuple[str, ...]
    head: bytes
    rows: bytes | None
    words: bytes
    keys: Mapping[str, bytes]


class CopyRead(Struct, frozen=True):
    """A copy that was read: ``light`` is what grouping and telling need of it, ``packed`` all of it;
    ``part`` what its participant comes to when this is all it sent."""

    light: Received
    light_bytes: bytes
    packed: bytes
    part: Part | None = None

    @classmethod
    def of(cls, read: Received, part: Part | None = None) -> CopyRead:
        """A copy as it travels and is remembered."""
        told = light(read)
        return cls(told, as_bytes(told), packed(read), part)


def light(read: Received) -> Received:
    """A copy without its answers: whose it is, and what is told of it."""
    submissions = tuple(Submission(one.origin, one.participant, one.issue, ()) for one in read.submissions)
    return replace(read, submissions=submissions, census=(), blank=(), office=frozenset(), exchanged=())
