"""How far the review of a participant's whole report has got, and what a day of approval promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from sheetsync.checks.case import Case
from sheetsync.columns import COMPLETENESS, PARTICIPANTS_SHEET
from sheetsync.findings import make
from sheetsync.model import Finding, Origin, Outcome, Participant, ReviewState, RowState, SchoolState

_LOOKED_AT: Final = frozenset({ReviewState.ACCEPTED, ReviewState.CHANGED, ReviewState.MENDED})
_NO_ANSWER: Final = COMPLETENESS.column("missing").header.lower()


def school_state(participant: Participant, rows: Sequence[Outcome], *, is_received: bool) -> SchoolState:
    """The state of a report by the states of its rows.

    Accepted whole is one in which every due row is answered and accepted: a missing answer cannot
    be accepted, and a row that is not due yet need not be.
    """
    states = {one.review for one in rows}
    if not is_received:
        return SchoolState.NOT_RECEIVED
    if ReviewState.REWORK in states:
        return SchoolState.REWORK
    if ReviewState.ACCEPTED in states and not any(_unsettled(rows)):
        return SchoolState.APPROVED if participant.approved_on else SchoolState.ACCEPTED
    return SchoolState.IN_REVIEW if states & _LOOKED_AT else SchoolState.RECEIVED


def approved_too_soon(case: Case) -> Iterator[Finding]:
    """A day of approval beside a report that is not accepted whole, or no longer is."""
    for one in case.plan.participants:
        if not one.approved_on:
            continue
        unsettled = Counter(_unsettled(case.of(one.code)))
        changed = unsettled.pop(ReviewState.CHANGED.value, 0)
        place = Origin(sheet=PARTICIPANTS_SHEET)
        day = f"{one.approved_on:%d.%m.%Y}"
        if changed:
            yield make("M713", participant=one.code, origin=place, day=day, count=changed)
        if unsettled:
            what = "; ".join(f"{word} — {count}" for word, count in unsettled.items())
            yield make("M711", participant=one.code, origin=place, day=day, what=what)


def _unsettled(rows: Sequence[Outcome]) -> Iterator[str]:
    """What keeps a report from being accepted whole, a word a row."""
    for one in rows:
        if one.review in {ReviewState.REWORK, ReviewState.CHANGED}:
            yield one.review.value
        elif one.is_due and one.state is RowState.MISSING:
            yield _NO_ANSWER
        elif one.is_due and one.review and one.review is not ReviewState.ACCEPTED:
            yield one.review.value
