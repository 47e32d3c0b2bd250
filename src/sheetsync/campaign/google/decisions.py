"""Решение and Замечание района typed in the Google district spreadsheet flow back into the book.

Three ways: what Google shows, what the book says, and what Google was last given. Changed in Google
alone it is taken; changed in both, the book's stands and both are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.campaign.files import read_table
from sheetsync.columns import ENTRIES
from sheetsync.district.decisions import decisions_of, shown_rows
from sheetsync.findings import make
from sheetsync.journal import Journal, Part, Published, RowKey
from sheetsync.model import Decision, Finding, Origin, Outcome, Plan
from sheetsync.workbooks.port import TableBody, WorkbookTables

_FIELDS: Final = {"decision": "verdict", "remark": "remark"}
"""Column of «Исполнение» -> field of ``Decision``."""


class FromGoogle(Struct, frozen=True):
    """Decisions to judge with instead of the book's; an empty one was taken away in Google."""

    decisions: Mapping[RowKey, Decision]
    findings: tuple[Finding, ...] = ()


def decisions_from_google(
    spreadsheet: WorkbookTables, journal: Journal, plan: Plan, own: Mapping[RowKey, Decision]
) -> FromGoogle:
    """What was decided in Google since it was last published; ``own`` is what the book says now."""
    rows = shown_rows(read_table(spreadsheet, ENTRIES.name), plan)
    typed = decisions_of(rows)
    merging = _Merging(journal, journal.published.words())
    taken: dict[RowKey, Decision] = {}
    findings: list[Finding] = []
    for key in dict.fromkeys(row.place for same in rows.values() for row in same):
        mine = own.get(key, Decision())
        merged, clashes = merging.merged(key, mine, typed.get(key, Decision()))
        findings += clashes
        if merged != mine:
            taken[key] = merged
    return FromGoogle(taken, tuple(findings))


class _Merging(Struct, frozen=True):
    """Merges the words of one row, each on its own; ``known`` is what was last published."""

    journal: Journal
    known: Mapping[Part, Published]

    def merged(self, key: RowKey, mine: Decision, theirs: Decision) -> tuple[Decision, list[Finding]]:
        result, clashes = mine, []
        for column, field in _FIELDS.items():
            own, other = getattr(mine, field), getattr(theirs, field)
            if own == other or not self._is_new(other, self._last(key, column).shown):
                continue
            if self._is_new(own, self._last(key, column).own):
                clashes.append(_clash(key, own, other))
            else:
                result = replace(result, **{field: other})
        return result, clashes

    def _last(self, key: RowKey, column: str) -> Published:
        nothing = self.journal.fingerprint("")
        return self.known.get((*key, column), Published(nothing, nothing))

    def _is_new(self, word: str, last: str) -> bool:
        return self.journal.fingerprint(word) != last


def _clash(key: RowKey, own: str, other: str) -> Finding:
    participant, activity = key
    origin = Origin(sheet=ENTRIES.sheet)
    return make("G614", participant=participant, activity=activity, origin=origin, own=own, other=other)


def published_words(
    journal: Journal, outcomes: tuple[Outcome, ...], entries: TableBody
) -> dict[Part, Published]:
    """What to remember of a publication: ``entries`` is the body Google was given, row by outcome."""
    return dict(_words(journal, outcomes, entries))


def _words(
    journal: Journal, outcomes: tuple[Outcome, ...], entries: TableBody
) -> Iterator[tuple[Part, Published]]:
    places = {column: entries.headers.index(ENTRIES.column(column).header) for column in _FIELDS}
    for outcome, row in zip(outcomes, entries.rows, strict=True):
        for column, field in _FIELDS.items():
            shown, own = str(row[places[column]].value or ""), getattr(outcome.decision, field)
            words = Published(journal.fingerprint(shown), journal.fingerprint(own))
            yield (outcome.participant, outcome.activity, column), words
