"""The region's workbook: opened or made from its template, its tables replaced, written whole.

What the region's office added to it (sheets, colours, columns beside ours) stays, as in a district's.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.campaign.files import find_tables, open_template
from sheetsync.campaign.regional.memory import Stamp
from sheetsync.columns import REGION_MATRIX, REGION_TABLES, RegionCell, RegionSign
from sheetsync.findings import make
from sheetsync.model import Finding
from sheetsync.notices import say
from sheetsync.region.bodies import Body, RowValue
from sheetsync.region.notices import RegionNotice
from sheetsync.surprises import kind_and_place
from sheetsync.values import dataclass
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.long_table import Obstacle
from sheetsync.workbooks.port import Out, TableBody, TableRows
from sheetsync.workbooks.row_blocks import Block, RowFormat
from sheetsync.workbooks.row_encoding import encode_rows
from sheetsync.workbooks.templates import Template

BOOK_NAME: Final = "Регион.xlsx"
_BLOCK_ROWS: Final = 2_000
_SIGNS: Final = tuple(one.value for one in RegionSign)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the workbook is to show."""

    bodies: Mapping[str, Body]
    cells: Mapping[RegionCell, Out]


@dataclass(frozen=True, slots=True)
class Put:
    """Where the workbook lies now, as what bytes."""

    path: Path
    sha256: str
    findings: tuple[Finding, ...] = ()


def put(drawing: Drawing, folder: Path, last_sha256: str) -> Put:
    """Write the workbook of a region's folder; one that is as the last run wrote it is made anew, which
    is far less work than changing it. Raises ``store.StoreError``."""
    path = folder / BOOK_NAME
    with store.disk_errors(path):
        old = path.read_bytes() if path.exists() else None
    is_ours = old is not None and store.sha256(old) == last_sha256
    data = drawn(drawing, None if is_ours else old, folder)
    if data == old:
        return Put(path, store.sha256(data))
    if not store.is_open_elsewhere(path):
        with contextlib.suppress(store.TargetBusy):
            store.write_atomically(path, data, instead_of=old)
            return Put(path, store.sha256(data))
    beside = next(one for one in store.names_beside(path) if _is_written(one, data))
    return Put(beside, store.sha256(data), (make("L118", name=beside.name),))


def is_as_written(folder: Path, sha256: str, name: str) -> bool:
    """Whether the workbook is still what the last run wrote."""
    path = folder / name
    with contextlib.suppress(OSError):
        return Stamp.of(path) is not None and store.sha256(path.read_bytes()) == sha256
    return False


def drawn(drawing: Drawing, old: bytes | None, folder: Path) -> bytes:
    """The workbook with its tables replaced."""
    book = _opened(old, folder)
    for name, body in drawing.bodies.items():
        _put_table(book, name, body)
    for cell, out in drawing.cells.items():
        with contextlib.suppress(KeyError):  # the office took this figure off its «Панель»
            book.write_named(cell, out)
    return book.to_bytes()


def _put_table(book: ExcelFile, name: str, body: Body) -> None:
    """A table row by row as bytes, where nobody has anything beside its rows; else cell by cell."""
    table = book.long_table(name, body.headers)
    if table.obstacles == (Obstacle.COLUMNS,):
        headers = book.read_table(name)
        left = _columns_left(headers, body)
        if set(headers.headers) <= {*body.headers, *left}:
            empty = TableBody(body.headers, (), body.key_headers, dropped_headers=left)
            book.replace_table(name, empty)
            table = book.long_table(name, body.headers)
    if table.obstacles or table.form is None:
        left = _columns_left(book.read_table(name), body)
        rows = tuple(tuple(map(_out, row)) for row in body.rows())
        book.replace_table(name, TableBody(body.headers, rows, body.key_headers, dropped_headers=left))
        return
    book.replace_blocks(table, list(_blocks(table.form, table.body.top, body)))


def _blocks(form: RowFormat, first: int, body: Body) -> Iterator[Block]:
    rows = body.rows()
    while chunk := list(islice(rows, _BLOCK_ROWS)):
        yield encode_rows(form, first, chunk)
        first += len(chunk)


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


def _columns_left(table: TableRows, body: Body) -> tuple[str, ...]:
    """Districts' columns of «Свод» that are no longer there: only our signs stand in them."""
    if body.headers[: len(REGION_MATRIX.headers)] != REGION_MATRIX.headers:
        return ()
    gone = []
    for place, header in enumerate(table.headers):
        texts = {row[place].text for row in table.rows} - {""}
        if header not in body.headers and texts and all(text.startswith(_SIGNS) for text in texts):
            gone.append(header)
    return tuple(gone)


def _is_written(beside: Path, data: bytes) -> bool:
    if store.is_open_elsewhere(beside):
        return False
    try:
        store.write_atomically(beside, data)
    except store.TargetBusy:
        return False
    return True
