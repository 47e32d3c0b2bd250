"""The Google district spreadsheet in a consolidation: read before anything is judged, written after all.

Whatever becomes of it, the consolidation itself stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sheetsync import store
from sheetsync.campaign.google.fetching import Connect
from sheetsync.campaign.google.told import sign_in_finding, why
from sheetsync.campaign.rendering import Orphans
from sheetsync.findings import make
from sheetsync.journal import Journal, RowKey
from sheetsync.model import Consolidation, Decision, Finding, JournalLine, Plan
from sheetsync.surprises import kept_details, kind_and_place
from sheetsync.workbooks.google.port import GoogleRefused
from sheetsync.workbooks.port import WorkbookTables

if TYPE_CHECKING:
    from sheetsync.campaign.google.district_sheet import DistrictSheet

Decisions = Mapping[RowKey, Decision]


class Showing:
    """One run; without ``connect``, or where the settings do not ask for it, nothing is done."""

    def __init__(self, connect: Connect | None, campaign: store.Campaign, journal: Journal) -> None:
        self._connect = connect
        self._campaign = campaign
        self._journal = journal
        self._sheet: DistrictSheet | None = None
        self.findings: tuple[Finding, ...] = ()
        """What came of it last: of reading what was decided there, then of writing."""
        self.orphans: Orphans = {}
        """What stood in Google beside rows that went."""
        self.link = ""
        """Where it is shown; nothing when it is not."""

    def decided(self, plan: Plan, own: Decisions) -> tuple[Decisions, tuple[Finding, ...]]:
        """Decisions to judge with: those of the book, and what was decided in Google since."""
        settings = plan.settings
        if self._connect is None or not (settings.google and settings.google_publish):
            return own, ()
        try:
            return self._read(self._connect, plan, own)
        except Exception as error:  # noqa: BLE001 - the run goes on without Google, and says so
            self.findings = (_not_shown(error),)
            return own, ()

    def _read(self, connect: Connect, plan: Plan, own: Decisions) -> tuple[Decisions, tuple[Finding, ...]]:
        from sheetsync.campaign.google.decisions import decisions_from_google  # noqa: PLC0415 - only if asked
        from sheetsync.campaign.google.district_sheet import district_sheet  # noqa: PLC0415
        from sheetsync.campaign.google.folder import folder_of  # noqa: PLC0415
        from sheetsync.workbooks.templates import Template, template_bytes  # noqa: PLC0415

        google = connect()
        template = template_bytes(Template.DISTRICT, self._campaign.folder)
        folder = folder_of(google, self._journal, plan)
        self._sheet = district_sheet(google, self._journal, plan, template, folder)
        told = decisions_from_google(self._sheet.workbook, self._journal, plan, own)
        owed = {(code, row.key) for row in plan.rows for code in row.reporters}
        taken = {key: one for key, one in told.decisions.items() if key in own or key in owed}
        self.findings = told.findings
        return {key: one for key, one in {**own, **taken}.items() if one != Decision()}, told.findings

    def show(self, found: Consolidation, lines: Sequence[JournalLine], book: WorkbookTables) -> None:
        """Make it show what the book shows; ``findings`` and ``orphans`` tell what came of it."""
        if self._sheet is None:
            return
        from sheetsync.campaign.google.publishing import publish  # noqa: PLC0415 - only if asked

        try:
            published = publish(self._sheet, found, lines, book, self._journal)
        except Exception as error:  # noqa: BLE001 - the свод is written already, and stands
            self.findings = (_not_shown(error),)
            return
        self.link = self._sheet.link
        self.findings = published.findings
        self.orphans = published.orphans or {}


def _not_shown(error: Exception) -> Finding:
    """G617 with the reason; of what nobody expects the developer gets the details."""
    match error:
        case GoogleRefused():
            return sign_in_finding(error) or make("G617", what=why(error))
        case store.StoreError():
            return make("G617", what=str(error))
    kept_details(error)
    return make("G617", what=kind_and_place(error))
