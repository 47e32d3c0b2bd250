"""What to do when Google did not do what was asked: pure decisions, no network and no clock.

Three questions, in this order. Does asking again help at all? How long to wait? And may the request
simply be sent again: one that makes something may have been carried out although its answer was
lost, so it is looked for first.
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import Final

from msgspec import Struct

from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble

TRIES: Final = 6
"""How often one thing is asked for."""
TRIES_UNCONNECTED: Final = 3
"""The same where nobody even answered the door: most likely there is no internet."""
PATIENCE: Final = 300.0
"""Seconds after which a thing is not asked for again."""

_LONGEST_BACKOFF: Final = 64.0
_SHORTEST_WAIT: Final = 1.0
_RATE: Final = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})
_BY_REASON: Final = {
    "dailyLimitExceeded": GoogleTrouble.BUSY,
    "quotaExceeded": GoogleTrouble.BUSY,
    "storageQuotaExceeded": GoogleTrouble.NO_STORAGE,
    "teamDriveFileLimitExceeded": GoogleTrouble.NO_STORAGE,
    "activeItemCreationLimitExceeded": GoogleTrouble.NO_STORAGE,
    "sharingRateLimitExceeded": GoogleTrouble.SHARING_LIMIT,
    "invalidSharingRequest": GoogleTrouble.BAD_ADDRESS,
}
"""Refusals that hours would not mend, whatever their status."""
_BY_STATUS: Final = {
    403: GoogleTrouble.FORBIDDEN,
    404: GoogleTrouble.NOT_FOUND,
    410: GoogleTrouble.NOT_FOUND,
}
_PASSING: Final = frozenset({408, 409, 425})
"""Refusals of the 400s that pass by themselves."""


class Failure(Struct, frozen=True):
    """What came of one try.

    ``status`` is 0 where there was no answer; ``sent`` is False where the request never left: nobody
    listens, or (then with a status) there was no access token to be had for it.
    ``googles`` is False when the answer is not the JSON Google writes but somebody's page: of a
    proxy, of a provider, of Google's own front door. ``word`` names the failure, ``place`` the part
    of a batch that is meant.
    """

    status: int = 0
    reasons: tuple[str, ...] = ()
    retry_after: float | None = None
    sent: bool = True
    googles: bool = True
    word: str = ""
    place: str = ""

    @property
    def detail(self) -> str:
        """All that may be told of it: numbers and names, never a text of a cell."""
        status = str(self.status) if self.status else ""
        return " ".join(part for part in (status, self.word, *self.reasons, self.place) if part)

    @property
    def is_rate(self) -> bool:
        """Whether Google asked to go slower: nothing was done."""
        return self.status == 429 or (self.status == 403 and not _RATE.isdisjoint(self.reasons))

    @property
    def may_be_done(self) -> bool:
        """Whether the request may have been carried out although it failed."""
        return (
            self.sent and not self.is_rate and (self.status < 300 or self.status >= 500 or self.status == 408)
        )


class Before(Enum):
    """What to do before asking again."""

    NOTHING = auto()
    LOOK = auto()
    """See whether it is done already."""
    RENEW = auto()
    """Get a new access token."""


class Again(Struct, frozen=True):
    wait: float
    before: Before = Before.NOTHING


class GiveUp(Struct, frozen=True):
    trouble: GoogleTrouble


class OutcomeUnknown(GoogleRefused):
    """The answer to a request that must not be repeated was lost: look, then ask again."""


def decide(
    failure: Failure,
    *,
    repeatable: bool,
    tries: int,
    elapsed: float,
    renewed: bool = False,
    chance: float = 1.0,
) -> Again | GiveUp:
    """What to do after the ``tries``-th try of a thing asked for ``elapsed`` seconds ago.

    ``repeatable``: doing it twice leaves the same as doing it once. ``renewed``: it was tried with a
    new token already. ``chance``, from 0 to 1, keeps many computers from coming back at once.
    """
    if failure.status == 401:
        return GiveUp(GoogleTrouble.EXPIRED) if renewed else Again(0.0, Before.RENEW)
    if (final := _final(failure)) is not None:
        return GiveUp(final)
    wait = _wait(failure, tries, chance)
    allowed = TRIES if failure.sent or failure.status else TRIES_UNCONNECTED
    if tries >= allowed or elapsed + wait > PATIENCE:
        return GiveUp(GoogleTrouble.BUSY if failure.is_rate else GoogleTrouble.UNREACHABLE)
    look = failure.may_be_done and not repeatable
    return Again(wait, Before.LOOK if look else Before.NOTHING)


def _final(failure: Failure) -> GoogleTrouble | None:
    """The trouble that asking again does not help with."""
    for reason in failure.reasons:
        if reason in _BY_REASON:
            return _BY_REASON[reason]
    if failure.is_rate or failure.status in _PASSING or not 300 <= failure.status < 500:
        return None
    if not failure.googles:
        return GoogleTrouble.UNREACHABLE
    return _BY_STATUS.get(failure.status, GoogleTrouble.REFUSED)


def _wait(failure: Failure, tries: int, chance: float) -> float:
    """As long as Google asks; else longer each time, and over a quota together more than its minute."""
    if failure.retry_after is not None:
        return max(_SHORTEST_WAIT, failure.retry_after)
    longest = min(_LONGEST_BACKOFF, 2.0 ** (tries + 1 if failure.is_rate else tries))
    return longest * (1 + chance) / 2


# --- reading what Google said


def seconds_asked(retry_after: str, date: str = "") -> float | None:
    """``Retry-After``: seconds, or a moment, counted from the ``Date`` of the same answer."""
    text = retry_after.strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text):
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - parsedate_to_datetime(date)).total_seconds())
    except (TypeError, ValueError):
        return None


def failure_of(status: int, error: object, retry_after: float | None = None) -> Failure:
    """What an answer of Google's says; ``error`` is its parsed body, None when it is no JSON."""
    told = error.get("error") if isinstance(error, dict) else None
    if not isinstance(told, dict):
        return Failure(status, retry_after=retry_after, googles=False)
    listed = [*_parts(told.get("errors")), *_parts(told.get("details"))]
    reasons = dict.fromkeys(_names([*(one.get("reason") for one in listed), told.get("status")]))
    return Failure(status, tuple(reasons), retry_after, place=_place(told.get("message")))


def _parts(parts: object) -> list[dict[str, object]]:
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _names(words: list[object]) -> list[str]:
    """Reasons are names; anything else could be a text of somebody's."""
    return [word for word in words if isinstance(word, str) and re.fullmatch(r"[A-Za-z_]{1,64}", word)]


def _place(message: object) -> str:
    """Which request of a batch is meant: «requests[3].updateCells»; the rest may quote a cell."""
    found = (
        re.search(r"\brequests\[\d{1,6}\](\.[A-Za-z]{1,40})?", message) if isinstance(message, str) else None
    )
    return found.group() if found else ""
