"""Which answers may be accepted without anybody looking at each, and why the others may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from enum import Enum, auto
from typing import Final

from msgspec import Struct

from sheetsync.checks.case import RowKey
from sheetsync.findings import severity_of
from sheetsync.model import Consolidation, Finding, Outcome, ReviewState, Severity, Status, Sufficiency


class Left(Enum):
    """Why an answer is left to the coordinator's own eyes."""

    REWORK = auto()
    MENDED = auto()
    CHANGED = auto()
    NOT_DONE = auto()
    """Its status is not «выполнено»."""
    UNCONFIRMED = auto()
    """Its evidence is weak or none, or the program doubts it: another kind, somebody else's."""
    FAULTY = auto()
    """A finding of the row says it must be put right."""


class Acceptable(Struct, frozen=True):
    """Rows to be accepted, in the order of the свод, and how many were left for what reason."""

    rows: tuple[Outcome, ...]
    left: Counter[Left]


_Place = tuple[str | None, str | None]
_EVIDENCE: Final = "E"
"""The family of findings about what confirms an answer."""
_BY_REVIEW: Final = {
    ReviewState.REWORK: Left.REWORK,
    ReviewState.MENDED: Left.MENDED,
    ReviewState.CHANGED: Left.CHANGED,
}


def acceptable(found: Consolidation, codes: Collection[str] | None = None) -> Acceptable:
    """Done, confirmed, without a fault and never sent back: what nobody need look at twice.

    ``codes``: only rows of these participants. What was mended after a remark needs eyes: only the
    coordinator knows whether that was what the remark asked for.
    """
    told = [one for one in found.findings if severity_of(one) is not Severity.INFO]
    faulty = _places(one for one in told if severity_of(one) is Severity.MUST)
    doubted = _places(one for one in told if one.code.startswith(_EVIDENCE))
    rows, left = [], Counter[Left]()
    for one in found.outcomes:
        is_asked = codes is None or one.participant in codes
        if not is_asked or one.review in {None, ReviewState.ACCEPTED}:
            continue
        reason = _reason(one, faulty, doubted)
        if reason:
            left[reason] += 1
        else:
            rows.append(one)
    return Acceptable(tuple(rows), left)


def _places(findings: Iterable[Finding]) -> frozenset[_Place]:
    return frozenset((one.participant, one.activity) for one in findings)


def _reason(one: Outcome, faulty: Collection[_Place], doubted: Collection[_Place]) -> Left | None:
    if one.review in _BY_REVIEW:
        return _BY_REVIEW[one.review]
    if one.status is not Status.DONE:
        return Left.NOT_DONE
    if one.evidence is not Sufficiency.YES or place_of_row(one) in doubted:
        return Left.UNCONFIRMED
    return Left.FAULTY if place_of_row(one) in faulty else None


def place_of_row(one: Outcome) -> RowKey:
    """Where a row stands in the свод."""
    return one.participant, one.activity
