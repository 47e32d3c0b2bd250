"""What the journal remembers of links that were looked at: the verdict and the day, never the address."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date

from sheetsync.model import LinkCheck, LinkReason, LinkVerdict


class LinksJournal:
    """Verdicts by the fingerprint of the address."""

    def __init__(self, connection: sqlite3.Connection, fingerprint: Callable[[str], str]) -> None:
        self._connection = connection
        self._fingerprint = fingerprint

    def known(self, address: str) -> LinkCheck | None:
        """What was found last; ``None`` when nobody looked."""
        row = self._connection.execute(
            "SELECT verdict, reason, checked_on FROM link_verdicts WHERE address = ?",
            (self._fingerprint(address),),
        ).fetchone()
        return _check(*row) if row else None

    def all(self) -> dict[str, LinkCheck]:
        """What was found of every address looked at, by the fingerprint of the address."""
        rows = self._connection.execute("SELECT address, verdict, reason, checked_on FROM link_verdicts")
        return {row[0]: _check(*row[1:]) for row in rows}

    def remember(self, address: str, check: LinkCheck, day: date) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO link_verdicts VALUES (?, ?, ?, ?)",
            (self._fingerprint(address), check.verdict.name, check.reason.name, day.isoformat()),
        )


def _check(verdict: str, reason: str, checked_on: str) -> LinkCheck:
    return LinkCheck(LinkVerdict[verdict], LinkReason[reason], date.fromisoformat(checked_on))
