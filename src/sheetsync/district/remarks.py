"""What of the coordinator's decisions a participant still has to see to."""

from __future__ import annotations

from collections.abc import Iterable

from sheetsync.model import Decision, Outcome, ReviewState, RowState


def open_remarks(outcomes: Iterable[Outcome]) -> dict[str, dict[str, Decision]]:
    """Decisions by participant and activity that wait for the participant: rows sent back and not
    answered anew since."""
    return _decisions_in(outcomes, ReviewState.REWORK)


def mended_remarks(outcomes: Iterable[Outcome]) -> dict[str, dict[str, Decision]]:
    """Those the participant has seen to: they wait for the coordinator, and a remark that stands
    beside the answer already may stay there until then."""
    return _decisions_in(outcomes, ReviewState.MENDED)


def accepted_rows(outcomes: Iterable[Outcome]) -> dict[str, frozenset[str]]:
    """Activities whose answers are accepted as they are, by participant: they may be closed. A row
    accepted without any answer stays open."""
    found: dict[str, set[str]] = {}
    for one in outcomes:
        if one.review is ReviewState.ACCEPTED and one.state is not RowState.MISSING:
            found.setdefault(one.participant, set()).add(one.activity)
    return {code: frozenset(keys) for code, keys in found.items()}


def _decisions_in(outcomes: Iterable[Outcome], state: ReviewState) -> dict[str, dict[str, Decision]]:
    found: dict[str, dict[str, Decision]] = {}
    for one in outcomes:
        if one.review is state:
            found.setdefault(one.participant, {})[one.activity] = one.decision
    return found
