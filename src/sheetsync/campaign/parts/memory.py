"""What was read and judged, from run to run: a file beside the journal that may go at any time.

Nothing rests on it. Without it, or when it is of another program or damaged, everything is read and
judged again. It holds words of schools as they are shown (personal data covered), so an act of
destruction takes it away whole.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from sheetsync import __version__
from sheetsync.campaign.parts.part import Body, CopyRead, Head, Part
from sheetsync.merge.received import Received
from sheetsync.values import dataclass

MEMORY_FILE: Final = "memory.sqlite"
_SHAPE: Final = f"{__version__} 1"
"""Of another shape nothing is understood."""

_JOINT: Final = "\x1f"
_TABLES: Final = (
    "CREATE TABLE about (shape TEXT NOT NULL)",
    """CREATE TABLE seen (
        name TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE TABLE readings (place TEXT PRIMARY KEY, light BLOB NOT NULL, packed BLOB NOT NULL)",
    """CREATE TABLE parts (
        codes TEXT PRIMARY KEY, inputs TEXT NOT NULL, head BLOB NOT NULL, body BLOB NOT NULL
    )""",
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A part of an earlier run, and what it was made from; its body is fetched when it is needed."""

    inputs: str
    head: Head


class Memory:
    """An open memory; ``open_memory`` makes one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
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
        return {place: _unpickled(light) for place, light in rows}

    def packed(self, place: str) -> bytes:
        """All of a reading."""
        (found,) = self._connection.execute(
            "SELECT packed FROM readings WHERE place = ?", (place,)
        ).fetchone()
        return bytes(found)

    def add_reading(self, place: str, read: CopyRead) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO readings VALUES (?, ?, ?)",
            (place, pickle.dumps(read.light, protocol=5), read.packed),
        )

    def forget_readings(self, places: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM readings WHERE place = ?", [(one,) for one in places])

    # --- what was judged

    def parts(self) -> dict[tuple[str, ...], Remembered]:
        """Every part there is, by the codes of its participants."""
        rows = self._connection.execute("SELECT codes, inputs, head FROM parts")
        return {_codes(codes): Remembered(inputs, _unpickled(head)) for codes, inputs, head in rows}

    def body(self, codes: tuple[str, ...]) -> Body:
        (found,) = self._connection.execute(
            "SELECT body FROM parts WHERE codes = ?", (_JOINT.join(codes),)
        ).fetchone()
        body: Body = _unpickled(found)
        return body

    def add_part(self, codes: tuple[str, ...], inputs: str, part: Part) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?)",
            (
                _JOINT.join(codes),
                inputs,
                pickle.dumps(part.head, protocol=5),
                pickle.dumps(part.body, protocol=5),
            ),
        )

    def forget_parts(self, codes: Iterable[tuple[str, ...]]) -> None:
        self._connection.executemany(
            "DELETE FROM parts WHERE codes = ?", [(_JOINT.join(one),) for one in codes]
        )

    def commit(self) -> None:
        """Keep what was added so far."""
        self._connection.commit()


@contextlib.contextmanager
def open_memory(state: Path) -> Iterator[Memory]:
    """The memory of a campaign; one that cannot be understood is begun anew.

    What was added is kept also when the run is interrupted. Raises ``sqlite3.Error`` when the disk refuses.
    """
    path = state / MEMORY_FILE
    connection = _opened(path)
    try:
        yield Memory(connection)
    finally:
        with contextlib.suppress(sqlite3.Error):
            connection.commit()
        connection.close()


def forget_memory(state: Path) -> None:
    """Take the memory away: an act of destruction leaves no word of a school in it. Raises ``OSError``."""
    for name in (MEMORY_FILE, f"{MEMORY_FILE}-journal"):
        (state / name).unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection:
    try:
        return _prepared(path)
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path)
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


def _unpickled(data: bytes) -> Any:
    return pickle.loads(data)
