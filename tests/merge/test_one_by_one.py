"""Judging those apart who have nothing in common, and putting the results together, is judging all."""

from __future__ import annotations

from any_district import PLAN, STRANGER, District, districts
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sheetsync.checks.between import between
from sheetsync.findings import grouped
from sheetsync.merge.consolidate import Judged, consolidate, place_of_unplaced
from sheetsync.merge.groups import Group, Sent, groups_of, narrowed
from sheetsync.merge.rates import rates_of
from sheetsync.model import Consolidation
from small_district import AT_THE_END

ROSTER = [one.code for one in PLAN.participants]


def groups(district: District) -> tuple[Group, ...]:
    known = set(ROSTER)
    return groups_of(
        PLAN,
        [
            Sent(number, one.origin.file, one.origin.sha256, tuple(known.intersection(one.participants)))
            for number, one in enumerate(district.received)
        ],
    )


def judged_alone(district: District, group: Group) -> Judged:
    """One group: its files, what was decided about it; the last group gets what is nobody's."""
    whose = group.codes or (STRANGER,)
    return consolidate(
        narrowed(PLAN, group.codes),
        [district.received[number] for number in group.files],
        {place: one for place, one in district.decisions.items() if place[0] in whose},
        AT_THE_END,
        findings=() if group.codes else district.told,
        shared=(),
        roster=PLAN.participants,
    )


def together(parts: list[Judged]) -> Consolidation:
    found = [one.found for one in parts]
    mentions = {code: told for one in parts for code, told in one.mentions.items()}
    findings = [one for part in found for one in part.findings]
    counts = sorted(
        (one for part in found for one in part.completeness), key=lambda one: _place(one.participant)
    )
    facts = [one for part in found for one in part.indicators]
    return Consolidation(
        as_of=AT_THE_END,
        plan=PLAN,
        files=tuple(sorted((one for part in found for one in part.files), key=_file)),
        outcomes=tuple(
            sorted((one for part in found for one in part.outcomes), key=lambda one: _place(one.participant))
        ),
        completeness=tuple(counts),
        rates=rates_of(counts),
        findings=grouped((*findings, *between(PLAN.participants, mentions))),
        ledger=tuple(sorted((one for part in found for one in part.ledger), key=_file)),
        unplaced=tuple(sorted((one for part in found for one in part.unplaced), key=place_of_unplaced)),
        indicators=(
            *sorted((one for one in facts if one.entry), key=lambda one: one.participant),
            *(one for one in facts if not one.entry),
        ),
    )


def _place(code: str) -> int:
    return ROSTER.index(code)


def _file(one: object) -> tuple[str, str]:
    origin = one.origin  # type: ignore[attr-defined]
    return origin.file, origin.sha256


@given(districts())
@settings(max_examples=120, deadline=None)
def test_one_by_one_is_all_at_once(district: District) -> None:
    at_once = consolidate(PLAN, district.received, district.decisions, AT_THE_END, findings=district.told)

    apart = together([judged_alone(district, group) for group in groups(district)])

    waiting = {(one.participant, one.indicator) for one in at_once.found.indicators if not one.entry}
    assert {(one.participant, one.indicator) for one in apart.indicators if not one.entry} == waiting
    assert replace(apart, indicators=at_once.found.indicators) == at_once.found
    assert [one for one in apart.indicators if one.entry] == [
        one for one in at_once.found.indicators if one.entry
    ]


@given(st.lists(st.sampled_from((*ROSTER, STRANGER))))
@settings(max_examples=60, deadline=None)
def test_a_group_sees_its_own_people_and_their_figures(codes: list[str]) -> None:
    """In the order of the plan, however often and in whatever order they are named."""
    own = narrowed(PLAN, codes)

    assert own.participants == tuple(one for one in PLAN.participants if one.code in codes)
    assert own.previous == tuple(one for one in PLAN.previous if one.participant in codes)
    assert replace(own, participants=PLAN.participants, previous=PLAN.previous) == PLAN


@given(districts())
@settings(max_examples=60, deadline=None)
def test_everybody_is_judged_once(district: District) -> None:
    found = groups(district)

    assert sorted(code for one in found for code in one.codes) == sorted(ROSTER)
    assert sorted(number for one in found for number in one.files) == list(range(len(district.received)))
