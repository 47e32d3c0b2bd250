"""The region as one JSON document: the sums of its districts and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sheetsync.district.as_json import findings_as_json
from sheetsync.model import Finding, Rates
from sheetsync.region.records import difference
from sheetsync.region.rollup import (
    Region,
    RegionFigure,
    Sums,
    all_together,
    mean_of,
    row_of,
    row_of_region,
    sums_of,
)


def region_as_json(region: Region, findings: Iterable[Finding]) -> dict[str, Any]:
    """Keys are those of the district's document, one level up."""
    districts = zip(region.districts, region.sums, strict=True)
    return {
        "period": region.choice.period,
        "as_of": region.as_of or None,
        "rates": _rates(region.total.rates),
        "sources": [
            {
                "file": one.source.name,
                "sha256": one.source.sha256,
                "district": one.title,
                "standing": one.standing.name.lower(),
                "period": one.source.facts.period if one.source.facts else None,
            }
            for one in region.choice.standings
        ],
        "districts": [
            {
                "name": one.title,
                "file": one.source.name,
                "as_of": one.facts.as_of or None,
                **sums._asdict(),
                "rates": _rates(sums.rates),
                "change": _change(sums, sums_of(one.before)) if one.before else None,
                "findings": {kind.code: kind.places for kind in one.facts.kinds},
            }
            for one, sums in districts
        ],
        "activities": [
            {
                "key": one.key or None,
                "number": one.number,
                "title": one.title,
                "districts": len(one.facts),
                **row_of_region(one)._asdict(),
                "by_district": {
                    region.districts[at].title: row_of(facts)._asdict() for at, facts in one.facts.items()
                },
            }
            for one in region.activities
        ],
        "indicators": [_figure(one) for one in region.figures],
        "findings": findings_as_json(findings),
    }


def _rates(rates: Rates) -> dict[str, float | None]:
    return {name: getattr(rates, name) for name in ("received", "on_time", "filled", "evidenced")}


def _change(now: Sums, before: Sums) -> dict[str, float | None]:
    then = _rates(before.rates)
    return {name: difference(rate, then[name]) for name, rate in _rates(now.rates).items()}


def _figure(one: RegionFigure) -> dict[str, Any]:
    whole = all_together(one.facts.values())
    has_sum = whole is not None and whole.figures > 0 and one.is_summed
    return {
        "title": one.title,
        "unit": one.unit or None,
        "year": one.year or None,
        "figures": whole.figures if whole else 0,
        "total": whole.total if whole and has_sum else None,
        "mean": mean_of(whole),
    }
