"""Parts put together: the consolidation of a whole district, and its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import partial
from typing import Final

from msgspec import Struct

from sheetsync.campaign.parts.around import digest_of
from sheetsync.campaign.parts.part import Head, ParticipantPart
from sheetsync.campaign.parts.told import Handful, Row, Told, handfuls, told_of
from sheetsync.campaign.parts.working import mark_behind
from sheetsync.columns import COMPLETENESS, FINDINGS, LEDGER, LIGHTS, MATRIX, PAIRS, UNPLACED, MatrixMark
from sheetsync.district.pairs import pairs_body
from sheetsync.district.panel import lights_body
from sheetsync.district.tables import Corner, Tables, matrix_body, matrix_rows, signs_beside
from sheetsync.findings import in_order
from sheetsync.merge.consolidate import place_of_unplaced
from sheetsync.merge.rates import rates_of
from sheetsync.messages import language
from sheetsync.model import Consolidation, Outcome, Plan, PlanRow

_SIGNS_AT_ONCE: Final = 1 << 13
"""Signs of «Свод» made at a time, each with the link it is."""


class Joined(Struct, frozen=True):
    """All parts of a district. ``people`` are in the order of the roster."""

    plan: Plan
    heads: tuple[Head, ...]
    people: tuple[ParticipantPart, ...]

    @classmethod
    def of(cls, plan: Plan, heads: Iterable[Head]) -> Joined:
        heads = tuple(heads)
        by_code = {one.code: one for head in heads for one in head.people}
        return cls(plan, heads, tuple(by_code[one.code] for one in plan.participants))

    def consolidation(self, as_of: date, outcomes: Sequence[Outcome] = ()) -> Consolidation:
        """The consolidation; its ``outcomes`` are only told by who has them."""
        counts = tuple(one.counts for one in self.people if one.counts)
        files = (file for head in self.heads for file in head.files)
        ledger = (line for head in self.heads for line in head.ledger)
        unplaced = (one for head in self.heads for one in head.unplaced)
        return Consolidation(
            as_of=as_of,
            plan=self.plan,
            files=tuple(sorted(files, key=lambda one: (one.origin.file, one.origin.sha256))),
            outcomes=tuple(outcomes),
            completeness=counts,
            rates=rates_of(counts),
            findings=in_order(one for head in self.heads for one in head.findings),
            ledger=tuple(sorted(ledger, key=lambda one: (one.origin.file, one.origin.sha256))),
            unplaced=tuple(sorted(unplaced, key=place_of_unplaced)),
        )

    def first_rows(self) -> dict[str, int]:
        """How many rows of «Исполнение» stand before those of each participant."""
        found, rows = {}, 0
        for one in self.people:
            found[one.code] = rows
            rows += len(one.rows)
        return found

    def tables(self, found: Consolidation, corner: Corner) -> dict[str, Callable[[], Told]]:
        """The tables that tell of everybody, by name, to be asked for in this order: «Не размещено» takes
        what does not fit the others. The long ones are made part by part."""
        tables = Tables(found, corner, [one for head in self.heads for one in head.overflow])
        return {
            MATRIX.name: lambda: self._matrix(corner),
            FINDINGS.name: lambda: self._findings(tables, found),
            COMPLETENESS.name: lambda: told_of(tables.completeness()),
            LEDGER.name: lambda: told_of(tables.ledger()),
            UNPLACED.name: lambda: told_of(tables.unplaced()),
            LIGHTS.name: lambda: told_of(lights_body(found)),
            PAIRS.name: lambda: told_of(pairs_body(found, {one.code: one.agreement for one in self.people})),
        }

    def _matrix(self, corner: Corner) -> Told:
        """«Свод»: any sign that changes changes most of its rows."""
        empty = matrix_body(self.plan, {}, corner)
        signs = [(one.code, one.rows, one.marks) for one in self.people]
        asked = [(one.key, one.number, one.title, one.due, one.is_retired) for one in self.plan.rows]
        key = digest_of(empty.headers, asked, signs, corner.sheet, corner.row)
        answered = {self.plan.rows[place].key for one in self.people for place in one.rows}
        shown = matrix_rows(self.plan, answered)
        step = max(1, _SIGNS_AT_ONCE // max(1, len(self.people)))
        some = (
            Handful(f"{key} {at}", partial(self._sign_rows, shown[at : at + step], corner))
            for at in range(0, len(shown), step)
        )
        return Told(empty.headers, tuple(some), empty.key_headers)

    def _sign_rows(self, rows: Sequence[PlanRow], corner: Corner) -> Sequence[Row]:
        return signs_beside(rows, self.plan, dict(self._signs({row.key for row in rows})), corner)

    def _findings(self, tables: Tables, found: Consolidation) -> Told:
        nothing = tables.findings(())
        names = [(one.code, one.short_name) for one in self.plan.participants]
        titles = [(row.key, row.number, row.title) for row in self.plan.rows]
        around = (language(), names, titles)
        some = handfuls(found.findings, lambda some: tables.findings(some).rows, around)
        return Told(nothing.headers, tuple(some), nothing.key_headers)

    def _signs(self, asked: Set[str]) -> Iterator[tuple[tuple[str, str], tuple[int, MatrixMark]]]:
        before = self.first_rows()
        keys = {place: row.key for place, row in enumerate(self.plan.rows) if row.key in asked}
        for one in self.people:
            for step, (row, letter) in enumerate(zip(one.rows, one.marks, strict=True), before[one.code]):
                if row in keys:
                    yield (one.code, keys[row]), (step, mark_behind(letter))


def expected_rows(plan: Plan, first: int) -> Mapping[str, int]:
    """The sheet rows where those of each participant begin when everybody is shown with what it owes."""
    found = {}
    for one in plan.participants:
        found[one.code] = first
        first += len(plan.rows_of(one.code)) if one.owes_report else 0
    return found
