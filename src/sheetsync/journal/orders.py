"""The orders a plan was made from: the first, and those that amended it."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from msgspec import Struct


class KnownOrder(Struct, frozen=True):
    """An order whose bytes are kept among the originals."""

    name: str
    sha256: str


class OrdersJournal:
    """The part of a journal that is about orders."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def last(self) -> KnownOrder | None:
        """The order the plan says now; ``None`` in a campaign of before orders were remembered."""
        found = self._connection.execute(
            "SELECT name, sha256 FROM orders ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return KnownOrder(*found) if found else None

    def add(self, order: KnownOrder, at: datetime) -> None:
        self._connection.execute(
            "INSERT INTO orders (at, name, sha256) VALUES (?, ?, ?)",
            (at.isoformat(), order.name, order.sha256),
        )
