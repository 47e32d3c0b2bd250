"""The region's workbook: opened or made from its template, its tables replaced, written whole.

What the region's office added to it (sheets, colours, columns beside ours) stays, as in a district's.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.files import find_tables, open_template
from sheetsync.columns import REGION_MATRIX, REGION_TABLES, RegionCell, RegionSign
from sheetsync.findings import make
from sheetsync.model import Finding
from sheetsync.notices import say
from sheetsync.region.bodies import Body, RowValue
from sheetsync.region.notices import RegionNotice
from sheetsync.surprises import kind_and_place
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.long_table import LongTable
from sheetsync.workbooks.port import Out, TableBody
from sheetsync.workbooks.row_blocks import Block, RowFormat, moved
from sheetsync.workbooks.row_encoding import encode_rows
from sheetsync.workbooks.templates import Template

BOOK_NAME: Final = "Регион.xlsx"
_BLOCK_ROWS: Final = 2_000
_SIGNS: Final = tuple(one.value for one in RegionSign)


class Drawing(Struct, frozen=True):
    """What the workbook is to show."""

    bodies: Mapping[str, Body]
    cells: Mapping[RegionCell, Out]


class Put(Struct, frozen=True):
    """Where the workbook lies now, as what bytes."""

    path: Path
    sha256: str
    findings: tuple[Finding, ...] = ()


class Blocks(Protocol):
    """Blocks of rows kept between runs."""

    def block(self, digest: str) -> Block | None: ...

    def keep_block(self, digest: str, one: Block) -> None: ...


@dataclass(slots=True)
class Before:
    """What earlier runs left: blocks of rows, and the columns of «Свод» they wrote. ``used`` are the
    blocks this run has a use for."""

    blocks: Blocks
    columns: frozenset[str] = frozenset()
    used: set[str] = field(default_factory=set)


def put(data: bytes, folder: Path, old: bytes | None) -> Put:
    """Write the workbook of a region's folder in place of ``old``. Raises ``store.StoreError``."""
    path = folder / BOOK_NAME
    if data == old:
        return Put(path, store.sha256(data))
    if not store.is_open_elsewhere(path):
        with contextlib.suppress(store.TargetBusy):
            store.write_atomically(path, data, instead_of=old)
            return Put(path, store.sha256(data))
    beside = next(one for one in store.names_beside(path) if _is_written(one, data))
    return Put(beside, store.sha256(data), (make("L118", name=beside.name),))


def read_old(folder: Path) -> bytes | None:
    """The workbook as it lies; ``None`` for none. Raises ``store.StoreError``."""
    path = folder / BOOK_NAME
    with store.disk_errors(path):
        return path.read_bytes() if path.exists() else None


def is_as_written(folder: Path, sha256: str) -> bool:
    """Whether the workbook is still what the last run wrote."""
    with contextlib.suppress(OSError):
        return store.sha256((folder / BOOK_NAME).read_bytes()) == sha256
    return False


def bare(old: bytes, folder: Path, columns: Collection[str]) -> bytes | None:
    """A workbook somebody worked in, without the rows of runs; ``None`` when he did so among the rows.

    ``columns`` of «Свод» are known to be districts'. Raises ``store.StoreError``.
    """
    book = _opened(old, folder)
    tables = [book.long_table(spec.name, spec.headers) for spec in REGION_TABLES if spec is not REGION_MATRIX]
    tables.append(_matrix(book, columns))
    if any(one.obstacles for one in tables) or any(book.replace_blocks(one, ()).orphans for one in tables):
        return None
    return book.to_bytes()


def drawn(drawing: Drawing, into: bytes | None, folder: Path, before: Before) -> bytes:
    """A workbook with its tables replaced: the one ``into`` which it is drawn, else the template."""
    book = _opened(into, folder)
    gone = _fit_columns(book, drawing.bodies[REGION_MATRIX.name], before.columns)
    tables = {name: book.long_table(name, body.headers) for name, body in drawing.bodies.items()}
    for name, table in tables.items():
        if table.form and not table.obstacles:
            book.replace_blocks(table, _Rows(table.form, table.body.top, drawing.bodies[name], before))
    for name, table in tables.items():
        if not table.form or table.obstacles:
            dropped = gone if name == REGION_MATRIX.name else ()
            book.replace_table(name, _as_cells(drawing.bodies[name], dropped))
    for cell, out in drawing.cells.items():
        with contextlib.suppress(KeyError):  # the office took this figure off its «Панель»
            book.write_named(cell, out)
    return book.to_bytes()


def _matrix(book: ExcelFile, columns: Collection[str]) -> LongTable:
    """«Свод» as it stands, with the columns of the districts that were."""
    ours = _district_columns(book.column_texts(REGION_MATRIX.name), columns)
    return book.long_table(REGION_MATRIX.name, (*REGION_MATRIX.headers, *ours))


def _fit_columns(book: ExcelFile, body: Body, columns: Collection[str]) -> tuple[str, ...]:
    """Give «Свод» the columns of the districts that are now, where nobody minds its rows; tells which of
    its columns are no district's any more."""
    texts = book.column_texts(REGION_MATRIX.name)
    gone = tuple(one for one in _district_columns(texts, columns) if one not in body.headers)
    is_fit = not gone and set(body.headers) <= texts.keys()
    if not is_fit and not _matrix(book, columns).obstacles:
        book.replace_table(
            REGION_MATRIX.name, TableBody(body.headers, (), body.key_headers, dropped_headers=gone)
        )
    return gone


def _as_cells(body: Body, dropped: tuple[str, ...]) -> TableBody:
    """Rows that have to be met one by one with those that stand there."""
    rows = tuple(tuple(map(_out, row)) for row in body.rows())
    return TableBody(body.headers, rows, body.key_headers, dropped_headers=dropped)


class _Rows:
    """The rows of a table in blocks; those a run before has made are taken from there."""

    def __init__(self, form: RowFormat, first: int, body: Body, before: Before) -> None:
        self._form = form
        self._looks = form.digest
        self._first = first
        self._body = body
        self._before = before
        self._made = () if body.pieces else tuple(self._chunks())

    def __iter__(self) -> Iterator[Block]:
        return self._of_pieces() if self._body.pieces else iter(self._made)

    def _chunks(self) -> Iterator[Block]:
        rows, first = self._body.rows(), self._first
        while chunk := list(islice(rows, _BLOCK_ROWS)):
            yield encode_rows(self._form, first, chunk)
            first += len(chunk)

    def _of_pieces(self) -> Iterator[Block]:
        first, blocks = self._first, self._before.blocks
        for piece in self._body.pieces:
            told = f"{self._looks} {piece.key}"
            digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
            known = blocks.block(digest)
            block = moved(known, first) if known else encode_rows(self._form, first, list(piece.rows()))
            if block is not known:
                blocks.keep_block(digest, block)
            self._before.used.add(digest)
            yield block
            first = block.next_row


def _out(value: RowValue) -> Out:
    return value if isinstance(value, Out) else Out(value)


def _opened(old: bytes | None, folder: Path) -> ExcelFile:
    if old is None:
        return open_template(Template.REGION, folder)
    path = folder / BOOK_NAME
    try:
        book = ExcelFile.from_bytes(old)
        find_tables(book, REGION_TABLES)
        lost = [one.sheet for one in REGION_TABLES if one.name not in book.table_names()]
    except (ValueError, KeyError, SyntaxError) as error:
        reason = kind_and_place(error)
        raise store.StoreError(say(RegionNotice.BOOK_BROKEN, path=path, reason=reason)) from error
    if lost:
        reason = ", ".join(f"«{sheet}»" for sheet in lost)
        raise store.StoreError(say(RegionNotice.BOOK_BROKEN, path=path, reason=reason))
    return book


def _district_columns(texts: Mapping[str, frozenset[str]], columns: Collection[str]) -> list[str]:
    """Columns of «Свод» that runs wrote: only our signs stand in them, or nothing where one is known to
    be a district's."""
    ours = []
    for header, told in texts.items():
        is_ours = all(text.startswith(_SIGNS) for text in told) if told else header in columns
        if is_ours and header not in REGION_MATRIX.headers:
            ours.append(header)
    return ours


def _is_written(beside: Path, data: bytes) -> bool:
    if store.is_open_elsewhere(beside):
        return False
    try:
        store.write_atomically(beside, data)
    except store.TargetBusy:
        return False
    return True
