"""One district's workbook becomes facts. Nothing it holds stops the others: whatever is wrong is a finding.

Imported by the processes of the pool: light, and picklable both ways.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import ENTRIES, TableSpec
from sheetsync.findings import fact_of, make
from sheetsync.grid import Book, Sheet, Value, position
from sheetsync.intake.limits import Reason
from sheetsync.model import Finding, Origin
from sheetsync.region.facts import Tables, facts_of
from sheetsync.region.model import DistrictFacts
from sheetsync.surprises import kind_and_place
from sheetsync.text import skeleton
from sheetsync.workbooks.port import ValueTable
from sheetsync.workbooks.value_cells import Unusual
from sheetsync.workbooks.value_tables import ValueTables

_MOST_BYTES: Final = 200 << 20
_HEADERS_WITHIN: Final = 60
PROCESS_DIED: Final = "программа чтения на нём остановилась"


class BookFacts(Struct, frozen=True):
    """What one workbook came to, and the bytes it was."""

    sha256: str
    facts: DistrictFacts | None
    findings: tuple[Finding, ...] = ()
    is_settled: bool = True
    """Whether the same bytes would come to the same: not when the disk refused."""


def bytes_of(path: Path, name: str) -> bytes | BookFacts:
    """The bytes of a workbook, or why there are none; ``name`` is for messages."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            what = Reason.FILE_TOO_BIG.what(_MOST_BYTES >> 20)
            return _refused("", make("L122", origin=Origin(name), what=what))
        return path.read_bytes()
    except OSError as error:
        what = error.strerror or type(error).__name__
        return _refused("", make("F111", origin=Origin(name), what=what), is_settled=False)


Rows = Callable[[], Iterator[ValueTable | Finding]]
"""The table «Исполнение» from top to bottom, when asked for; a finding where no more can be read."""


def facts_and_rows(data: bytes, name: str) -> tuple[BookFacts, Rows]:
    """The facts of a workbook given as bytes, and a way to its rows. Never raises, the way may."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        book, tables = _counted(data, name, digest)
    except Exception as error:  # noqa: BLE001 - one bad workbook never stops the others
        return _refused(digest, make("X999", origin=Origin(name), what=kind_and_place(error))), _no_rows
    return book, partial(_rows_of, tables, data, name) if tables else _no_rows


def read_rows(data: bytes, name: str) -> list[ValueTable] | Finding:
    """All rows of a workbook given as bytes, or why there are none."""
    pieces = []
    for one in facts_and_rows(data, name)[1]():
        if isinstance(one, Finding):
            return one
        pieces.append(one)
    return pieces


def _no_rows() -> Iterator[ValueTable | Finding]:
    return iter(())


def _rows_of(tables: Tables, data: bytes, name: str) -> Iterator[ValueTable | Finding]:
    """What the quick reader does not know, from some row on, the general one reads."""
    told = 0
    try:
        for one in tables.entry_pieces():
            yield one
            told = one.first_row + len(one.rows) - 1
    except Unusual:
        book = open_general(data, name)
        if isinstance(book, Finding):
            why = dict(book.params).get("what") or fact_of(book).rstrip(".")
            yield make("L123", origin=Origin(name), what=why)
        elif table := table_in(book, ENTRIES):
            yield _below(table, told)


def _below(table: ValueTable, row: int) -> ValueTable:
    """The rows of a table that stand below one of the sheet."""
    above = max(0, row + 1 - table.first_row)
    return replace(table, rows=table.rows[above:], first_row=table.first_row + above)


def _refused(digest: str, finding: Finding, *, is_settled: bool = True) -> BookFacts:
    return BookFacts(digest, None, (finding,), is_settled)


def _counted(data: bytes, name: str, digest: str) -> tuple[BookFacts, Tables | None]:
    try:
        tables = _usual(data)
        counted = facts_of(tables, name)
    except Unusual:
        counted = None
    if counted is None or counted.facts is None:
        general = open_general(data, name)
        if isinstance(general, Finding):
            return _refused(digest, _of_a_book(general)), None
        tables = _general(general)
        counted = facts_of(tables, name)
    return BookFacts(digest, counted.facts, tuple(counted.findings)), tables


def _of_a_book(found: Finding) -> Finding:
    """What keeps a copy of a school from being opened, said of a district's workbook."""
    if found.code != "F106":
        return found
    return make("L122", origin=found.origin, what=dict(found.params)["what"])


def _usual(data: bytes) -> Tables:
    book = ValueTables(data)
    return Tables(
        lambda spec: book.table(spec.name),
        book.named,
        lambda: book.rows_of(ENTRIES.name),
        lambda: book.pieces(ENTRIES.name),
    )


def open_general(data: bytes, name: str) -> Book | Finding:
    """The workbook as the gate and the general readers see it, in whatever format it came."""
    from sheetsync.workbooks.copies import open_copy  # noqa: PLC0415 - hardly ever wanted

    opened = open_copy(data, name)
    if opened.book is not None:
        return opened.book
    return replace(opened.findings[0], origin=Origin(name))


def _general(book: Book) -> Tables:
    def pieces() -> Iterator[ValueTable]:
        if table := table_in(book, ENTRIES):
            yield table

    def entries() -> int:
        return sum(len(one.rows) for one in pieces())

    return Tables(lambda spec: table_in(book, spec), lambda name: named_in(book, name), entries, pieces)


def table_in(book: Book, spec: TableSpec) -> ValueTable | None:
    """A declared table by its name; else by its sheet and headers, when another program lost it."""
    found = next((one for one in book.tables if one.name == spec.name), None)
    if found is not None:
        sheet = next((one for one in book.sheets if one.name == found.sheet), None)
        area = found.area
        if sheet is not None:
            return _cut(sheet, found.columns, area.top + 1, area.left, area.bottom)
    for sheet in book.sheets:
        if sheet.name.casefold() == spec.sheet.casefold():
            return _by_headers(sheet, spec)
    return None


def _by_headers(sheet: Sheet, spec: TableSpec) -> ValueTable | None:
    """The rows under the row that holds most headers of a table."""
    wanted = {skeleton(one.header) for one in spec.columns}
    best = (0, 0)
    for number, cells in sheet.rows():
        if number > _HEADERS_WITHIN:
            break
        best = max(best, (len({skeleton(cell.text) for cell in cells.values()} & wanted), -number))
    met, top = best[0], -best[1]
    if met * 2 <= len(wanted):
        return None
    header = sheet.row(top)
    left, right = min(header), max(header)
    headers = tuple(header[at].text if at in header else "" for at in range(left, right + 1))
    last = max(row for row, _ in sheet.cells)
    return _cut(sheet, headers, top + 1, left, last)


def _cut(sheet: Sheet, headers: tuple[str, ...], top: int, left: int, bottom: int) -> ValueTable:
    columns = range(left, left + len(headers))
    last = min(bottom, max((row for row, _ in sheet.cells), default=0))
    rows = [tuple(sheet.at(row, column).value for column in columns) for row in range(top, last + 1)]
    while rows and not any(value not in (None, "") for value in rows[-1]):
        rows.pop()
    return ValueTable(headers, tuple(rows), sheet.name, top)


def named_in(book: Book, name: str) -> Value:
    """The value of a named cell; ``None`` when there is none."""
    where, _, cell = book.names.get(name, "").rpartition("!")
    sheet = book.sheet(where.strip("'").replace("''", "'"))
    if sheet is None:
        return None
    try:
        return sheet.at(*position(cell)).value
    except ValueError:
        return None
