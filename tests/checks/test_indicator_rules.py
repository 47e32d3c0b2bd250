"""Figures for numeric targets as schools type them, and what the coordinator is told of each."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from sheetsync.findings import advice_of, fact_of
from sheetsync.merge.indicators import change_of
from sheetsync.merge.received import CensusItem, ItemKind, Received
from sheetsync.model import (
    Consolidation,
    Field,
    Indicator,
    IndicatorAnswer,
    Origin,
    Plan,
    PlanRow,
    PreviousFigure,
)
from sheetsync.plan.figures import Figure, is_other_unit, read_figure, signed
from small_district import FULL, PLAN, answer, codes, copy, run, the

SHARE = Indicator("Доля учителей, прошедших обучение", "%", 80.0, 2023)
PEOPLE = Indicator("Число учеников в кружках", "чел.", 120.0, 2023)
FALLING = Indicator("Снижение доли школ с низкими результатами", "%", 70.0, 2023)
SEMINARS = Indicator("Семинары", "семинар", 2.0, 2023, "r2")
SHEET = "Показатели"


def plan_asking(*indicators: Indicator, previous: tuple[PreviousFigure, ...] = ()) -> Plan:
    return replace(PLAN, indicators=indicators, previous=previous)


def copy_with(code: str, *told: tuple[Indicator, str, str]) -> Received:
    """A copy of one school with figures and explanations on its second sheet."""
    received = copy(code, answer("r1", **FULL))
    (submission,) = received.submissions
    answers, census = [], list(received.census)
    for row, (indicator, fact, comment) in enumerate(told, 5):
        fields = {
            key: Field(
                text, origin=Origin(received.origin.file, received.origin.sha256, SHEET, f"{letter}{row}")
            )
            for key, letter, text in (("fact", "E", fact), ("comment", "F", comment))
            if text
        }
        answers.append(IndicatorAnswer(code, indicator, fields))
        census += [CensusItem(SHEET, one.origin.cell, ItemKind.VALUE, one.text) for one in fields.values()]
    submissions = (replace(submission, indicators=tuple(answers)),)
    return replace(received, submissions=submissions, census=tuple(census))


def judged(indicator: Indicator, fact: str, comment: str = "", previous: str = "") -> Consolidation:
    before = (PreviousFigure("S1", indicator, previous),) if previous else ()
    return run(copy_with("S1", (indicator, fact, comment)), plan=plan_asking(indicator, previous=before))


def n_codes(result: Consolidation) -> list[str]:
    return [code for code in codes(result) if code.startswith("N")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("85", 85.0, ""),
        ("85,5 %", 85.5, "%"),
        ("1 200 чел.", 1200.0, "чел."),
        ("1\u00a0200", 1200.0, ""),
        ("−3", -3.0, ""),
        ("12 человек", 12.0, "человек"),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, value: float, unit: str) -> None:
    assert read_figure(text) == Figure(value, unit)


@pytest.mark.parametrize(
    "text", ["восемьдесят", "80-90", "80 из 100", "01.02.2023", "", "да", "5 и 6", "1 20"]
)
def test_what_is_no_single_figure_is_none(text: str) -> None:
    assert read_figure(text) is None


def test_a_number_with_a_space_in_thousands_is_read_whole() -> None:
    """«1 200» was once read as one."""
    result = judged(PEOPLE, "1 200")

    assert n_codes(result) == []


def test_words_in_place_of_a_number_are_asked_back() -> None:
    result = judged(SHARE, "восемьдесят")

    assert n_codes(result) == ["N401"]
    found = the(result, "N401")
    assert (found.participant, found.origin.sheet, found.origin.cell) == ("S1", SHEET, "E5")
    assert "восемьдесят" in fact_of(found)


def test_people_counted_where_a_share_is_asked() -> None:
    assert n_codes(judged(SHARE, "85 чел.")) == ["N402"]
    assert n_codes(judged(PEOPLE, "85 %")) == ["N402"]
    assert n_codes(judged(PEOPLE, "130 человек")) == []


def test_impossible_figures() -> None:
    assert n_codes(judged(SHARE, "120")) == ["N403"]
    assert "N404" in n_codes(judged(PEOPLE, "-5"))


def test_a_falling_share_may_be_below_zero() -> None:
    assert "N404" not in n_codes(judged(FALLING, "-5"))


def test_a_share_written_as_a_fraction_is_doubted_not_called_a_failure() -> None:
    result = judged(SHARE, "0,85")

    assert n_codes(result) == ["N405"]
    assert "85 %" in advice_of(the(result, "N405"))


def test_a_jump_against_the_previous_period_is_doubted() -> None:
    result = judged(SHARE, "95", previous="20")

    assert n_codes(result) == ["N406"]
    assert "было 20, стало 95 (+75)" in fact_of(the(result, "N406"))
    assert n_codes(judged(PEOPLE, "1300", previous="130")) == ["N406"]
    assert n_codes(judged(SHARE, "85", previous="70")) == []


def test_missing_figures_are_told_once_a_school_when_due() -> None:
    plan = plan_asking(SHARE, PEOPLE, SEMINARS)
    received = copy_with("S1", (SHARE, "90", ""))

    late = run(received, plan=plan)
    early = run(received, plan=plan, as_of=date(2023, 5, 1))

    assert n_codes(late) == ["N407"]
    assert "2 из 3" in fact_of(the(late, "N407"))
    assert n_codes(early) == []


def test_a_figure_explained_away_is_not_missing() -> None:
    assert n_codes(judged(PEOPLE, "", "кружки не работали: ремонт")) == []


def test_a_target_missed_is_told_when_its_day_has_come() -> None:
    result = judged(SHARE, "65 %")

    assert n_codes(result) == ["N408"]
    assert "65 %, по плану 80 %" in fact_of(the(result, "N408"))


def test_where_less_is_better_a_person_decides() -> None:
    assert n_codes(judged(FALLING, "30")) == []


def test_a_target_of_the_last_year_is_not_missed_in_the_first() -> None:
    plan = plan_asking(replace(SHARE, year=2025))
    settings = replace(plan.settings, period="2023", years=(2023, 2024, 2025))

    result = run(copy_with("S1", (plan.indicators[0], "65", "")), plan=replace(plan, settings=settings))

    assert n_codes(result) == []


@pytest.mark.parametrize(
    ("target", "info", "expected"),
    [
        ("2 семинар", "Проведён 1 семинар для учителей", ["N409"]),
        ("2 семинар", "Проведено 3 семинара", []),
        ("2 семинар", "Семинары проведены", []),
        ("80 %", "Охвачено 65 % учителей", ["N409"]),
        ("80 %; 2 семинар", "Охвачено 90 % учителей на 2 выездных семинарах", []),
    ],
)
def test_a_number_in_the_words_of_an_answer_is_held_against_the_plan(
    target: str, info: str, expected: list[str]
) -> None:
    rows = tuple(replace(row, target=target) if row.key == "r2" else row for row in PLAN.rows)

    result = run(copy("S1", answer("r2", **(FULL | {"info": info}))), plan=replace(PLAN, rows=rows))

    assert n_codes(result) == expected


def test_the_change_is_counted_between_figures_of_one_kind() -> None:
    (fact,) = judged(SHARE, "85", previous="80,5 %").indicators

    assert change_of(fact) == 4.5
    assert change_of(replace(fact, previous="80 чел.")) is None
    assert change_of(replace(fact, fact="много")) is None
    assert [signed(one) for one in (4.5, -3, 0)] == ["+4,5", "−3", "0"]


def test_the_previous_figure_of_a_school_that_is_silent_stays() -> None:
    plan = plan_asking(SHARE, previous=(PreviousFigure("S2", SHARE, "70"),))

    result = run(plan=plan)

    assert [(one.participant, one.fact, one.previous) for one in result.indicators] == [("S2", "", "70")]


def test_every_figure_typed_is_accounted_for() -> None:
    result = run(
        copy_with("S1", (SHARE, "восемьдесят", "по журналу"), (PEOPLE, "-5", "")),
        plan=plan_asking(SHARE, PEOPLE),
    )

    assert [line.unaccounted for line in result.ledger] == [0]


def test_units_that_only_look_different() -> None:
    assert not is_other_unit("человек", "чел.")
    assert not is_other_unit("шт.", "семинар")
    assert not is_other_unit("процентов", "%")
    assert is_other_unit("школ", "чел.")


def test_a_row_of_the_plan_without_a_number_is_held_against_nothing() -> None:
    row = PlanRow("r2", "1.2", "", "Семинар", reporters=("S1",), target="по графику")

    assert n_codes(run(copy("S1", answer("r2", **FULL)), plan=replace(PLAN, rows=(row,)))) == []
