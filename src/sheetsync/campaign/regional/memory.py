"""What earlier roll-ups read: the facts of every workbook, known again by a stat alone.

One SQLite file in the region's folder. A workbook changed within the last moments before it was read
is not believed by its time: a second edit could have the same one.
"""

from __future__ import annotations

import contextlib
import errno
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import __version__, store
from sheetsync.campaign.regional.reading import BookFacts
from sheetsync.campaign.regional.row_files import RowFile
from sheetsync.model import Finding, Origin
from sheetsync.notices import say
from sheetsync.region.model import FACTS_VERSION, facts_as_json, facts_from_json
from sheetsync.region.notices import RegionNotice
from sheetsync.workbooks.row_blocks import Block, Piece

MEMORY_FILE: Final = "region.sqlite"
_EDITION: Final = f"{FACTS_VERSION}/{__version__}"
_TICK_NS: Final = 2_000_000_000
"""The coarsest clock of a disk: two edits within it may leave the same time."""

_SCHEMA: Final = 2
_TABLES: Final = {
    "books": "path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL,"
    " read_at INTEGER NOT NULL, sha256 TEXT NOT NULL, edition TEXT NOT NULL, rows INTEGER,"
    " facts BLOB NOT NULL",
    "received": "folder TEXT PRIMARY KEY, state TEXT NOT NULL, news TEXT NOT NULL",
    "row_files": "path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, title TEXT NOT NULL, file TEXT NOT NULL",
    "last": "name TEXT PRIMARY KEY, value TEXT NOT NULL",
    "bare": "book TEXT PRIMARY KEY, data BLOB NOT NULL",
    "blocks": "digest TEXT PRIMARY KEY, first_row INTEGER NOT NULL, row_count INTEGER NOT NULL,"
    " rows BLOB NOT NULL, rows_crc INTEGER NOT NULL, rows_size INTEGER NOT NULL,"
    " links BLOB NOT NULL, links_crc INTEGER NOT NULL, links_size INTEGER NOT NULL,"
    " relations BLOB NOT NULL, relations_crc INTEGER NOT NULL, relations_size INTEGER NOT NULL,"
    " link_count INTEGER NOT NULL",
}


class Stamp(Struct, frozen=True):
    """A file as a stat shows it."""

    size: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> Stamp | None:
        """``None`` for a file that cannot be looked at: whoever reads it says why."""
        try:
            found = path.stat()
        except OSError:
            return None
        return cls(found.st_size, found.st_mtime_ns)


class Seen(NamedTuple):
    """A workbook as it was read: how it lay, when, which bytes, how many rows; ``None`` for no facts."""

    stamp: Stamp
    read_at: int
    sha256: str
    rows: int | None

    def is_as(self, stamp: Stamp) -> bool:
        """Whether it must still hold the same bytes, by a stat alone."""
        return self.stamp == stamp and stamp.changed + _TICK_NS <= self.read_at


class Memory:
    """An open memory; ``open_memory`` makes one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def commit(self) -> None:
        self._connection.commit()

    # --- workbooks

    def seen(self) -> dict[str, Seen]:
        """Everything that was read, by path."""
        query = "SELECT path, size, changed, read_at, sha256, rows FROM books WHERE edition = ?"
        return {
            path: Seen(Stamp(size, changed), read_at, sha256, rows)
            for path, size, changed, read_at, sha256, rows in self._connection.execute(query, (_EDITION,))
        }

    def book(self, path: Path, name: str) -> BookFacts | None:
        """What was read of a workbook; ``None`` when that cannot be told any more."""
        query = "SELECT sha256, facts FROM books WHERE path = ? AND edition = ?"
        found = self._connection.execute(query, (str(path), _EDITION)).fetchone()
        return _unpacked(found[0], found[1], name) if found else None

    def keep(self, path: Path, stamp: Stamp, read_at: int, book: BookFacts) -> None:
        """Remember a workbook as it was when the reading began."""
        about = (stamp.size, stamp.changed, read_at, book.sha256, _EDITION)
        rows = book.facts.entries if book.facts else None
        self._connection.execute(
            "INSERT OR REPLACE INTO books VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (str(path), *about, rows, _packed(book)),
        )

    def keep_time(self, path: Path, stamp: Stamp, read_at: int) -> None:
        """A workbook holds the bytes it held, with another time."""
        self._connection.execute(
            "UPDATE books SET changed = ?, read_at = ? WHERE path = ?", (stamp.changed, read_at, str(path))
        )

    # --- campaigns

    def news(self, folder: Path, state: str) -> str | None:
        """What was found out about «Получено» while it was in this state."""
        query = "SELECT news FROM received WHERE folder = ? AND state = ?"
        found = self._connection.execute(query, (str(folder), state)).fetchone()
        return str(found[0]) if found else None

    def keep_news(self, folder: Path, state: str, news: str) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO received VALUES (?, ?, ?)", (str(folder), state, news)
        )

    # --- rows as Parquet

    def row_files(self) -> dict[str, RowFile]:
        """Files of rows by the path of their workbook."""
        rows = self._connection.execute("SELECT path, sha256, title, file FROM row_files")
        return {path: RowFile(*about) for path, *about in rows}

    def keep_row_file(self, path: Path, one: RowFile) -> None:
        self._connection.execute("INSERT OR REPLACE INTO row_files VALUES (?, ?, ?, ?)", (str(path), *one))

    def forget_row_files(self, paths: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM row_files WHERE path = ?", [(path,) for path in paths])

    # --- what was drawn last

    def last(self, name: str) -> Any:
        """A simple value of the last run; ``None`` when there is none."""
        found = self._connection.execute("SELECT value FROM last WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None

    def keep_last(self, name: str, value: object) -> None:
        told = json.dumps(value, ensure_ascii=True)
        self._connection.execute("INSERT OR REPLACE INTO last VALUES (?, ?)", (name, told))

    def bare(self, book: str) -> bytes | None:
        """The workbook runs draw into, as it belongs to a region's workbook of this digest."""
        found = self._connection.execute("SELECT data FROM bare WHERE book = ?", (book,)).fetchone()
        return bytes(found[0]) if found else None

    def keep_bare(self, book: str, data: bytes) -> None:
        self._connection.execute("DELETE FROM bare")
        self._connection.execute("INSERT INTO bare VALUES (?, ?)", (book, data))

    # --- rows of the region's tables

    def block(self, digest: str) -> Block | None:
        found = self._connection.execute("SELECT * FROM blocks WHERE digest = ?", (digest,)).fetchone()
        if not found:
            return None
        _, first_row, row_count, *pieces, link_count = found
        rows, links, relations = (Piece(*pieces[at : at + 3]) for at in (0, 3, 6))
        return Block(first_row, row_count, rows, links, relations, link_count)

    def keep_block(self, digest: str, one: Block) -> None:
        """Remember a block without notes and formulas."""
        values = (digest, one.first_row, one.row_count, *one.rows, *one.links, *one.relations, one.link_count)
        self._connection.execute(
            "INSERT OR REPLACE INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
        )

    def block_digests(self) -> set[str]:
        return {one for (one,) in self._connection.execute("SELECT digest FROM blocks")}

    def forget_blocks(self, digests: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM blocks WHERE digest = ?", [(one,) for one in digests])


@contextlib.contextmanager
def open_memory(folder: Path) -> Iterator[Memory]:
    """The memory of a region's folder; what was read is kept also when the run is cut off.

    Raises ``store.StoreError`` when the disk or the file refuses.
    """
    path = folder / store.STATE_FOLDER / MEMORY_FILE
    with store.disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(path)
        with contextlib.closing(connection):
            _prepare(connection)
            try:
                yield Memory(connection)
            finally:
                connection.commit()
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            with store.disk_errors(path):
                raise OSError(errno.ENOSPC, str(error)) from error
        raise store.StoreError(say(RegionNotice.MEMORY_FAILS, path=path, reason=error)) from error


def _prepare(connection: sqlite3.Connection) -> None:
    """The tables of this program; those of another one are of no use."""
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    if schema == _SCHEMA:
        return
    for name, columns in _TABLES.items():
        connection.execute(f"DROP TABLE IF EXISTS {name}")
        connection.execute(f"CREATE TABLE {name} ({columns})")
    connection.execute(f"PRAGMA user_version = {_SCHEMA}")


def digest_of(path: Path) -> str:
    """The digest of a file; '' for one that cannot be read: whoever reads it says why."""
    try:
        return store.sha256(path.read_bytes())
    except OSError:
        return ""


def _packed(book: BookFacts) -> bytes:
    told = {
        "facts": facts_as_json(book.facts) if book.facts else None,
        "findings": [_finding_told(one) for one in book.findings],
    }
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def _unpacked(sha256: str, packed: bytes, name: str) -> BookFacts | None:
    """``None`` for what this program did not write: the workbook is read again."""
    try:
        told: dict[str, Any] = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
        facts = facts_from_json(told["facts"]) if told["facts"] else None
        findings = tuple(_finding(one, name) for one in told["findings"])
    except (ValueError, KeyError, TypeError, zlib.error):
        return None
    return BookFacts(sha256, facts, findings)


def _finding_told(one: Finding) -> list[Any]:
    """A finding about one workbook, whatever that is called by then."""
    return [one.code, one.origin.sheet, one.origin.cell, one.count, one.params]


def findings_told(findings: Iterable[Finding]) -> list[Any]:
    """Findings as plain lists, with the workbooks they are about."""
    return [[one.origin.file, _finding_told(one)] for one in findings]


def findings_from(told: Iterable[Any]) -> tuple[Finding, ...]:
    """The findings again."""
    return tuple(_finding(one, file) for file, one in told)


def _finding(told: list[Any], name: str) -> Finding:
    code, sheet, cell, count, params = told
    origin = replace(Origin(name), sheet=sheet, cell=cell)
    return Finding(code, None, None, origin, tuple((key, text) for key, text in params), count)
