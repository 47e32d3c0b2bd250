"""Parts put together: the consolidation of a whole district, and its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from sheetsync.campaign.parts.part import Head, ParticipantPart
from sheetsync.campaign.parts.signs import Signs
from sheetsync.campaign.parts.told import Told, told_by, told_of
from sheetsync.columns import COMPLETENESS, FINDINGS, LEDGER, LIGHTS, MATRIX, PAIRS, UNPLACED
from sheetsync.district.pairs import pairs_body
from sheetsync.district.panel import lights_body
from sheetsync.district.tables import Corner, Tables
from sheetsync.findings import in_order
from sheetsync.merge.consolidate import place_of_unplaced
from sheetsync.merge.rates import rates_of
from sheetsync.messages import language
from sheetsync.model import Consolidation, Outcome, Plan


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

    @property
    def is_borne_out(self) -> bool:
        """Whether the rows of every part say what «Сверка» counts."""
        return all(head.is_borne_out for head in self.heads)

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

    def tables(
        self, found: Consolidation, corner: Corner, lights: Sequence[str]
    ) -> dict[str, Callable[[], Told]]:
        """The tables that tell of everybody, by name, to be asked for in this order: «Не размещено» takes
        what does not fit the others. The long ones are made part by part; ``lights`` are the headers of
        the lights."""
        tables = Tables(found, corner, [one for head in self.heads for one in head.overflow])
        return {
            MATRIX.name: lambda: Signs(self.plan, self.people, corner).told(),
            FINDINGS.name: lambda: self._findings(tables, found),
            COMPLETENESS.name: lambda: told_of(tables.completeness()),
            LEDGER.name: lambda: told_of(tables.ledger()),
            UNPLACED.name: lambda: told_of(tables.unplaced()),
            LIGHTS.name: lambda: told_of(lights_body(found, tables.lights, lights)),
            PAIRS.name: lambda: told_of(pairs_body(found, {one.code: one.agreement for one in self.people})),
        }

    def _findings(self, tables: Tables, found: Consolidation) -> Told:
        names = [(one.code, one.short_name) for one in self.plan.participants]
        titles = [(row.key, row.number, row.title) for row in self.plan.rows]
        around = (language(), names, titles)
        return told_by(found.findings, tables.findings, around)


def expected_rows(plan: Plan, first: int) -> Mapping[str, int]:
    """The sheet rows where those of each participant begin when everybody is shown with what it owes."""
    found = {}
    for one in plan.participants:
        found[one.code] = first
        first += len(plan.rows_of(one.code)) if one.owes_report else 0
    return found
