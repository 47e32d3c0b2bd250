"""The mail server as the settings name it: «smtp.yandex.ru:465»."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from msgspec import Struct

_SERVER: Final = re.compile(
    r"(?:(?:smtps?)://)?(?P<host>\[[0-9a-f:]+\]|[\w.-]+)(?::(?P<port>\d{1,5}))?/?", re.IGNORECASE
)
_TLS_PORT: Final = 465
_LAST_PORT: Final = 65_535


class Server(Struct, frozen=True):
    """Where letters are handed over, and how the line to it is protected."""

    host: str
    port: int = _TLS_PORT

    @property
    def speaks_tls_at_once(self) -> bool:
        """On other ports the line is protected by STARTTLS before anything is said."""
        return self.port == _TLS_PORT

    @property
    def is_this_computer(self) -> bool:
        """The only one to whom letters may go over an open line."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() == "localhost"

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def read_server(text: str) -> Server | None:
    """The server of a setting; ``None`` for what is none.

    >>> str(read_server(" smtp.yandex.ru "))
    'smtp.yandex.ru:465'
    """
    found = _SERVER.fullmatch(text.strip())
    if not found:
        return None
    port = int(found["port"] or _TLS_PORT)
    return Server(found["host"].strip("[]"), port) if 0 < port <= _LAST_PORT else None
