"""The marks our files on Drive carry, by which a run that was cut off finds them again.

A campaign has an id of its own: two campaigns made from one order carry the same code of the plan,
and under one account each has to find its own files only.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from typing import Final

from msgspec import Struct

from sheetsync.journal import Journal
from sheetsync.model import Plan
from sheetsync.workbooks.google.port import DriveFile, Google

_PLAN: Final = "sheetsync_plan"
_CAMPAIGN: Final = "sheetsync_campaign"
_PARTICIPANT: Final = "sheetsync_participant"
_KIND: Final = "sheetsync_kind"
_FOLDER: Final = "folder"
_DISTRICT: Final = "district"
_ID_BYTES: Final = 8

LONGEST_PAIR: Final = 124
"""Bytes of a key and its value together that Drive keeps."""

TRIAL_MARKS: Final = {"sheetsync_doctor": "1"}
"""Of the sheet «google doctor» tries things on."""


class CampaignMarks(Struct, frozen=True):
    """Marks of the files of one campaign; ``campaign`` is its id."""

    plan: str
    campaign: str

    @property
    def every(self) -> dict[str, str]:
        """Of every file of the campaign."""
        return _pairs({_PLAN: self.plan, _CAMPAIGN: self.campaign})

    @property
    def folder(self) -> dict[str, str]:
        return self.every | {_KIND: _FOLDER}

    @property
    def district(self) -> dict[str, str]:
        """Of the spreadsheet the свод is shown in."""
        return self.every | {_KIND: _DISTRICT}

    def participant(self, code: str) -> dict[str, str]:
        """Of the spreadsheet of one participant."""
        return self.every | _pairs({_PARTICIPANT: code})

    def is_of(self, file: DriveFile, code: str) -> bool:
        """Whether a file is the spreadsheet of this participant."""
        return self.participant(code).items() <= file.properties.items()


def campaign_marks(google: Google, journal: Journal, plan: Plan) -> CampaignMarks:
    """The marks of a campaign; its id is made once, and remembered before any file carries it."""
    marks = known_marks(google, journal, plan)
    if marks is None:
        marks = CampaignMarks(plan.plan_id, secrets.token_hex(_ID_BYTES))
    if journal.google.campaign(plan.plan_id) is None:
        journal.google.save_campaign(plan.plan_id, marks.campaign)
        journal.commit()
    return marks


def known_marks(google: Google, journal: Journal, plan: Plan) -> CampaignMarks | None:
    """As the journal has them; when it was lost or is old, as the sheets known by their links carry them."""
    campaign = journal.google.campaign(plan.plan_id) or _taken_back(google, journal, plan)
    return CampaignMarks(plan.plan_id, campaign) if campaign else None


def _taken_back(google: Google, journal: Journal, plan: Plan) -> str | None:
    links = [one.link for one in plan.participants if one.link]
    links += [one.file for one in journal.google.sheets()]
    found = Counter(
        file.properties[_CAMPAIGN]
        for file in (google.marked(_pairs({_PLAN: plan.plan_id})) if links else ())
        if _CAMPAIGN in file.properties and any(file.id in link for link in links)
    )
    return next((campaign for campaign, _ in found.most_common(1)), None)


def _pairs(marks: dict[str, str]) -> dict[str, str]:
    """Marks as Drive can keep them: a text that is too long is told by its digest."""
    return {key: value if _fits(key, value) else _digest(value) for key, value in marks.items()}


def _fits(key: str, value: str) -> bool:
    return len(f"{key}{value}".encode()) <= LONGEST_PAIR


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
