"""What a run changed, cell by cell, for ``history``: where the words stand and their fingerprints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

from msgspec import Struct

from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.columns import ENTRIES, FORM_INDICATORS, REPORT
from sheetsync.journal import Journal, Spoken, Version, VersionKind, marker, words_as_bytes
from sheetsync.merge.copies import shown
from sheetsync.merge.indicators import COMMENT, FACT
from sheetsync.model import NOWHERE, Consolidation, Entry, FileRecord, Finding, Indicator, Origin, Outcome
from sheetsync.plan.keys import keys_of
from sheetsync.text import squeeze

DECISION, REMARK = ENTRIES.column("decision"), ENTRIES.column("remark")
HEADERS: Final = {
    one.key: one.header for one in (*FORM_INDICATORS.columns, *REPORT.columns, DECISION, REMARK)
}
"""How people call a column a version tells of."""

_CONFLICT: Final = "M701"


def target_key(*said: object) -> str:
    """What stands in the journal for a row of «Показатели»: title, unit, year and activity of it."""
    (key,) = keys_of([" ".join(str(part) for part in said if part)])
    return f"#{key}"


@lru_cache(maxsize=1024)
def key_of_target(one: Indicator) -> str:
    """The same of a target."""
    return target_key(one.title, one.unit, one.year, one.activity)


class Recorder(Struct, frozen=True):
    """Writes into the journal what one run shows otherwise than the last.

    ``workbook`` is the district workbook as the run read it: there decisions stand.
    """

    journal: Journal
    run: int
    at: datetime
    workbook: Origin

    def record(self, found: Consolidation) -> bool:
        """Called when the workbook shows the consolidation, never before.

        Tells whether a word new to the journal stands in the workbook and nowhere else.
        """
        past = PastPeriods.of(self.journal, found.plan)
        versions = [one for one in self.journal.versions() if not past.is_past_run(one.run)]
        wording = Wording(self.journal.fingerprint, self.run, self.at, self.workbook)
        return self.record_words(found.files, found.findings, versions, wording.standing(found))

    def record_words(
        self,
        files: Iterable[FileRecord],
        findings: Iterable[Finding],
        versions: Sequence[Version],
        standing: Iterable[Version],
    ) -> bool:
        """The same of some participants: their files and findings, what the journal has of them in this
        period, and the words that stand now."""
        self.journal.add_senders(
            (one.origin.sha256, code)
            for one in files
            if one.origin.sha256
            for code in one.participants or ("",)  # a file of nobody has been here too
        )
        last = {one.place: one for one in versions if one.kind is not VersionKind.CONFLICT}
        now = {one.place: one for one in standing}
        changed = list(self._changed(last, now.values()))
        self.journal.add_versions(changed)
        self.journal.add_versions(self._gone(last, now))
        told = {(one.place, one.origin) for one in versions if one.kind is VersionKind.CONFLICT}
        conflicts = {(one.place, one.origin): one for one in self._conflicts(findings)}
        self.journal.add_versions(one for place, one in conflicts.items() if place not in told)
        return any(one.origin == self.workbook for one in changed)

    def _changed(
        self, last: dict[tuple[str, str, str], Version], standing: Iterable[Version]
    ) -> Iterator[Version]:
        """What says something new. A destroyed copy never does: its answers come from the workbook."""
        destroyed = self.journal.destroyed_copies()
        for one in standing:
            before = last.get(one.place)
            is_kept = before is not None and before.origin == one.origin and one.origin.sha256 in destroyed
            if not is_kept and (before is None or before.fingerprint != one.fingerprint):
                yield one

    def _gone(
        self, last: dict[tuple[str, str, str], Version], standing: dict[tuple[str, str, str], Version]
    ) -> Iterator[Version]:
        for place, before in last.items():
            if before.fingerprint and place not in standing:
                yield Version(*place, before.kind, "", self.run, self.at)

    def _conflicts(self, findings: Iterable[Finding]) -> Iterator[Version]:
        """Values that disagreed with the one taken; their words stand in the file, as those of answers."""
        columns = {header: key for key, header in HEADERS.items()}
        for one in findings:
            column = columns.get(dict(one.params).get("column", ""))
            if one.code == _CONFLICT and one.participant and column:
                place = (one.participant, one.activity or "", column)
                words = (one.origin.sha256, one.origin.sheet, one.origin.cell)
                mark = self.journal.fingerprint(*place, *words)
                yield Version(*place, VersionKind.CONFLICT, mark, self.run, self.at, one.origin)


Fingerprint = Callable[..., str]
"""Gives what is kept of some words instead of them."""


class Wording(Struct, frozen=True):
    """What stands in the свод, word by word, as the history keeps it."""

    fingerprint: Fingerprint
    run: int
    at: datetime
    workbook: Origin

    def standing(self, found: Consolidation) -> Iterator[Version]:
        """Every answer, decision and figure that says anything."""
        for one in spoken(found, self.workbook):
            mark = self.fingerprint(*one.place, squeeze(one.text))
            yield Version(*one.place, one.kind, mark, self.run, self.at, one.origin, one.word)


def spoken(found: Consolidation, workbook: Origin) -> Iterator[Spoken]:
    """The same as words: what is fingerprinted, and where it stands."""
    for outcome in found.outcomes:
        if outcome.entry is not None:
            yield from _answer(outcome, outcome.entry)
        if outcome.decision.verdict or outcome.decision.remark:
            yield from _decision(outcome, workbook)
    for fact in found.indicators:
        for column, text in ((FACT, fact.fact), (COMMENT, fact.comment)):
            if text.strip():
                place = (fact.participant, key_of_target(fact.indicator), column)
                yield Spoken(place, VersionKind.ANSWER, text, fact.origins.get(column, Origin()))


def packed_words(found: Consolidation, key: bytes) -> dict[str, bytes]:
    """All of it by participant, as the journal takes whole participants; the key is the journal's."""
    mark, words = marker(key), dict[str, list[tuple[Spoken, bytes]]]()
    for one in spoken(found, NOWHERE):
        words.setdefault(one.place[0], []).append((one, mark((*one.place, squeeze(one.text)))))
    return {code: words_as_bytes(own) for code, own in words.items()}


def _answer(outcome: Outcome, entry: Entry) -> list[Spoken]:
    whose, activity, kind = outcome.participant, outcome.activity, VersionKind.ANSWER
    return [
        Spoken((whose, activity, column), kind, f"{text}{cell.secret}" if cell.secret else text, cell.origin)
        for column, cell in entry.fields.items()
        if (text := shown(cell))
    ]


def _decision(outcome: Outcome, workbook: Origin) -> Iterator[Spoken]:
    decision = outcome.decision
    for column, text in ((DECISION, decision.verdict), (REMARK, decision.remark)):
        if text:
            place = (outcome.participant, outcome.activity, column.key)
            word = text if text in column.choices else ""
            yield Spoken(place, VersionKind.DECISION, text, workbook, word)
