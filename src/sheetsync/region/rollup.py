"""The sums of a region: the same counts and rates a district has, over its districts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from sheetsync.columns import MatrixMark
from sheetsync.findings import grouped, make
from sheetsync.merge.summary import Light
from sheetsync.model import Finding, Rates, SchoolState
from sheetsync.plan.figures import is_percent, read_figure
from sheetsync.region.matching import RegionActivity, activities_of, mismatches
from sheetsync.region.model import (
    ActivityFacts,
    Choice,
    District,
    DistrictFacts,
    FigureFacts,
    SchoolFacts,
)
from sheetsync.text import plain, skeleton


class Sums(NamedTuple):
    """The counts behind the four rates; sums of districts are sums of these."""

    participants: int = 0
    received: int = 0
    on_time: int = 0
    rows_due: int = 0
    reported: int = 0
    confirmed_none: int = 0
    missing: int = 0
    done: int = 0
    evidenced: int = 0

    @property
    def rates(self) -> Rates:
        return Rates(
            _share(self.received, self.participants),
            _share(self.on_time, self.participants),
            _share(self.reported + self.confirmed_none, self.rows_due),
            _share(self.evidenced, self.done),
        )


class Row(NamedTuple):
    """How an activity stands: rows owed, and what is said of them."""

    owed: int = 0
    missing: int = 0
    not_due: int = 0
    done: int = 0
    evidenced: int = 0
    going: int = 0
    not_done: int = 0
    none: int = 0
    unclear: int = 0

    @property
    def answered(self) -> int:
        return self.owed - self.missing - self.not_due

    @property
    def settled(self) -> int:
        """Done with sufficient evidence, or confirmed as not required."""
        return self.evidenced + self.none

    @property
    def filled_rate(self) -> float | None:
        return _share(self.answered, self.answered + self.missing)

    @property
    def evidenced_rate(self) -> float | None:
        return _share(self.evidenced, self.done)


class RegionFigure(Struct, frozen=True):
    """A target of the region: the figures of every district, and of the period before by district."""

    title: str
    unit: str
    year: str
    facts: Mapping[int, FigureFacts]
    before: Mapping[int, FigureFacts]

    @property
    def is_summed(self) -> bool:
        """Shares, marks and means are no quantities: adding them up says nothing."""
        is_mean = _MEANS.search(plain(self.title)) or _SHARES.match(plain(self.unit))
        return not is_percent(self.unit) and not is_mean


class Region(Struct, frozen=True):
    """Everything the region's workbook shows, before it becomes tables."""

    choice: Choice
    activities: tuple[RegionActivity, ...]
    figures: tuple[RegionFigure, ...]
    sums: tuple[Sums, ...]
    """By the place of the district."""
    findings: tuple[Finding, ...] = ()

    @property
    def districts(self) -> tuple[District, ...]:
        return self.choice.districts

    @property
    def total(self) -> Sums:
        return total_of(self.sums)

    @property
    def as_of(self) -> str:
        """The latest day of its districts."""
        return max((one.facts.as_of for one in self.districts), default="")


_MEANS: Final = re.compile(r"\bсредн|\bдол[яию]\b|\bпроцент|\bкоэффициент|\bиндекс")
_SHARES: Final = re.compile(r"балл|дол|коэф|индекс|мест|рейт|оценк")
(
    _EVIDENCED, _WEAK, _BARE, _PARTLY, _IN_PROGRESS, _NOT_STARTED, _NOT_DONE, _NOT_REQUIRED, _UNCLEAR,
    _MISSING, _NOT_DUE,
) = (one.name for one in MatrixMark)  # fmt: skip


def rolled_up(choice: Choice) -> Region:
    """The region of the districts chosen."""
    districts = choice.districts
    activities = activities_of(districts)
    figures = tuple(_figures(districts))
    told = (
        *(finding for one in choice.standings for finding in (*one.source.findings, *one.findings)),
        *choice.findings,
        *mismatches(districts, activities),
        *_units(figures),
        *_targets(figures),
    )
    sums = tuple(sums_of(one.facts) for one in districts)
    return Region(choice, activities, figures, sums, grouped(told))


# --- completeness -------------------------------------------------------------------------------


def sums_of(facts: DistrictFacts) -> Sums:
    """The counts of a district: whoever owes no report does not count."""
    owing = [one for one in facts.schools if one.rows_owed]
    return Sums(
        len(owing),
        sum(one.received for one in owing),
        sum(one.on_time for one in owing),
        sum(one.rows_due for one in owing),
        sum(one.reported for one in owing),
        sum(one.confirmed_none for one in owing),
        sum(one.missing for one in owing),
        sum(one.done for one in owing),
        sum(one.evidenced for one in owing),
    )


def total_of(sums: Iterable[Sums]) -> Sums:
    """The sums together."""
    return Sums(*map(sum, zip(*(Sums(), *sums), strict=True)))


def light_of(facts: DistrictFacts, sums: Sums) -> Light:
    """The light of a district: fine when it is for every participant of it."""
    if not sums.received:
        return Light.NO_REPORT
    owing = [one for one in facts.schools if one.rows_owed]
    return Light.FINE if all(one.light == Light.FINE for one in owing) else Light.GAPS


def states_of(schools: Iterable[SchoolFacts]) -> Counter[SchoolState]:
    """How many reports have got how far in the review."""
    return Counter(SchoolState(one.state) for one in schools if one.rows_owed)


def rates_before(region: Region) -> tuple[Rates, Rates, int]:
    """The rates of the districts that have a period before: now, then, and how many there are."""
    pairs = [
        (sums, sums_of(one.before))
        for one, sums in zip(region.districts, region.sums, strict=True)
        if one.before
    ]
    now, then = total_of(now for now, _ in pairs), total_of(then for _, then in pairs)
    return now.rates, then.rates, len(pairs)


# --- activities ---------------------------------------------------------------------------------


def row_of(one: ActivityFacts) -> Row:
    """How an activity of a district stands, from the signs of its «Свод»."""
    told = one.marks.get
    evidenced = told(_EVIDENCED, 0)
    return Row(
        owed=sum(one.marks.values()),
        missing=told(_MISSING, 0),
        not_due=told(_NOT_DUE, 0),
        done=evidenced + told(_WEAK, 0) + told(_BARE, 0),
        evidenced=evidenced,
        going=told(_PARTLY, 0) + told(_IN_PROGRESS, 0) + told(_NOT_STARTED, 0),
        not_done=told(_NOT_DONE, 0),
        none=told(_NOT_REQUIRED, 0),
        unclear=told(_UNCLEAR, 0),
    )


def row_of_region(one: RegionActivity) -> Row:
    """The same over all districts that have the activity."""
    return added(map(row_of, one.facts.values()))


def added(rows: Iterable[Row]) -> Row:
    """Rows together."""
    return Row(*map(sum, zip(*(Row(), *rows), strict=True)))


# --- targets ------------------------------------------------------------------------------------

_Identity = tuple[str, str, str]


def _figures(districts: Sequence[District]) -> Iterator[RegionFigure]:
    """Targets of one title, unit and year are one; whatever differs stands apart."""
    found: dict[_Identity, dict[int, FigureFacts]] = defaultdict(dict)
    before: dict[tuple[str, str], dict[int, FigureFacts]] = defaultdict(dict)
    for at, district in enumerate(districts):
        for one in district.facts.figures:
            known = found[_identity(one)]
            known[at] = together(known[at], one) if at in known else one
        for one in district.before.figures if district.before else ():
            known = before[_identity(one)[:2]]
            known[at] = together(known[at], one) if at in known else one
    for identity, facts in sorted(found.items()):
        first = next(iter(facts.values()))
        yield RegionFigure(first.title, first.unit, first.year, facts, before.get(identity[:2], {}))


def _identity(one: FigureFacts) -> _Identity:
    unit = "%" if is_percent(one.unit) else skeleton(one.unit)
    return skeleton(one.title), unit, one.year


def together(one: FigureFacts, other: FigureFacts) -> FigureFacts:
    """Figures of two groups of participants as those of one."""
    words, met = one.words + other.words, one.met + other.met
    target = one.target if one.target == other.target else ""
    if not other.figures:
        return one._replace(words=words, target=target)
    if not one.figures:
        return other._replace(words=words, target=target, row=one.row)
    return one._replace(
        target=target,
        figures=one.figures + other.figures,
        total=one.total + other.total,
        low=min(one.low, other.low),
        high=max(one.high, other.high),
        met=met,
        words=words,
    )


def all_together(facts: Iterable[FigureFacts]) -> FigureFacts | None:
    """Figures of many districts as those of the region."""
    found: FigureFacts | None = None
    for one in facts:
        found = together(found, one) if found else one
    return found


def mean_of(one: FigureFacts | None) -> float | None:
    """The plain mean of the figures; ``None`` without any."""
    return round(one.total / one.figures, 4) if one and one.figures else None


def _units(figures: Sequence[RegionFigure]) -> Iterator[Finding]:
    """Targets of one title and year that are counted in different units."""
    units: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in figures:
        units[skeleton(one.title), one.year][one.unit] = one.title
    for several in units.values():
        if len(several) > 1:
            told = ", ".join(sorted(f"«{unit or '—'}»" for unit in several))
            yield make("L113", title=next(iter(several.values())), units=told)


def _targets(figures: Sequence[RegionFigure]) -> Iterator[Finding]:
    for one in figures:
        goals = {read_figure(fact.target) or fact.target for fact in one.facts.values()}
        if len(goals) > 1:
            told = "; ".join(sorted({fact.target or "—" for fact in one.facts.values()}))
            yield make("L119", title=one.title, targets=told)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
