"""Troubles that a test or a trial asks for: each is declared, waits for its call, and is then used up.

``match`` is looked for in «VERB /path», the path decoded: «POST .*:batchUpdate».
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sheetsync_emulator import refusals
from sheetsync_emulator.answers import HTML_TYPE, Answer, ConnectionLost, NeverAnswered, of_error
from sheetsync_emulator.routes import Api
from sheetsync_emulator.trouble import ApiError

Outcome = Answer | ApiError | type[ConnectionLost] | type[NeverAnswered]

HTML_OF_500: Final = (
    "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Error 500 (Server Error)!!1</title>"
    "<p><b>500.</b> <ins>That's an error.</ins></html>"
)


@dataclass
class Fault:
    """One trouble for ``times`` calls that match, after the first ``skip`` of them.

    ``do`` happens just before the call is served; without an ``outcome`` that is all there is to it.
    ``after`` = the call is carried out first, and only then answered with the trouble.
    """

    match: str
    outcome: Outcome | None = None
    times: int = 1
    skip: int = 0
    after: bool = False
    do: Callable[[], object] | None = None

    def comes(self, call: str) -> bool:
        """Whether this call is the one; what was skipped and what was used up is counted."""
        if self.times <= 0 or not re.search(self.match, call):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True

    def strike(self, api: Api) -> Answer:
        """The answer of this trouble, or no answer."""
        match self.outcome:
            case Answer() as answer:
                return answer
            case ApiError() as error:
                return of_error(error, api)
            case None:
                raise AssertionError("a fault without an outcome does not answer")
            case silence:
                raise silence


def too_many(match: str, times: int = 1, *, retry_after: int | None = None, skip: int = 0) -> Fault:
    """429: the quota of a minute is used up; Google seldom says ``Retry-After``."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Fault(match, refusals.over_quota(headers=headers), times, skip)


def rate_limited(match: str, times: int = 1, *, skip: int = 0) -> Fault:
    """403 by which Drive says «slower»."""
    return Fault(match, refusals.rate_limit(), times, skip)


def forbidden(match: str, times: int = 1, *, skip: int = 0) -> Fault:
    """403: no rights."""
    return Fault(match, refusals.no_rights(), times, skip)


def no_storage(match: str, times: int = 1, *, skip: int = 0) -> Fault:
    """403: the account has no room for files."""
    return Fault(match, refusals.no_storage(), times, skip)


def sharing_limit(match: str, times: int = 1, *, skip: int = 0) -> Fault:
    """403: too many invitations for today."""
    return Fault(match, refusals.sharing_limit(), times, skip)


def server_error(match: str, times: int = 1, *, skip: int = 0) -> Fault:
    """500 with a page of HTML where JSON is expected."""
    return Fault(match, Answer(500, HTML_TYPE, HTML_OF_500.encode()), times, skip)


def unavailable(match: str, times: int = 1, *, after: bool = False, skip: int = 0) -> Fault:
    """503, before or after the call was carried out."""
    return Fault(match, refusals.unavailable(), times, skip, after)


def reset(match: str, times: int = 1, *, after: bool = False, skip: int = 0) -> Fault:
    """The connection is reset, before or after the call was carried out."""
    return Fault(match, ConnectionLost, times, skip, after)


def timeout(match: str, times: int = 1, *, after: bool = False, skip: int = 0) -> Fault:
    """No answer in time, before or after the call was carried out."""
    return Fault(match, NeverAnswered, times, skip, after)


def token_expired(match: str, times: int = 1, *, skip: int = 0) -> Fault:
    """401 for one call; a new token helps."""
    return Fault(match, refusals.unauthenticated(), times, skip)


def meanwhile(match: str, do: Callable[[], object], times: int = 1, *, skip: int = 0) -> Fault:
    """Something happens just before the call: a tab is renamed, a share is lost, a school types."""
    return Fault(match, None, times, skip, do=do)
