"""What was read and judged, from run to run: a file beside the journal that may go at any time.

Nothing rests on it. Without it, or when it is of another program or damaged, everything is read and
judged again. It holds words of schools as they are shown (personal data covered), so an act of
destruction takes it away whole.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from array import array
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from sheetsync import __version__
from sheetsync.campaign.parts.keeping import DamagedMemoryError, as_bytes, from_bytes
from sheetsync.campaign.parts.part import CopyRead, Head, Part, Rows, Words
from sheetsync.campaign.parts.shown import Left
from sheetsync.checks.between import NOT_KNOWN, Sharing
from sheetsync.merge.received import Received

_SHAPE: Final = f"{__version__} 12 {sys.version_info[:2]}"
"""Of another shape nothing is understood."""

_JOINT: Final = "\x1f"
_PRIMARY_CODE: Final = 0xFF
_SPOILT: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_TABLES: Final = (
    "CREATE TABLE about (shape TEXT NOT NULL)",
    """CREATE TABLE seen (
        name TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE TABLE readings (place TEXT PRIMARY KEY, light BLOB NOT NULL, packed BLOB NOT NULL)",
    """CREATE TABLE parts (
        codes TEXT PRIMARY KEY, inputs TEXT NOT NULL, is_recorded INTEGER NOT NULL,
        head BLOB NOT NULL, rows BLOB NOT NULL, words BLOB NOT NULL
    )""",
    "CREATE TABLE sharing (value BLOB NOT NULL)",
    "CREATE TABLE names (digest TEXT PRIMARY KEY, signs BLOB NOT NULL)",
    "CREATE TABLE workbook (digest TEXT PRIMARY KEY, value BLOB NOT NULL)",
)


class Remembered(Struct, frozen=True):
    """A part of an earlier run, and what it was made from; its rows and words are fetched when needed."""

    inputs: str
    head: Head


class Memory:
    """An open memory; ``open_memory`` makes one. What is added is forgotten again unless it is ``kept``."""

    def __init__(self, connection: sqlite3.Connection, *, kept: bool) -> None:
        self._connection = connection
        self._is_kept = kept
        rows = connection.execute("SELECT name, size, changed, sha256 FROM seen")
        self._seen: dict[str, tuple[int, int, str]] = {name: tuple(about) for name, *about in rows}

    # --- files of «Получено» (``collecting.SeenFiles``)

    def sha256_of(self, name: str, size: int, changed: int) -> str | None:
        """The digest of a copy met before with this size and time of change (ns)."""
        known = self._seen.get(name)
        return known[2] if known and known[:2] == (size, changed) else None

    def saw(self, name: str, size: int, changed: int, sha256: str) -> None:
        """A copy, not an archive of copies, was met."""
        self._seen[name] = size, changed, sha256
        self._connection.execute(
            "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)", (name, size, changed, sha256)
        )

    # --- what was read

    def readings(self, digest: str) -> dict[str, Received]:
        """Copies read before, without their answers, by what each reading depended on beside ``digest``."""
        rows = self._connection.execute(
            "SELECT place, light FROM readings WHERE place LIKE ? || '%'", (digest,)
        )
        return {place: from_bytes(light) for place, light in rows}

    def packed(self, place: str) -> bytes:
        """All of a reading that is known to be there."""
        found = self.find_packed(place)
        if found is None:
            raise DamagedMemoryError
        return found

    def find_packed(self, place: str) -> bytes | None:
        """All of a reading; ``None`` of a copy nobody has read."""
        query = "SELECT packed FROM readings WHERE place = ?"
        with _as_damaged():
            row = self._connection.execute(query, (place,)).fetchone()
        return bytes(row[0]) if row else None

    def add_reading(self, place: str, read: CopyRead) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO readings VALUES (?, ?, ?)",
            (place, read.light_bytes, read.packed),
        )

    def keep_readings(self, places: Set[str]) -> None:
        """Forget all readings but these."""
        with _as_damaged():
            known = [place for (place,) in self._connection.execute("SELECT place FROM readings")]
        gone = [(place,) for place in known if place not in places]
        self._connection.executemany("DELETE FROM readings WHERE place = ?", gone)

    def signs_of_names(self, digest: str) -> array[int] | None:
        """What the names of a roster with this digest are found by."""
        row = self._connection.execute("SELECT signs FROM names WHERE digest = ?", (digest,)).fetchone()
        found: array[int] | None = from_bytes(row[0]) if row else None
        return found

    def keep_signs_of_names(self, digest: str, signs: array[int]) -> None:
        """Keep what these names are found by, and of no others."""
        self._connection.execute("DELETE FROM names")
        self._connection.execute("INSERT INTO names VALUES (?, ?)", (digest, as_bytes(signs)))

    # --- what was judged

    def parts(self) -> dict[tuple[str, ...], Remembered]:
        """Every part there is, by the codes of its participants."""
        rows = self._connection.execute("SELECT codes, inputs, head FROM parts")
        return {_codes(codes): Remembered(inputs, from_bytes(head)) for codes, inputs, head in rows}

    def head(self, codes: tuple[str, ...]) -> Head:
        """What every run needs of a part."""
        found: Head = self._of_part("head", codes)
        return found

    def rows(self, codes: tuple[str, ...]) -> Rows:
        """The rows of a part, as bytes."""
        found: Rows = self._of_part("rows", codes)
        return found

    def words(self, codes: tuple[str, ...]) -> Words:
        """The words of a part."""
        found: Words = self._of_part("words", codes)
        return found

    def _of_part(self, column: str, codes: tuple[str, ...]) -> Any:
        (found,) = self._connection.execute(
            f"SELECT {column} FROM parts WHERE codes = ?", (_JOINT.join(codes),)
        ).fetchone()
        return from_bytes(found)

    def add_part(self, codes: tuple[str, ...], inputs: str, part: Part) -> None:
        """A part as it is now; its rows may be those that are here already."""
        place = _JOINT.join(codes)
        if part.rows is None:
            self._connection.execute(
                "UPDATE parts SET inputs = ?, is_recorded = 0, head = ?, words = ? WHERE codes = ?",
                (inputs, part.head, part.words, place),
            )
            return
        self._connection.execute(
            "INSERT OR REPLACE INTO parts VALUES (?, ?, 0, ?, ?, ?)",
            (place, inputs, part.head, part.rows, part.words),
        )

    def unrecorded(self) -> list[tuple[str, ...]]:
        """Parts whose words the journal does not have yet."""
        return [
            _codes(codes)
            for (codes,) in self._connection.execute("SELECT codes FROM parts WHERE NOT is_recorded")
        ]

    def recorded(self) -> None:
        """The journal has the words of all parts."""
        self._connection.execute("UPDATE parts SET is_recorded = 1 WHERE NOT is_recorded")

    def keep_parts(self, codes: Set[tuple[str, ...]]) -> None:
        """Forget all parts but these."""
        known = [joined for (joined,) in self._connection.execute("SELECT codes FROM parts")]
        gone = [(joined,) for joined in known if _codes(joined) not in codes]
        self._connection.executemany("DELETE FROM parts WHERE codes = ?", gone)

    def sharing(self) -> Sharing:
        """Who shared what with others when this was last looked for."""
        row = self._connection.execute("SELECT value FROM sharing").fetchone()
        found: Sharing = from_bytes(row[0]) if row else NOT_KNOWN
        return found

    def keep_sharing(self, sharing: Sharing) -> None:
        """Keep who shares what with others."""
        self._connection.execute("DELETE FROM sharing")
        self._connection.execute("INSERT INTO sharing VALUES (?)", (as_bytes(sharing),))

    # --- how the workbook was left

    def left(self, digest: str) -> Left | None:
        """How a run left the workbook with this digest; ``None`` of any other."""
        row = self._connection.execute("SELECT value FROM workbook WHERE digest = ?", (digest,)).fetchone()
        found: Left | None = from_bytes(row[0]) if row else None
        return found

    def keep_left(self, digest: str, left: Left) -> None:
        """Keep how this workbook was left, and of no other."""
        self._connection.execute("DELETE FROM workbook")
        self._connection.execute("INSERT INTO workbook VALUES (?, ?)", (digest, as_bytes(left)))

    def commit(self) -> None:
        """Keep what was added so far."""
        if self._is_kept:
            self._connection.commit()


class _Connection(sqlite3.Connection):
    """One that tells trouble with the memory from trouble with the journal."""

    def execute(self, *about: Any) -> sqlite3.Cursor:
        with _as_damaged():
            return super().execute(*about)

    def executemany(self, *about: Any) -> sqlite3.Cursor:
        with _as_damaged():
            return super().executemany(*about)

    def commit(self) -> None:
        with _as_damaged():
            super().commit()


@contextlib.contextmanager
def _as_damaged() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise DamagedMemoryError from error


@contextlib.contextmanager
def open_memory(path: Path | None, *, keep: bool = True) -> Iterator[Memory]:
    """The memory of a campaign; one that cannot be understood is begun anew. Without a path it lasts as
    long as the run.

    What was added is kept also when the run is interrupted, unless nothing is to be kept. Raises
    ``DamagedMemoryError`` when the disk does not give back what it was given, or takes no more.
    """
    connection = _opened(path)
    memory = Memory(connection, kept=keep)
    try:
        yield memory
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE in _SPOILT:
            raise DamagedMemoryError from error
        raise
    finally:
        with contextlib.suppress(DamagedMemoryError):
            memory.commit()
        connection.close()


def _opened(path: Path | None) -> sqlite3.Connection:
    if path is None:
        return _prepared("")
    try:
        return _prepared(path)
    except DamagedMemoryError:
        forget(path)
        return _prepared(path)


def forget(path: Path) -> None:
    """Let a memory go, where the disk allows it."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _prepared(path: Path | str) -> sqlite3.Connection:
    try:
        if isinstance(path, Path) and not path.exists():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        with _as_damaged():
            connection = sqlite3.connect(path, factory=_Connection)
            connection.text_factory = lambda text: text.decode(errors="replace")
    except OSError as error:
        raise DamagedMemoryError from error
    try:
        connection.execute("PRAGMA synchronous = OFF")  # what is lost is read again
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        shapes = _shapes_in(connection)
        if shapes != [_SHAPE]:
            _begin(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _shapes_in(connection: sqlite3.Connection) -> list[str]:
    known = connection.execute("SELECT name FROM sqlite_master WHERE name = 'about'").fetchall()
    return [shape for (shape,) in connection.execute("SELECT shape FROM about")] if known else []


def _begin(connection: sqlite3.Connection) -> None:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in tables:
        connection.execute(f"DROP TABLE {name}")
    for table in _TABLES:
        connection.execute(table)
    connection.execute("INSERT INTO about VALUES (?)", (_SHAPE,))
    connection.commit()


def _codes(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(_JOINT)) if joined else ()
