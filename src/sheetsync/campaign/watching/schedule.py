"""What a watch does next: pure, told of the time and of everything that happened.

    schedule.next(now)   a ``Deed`` whose turn has come, or seconds to wait when there is none

A run is wanted by what lies in «Получено», by schools' edits in Google, by the tick «Собрать сейчас», by
a workbook that was closed without the last свод in it, and by a run that could not go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from sheetsync.campaign.watching.arrivals import QUIET, Arrivals, Sight

LOOK_EVERY: Final = 60.0
"""Seconds between looks at the folder nobody called for: of shared disks no system tells what happens."""

GLANCE: Final = 1.0
"""The same while something that arrives is not whole yet."""

TICK_EVERY: Final = 45.0
"""Between looks at the tick, one small read each: 1.3 of the 60 reads a minute Google gives an account."""

LIST_EVERY: Final = 180.0
"""Between listings of schools' sheets; Google tells of an edit some minutes late anyway."""

GOOGLE_REST: Final = 300.0
"""After a run schools' edits wait so long: people type for hours, one run collects it all."""

HELD_AGAIN: Final = 15.0
HELD_TOLD: Final = 120.0
"""Another run has the campaign: tried so often, and after so long whoever asked by the tick is told."""

OPEN_AGAIN: Final = 60.0
OPEN_LONGEST: Final = 600.0
"""The workbook is open and cannot be reached: tried so often, then the свод is saved beside it."""

FAILED_AGAIN: Final = 60.0
FAILED_LONGEST: Final = 3600.0
AWAY_LONGEST: Final = 900.0
"""Tried again after twice as long each time, at most so long."""

_DOUBLED_AT_MOST: Final = 10

GONE: Final = 30.0
"""A campaign not there for so long was moved or removed; saving and shared disks hide it for moments."""


class Deed(Enum):
    """Something to do, in the order of its turn."""

    LOOK = auto()
    ANSWER = auto()
    """Take the tick away and write what came of it."""
    TICK = auto()
    LIST = auto()
    RUN = auto()


class Cause(Enum):
    """Why a run is wanted."""

    BEGIN = auto()
    TICK = auto()
    FOLDER = auto()
    GOOGLE = auto()
    CLOSED = auto()
    AGAIN = auto()


class Outcome(Enum):
    """What a run came to."""

    DONE = auto()
    ON_SCREEN = auto()
    """Done in the open workbook, which people save when they like."""
    BESIDE = auto()
    """Saved beside the workbook."""
    HELD = auto()
    """Another run has the campaign."""
    OPEN = auto()
    """The workbook is open and cannot be reached."""
    FAILED = auto()


class Poll:
    """Something asked of Google now and then; less often while there is no answer."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._failures = 0
        self.at: float | None = None
        """When it is asked next; ``None`` while it is not to be asked."""

    def switch(self, on: bool, now: float) -> None:
        if not on:
            self.at = None
        elif self.at is None:
            self.at = now

    def answered(self, now: float) -> None:
        self._failures = 0
        self.at = now + self._every

    def hurry(self, now: float) -> None:
        """There is something to say: ask at once, unless Google does not answer just now."""
        if self.at is not None and not self._failures:
            self.at = now

    def failed(self, now: float) -> None:
        self._failures += 1
        self.at = now + _doubled(self._every, self._failures, AWAY_LONGEST)


class Schedule:
    """One watch. Times are seconds of one clock; only differences mean something."""

    def __init__(self) -> None:
        self.arrivals = Arrivals()
        self.tick = Poll(TICK_EVERY)
        self.listing = Poll(LIST_EVERY)
        self.answer: str | None = None
        """What the tick is to be answered with."""
        self.has_run = False
        self.is_held = False
        """Whether another run has the campaign, not for long yet: whoever asked by the tick waits with us."""
        self._versions: Mapping[str, int] | None = None
        self._look_at = self._looked = float("-inf")
        self._gone_since: float | None = None
        self._asked_at: float | None = None
        self._has_news = False
        self._closed_at: float | None = None
        self._again_at: float | None = float("-inf")
        self._rested_at = self._ended = float("-inf")
        self._stuck_since: float | None = None
        """Since when another run, or an open workbook, is in the way."""
        self._failures = 0
        self._is_behind = self._was_open = False

    def next(self, now: float) -> Deed | float:
        """What to do now, or how long to wait."""
        asks = self.answer is not None
        times = {
            Deed.LOOK: self._look_at,
            Deed.ANSWER: self.tick.at if asks else None,
            Deed.TICK: None if asks else self.tick.at,
            Deed.LIST: self.listing.at,
            Deed.RUN: self._wanted()[1] if self._gone_since is None else None,
        }
        set_ones = {deed: at for deed, at in times.items() if at is not None}
        due = (deed for deed, at in set_ones.items() if at <= now)
        return next(due, None) or min(set_ones.values()) - now

    # --- the folder

    def stirred(self) -> None:
        """Something happened in the folder: look soon."""
        self._look_at = min(self._look_at, self._looked + GLANCE)

    def saw(self, sight: Sight, *, is_open: bool, now: float) -> None:
        """A look at the campaign; ``is_open``: somebody has the workbook open."""
        self._gone_since = None
        self.arrivals.saw(sight, now)
        self._was_open = self._was_open or is_open
        if not self._is_behind or is_open:
            self._closed_at = None
        elif self._closed_at is None:
            self._closed_at = now if self._was_open else max(now, self._ended + OPEN_LONGEST)
        due = self.arrivals.due()
        self._look_again(now, soon=due is not None and now < due)

    def missed(self, now: float) -> None:
        """The campaign was not where it was."""
        self._gone_since = now if self._gone_since is None else self._gone_since
        self._look_again(now, soon=True)

    def is_gone(self, now: float) -> bool:
        return self._gone_since is not None and now - self._gone_since >= GONE

    def _look_again(self, now: float, *, soon: bool) -> None:
        self._looked = now
        self._look_at = now + (GLANCE if soon else LOOK_EVERY)

    # --- Google

    def asked(self, now: float) -> None:
        """Somebody set the tick."""
        self._asked_at = now if self._asked_at is None else self._asked_at

    def listed(self, versions: Mapping[str, int]) -> None:
        """Schools' sheets and their versions."""
        self._has_news = self._has_news or versions != self._versions
        self._versions = dict(versions)

    def away(self, now: float) -> None:
        """Google answers nothing."""
        for poll in (self.tick, self.listing):
            if poll.at is not None:
                poll.failed(now)

    # --- runs

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits for this run at the tick."""
        return self._asked_at is not None

    def cause(self) -> Cause:
        """Why the run whose turn has come is wanted."""
        return self._wanted()[0]

    def may_save_beside(self, now: float) -> bool:
        """Whether the свод is to be saved beside a workbook that cannot be reached."""
        return self.is_asked or (self._stuck_since is not None and now - self._stuck_since >= OPEN_LONGEST)

    def began(self) -> None:
        """A run begins: it collects all there is."""
        self.arrivals.take()
        self._closed_at = self._again_at = None
        self._has_news = False

    def ended(self, outcome: Outcome, sentence: str, seconds: float, now: float) -> None:
        """What it came to; the disk, and the people who look, rest as long as it lasted."""
        self.has_run = True
        self._ended = now
        self._rested_at = now + max(QUIET, seconds)
        is_stuck = outcome in {Outcome.HELD, Outcome.OPEN}
        since = now if self._stuck_since is None else self._stuck_since
        self._stuck_since = since if is_stuck else None
        self._failures = self._failures + 1 if outcome is Outcome.FAILED else 0
        if outcome not in {Outcome.HELD, Outcome.FAILED}:
            self._is_behind = outcome is not Outcome.DONE
            self._was_open = outcome in {Outcome.ON_SCREEN, Outcome.OPEN}
        match outcome:
            case Outcome.HELD:
                self._try_again(now + HELD_AGAIN)
            case Outcome.OPEN:
                self._try_again(now + OPEN_AGAIN)
            case Outcome.FAILED:
                self._try_again(now + _doubled(FAILED_AGAIN, self._failures - 1, FAILED_LONGEST))
        self.is_held = outcome is Outcome.HELD and now - since < HELD_TOLD
        if self._asked_at is not None and not self.is_held:
            self._asked_at, self.answer = None, sentence
            self.tick.hurry(now)

    def _try_again(self, at: float) -> None:
        self._again_at = self._rested_at = at
        self._asked_at = at if self._asked_at is not None else None

    def _wanted(self) -> tuple[Cause, float | None]:
        """The run that is wanted first."""
        if self._asked_at is not None:
            return Cause.TICK, self._asked_at
        arrived = self.arrivals.due()
        wanted = {
            Cause.AGAIN if self.has_run else Cause.BEGIN: self._again_at,
            Cause.FOLDER: None if arrived is None else max(arrived, self._rested_at),
            Cause.GOOGLE: max(self._rested_at, self._ended + GOOGLE_REST) if self._has_news else None,
            Cause.CLOSED: None if self._closed_at is None else max(self._closed_at, self._rested_at),
        }
        times = ((cause, at) for cause, at in wanted.items() if at is not None)
        return min(times, key=lambda one: one[1], default=(Cause.AGAIN, None))


def _doubled(seconds: float, times: int, longest: float) -> float:
    return min(seconds * 2.0 ** min(times, _DOUBLED_AT_MOST), longest)
