"""The spreadsheets of a campaign as Drive lists them now."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sheetsync.campaign.google.marks import known_marks
from sheetsync.journal import Journal
from sheetsync.model import Plan
from sheetsync.workbooks.google.port import DriveFile, Google, GoogleRefused, GoogleTrouble

OF_ONE_SHEET: Final = (GoogleTrouble.NOT_FOUND, GoogleTrouble.FORBIDDEN, GoogleTrouble.REFUSED)
"""Troubles of one spreadsheet; the others are Google's or the way to it."""


def listed_sheets(
    google: Google, journal: Journal, plan: Plan, wanted: Collection[str]
) -> dict[str, DriveFile]:
    """Files of the campaign's folder by id; those missing there may have been moved elsewhere."""
    folder = journal.google.folder(plan.plan_id)
    try:
        listed = {one.id: one for one in google.listed(folder)} if folder else {}
    except GoogleRefused as refused:
        if refused.trouble not in OF_ONE_SHEET:
            raise
        listed = {}
    if any(one not in listed for one in wanted):
        marks = known_marks(google, journal, plan)
        listed |= {one.id: one for one in google.marked(marks.every)} if marks else {}
    return listed
