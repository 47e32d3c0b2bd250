"""One district, run in several ways: everybody at once, by parts here, in processes, on a cluster."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import district_fixture as district
import pytest

from sheetsync import campaign
from sheetsync.campaign import ConsolidateResult, consolidating
from sheetsync.campaign.parts import running
from sheetsync.campaign.parts.around import Around, Decided
from sheetsync.campaign.parts.workers import Here, Processes, Workers
from sheetsync.campaign.parts.working import Worker

Way = Callable[[Around, Mapping[str, Decided], int], Workers]
SetAttribute = Callable[[object, str, object], None]


def here(around: Around, decided: Mapping[str, Decided], _tasks: int) -> Workers:
    return Here(Worker(around, decided))


def processes(count: int, method: str = "") -> Way:
    return lambda around, decided, _tasks: Processes(around, decided, count, method)


def judge_apart(setattr_: SetAttribute, way: Way = here) -> None:
    """From here on every run goes by parts, where it may."""
    setattr_(consolidating, "MANY", 0)
    setattr_(running, "processes_for", way)


def judge_at_once(setattr_: SetAttribute) -> None:
    """From here on every run judges everybody at once."""
    setattr_(consolidating, "_is_large", lambda _campaign: False)


def press(place: Path, minute: int = 0, as_of: date = district.DUE, **more: object) -> ConsolidateResult:
    return campaign.consolidate(place, as_of, datetime(2026, 6, 15, 9, minute), **more)  # type: ignore[arg-type]


def at_once(place: Path, minute: int = 0, as_of: date = district.DUE) -> ConsolidateResult:
    """One run that judges everybody at once."""
    with pytest.MonkeyPatch.context() as patched:
        judge_at_once(patched.setattr)
        return press(place, minute, as_of)


def by_parts(
    place: Path, minute: int = 0, as_of: date = district.DUE, *, way: Way = here
) -> ConsolidateResult:
    """One run by parts."""
    with pytest.MonkeyPatch.context() as patched:
        judge_apart(patched.setattr, way)
        return press(place, minute, as_of)


def twin(place: Path, name: str) -> Path:
    """The same campaign in another folder, with the same times of files."""
    return Path(shutil.copytree(place, place.parent / name / place.name))
