"""Where Google is: its own hosts, or an emulator on this very computer.

Whoever is asked is handed the sign-in of the office, so there is nobody else.
"""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from sheetsync.notices import Notice, say
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble

URL_VARIABLE: Final = "SHEETSYNC_GOOGLE_URL"
"""The emulator to ask instead of Google: «http://127.0.0.1:8765»."""

_GOOGLES_DOMAIN: Final = ".googleapis.com"
_GOOGLES_SIGN_IN: Final = "accounts.google.com"


class Address(Struct, frozen=True):
    """Google itself, or with an ``emulator`` (scheme, host and port) that one."""

    emulator: str = ""

    def of(self, url: str) -> str:
        """Where a page of Google's is asked for."""
        if not self.emulator:
            return url
        parts = urlsplit(url)
        return f"{self.emulator}{parts.path}"

    def admits(self, url: str) -> bool:
        """Whether a request, a token with it, may go to this address."""
        parts = urlsplit(url)
        if self.emulator:
            return parts.scheme == "http" and _is_this_computer(parts.hostname or "")
        host = parts.hostname or ""
        return parts.scheme == "https" and (host.endswith(_GOOGLES_DOMAIN) or host == _GOOGLES_SIGN_IN)


def address_of(base: str) -> Address:
    """The address a person set; '' is Google. Raises ``GoogleRefused`` for any other computer."""
    if not base:
        return Address()
    try:
        parts = urlsplit(base)
        return Address(_emulator(parts))
    except ValueError:
        what = say(Notice.GOOGLE_FOREIGN_ADDRESS, variable=URL_VARIABLE, address=base)
        raise GoogleRefused(GoogleTrouble.REFUSED, what) from None


def _emulator(parts: SplitResult) -> str:
    """Put together anew: what one parser takes for the host another may take for a password."""
    host, port = parts.hostname or "", parts.port
    if parts.scheme != "http" or not _is_this_computer(host) or parts.username is not None:
        raise ValueError(host)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(parts.path)
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}" if port is None else f"http://{shown}:{port}"


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
