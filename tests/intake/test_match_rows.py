"""Rows find their activities by key, number and title; what is not clear stays open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.grid import Cell, Value
from sheetsync.intake import match
from sheetsync.intake.match import CopyRow, Why, match_rows
from sheetsync.intake.numbers import possible
from sheetsync.model import Match, PlanRow
from sheetsync.plan.titles import NEAR_EXACT, SIMILAR, Titles, similarity


def plan_row(key: str, number: str, title: str, deadline: str = "", section: str = "") -> PlanRow:
    return PlanRow(key, number, section, title, deadline)


PLAN = (
    plan_row("A", "1.1", "Анализ результатов ВПР в 5 классах"),
    plan_row("B", "1.2", "Анализ результатов ВПР в 6 классах"),
    plan_row("C", "1.15", "Участие в региональном совещании директоров"),
    plan_row("D", "1.15", "Выступление на августовской конференции"),
    plan_row("E", "2.10", "Курсы повышения квалификации учителей физики"),
)
OWED = frozenset("ABCDE")


def row(place: int, title: str = "", number: Value = "", key: str = "", **support: str) -> CopyRow:
    return CopyRow(place, key, Cell(number), title, support)


def matched(*rows: CopyRow, plan: tuple[PlanRow, ...] = PLAN) -> dict[int, tuple[str, Match]]:
    return {one.place: (one.plan.key, one.how) for one in match_rows(rows, plan, OWED).matches}


def test_by_key_though_the_title_was_rewritten() -> None:
    """The key is right and the new words speak for no other activity."""
    assert matched(row(0, "Совсем другое дело", key="A")) == {0: ("A", Match.KEY)}


def test_by_number_and_title_when_the_key_is_gone() -> None:
    """Number and title agree."""
    assert matched(row(0, PLAN[2].title, "1.15")) == {0: ("C", Match.NUMBER_TITLE)}


def test_one_number_twice_is_told_apart_by_the_title() -> None:
    """The order itself prints 1.15 twice."""
    assert matched(row(0, PLAN[3].title, "1.15"), row(1, PLAN[2].title, "1.15")) == {
        0: ("D", Match.NUMBER_TITLE),
        1: ("C", Match.NUMBER_TITLE),
    }


def test_renumbered_rows_are_known_by_title_alone() -> None:
    """Numbers 1..N mean nothing any more."""
    found = matched(*(row(place, one.title, place + 1) for place, one in enumerate(PLAN)))
    assert [key for key, _ in found.values()] == list("ABCDE")
    assert {how for _, how in found.values()} == {Match.TITLE}


def test_titles_that_differ_in_one_figure_are_never_mixed() -> None:
    """5 and 6 classes: only the very words match."""
    found = match_rows([row(0, "Анализ результатов ВПР в 7 классах")], PLAN, OWED)
    assert found.matches == ()
    assert found.unmatched == {0: Why.UNKNOWN}


def test_a_like_activity_of_the_schools_own_is_not_taken() -> None:
    """The plan's row is there itself: the similar one is the school's own."""
    found = match_rows(
        [row(0, PLAN[4].title, "2.10"), row(1, "Курсы повышения квалификации учителей химии")], PLAN, OWED
    )
    assert [one.place for one in found.matches] == [0]
    assert found.unmatched == {1: Why.UNKNOWN}


def test_equal_titles_are_told_apart_by_their_deadlines() -> None:
    """Two activities of the same words; keys and numbers are gone."""
    twins = (plan_row("A", "1", "Мониторинг", "Март"), plan_row("B", "2", "Мониторинг", "Ноябрь"))
    found = matched(
        row(0, "Мониторинг", deadline="Ноябрь"), row(1, "Мониторинг", deadline="Март"), plan=twins
    )
    assert [key for key, _ in found.values()] == ["B", "A"]


def test_equal_rows_without_a_difference_stay_open() -> None:
    """Nothing tells the twins apart: neither is guessed."""
    twins = (plan_row("A", "1", "Мониторинг", "Март"), plan_row("B", "2", "Мониторинг", "Март"))
    found = match_rows([row(0, "Мониторинг"), row(1, "Мониторинг")], twins, OWED)
    assert found.matches == ()
    assert set(found.unmatched.values()) == {Why.AMBIGUOUS}


def test_keys_left_behind_by_sorting_are_not_believed() -> None:
    """The hidden column was not sorted with the rest: the words win, and it is said."""
    rows = [row(place, one.title, one.number, key=PLAN[-1 - place].key) for place, one in enumerate(PLAN)]
    found = match_rows(rows, PLAN, OWED)
    assert [one.plan.key for one in found.matches] == list("ABCDE")
    assert [one.against_key for one in found.matches] == [True, True, False, True, True]


def test_a_copied_row_is_the_same_activity_again() -> None:
    """Both rows say the same: the reader decides what to do with two answers."""
    assert [key for key, _ in matched(row(0, PLAN[0].title, key="A"), row(1, PLAN[0].title)).values()] == [
        "A",
        "A",
    ]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("2.10.", "2.10"),
        (2.1, "2.10"),
        (2.1, "2.1"),
        (date(2023, 1, 3), "3.1"),
        (date(2023, 10, 2), "2.10"),
        (date(2015, 1, 1), "1.15"),
        ("03.01.2023", "3.1"),
        (5, "5"),
        (date(2003, 2, 1), "1.2.3"),
    ],
)
def test_numbers_excel_spoiled_are_understood(value: Value, number: str) -> None:
    """Dates and floats still stand for the number they were."""
    assert number in possible(Cell(value))


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Взаимопосещение уроков", "ВЗАИМОПОСЕЩЕНИЕ  уроков.", 1, 1),
        ("1.2. Взаимопосещение уроков", "Взаимопосещение уроков", 0.97, 0.97),
        ("Курсы учителей математики", "Курсы учителей матиматики", 0.9, 0.97),
        ("Курсы учителей математики", "Ремонт спортивного зала", 0, 0.5),
        ("Собрание в 9 классах", "Собрание в 11 классах", 0, 0.75),
        ("", "Собрание", 0, 0),
    ],
)
def test_similarity_of_titles(one: str, other: str, least: float, most: float) -> None:
    """Spelling matters little, figures much."""
    assert least <= similarity(one, other) <= most


WORDS = (
    "анализ", "результатов", "ВПР", "в 5 классах", "в 6 классах", "педсовет", "курсы", "учителей", "Анализа", "1.2",
)  # fmt: skip
titles = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)


@given(st.lists(titles, max_size=6), titles, st.sampled_from([0.6, SIMILAR, 0.9, NEAR_EXACT, 1.0]))
def test_no_title_that_is_like_enough_is_far(plan: list[str], title: str, least: float) -> None:
    alike = {step for step, one in enumerate(plan) if similarity(title, one) >= least}

    assert Titles(plan).near(title, least) >= alike


@given(st.lists(st.tuples(titles, st.sampled_from(["", "1.1", "1.2", "2.10", 2.1, "3"])), max_size=6))
def test_rows_far_from_all_the_plan_need_not_be_weighed(said: list[tuple[str, Value]]) -> None:
    rows = [row(place, title, number) for place, (title, number) in enumerate(said)]
    found = match_rows(rows, PLAN, OWED)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(match._Nearby, "of", lambda near, _row: list(near._plan))
        assert match_rows(rows, PLAN, OWED) == found
