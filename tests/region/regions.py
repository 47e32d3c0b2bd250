"""Small districts as their facts, for tests that speak of a region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sheetsync.merge.summary import Light
from sheetsync.model import SchoolState
from sheetsync.region.choosing import chosen
from sheetsync.region.model import (
    ActivityFacts,
    DistrictFacts,
    FigureFacts,
    KindFacts,
    SchoolFacts,
    Source,
)
from sheetsync.region.rollup import Region, rolled_up

PERIOD = "2026"


def activity(key: str, number: str = "1.1", title: str = "Педсовет", **marks: int) -> ActivityFacts:
    return ActivityFacts(key, number, "1. Подготовка", title, "2026-02-01", 5, marks)


def school(
    name: str, *, received: bool = True, due: int = 4, missing: int = 0, done: int = 3, evidenced: int = 2
) -> SchoolFacts:
    return SchoolFacts(
        name,
        received,
        received,
        due,
        due,
        due - missing,
        0,
        missing,
        done,
        evidenced,
        Light.FINE if received and not missing else Light.GAPS,
        SchoolState.RECEIVED if received else SchoolState.NOT_RECEIVED,
        5,
    )


def figure(title: str, *values: float, unit: str = "чел.", target: str = "10") -> FigureFacts:
    met = sum(one >= float(target) for one in values)
    about = (len(values), sum(values), min(values), max(values)) if values else (0, 0, 0, 0)
    return FigureFacts(title, unit, "2026", target, *about, met, 0, 5)


def facts(
    name: str,
    activities: Iterable[ActivityFacts] = (),
    schools: Iterable[SchoolFacts] = (),
    kinds: Iterable[KindFacts] = (),
    figures: Iterable[FigureFacts] = (),
    **parts: Any,
) -> DistrictFacts:
    given: Mapping[str, Any] = {
        "organisation": name,
        "plan_id": "plan",
        "period": PERIOD,
        "as_of": "2026-06-20",
        "consolidated": "2026-06-20 10:00",
        **parts,
    }
    lists = {
        "activities": tuple(activities),
        "schools": tuple(schools),
        "kinds": tuple(kinds),
        "figures": tuple(figures),
    }
    return DistrictFacts(**given, **lists, sheets={})


def source(told: DistrictFacts | None, file: str = "", **parts: Any) -> Source:
    name = file or f"{told.organisation if told else 'пусто'} {told.period if told else ''}.xlsm"
    return Source(name, f"../{name}", parts.pop("sha256", f"sha of {name}"), told, **parts)


def region(*districts: DistrictFacts, period: str = "") -> Region:
    return rolled_up(chosen([source(one) for one in districts], period))


def codes(told: Region) -> list[str]:
    return [one.code for one in told.findings]
