"""The use cases, one function a button. The only room that joins the rules with files."""

from sheetsync.campaign.checking import Answered, CheckResult, check_file
from sheetsync.campaign.consolidating import ConsolidateResult, consolidate
from sheetsync.campaign.history import Change, history
from sheetsync.campaign.issuing import IssueResult, issue_forms
from sheetsync.campaign.opening import NotConnected, limit_of, opened
from sheetsync.campaign.outfitting import RefreshResult, refresh_buttons
from sheetsync.campaign.preparing import doctor, install_addin, uninstall_addin
from sheetsync.campaign.pressing import Pressed, consolidate_on_screen, press
from sheetsync.campaign.purging import PurgeResult, purge
from sheetsync.campaign.starting import NewResult, new_campaign, read_order_file
from sheetsync.campaign.verifying import VerifyResult, verify

__all__ = [
    "Answered",
    "Change",
    "CheckResult",
    "ConsolidateResult",
    "IssueResult",
    "NewResult",
    "NotConnected",
    "Pressed",
    "PurgeResult",
    "RefreshResult",
    "VerifyResult",
    "check_file",
    "consolidate",
    "consolidate_on_screen",
    "doctor",
    "history",
    "install_addin",
    "issue_forms",
    "limit_of",
    "new_campaign",
    "opened",
    "press",
    "purge",
    "read_order_file",
    "refresh_buttons",
    "uninstall_addin",
    "verify",
]
