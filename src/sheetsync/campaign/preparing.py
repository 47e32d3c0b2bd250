"""This computer made ready for the buttons: «doctor» looks, «addin» puts things right or takes them away."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sheetsync.office.diagnose import Diagnosis, diagnose
from sheetsync.office.gather import gather
from sheetsync.office.install import Step, install, uninstall
from sheetsync.office.systems import this_machine


def doctor(place: Path | None) -> tuple[Diagnosis, ...]:
    """What this computer, and a campaign folder, have for the buttons. Changes nothing."""
    return diagnose(gather(this_machine(), place))


def install_addin(place: Path | None, now: datetime) -> tuple[Step, ...]:
    """Everything the buttons need on this computer, and in a campaign folder when one is named."""
    del now
    return install(this_machine(), place)


def uninstall_addin() -> tuple[Step, ...]:
    """Everything ``install_addin`` put on this computer, away."""
    return uninstall(this_machine())
