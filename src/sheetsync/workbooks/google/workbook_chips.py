"""Smart chips as Google takes them: it tells of more kinds than it lets anybody write.

People and files of Drive can be written («Only Drive files can be written as chips. All other rich
link types are read only», says its description); a film or a place on a map becomes a link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from sheetsync.workbooks.google.port import Json

_DRIVE: Final = frozenset({"docs.google.com", "drive.google.com"})
_LENGTH: Final = 1
"""A chip stands in its text for one sign, «@»."""


def chips_to_write(chips: Sequence[Json]) -> list[Json]:
    """The runs that hold a chip one can write; those between chips are only read."""
    return [one for one in chips if _is_writable(one.get("chip", {}))]


def runs_to_write(runs: Sequence[Json], chips: Sequence[Json]) -> list[Json]:
    """Runs of a text, with a link in the place of every chip that cannot be written."""
    found = {one.get("startIndex", 0): one for one in _links(chips)} | {
        one.get("startIndex", 0): one for one in runs
    }
    return [found[start] for start in sorted(found)]


def _links(chips: Sequence[Json]) -> Iterator[Json]:
    for one in chips:
        start, uri = one.get("startIndex", 0), _uri(one.get("chip", {}))
        if uri and not _is_writable(one["chip"]):
            yield {"startIndex": start, "format": {"link": {"uri": uri}}}
            yield {"startIndex": start + _LENGTH, "format": {}}


def _is_writable(chip: Json) -> bool:
    return "personProperties" in chip or urlsplit(_uri(chip)).hostname in _DRIVE


def _uri(chip: Json) -> str:
    return str(chip.get("richLinkProperties", {}).get("uri", ""))
