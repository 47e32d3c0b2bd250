"""The form as a value: only what a participant owes, in the order of the plan."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from invented_plan import OFFICE, PLAN, SCHOOL
from sheetsync.columns import FORM_VERSION, FormCell, MarkCell
from sheetsync.forms.model import form_of
from sheetsync.intake.marks import indicator_key


def test_a_school_is_asked_only_for_the_rows_it_owes() -> None:
    asked = [row.key for row in form_of(PLAN, SCHOOL).rows if row.key]

    assert asked == [row.key for row in PLAN.rows if SCHOOL in row.reporters]


def test_the_office_is_a_participant_with_rows_of_its_own() -> None:
    asked = [row.key for row in form_of(PLAN, OFFICE).rows if row.key]

    assert asked == ["KEY03", "KEY10", "KEY17", "KEY24"]


def test_sections_stand_as_rows_of_their_own_without_a_key() -> None:
    sections = [row for row in form_of(PLAN, SCHOOL).rows if row.is_section]

    assert [row.cells["number"] for row in sections] == ["1", "2", "3"]
    assert sections[0].cells == {"number": "1", "title": "Организационно-управленческие мероприятия"}


@pytest.mark.parametrize(
    ("section", "number", "title"),
    [
        ("IV. Работа с кадрами", "IV", "Работа с кадрами"),
        ("2.1) Обучение", "2.1", "Обучение"),
        ("2023 год: подготовка", "", "2023 год: подготовка"),
        ("Без номера", "", "Без номера"),
    ],
)
def test_a_section_is_split_into_number_and_title(section: str, number: str, title: str) -> None:
    plan = replace(PLAN, rows=(replace(PLAN.rows[0], section=section),))

    assert form_of(plan, SCHOOL).rows[0].cells == {"number": number, "title": title}


def test_a_plan_without_sections_has_no_section_rows() -> None:
    plan = replace(PLAN, rows=tuple(replace(row, section="") for row in PLAN.rows))

    assert not any(row.is_section for row in form_of(plan, SCHOOL).rows)


def test_a_section_that_comes_again_is_named_again() -> None:
    first, second, third = PLAN.rows[0], PLAN.rows[20], PLAN.rows[1]
    plan = replace(PLAN, rows=(first, second, third))

    assert [row.key for row in form_of(plan, SCHOOL).rows] == ["", first.key, "", second.key, "", third.key]


def test_only_indicators_of_the_plan_and_of_owed_rows_are_asked() -> None:
    keys = [row.key for row in form_of(PLAN, SCHOOL).indicators]

    assert keys == [indicator_key(0), indicator_key(2)]


def test_the_header_says_who_what_and_until_when() -> None:
    header = form_of(PLAN, SCHOOL).header

    assert header[FormCell.PARTICIPANT] == PLAN.participants[0].name
    assert header[FormCell.REPORT_DUE] == date(2023, 12, 15)
    assert header[FormCell.PROGRESS] == "Заполнено 0 из 26, без подтверждения 0"


def test_the_marks_are_enough_to_check_a_copy_on_its_own() -> None:
    form = form_of(replace(PLAN, issue=2), SCHOOL)

    assert form.mark_cells[MarkCell.ISSUE] == 2
    assert form.mark_cells[MarkCell.VERSION] == FORM_VERSION
    assert form.mark_cells[MarkCell.PERIOD_START] == date(2023, 1, 1)
    assert [row.key for row in form.mark_rows] == [row.key for row in form.rows if row.key]
    assert form.mark_rows[0].cells["evidence_asked"] == "протокол"


def test_an_unknown_participant_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        form_of(PLAN, "S99")
