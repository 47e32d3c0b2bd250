"""Google as a watch sees it: what of the campaign is there, the tick, schools' edits, and its troubles."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.files import journal_of, open_workbook, read_workbook_plan
from sheetsync.campaign.google.fetching import Connect
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.tick import answered, asked_to_collect
from sheetsync.campaign.google.told import sentence_of as google_sentence
from sheetsync.campaign.pressing import sentence_of
from sheetsync.campaign.watching.notices import WatchNotice
from sheetsync.campaign.watching.schedule import LIST_EVERY, TICK_EVERY, Poll, Schedule
from sheetsync.notices import say
from sheetsync.workbooks.google.port import Google, GoogleRefused, GoogleTrouble

_OF_ALL_GOOGLE: Final = frozenset(
    (GoogleTrouble.UNREACHABLE, GoogleTrouble.BUSY, GoogleTrouble.EXPIRED, GoogleTrouble.NOT_SIGNED_IN)
)
"""Troubles of the whole account or network, not of one file."""

_MINUTE: Final = 60


class Say(Protocol):
    """One event, one line."""

    def __call__(self, notice: WatchNotice, **params: object) -> None: ...


class There(Struct, frozen=True):
    """What of a campaign is in Google: the district spreadsheet with the tick, and schools' sheets."""

    district: str | None = None
    folder: str | None = None
    sheets: frozenset[str] = frozenset()


def there_of(campaign: store.Campaign) -> There:
    """As the settings in the workbook want it and the journal knows it. Raises ``store.StoreError``."""
    plan = read_workbook_plan(open_workbook(campaign), 1).plan
    if not plan.settings.google:
        return There()
    with journal_of(campaign) as journal:
        district = journal.published.file(plan.plan_id) if plan.settings.google_publish else None
        sheets = frozenset(one.file for one in journal.google.sheets())
        return There(district, journal.google.folder(plan.plan_id), sheets)


def versions_of(google: Google, there: There) -> dict[str, int]:
    """Schools' sheets with their versions: one request a thousand."""
    listed = google.listed(there.folder) if there.folder else ()
    return {one.id: one.version for one in listed if one.id in there.sheets}


class Connection:
    """Signed in once for all polls and runs, so that together they keep the pace; anew after a trouble."""

    def __init__(self, connect: Connect) -> None:
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


@dataclass
class GoogleSide:
    """Asks what the schedule says; a trouble is told once, and asked less often while it lasts."""

    campaign: store.Campaign
    schedule: Schedule
    connection: Connection
    clock: Callable[[], float]
    say: Say

    def __post_init__(self) -> None:
        self._there = There()
        self._troubles: dict[Poll, GoogleTrouble] = {}

    @property
    def is_away(self) -> bool:
        return bool(self._troubles)

    def look(self) -> bool:
        """See what of the campaign is in Google now; whether the workbook could be read."""
        before = self._there
        try:
            there = self._there = there_of(self.campaign)
        except store.StoreError:
            return False  # perhaps it is being saved just now; a run tells why
        tick, listing, now = self.schedule.tick, self.schedule.listing, self.clock()
        if there.district and tick.at is None:
            self.say(WatchNotice.BEGUN_TICK, tick=say(GoogleNotice.COLLECT_NOW), seconds=round(TICK_EVERY))
        if there.sheets and listing.at is None:
            self.say(WatchNotice.BEGUN_SHEETS, minutes=round(LIST_EVERY / _MINUTE))
        if before != there == There():
            self.say(WatchNotice.GOOGLE_OFF)
        tick.switch(bool(there.district), now)
        listing.switch(bool(there.sheets), now)
        return True

    def see_tick(self) -> None:
        def look(google: Google) -> None:
            if self._there.district and asked_to_collect(google, self._there.district):
                self.schedule.asked(self.clock())

        self._ask(self.schedule.tick, look)

    def answer(self) -> None:
        """Take the tick away and write what came of it."""

        def answer(google: Google) -> None:
            if self._there.district and self.schedule.answer:
                answered(google, self._there.district, self.schedule.answer)
                self.say(WatchNotice.ANSWERED)
            self.schedule.answer = None

        self._ask(self.schedule.tick, answer)

    def list(self) -> None:
        """See whether schools edited their sheets."""

        def listing(google: Google) -> None:
            self.schedule.listed(versions_of(google, self._there))

        self._ask(self.schedule.listing, listing)

    def _ask(self, poll: Poll, question: Callable[[Google], None]) -> None:
        try:
            question(self.connection.google())
        except GoogleRefused as refused:
            self._refused(poll, refused.trouble, google_sentence(refused))
        except Exception as error:  # noqa: BLE001 - told, and asked again later
            self._refused(poll, GoogleTrouble.REFUSED, sentence_of(error))
        else:
            poll.answered(self.clock())
            self._is_back(poll)

    def _refused(self, poll: Poll, trouble: GoogleTrouble, sentence: str) -> None:
        is_told = trouble in self._troubles.values()
        self._troubles[poll] = trouble
        if trouble in _OF_ALL_GOOGLE:
            self.connection.drop()
            self.schedule.away(self.clock())
        else:
            poll.failed(self.clock())
        if not is_told:
            wait = (poll.at or 0) - self.clock()
            self.say(WatchNotice.AWAY, reason=sentence, minutes=max(1, round(wait / _MINUTE)))

    def _is_back(self, poll: Poll) -> None:
        """What was wrong with all of Google is so no more for anything asked there."""
        if self._troubles.pop(poll, None) in _OF_ALL_GOOGLE:
            of_files = (one for one in self._troubles.items() if one[1] not in _OF_ALL_GOOGLE)
            self._troubles = dict(of_files)
            self.say(WatchNotice.BACK)
