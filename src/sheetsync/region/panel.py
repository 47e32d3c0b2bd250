"""What the region's «Панель» says above the table of districts."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sheetsync.columns import DistrictStanding, RegionCell
from sheetsync.model import SchoolState
from sheetsync.notices import say
from sheetsync.region.notices import RegionNotice
from sheetsync.region.records import difference
from sheetsync.region.rollup import Region, rates_before, states_of
from sheetsync.workbooks.port import Out


def panel_cells(region: Region) -> dict[RegionCell, Out]:
    """The values of its named cells."""
    rates = region.total.rates
    now, then, _ = rates_before(region)
    title = say(RegionNotice.TITLE, period=region.choice.period or "—", districts=len(region.districts))
    return {
        RegionCell.TITLE: Out(title),
        RegionCell.AS_OF: Out(date.fromisoformat(region.as_of) if region.as_of else None),
        RegionCell.OUTCOME: Out(outcome_line(outcome_of(region))),
        RegionCell.STATES: Out(states_line(region)),
        RegionCell.RECEIVED: Out(rates.received),
        RegionCell.ON_TIME: Out(rates.on_time),
        RegionCell.FILLED: Out(rates.filled),
        RegionCell.EVIDENCED: Out(rates.evidenced),
        RegionCell.RECEIVED_CHANGE: Out(difference(now.received, then.received)),
        RegionCell.ON_TIME_CHANGE: Out(difference(now.on_time, then.on_time)),
        RegionCell.FILLED_CHANGE: Out(difference(now.filled, then.filled)),
        RegionCell.EVIDENCED_CHANGE: Out(difference(now.evidenced, then.evidenced)),
    }


class Outcome(NamedTuple):
    """What went in, what it comes to, and what the change is counted from."""

    counted: int
    named: int
    participants: int
    rows: int
    periods: tuple[str, ...]
    compared: int
    as_of: str
    rates: tuple[float | None, ...]


def outcome_of(region: Region) -> Outcome:
    """The outcome of a region."""
    named = [one for one in region.choice.standings if one.standing is not DistrictStanding.COMPARED]
    *_, compared = rates_before(region)
    rates = region.total.rates
    return Outcome(
        len(region.districts),
        len(named),
        region.total.participants,
        sum(one.facts.entries for one in region.districts),
        tuple(sorted({one.before.period for one in region.districts if one.before})),
        compared,
        region.as_of,
        (rates.received, rates.on_time, rates.filled, rates.evidenced),
    )


def outcome_line(one: Outcome) -> str:
    """The same in words."""
    told = say(
        RegionNotice.OUTCOME,
        counted=one.counted,
        named=one.named,
        participants=one.participants,
        rows=one.rows,
    )
    if one.compared:
        periods = ", ".join(one.periods)
        told = f"{told} {say(RegionNotice.COMPARED, period=periods, districts=one.compared)}"
    return told


def states_line(region: Region) -> str:
    """How many reports have got how far: «не поступило — 2; на доработке — 1»."""
    counted = states_of(school for one in region.districts for school in one.facts.schools)
    return "; ".join(
        say(RegionNotice.STATE, state=state.value, count=counted[state])
        for state in SchoolState
        if counted[state]
    )
