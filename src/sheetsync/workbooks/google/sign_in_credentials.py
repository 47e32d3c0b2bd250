"""A kept sign-in becomes credentials for google-auth: tokens come from one place and show nowhere."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import google.auth
from google.auth import credentials as base_credentials
from google.auth import exceptions
from google.auth.transport import Request
from google.auth.transport import requests as transport
from google.oauth2 import credentials as user
from google.oauth2 import service_account

from sheetsync.workbooks.google.address import Address
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble
from sheetsync.workbooks.google.session import GuardedSession
from sheetsync.workbooks.google.sign_in import BROWSER_SCOPES, ROBOT_SCOPES, SignIn, Way
from sheetsync.workbooks.google.sign_in_words import CLOCK, KEY_GONE

SECONDS: Final = 30
"""How long one question of a sign-in may take."""
TOKENS: Final = "https://oauth2.googleapis.com/token"
"""The only place tokens are asked for, whatever a client file or a key names."""

_CODE: Final = re.compile(r"[a-z_]{1,40}")
_OVER: Final = frozenset({"invalid_grant", "invalid_client", "deleted_client", "unauthorized_client"})

logging.getLogger("google").addHandler(logging.NullHandler())  # its warnings are not for the terminal


class Tokens(base_credentials.Credentials):
    """Credentials that take tokens from inner ones, and nothing else of what those would do.

    Inner ones of a service account also ask another server of Google, from a thread of their own,
    in which regions they may work. ``server_time`` is what the clock of the token's place showed.
    """

    def __init__(self, inner: base_credentials.Credentials) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # google-auth's
        self._inner = inner
        self._quota_project_id = inner.quota_project_id
        self.server_time: datetime | None = None

    def refresh(self, request: Callable[..., Any]) -> None:
        """A new token, asked for within half a minute.

        Raises ``GoogleRefused`` when there will be none, an error of google-auth when asking again may help.
        """
        asking = _Asking(request)
        try:
            self._inner.refresh(asking)
        except exceptions.RefreshError as error:
            if error.retryable:
                raise
            raise _refusal(error) from None  # the cause may quote what was sent
        finally:
            self.server_time = asking.server_time or self.server_time
        self.token, self.expiry = self._inner.token, self._inner.expiry


def credentials_of(sign_in: SignIn, address: Address) -> Tokens:
    """Credentials for a session of google-auth. Asks nobody yet.

    Raises ``GoogleRefused``: no sign-in on this computer (application defaults), or a damaged one.
    """
    match sign_in.way:
        case Way.BROWSER:
            inner = _of_person(sign_in, address)
        case Way.SERVICE_ACCOUNT:
            inner = _of_key(sign_in, address)
        case Way.ADC:
            inner = _of_computer(address)
    return Tokens(inner)


def _of_person(sign_in: SignIn, address: Address) -> base_credentials.Credentials:
    made: base_credentials.Credentials = user.Credentials(
        None,
        refresh_token=sign_in.secret.get("refresh_token"),
        token_uri=address.of(TOKENS),
        client_id=sign_in.secret.get("client_id"),
        client_secret=sign_in.secret.get("client_secret"),
        scopes=list(BROWSER_SCOPES),
    )
    return made


def _of_key(sign_in: SignIn, address: Address) -> base_credentials.Credentials:
    try:
        made: base_credentials.Credentials = service_account.Credentials.from_service_account_info(
            {**sign_in.secret, "token_uri": address.of(TOKENS)}, scopes=list(ROBOT_SCOPES)
        )
    except (ValueError, exceptions.GoogleAuthError):
        raise GoogleRefused(GoogleTrouble.NOT_SIGNED_IN, KEY_GONE) from None
    return made


def _of_computer(address: Address) -> base_credentials.Credentials:
    """Whatever the computer is set up for. A person's own come with the scopes they were given."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a quota project: the doctor tells it in words
            found, _project = google.auth.default(scopes=list(ROBOT_SCOPES))
    except exceptions.GoogleAuthError:
        raise GoogleRefused(GoogleTrouble.NOT_SIGNED_IN, Way.ADC.value) from None
    if isinstance(found, base_credentials.CredentialsWithTokenUri | user.Credentials):
        found = found.with_token_uri(address.of(TOKENS))
    elif address.emulator:
        raise GoogleRefused(GoogleTrouble.NOT_SIGNED_IN, Way.ADC.value)  # they would ask Google itself
    return found


def renewed(tokens: Tokens, address: Address) -> None:
    """Ask for a token now, once. Raises ``GoogleRefused``."""
    with GuardedSession() as session:
        session.keep_to(address)
        try:
            tokens.refresh(transport.Request(session))
        except exceptions.GoogleAuthError:
            raise GoogleRefused(GoogleTrouble.UNREACHABLE) from None


def _refusal(error: exceptions.RefreshError) -> GoogleRefused:
    """What a refused token means. Only Google's code is kept: its texts may quote what was sent."""
    told = next((one for one in error.args if isinstance(one, dict)), {})
    code, words = str(told.get("error", "")), str(told.get("error_description", ""))
    if not _CODE.fullmatch(code):
        return GoogleRefused(GoogleTrouble.UNREACHABLE)  # no answer of Google's but somebody's page
    if code not in _OVER:
        return GoogleRefused(GoogleTrouble.REFUSED, code)
    if "iat and exp" in words:
        return GoogleRefused(GoogleTrouble.EXPIRED, CLOCK)
    if "JWT Signature" in words or "account not found" in words:
        return GoogleRefused(GoogleTrouble.EXPIRED, KEY_GONE)
    return GoogleRefused(GoogleTrouble.EXPIRED, code)


class _Asking(Request):
    """The session's way to the place of tokens: bounded in time, remembers the clock there."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask
        self.server_time: datetime | None = None

    def __call__(self, *args: Any, **options: Any) -> Any:
        answer = self._ask(*args, **{**options, "timeout": SECONDS})
        self.server_time = _time(answer.headers.get("Date", ""))
        return answer


def _time(date: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date)
    except ValueError:
        return None
