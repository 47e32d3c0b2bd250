"""The one place that speaks to Google: paced, patient within bounds, and to nobody else.

gspread's client is kept to, so that whatever of gspread is used over it is asked the same way; its
own retries are not used (they may go on for a day). Imported when Google is first needed.
"""

from __future__ import annotations

import json as json_text
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import gspread
import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from gspread.http_client import FileType
from msgspec import Struct
from requests.exceptions import ConnectTimeout
from urllib3.exceptions import MaxRetryError, NewConnectionError

from sheetsync.workbooks.google.address import Address
from sheetsync.workbooks.google.pace import Clock, Pace, Sleep
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble, Json
from sheetsync.workbooks.google.retries import (
    Again,
    Before,
    Failure,
    OutcomeUnknown,
    decide,
    failure_of,
    seconds_asked,
)
from sheetsync.workbooks.google.session import SignedSession, TokensUnavailable

SHEETS_A_MINUTE: Final = 55
"""Reads, and apart from them writes: Google answers 60 of an account; some are left for a neighbour."""

_CONNECT_SECONDS: Final = 10.0
_DRIVE_SECONDS: Final = 60.0
_SHEETS_SECONDS: Final = 180.0
"""Sheets itself gives up after so long; a big spreadsheet may need some of it."""
_SPREADSHEETS: Final = "/v4/spreadsheets"
_REPEATABLE: Final = frozenset({"GET", "PUT", "DELETE"})
_JSON: Final = "application/json; charset=UTF-8"
_OWN_HEADERS: Final = {"User-Agent": "sheetsync (gzip)", "Accept-Encoding": "gzip"}
"""Google packs its answers only for those who name gzip in both."""


Params = Mapping[str, str | float | Sequence[str] | None]


@dataclass
class Errand:
    """One thing asked of Google, in however many tries."""

    repeatable: bool
    since: float
    tries: int = 0
    renewed: bool = False


class _Call(Struct, frozen=True):
    """One request as it is sent."""

    method: str
    url: str
    options: Mapping[str, Any]


class Http(gspread.HTTPClient):
    """gspread's client with a pace, bounded retries and one address."""

    def __init__(
        self,
        credentials: Credentials,
        address: Address,
        clock: Clock,
        sleep: Sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        session = SignedSession(credentials, address)
        session.headers.update(_OWN_HEADERS)
        super().__init__(credentials, session)
        self._signed = session
        self._address = address
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._paces = {reads: Pace(SHEETS_A_MINUTE, clock, sleep) for reads in (True, False)}

    def close(self) -> None:
        self._signed.close()

    def errand(self, *, repeatable: bool) -> Errand:
        """Something to be asked for, from now on."""
        return Errand(repeatable, self._clock())

    def ask(
        self,
        method: str,
        url: str,
        params: Params | None = None,
        body: Json | None = None,
        errand: Errand | None = None,
    ) -> Json:
        """The answer's JSON; {} when it is empty. Raises ``GoogleRefused``."""
        response = self.request(method, url, params=params, json=body, errand=errand)
        answer: Json = response.json() if response.content else {}
        return answer

    def request(  # noqa: PLR0917 - gspread's own
        self,
        method: str,
        endpoint: str,
        params: Params | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: FileType = None,
        headers: Mapping[str, str] | None = None,
        errand: Errand | None = None,
    ) -> requests.Response:
        """Ask until there is an answer or no sense in asking.

        Raises ``GoogleRefused``; ``OutcomeUnknown`` when an errand that must not be repeated is to
        be looked at, after the wait that is due before that.
        """
        told = dict(headers or {})
        if json is not None:
            data, told["Content-Type"] = json_text.dumps(json, ensure_ascii=False).encode(), _JSON
        verb = method.upper()
        sent = {"params": params, "data": data, "files": files, "headers": told}
        call = _Call(verb, self._address.of(endpoint), sent)
        what = errand or self.errand(repeatable=verb in _REPEATABLE)
        while True:
            came = self._tried(call)
            if isinstance(came, requests.Response):
                return came
            self._prepare(came, what)

    def _prepare(self, failure: Failure, errand: Errand) -> None:
        """All that comes before the next try of an errand, if there is to be one."""
        errand.tries += 1
        decision = decide(
            failure,
            repeatable=errand.repeatable,
            tries=errand.tries,
            elapsed=self._clock() - errand.since,
            renewed=errand.renewed,
            chance=self._chance(),
        )
        if not isinstance(decision, Again):
            raise GoogleRefused(decision.trouble, failure.detail)
        if decision.wait:
            self._sleep(decision.wait)
        if decision.before is Before.RENEW:
            errand.renewed = True
            self._signed.forget_token()
        if decision.before is Before.LOOK:
            raise OutcomeUnknown(GoogleTrouble.UNREACHABLE, failure.detail)

    def _tried(self, call: _Call) -> requests.Response | Failure:
        sheets = _SPREADSHEETS in call.url
        if sheets:
            self._paces[call.method == "GET"].take()
        patience = (_CONNECT_SECONDS, _SHEETS_SECONDS if sheets else _DRIVE_SECONDS)
        try:
            response = self.session.request(
                call.method, call.url, timeout=patience, allow_redirects=False, **call.options
            )
        except GoogleAuthError as error:
            return _unsigned(error)
        except requests.RequestException as error:
            return _lost(error)
        return _refusal(response) or response


def _unsigned(error: GoogleAuthError) -> Failure:
    """There is no access token to ask with: for the moment, or the sign-in is no longer good."""
    if isinstance(error, TransportError) or error.retryable:
        status = error.status if isinstance(error, TokensUnavailable) else 0
        return Failure(status, sent=False, word=_name_of(error))
    expired = isinstance(error, RefreshError)
    trouble = GoogleTrouble.EXPIRED if expired else GoogleTrouble.NOT_SIGNED_IN
    raise GoogleRefused(trouble, _name_of(error)) from None


def _lost(error: requests.RequestException) -> Failure:
    """No answer came. Without a connection nothing was asked either."""
    inner = error.args[0] if error.args else None
    reason = inner.reason if isinstance(inner, MaxRetryError) else None
    never = isinstance(error, ConnectTimeout) or isinstance(reason, NewConnectionError)
    return Failure(sent=not never, word=_name_of(error))


def _refusal(response: requests.Response) -> Failure | None:
    """Why an answer is not what was asked for; None when it is."""
    body = _parsed(response)
    if response.status_code < 300 and (body is not None or not response.content):
        return None
    headers = response.headers
    asked = seconds_asked(headers.get("Retry-After", ""), headers.get("Date", ""))
    return failure_of(response.status_code, body, asked)


def _parsed(response: requests.Response) -> object | None:
    try:
        body: object = response.json()
    except ValueError:
        return None
    return body


def _name_of(error: Exception) -> str:
    """What kind of failure it was; its words may hold an address with a token."""
    return type(error).__name__
