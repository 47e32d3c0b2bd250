"""What the district workbook says before a run: decisions of the coordinator, and whose answers it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct, field

from sheetsync.campaign.files import read_table
from sheetsync.campaign.parts.around import Formats
from sheetsync.campaign.parts.part import ParticipantPart
from sheetsync.columns import ENTRIES, JOURNAL
from sheetsync.district.bodies import records_of
from sheetsync.district.decisions import decisions_of, shown_rows
from sheetsync.district.reading import PlanReading
from sheetsync.findings import make
from sheetsync.journal import RowKey
from sheetsync.model import Decision, Finding, Plan
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.laid_blocks import LaidBlocks
from sheetsync.workbooks.port import ROW_KEY_JOINT, TableRows
from sheetsync.workbooks.row_blocks import NOTHING, Block

_READ = tuple(ENTRIES.column(key).header for key in ("participant", "decision", "remark", "source", "key"))


class ShownBefore(Struct, frozen=True):
    """``sources`` tell of each participant in which file the first of its answers stands, and how many do;
    ``last_run`` is the last one the workbook tells of, ``None`` before any."""

    decisions: Mapping[RowKey, Decision]
    sources: Mapping[str, tuple[str, int]]
    last_run: int | None

    @classmethod
    def in_workbook(cls, workbook: ExcelFile, plan: Plan) -> ShownBefore:
        """What a workbook says that somebody may have worked in."""
        table = workbook.read_columns(ENTRIES.name, _READ)
        rows = shown_rows(table, plan)
        named = ((one.label.partition(ROW_KEY_JOINT)[0], one) for same in rows.values() for one in same)
        codes = {name: one.participant for name, one in named if name}
        return cls(decisions_of(rows), _sources(table, codes), _last_run(workbook))

    def after(self, people: Iterable[ParticipantPart], run: int) -> ShownBefore:
        """What the workbook says once it shows these parts."""
        sources = {one.code: (one.source, one.sources) for one in people if one.sources}
        return ShownBefore(self.decisions, sources, run)

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


def _last_run(workbook: ExcelFile) -> int | None:
    records = records_of(JOURNAL, read_table(workbook, JOURNAL.name))
    runs = [one.cell("run").value for one in records]
    return max((int(run) for run in runs if isinstance(run, int | float)), default=None)


class Laid(Struct, frozen=True):
    """Where the rows of one table lie in a workbook: blocks, and the key that tells each from others.

    ``empty`` are the keys of blocks without rows, which lie nowhere.
    """

    keys: tuple[str, ...]
    blocks: LaidBlocks
    empty: tuple[str, ...] = ()


class Before(Struct, frozen=True):
    """A workbook as a run left it, with everything in it."""

    data: bytes = b""
    laid: Mapping[str, Laid] = field(default_factory=dict)

    def of(self, table: str) -> dict[str, Block]:
        """The blocks of a table by their keys; of links there was no room for there is only their count."""
        laid = self.laid.get(table)
        if laid is None:
            return {}
        taken = zip(laid.keys, laid.blocks.taken(self.data), strict=False)
        found = {key: block for key, block in taken if key}
        return dict.fromkeys(laid.empty, _NO_ROWS) | found


NOTHING_BEFORE: Final = Before()
_NO_ROWS: Final = Block(0, 0, NOTHING)


class Left(Struct, frozen=True):
    """How a run left the workbook: ``bare`` is the workbook without what runs write into it, ``reading``
    and ``formats`` what it says of the plan and of how rows are written, ``content`` a fingerprint of what
    it shows, ``dead_links`` how many addresses stand in it that cannot be clicked, ``laid`` where the rows
    of its tables lie."""

    bare: bytes
    reading: PlanReading
    formats: Formats
    shown: ShownBefore
    content: str
    dead_links: int = 0
    laid: Mapping[str, Laid] = field(default_factory=dict)

    def told(self) -> tuple[Finding, ...]:
        """What a run says of the workbook that shows all it found."""
        return (make("S815", left=self.dead_links),) if self.dead_links else ()
