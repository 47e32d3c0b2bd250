"""What the district workbook says before a run: decisions of the coordinator, and whose answers it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sheetsync.campaign.parts.part import ParticipantPart
from sheetsync.columns import ENTRIES
from sheetsync.district.bodies import records_of
from sheetsync.district.decisions import decisions_of, shown_rows
from sheetsync.findings import make
from sheetsync.journal import RowKey
from sheetsync.model import Decision, Finding, Plan
from sheetsync.values import dataclass
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import TableRows

_READ = tuple(
    ENTRIES.column(key).header
    for key in ("participant", "number", "title", "decision", "remark", "source", "key")
)


@dataclass(frozen=True, slots=True)
class ShownBefore:
    """``sources`` tell of each participant in which file the first of its answers stands, and how many do."""

    decisions: Mapping[RowKey, Decision]
    sources: Mapping[str, tuple[str, int]]

    @classmethod
    def in_workbook(cls, workbook: ExcelFile, plan: Plan) -> ShownBefore:
        table = workbook.read_table(ENTRIES.name)
        rows = shown_rows(table, plan)
        codes = {one.label.partition(" · ")[0]: one.participant for same in rows.values() for one in same}
        return cls(decisions_of(rows), _sources(table, codes))

    def after(self, people: Iterable[ParticipantPart]) -> ShownBefore:
        """What the workbook says once it shows these parts."""
        sources = {one.code: (one.source, one.sources) for one in people if one.sources}
        return ShownBefore(self.decisions, sources)

    def leaving(self, plan: Plan, senders: set[str]) -> tuple[Finding, ...]:
        """Participants whose answers are shown and of whom no copy is left."""
        return tuple(
            make(
                "S832", participant=one.code, name=self.sources[one.code][0], count=self.sources[one.code][1]
            )
            for one in plan.participants
            if one.code in self.sources and one.code not in senders
        )


def _sources(table: TableRows, codes: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for record in records_of(ENTRIES, table):
        name, source = record.text("participant"), record.text("source")
        if source:
            code = codes.get(name, name)
            first, count = found.get(code, (source, 0))
            found[code] = first, count + 1
    return found
