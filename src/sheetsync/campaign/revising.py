"""Decisions changed in the middle of a consolidation, once it is known what the answers say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from sheetsync.campaign.run_lines import RunLines
from sheetsync.journal import Journal, RowKey
from sheetsync.model import Consolidation, Decision, JournalLine


class Revision(Protocol):
    """Asked anew in every attempt of a run: what it changes depends on what is found."""

    def decisions(self, found: Consolidation, journal: Journal) -> Mapping[RowKey, Decision]:
        """The decisions that are to be others, made on the answers as they are found now."""
        ...

    def recorded(self, found: Consolidation, journal: Journal, run: RunLines) -> list[JournalLine]:
        """What «Журнал» is to tell of it; what is to be known whatever becomes of the workbook is
        remembered at once."""
        ...

    def done(self, journal: Journal, run: RunLines) -> None:
        """The workbook shows it: what is no longer to be known is forgotten."""
        ...


class NothingRevised:
    """A consolidation that only collects."""

    def decisions(self, _found: Consolidation, _journal: Journal) -> Mapping[RowKey, Decision]:
        return {}

    def recorded(self, _found: Consolidation, _journal: Journal, _run: RunLines) -> list[JournalLine]:
        return []

    def done(self, _journal: Journal, _run: RunLines) -> None:
        return


NOTHING_REVISED: Final[Revision] = NothingRevised()
