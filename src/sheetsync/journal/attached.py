"""What the journal knows of files sent along with copies: whose they are and when they came.

Names stand here with personal data covered, as people see them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct


class KeptFile(Struct, frozen=True):
    """A file sent along, its bytes kept under their sha256; the rest as in ``model.AttachedFile``."""

    sha256: str
    participant: str
    name: str
    depth: int
    by_name: bool
    run: int
    received_on: date


class AttachedJournal:
    """The part of a journal that is about files sent along."""

    def __init__(self, connection: sqlite3.Connection, fingerprint: Callable[..., str]) -> None:
        self._connection = connection
        self._fingerprint = fingerprint

    def all(self) -> tuple[KeptFile, ...]:
        """Every file ever sent along, oldest first."""
        rows = self._connection.execute(
            "SELECT sha256, participant, name, depth, by_name, run, received_on FROM attached ORDER BY rowid"
        )
        return tuple(
            KeptFile(sha256, code, name, depth, bool(by_name), run, date.fromisoformat(day))
            for sha256, code, name, depth, by_name, run, day in rows
        )

    def add(self, file: KeptFile) -> None:
        """Remember a file; one known already stays as it came first."""
        self._connection.execute(
            "INSERT OR IGNORE INTO attached VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                file.sha256,
                file.participant,
                file.name,
                file.depth,
                file.by_name,
                file.run,
                file.received_on.isoformat(),
            ),
        )

    def sha256_of(self, path: Path, size: int, changed: int) -> str | None:
        """What a file on the disk held when it was read last, unless it changed since."""
        row = self._connection.execute(
            "SELECT sha256 FROM attached_seen WHERE place = ? AND size = ? AND changed = ?",
            (self._fingerprint(path.as_posix()), size, changed),
        ).fetchone()
        return str(row[0]) if row else None

    def saw(self, path: Path, size: int, changed: int, sha256: str) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO attached_seen VALUES (?, ?, ?, ?)",
            (self._fingerprint(path.as_posix()), size, changed, sha256),
        )
