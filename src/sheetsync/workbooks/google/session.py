"""The connection to Google: signed, and closed to every other host.

An access token in a header follows a redirect, a proxy variable or a stray ``.netrc`` wherever they
lead; here a request to a foreign host is refused before it is sent.
"""

from __future__ import annotations

from typing import Any, Final

import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import TransportError
from google.auth.transport.requests import AuthorizedSession, Request

from sheetsync.workbooks.google.address import Address
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble

_PASSING: Final = frozenset({408, 429})


class TokensUnavailable(TransportError):
    """Whoever gives tokens cannot do it at the moment; ``status`` is how it said so."""

    def __init__(self, status: int) -> None:
        super().__init__(status)  # type: ignore[no-untyped-call]  # google-auth's
        self.status = status


class GuardedSession(requests.Session):
    """A session that speaks to one address only."""

    address: Address

    def keep_to(self, address: Address) -> None:
        """From now on ask nobody else; on the way to this very computer no proxy is asked either."""
        self.address = address
        self.auth = _as_it_is
        if address.emulator:
            self.trust_env = False

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        if not self.address.admits(request.url or ""):
            raise GoogleRefused(GoogleTrouble.REFUSED, _host(request.url or ""))
        return super().send(request, **options)


class SignedSession(GuardedSession, AuthorizedSession):
    """A session that signs each request with an access token.

    A 401 comes back as it is: whether a new token is worth a try is decided in ``retries``.
    """

    def __init__(self, credentials: Credentials, address: Address) -> None:
        tokens = GuardedSession()
        tokens.keep_to(address)
        self._tokens = tokens
        AuthorizedSession.__init__(
            self, credentials, refresh_status_codes=(), auth_request=_TokenRequest(tokens)
        )
        self.keep_to(address)

    def forget_token(self) -> None:
        """The next request gets itself a new access token first."""
        self.credentials.token = None

    def close(self) -> None:
        super().close()  # type: ignore[no-untyped-call]  # google-auth's
        self._tokens.close()


class _TokenRequest(Request):
    """How google-auth asks for tokens: over our session, in our thread, and without waits of its own.

    google-auth copies it to look up an account's regions in a thread of its own; where it cannot be
    copied, that is left out. Nothing here depends on regions.
    """

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        answer = super().__call__(*arguments, **options)  # type: ignore[no-untyped-call]  # google-auth's
        if answer.status in _PASSING or answer.status >= 500:
            raise TokensUnavailable(answer.status)
        return answer

    def __deepcopy__(self, memo: dict[int, object]) -> _TokenRequest:
        raise TypeError("one session, one thread")


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """No password of a ``.netrc`` takes the place of the access token."""
    return request


def _host(url: str) -> str:
    """The address without path and question, which may hold a token."""
    return url.partition("?")[0].partition("//")[2].partition("/")[0]
