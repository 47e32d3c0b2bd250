"""Copies that are gone while the district workbook still shows what they said.

Of those destroyed by an act a consolidation takes the answers from the workbook, so that obeying
the law on personal data never turns an answer into «не поступило». Of others it says that their
answers leave the свод.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec import Struct, field
from msgspec.structs import replace

from sheetsync.campaign.files import read_table
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.campaign.versions import key_of_target, target_key
from sheetsync.checks.decisions import fingerprint
from sheetsync.columns import ENTRIES, FORM_INDICATORS, INDICATORS, REPORT, UNPLACED, TableSpec
from sheetsync.district.bodies import Record, records_of
from sheetsync.district.reading import find_participant
from sheetsync.findings import make
from sheetsync.intake.fields import read_field
from sheetsync.journal import Act, Journal, KnownCopy, RowKey, Version, VersionKind
from sheetsync.merge.received import Received
from sheetsync.model import (
    AnswerMark,
    Entry,
    Field,
    Finding,
    IndicatorAnswer,
    Origin,
    Plan,
    Submission,
    Unplaced,
    Verdict,
)
from sheetsync.workbooks.port import WorkbookTables

Place = tuple[str, str, str]
"""Participant, activity and column: one cell of the свод."""


class CarriedOver(Struct, frozen=True):
    """Destroyed copies as the workbook remembers them; ``whole`` are fingerprints of the rows that
    rest on such copies alone; ``told`` says whose answers leave because no copy is there any more."""

    received: tuple[Received, ...] = ()
    whole: Mapping[RowKey, str] = field(default_factory=dict)
    told: tuple[Finding, ...] = ()

    def rebased(
        self, decided_on: Mapping[RowKey, AnswerMark], shown: Mapping[RowKey, AnswerMark]
    ) -> dict[RowKey, AnswerMark]:
        """A decision on the answer the workbook shows stays one on it, though the answer is now read
        from the workbook, where a status or a date may be spelled otherwise than in the copy."""
        return {
            key: replace(mark, answer=self.whole[key]) if self._is_of_shown(key, mark, shown) else mark
            for key, mark in decided_on.items()
        }

    def _is_of_shown(self, key: RowKey, mark: AnswerMark, shown: Mapping[RowKey, AnswerMark]) -> bool:
        return key in self.whole and key in shown and mark.answer == shown[key].answer


def carried_over(
    journal: Journal, workbook: WorkbookTables, plan: Plan, present: Iterable[Received]
) -> CarriedOver:
    """Every destroyed copy that is not among ``present``."""
    here = tuple(present)
    shas = {one.origin.sha256 for one in here}
    past, copies = PastPeriods.of(journal, plan), journal.copies()
    gone = {
        sha256: act
        for sha256, act in journal.destroyed_copies().items()
        if sha256 not in shas and not past.was_counted(copies.get(sha256))
    }
    shown = _Shown(workbook, plan, frozenset(one.origin.file for one in here))
    carried = _Carrying(journal, plan, shown, gone).result() if gone else CarriedOver()
    copies_of = (one for one in (*here, *carried.received) if one.attached is None)
    senders = {code for one in copies_of for code in one.participants}
    return replace(carried, told=tuple(shown.leaving(senders)))


class _Shown:
    """What the workbook shows of answers, targets and values that found no place."""

    def __init__(self, workbook: WorkbookTables, plan: Plan, names_present: frozenset[str]) -> None:
        self._plan = plan
        self._names_present = names_present
        self._unplaced = records_of(UNPLACED, read_table(workbook, UNPLACED.name))
        self._rows: dict[RowKey, tuple[TableSpec, Record]] = {}
        for record in records_of(ENTRIES, read_table(workbook, ENTRIES.name)):
            self._rows[self._code(record), record.text("key")] = (REPORT, record)
        for record in records_of(INDICATORS, read_table(workbook, INDICATORS.name)):
            target = target_key(*(record.text(key) for key in ("title", "unit", "year", "key")))
            self._rows[self._code(record), target] = (FORM_INDICATORS, record)

    def _code(self, record: Record) -> str:
        name = record.text("participant")
        found = find_participant(name, self._plan.participants) if name else None
        return found.code if found else name

    def field(self, version: Version) -> tuple[Field, tuple[Finding, ...]] | None:
        """The answer a version tells of; ``None`` when the workbook has it no more."""
        spec, record = self._rows.get((version.participant, version.activity), (REPORT, None))
        cell = record.cell(version.column) if record else None
        if cell is None or not cell.text.strip():
            return None
        told = replace(cell, comment=None)
        return read_field(spec.column(version.column), told, version.origin, self._plan.settings.years)

    def leaving(self, senders: Set[str]) -> Iterator[Finding]:
        """Participants whose answers the workbook shows and of whom no copy is left."""
        sources: dict[str, list[str]] = {}
        for (code, _), (_, record) in self._rows.items():
            if source := record.text("source"):
                sources.setdefault(code, []).append(source)
        for one in self._plan.participants:
            if one.code in sources and one.code not in senders:
                own = sources[one.code]
                yield make("S832", participant=one.code, name=own[0], count=len(own))

    def unplaced(self, copy: KnownCopy, code: str) -> Iterator[Unplaced]:
        """Values of a copy in «Не размещено». A name another file bears now says nothing."""
        for record in self._unplaced:
            is_its = record.text("file") == copy.name and self._code(record) == code
            if is_its and copy.name not in self._names_present:
                origin = Origin(copy.name, copy.sha256, record.text("sheet"), record.text("cell"))
                yield Unplaced(code, record.cell("text").text, origin, record.text("reason"))


class _Carrying:
    def __init__(self, journal: Journal, plan: Plan, shown: _Shown, gone: Mapping[str, Act]) -> None:
        self._plan = plan
        self._shown = shown
        self._gone = gone
        self._copies = journal.copies()
        self._senders = journal.senders()
        self._last = _last_answers(journal)
        self._fields: dict[Place, Field] = {}

    def result(self) -> CarriedOver:
        """Copies nobody's report was read from leave nothing behind, so they are not told of."""
        copies = sorted((self._copies[one] for one in self._gone), key=lambda one: (one.run, one.name))
        received = tuple(self._copy(one) for one in copies if self._senders.get(one.sha256))
        return CarriedOver(received, dict(self._whole_rows()))

    def _copy(self, copy: KnownCopy) -> Received:
        origin = Origin(copy.name, copy.sha256)
        act = self._gone[copy.sha256]
        told = make("S830", origin=origin, name=copy.name, number=act.number, day=f"{act.begun:%d.%m.%Y}")
        findings = [told]
        versions = [one for one in self._last.values() if one.origin.sha256 == copy.sha256]
        lost = [one for one in versions if not self._is_taken(one, findings)]
        if lost:
            findings.append(make("S831", origin=origin, name=copy.name, count=len(lost)))
        senders = self._senders[copy.sha256]
        submissions = tuple(self._submission(copy, code) for code in senders if self._plan.participant(code))
        return Received(
            origin,
            Verdict.ACCEPTED,
            copy.run,
            copy.received_on,
            submissions,
            tuple(replace(one, participant=senders[0] if len(senders) == 1 else None) for one in findings),
        )

    def _is_taken(self, version: Version, findings: list[Finding]) -> bool:
        read = self._shown.field(version)
        if read is None:
            return False
        answer, said = read
        self._fields[version.place] = answer
        findings += said
        return True

    def _submission(self, copy: KnownCopy, code: str) -> Submission:
        """The rows of a participant; those another copy answered are empty here."""
        rows = {row.key: self._cells(code, row.key, copy) for row in self._plan.placed_rows_of(code)}
        targets = {one: self._cells(code, key_of_target(one), copy) for one in self._plan.indicators}
        return Submission(
            Origin(copy.name, copy.sha256),
            code,
            self._plan.issue,
            tuple(Entry(code, key, fields) for key, fields in rows.items()),
            unplaced=tuple(self._shown.unplaced(copy, code)),
            indicators=tuple(IndicatorAnswer(code, one, cells) for one, cells in targets.items() if cells),
        )

    def _cells(self, code: str, row: str, copy: KnownCopy) -> dict[str, Field]:
        return {
            column: found
            for (owner, key, column), found in self._fields.items()
            if (owner, key) == (code, row) and found.origin.sha256 == copy.sha256
        }

    def _whole_rows(self) -> Iterator[tuple[RowKey, str]]:
        rows: dict[RowKey, list[Version]] = {}
        for (code, activity, _), version in self._last.items():
            rows.setdefault((code, activity), []).append(version)
        for key, versions in rows.items():
            if all(one.place in self._fields for one in versions):
                fields = {one.column: self._fields[one.place] for one in versions}
                yield key, fingerprint(Entry(*key, fields))


def _last_answers(journal: Journal) -> dict[Place, Version]:
    """Where every answer the workbook shows came from."""
    last = {one.place: one for one in journal.versions() if one.kind is VersionKind.ANSWER}
    return {place: one for place, one in last.items() if one.fingerprint}
