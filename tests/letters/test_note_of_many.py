"""The note of a large district is still read by people: pictures fit a page, sentences name a few."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sheetsync.letters.note import Chart
from sheetsync.letters.noting import noted
from sheetsync.model import Consolidation, Indicator, IndicatorFact
from sheetsync.printing.charts import height_mm
from small_district import FULL, PLAN, answer, copy, run

MORE = Indicator("Доля учителей, прошедших обучение", "%", 80, 2023)
LESS = Indicator("Снижение доли неуспевающих", "%", 5, 2023)
PAGE = 297 - 2 * 18 - 15
"""Millimetres of a page between its margins, under a title of two lines."""
LONG = "Верхнелиповская средняя общеобразовательная школа имени первого учителя"


def district(schools: int, indicator: Indicator = MORE) -> Consolidation:
    """Every tenth school has sent nothing; the target is a figure smaller by one from school to school."""
    first = PLAN.participants[0]
    people = tuple(
        replace(first, code=f"S{step}", short_name=f"{LONG} № {step}") for step in range(1, schools + 1)
    )
    codes = tuple(one.code for one in people)
    rows = tuple(replace(row, reporters=codes) for row in PLAN.rows)
    plan = replace(PLAN, participants=people, rows=rows, indicators=(indicator,))
    copies = (copy(one.code, answer("r1", **FULL)) for step, one in enumerate(people, 1) if step % 10)
    facts = tuple(IndicatorFact(one.code, indicator, str(1000 - step)) for step, one in enumerate(people, 1))
    return replace(run(*copies, plan=plan), indicators=facts)


def numbers(chart: Chart) -> list[int]:
    """The numbers of the schools a picture shows."""
    return [int(label.rpartition(" ")[2]) for label in chart.labels]


def charts_of(found: Consolidation) -> tuple[tuple[Chart, ...], tuple[Chart, ...]]:
    note = noted(found, lambda text: text).note
    return note.people_charts, note.target_charts


@given(st.integers(2, 130))
def test_no_picture_is_taller_than_a_page(schools: int) -> None:
    for charts in charts_of(district(schools)):
        assert charts
        assert all(height_mm(one) <= PAGE for one in charts)


@pytest.mark.parametrize(
    ("schools", "each"), [(20, [20]), (21, [10, 11]), (40, [20, 20]), (60, [20, 20, 20])]
)
def test_a_district_of_some_dozens_is_shown_whole(schools: int, each: list[int]) -> None:
    for charts in charts_of(district(schools)):
        assert [len(one.labels) for one in charts] == each
        assert [number for one in charts for number in numbers(one)] == list(range(1, schools + 1))
        assert len({one.top for one in charts}) == 1


def test_parts_of_a_chart_say_which_they_are() -> None:
    people, target = charts_of(district(25))

    assert [one.title for one in people] == [
        "Заполнено и подтверждено по участникам, %: 1–12 из 25",
        "Заполнено и подтверждено по участникам, %: 13–25 из 25",
    ]
    assert {one.top for one in target} == {999}


def test_of_a_large_district_those_are_shown_who_are_behind() -> None:
    ((people,), (target,)) = charts_of(district(300))

    assert people.title == "Заполнено и подтверждено по участникам, %: 20 наименьших из 300"
    assert numbers(people) == list(range(10, 201, 10))
    assert target.title.endswith("20 наименьших из 300")
    assert numbers(target) == list(range(300, 280, -1))


def test_of_a_target_that_asks_for_less_the_largest_are_shown() -> None:
    _, (target,) = charts_of(district(61, LESS))

    assert target.title.endswith("20 наибольших из 61")
    assert numbers(target) == list(range(1, 21))


def test_a_sentence_names_a_few_and_counts_the_others() -> None:
    told = noted(district(300), lambda text: text).note
    said = ["".join(piece.text for piece in line) for line in told.conclusions]

    silent = next(line for line in said if line.startswith("Не представили отчёт: "))
    assert silent.count(LONG) == 15
    assert silent.endswith(f"{LONG} № 150 и ещё 15.")
    assert len(told.silent) == 30
