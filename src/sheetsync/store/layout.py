"""Where things lie in a campaign folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from msgspec import Struct

from sheetsync.notices import Notice, say
from sheetsync.store.trouble import CampaignExists, CampaignMissing, disk_errors

WORKBOOK_NAMES: Final = ("Район.xlsm", "Район.xlsx")
NEW_WORKBOOK_NAME: Final = WORKBOOK_NAMES[0]
FORMS_FOLDER: Final = "Формы"
RECEIVED_FOLDER: Final = "Получено"
RETURNED_FOLDER: Final = "Возврат"
LETTERS_FOLDER: Final = "Письма"
NOTE_NAME: Final = "Справка.docx"
APPENDIX_NAME: Final = "Справка. Откуда числа.xlsx"
ARCHIVE_FOLDER: Final = "Архив"
STATE_FOLDER: Final = ".sheetsync"


class Campaign(Struct, frozen=True):
    """Where things lie in one campaign folder."""

    folder: Path

    @property
    def workbook(self) -> Path:
        """The district workbook that is there, or the name a new one gets."""
        present = (self.folder / name for name in WORKBOOK_NAMES)
        return next((path for path in present if path.exists()), self.folder / NEW_WORKBOOK_NAME)

    @property
    def forms(self) -> Path:
        return self.folder / FORMS_FOLDER

    @property
    def received(self) -> Path:
        return self.folder / RECEIVED_FOLDER

    @property
    def returned(self) -> Path:
        """Forms sent back with remarks."""
        return self.folder / RETURNED_FOLDER

    @property
    def letters(self) -> Path:
        return self.folder / LETTERS_FOLDER

    @property
    def note(self) -> Path:
        """The analytic note."""
        return self.folder / NOTE_NAME

    @property
    def appendix(self) -> Path:
        """Where every figure of the note comes from."""
        return self.folder / APPENDIX_NAME

    @property
    def archive(self) -> Path:
        """District workbooks of periods that are closed."""
        return self.folder / ARCHIVE_FOLDER

    @property
    def state(self) -> Path:
        return self.folder / STATE_FOLDER

    @property
    def originals(self) -> Path:
        return self.state / "originals"

    @property
    def backups(self) -> Path:
        return self.state / "backups"

    @property
    def errors(self) -> Path:
        return self.state / "errors"

    @property
    def memory(self) -> Path:
        """What was read and judged in a district of many schools, from run to run."""
        return self.state / "memory.sqlite"

    @property
    def last_run(self) -> Path:
        """What the last run said, and what lay where then."""
        return self.state / "last-run.json"

    @property
    def journal(self) -> Path:
        return self.state / "journal.sqlite"


def open_campaign(place: Path) -> Campaign:
    """The campaign in a folder, given the folder or the workbook in it.

    Raises ``CampaignMissing`` when there is none.
    """
    folder = place.parent if place.is_file() else place
    campaign = Campaign(folder)
    if not campaign.workbook.exists():
        raise CampaignMissing(say(Notice.CAMPAIGN_MISSING, folder=folder, workbook=NEW_WORKBOOK_NAME))
    return campaign


def create_campaign(folder: Path) -> Campaign:
    """Make the folders of a new campaign. Raises ``CampaignExists`` or ``DiskRefused``."""
    campaign = Campaign(folder)
    check_is_new(campaign)
    with disk_errors(folder):
        for path in (campaign.forms, campaign.received, campaign.state):
            path.mkdir(parents=True, exist_ok=True)
    return campaign


def check_is_new(campaign: Campaign) -> None:
    """Raises ``CampaignExists`` when the folder has a district workbook already."""
    if campaign.workbook.exists():
        name = campaign.workbook.name
        raise CampaignExists(say(Notice.CAMPAIGN_EXISTS, folder=campaign.folder, workbook=name))


def campaign_above(file: Path) -> Campaign | None:
    """The campaign whose folder holds ``file`` at any depth, if any."""
    for folder in file.resolve().parents:
        if (folder / STATE_FOLDER).is_dir() and Campaign(folder).workbook.exists():
            return Campaign(folder)
    return None
