"""A consolidation taken apart: what it says of each participant, for what is told to each alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from sheetsync.model import Consolidation, Finding, IndicatorFact, Outcome

_Owned = TypeVar("_Owned", Outcome, Finding, IndicatorFact)


def each_apart(found: Consolidation) -> dict[str, Consolidation]:
    """By the codes of the roster: the same consolidation with the rows, findings and figures of one alone."""
    rows, findings, facts = _by_owner(found.outcomes), _by_owner(found.findings), _by_owner(found.indicators)
    return {
        one.code: replace(
            found,
            outcomes=rows.get(one.code, ()),
            findings=findings.get(one.code, ()),
            indicators=facts.get(one.code, ()),
        )
        for one in found.plan.participants
    }


def _by_owner(values: Iterable[_Owned]) -> dict[str | None, tuple[_Owned, ...]]:
    found: dict[str | None, list[_Owned]] = {}
    for one in values:
        found.setdefault(one.participant, []).append(one)
    return {code: tuple(own) for code, own in found.items()}
