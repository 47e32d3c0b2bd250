"""Where sign-ins happen: Google itself, or the emulator on this computer when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

BASE_VARIABLE: Final = "SHEETSYNC_GOOGLE_URL"
"""The environment variable that names the emulator's address."""

_CONSENT: Final = "https://accounts.google.com/o/oauth2/v2/auth"
_TOKEN: Final = "https://oauth2.googleapis.com/token"
_REVOKE: Final = "https://oauth2.googleapis.com/revoke"
_API: Final = "https://www.googleapis.com"


class NotLoopback(ValueError):
    """What was to be the emulator is not on this computer: tokens would leave it."""


def base_of(environment: Mapping[str, str]) -> str:
    """Address of the emulator without a closing slash; '' for Google. Raises ``NotLoopback``."""
    base = environment.get(BASE_VARIABLE, "").rstrip("/")
    if base and not is_loopback(base):
        raise NotLoopback(base)
    return base


def is_loopback(address: str) -> bool:
    """Whether it is «http://127.0.0.1:port»; names are not trusted, they may lead anywhere."""
    parts = urlsplit(address)
    try:
        is_here = ip_address(parts.hostname or "").is_loopback
        return is_here and parts.scheme == "http" and parts.username is None and bool(parts.port)
    except ValueError:
        return False


def consent_address(base: str) -> str:
    """The page on which a person allows the access."""
    return f"{base}/o/oauth2/v2/auth" if base else _CONSENT


def token_address(base: str) -> str:
    """The only place tokens are asked for, whatever a client file or a key names."""
    return f"{base}/token" if base else _TOKEN


def revoke_address(base: str) -> str:
    """Where a sign-in is given back."""
    return f"{base}/revoke" if base else _REVOKE


def drive_address(base: str) -> str:
    """Drive, version 3."""
    return f"{base or _API}/drive/v3"
