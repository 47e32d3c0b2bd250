"""Codes that changed places in «Участники»: a school's sheet is not opened to another school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from sheetsync.campaign.google.addresses import WHOEVER_HAS_THE_LINK, addresses_of
from sheetsync.campaign.google.copies import Remembered
from sheetsync.journal import GoogleJournal
from sheetsync.model import Plan
from sheetsync.workbooks.google.drive import has_role
from sheetsync.workbooks.google.port import Google, Role


class Swapped(Struct, frozen=True):
    """An address that stands beside another code than the one whose sheet was opened to it."""

    email: str
    other: str


def swapped(google: Google, journal: GoogleJournal, plan: Plan, code: str) -> Swapped | None:
    """The address of a participant, when it is not to have the participant's sheet.

    The sheet has been opened to other addresses, all of them gone from the row, and the new one is
    of a school that has lost it. What the office opened by itself is meant.
    """
    living = Remembered.by(journal).living()
    shares = {one: _given(journal.shares(), sheet.file) for one, sheet in living.items()}
    wanted = _wanted(plan, code)
    given = shares.pop(code, ())
    if not given or set(given) & set(wanted):
        return None
    for other, emails in shares.items():
        for email in wanted:
            is_lost = email in emails and email not in _wanted(plan, other)
            if is_lost and not has_role(google.permissions(living[code].file), Role.WRITER, email):
                return Swapped(email, other)
    return None


def _given(shares: Mapping[str, Sequence[str]], file: str) -> tuple[str, ...]:
    return tuple(one for one in shares.get(file, ()) if one != WHOEVER_HAS_THE_LINK)


def _wanted(plan: Plan, code: str) -> tuple[str, ...]:
    participant = plan.participant(code)
    return addresses_of(participant) if participant else ()
