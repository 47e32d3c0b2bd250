"""Who is calling: accounts, their access tokens, and the ``/token`` endpoint that gives them.

Signatures of service accounts are not verified: the standard library has no RSA, and there is nothing
to protect. A call whose token was never given out is the owner's, so that a trial needs no sign-in.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sheetsync_emulator.answers import Answer, Json, of_json
from sheetsync_emulator.clock import Clock
from sheetsync_emulator.refusals import unauthenticated

LIFETIME: Final = 3600
JWT_GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SERVICE_ACCOUNTS: Final = ".gserviceaccount.com"
REFRESH: Final = "refresh-"


@dataclass(frozen=True, slots=True)
class Pass:
    """An access token that was given out."""

    user: str
    until: float


@dataclass(frozen=True, slots=True)
class Consent:
    """A code the page of consent gave out, to be exchanged once."""

    user: str
    challenge: str
    scope: str


@dataclass
class Accounts:
    """The accounts of one emulator; they come into being when somebody names them."""

    owner: str
    clock: Clock
    passes: dict[str, Pass] = field(default_factory=dict)
    consents: dict[str, Consent] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)

    def token_for(self, user: str) -> str:
        """A fresh access token of an account."""
        token = f"ya29.{secrets.token_urlsafe(24)}"
        self.passes[token] = Pass(user, self.clock() + LIFETIME)
        return token

    def refresh_token_for(self, user: str) -> str:
        """The long-lived token of an account; it is the same until it is revoked."""
        return f"{REFRESH}{user}"

    def user_of(self, headers: Mapping[str, str]) -> str:
        """Whose call this is."""
        words = {name.lower(): value for name, value in headers.items()}.get("authorization", "")
        known = self.passes.get(words.removeprefix("Bearer ").strip())
        if known is None:
            return self.owner
        if known.until <= self.clock() or known.user in self.revoked:
            raise unauthenticated()
        return known.user

    def expire(self, user: str) -> None:
        """Every access token of the account has run out; asking for a new one helps."""
        for token, known in self.passes.items():
            if known.user == user:
                self.passes[token] = Pass(user, self.clock())

    def revoke(self, user: str) -> None:
        """The account took its consent back: neither old nor new tokens work until it consents again."""
        self.expire(user)
        self.revoked.add(user)

    def consent(self, user: str, challenge: str, scope: str) -> str:
        """The code that a page of consent hands over."""
        self.revoked.discard(user)
        code = f"4/{secrets.token_urlsafe(16)}"
        self.consents[code] = Consent(user, challenge, scope)
        return code

    def exchange(self, form: Mapping[str, str]) -> Answer:
        """``POST /token``."""
        match form.get("grant_type"):
            case "refresh_token":
                return self._refreshed(form.get("refresh_token", ""))
            case "authorization_code":
                return self._signed_in(form)
            case grant if grant == JWT_GRANT:
                return self._asserted(form.get("assertion", ""))
            case _:
                return _refused("unsupported_grant_type", "Invalid grant_type: " + form.get("grant_type", ""))

    def _asserted(self, assertion: str) -> Answer:
        """A service account signs in by a letter of its own; ``sub`` = in the name of a person."""
        claims = _claims(assertion)
        user = claims.get("sub") or claims.get("iss")
        if not user:
            return _refused("invalid_grant", "Invalid JWT Signature.")
        return self._granted(str(user))

    def _refreshed(self, token: str) -> Answer:
        if not token.startswith(REFRESH):
            return _refused("invalid_grant", "Bad Request")
        return self._granted(token.removeprefix(REFRESH))

    def _signed_in(self, form: Mapping[str, str]) -> Answer:
        given = self.consents.pop(form.get("code", ""), None)
        if given is None:
            return _refused("invalid_grant", "Malformed auth code.")
        if given.challenge and given.challenge != _challenge(form.get("code_verifier", "")):
            return _refused("invalid_grant", "Invalid code verifier.")
        more = {"refresh_token": self.refresh_token_for(given.user), "scope": given.scope}
        return self._granted(given.user, more)

    def _granted(self, user: str, more: Json | None = None) -> Answer:
        if user in self.revoked:
            return _refused("invalid_grant", "Token has been expired or revoked.")
        granted = {"access_token": self.token_for(user), "expires_in": LIFETIME - 1, "token_type": "Bearer"}
        return of_json(granted | (more or {}))


def is_service_account(user: str) -> bool:
    return user.endswith(SERVICE_ACCOUNTS)


def _claims(assertion: str) -> dict[str, Any]:
    """What a signed letter says; nothing when it is none."""
    parts = assertion.split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=="))
    except (binascii.Error, ValueError):
        return {}
    return claims if isinstance(claims, dict) else {}


def _challenge(verifier: str) -> str:
    """PKCE, method S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _refused(error: str, description: str) -> Answer:
    return of_json({"error": error, "error_description": description}, 400)
