"""Which of the workbooks named to a roll-up count, for which period, and what each is compared with.

The order in which they were named never matters: everything is decided by what they say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import DistrictStanding
from sheetsync.findings import make
from sheetsync.model import Finding, Origin
from sheetsync.region.model import Choice, District, DistrictFacts, Source, Standing
from sheetsync.text import skeleton, squeeze


class _Known(Struct, frozen=True):
    """A source with facts."""

    source: Source
    facts: DistrictFacts

    @property
    def organisation(self) -> str:
        return skeleton(self.facts.organisation or self.source.name)

    @property
    def whose(self) -> tuple[str, str]:
        """The district and its plan; a plan goes on from period to period under one code."""
        return self.organisation, self.facts.plan_id

    @property
    def age(self) -> tuple[str, str, bool, str]:
        """Of two workbooks of one district the later counts, of equals the one in its campaign."""
        return self.facts.consolidated, self.facts.as_of, self.source.is_campaign, self.source.name


@dataclass
class _Choosing:
    """The state of one choice."""

    standings: list[Standing] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def set_aside(self, one: Source, standing: DistrictStanding, *findings: Finding) -> None:
        title = squeeze(one.facts.organisation) if one.facts else ""
        self.standings.append(Standing(one, standing, title, findings))


def chosen(sources: Iterable[Source], period: str = "") -> Choice:
    """The districts of a region, sorted by name; ``period`` when the user asks for one by its label."""
    state = _Choosing()
    known = list(_with_facts(sorted(sources, key=lambda one: one.name), state))
    single = _without_repeats(known, state)
    current = period or _usual_period(single)
    by_district: dict[str, list[_Known]] = defaultdict(list)
    for one in single:
        by_district[one.organisation].append(one)
    districts = [one for several in by_district.values() for one in _districts(several, current, state)]
    districts.sort(key=lambda one: (one.title.casefold(), one.source.name))
    named = list(_told_apart(districts))
    titles = {id(one.source): one.title for one in named}
    counted = [Standing(one.source, DistrictStanding.COUNTED, titles[id(one.source)]) for one in named]
    standings = sorted((*counted, *state.standings), key=_standing_order)
    return Choice(current, tuple(named), tuple(standings), (*state.findings, *_days(named)))


def _standing_order(one: Standing) -> tuple[int, str, str]:
    return list(DistrictStanding).index(one.standing), one.title.casefold(), one.source.name


def _with_facts(sources: Iterable[Source], state: _Choosing) -> Iterator[_Known]:
    for one in sources:
        if one.facts is None:
            state.set_aside(one, DistrictStanding.LEFT_OUT)
        elif not one.facts.consolidated and not one.facts.as_of:
            told = make("L103", origin=Origin(one.name))
            state.set_aside(one, DistrictStanding.LEFT_OUT, told)
        else:
            yield _Known(one, one.facts)


def _without_repeats(known: Sequence[_Known], state: _Choosing) -> list[_Known]:
    """One workbook of every district, plan and period: the same bytes once, of others the latest."""
    latest: dict[tuple[str, str, str], _Known] = {}
    for one in sorted(known, key=lambda one: one.age, reverse=True):
        taken = latest.setdefault((*one.whose, one.facts.period), one)
        if taken is not one:
            same = taken.source.sha256 == one.source.sha256
            told = make("L106" if same else "L107", origin=Origin(one.source.name), other=taken.source.name)
            state.set_aside(one.source, DistrictStanding.REPEATED, told)
    return sorted(latest.values(), key=lambda one: one.source.name)


def _usual_period(known: Iterable[_Known]) -> str:
    """The period most districts came to last; of equally many the later."""
    latest: dict[str, str] = {}
    for one in known:
        latest[one.organisation] = max(latest.get(one.organisation, ""), one.facts.period)
    counts = Counter(latest.values())
    return max(counts, key=lambda label: (counts[label], label), default="")


def _districts(several: Sequence[_Known], current: str, state: _Choosing) -> Iterator[District]:
    """The districts of one name: usually one, with the workbook of the period before."""
    now = [one for one in several if one.facts.period == current]
    rest = [one for one in several if one.facts.period != current]
    past = sorted((one for one in rest if one.facts.period < current), key=lambda one: one.facts.period)
    compared: set[int] = set()
    for one in now:
        same_plan = [before for before in past if before.facts.plan_id == one.facts.plan_id]
        before = next(reversed(same_plan or (past if len(now) == 1 else [])), None)
        if before:
            compared.add(id(before))
        others = [other for other in now if other is not one]
        if others:
            other = min(other.source.name for other in others)
            state.findings.append(make("L110", origin=Origin(one.source.name), other=other))
        title = title_of(one.facts, one.source.name)
        yield District(title, one.source, one.facts, before.facts if before else None)
    for one in rest:
        if id(one) in compared:
            state.set_aside(one.source, DistrictStanding.COMPARED)
        else:
            state.set_aside(one.source, DistrictStanding.OTHER_PERIOD, _of_other_period(one, current, now))


def title_of(facts: DistrictFacts, name: str) -> str:
    """What a district is called, unless another one is called so too."""
    return squeeze(facts.organisation or name)


def _of_other_period(one: _Known, current: str, now: Sequence[_Known]) -> Finding:
    """A district whose last workbook is of an earlier period is missing from this one."""
    past, origin = one.facts.period, Origin(one.source.name)
    code = "L108" if now or past > current else "L109"
    return make(code, origin=origin, past=past or "—", period=current or "—")


def _told_apart(districts: Sequence[District]) -> Iterator[District]:
    """Districts of one name get numbers: columns and rows need names of their own."""
    seen: Counter[str] = Counter()
    for one in districts:
        seen[one.title.casefold()] += 1
        number = seen[one.title.casefold()]
        yield replace(one, title=f"{one.title} ({number})") if number > 1 else one


def _days(districts: Sequence[District]) -> Iterator[Finding]:
    """Districts consolidated as of another day than most."""
    counts = Counter(one.facts.as_of for one in districts)
    usual = max(counts, key=lambda day: (counts[day], day), default="")
    for one in districts:
        if one.facts.as_of != usual:
            day, origin = shown_day(one.facts.as_of), Origin(one.source.name)
            yield make("L114", origin=origin, day=day, usual=shown_day(usual))


def shown_day(iso: str) -> str:
    """2026-06-20 -> 20.06.2026."""
    return ".".join(reversed(iso.split("-"))) if iso else "—"
