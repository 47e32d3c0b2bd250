"""What became of one run of «Собрать свод»."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from msgspec import Struct

from sheetsync import store
from sheetsync.findings import needs_user
from sheetsync.model import Channel, Consolidation, Finding

_LEFT: Final = "S832"
"""Told when answers leave the свод, and not in the next run."""

_OF_EVERY_RUN: Final = frozenset({"S815"})
"""What is told beside the свод and stays true while it stands."""


class ConsolidateResult(Struct, frozen=True):
    """One run: its outcome and where it was written (``None``: nothing had changed).

    ``shown_at`` is the link of the Google district spreadsheet, where it shows the same.
    """

    campaign: store.Campaign
    consolidation: Consolidation
    written_to: Path | None = None
    is_dry: bool = False
    findings: tuple[Finding, ...] = ()
    shown_at: str = ""

    @property
    def needs_user(self) -> bool:
        return needs_user(self.consolidation.findings) or self.is_beside

    @property
    def is_lasting(self) -> bool:
        """Whether the same run again would find nothing changed and say the same: nobody's answers left,
        no sheet in Google may have changed, nothing is told of this run alone."""
        found = self.consolidation
        is_of_once = any(one.code == _LEFT for one in found.findings) or any(
            one.code not in _OF_EVERY_RUN for one in self.findings
        )
        by_google = found.plan.settings.google or any(
            one.channel is Channel.GOOGLE for one in found.plan.participants
        )
        return not (self.is_dry or self.is_beside or is_of_once or by_google)

    @property
    def is_beside(self) -> bool:
        """Whether the workbook was left alone and the result saved beside it."""
        return self.written_to not in (None, self.campaign.workbook)
