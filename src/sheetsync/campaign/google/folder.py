"""The Drive folder of a campaign: made once, found by its marks ever after."""

from __future__ import annotations

from sheetsync.campaign.google.marks import campaign_marks
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.journal import Journal
from sheetsync.model import Plan
from sheetsync.workbooks.google.port import FileKind, Google


def folder_made(google: Google, journal: Journal, plan: Plan) -> str:
    """The folder as Drive has it now; made when it is not there (any more)."""
    name = GoogleNotice.FOLDER_NAME.format(title=plan.settings.plan_title or plan.plan_id)
    folder = google.made(FileKind.FOLDER, name, campaign_marks(google, journal, plan).folder).id
    journal.google.save_folder(plan.plan_id, folder)
    journal.commit()
    return folder


def folder_of(google: Google, journal: Journal, plan: Plan) -> str:
    """The folder as it is remembered, else as it is made."""
    return journal.google.folder(plan.plan_id) or folder_made(google, journal, plan)
