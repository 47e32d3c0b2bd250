"""The values of a roll-up: what one district's workbook shows, and what the region makes of them.

``DistrictFacts`` is small and made of plain values: it is remembered between runs and handed from one
process to another. Days are ISO texts for the same reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from msgspec import Struct, field

from sheetsync.columns import DistrictStanding
from sheetsync.model import Finding

FACTS_VERSION: Final = 1
"""Grows when facts come to mean something else: what was remembered before is then read anew."""


class ActivityFacts(NamedTuple):
    """One activity of a district's plan: how its participants stand, by signs of «Свод».

    ``row`` is its row on the sheet «Свод», 0 where it has none.
    """

    key: str
    number: str
    section: str
    title: str
    due: str
    row: int
    marks: dict[str, int]


class SchoolFacts(NamedTuple):
    """One line of «Полнота»; ``row`` is its row there."""

    name: str
    received: bool
    on_time: bool
    rows_owed: int
    rows_due: int
    reported: int
    confirmed_none: int
    missing: int
    done: int
    evidenced: int
    light: str
    state: str
    row: int


class KindFacts(NamedTuple):
    """All findings of one code: in how many places, of how many participants, where the first stands."""

    code: str
    severity: str
    places: int
    participants: int
    row: int


class FigureFacts(NamedTuple):
    """What the participants of a district reported for one target.

    ``met`` counts figures that reach the target, ``words`` facts that are no number of its unit.
    """

    title: str
    unit: str
    year: str
    target: str
    figures: int
    total: float
    low: float
    high: float
    met: int
    words: int
    row: int


class DistrictFacts(Struct, frozen=True):
    """What a district's workbook shows, counted."""

    organisation: str = ""
    plan_id: str = ""
    plan_title: str = ""
    period: str = ""
    as_of: str = ""
    consolidated: str = ""
    """When it was consolidated last, as a sortable text; '' for never."""
    entries: int = 0
    """Rows of its «Исполнение»."""
    activities: tuple[ActivityFacts, ...] = ()
    schools: tuple[SchoolFacts, ...] = ()
    kinds: tuple[KindFacts, ...] = ()
    figures: tuple[FigureFacts, ...] = ()
    sheets: Mapping[str, str] = field(default_factory=dict)
    """What the office calls the sheets of our tables, by table."""


class Source(Struct, frozen=True):
    """One workbook named to the roll-up. Without facts, findings say why it has none.

    ``name`` is what people call it (the path as given), ``link`` how the region's workbook leads there,
    with the signs of addresses escaped.
    """

    name: str
    link: str
    sha256: str = ""
    facts: DistrictFacts | None = None
    findings: tuple[Finding, ...] = ()
    is_campaign: bool = False
    row_file: str = ""
    """Where its rows lie as Parquet, if they do."""


class Standing(Struct, frozen=True):
    """What became of a source."""

    source: Source
    standing: DistrictStanding
    title: str = ""
    """What the district is called in the region's workbook."""
    findings: tuple[Finding, ...] = ()


class District(Struct, frozen=True):
    """A district that counts, and its workbook of the period before, if there is one."""

    title: str
    source: Source
    facts: DistrictFacts
    before: DistrictFacts | None = None


class Choice(Struct, frozen=True):
    """Which of the sources count, and for which period."""

    period: str
    districts: tuple[District, ...]
    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...] = ()


def facts_as_json(facts: DistrictFacts) -> dict[str, Any]:
    """Facts as plain lists, for the memory."""
    return {name: getattr(facts, name) for name in DistrictFacts.__struct_fields__}


def facts_from_json(told: Mapping[str, Any]) -> DistrictFacts:
    """Facts out of the memory. Raises ``TypeError`` when they are not ours."""
    lists: dict[str, Any] = {
        "activities": tuple(ActivityFacts(*one) for one in told["activities"]),
        "schools": tuple(SchoolFacts(*one) for one in told["schools"]),
        "kinds": tuple(KindFacts(*one) for one in told["kinds"]),
        "figures": tuple(FigureFacts(*one) for one in told["figures"]),
    }
    return DistrictFacts(**{**told, **lists})
