"""This computer made ready for the buttons: «doctor» looks, «addin» puts things right or takes them away."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sheetsync import store
from sheetsync.campaign.outfitting import refresh_buttons
from sheetsync.office.diagnose import Diagnosis, diagnose
from sheetsync.office.gather import gather
from sheetsync.office.install import Step, install, uninstall
from sheetsync.office.systems import this_machine


def doctor(place: Path | None) -> tuple[Diagnosis, ...]:
    """What this computer, and a campaign folder, have for the buttons. Changes nothing."""
    return diagnose(gather(this_machine(), place))


def install_addin(place: Path | None, now: datetime) -> tuple[Step, ...]:
    """Everything the buttons need on this computer; in a named campaign also fresh buttons and the shortcut.

    Raises ``store.CampaignMissing`` when the place named is no campaign.
    """
    if place is None:
        return install(this_machine(), None)
    campaign = store.open_campaign(place)
    return (*install(this_machine(), campaign.folder), *_refreshed(campaign, now))


def _refreshed(campaign: store.Campaign, now: datetime) -> tuple[Step, ...]:
    """A workbook that is open somewhere keeps its buttons for now; the rest was done all the same."""
    try:
        result = refresh_buttons(campaign.folder, now)
    except store.StoreError as error:
        return (Step(str(error), needs_user=True),)
    return tuple(Step(one, needs_user=result.needs_user) for one in result.sentences)


def uninstall_addin() -> tuple[Step, ...]:
    """Everything ``install_addin`` put on this computer, away."""
    return uninstall(this_machine())
