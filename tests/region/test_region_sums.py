"""The sums of a region are the sums of its districts; what does not match is told."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regions import activity, codes, facts, figure, region, school, source

from sheetsync.columns import MatrixMark, RegionSign
from sheetsync.merge.rates import rates_of
from sheetsync.merge.summary import Light
from sheetsync.model import Completeness
from sheetsync.region.choosing import chosen
from sheetsync.region.model import DistrictFacts, SchoolFacts
from sheetsync.region.records import sign_of
from sheetsync.region.rollup import (
    Row,
    light_of,
    rates_before,
    rolled_up,
    row_of,
    row_of_region,
    sums_of,
    total_of,
)

SCHOOLS = st.builds(
    lambda name, received, due, rest: school(
        name,
        received=received,
        due=due,
        missing=rest[0] % (due + 1),
        done=rest[1],
        evidenced=rest[2] % (rest[1] + 1),
    ),
    st.sampled_from(["Липовская", "Дубовская"]),
    st.booleans(),
    st.integers(0, 9),
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
)
MARKS = st.dictionaries(st.sampled_from([one.name for one in MatrixMark]), st.integers(1, 5))
ACTIVITIES = st.lists(
    st.builds(lambda key, marks: activity(key, key, f"Дело {key}", **marks), st.sampled_from("абвгд"), MARKS),
    max_size=5,
    unique_by=lambda one: one.key,
)
DISTRICTS = st.lists(st.tuples(ACTIVITIES, st.lists(SCHOOLS, max_size=4)), max_size=4).map(
    lambda told: [facts(f"Район {at}", activities, schools) for at, (activities, schools) in enumerate(told)]
)


def completeness(one: SchoolFacts) -> Completeness:
    counts = (
        one.rows_owed,
        one.rows_due,
        one.reported,
        one.confirmed_none,
        one.missing,
        one.done,
        one.evidenced,
    )
    return Completeness(one.name, one.rows_owed > 0, one.received, None, one.on_time, *counts)


@given(DISTRICTS)
def test_the_rates_of_a_region_are_those_of_all_its_schools_together(districts: list[DistrictFacts]) -> None:
    schools = [one for district in districts for one in district.schools]

    assert region(*districts).total.rates == rates_of(map(completeness, schools))


@given(DISTRICTS)
def test_the_sum_of_the_districts_is_the_region(districts: list[DistrictFacts]) -> None:
    told = region(*districts)

    assert told.total == total_of(map(sums_of, districts))
    every = [one for district in districts for one in district.activities]
    assert sum(row_of_region(one).owed for one in told.activities) == sum(row_of(one).owed for one in every)
    assert sum(len(one.facts) for one in told.activities) == len(every)


@given(DISTRICTS, st.integers())
def test_the_order_of_districts_does_not_matter(districts: list[DistrictFacts], seed: int) -> None:
    sources = list(map(source, districts))
    mixed = random.Random(seed).sample(sources, len(sources))

    assert rolled_up(chosen(mixed)) == rolled_up(chosen(sources))


@given(MARKS)
def test_every_answer_of_an_activity_is_counted_once(marks: dict[str, int]) -> None:
    row = row_of(activity("а", **marks))
    parts = (row.missing, row.not_due, row.done, row.going, row.not_done, row.none, row.unclear)

    assert sum(parts) == row.owed == sum(marks.values())


# --- matching


def test_activities_meet_by_key_whatever_they_are_called() -> None:
    told = region(
        facts("А", [activity("k", "1.1", "Педсовет", EVIDENCED=2)]),
        facts("Б", [activity("k", "1.1.", "Педсовет (повторный)", MISSING=1)]),
    )
    (one,) = told.activities

    assert row_of_region(one) == Row(owed=3, missing=1, done=2, evidenced=2)
    assert codes(told) == []


def test_without_a_common_key_number_and_title_decide() -> None:
    told = region(
        facts("А", [activity("k", "1.1", "Педсовет «Школа»")]),
        facts("Б", [activity("q", "1.1", 'Педсовет "Школа"')]),
    )

    assert len(told.activities) == 1


def test_rows_of_one_district_never_become_one() -> None:
    told = region(facts("А", [activity("k"), activity("q")]), facts("Б", [activity("k"), activity("q")]))

    assert [len(one.facts) for one in told.activities] == [2, 2]


def test_what_does_not_match_is_told_of_each_district() -> None:
    usual = [activity("k", "1.1", "Педсовет"), activity("m", "1.2", "Семинар")]
    told = region(
        facts("А", usual), facts("Б", usual), facts("В", [usual[0], activity("z", "9", "Своё дело")])
    )
    about = {one.code: one.params for one in told.findings}

    assert about == {
        "L111": (("rows", "1"), ("titles", "1.2 Семинар")),
        "L112": (("rows", "1"), ("titles", "9 Своё дело")),
    }


# --- what a cell and a light say


@pytest.mark.parametrize(
    ("marks", "sign"),
    [
        ({"EVIDENCED": 2, "NOT_REQUIRED": 1}, RegionSign.FULL),
        ({"EVIDENCED": 2, "BARE": 1}, RegionSign.GOING),
        ({"EVIDENCED": 2, "MISSING": 1}, RegionSign.MISSING),
        ({"NOT_DUE": 2}, RegionSign.NOT_DUE),
        ({"NOT_DUE": 2, "EVIDENCED": 1}, RegionSign.GOING),
    ],
)
def test_a_cell_says_the_worst_first(marks: dict[str, int], sign: RegionSign) -> None:
    assert sign_of(row_of(activity("k", **marks))) is sign


@pytest.mark.parametrize(
    ("schools", "light"),
    [
        ([school("А"), school("Б")], Light.FINE),
        ([school("А"), school("Б", missing=1)], Light.GAPS),
        ([school("А", received=False)], Light.NO_REPORT),
        ([], Light.NO_REPORT),
    ],
)
def test_the_light_of_a_district(schools: list[SchoolFacts], light: Light) -> None:
    told = facts("А", schools=schools)

    assert light_of(told, sums_of(told)) is light


# --- targets and periods


def test_figures_of_one_unit_are_added_and_averaged() -> None:
    told = region(
        facts("А", figures=[figure("Учителей", 5, 15)]), facts("Б", figures=[figure("Учителей", 40)])
    )
    (one,) = told.figures
    (total,) = [sum(fact.total for fact in one.facts.values())]

    assert one.is_summed
    assert total == 60


@pytest.mark.parametrize(
    ("title", "unit"), [("Охват", "%"), ("Средний балл", ""), ("Доля учителей", "чел."), ("Оценка", "баллов")]
)
def test_shares_and_marks_are_never_added(title: str, unit: str) -> None:
    (one,) = region(facts("А", figures=[figure(title, 5, unit=unit)])).figures

    assert not one.is_summed


def test_one_target_in_two_units_stands_apart_and_is_told() -> None:
    told = region(
        facts("А", figures=[figure("Охват", 50, unit="%")]), facts("Б", figures=[figure("Охват", 7)])
    )

    assert len(told.figures) == 2
    assert codes(told) == ["L113"]


def test_different_goals_are_told() -> None:
    told = region(
        facts("А", figures=[figure("Охват", 5)]), facts("Б", figures=[figure("Охват", 7, target="20")])
    )

    assert codes(told) == ["L119"]


def test_the_change_is_counted_from_districts_that_have_both_periods() -> None:
    before = facts("А", schools=[school("x", missing=4)], period="2025")
    told = region(before, facts("А", schools=[school("x", missing=2)]), facts("Б", schools=[school("y")]))
    now, then, districts = rates_before(told)

    assert (now.filled, then.filled, districts) == (0.5, 0, 1)
