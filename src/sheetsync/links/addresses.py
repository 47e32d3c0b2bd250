"""Which addresses may be asked at all: pages of the public Internet, nothing behind the office's walls."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from sheetsync.model import LinkCheck, LinkReason, LinkVerdict

NOT_AN_ADDRESS: Final = LinkCheck(LinkVerdict.NOT_A_LINK, LinkReason.NO_ADDRESS)
INSIDE: Final = LinkCheck(LinkVerdict.NOT_A_LINK, LinkReason.INSIDE)

_PORTS: Final = (None, 80, 443, 8080, 8443)
_INNER_ZONES: Final = (".local", ".localhost", ".internal", ".lan", ".home", ".corp", ".intranet")
_SCHEME: Final = re.compile(r"^https?:/{1,2}", re.IGNORECASE)


def full_address(written: str) -> str:
    """What a browser would open for an address as people write it: «www.school.ru/doc», «http:/site.ru»."""
    bare = written.strip()
    found = _SCHEME.match(bare)
    if found:
        scheme = "https" if found[0].lower().startswith("https") else "http"
        return f"{scheme}://{bare[found.end() :]}"
    return bare if ":" in bare.partition("/")[0] else f"http://{bare}"


def refused_unasked(address: str) -> LinkCheck | None:
    """The verdict on what needs no question: no address of a site, or one of an inner network."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return NOT_AN_ADDRESS
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return NOT_AN_ADDRESS
    if _is_numeric(host):
        return None if is_public([host]) else INSIDE
    if "." not in host or host.endswith(_INNER_ZONES) or port not in _PORTS:
        return INSIDE
    return None


def is_public(numbers: Iterable[str]) -> bool:
    """Whether every number a name leads to is of the public Internet: one that is not spoils all."""
    found = [ipaddress.ip_address(number.strip("[]").partition("%")[0]) for number in numbers]
    return bool(found) and all(_bare(one).is_global and not one.is_multicast for one in found)


def _bare(
    one: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An IPv4 address dressed as IPv6 is judged as what it is."""
    mapped = getattr(one, "ipv4_mapped", None) or getattr(one, "sixtofour", None)
    return mapped or one


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
