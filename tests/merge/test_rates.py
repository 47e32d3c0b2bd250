"""Four rates, by the formulas the README prints."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from sheetsync.merge.rates import rates_of
from sheetsync.model import Participant, ParticipantKind, Rates
from small_district import FULL, PLAN, answer, codes, copy, run

NONE = {"status": "не требуется", "reason": "Нет таких классов"}


def test_the_four_rates_of_a_small_district() -> None:
    """Two of three sent, one of them late; 4 of 7 due rows answered; 1 of 2 done rows confirmed."""
    first = copy("S1", answer("r1", **FULL), answer("r2", **NONE), answer("r3", status="в работе"))
    office = copy("O1", answer("r4", status="выполнено", info="Проведено"), received_on=date(2023, 12, 25))

    assert run(first, office).rates == Rates(2 / 3, 1 / 3, 4 / 7, 1 / 2)


def test_the_counts_of_one_school() -> None:
    first = copy("S1", answer("r1", **FULL), answer("r2", **NONE))
    (line, *_) = run(first).completeness

    assert (line.rows_owed, line.rows_due, line.reported, line.confirmed_none, line.missing) == (
        3,
        3,
        1,
        1,
        1,
    )
    assert (line.done, line.evidenced) == (1, 1)
    assert rates_of([line]) == Rates(1.0, 1.0, 2 / 3, 1.0)


def test_rows_answered_before_they_are_due_do_not_swell_the_rate() -> None:
    early = copy("S1", answer("r1", **FULL), answer("r2", **FULL), answer("r3", **FULL))
    (line, *_) = run(early, as_of=date(2023, 3, 1)).completeness

    assert (line.rows_due, line.reported, line.done) == (1, 1, 3)


def test_nothing_owed_gives_no_rate() -> None:
    nobody = replace(PLAN, rows=())

    assert run(plan=nobody).rates == Rates(None, None, None, None)


def test_a_curator_owes_no_report_but_its_answers_are_kept() -> None:
    helper = Participant("S2", "МБОУ «Липовская ООШ»", "Липовская ООШ", kind=ParticipantKind.CURATOR)
    plan = replace(PLAN, participants=(PLAN.participants[0], helper, PLAN.participants[2]))
    result = run(copy("S2", answer("r1", **FULL)), plan=plan)

    assert result.rates.received == 0
    assert [one.participant for one in result.completeness if not one.owes_report] == ["S2"]
    assert [one.is_due for one in result.outcomes if one.participant == "S2"] == [False] * 3
    assert "C404" not in codes(result, "S2")


@pytest.mark.parametrize("copies", [1, 2, 5])
def test_many_copies_of_one_school_are_one_received_report(copies: int) -> None:
    sent = [copy("S1", answer("r1", **FULL), file=f"{number}.xlsx", order=number) for number in range(copies)]

    assert run(*sent).rates.received == pytest.approx(1 / 3)
