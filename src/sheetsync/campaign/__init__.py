"""The use cases, one function a button. The only room that joins the rules with files.

They are imported on first use: a button waits for nothing it does not do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsync.first_use import on_first_use

if TYPE_CHECKING:
    from sheetsync.campaign.accepting import AcceptResult, accept_sufficient
    from sheetsync.campaign.amending import AmendResult, Proposal, amend_plan
    from sheetsync.campaign.checking import Answered, CheckResult, check_file
    from sheetsync.campaign.checking_links import CheckedLink, LinksChecked, check_links
    from sheetsync.campaign.consolidate_result import ConsolidateResult
    from sheetsync.campaign.consolidating import consolidate
    from sheetsync.campaign.google.checkup import google_doctor, google_needs_user
    from sheetsync.campaign.google.logging_in import Login, google_login, google_logout
    from sheetsync.campaign.issuing import IssueResult, issue_forms
    from sheetsync.campaign.opening import NotConnected, limit_of, opened
    from sheetsync.campaign.outfitting import RefreshResult, refresh_buttons
    from sheetsync.campaign.periods import PeriodResult, PeriodStanding, next_period, period_standing
    from sheetsync.campaign.posting import Mailing
    from sheetsync.campaign.preparing import doctor, install_addin, uninstall_addin
    from sheetsync.campaign.pressing import Pressed, consolidate_on_screen, press
    from sheetsync.campaign.purging import PurgeResult, purge
    from sheetsync.campaign.regional.rolling_up import RollupResult, rollup
    from sheetsync.campaign.reminding import RemindResult, remind
    from sheetsync.campaign.reporting import ReportResult, report
    from sheetsync.campaign.retelling import Change, history
    from sheetsync.campaign.returning import ReturnResult, return_remarks
    from sheetsync.campaign.starting import NewResult, new_campaign, read_order_file
    from sheetsync.campaign.verifying import VerifyResult, verify
    from sheetsync.campaign.watching.watcher import Ended, watch

__all__ = [
    "AcceptResult",
    "AmendResult",
    "Answered",
    "Change",
    "CheckResult",
    "CheckedLink",
    "ConsolidateResult",
    "Ended",
    "IssueResult",
    "LinksChecked",
    "Login",
    "Mailing",
    "NewResult",
    "NotConnected",
    "PeriodResult",
    "PeriodStanding",
    "Pressed",
    "Proposal",
    "PurgeResult",
    "RefreshResult",
    "RemindResult",
    "ReportResult",
    "ReturnResult",
    "RollupResult",
    "VerifyResult",
    "accept_sufficient",
    "amend_plan",
    "check_file",
    "check_links",
    "consolidate",
    "consolidate_on_screen",
    "doctor",
    "google_doctor",
    "google_login",
    "google_logout",
    "google_needs_user",
    "history",
    "install_addin",
    "issue_forms",
    "limit_of",
    "new_campaign",
    "next_period",
    "opened",
    "period_standing",
    "press",
    "purge",
    "read_order_file",
    "refresh_buttons",
    "remind",
    "report",
    "return_remarks",
    "rollup",
    "uninstall_addin",
    "verify",
    "watch",
]

_HOMES = {
    "accepting": ("AcceptResult", "accept_sufficient"),
    "amending": ("AmendResult", "Proposal", "amend_plan"),
    "checking_links": ("CheckedLink", "LinksChecked", "check_links"),
    "checking": ("Answered", "CheckResult", "check_file"),
    "consolidate_result": ("ConsolidateResult",),
    "consolidating": ("consolidate",),
    "google.checkup": ("google_doctor", "google_needs_user"),
    "google.logging_in": ("Login", "google_login", "google_logout"),
    "issuing": ("IssueResult", "issue_forms"),
    "opening": ("NotConnected", "limit_of", "opened"),
    "outfitting": ("RefreshResult", "refresh_buttons"),
    "posting": ("Mailing",),
    "periods": ("PeriodResult", "PeriodStanding", "next_period", "period_standing"),
    "preparing": ("doctor", "install_addin", "uninstall_addin"),
    "pressing": ("Pressed", "consolidate_on_screen", "press"),
    "purging": ("PurgeResult", "purge"),
    "reminding": ("RemindResult", "remind"),
    "reporting": ("ReportResult", "report"),
    "retelling": ("Change", "history"),
    "returning": ("ReturnResult", "return_remarks"),
    "regional.rolling_up": ("RollupResult", "rollup"),
    "starting": ("NewResult", "new_campaign", "read_order_file"),
    "verifying": ("VerifyResult", "verify"),
    "watching.watcher": ("Ended", "watch"),
}

__getattr__ = on_first_use(
    __name__, {name: f"{__name__}.{module}" for module, names in _HOMES.items() for name in names}
)
