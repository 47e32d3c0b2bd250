"""What the answer of a site says about a link. Pure: ``asking`` brings the answer.

A refusal is not death: 401, 403 and 429 mean a sign-in, a wall against programs or a request to
wait (lychee#1157, linkchecker#738), and a site that is down today may be up tomorrow.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from sheetsync.model import LinkCheck, LinkReason, LinkVerdict


class Answer(Struct, frozen=True):
    """The last answer on the way from ``asked`` to ``url``, every redirect followed."""

    asked: str
    url: str
    status: int


_CLOUDS: Final = (
    (re.compile(r"(?:^|\.)(?:drive|docs|accounts)\.google\.com$"), LinkReason.GOOGLE_LOCKED),
    (
        re.compile(r"(?:^|\.)(?:disk\.(?:360\.)?yandex\.\w+|yadi\.sk|docs\.yandex\.\w+)$"),
        LinkReason.YANDEX_LOCKED,
    ),
    (re.compile(r"(?:^|\.)cloud\.mail\.ru$"), LinkReason.MAIL_LOCKED),
)
"""Clouds where a file opens to nobody until its owner allows it."""

_DOORS: Final = re.compile(
    r"(?:^|\.)(?:accounts\.google\.com|passport\.yandex\.\w+|id\.vk\.(?:com|ru)|login\.\S+|auth\.\S+|oauth\.\S+|"
    r"account\.mail\.ru|esia\.gosuslugi\.ru|sso\.\S+)$"
)
_DOOR_PATH: Final = re.compile(
    r"/(?:login|log-in|signin|sign-in|auth|authorize|servicelogin)\b", re.IGNORECASE
)


def judged(answer: Answer) -> LinkCheck:
    """The verdict on a link whose site answered."""
    match answer.status:
        case status if 200 <= status < 300:
            return _locked(answer) if _is_door(answer) else LinkCheck(LinkVerdict.OPENS)
        case 401:
            return _locked(answer)
        case 403:
            locked = _locked(answer)
            is_cloud = locked.reason is not LinkReason.ASKS_TO_SIGN_IN
            return locked if is_cloud else LinkCheck(LinkVerdict.SIGN_IN, LinkReason.FORBIDDEN)
        case 404:
            return LinkCheck(LinkVerdict.DEAD, LinkReason.NOT_FOUND)
        case 410:
            return LinkCheck(LinkVerdict.DEAD, LinkReason.GONE)
        case 429:
            return LinkCheck(LinkVerdict.UNCHECKED, LinkReason.BUSY)
        case status if status >= 500:
            return LinkCheck(LinkVerdict.UNCHECKED, LinkReason.SITE_FAULT)
    return LinkCheck(LinkVerdict.UNCHECKED, LinkReason.ODD_ANSWER)


def _is_door(answer: Answer) -> bool:
    """Whether the way ended at a page to sign in that was not asked for."""
    asked, reached = urlsplit(answer.asked), urlsplit(answer.url)
    if (asked.hostname, asked.path) == (reached.hostname, reached.path):
        return False
    return bool(_DOORS.search(reached.hostname or "") or _DOOR_PATH.search(reached.path))


def _locked(answer: Answer) -> LinkCheck:
    host = urlsplit(answer.asked).hostname or ""
    reason = next((reason for cloud, reason in _CLOUDS if cloud.search(host)), LinkReason.ASKS_TO_SIGN_IN)
    return LinkCheck(LinkVerdict.SIGN_IN, reason)
