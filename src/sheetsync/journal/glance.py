"""A look into the journal of a campaign somebody else keeps: nothing is written, not even its version."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from sheetsync.model import Event


class Glance(Struct, frozen=True):
    """When the campaign was consolidated last, and the copies it knew by then."""

    consolidated: datetime
    copies: frozenset[str]


def glance(journal: Path) -> Glance | None:
    """``None`` when the journal says nothing of a consolidation, or cannot be read."""
    if not journal.is_file():
        return None
    try:
        with contextlib.closing(
            sqlite3.connect(f"{journal.resolve().as_uri()}?mode=ro", uri=True)
        ) as connection:
            query = "SELECT at FROM events WHERE event = ? ORDER BY rowid DESC LIMIT 1"
            last = connection.execute(query, (Event.CONSOLIDATED.value,)).fetchone()
            known = connection.execute(
                "SELECT sha256 FROM copies UNION SELECT sha256 FROM senders"
            ).fetchall()
    except sqlite3.Error:
        return None
    return Glance(datetime.fromisoformat(last[0]), frozenset(row[0] for row in known)) if last else None
