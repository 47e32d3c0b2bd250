"""The use case: a watch does what its schedule says and tells it line by line, until it is ended.

Nothing but a moved campaign ends it: whatever else is in the way is said once and tried again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.google.fetching import Connect, signing_in
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.watching.events import Events, FolderEvents
from sheetsync.campaign.watching.folder import sight_of
from sheetsync.campaign.watching.in_google import Connection, GoogleSide
from sheetsync.campaign.watching.notices import WatchNotice
from sheetsync.campaign.watching.running import Ran, run
from sheetsync.campaign.watching.schedule import OPEN_LONGEST, Cause, Deed, Outcome, Schedule
from sheetsync.campaign.watching.stopping import ended_by_signals
from sheetsync.notices import Notice, say
from sheetsync.workbooks.google.port import Google

_MINUTE: Final = 60
_NAMED: Final = 3
"""How many of the files that arrived a line names."""

Tell = Callable[[str], None]


class Ended(Enum):
    """How a watch ended; by Ctrl+C (``STOPPED``), or after the one round it was to do."""

    STOPPED = auto()
    DONE = auto()
    NEEDS_USER = auto()
    FAILED = auto()


def watch(
    place: Path,
    now: Callable[[], datetime],
    tell: Tell,
    *,
    once: bool = False,
    google: Connect | None = None,
    events: Events | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Ended:
    """Collect whenever something arrives, until Ctrl+C; with ``once`` collect what there is and end.

    ``tell`` gets a line for every event; ``google`` signs in otherwise than as the user of this
    computer. Raises ``store.StoreError`` when another watch works here, or the campaign went away.
    """
    campaign = store.open_campaign(place)
    own = FolderEvents(campaign.received)

    def connect() -> Google:
        return (google or signing_in(now()))()

    connection = Connection(connect)
    watcher = Watcher(campaign, connection, events or own, now, clock, tell, once)
    try:
        with ended_by_signals(), store.one_watcher(campaign, now()):
            return watcher.go()
    except KeyboardInterrupt:
        watcher.say(WatchNotice.STOPPED)
        return Ended.STOPPED
    finally:
        own.close()
        connection.drop()


@dataclass
class Watcher:
    """One watch under way."""

    campaign: store.Campaign
    connection: Connection
    events: Events
    now: Callable[[], datetime]
    clock: Callable[[], float]
    tell: Tell
    once: bool = False

    def __post_init__(self) -> None:
        self._schedule = Schedule()
        self._google = GoogleSide(self.campaign, self._schedule, self.connection, self.clock, self.say)
        self._book: tuple[int, int] | None = None
        self._last: Ran | None = None
        self._said = ""
        self._deeds: dict[Deed, Callable[[], None]] = {
            Deed.LOOK: self._look,
            Deed.ANSWER: self._google.answer,
            Deed.TICK: self._google.see_tick,
            Deed.LIST: self._google.list,
            Deed.RUN: self._run,
        }

    def say(self, notice: WatchNotice, **params: object) -> None:
        """One event, one line."""
        self._say(say(notice, **params))

    def _say(self, sentence: str) -> None:
        self.tell(say(WatchNotice.LINE, at=self.now(), what=sentence))

    def _say_once(self, sentence: str) -> None:
        """Not again until something else came of a run."""
        if sentence != self._said:
            self._say(sentence)
        self._said = sentence

    def go(self) -> Ended:
        """Do what is to be done, and wait in between."""
        self.say(WatchNotice.BEGUN, folder=self.campaign.received)
        while True:
            match self._schedule.next(self.clock()):
                case Deed() as deed:
                    self._deeds[deed]()
                case seconds:
                    if self.events.wait(seconds):
                        self._schedule.stirred()
            if self.once and self._last and self._is_over():
                return self._end_of_round(self._last)

    def _is_over(self) -> bool:
        """Whether the round came to something, and the tick has its answer if Google takes one."""
        is_answered = self._schedule.answer is None or self._google.is_away
        return not self._schedule.is_held and is_answered

    def _end_of_round(self, last: Ran) -> Ended:
        if last.outcome in {Outcome.FAILED, Outcome.HELD}:
            return Ended.FAILED
        return Ended.NEEDS_USER if last.needs_user else Ended.DONE

    # --- the folder

    def _look(self) -> None:
        workbook = self.campaign.workbook
        try:
            told = workbook.stat()
        except OSError:
            self._schedule.missed(self.clock())
            if self._schedule.is_gone(self.clock()):
                gone = say(WatchNotice.GONE, folder=self.campaign.folder)
                raise store.CampaignMissing(gone) from None
            return
        if self._book != (told.st_size, told.st_mtime_ns) and self._google.look():
            self._book = told.st_size, told.st_mtime_ns
        sight = sight_of(self.campaign.received)
        self._schedule.saw(sight, is_open=store.is_open_elsewhere(workbook), now=self.clock())

    # --- runs

    def _run(self) -> None:
        schedule = self._schedule
        self._look()
        if schedule.next(self.clock()) is not Deed.RUN:
            return  # a file moves again, or the campaign is not there
        self._tell_cause(schedule.cause())
        may_save_beside = self.once or schedule.may_save_beside(self.clock())
        schedule.began()
        ran = run(
            self.campaign,
            self.now(),
            self.connection.google,
            may_save_beside=may_save_beside,
            progress=self._progress(),
            clock=self.clock,
        )
        self._last = ran
        schedule.ended(ran.outcome, self._answer_of(ran), ran.seconds, self.clock())
        self._tell_outcome(ran)
        self._google.look()

    def _progress(self) -> Progress:
        """Told of copies as they are read; says so once a minute."""
        told = self.clock()

        def tell(done: int, total: int, _name: str) -> None:
            nonlocal told
            if self.clock() - told >= _MINUTE:
                told = self.clock()
                self._say(say(Notice.PRESS_READING, done=done, total=total))

        return tell

    def _answer_of(self, ran: Ran) -> str:
        """What is written beside the tick: when it was, and what came of it."""
        is_done = ran.outcome not in {Outcome.FAILED, Outcome.HELD}
        return ran.sentence if is_done else say(WatchNotice.NOT_DONE, at=self.now(), reason=ran.sentence)

    def _tell_cause(self, cause: Cause) -> None:
        match cause:
            case Cause.FOLDER:
                new = self._schedule.arrivals.new
                folder = self.campaign.received.name
                self.say(WatchNotice.FOLDER, folder=folder, count=len(new), names=_named(new))
            case Cause.TICK:
                self.say(WatchNotice.TICK, tick=say(GoogleNotice.COLLECT_NOW))
            case Cause.AGAIN:
                return  # told when it did not go on; what came of it is told
            case _:
                self.say(WatchNotice[cause.name])

    def _tell_outcome(self, ran: Ran) -> None:
        match ran.outcome:
            case Outcome.HELD:
                self._say_once(say(WatchNotice.HELD))
            case Outcome.OPEN:
                self._say_once(say(WatchNotice.OPEN, minutes=round(OPEN_LONGEST / _MINUTE)))
            case Outcome.FAILED:
                self._say_once(say(WatchNotice.FAILED, reason=ran.sentence))
            case _:
                self._said = ""
                self._say(ran.sentence)


def _named(names: tuple[str, ...]) -> str:
    first = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    return say(WatchNotice.AND_MORE, names=first, count=more) if more > 0 else first
