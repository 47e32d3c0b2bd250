"""Which rows of a programme of several years are asked in which year, and of whom."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from sheetsync.model import Outcome, PlanRow, ReviewState, RowState, Settings, Status
from sheetsync.plan.periods import (
    Period,
    is_settled,
    period_after,
    periods_of,
    periods_of_settings,
    rows_of_period,
)

SCHOOLS = ("S1", "S2")
Y21, Y22, Y23 = periods_of((2021, 2022, 2023))
BEGAN = date(2021, 1, 1)


def row(key: str, **parts: object) -> PlanRow:
    return replace(PlanRow(key, key, "", key, reporters=SCHOOLS), **parts)  # type: ignore[arg-type]


def asked(one: PlanRow, period: Period, settled: dict[tuple[str, str], date] | None = None) -> PlanRow | None:
    return next(iter(rows_of_period([one], period, settled or {}, began=BEGAN)), None)


def years_asked(one: PlanRow) -> list[str]:
    return [period.label for period in (Y21, Y22, Y23) if asked(one, period)]


def test_a_programme_has_a_period_a_calendar_year() -> None:
    assert [one.label for one in periods_of((2020, 2021, 2022))] == ["2020", "2021", "2022"]
    assert periods_of((2020, 2022))[1] == Period("2021", date(2021, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    ("years", "title", "labels"),
    [
        ((2023,), "План на 2023 год", []),
        ((), "План", []),
        ((2023, 2024), "План на 2023-2024 учебный год", []),
        ((2023, 2024), "План мероприятий", []),
        ((2023, 2024), "План на 2023-2024 годы", ["2023", "2024"]),
        ((2023, 2024), "План на 2023–2024 гг.", ["2023", "2024"]),
        ((2022, 2023, 2024), "План на 2022-2024 учебные годы", ["2022/2023", "2023/2024"]),
    ],
)
def test_one_year_and_one_school_year_are_not_divided(
    years: tuple[int, ...], title: str, labels: list[str]
) -> None:
    assert [one.label for one in periods_of(years, title)] == labels


def test_a_school_year_runs_from_september_to_august() -> None:
    first, second = periods_of((2022, 2023, 2024), "на 2022-2024 учебные годы")

    assert (first.start, first.finish) == (date(2022, 9, 1), date(2023, 8, 31))
    assert (second.start, second.finish) == (date(2023, 9, 1), date(2024, 8, 31))


def test_the_day_reports_are_due_belongs_to_its_own_year() -> None:
    found = periods_of((2021, 2022, 2023), "", date(2022, 12, 15))

    assert [one.report_due for one in found] == [None, date(2022, 12, 15), None]


def test_the_settings_move_on_with_the_day_reports_are_due() -> None:
    settings = Settings(years=(2021, 2022, 2023), period="2021", report_due=date(2021, 12, 15))

    following = period_after(settings)

    assert following == replace(Y22, report_due=date(2022, 12, 15))
    assert period_after(replace(settings, period="2023")) is None
    assert period_after(replace(settings, period="")) is None
    leap = period_after(replace(settings, years=(2020, 2021), period="2020", report_due=date(2020, 2, 29)))
    assert leap
    assert leap.report_due == date(2021, 2, 28)


def test_the_current_period_says_whether_years_are_school_years() -> None:
    settings = Settings(years=(2022, 2023, 2024), period="2023/2024", plan_title="Дорожная карта")

    assert [one.label for one in periods_of_settings(settings)] == ["2022/2023", "2023/2024"]


def test_a_yearly_row_is_asked_every_year_by_the_deadline_of_that_year() -> None:
    yearly = row(
        "y", occurrences=tuple(date(year, 9, 1) for year in (2021, 2022, 2023)), due=date(2023, 9, 1)
    )

    assert years_asked(yearly) == ["2021", "2022", "2023"]
    found = asked(yearly, Y22)
    assert found
    assert (found.due, found.occurrences) == (date(2022, 9, 1), (date(2022, 9, 1),))


def test_a_yearly_row_done_last_year_is_asked_again() -> None:
    yearly = row("y", occurrences=tuple(date(year, 9, 1) for year in (2021, 2022, 2023)))

    found = asked(yearly, Y22, {("S1", "y"): Y21.finish, ("S2", "y"): Y21.finish})

    assert found
    assert found.reporters == SCHOOLS


def test_a_monthly_row_comes_due_by_the_months_of_the_year() -> None:
    months = tuple(date(year, month, 28) for year in (2021, 2022, 2023) for month in range(1, 13))

    found = asked(row("m", start=date(2021, 1, 1), occurrences=months), Y22)

    assert found
    assert len(found.occurrences) == 12
    assert (found.start, found.due) == (date(2022, 1, 1), date(2022, 12, 28))


def test_a_row_of_one_deadline_is_asked_in_its_year_alone() -> None:
    once = row("o", due=date(2022, 3, 1))

    assert asked(once, Y21) is None
    assert asked(once, Y22) == once
    assert asked(once, Y23, dict.fromkeys((("S1", "o"), ("S2", "o")), Y22.finish)) is None


def test_who_did_not_settle_a_row_is_asked_again_and_told_so() -> None:
    once = row("o", due=date(2021, 3, 1), deadline_text="До 01.03.2021")

    found = asked(once, Y22, {("S1", "o"): Y21.finish})

    assert found
    assert found.reporters == ("S2",)
    assert found.due == date(2021, 3, 1)
    assert found.deadline_text == "До 01.03.2021\nне исполнено в срок (01.03.2021), перенесено"


def test_a_row_due_before_the_programme_is_asked_in_its_first_year_without_reproach() -> None:
    early = row("e", due=date(2020, 12, 20), deadline_text="До 20.12.2020")

    found = asked(early, Y21)

    assert found == early


def test_a_row_that_runs_through_every_year_is_reported_every_year() -> None:
    running = row("r", start=date(2021, 1, 1), due=date(2023, 12, 31))
    settled = dict.fromkeys((("S1", "r"), ("S2", "r")), Y21.finish)

    found = asked(running, Y22, settled)

    assert years_asked(running) == ["2021", "2022", "2023"]
    assert found
    assert (found.start, found.due, found.reporters) == (Y22.start, Y22.finish, SCHOOLS)


def test_a_row_without_a_date_is_asked_every_year() -> None:
    assert years_asked(row("c", deadline_text="постоянно")) == ["2021", "2022", "2023"]


def test_a_row_begun_late_in_the_year_and_done_early_is_not_asked_again() -> None:
    across = row("a", start=date(2021, 9, 1), due=date(2022, 5, 31))

    first, second = asked(across, Y21), asked(across, Y22, {("S1", "a"): Y21.finish})

    assert first == across
    assert second
    assert second.reporters == ("S2",)
    assert second.due == date(2022, 5, 31)


def test_months_listed_in_several_years_are_missed_each_in_its_own() -> None:
    listed = row("l", occurrences=(date(2021, 6, 30), date(2022, 12, 31)))

    later = asked(listed, Y23, {("S1", "l"): Y21.finish, ("S2", "l"): Y22.finish})

    assert later
    assert later.reporters == ("S1",)
    assert (later.due, later.occurrences) == (date(2022, 12, 31), ())


def test_a_row_taken_out_of_the_plan_stays_and_is_not_carried_over() -> None:
    retired = row("x", due=date(2021, 3, 1), is_retired=True)

    assert asked(retired, Y22) == retired


@pytest.mark.parametrize(
    ("status", "state", "review", "expected"),
    [
        (Status.DONE, RowState.REPORTED, None, True),
        (Status.DONE, RowState.REPORTED, ReviewState.ACCEPTED, True),
        (Status.DONE, RowState.REPORTED, ReviewState.REWORK, False),
        (Status.DONE, RowState.MISSING, None, False),
        (Status.NOT_REQUIRED, RowState.CONFIRMED_NONE, None, True),
        (Status.NOT_REQUIRED, RowState.MISSING, None, False),
        (Status.PARTLY, RowState.REPORTED, None, False),
        (Status.PARTLY, RowState.REPORTED, ReviewState.ACCEPTED, True),
        (Status.NOT_DONE, RowState.REPORTED, ReviewState.ACCEPTED, False),
        (None, RowState.MISSING, None, False),
    ],
)
def test_what_settles_a_row(
    status: Status | None, state: RowState, review: ReviewState | None, expected: bool
) -> None:
    outcome = Outcome("S1", "o", None, status, None, state, is_due=True, evidence=None, review=review)

    assert is_settled(outcome) is expected
