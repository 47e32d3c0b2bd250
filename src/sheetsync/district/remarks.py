"""What of the coordinator's decisions a participant still has to see to."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.columns import ENTRIES
from sheetsync.model import Decision

ACCEPTED, REWORK = ENTRIES.column("decision").choices[:2]


def is_open(decision: Decision) -> bool:
    """Whether the row is to be reworked, or a remark stands beside it and it is not accepted."""
    return decision.verdict == REWORK or bool(decision.remark.strip() and decision.verdict != ACCEPTED)


def open_remarks(decisions: Mapping[tuple[str, str], Decision]) -> dict[str, dict[str, Decision]]:
    """Open decisions by participant and activity."""
    found: dict[str, dict[str, Decision]] = {}
    for (participant, activity), decision in decisions.items():
        if is_open(decision):
            found.setdefault(participant, {})[activity] = decision
    return found
