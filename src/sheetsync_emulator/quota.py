"""Requests a minute, for each user and for the whole project, as Google counts them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sheetsync_emulator.clock import minute_of
from sheetsync_emulator.routes import Cost


@dataclass(frozen=True, slots=True)
class Quotas:
    """How many requests a minute are answered; 0 = any number. Reads and writes are counted apart."""

    reads_per_user: int = 0
    reads: int = 0
    writes_per_user: int = 0
    writes: int = 0

    def limit(self, cost: Cost, *, of_user: bool) -> int:
        if cost is Cost.READ:
            return self.reads_per_user if of_user else self.reads
        return self.writes_per_user if of_user else self.writes


GOOGLES = Quotas(reads_per_user=60, reads=300, writes_per_user=60, writes=300)
"""What Google gives a project by default."""


@dataclass
class Spent:
    """What was used up in the current minute."""

    minute: int = -1
    calls: Counter[tuple[Cost, str]] = field(default_factory=Counter)

    def over(self, quotas: Quotas, cost: Cost, user: str, moment: float) -> str:
        """Count a call; gives whose limit it breaks: 'user', 'project', or '' when it is within both."""
        if cost is Cost.FREE:
            return ""
        if self.minute != minute_of(moment):
            self.minute = minute_of(moment)
            self.calls.clear()
        for holder, words in ((user, "user"), ("", "project")):
            self.calls[cost, holder] += 1
            limit = quotas.limit(cost, of_user=bool(holder))
            if limit and self.calls[cost, holder] > limit:
                return words
        return ""
