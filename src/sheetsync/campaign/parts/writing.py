"""The district workbook written from parts: long tables in blocks, the rest as every run writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sheetsync import store
from sheetsync.campaign.files import need_table, read_table
from sheetsync.campaign.parts.joining import Joined
from sheetsync.campaign.parts.judging import Codes
from sheetsync.campaign.parts.memory import Memory
from sheetsync.campaign.parts.part import Rows
from sheetsync.campaign.parts.working import block_of
from sheetsync.campaign.rendering import Rendering
from sheetsync.columns import (
    COMPLETENESS,
    ENTRIES,
    FINDINGS,
    INDICATORS,
    JOURNAL,
    LEDGER,
    LIGHTS,
    MATRIX,
    PAIRS,
    UNPLACED,
    TableSpec,
)
from sheetsync.district.bodies import ValueBody, values_of
from sheetsync.district.panel import journal_body, lights_body, panel_cells
from sheetsync.district.records import INDICATOR_IDENTITY, indicator_record
from sheetsync.district.tables import Corner, columns_that_left, matrix_body
from sheetsync.model import Consolidation, JournalLine, Plan
from sheetsync.notices import Notice, say
from sheetsync.workbooks.block_check import holds_blocks
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.long_table import LongTable
from sheetsync.workbooks.row_blocks import Block, RowFormat, moved


class NotByPartsError(Exception):
    """The office keeps something in its workbook that rows written part by part would not mind."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A workbook, and how many links it could not hold."""

    data: bytes
    links_left: int


def bare(workbook: ExcelFile, plan: Plan) -> bytes:
    """The workbook without what runs write into its tables; what the office did in it stays, its targets too.

    Raises ``NotByPartsError``: the office keeps something among the rows.
    """
    _put_blocks(workbook, long_table(workbook, ENTRIES), ())
    targets = long_table(workbook, INDICATORS)
    _put_blocks(workbook, targets, [targets_block(plan, targets)] if plan.indicators else ())
    for spec in (FINDINGS, COMPLETENESS, LEDGER, UNPLACED, JOURNAL):
        _put(workbook, spec.name, ValueBody(spec.headers, ()))
    matrix = matrix_body(plan, {}, Corner("", 0))
    left = columns_that_left(read_table(workbook, MATRIX.name), matrix.headers)
    nothing = replace(matrix.as_table(), rows=(), dropped_headers=left)
    _none_lost(workbook.replace_table(MATRIX.name, nothing), MATRIX.name)
    return workbook.to_bytes()


def targets_block(plan: Plan, table: LongTable) -> Block:
    """The rows of «Показатели» that tell what is aimed at."""
    body = values_of(INDICATORS, map(indicator_record, plan.indicators), INDICATOR_IDENTITY)
    return block_of(form_of(table), table.body.top, body.rows)


@dataclass(frozen=True)
class PartRows:
    """Blocks of one long table, each where the one before it ends; they may be gone through twice.

    ``order`` are the participants as they follow one another, each with those it was judged with.
    """

    memory: Memory
    order: Sequence[tuple[str, Codes]]
    first_row: int
    of: Callable[[Rows], Mapping[str, Block]]
    before: Sequence[Block] = ()

    def __iter__(self) -> Iterator[Block]:
        row = self.first_row
        for block in self.before:
            yield block
            row = block.next_row
        last: tuple[Codes, Rows] | None = None
        for code, codes in self.order:
            if last is None or last[0] != codes:
                last = codes, self.memory.rows(codes)
            block = self.of(last[1])[code]
            if block.row_count:
                yield block if block.first_row == row else moved(block, row)
                row += block.row_count


def long_table(workbook: ExcelFile, spec: TableSpec) -> LongTable:
    """A long table that can be written in blocks. Raises ``NotByPartsError``."""
    need_table(workbook, spec.name)
    table = workbook.long_table(spec.name, spec.headers)
    if table.obstacles:
        raise NotByPartsError(spec.name, *table.obstacles)
    return table


def form_of(table: LongTable) -> RowFormat:
    """How its rows are written."""
    if table.form is None:
        raise NotByPartsError(table.place.name)
    return table.form


@dataclass(frozen=True)
class Writing:
    """Draws what parts came to into a workbook; ``codes`` are those of the parts, in their order.

    ``path`` is where the workbook is to lie.
    """

    memory: Memory
    joined: Joined
    codes: Sequence[Codes]
    path: Path

    def drawn(self, workbook: ExcelFile, found: Consolidation, lines: Sequence[JournalLine]) -> Drawn:
        """The workbook with everything in it. Raises ``NotByPartsError``, and ``store.StoreError`` when
        the rows in it are not those that were judged."""
        entries, indicators = long_table(workbook, ENTRIES), long_table(workbook, INDICATORS)
        corner = Corner(entries.place.sheet, entries.body.top)
        bodies = self._bodies(workbook, found, corner, lines)
        rows = (
            (entries, PartRows(self.memory, self._order(), entries.body.top, _entries_of)),
            (indicators, self._indicators(found, indicators)),
        )
        left = sum(_put_blocks(workbook, table, blocks) for table, blocks in rows)
        for name, body in bodies.items():
            left += _put(workbook, name, body)
        Rendering({}, {str(name): out for name, out in panel_cells(found, lines).items()}).put_into(workbook)
        workbook.revive_kit()
        data = workbook.to_bytes()
        if not all(holds_blocks(data, table.place, blocks) for table, blocks in rows if any(blocks)):
            raise store.StoreError(say(Notice.WRITTEN_DIFFERS, path=self.path))
        return Drawn(data, left)

    def _indicators(self, found: Consolidation, table: LongTable) -> PartRows:
        first = [targets_block(found.plan, table)] if found.plan.indicators else []
        return PartRows(self.memory, sorted(self._order()), table.body.top, _indicators_of, first)

    def _order(self) -> list[tuple[str, Codes]]:
        """Everybody, as the roster has them."""
        codes_of = {code: codes for codes in self.codes for code in codes}
        return [(one.code, codes_of[one.code]) for one in self.joined.plan.participants]

    def _bodies(
        self, workbook: ExcelFile, found: Consolidation, corner: Corner, lines: Sequence[JournalLine]
    ) -> dict[str, ValueBody]:
        bodies = self.joined.bodies(found, corner)
        bodies[LIGHTS.name] = lights_body(found, read_table(workbook, LIGHTS.name).headers)
        if PAIRS.name not in workbook.table_names():
            del bodies[PAIRS.name]
        bodies[JOURNAL.name] = journal_body(lines)
        return bodies


def _entries_of(rows: Rows) -> Mapping[str, Block]:
    return rows.entries


def _indicators_of(rows: Rows) -> Mapping[str, Block]:
    return rows.indicators


def _put_blocks(workbook: ExcelFile, table: LongTable, blocks: Iterable[Block]) -> int:
    """A long table; how many links it could not hold. Raises ``NotByPartsError`` where anything is lost."""
    put = workbook.replace_blocks(table, blocks)
    _none_lost(put.orphans, table.place.name)
    return put.links_left


def _put(workbook: ExcelFile, name: str, body: ValueBody) -> int:
    """The same of a table that is at hand whole."""
    need_table(workbook, name)
    table = workbook.long_table(name, body.headers)
    if table.obstacles or not body.rows:
        _none_lost(workbook.replace_table(name, body.as_table()), name)
        return 0
    return _put_blocks(workbook, table, [block_of(form_of(table), table.body.top, body.rows)])


def _none_lost(orphans: Iterable[object], name: str) -> None:
    if tuple(orphans):
        raise NotByPartsError(name)
