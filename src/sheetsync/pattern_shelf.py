"""Where patterns wait for the next run: beside the modules Python has made, as one of these.

They are of the program alone. What cannot be read or written there is made anew.
"""

from __future__ import annotations

import contextlib
import marshal
import sys
import zlib
from pathlib import Path
from typing import Final

from sheetsync import __version__, patterns
from sheetsync.patterns import Made
from sheetsync.patterns.programs import VERSION

_FILE: Final = f"patterns.{sys.implementation.cache_tag}.programs"
_MOST_BYTES: Final = 4 << 20
_MADE_BY: Final = f"{__version__} {VERSION}\0".encode()
_CHECK: Final = 4
"""Bytes of the checksum before the rest."""


def offer() -> None:
    """Have the first pattern that is made ask here what others were made into."""
    patterns.recall_from(taken)


def taken() -> Made:
    """What an earlier run made; nothing where there is nothing, or what another Python has left."""
    try:
        data = _place().read_bytes()
    except OSError:
        return {}
    told, body = data[:_CHECK], data[_CHECK:]
    if told != zlib.crc32(body).to_bytes(_CHECK, "big") or not body.startswith(_MADE_BY):
        return {}
    made: Made = marshal.loads(body[len(_MADE_BY) :])  # as Python reads its modules from there
    return made


def keep() -> None:
    """Have the next run take what this one made."""
    made = patterns.made_anew()
    if made and not sys.dont_write_bytecode:
        _write(_place(), made)


def _place() -> Path:
    spec = patterns.__spec__
    compiled = spec.cached if spec else None
    return Path(compiled or patterns.__file__).with_name(_FILE)


def _write(path: Path, made: Made) -> None:
    from sheetsync.store.atomic import write_unsettled  # noqa: PLC0415 - most runs make nothing new

    body = _MADE_BY + marshal.dumps(made)
    data = zlib.crc32(body).to_bytes(_CHECK, "big") + body
    if len(data) <= _MOST_BYTES:
        with contextlib.suppress(OSError):  # somebody else's folder, or a full disk
            write_unsettled(path, data, 0o644)
