"""Activities of different districts are one activity: by the key of their rows, then by number and title.

The same order gives every district the same keys. A district that made its plan by hand, or of another
edition, is met by number and title; what meets nothing stays its own and is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from sheetsync.findings import make
from sheetsync.model import Finding, Origin
from sheetsync.region.model import ActivityFacts, District
from sheetsync.text import skeleton

_TITLES_TOLD = 3
_LONGEST_TITLE = 80


class RegionActivity(Struct, frozen=True):
    """One activity of the region; ``facts`` by the place of the district in the region."""

    key: str
    number: str
    section: str
    title: str
    facts: Mapping[int, ActivityFacts]


@dataclass
class _Group:
    facts: dict[int, ActivityFacts] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)

    def add(self, district: int, place: int, one: ActivityFacts) -> None:
        self.facts[district] = one
        self.places.append(place)


def activities_of(districts: Sequence[District]) -> tuple[RegionActivity, ...]:
    """The plan of the region, in the order the districts' plans have it."""
    groups = sorted(_groups(districts), key=_order)
    return tuple(map(_activity, groups))


def _groups(districts: Sequence[District]) -> list[_Group]:
    by_key: dict[tuple[str, int], _Group] = defaultdict(_Group)
    for at, district in enumerate(districts):
        seen: Counter[str] = Counter()
        for place, one in enumerate(district.facts.activities):
            identity = one.key or f"#{_identity(one)}"
            by_key[identity, seen[identity]].add(at, place, one)
            seen[identity] += 1
    joined: dict[str, list[_Group]] = defaultdict(list)
    for _, group in sorted(by_key.items(), key=lambda pair: (-len(pair[1].facts), pair[0])):
        _join(joined[_identity(_usual(group.facts.values()))], group)
    return [group for several in joined.values() for group in several]


def _join(several: list[_Group], group: _Group) -> None:
    """Put a group into the first of its number and title that has no row of the same districts."""
    for known in several:
        if not known.facts.keys() & group.facts.keys():
            known.facts.update(group.facts)
            known.places += group.places
            return
    several.append(group)


def _identity(one: ActivityFacts) -> str:
    return f"{skeleton(one.number)}/{skeleton(one.title)}"


def _usual(facts: Iterable[ActivityFacts]) -> ActivityFacts:
    """The wording most districts have; of equally many the first by letters."""
    several = list(facts)
    counts = Counter((one.number, one.title) for one in several)
    wording = min(counts, key=lambda pair: (-counts[pair], pair))
    return min((one for one in several if (one.number, one.title) == wording), key=lambda one: one[:4])


def _order(group: _Group) -> tuple[float, str, str]:
    usual = _usual(group.facts.values())
    return sum(group.places) / len(group.places), usual.number, usual.title


def _activity(group: _Group) -> RegionActivity:
    usual = _usual(group.facts.values())
    return RegionActivity(usual.key, usual.number, usual.section, usual.title, group.facts)


def mismatches(districts: Sequence[District], activities: Sequence[RegionActivity]) -> Iterator[Finding]:
    """For every district: what most have and it has not, what it has and most have not."""
    if len(districts) < 2:
        return
    common = [one for one in activities if len(one.facts) * 2 > len(districts)]
    rare = [one for one in activities if len(one.facts) * 2 <= len(districts)]
    for at, district in enumerate(districts):
        for code, several in (
            ("L111", [one for one in common if at not in one.facts]),
            ("L112", [one for one in rare if at in one.facts]),
        ):
            if several:
                origin = Origin(district.source.name)
                yield make(code, origin=origin, rows=len(several), titles=_titles(several))


def _titles(activities: Sequence[RegionActivity]) -> str:
    shown = [_shortened(f"{one.number} {one.title}".strip()) for one in activities[:_TITLES_TOLD]]
    return "; ".join((*shown, "…") if len(activities) > _TITLES_TOLD else shown)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…"
