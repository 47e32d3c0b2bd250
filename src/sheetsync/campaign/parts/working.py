"""The work of one worker: a copy read, a group judged, its rows written. No journal, no workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from typing import Final

import msgspec
from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.copy_reading import CopyReader
from sheetsync.campaign.issued import IssuedForms
from sheetsync.campaign.parts.around import Around, CopyTask, Decided, GroupTask, digest_of
from sheetsync.campaign.parts.keeping import as_bytes
from sheetsync.campaign.parts.part import CopyRead, Head, Part, ParticipantPart, Rows, Words
from sheetsync.campaign.versions import packed_words
from sheetsync.checks.between import Mentions
from sheetsync.checks.case import nothing_known
from sheetsync.checks.decisions import mark_of as answer_mark
from sheetsync.columns import ENTRIES, INDICATORS, MatrixMark
from sheetsync.district.bodies import values_of
from sheetsync.district.entry_rows import EntryRow, answers_stand
from sheetsync.district.pairs import agreement_in
from sheetsync.district.records import INDICATOR_IDENTITY
from sheetsync.district.tables import Corner, Tables, mark_of
from sheetsync.findings import make
from sheetsync.journal import KnownCopy, fingerprint, said_as_text
from sheetsync.merge.consolidate import Judged, consolidate
from sheetsync.merge.groups import narrowed
from sheetsync.merge.packing import packed, packed_mentions, unpacked
from sheetsync.merge.received import Received
from sheetsync.model import Consolidation, Decision, LinkCheck, Outcome, Verdict
from sheetsync.workbooks.block_reading import says
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.row_blocks import NOTHING, Block, RowFormat
from sheetsync.workbooks.row_encoding import RowValue, encode_rows

_MARKS: Final = tuple(MatrixMark)
_LETTERS: Final = {mark: chr(ord("a") + place) for place, mark in enumerate(_MARKS)}
_SOURCE: Final = ENTRIES.keys.index("source")
_UNDECIDED: Final = Decision()
_DAYS: Final = frozenset({date, datetime})


def mark_behind(letter: str) -> MatrixMark:
    """The sign of «Свод» a letter of ``ParticipantPart.marks`` stands for."""
    return _MARKS[ord(letter) - ord("a")]


class Worker(Struct, dict=True):
    """Reads and judges for one campaign; what it learns of forms and plan it keeps for the next copy."""

    around: Around
    decided: Mapping[str, Decided]
    """Decisions by participant, for copies that turn out to be all somebody sent."""

    @cached_property
    def _reader(self) -> CopyReader:
        around = self.around
        campaign = store.Campaign(around.folder)
        forms = IssuedForms(campaign, around.sent, around.plan, keep=True)
        return CopyReader(campaign, around.plan, forms, around.past)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {row.key: place for place, row in enumerate(self.around.plan.rows)}

    def read(self, task: CopyTask) -> CopyRead:
        """One copy; when it is of one participant alone, that one is judged by it at once."""
        data = store.read_original(store.Campaign(self.around.folder), task.origin.sha256)
        if data is None:
            raise FileNotFoundError(task.origin.sha256)
        arrival = KnownCopy(task.origin.sha256, task.first_name, task.order, task.received_on)
        read = self._reader.read(data, task.origin, arrival)
        part = None
        if read.verdict is Verdict.ACCEPTED and len(read.participants) == 1:
            (code,) = read.participants
            if self.around.plan.participant(code):
                decided = self.decided.get(code, Decided())
                part = self.judge(GroupTask((code,), files=(read,), decided=decided))
        return CopyRead.of(read, part)

    def judge(self, task: GroupTask) -> Part:
        """One group, from what was read of its files."""
        around = self.around
        received = (*task.files, *map(unpacked, task.packed))
        judged = consolidate(
            narrowed(around.plan, task.codes),
            received,
            task.decided.decisions,
            around.as_of,
            decided_on=task.decided.on,
            findings=task.told,
            link_check=partial(_known_link, around.links, around.key) if around.links else nothing_known,
            shared=task.shared,
            roster=around.plan.participants,
        )
        return self._part(judged, task.shown)

    def _part(self, judged: Judged, known: str) -> Part:
        """What the group came to; ``known`` tells of the rows it had before."""
        found = judged.found
        tables = Tables(found, Corner("", 0))
        entries = tables.entries().rows
        facts = values_of(INDICATORS, tables.facts(), INDICATOR_IDENTITY).rows
        shown = self._shown(found, entries, facts) if answers_stand(found, entries) else ""
        rows = None
        if not shown or shown != known:
            written, are_same = self._rows(found, entries, facts)
            rows, shown = as_bytes(written), shown if are_same else ""
        head = Head(
            tuple(self._people(judged, entries)),
            found.files,
            found.ledger,
            found.findings,
            found.unplaced,
            tables.overflow,
            shown,
        )
        codes = tuple(one.code for one in found.plan.participants)
        return Part(codes, as_bytes(head), rows, as_bytes(self._words(judged)), head.keys())

    def _shown(self, found: Consolidation, entries: Sequence[EntryRow], facts: Sequence[EntryRow]) -> str:
        """A fingerprint of rows as they are shown, where they are expected."""
        codes = [one.code for one in found.plan.participants]
        first = [self.around.first_rows[code] for code in codes]
        whose = [one.participant for one in found.outcomes], [one.participant for one in found.indicators]
        values = [one.value if type(one) is Out else one for row in (*entries, *facts) for one in row]
        days = bytes(map(_DAYS.__contains__, map(type, values)))  # packed, a day is a text
        said = hashlib.blake2b(msgspec.msgpack.encode((codes, first, whose, entries, facts)), digest_size=20)
        return digest_of(self._formats, said.digest(), days)

    @cached_property
    def _formats(self) -> str:
        return digest_of(self.around.formats)

    def _rows(
        self, found: Consolidation, entries: Sequence[EntryRow], facts: Sequence[EntryRow]
    ) -> tuple[Rows, bool]:
        """The rows as finished bytes, and whether these, read back, say the same."""
        forms, rows = self.around.formats, Rows({}, {})
        are_same = True
        of_tables = (
            (rows.entries, forms.entries, entries, [one.participant for one in found.outcomes]),
            (rows.indicators, forms.indicators, facts, [one.participant for one in found.indicators]),
        )
        for blocks, form, values, whose in of_tables:
            for one in found.plan.participants:
                own = [row for row, code in zip(values, whose, strict=True) if code == one.code]
                block = blocks[one.code] = block_of(form, self.around.first_rows[one.code], own)
                are_same &= says(block, form, own)
        return rows, are_same

    def _words(self, judged: Judged) -> Words:
        found = judged.found
        mentions = {code: one for code, one in judged.mentions.items() if one.of}
        return Words(
            packed_mentions(mentions),
            packed_words(found, self.around.key),
            {one.code: _said(_rows_of(one.code, judged)) for one in found.plan.participants},
            any(one.decision != _UNDECIDED for one in found.outcomes),
        )

    def _people(self, judged: Judged, shown: Sequence[EntryRow]) -> Iterator[ParticipantPart]:
        """The participants; ``shown`` are the rows of «Исполнение», one for every outcome."""
        found = judged.found
        counts = {one.participant: one for one in found.completeness}
        for one in found.plan.participants:
            rows = _rows_of(one.code, judged)
            sources = [
                str(row[_SOURCE])
                for outcome, row in zip(found.outcomes, shown, strict=True)
                if outcome.participant == one.code and row[_SOURCE]
            ]
            yield ParticipantPart(
                one.code,
                counts.get(one.code),
                tuple(self._places[outcome.activity] for outcome in rows),
                "".join(_LETTERS[mark_of(outcome)] for outcome in rows),
                agreement_in(one.code, found).value if one.curator else "",
                judged.mentions.get(one.code, Mentions()).keys(),
                next(iter(sources), ""),
                len(sources),
            )


def unread(task: CopyTask, what: str) -> CopyRead:
    """A copy nobody could read for a reason no copy should give."""
    finding = make("X999", origin=task.origin, what=what)
    read = Received(
        task.origin,
        Verdict.REFUSED,
        findings=(finding,),
        order=task.order,
        received_on=task.received_on,
        first_name=task.first_name,
    )
    return CopyRead(read, as_bytes(read), packed(read))


def _known_link(links: Mapping[str, LinkCheck], key: bytes, address: str) -> LinkCheck | None:
    return links.get(fingerprint(key, address))


def _rows_of(code: str, judged: Judged) -> list[Outcome]:
    return [one for one in judged.found.outcomes if one.participant == code]


def block_of(form: RowFormat, first_row: int, rows: Sequence[Sequence[RowValue]]) -> Block:
    """Rows of a table as finished bytes; it may have none."""
    return encode_rows(form, first_row, rows) if rows else Block(first_row, 0, NOTHING)


def _said(outcomes: Iterable[Outcome]) -> str:
    return said_as_text({one.activity: answer_mark(one) for one in outcomes})
