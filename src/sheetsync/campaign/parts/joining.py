"""Parts put together: the consolidation of a whole district, and its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheetsync.campaign.parts.part import Head, ParticipantPart
from sheetsync.campaign.parts.working import mark_behind
from sheetsync.columns import COMPLETENESS, FINDINGS, LEDGER, LIGHTS, MATRIX, PAIRS, UNPLACED, MatrixMark
from sheetsync.district.bodies import ValueBody
from sheetsync.district.pairs import pairs_body
from sheetsync.district.panel import lights_body
from sheetsync.district.tables import Corner, Tables, matrix_body
from sheetsync.findings import in_order
from sheetsync.merge.consolidate import place_of_unplaced
from sheetsync.merge.rates import rates_of
from sheetsync.model import Consolidation, Outcome, Plan


@dataclass(frozen=True)
class Joined:
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

    def bodies(self, found: Consolidation, corner: Corner) -> dict[str, ValueBody]:
        """The tables that tell of everybody, by name; the long ones are made part by part."""
        tables = Tables(found, corner, [one for head in self.heads for one in head.overflow])
        return {
            MATRIX.name: matrix_body(self.plan, dict(self._signs()), corner),
            FINDINGS.name: tables.findings(),
            COMPLETENESS.name: tables.completeness(),
            LEDGER.name: tables.ledger(),
            UNPLACED.name: tables.unplaced(),
            LIGHTS.name: lights_body(found),
            PAIRS.name: pairs_body(found, {one.code: one.agreement for one in self.people}),
        }

    def _signs(self) -> Iterator[tuple[tuple[str, str], tuple[int, MatrixMark]]]:
        before = self.first_rows()
        keys = [row.key for row in self.plan.rows]
        for one in self.people:
            for step, (row, letter) in enumerate(zip(one.rows, one.marks, strict=True), before[one.code]):
                yield (one.code, keys[row]), (step, mark_behind(letter))


def expected_rows(plan: Plan, first: int) -> Mapping[str, int]:
    """The sheet rows where those of each participant begin when everybody is shown with what it owes."""
    found = {}
    for one in plan.participants:
        found[one.code] = first
        first += len(plan.rows_of(one.code)) if one.owes_report else 0
    return found
