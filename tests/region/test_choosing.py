"""Which workbooks count: one of every district, of one period, whatever the order they were named in."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regions import facts, region, source

from sheetsync.columns import DistrictStanding
from sheetsync.region.choosing import chosen
from sheetsync.region.model import Choice, DistrictFacts, Source


def titles(choice: Choice) -> list[str]:
    return [one.title for one in choice.districts]


def standings(choice: Choice) -> dict[str, DistrictStanding]:
    return {one.source.name: one.standing for one in choice.standings}


def told(choice: Choice) -> list[str]:
    about = [one for standing in choice.standings for one in standing.findings]
    return sorted(one.code for one in (*about, *choice.findings))


def test_districts_are_sorted_by_name() -> None:
    assert titles(chosen([source(facts("Липовый")), source(facts("Дубовый"))])) == ["Дубовый", "Липовый"]


def test_the_same_bytes_count_once() -> None:
    twins = [source(facts("Липовый"), file, sha256="same") for file in ("а.xlsm", "б.xlsm")]
    choice = chosen(twins)

    assert sorted(standings(choice).values()) == [DistrictStanding.REPEATED, DistrictStanding.COUNTED]
    assert told(choice) == ["L106"]


def test_of_two_workbooks_of_one_district_the_later_counts() -> None:
    early = source(facts("Липовый", consolidated="2026-05-01 10:00"), "ранняя.xlsm")
    late = source(facts("Липовый", consolidated="2026-06-01 10:00"), "поздняя.xlsm")
    choice = chosen([early, late])

    assert standings(choice) == {
        "поздняя.xlsm": DistrictStanding.COUNTED,
        "ранняя.xlsm": DistrictStanding.REPEATED,
    }
    assert told(choice) == ["L107"]


def test_a_plan_consolidated_by_nobody_is_left_out() -> None:
    choice = chosen([source(facts("Липовый", consolidated="", as_of=""))])

    assert titles(choice) == []
    assert told(choice) == ["L103"]


def test_the_period_before_is_what_a_district_is_compared_with() -> None:
    choice = chosen([source(facts("Липовый", period="2025")), source(facts("Липовый"))])
    (only,) = choice.districts

    assert choice.period == "2026"
    assert only.before is not None
    assert only.before.period == "2025"
    assert standings(choice)["Липовый 2025.xlsm"] is DistrictStanding.COMPARED
    assert told(choice) == []


def test_a_district_that_stayed_in_the_period_before_is_missed() -> None:
    districts = [source(facts(name)) for name in ("Дубовый", "Липовый")]
    choice = chosen([*districts, source(facts("Кленовый", period="2025"))])

    assert standings(choice)["Кленовый 2025.xlsm"] is DistrictStanding.OTHER_PERIOD
    assert told(choice) == ["L109"]


def test_a_period_can_be_asked_for() -> None:
    districts = [
        source(facts(name, period=year)) for name in ("Дубовый", "Липовый") for year in ("2025", "2026")
    ]
    choice = chosen(districts, "2025")

    assert choice.period == "2025"
    assert {one.facts.period for one in choice.districts} == {"2025"}
    assert told(choice) == ["L108", "L108"]


def test_two_plans_of_one_district_stand_apart() -> None:
    choice = chosen([source(facts("Липовый")), source(facts("Липовый", plan_id="other"), "другой.xlsm")])

    assert titles(choice) == ["Липовый", "Липовый (2)"]
    assert told(choice) == ["L110", "L110"]


def test_a_district_consolidated_as_of_another_day_is_told() -> None:
    days = ("2026-06-20", "2026-06-20", "2026-05-01")
    choice = chosen([source(facts(name, as_of=day)) for name, day in zip("АБВ", days, strict=True)])

    assert told(choice) == ["L114"]


def test_a_region_of_nobody_is_empty() -> None:
    assert region().districts == ()
    assert region().total.rates.filled is None


KNOWN = st.builds(
    lambda name, plan, period, at: facts(name, plan_id=plan, period=period, consolidated=at),
    st.sampled_from(["Дубовый", "Липовый", "Кленовый"]),
    st.sampled_from(["p", "q"]),
    st.sampled_from(["2025", "2026"]),
    st.sampled_from(["", "2026-05-01 10:00", "2026-06-01 10:00"]),
)


@given(st.lists(KNOWN, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_arguments_does_not_matter(districts: list[DistrictFacts], chance: object) -> None:
    sources = [source(one, f"{place}.xlsm", sha256=str(place // 2)) for place, one in enumerate(districts)]
    mixed: list[Source] = list(sources)
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    assert chosen(mixed) == chosen(sources)
    assert len(chosen(mixed).standings) == len(sources)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_equal_files_are_told_alike_in_any_order(order: tuple[int, ...]) -> None:
    files = [source(facts("Липовый"), f"{place}.xlsm", sha256="same") for place in range(3)]

    assert chosen([files[at] for at in order]) == chosen(files)
