"""Google's recorded answers to gspread: read from the shared folder, never committed."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ARCHIVE = Path(__file__).parents[2] / ".." / "shared" / "gspread-cassettes.tar.xz"


@dataclass(frozen=True)
class Exchange:
    """One recorded call and what Google answered."""

    verb: str
    url: str
    sent: str
    status: int
    got: str


@dataclass(frozen=True)
class Cassette:
    """The calls of one test of gspread, in their order."""

    name: str
    exchanges: tuple[Exchange, ...]


@cache
def cassettes() -> tuple[Cassette, ...]:
    with tarfile.open(ARCHIVE) as archive:
        return tuple(sorted(_cassettes(archive), key=lambda one: one.name))


def _cassettes(archive: tarfile.TarFile) -> Iterator[Cassette]:
    for member in archive:
        file = archive.extractfile(member) if member.name.endswith(".json") else None
        if file is not None:
            recorded = json.loads(file.read())["interactions"]
            yield Cassette(Path(member.name).stem, tuple(_exchange(one) for one in recorded))


def _exchange(one: dict[str, Any]) -> Exchange:
    request, response = one["request"], one["response"]
    body = request.get("body") or ""
    sent = body.get("string") or "" if isinstance(body, dict) else body
    return Exchange(
        request["method"], request["uri"], sent, response["status"]["code"], response["body"]["string"]
    )
