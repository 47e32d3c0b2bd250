"""Addresses of e-mail as people type them: several in one cell, a Russian domain, a slip of the hand."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

_BETWEEN: Final = re.compile(r"[;,\s]+")
_ADDRESS: Final = re.compile(
    r"(?P<name>[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)"
    r"@(?P<domain>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]*)"
)


class Addresses(Struct, frozen=True):
    """What a cell holds: addresses a letter can be sent to, and words that are none."""

    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


def addresses_in(text: str | None) -> Addresses:
    """The addresses of a cell, domains as the network spells them.

    >>> addresses_in("school@почта.рф; director@")
    Addresses(good=('school@xn--80a1acny.xn--p1ai',), bad=('director@',))
    """
    pieces = [piece for piece in dict.fromkeys(_BETWEEN.split(text or "")) if piece]
    read = {piece: _address(piece) for piece in pieces}
    return Addresses(
        tuple(dict.fromkeys(address for address in read.values() if address)),
        tuple(piece for piece, address in read.items() if not address),
    )


def _address(piece: str) -> str | None:
    found = _ADDRESS.fullmatch(piece)
    if not found:
        return None
    try:
        return f"{found['name']}@{found['domain'].encode('idna').decode('ascii')}"
    except UnicodeError:
        return None
