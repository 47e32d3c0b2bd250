"""Answers worth showing to others: chosen by a rule that is said, a person chooses among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from sheetsync.checks.due import first_due
from sheetsync.letters.figures import Figures
from sheetsync.letters.note import PracticeRow
from sheetsync.letters.note_words import Word, day, shortened
from sheetsync.model import Outcome, ParticipantKind, ReviewState, Status, Sufficiency
from sheetsync.text import squeeze

Cover = Callable[[str], str]
"""A text with what is personal in it covered."""

MOST: Final = 5
_LONGEST: Final = 280


def practice_rule() -> str:
    return Word.PRACTICE_RULE.format(most=MOST)


def best_practice(figures: Figures, cover: Cover) -> tuple[PracticeRow, ...]:
    """The fullest of the accepted, confirmed and timely answers, one of a school."""
    fullest: dict[str, Outcome] = {}
    for one in sorted(_candidates(figures), key=lambda one: -len(_told(one))):
        fullest.setdefault(one.participant, one)
    chosen = list(fullest.values())[:MOST]
    return tuple(_row(figures, cover, one) for one in chosen)


def _candidates(figures: Figures) -> Iterator[Outcome]:
    """In the order of roster and plan, so that of equally full ones the same comes first every time."""
    for one in figures.outcomes:
        due = first_due(figures.rows[one.activity], figures.found.plan.settings)
        is_timely = one.done_on is not None and due is not None and one.done_on <= due
        is_sound = one.status is Status.DONE and one.evidence is Sufficiency.YES
        is_school = figures.people[one.participant].kind is ParticipantKind.SCHOOL
        if is_school and is_sound and is_timely and one.review is ReviewState.ACCEPTED and _told(one):
            yield one


def _told(one: Outcome) -> str:
    return squeeze(one.entry.text("info")) if one.entry else ""


def _row(figures: Figures, cover: Cover, one: Outcome) -> PracticeRow:
    row = figures.rows[one.activity]
    paper = squeeze(one.entry.text("document") or one.entry.text("link")) if one.entry else ""
    return PracticeRow(
        figures.short(one.participant),
        row.number,
        shortened(row.title),
        day(one.done_on),
        shortened(cover(_told(one)), _LONGEST),
        shortened(cover(paper)),
    )
