"""What the office wrote beside rows that are gone: kept in the journal for good, told in every run."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.campaign.rendering import Orphans
from sheetsync.columns import DISTRICT_TABLES, ENTRIES, ENTRIES_SHEET
from sheetsync.district.decisions import ShownRow
from sheetsync.findings import grouped, make
from sheetsync.journal import Journal, OrphanText, RowKey
from sheetsync.model import Consolidation, Decision, Finding, Origin, Unplaced
from sheetsync.notices import Notice, say

_ORPHANED: Final = "M704"


class Keeper(Struct, frozen=True):
    """Keeps what lost its row; ``shown`` are the rows of «Исполнение» by what their keys show."""

    journal: Journal
    shown: Mapping[str, list[ShownRow]]

    def keep_decisions(self, found: Consolidation, decisions: Mapping[RowKey, Decision]) -> None:
        """Words of the coordinator beside a row the plan no longer has."""
        present = {(one.participant, one.activity) for one in found.outcomes}
        labels = {row.place: row.label for same in self.shown.values() for row in same}
        self.journal.add_orphans(
            [
                OrphanText(*place, labels[place], _words(decision), ENTRIES_SHEET)
                for place, decision in decisions.items()
                if place not in present
            ]
        )

    def keep(self, orphans: Orphans) -> None:
        """What stood beside rows that are gone, by the name of their table."""
        for name, lost in orphans.items():
            sheet = next(spec.sheet for spec in DISTRICT_TABLES if spec.name == name)
            for one in lost:
                rows = self.shown.get(one.row_key) if name == ENTRIES.name else None
                row = rows[0] if rows else ShownRow("", "", one.row_key, Decision())
                self.journal.add_orphans([OrphanText(*row.place, row.label, one.text, sheet, one.cell)])

    def told_in(self, found: Consolidation) -> Consolidation:
        """The consolidation with everything ever kept, told one way in every run."""
        standing = {(one.participant, one.activity, _words(one.decision)) for one in found.outcomes}
        kept = [one for one in self.journal.orphans() if not _is_back(one, standing)]
        unplaced = [_unplaced(one) for one in kept]
        told = [_finding(one) for one in kept]
        known = {Origin(sheet=ENTRIES_SHEET), *(one.origin for one in unplaced)}
        others = [one for one in found.unplaced if one.origin not in known]
        findings = [one for one in found.findings if one.code != _ORPHANED]
        return replace(found, unplaced=(*others, *unplaced), findings=grouped([*findings, *told]))


def _is_back(kept: OrphanText, standing: Set[tuple[str, str, str]]) -> bool:
    """Whether the row of a decision is there again with its words: a press was undone."""
    place = (kept.participant, kept.activity, kept.text)
    return kept.sheet == ENTRIES_SHEET and not kept.cell and place in standing


def _words(decision: Decision) -> str:
    return "; ".join(part for part in (decision.verdict, decision.remark) if part)


def _unplaced(kept: OrphanText) -> Unplaced:
    origin = Origin(sheet=kept.sheet, cell=kept.cell)
    return Unplaced(kept.participant or None, kept.text, origin, say(Notice.ROW_IS_GONE, row=kept.row))


def _finding(kept: OrphanText) -> Finding:
    return make(
        _ORPHANED,
        participant=kept.participant or None,
        activity=kept.activity or None,
        origin=Origin(sheet=kept.sheet, cell=kept.cell),
        text=kept.text,
    )
