"""What one participant came to when it was judged apart: small values, and its rows as finished bytes."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.merge.received import Received
from sheetsync.model import Completeness, FileRecord, Finding, LedgerLine, Unplaced
from sheetsync.values import dataclass
from sheetsync.workbooks.row_blocks import Block

Standing = tuple[str, str, str, str, str, str, str, str, str]
"""One word that stands in the свод, for the history: activity, column, kind, fingerprint, the word
itself where it is none of a school's, and the file, digest, sheet and cell it stands in."""


@dataclass(frozen=True, slots=True)
class ParticipantPart:
    """Of one participant.

    ``rows`` are the places in the plan of the rows it is shown with, ``marks`` their signs in «Свод»;
    ``agreement`` is its word in «Пары»; ``keys`` fingerprint what it mentions.
    """

    code: str
    counts: Completeness | None
    rows: tuple[int, ...]
    marks: str
    agreement: str
    keys: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """What every run needs of a part, to put all parts together."""

    people: tuple[ParticipantPart, ...]
    files: tuple[FileRecord, ...]
    ledger: tuple[LedgerLine, ...]
    findings: tuple[Finding, ...]
    unplaced: tuple[Unplaced, ...]
    overflow: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What is needed of a part when it is written, or when something of it changed.

    ``entries`` are its rows of «Исполнение» and ``indicators`` those of «Показатели»;
    ``mentions`` is what others may share, packed; ``standing`` the words of each participant;
    ``said`` what each row says, with the files sent along: activity, digest, files.
    """

    entries: Block
    indicators: Block
    mentions: bytes
    standing: Mapping[str, tuple[Standing, ...]]
    said: Mapping[str, tuple[tuple[str, str, str], ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """A group of participants, judged."""

    head: Head
    body: Body


@dataclass(frozen=True, slots=True)
class CopyRead:
    """A copy that was read: ``light`` is what grouping and telling need of it, ``packed`` all of it;
    ``part`` what its participant comes to when this is all it sent."""

    number: int
    light: Received
    packed: bytes
    part: Part | None = None
