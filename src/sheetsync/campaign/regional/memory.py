"""What earlier roll-ups read: the facts of every workbook, known again by a stat alone.

One SQLite file in the region's folder. A workbook changed within the last moments before it was read
is not believed by its time: a second edit could have the same one.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from sheetsync import __version__, store
from sheetsync.campaign.regional.reading import BookFacts
from sheetsync.model import Finding, Origin
from sheetsync.notices import say
from sheetsync.region.model import FACTS_VERSION, facts_as_json, facts_from_json
from sheetsync.region.notices import RegionNotice
from sheetsync.values import dataclass

MEMORY_FILE: Final = "region.sqlite"
_EDITION: Final = f"{FACTS_VERSION}/{__version__}"
_TICK_NS: Final = 2_000_000_000
"""The coarsest clock of a disk: two edits within it may leave the same time."""

_TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS books (
        path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, read_at INTEGER NOT NULL,
        sha256 TEXT NOT NULL, edition TEXT NOT NULL, facts BLOB NOT NULL
    )""",
    "CREATE TABLE IF NOT EXISTS received (folder TEXT PRIMARY KEY, state TEXT NOT NULL, news TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS row_files (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, file TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS drawn (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Stamp:
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


class Memory:
    """An open memory; ``open_memory`` makes one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def commit(self) -> None:
        self._connection.commit()

    # --- workbooks

    def unchanged(self, path: Path, stamp: Stamp, name: str) -> BookFacts | None:
        """What was read of a workbook that lies as it lay then."""
        row = self._row(path)
        is_same = row is not None and (row[0], row[1]) == (stamp.size, stamp.changed)
        if row is None or not is_same or stamp.changed + _TICK_NS > row[2]:
            return None
        return _unpacked(row[3], row[4], name)

    def touched(self, path: Path, stamp: Stamp, name: str) -> BookFacts | None:
        """What was read of a workbook whose bytes are still the same, whatever its time says."""
        row = self._row(path)
        if row is None or row[0] != stamp.size or row[3] != _digest(path):
            return None
        return _unpacked(row[3], row[4], name)

    def _row(self, path: Path) -> tuple[int, int, int, str, bytes] | None:
        query = "SELECT size, changed, read_at, sha256, facts FROM books WHERE path = ? AND edition = ?"
        found: tuple[int, int, int, str, bytes] | None = self._connection.execute(
            query, (str(path), _EDITION)
        ).fetchone()
        return found

    def keep(self, path: Path, stamp: Stamp, read_at: int, book: BookFacts) -> None:
        """Remember a workbook as it was when the reading began."""
        self._connection.execute(
            "INSERT OR REPLACE INTO books VALUES (?, ?, ?, ?, ?, ?, ?)",
            (str(path), stamp.size, stamp.changed, read_at, book.sha256, _EDITION, _packed(book)),
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

    def row_files(self) -> dict[str, tuple[str, str]]:
        """Files of rows by the path of their workbook: its sha256 and the name of the file."""
        rows = self._connection.execute("SELECT path, sha256, file FROM row_files")
        return {path: (sha256, file) for path, sha256, file in rows}

    def keep_row_file(self, path: str, sha256: str, file: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO row_files VALUES (?, ?, ?)", (path, sha256, file))

    def forget_row_files(self, paths: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM row_files WHERE path = ?", [(path,) for path in paths])

    # --- what was drawn last

    def drawn(self, name: str) -> str:
        found = self._connection.execute("SELECT value FROM drawn WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def keep_drawn(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO drawn VALUES (?, ?)", (name, value))


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
            for table in _TABLES:
                connection.execute(table)
            try:
                yield Memory(connection)
            finally:
                connection.commit()
    except sqlite3.Error as error:
        raise store.StoreError(say(RegionNotice.MEMORY_FAILS, path=path, reason=error)) from error


def _digest(path: Path) -> str:
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
    return [one.code, one.origin.sheet, one.origin.cell, one.count, one.params]


def _finding(told: list[Any], name: str) -> Finding:
    code, sheet, cell, count, params = told
    origin = replace(Origin(name), sheet=sheet, cell=cell)
    return Finding(code, None, None, origin, tuple((key, text) for key, text in params), count)
