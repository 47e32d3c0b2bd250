"""Google as a watch sees it: one connection, what to ask there, and what was said of it already."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sheetsync import store
from sheetsync.campaign.files import journal_of, open_workbook, read_workbook_plan
from sheetsync.campaign.google.marks import code_in, plan_marks
from sheetsync.model import Plan
from sheetsync.workbooks.google.port import Google, GoogleTrouble

OF_ALL_GOOGLE = frozenset(
    (GoogleTrouble.UNREACHABLE, GoogleTrouble.BUSY, GoogleTrouble.EXPIRED, GoogleTrouble.NOT_SIGNED_IN)
)
"""Troubles of the whole account or network, not of one file."""


@dataclass(frozen=True, slots=True)
class InGoogle:
    """What of a campaign is in Google: the district spreadsheet with the tick, the sheets of schools."""

    plan: Plan
    district: str | None
    has_sheets: bool


def in_google(campaign: store.Campaign) -> InGoogle | None:
    """What to watch there; ``None`` when the settings do not want Google. Raises ``store.StoreError``."""
    with journal_of(campaign) as journal:
        issue = max((one.issue for one in journal.forms()), default=1)
        plan = read_workbook_plan(open_workbook(campaign), issue).plan
        if not plan.settings.google:
            return None
        district = journal.published.file(plan.plan_id) if plan.settings.google_publish else None
        return InGoogle(plan, district, bool(journal.google.sheets()))


def versions_of(google: Google, plan: Plan) -> dict[str, int]:
    """Schools' sheets with their versions, wherever on the Drive they lie: one request a thousand."""
    return {one.id: one.version for one in google.marked(plan_marks(plan)) if code_in(one, plan)}


class Connection:
    """Signed in once for all polls and runs, so that together they keep the pace; anew after a trouble."""

    def __init__(self, connect: Callable[[], Google]) -> None:
        self._connect = connect
        self._google: Google | None = None

    def google(self) -> Google:
        """Raises ``GoogleRefused``."""
        if self._google is None:
            self._google = self._connect()
        return self._google

    def drop(self) -> None:
        """The next one who asks signs in anew: perhaps somebody did so meanwhile."""
        google, self._google = self._google, None
        if isinstance(google, AbstractContextManager):
            google.__exit__(None, None, None)
