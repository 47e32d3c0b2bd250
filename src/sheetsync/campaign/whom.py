"""Whom a command is about, when its user names one participant."""

from __future__ import annotations

from sheetsync import store
from sheetsync.district.reading import find_participant
from sheetsync.model import Participant, Plan
from sheetsync.notices import Notice, say


def participant_called(told: str, plan: Plan) -> Participant:
    """The one of this code or name. Raises ``store.StoreError`` with the names there are."""
    found = find_participant(told, plan.participants)
    if found is None:
        names = "; ".join(f"«{one.short_name}»" for one in plan.participants if one.owes_report)
        near = say(Notice.NAMES_ALL, names=names)
        raise store.StoreError(say(Notice.NO_PARTICIPANT, name=told, near=near))
    return found
