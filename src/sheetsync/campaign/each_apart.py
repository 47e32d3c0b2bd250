"""A consolidation taken apart: what it says of each participant, for what is told to each alone."""

from __future__ import annotations

from msgspec.structs import replace

from sheetsync.merge.groups import by_owner
from sheetsync.model import Consolidation


def each_apart(found: Consolidation) -> dict[str, Consolidation]:
    """By the codes of the roster: the same consolidation with the rows, findings and figures of one alone."""
    rows, findings, facts = by_owner(found.outcomes), by_owner(found.findings), by_owner(found.indicators)
    return {
        one.code: replace(
            found,
            outcomes=tuple(rows.get(one.code, ())),
            findings=tuple(findings.get(one.code, ())),
            indicators=tuple(facts.get(one.code, ())),
        )
        for one in found.plan.participants
    }
