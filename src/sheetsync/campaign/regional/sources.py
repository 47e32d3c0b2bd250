"""What was named to a roll-up: campaign folders, workbooks, and folders that hold any of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from sheetsync import store
from sheetsync.findings import make
from sheetsync.model import Finding, Origin
from sheetsync.region.links import address_of

_BOOKS: Final = (".xlsx", ".xlsm", ".ods", ".xls")
_MARKS: Final = ("~$", ".")
"""Locks of open workbooks, and what systems keep for themselves."""


class Named(Struct, frozen=True):
    """One workbook to read; ``campaign`` is the folder it belongs to, if it lies in one."""

    path: Path
    name: str
    link: str
    campaign: store.Campaign | None = None


class Found(Struct, frozen=True):
    """All of them, each once, and what was named in vain."""

    books: tuple[Named, ...]
    findings: tuple[Finding, ...]


def find_sources(places: Iterable[Path], out: Path) -> Found:
    """The workbooks under ``places``, in a settled order; the region's own folder is left out."""
    books: dict[Path, Named] = {}
    findings: list[Finding] = []
    base = out.resolve()
    for place in sorted(dict.fromkeys(places), key=str):
        found = [_named(path, place, base) for path in _books_in(place, base)]
        if not found:
            findings.append(make("L102", origin=Origin(str(place))))
        for one in found:
            books.setdefault(one.path, one)
    return Found(tuple(sorted(books.values(), key=lambda one: str(one.path))), tuple(findings))


def _books_in(place: Path, out: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield place  # also one that is not there: the reading says so
        return
    yield from _under(place, out)


def _under(folder: Path, out: Path) -> Iterator[Path]:
    """The district workbook of a campaign with its closed periods, else whatever lies in the folder."""
    if folder.resolve() == out:
        return
    campaign = store.Campaign(folder)
    if campaign.workbook.exists():
        yield campaign.workbook
        yield from _archived(campaign)
        return
    with os.scandir(folder) as entries:
        inside = sorted(entries, key=lambda one: one.name)
    for one in inside:
        if one.name.startswith(_MARKS):
            continue  # never a workbook of anybody
        if one.is_dir():
            yield from _under(Path(one.path), out)
        elif one.name.lower().endswith(_BOOKS):
            yield Path(one.path)


def _archived(campaign: store.Campaign) -> Iterator[Path]:
    """Workbooks of closed periods: «Архив/Район 2020.xlsm»."""
    stem = campaign.workbook.stem
    if campaign.archive.is_dir():
        yield from sorted(
            path
            for path in campaign.archive.iterdir()
            if path.stem.startswith(stem) and path.suffix.lower() in _BOOKS
        )


def _named(path: Path, place: Path, out: Path) -> Named:
    whole = path.resolve()
    campaign = store.Campaign(path.parent)
    is_campaign = campaign.state.is_dir() and campaign.workbook == path
    shown = str(path) if path.is_relative_to(place) else str(place)
    return Named(whole, shown, _link(whole, out), campaign if is_campaign else None)


def _link(path: Path, out: Path) -> str:
    """How a workbook in ``out`` leads there: by a relative path, so that both may be moved together."""
    try:
        return address_of(os.path.relpath(path, out))
    except ValueError:  # on another drive of Windows
        return f"file:///{address_of(str(path))}"
