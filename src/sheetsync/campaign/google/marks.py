"""The marks our files on Drive carry, by which a run that was cut off finds them again."""

from __future__ import annotations

from typing import Final

from sheetsync.model import Plan
from sheetsync.workbooks.google.port import DriveFile

_PLAN: Final = "sheetsync_plan"
_PARTICIPANT: Final = "sheetsync_participant"
_KIND: Final = "sheetsync_kind"
_FOLDER: Final = "folder"
_DISTRICT: Final = "district"

TRIAL_MARKS: Final = {"sheetsync_doctor": "1"}
"""Of the sheet «google doctor» tries things on."""


def plan_marks(plan: Plan) -> dict[str, str]:
    """Of every file of a campaign."""
    return {_PLAN: plan.plan_id}


def folder_marks(plan: Plan) -> dict[str, str]:
    return {**plan_marks(plan), _KIND: _FOLDER}


def participant_marks(plan: Plan, code: str) -> dict[str, str]:
    """Of the spreadsheet of one participant."""
    return {**plan_marks(plan), _PARTICIPANT: code}


def district_marks(plan: Plan) -> dict[str, str]:
    """Of the spreadsheet the свод is shown in."""
    return {**plan_marks(plan), _KIND: _DISTRICT}


def code_in(file: DriveFile, plan: Plan) -> str | None:
    """Whose spreadsheet a file of this plan is, by its marks."""
    is_ours = file.properties.get(_PLAN) == plan.plan_id
    return file.properties.get(_PARTICIPANT) if is_ours else None
