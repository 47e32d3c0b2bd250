"""Sheets the journal does not know: it was lost, or brought back from a time before them."""

from __future__ import annotations

from sheetsync.campaign.google.marks import known_marks
from sheetsync.journal import GoogleSheet, Journal
from sheetsync.model import Channel, Plan
from sheetsync.workbooks.google.port import Google


def forgotten(plan: Plan, known: frozenset[str]) -> frozenset[str]:
    """Participants the book has a link to a sheet of, but for those whose sheet is ``known``."""
    return frozenset(
        one.code
        for one in plan.participants
        if one.channel is Channel.GOOGLE and one.link and one.code not in known
    )


def found_again(
    google: Google, journal: Journal, plan: Plan, codes: frozenset[str]
) -> tuple[GoogleSheet, ...]:
    """Their sheets, known by the marks on Drive; of several of one participant the oldest."""
    marks = known_marks(google, journal, plan) if codes else None
    if marks is None:
        return ()
    found: dict[str, GoogleSheet] = {}
    for file in google.marked(marks.every):
        for code in codes - found.keys():
            if marks.is_of(file, code):
                found[code] = GoogleSheet(file.id, code, file.link)
    return tuple(found.values())
