"""What the coordinator's words mean: «Решение», however it was typed, and «Замечание района»."""

from __future__ import annotations

from typing import Final

from sheetsync.columns import ENTRIES
from sheetsync.model import Decision
from sheetsync.text import skeleton

ACCEPTED, REWORK, UNDECIDED = ENTRIES.column("decision").choices

_KNOWN: Final = {"", *(skeleton(word) for word in (ACCEPTED, REWORK, UNDECIDED))}


def is_accepted(decision: Decision) -> bool:
    return skeleton(decision.verdict) == skeleton(ACCEPTED)


def is_to_rework(decision: Decision) -> bool:
    """Whether «на доработку» is said in so many words."""
    return skeleton(decision.verdict) == skeleton(REWORK)


def is_sent_back(decision: Decision) -> bool:
    """Whether the row is to be reworked, or a remark stands beside it and it is not accepted."""
    return is_to_rework(decision) or (bool(decision.remark.strip()) and not is_accepted(decision))


def is_understood(decision: Decision) -> bool:
    """Whether the verdict is one of those offered, or none."""
    return skeleton(decision.verdict) in _KNOWN
