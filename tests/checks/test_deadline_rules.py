"""Dates of answers beside the dates of the plan."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from sheetsync.checks.due import first_due, is_due
from sheetsync.model import Field, Settings
from small_district import FULL, PLAN, ROWS, answer, codes, copy, plan_with, run, the


def of_first_row(as_of: date = date(2023, 12, 31), **texts: str) -> list[str]:
    return codes(run(copy("S1", answer("r1", **texts)), as_of=as_of), "S1", "r1")


@pytest.mark.parametrize("status", ["не начато", "в работе", "не выполнено"])
def test_work_not_done_after_its_deadline_is_overdue(status: str) -> None:
    assert "D501" in of_first_row(status=status, info="Готовим", as_of=date(2023, 3, 2))


def test_on_its_last_day_nothing_is_overdue() -> None:
    assert "D501" not in of_first_row(status="в работе", as_of=date(2023, 3, 1))


def test_overdue_with_a_reason_and_new_term_is_noted_only() -> None:
    assert of_first_row(status="не выполнено", reason="Карантин, до 01.04") == ["D507"]


def test_a_continuous_row_under_way_is_never_overdue() -> None:
    result = run(copy("S1", answer("r3", status="в работе", info="Ведётся")))

    assert codes(result, "S1", "r3") == []


def test_a_continuous_row_not_begun_by_the_report_date_is_overdue() -> None:
    result = run(copy("S1", answer("r3", status="не начато")))

    assert codes(result, "S1", "r3") == ["D501"]


def test_a_repeated_row_is_due_at_its_first_occurrence_and_late_after_the_last() -> None:
    twice = replace(ROWS[0], due=None, occurrences=(date(2023, 2, 1), date(2023, 10, 1)))
    plan = plan_with(rows=(twice, *ROWS[1:]))
    under_way = copy("S1", answer("r1", status="в работе", info="Проведено один раз"))

    assert codes(run(plan=plan, as_of=date(2023, 2, 1)), "S1") == ["C409"]
    assert codes(run(under_way, plan=plan, as_of=date(2023, 9, 1)), "S1", "r1") == []
    assert codes(run(under_way, plan=plan, as_of=date(2023, 10, 2)), "S1", "r1") == ["D501"]
    assert "D501" in codes(
        run(copy("S1", answer("r1", status="не начато")), plan=plan, as_of=date(2023, 2, 2)), "S1", "r1"
    )


def test_done_without_a_date() -> None:
    assert of_first_row(**{**FULL, "done_on": ""}) == ["D502"]


def test_a_date_that_cannot_be_read_is_left_to_the_reader() -> None:
    answered = answer("r1", **{**FULL, "done_on": Field("когда-то весной")})

    assert codes(run(copy("S1", answered)), "S1", "r1") == []


def test_done_on_a_day_that_has_not_come() -> None:
    assert of_first_row(**{**FULL, "done_on": "01.03.2023"}, as_of=date(2023, 2, 28)) == ["D503"]


def test_a_day_beside_work_under_way_is_a_plan() -> None:
    assert of_first_row(status="в работе", done_on="01.05.2023", as_of=date(2023, 2, 1)) == []


def test_done_before_the_plan_began() -> None:
    assert of_first_row(**{**FULL, "done_on": "20.02.2022"}) == ["D504"]


def test_the_beginning_of_the_first_year_when_no_period_is_set() -> None:
    plan = plan_with(period_start=None)
    result = run(copy("S1", answer("r1", **{**FULL, "done_on": "31.12.2022"})), plan=plan)

    assert dict(the(result, "D504").params)["start"] == "01.01.2023"


def test_done_late_is_told() -> None:
    assert of_first_row(**{**FULL, "done_on": "02.03.2023"}) == ["D505"]


def test_not_done_without_a_reason() -> None:
    assert of_first_row(status="не выполнено", as_of=date(2023, 3, 1)) == ["D506"]


@pytest.mark.parametrize(
    ("settings", "due"),
    [
        (Settings(report_due=date(2023, 12, 20), period_end=date(2023, 12, 31)), date(2023, 12, 20)),
        (Settings(period_end=date(2023, 12, 31)), date(2023, 12, 31)),
        (Settings(years=(2020, 2022)), date(2022, 12, 31)),
        (Settings(), None),
    ],
)
def test_an_undated_row_is_due_with_the_report(settings: Settings, due: date | None) -> None:
    undated = PLAN.rows[2]

    assert first_due(undated, settings) == due
    assert is_due(undated, settings, date(2024, 1, 1)) is (due is not None)
