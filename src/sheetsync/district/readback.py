"""The district workbook read back: which cell of the свод says what, and what is told of which origin.

Nothing here knows what was meant to be written: only declared tables, as they lie in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from sheetsync.columns import ENTRIES, FINDINGS, INDICATORS, UNPLACED, TableSpec
from sheetsync.district.bodies import Record, missing_columns, records_of
from sheetsync.district.records import INDICATOR_IDENTITY, indicator_record
from sheetsync.grid import Book, Table, text_of
from sheetsync.merge.indicators import COMMENT, FACT, row_of
from sheetsync.merge.shown import AnswerCell, Place, Shown, ShownCell, ShownFinding, gathered
from sheetsync.model import Plan
from sheetsync.workbooks.port import TableRows

_ANSWERS: Final = ("status", "done_on", "info", "document", "link", "reason")
_TARGET: Final = tuple(key for key in INDICATOR_IDENTITY if key != "participant")
"""What tells one target of the plan from another."""
_ASKED: Final = (ENTRIES, INDICATORS, FINDINGS, UNPLACED)

ReadTable = Callable[[TableSpec], TableRows | None]
"""Gives a declared table of a workbook; ``None`` when it is not there."""


def speak(tables: Sequence[Table]) -> bool:
    """Whether any of the tables is one that is asked what the свод says."""
    return any(_is(one, spec) for one in tables for spec in _ASKED)


def shown_in(book: Book, plan: Plan) -> Shown:
    """What a workbook says; a table that is not there says nothing."""
    return shown_in_tables(partial(_table_in, book), plan)


def shown_in_tables(read: ReadTable, plan: Plan) -> Shown:
    """The same of a workbook whose tables are read one by one."""

    def records(spec: TableSpec) -> list[Record]:
        table = read(spec)
        return records_of(spec, table) if table else []

    return gathered(
        (*_entries(records(ENTRIES)), *_facts(records(INDICATORS), plan)),
        _findings(records(FINDINGS)),
        _unplaced(records(UNPLACED)),
    )


def _table_in(book: Book, spec: TableSpec) -> TableRows | None:
    found = next(iter(sorted(_candidates(book, spec), key=lambda one: one.name != spec.name)), None)
    sheet = book.sheet(found.sheet) if found else None
    if found is None or sheet is None:
        return None
    area = found.area
    rows = tuple(
        tuple(sheet.at(row, column) for column in range(area.left, area.right + 1))
        for row in range(area.top + 1, area.bottom + 1)
    )
    return TableRows(found.columns, rows, found.sheet, area.top + 1)


def _candidates(book: Book, spec: TableSpec) -> Iterator[Table]:
    """The table of that name; else one the office renamed, by its sheet and headers."""
    return (one for one in book.tables if _is(one, spec))


def _is(table: Table, spec: TableSpec) -> bool:
    if table.name == spec.name:
        return True
    is_there = table.sheet.casefold() == spec.sheet.casefold()
    return is_there and not missing_columns(spec, TableRows(table.columns, ()))


# --- the tables ---------------------------------------------------------------------------------


def _entries(records: Iterable[Record]) -> Iterator[tuple[AnswerCell, ShownCell]]:
    for record in records:
        for column in _ANSWERS:
            yield (_exactly(record, "participant"), _exactly(record, "key"), column), _shown(record, column)


def _facts(records: Iterable[Record], plan: Plan) -> Iterator[tuple[AnswerCell, ShownCell]]:
    rows: dict[tuple[str, ...], list[str]] = {}
    for place, one in enumerate(plan.indicators):
        target = indicator_record(one)
        rows.setdefault(tuple(_text(target.get(key)) for key in _TARGET), []).append(row_of(place))
    for record in records:
        for row in rows.get(tuple(_exactly(record, key) for key in _TARGET), ()):
            for column in (FACT, COMMENT):
                yield (_exactly(record, "participant"), row, column), _shown(record, column)


def _findings(records: Iterable[Record]) -> Iterator[tuple[Place, ShownFinding]]:
    for record in records:
        count = record.cell("count").value
        yield (
            (_exactly(record, "file"), _exactly(record, "cell")),
            ShownFinding(
                _exactly(record, "code"), _exactly(record, "text"), count if isinstance(count, int) else 0
            ),
        )


def _unplaced(records: Iterable[Record]) -> Iterator[tuple[Place, str]]:
    for record in records:
        where = "!".join(part for part in (_exactly(record, "sheet"), _exactly(record, "cell")) if part)
        yield (_exactly(record, "file"), where), _exactly(record, "text")


def _shown(record: Record, column: str) -> ShownCell:
    cell = record.cell(column)
    return ShownCell(cell.text, cell.links)


def _exactly(record: Record, key: str) -> str:
    """A text byte for byte: ``Record.text`` forgives spaces at the ends."""
    return record.cell(key).text


def _text(value: object) -> str:
    return text_of(value) if isinstance(value, str | int | float) else ""
