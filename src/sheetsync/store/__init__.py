"""The campaign folder on disk: layout, atomic writes, originals, backups and the one-writer lock.

Nothing here knows a rule of the domain; the journal of runs stands in ``journal``.
"""

from sheetsync.store.atomic import (
    TEMPORARY_SUFFIX,
    holds,
    is_open_elsewhere,
    names_beside,
    sweep_temporaries,
    write_atomically,
)
from sheetsync.store.layout import (
    FORMS_FOLDER,
    NEW_WORKBOOK_NAME,
    RECEIVED_FOLDER,
    STATE_FOLDER,
    WORKBOOK_NAMES,
    Campaign,
    campaign_above,
    check_is_new,
    create_campaign,
    open_campaign,
)
from sheetsync.store.lock import REFRESHING, Hold, one_watcher, one_writer
from sheetsync.store.originals import (
    BACKUPS_KEPT,
    Originals,
    back_up,
    keep_original,
    original_path,
    read_original,
    sha256,
)
from sheetsync.store.private import read_private, write_private
from sheetsync.store.trouble import (
    CampaignExists,
    CampaignLocked,
    CampaignMissing,
    DiskRefused,
    EditedMeanwhile,
    ReadByOthers,
    StoreError,
    TargetBusy,
    disk_errors,
)

__all__ = [
    "BACKUPS_KEPT",
    "FORMS_FOLDER",
    "NEW_WORKBOOK_NAME",
    "RECEIVED_FOLDER",
    "REFRESHING",
    "STATE_FOLDER",
    "TEMPORARY_SUFFIX",
    "WORKBOOK_NAMES",
    "Campaign",
    "CampaignExists",
    "CampaignLocked",
    "CampaignMissing",
    "DiskRefused",
    "EditedMeanwhile",
    "Hold",
    "Originals",
    "ReadByOthers",
    "StoreError",
    "TargetBusy",
    "back_up",
    "campaign_above",
    "check_is_new",
    "create_campaign",
    "disk_errors",
    "holds",
    "is_open_elsewhere",
    "keep_original",
    "names_beside",
    "one_watcher",
    "one_writer",
    "open_campaign",
    "original_path",
    "read_original",
    "read_private",
    "sha256",
    "sweep_temporaries",
    "write_atomically",
    "write_private",
]
