"""The district workbook written from parts: long tables in blocks, the rest as every run writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct, field

from sheetsync.campaign.files import need_table, read_table
from sheetsync.campaign.full_sheets import full_sheets_refused
from sheetsync.campaign.parts.joining import Joined
from sheetsync.campaign.parts.judging import Codes
from sheetsync.campaign.parts.memory import Memory
from sheetsync.campaign.parts.part import Rows
from sheetsync.campaign.parts.shown import Before, Laid
from sheetsync.campaign.parts.told import Told, told_by
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
from sheetsync.district.bodies import values_of
from sheetsync.district.panel import journal_body, panel_cells
from sheetsync.district.records import INDICATOR_IDENTITY, indicator_record
from sheetsync.district.tables import Corner, columns_that_left, matrix_headers, matrix_identity
from sheetsync.model import Consolidation, JournalLine, Plan
from sheetsync.workbooks.block_check import WrittenBook
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.laid_blocks import LaidBlocks
from sheetsync.workbooks.long_table import LongTable, Obstacle, RowsMatterError
from sheetsync.workbooks.port import TableBody
from sheetsync.workbooks.row_blocks import Block, RowFormat, moved


class NotByPartsError(Exception):
    """The office keeps something in its workbook that rows written part by part would not mind."""


class Drawn(Struct, frozen=True):
    """A workbook, how many links it could not hold, and where the rows of its tables lie."""

    data: bytes
    links_left: int
    laid: Mapping[str, Laid]


def bare(workbook: ExcelFile, opened_again: Callable[[], ExcelFile], plan: Plan) -> bytes:
    """The workbook without what runs write into its tables; what the office did in it stays, its targets too.

    Raises ``NotByPartsError``: the office keeps something among the rows.
    """
    try:
        return _emptied(workbook, plan, is_tried=True)
    except RowsMatterError:  # seldom: see ``Writing.drawn``
        return _emptied(opened_again(), plan, is_tried=False)


def _emptied(workbook: ExcelFile, plan: Plan, *, is_tried: bool) -> bytes:
    """Tables whose links lead to others go before them: what is gone need not follow its target."""
    need_table(workbook, MATRIX.name)
    headers = matrix_headers(plan)
    left = columns_that_left(workbook.column_texts(MATRIX.name), headers)
    nothing = TableBody(headers, (), matrix_identity(), dropped_headers=left)
    _empty(workbook, MATRIX.name, nothing, is_tried=is_tried)
    _empty(workbook, FINDINGS.name, TableBody(FINDINGS.headers, ()), is_tried=is_tried)
    _put_blocks(workbook, long_table(workbook, ENTRIES, is_tried=is_tried), ())
    targets = long_table(workbook, INDICATORS, is_tried=is_tried)
    _put_blocks(workbook, targets, [targets_block(plan, targets)] if plan.indicators else ())
    for spec in (COMPLETENESS, LEDGER, UNPLACED, JOURNAL):
        _empty(workbook, spec.name, TableBody(spec.headers, ()), is_tried=is_tried)
    return workbook.to_bytes()


def _empty(workbook: ExcelFile, name: str, nothing: TableBody, *, is_tried: bool) -> None:
    """Take the rows of a table away, one by one where the office keeps something among them.

    What points to single rows would forget which: such a workbook is written whole.
    """
    need_table(workbook, name)
    table = workbook.long_table(name, nothing.headers, is_tried=is_tried)
    if Obstacle.POINTERS in table.obstacles:
        raise NotByPartsError(name, *table.obstacles)
    if table.obstacles or nothing.dropped_headers:
        _none_lost(workbook.replace_table(name, nothing), name)
    else:
        _put_blocks(workbook, table, ())


def targets_block(plan: Plan, table: LongTable) -> Block:
    """The rows of «Показатели» that tell what is aimed at."""
    body = values_of(INDICATORS, map(indicator_record, plan.indicators), INDICATOR_IDENTITY)
    return block_of(form_of(table), table.body.top, body.rows)


class PartRows(Struct):
    """Blocks of one long table, each where the one before it ends; they may be gone through again and again.

    ``order`` are the participants as they follow one another, each with those it was judged with and what
    that was made from. A block that is ``known`` by its key is taken as it is.
    """

    memory: Memory
    order: Sequence[tuple[str, Codes, str]]
    table: LongTable
    of: Callable[[Rows], Mapping[str, Block]]
    known: Mapping[str, Block]
    before: Sequence[tuple[str, Block]] = ()
    keys: list[str] = field(default_factory=list)
    """Keys of the blocks that were given, once all of them were."""
    empty: list[str] = field(default_factory=list)
    """Keys of those that have no rows."""

    def __iter__(self) -> Iterator[Block]:
        room, self.keys, self.empty = _Room(self.table), [], []
        for key, make in self._all():
            block = room.taken(self.known.get(key)) or make()
            if block.row_count:
                self.keys.append(key)
                yield room.placed(block)
            else:
                self.empty.append(key)

    def _all(self) -> Iterator[tuple[str, Callable[[], Block]]]:
        for key, block in self.before:
            yield key, partial(_itself, block)
        last: dict[Codes, Rows] = {}

        def made(codes: Codes, code: str) -> Block:
            if codes not in last:
                last.clear()
                last[codes] = self.memory.rows(codes)
            return self.of(last[codes])[code]

        for code, codes, inputs in self.order:
            yield f"{inputs} {code}", partial(made, codes, code)


def _itself(block: Block) -> Block:
    return block


class HandfulRows:
    """Blocks of a table that tells of everybody, as many as it has handfuls."""

    def __init__(self, told: Told, table: LongTable, known: Mapping[str, Block]) -> None:
        self.keys: list[str] = []
        self.empty: tuple[str, ...] = ()
        self._blocks: list[Block] = []
        room, form = _Room(table), form_of(table)
        for one in told.handfuls:
            block = room.taken(known.get(one.key)) or block_of(form, room.row, one.rows())
            self.keys.append(one.key)
            self._blocks.append(room.placed(block))

    def __iter__(self) -> Iterator[Block]:
        return iter(self._blocks)


class _Room:
    """What is left of a sheet, block after block: its next row, and how many links it still holds."""

    def __init__(self, table: LongTable) -> None:
        self.row = table.body.top
        self._links = table.link_room

    def taken(self, known: Block | None) -> Block | None:
        """A block as it lies in the workbook; ``None`` when links it had no room for there have some now."""
        lost_links = known is not None and known.link_count and not known.links.size
        return None if lost_links and self._links else known

    def placed(self, block: Block) -> Block:
        """A block as the next one."""
        block = moved(block, self.row)
        self.row = block.next_row
        self._links = max(self._links - block.link_count, 0)
        return block


def long_table(workbook: ExcelFile, spec: TableSpec, *, is_tried: bool = True) -> LongTable:
    """A long table that can be written in blocks. Raises ``NotByPartsError``.

    To make a workbook bare its long tables were written: such a one need not be tried again.
    """
    need_table(workbook, spec.name)
    table = workbook.long_table(spec.name, spec.headers, is_tried=is_tried)
    if table.obstacles:
        raise NotByPartsError(spec.name, *table.obstacles)
    return table


def form_of(table: LongTable) -> RowFormat:
    """How its rows are written."""
    if table.form is None:
        raise NotByPartsError(table.place.name)
    return table.form


class Writing(Struct, frozen=True):
    """Draws what parts came to into a workbook; ``inputs`` are what each part was made from, in their order.

    ``before`` is the workbook as the last run left it: what did not change is taken out of it.
    """

    memory: Memory
    joined: Joined
    inputs: Sequence[tuple[Codes, str]]
    before: Before

    @full_sheets_refused()
    def drawn(
        self, bare_one: Callable[[], ExcelFile], found: Consolidation, lines: Sequence[JournalLine]
    ) -> Drawn:
        """The workbook with everything in it, drawn into a bare one. Raises ``NotByPartsError``."""
        try:
            return self._drawn(bare_one(), found, lines, is_tried=True)
        except RowsMatterError:  # seldom: whether tables can be written in blocks is tried one by one then
            return self._drawn(bare_one(), found, lines, is_tried=False)

    def _drawn(
        self, workbook: ExcelFile, found: Consolidation, lines: Sequence[JournalLine], *, is_tried: bool
    ) -> Drawn:
        entries, indicators = (long_table(workbook, spec) for spec in (ENTRIES, INDICATORS))
        rows: list[tuple[LongTable, PartRows | HandfulRows]] = [
            (entries, self._entries(entries)),
            (indicators, self._indicators(found, indicators)),
        ]
        left = sum(_put_blocks(workbook, table, blocks) for table, blocks in rows)
        corner = Corner(entries.place.sheet, entries.body.top)
        for name, told in self._tables(workbook, found, corner, lines).items():
            put, links_left = self._put(workbook, name, told(), is_tried=is_tried)
            left += links_left
            rows += put
        Rendering({}, {str(name): out for name, out in panel_cells(found, lines).items()}).put_into(workbook)
        workbook.revive_kit()
        data = workbook.to_bytes()
        return Drawn(data, left, dict(self._laid(data, rows)))

    def _laid(
        self, data: bytes, rows: Iterable[tuple[LongTable, PartRows | HandfulRows]]
    ) -> Iterator[tuple[str, Laid]]:
        """Where the rows lie. Raises ``NotByPartsError`` when they are not those that were judged: a workbook
        that does not say what it should goes no further than here, and is written whole instead."""
        written = WrittenBook(data)
        for table, blocks in rows:
            laid = written.laid(table.place, blocks) if any(blocks) else LaidBlocks()
            if laid is None:
                raise NotByPartsError(table.place.name)
            yield table.place.name, Laid(tuple(blocks.keys), laid, tuple(blocks.empty))

    def _entries(self, table: LongTable) -> PartRows:
        known = self.before.of(ENTRIES.name)
        return PartRows(self.memory, self._order(), table, _entries_of, known)

    def _indicators(self, found: Consolidation, table: LongTable) -> PartRows:
        first = [("", targets_block(found.plan, table))] if found.plan.indicators else []
        known = self.before.of(INDICATORS.name)
        return PartRows(self.memory, sorted(self._order()), table, _indicators_of, known, first)

    def _order(self) -> list[tuple[str, Codes, str]]:
        """Everybody, as the roster has them."""
        made_from = {code: (codes, inputs) for codes, inputs in self.inputs for code in codes}
        return [(one.code, *made_from[one.code]) for one in self.joined.plan.participants]

    def _tables(
        self, workbook: ExcelFile, found: Consolidation, corner: Corner, lines: Sequence[JournalLine]
    ) -> dict[str, Callable[[], Told]]:
        tables = self.joined.tables(found, corner, read_table(workbook, LIGHTS.name).headers)
        if PAIRS.name not in workbook.table_names():
            del tables[PAIRS.name]
        tables[JOURNAL.name] = lambda: told_by(reversed(lines), journal_body)
        return tables

    def _put(
        self, workbook: ExcelFile, name: str, told: Told, *, is_tried: bool
    ) -> tuple[list[tuple[LongTable, PartRows | HandfulRows]], int]:
        """A table that tells of everybody, and how many links it could not hold."""
        need_table(workbook, name)
        table = workbook.long_table(name, told.headers, is_tried=is_tried) if told.handfuls else None
        if table is None or table.obstacles:
            _none_lost(workbook.replace_table(name, told.body().as_table()), name)
            return [], 0
        blocks = HandfulRows(told, table, self.before.of(name))
        return [(table, blocks)], _put_blocks(workbook, table, blocks)


def _entries_of(rows: Rows) -> Mapping[str, Block]:
    return rows.entries


def _indicators_of(rows: Rows) -> Mapping[str, Block]:
    return rows.indicators


def _put_blocks(workbook: ExcelFile, table: LongTable, blocks: Iterable[Block]) -> int:
    """A long table; how many links it could not hold. Raises ``NotByPartsError`` where anything is lost."""
    put = workbook.replace_blocks(table, blocks)
    _none_lost(put.orphans, table.place.name)
    return put.links_left


def _none_lost(orphans: Iterable[object], name: str) -> None:
    if tuple(orphans):
        raise NotByPartsError(name)
