"""A person allows the access in a browser: Google's page, an answer to this computer, tokens (PKCE)."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

import requests
from google_auth_oauthlib.flow import InstalledAppFlow, WSGITimeoutError
from msgspec import Struct
from oauthlib.oauth2 import OAuth2Error

from sheetsync.workbooks.google.address import Address
from sheetsync.workbooks.google.session import GuardedSession
from sheetsync.workbooks.google.sign_in import BROWSER_SCOPES, SignIn
from sheetsync.workbooks.google.sign_in_credentials import SECONDS, TOKENS

_CONSENT: Final = "https://accounts.google.com/o/oauth2/v2/auth"
_REVOKE: Final = "https://oauth2.googleapis.com/revoke"
_HERE: Final = "127.0.0.1"
PATIENCE: Final = 600
"""Seconds a person may take on Google's pages."""


class NotAllowed(StrEnum):
    """Why nobody is signed in after all."""

    DENIED = "access_denied"
    SCOPE_LEFT_OUT = "scope_left_out"
    """A tick on Google's page was left out."""
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    """Google would not have this client; its own code is the detail."""


class BrowserRefused(Exception):
    """The sign-in did not come about. Says nothing of tokens."""

    def __init__(self, why: NotAllowed, detail: str = "") -> None:
        super().__init__(why.value, detail)
        self.why = why
        self.detail = detail


class Allowed(Struct, frozen=True):
    """What the browser brought: the secret to keep and, when Google limits it, for how many seconds."""

    secret: Mapping[str, str]
    lasts: int | None


def allowed_in_browser(
    client: Mapping[str, str],
    address: Address,
    show: Callable[[str], None],
    *,
    open_browser: bool,
    thanks: str,
) -> Allowed:
    """Wait until a person has allowed the access. Raises ``BrowserRefused``.

    ``show`` is given the address of Google's page, whether a browser opens it or not; ``thanks`` is
    what the browser shows at the end.
    """
    flow = _flow(client, address, show)
    try:
        with flow.oauth2session:
            flow.run_local_server(
                host=_HERE,
                port=0,
                authorization_prompt_message=None,
                success_message=thanks,
                open_browser=open_browser and _has_browser(),
                timeout_seconds=PATIENCE,
                prompt="consent",  # a second sign-in gets a refresh token too
            )
    except Warning:  # oauthlib's word for scopes that differ from those asked for
        raise BrowserRefused(NotAllowed.SCOPE_LEFT_OUT) from None
    except WSGITimeoutError:
        raise BrowserRefused(NotAllowed.NO_ANSWER) from None
    except OAuth2Error as error:
        raise _refusal(error) from None
    except requests.RequestException:
        raise BrowserRefused(NotAllowed.UNREACHABLE) from None
    token = flow.oauth2session.token
    if "refresh_token" not in token:
        raise BrowserRefused(NotAllowed.REFUSED, "refresh_token")
    return Allowed({**client, "refresh_token": token["refresh_token"]}, token.get("refresh_token_expires_in"))


def given_back(sign_in: SignIn, address: Address) -> bool:
    """Whether Google took the sign-in of a browser back, so that a copy of it opens nothing any more."""
    with GuardedSession() as session:
        session.keep_to(address)
        try:
            answer = session.post(
                address.of(_REVOKE),
                data={"token": sign_in.secret.get("refresh_token", "")},
                timeout=SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException:
            return False
        return answer.ok


class _Flow(InstalledAppFlow):  # type: ignore[misc]  # the library is untyped
    """The library's flow, which shows its address to us instead of printing it."""

    show: Callable[[str], None]

    def authorization_url(self, **options: Any) -> tuple[str, str]:
        address, state = super().authorization_url(**options)
        self.show(address)
        return address, state


def _flow(client: Mapping[str, str], address: Address, show: Callable[[str], None]) -> _Flow:
    config = {**client, "auth_uri": address.of(_CONSENT), "token_uri": address.of(TOKENS)}
    flow: _Flow = _Flow.from_client_config({"installed": config}, scopes=list(BROWSER_SCOPES))
    flow.oauth2session.trust_env = not address.emulator
    flow.show = show
    return flow


def _refusal(error: OAuth2Error) -> BrowserRefused:
    if error.error == NotAllowed.DENIED:
        return BrowserRefused(NotAllowed.DENIED)
    return BrowserRefused(NotAllowed.REFUSED, str(error.error))


def _has_browser() -> bool:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
