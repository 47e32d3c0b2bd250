"""One question about the account that is signed in: who it is and how much room it has."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from sheetsync.workbooks.google.http import Http

_ABOUT: Final = "https://www.googleapis.com/drive/v3/about"
_FIELDS: Final = "user(emailAddress),storageQuota(limit,usage)"


class Account(Struct, frozen=True):
    """``limit`` and ``used`` are bytes; a limit of None is none at all."""

    email: str
    limit: int | None
    used: int


def account_of(http: Http) -> Account:
    """The account behind a connection: one request. Raises ``GoogleRefused``."""
    told = http.ask("GET", _ABOUT, params={"fields": _FIELDS})
    room = told.get("storageQuota", {})
    return Account(
        email=str(told.get("user", {}).get("emailAddress", "")),
        limit=int(room["limit"]) if "limit" in room else None,
        used=int(room.get("usage", 0)),
    )
