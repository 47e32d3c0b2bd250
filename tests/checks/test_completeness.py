"""Who has not reported, and which rows lack an answer."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from sheetsync.findings import fact_of
from sheetsync.model import Consolidation, RowState, Verdict
from small_district import AT_THE_END, FULL, PLAN, answer, codes, copy, plan_with, run, the, without_rows


def state_of(result: Consolidation, activity: str) -> RowState:
    (found,) = [one for one in result.outcomes if (one.participant, one.activity) == ("S1", activity)]
    return found.state


def test_a_school_that_sent_nothing_is_named_once_and_not_row_by_row() -> None:
    assert codes(run(), "S1") == ["C401"]


def test_before_the_report_date_a_missing_copy_is_only_worth_knowing() -> None:
    result = run(as_of=date(2023, 12, 19))

    assert codes(result, "S1") == ["C409"]
    assert "20.12.2023" in fact_of(the(run(copy("S1"), copy("O1"), as_of=date(2023, 12, 19)), "C409"))


def test_on_the_report_date_itself_a_copy_is_wanted() -> None:
    assert codes(run(as_of=date(2023, 12, 20)), "S1") == ["C401"]


def test_without_any_report_date_a_due_row_asks_for_the_copy() -> None:
    undated = plan_with(report_due=None, period_end=None)

    assert codes(run(plan=undated, as_of=date(2023, 2, 28)), "S1") == []
    assert codes(run(plan=undated, as_of=date(2023, 3, 1)), "S1") == ["C401"]


def test_a_late_copy_is_late_by_the_day_it_came() -> None:
    late = copy("S1", received_on=date(2023, 12, 21))

    assert the(run(late), "C402").origin.file == "S1.xlsx"
    assert "C402" not in codes(run(copy("S1", received_on=date(2023, 12, 20))))


def test_the_coordinators_word_on_the_day_goes_before_the_journals() -> None:
    school, *others = PLAN.participants
    told = replace(PLAN, participants=(replace(school, received_on=date(2023, 12, 15)), *others))

    assert "C402" not in codes(run(copy("S1", received_on=date(2023, 12, 28)), plan=told))


def test_an_untouched_form_is_one_finding() -> None:
    result = run(copy("S1"))

    assert codes(result, "S1") == ["C410"]
    assert [one.missing for one in result.completeness if one.participant == "S1"] == [3]


def test_an_empty_due_row_is_asked_for() -> None:
    result = run(copy("S1", answer("r1", **FULL), answer("r2"), answer("r3", **FULL)))

    assert codes(result, "S1", "r2") == ["C404"]


def test_a_row_not_due_yet_is_not_asked_for() -> None:
    result = run(copy("S1", answer("r1", **FULL)), as_of=date(2023, 3, 1))

    assert codes(result, "S1", "r2") == codes(result, "S1", "r3") == []


def test_a_deleted_row_is_missing_from_the_copy() -> None:
    result = run(without_rows(copy("S1", answer("r1", **FULL)), "r2"))

    assert codes(result, "S1", "r2") == ["C403"]


def test_not_required_counts_only_with_a_reason() -> None:
    bare = run(copy("S1", answer("r1", status="не требуется")))
    reasoned = run(copy("S1", answer("r1", status="не требуется", reason="Нет 9 класса")))

    assert (state_of(bare, "r1"), codes(bare, "S1", "r1")) == (RowState.MISSING, ["C405"])
    assert (state_of(reasoned, "r1"), codes(reasoned, "S1", "r1")) == (RowState.CONFIRMED_NONE, [])


@pytest.mark.parametrize("tick", ["+", "-", "✓", "v", "да", "—", "."])
def test_a_tick_is_no_information(tick: str) -> None:
    assert state_of(run(copy("S1", answer("r1", info=tick))), "r1") is RowState.MISSING


def test_information_without_status_is_reported_and_the_status_asked_for() -> None:
    result = run(copy("S1", answer("r1", info="Проведён педсовет 20 февраля")))

    assert (state_of(result, "r1"), codes(result, "S1", "r1")) == (RowState.REPORTED, ["C406"])


def test_a_status_outside_the_list_is_not_called_an_empty_row() -> None:
    result = run(copy("S1", answer("r1", status="почти"), answer("r2", **FULL)))

    assert codes(result, "S1", "r1") == []
    assert state_of(result, "r1") is RowState.MISSING


def test_the_tick_report_is_ready_does_not_replace_answers() -> None:
    result = run(copy("S1", answer("r1", **FULL), declared_ready=True))

    assert dict(the(result, "C407").params)["missing"] == "2"


@pytest.mark.parametrize("status", ["выполнено", "выполнено частично"])
def test_done_without_a_word_of_what_was_done(status: str) -> None:
    answered = answer("r1", **{**FULL, "status": status, "info": ""})

    assert (
        codes(run(copy("S1", answered)), "S1", "r1") == ["C408"]
        if status == "выполнено"
        else ["C408", "D501"]
    )


def test_a_finding_leads_to_its_cell() -> None:
    silent = answer("r1", **{**FULL, "info": ""})
    found = the(run(copy("S1", silent, answer("r2", info="Готовим"))), "C408")

    assert (found.origin.file, found.origin.sheet, found.origin.cell) == ("S1.xlsx", "Отчёт", "H7")


def test_of_a_row_all_empty_the_copy_is_named() -> None:
    found = the(run(copy("S1", answer("r1", **FULL), answer("r3", **FULL))), "C404")

    assert (found.activity, found.origin.file, found.origin.cell) == ("r2", "S1.xlsx", "")


def test_a_refused_file_is_no_copy() -> None:
    refused = replace(copy("S1"), verdict=Verdict.REFUSED, submissions=())

    assert codes(run(refused, as_of=AT_THE_END), "S1") == ["C401"]
