"""What a worker must know of a campaign, as one value that travels to any process."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.journal import IssuedForm, RowKey
from sheetsync.merge.received import Received
from sheetsync.model import AnswerMark, Decision, Finding, LinkCheck, Origin, Plan
from sheetsync.model.kept import once_for_each
from sheetsync.workbooks.row_blocks import RowFormat


class Formats(Struct, frozen=True):
    """How rows of the long tables are written in this workbook, and where «Исполнение» begins."""

    entries: RowFormat
    indicators: RowFormat
    first_row: int


class Around(Struct, frozen=True):
    """The campaign as a worker sees it.

    ``key`` is the secret of the journal's fingerprints; ``links`` what was found of addresses, by
    their fingerprints; ``workbook`` where decisions stand; ``first_rows`` where the rows of each
    participant are expected in «Исполнение».
    """

    folder: Path
    plan: Plan
    sent: tuple[IssuedForm, ...]
    past: PastPeriods
    as_of: date
    key: bytes
    links: Mapping[str, LinkCheck]
    formats: Formats
    first_rows: Mapping[str, int]

    def reading_digest(self) -> str:
        """What the reading of a copy depends on, beside the copy."""
        return _reading_digest(self)

    def judging_digest(self) -> str:
        """What judging depends on, beside what was read and decided."""
        return digest_of(
            self.reading_digest(), self.plan, self.as_of, sorted(self.links.items()), self.formats
        )


class CopyTask(Struct, frozen=True):
    """One copy to read: its bytes lie in the store of the campaign."""

    origin: Origin
    order: int
    first_name: str
    received_on: date


class Decided(Struct, frozen=True):
    """What the coordinator decided of some rows, and what these said then."""

    decisions: Mapping[RowKey, Decision] = field(default_factory=dict)
    on: Mapping[RowKey, AnswerMark] = field(default_factory=dict)


class GroupTask(Struct, frozen=True):
    """Participants to judge together: what was read of their files, packed, or as it stands.

    ``told`` are findings made before anything was received, ``shared`` what these participants have
    in common with others.
    """

    codes: tuple[str, ...]
    packed: tuple[bytes, ...] = ()
    files: tuple[Received, ...] = ()
    decided: Decided = Decided()
    told: tuple[Finding, ...] = ()
    shared: tuple[Finding, ...] = ()
    inputs: str = ""
    """A fingerprint of all this: what the part is remembered by."""
    shown: str = ""
    """What is known of the rows it came to before (``Head.shown``)."""


@once_for_each(1)
def _reading_digest(around: Around) -> str:
    return reading_digest(around.plan, around.sent, around.past)


def reading_digest(plan: Plan, sent: tuple[IssuedForm, ...], past: PastPeriods) -> str:
    """What the reading of a copy depends on, beside the copy."""
    return digest_of(_as_read_by(plan), sent, past.label, past.begun)


def _as_read_by(plan: Plan) -> Plan:
    """The plan without what only judging asks: when a row is due, when a report was received."""
    return replace(
        plan,
        rows=tuple(replace(row, start=None, due=None, occurrences=()) for row in plan.rows),
        participants=tuple(replace(one, received_on=None, approved_on=None) for one in plan.participants),
    )


def digest_of(*values: object) -> str:
    """A fingerprint of values that show all they are: equal ones give the same, in every process."""
    try:
        said = _ENCODE(values)
    except UnicodeEncodeError:  # the name of a file no alphabet reads
        said = repr(values).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=20).hexdigest()


_ENCODE: Final = msgspec.msgpack.Encoder(enc_hook=repr).encode
