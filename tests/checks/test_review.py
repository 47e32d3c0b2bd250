"""How far the review of a row, and of a whole report, has got."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from sheetsync.checks.decisions import fingerprint
from sheetsync.checks.review import review_of
from sheetsync.columns import COMPLETENESS
from sheetsync.findings import advice_of, fact_of
from sheetsync.model import AnswerMark, Consolidation, Decision, Plan, ReviewState, SchoolState
from small_district import FULL, PLAN, answer, codes, copy, run, the

ACCEPTED, REWORK, UNDECIDED = Decision("принято"), Decision("на доработку"), Decision("не проверено")
REMARK = Decision("", "Приложите протокол")
EARLIER = AnswerMark("of another answer")

WAITS, MENDED, CHANGED = ReviewState.WAITS, ReviewState.MENDED, ReviewState.CHANGED


# --- one row


@pytest.mark.parametrize(
    ("said", "decision", "is_changed", "state"),
    [
        pytest.param(FULL, Decision(), False, WAITS, id="answered"),
        pytest.param({}, Decision(), False, None, id="nothing at all"),
        pytest.param({}, UNDECIDED, False, None, id="nothing, and that is said"),
        pytest.param(FULL, UNDECIDED, True, WAITS, id="not checked, and it may change"),
        pytest.param(FULL, ACCEPTED, False, ReviewState.ACCEPTED, id="accepted"),
        pytest.param(FULL, ACCEPTED, True, CHANGED, id="accepted, then changed"),
        pytest.param(FULL, Decision("Принято "), False, ReviewState.ACCEPTED, id="typed, not chosen"),
        pytest.param(FULL, Decision("принято", "Спасибо"), False, ReviewState.ACCEPTED, id="thanked"),
        pytest.param(FULL, REWORK, False, ReviewState.REWORK, id="sent back"),
        pytest.param(FULL, REWORK, True, MENDED, id="sent back, answered anew"),
        pytest.param({}, REWORK, True, ReviewState.REWORK, id="sent back, answer taken away"),
        pytest.param({}, REMARK, False, ReviewState.REWORK, id="asked where the answer is"),
        pytest.param(FULL, REMARK, False, ReviewState.REWORK, id="remarked on"),
        pytest.param(FULL, REMARK, True, MENDED, id="remarked on, answered anew"),
        pytest.param(FULL, Decision("", "  "), False, WAITS, id="a remark of blanks is none"),
        pytest.param(FULL, Decision("посмотреть"), True, WAITS, id="a word nobody knows"),
    ],
)
def test_a_row(said: dict[str, str], decision: Decision, is_changed: bool, state: ReviewState | None) -> None:
    entry = answer("r1", **said) if said else None

    assert review_of(entry, decision, EARLIER if is_changed else AnswerMark(fingerprint(entry))) is state


@pytest.mark.parametrize(
    ("decision", "then", "now", "state"),
    [
        pytest.param(REWORK, {"a"}, {"a"}, ReviewState.REWORK, id="the same files"),
        pytest.param(REWORK, set(), {"a"}, MENDED, id="a scan asked for came"),
        pytest.param(REWORK, {"a", "b"}, {"b"}, ReviewState.REWORK, id="a file is gone"),
        pytest.param(REWORK, None, {"a"}, ReviewState.REWORK, id="nobody remembers the files"),
        pytest.param(ACCEPTED, set(), {"a"}, ReviewState.ACCEPTED, id="accepted, and one more file"),
    ],
)
def test_a_file_alone_answers_a_remark(
    decision: Decision, then: set[str] | None, now: set[str], state: ReviewState
) -> None:
    entry = answer("r1", **FULL)
    made_on = AnswerMark(fingerprint(entry), None if then is None else frozenset(then))

    assert review_of(entry, decision, made_on, frozenset(now)) is state


def test_a_decision_nobody_remembers_an_answer_for_was_made_on_this_one() -> None:
    assert review_of(answer("r1", **FULL), ACCEPTED, None) is ReviewState.ACCEPTED


def test_a_row_taken_out_of_the_plan_is_reviewed_no_more() -> None:
    """Neither sent back again nor counted, whatever was decided before."""
    rows = tuple(replace(row, is_retired=row.key == "r1") for row in PLAN.rows)
    plan = replace(PLAN, rows=rows)
    received = copy("S1", answer("r1", **FULL))

    result = run(received, plan=plan, decisions={("S1", "r1"): REWORK})

    assert {one.review for one in result.outcomes if one.activity == "r1"} <= {None}


# --- what is told


def judged(decision: Decision, **more: Any) -> Consolidation:
    place = ("S1", "r1")
    return run(
        copy("S1", answer("r1", **FULL)), decisions={place: decision}, decided_on={place: EARLIER}, **more
    )


def test_an_accepted_answer_that_changed_asks_to_be_looked_at_again() -> None:
    """The advice tells how to confirm: the same word typed again cannot be seen."""
    told = the(judged(ACCEPTED), "M703")

    assert fact_of(told) == "Решение «принято» принято до того, как ответ изменился."
    assert "допишите что-нибудь в «Замечание района»" in advice_of(told)


def test_a_mended_answer_is_good_news() -> None:
    result = judged(REWORK)

    assert {"M703", "M710"} & set(codes(result, "S1", "r1")) == {"M710"}


def test_a_word_that_decides_nothing_is_told() -> None:
    told = the(judged(Decision("ок")), "M712")

    assert "«ок»" in fact_of(told)
    assert codes(judged(UNDECIDED), "S1", "r1").count("M712") == 0


# --- a whole report

GOOD = tuple(answer(key, **FULL) for key in ("r1", "r2", "r3"))
ALL = dict.fromkeys([("S1", key) for key in ("r1", "r2", "r3")], ACCEPTED)


def state(result: Consolidation, code: str = "S1") -> SchoolState:
    return next(one.state for one in result.completeness if one.participant == code)


def approved(plan: Plan = PLAN) -> Plan:
    people = tuple(
        replace(one, approved_on=date(2023, 12, 25)) if one.code == "S1" else one for one in plan.participants
    )
    return replace(plan, participants=people)


def test_a_report_goes_all_the_way() -> None:
    """Nothing came; it came; some is decided; something goes back; all is accepted; it is approved."""
    come = copy("S1", *GOOD)
    stages = [
        run(),
        run(come),
        run(come, decisions={("S1", "r1"): ACCEPTED}),
        run(come, decisions={**ALL, ("S1", "r2"): REWORK}),
        run(come, decisions=ALL),
        run(come, decisions=ALL, plan=approved()),
    ]

    assert [state(one) for one in stages] == list(SchoolState)


def test_mended_answers_are_in_review() -> None:
    come, place = copy("S1", *GOOD), ("S1", "r1")

    assert state(run(come, decisions={place: REWORK}, decided_on={place: EARLIER})) is SchoolState.IN_REVIEW


def test_a_report_with_a_gap_is_never_accepted() -> None:
    """An empty row cannot be accepted, not even by writing «принято» beside it."""
    result = run(copy("S1", *GOOD[:2]), decisions=ALL)

    assert state(result) is SchoolState.IN_REVIEW


def test_what_is_not_due_yet_need_not_be_accepted() -> None:
    result = run(
        copy("S1", answer("r1", **FULL), answer("r2", **FULL), received_on=date(2023, 3, 5)),
        decisions={("S1", "r1"): ACCEPTED, ("S1", "r3"): ACCEPTED},
        as_of=date(2023, 3, 10),
        plan=replace(PLAN, rows=tuple(one for one in PLAN.rows if one.key != "r3")),
    )

    assert state(result) is SchoolState.ACCEPTED


def test_approved_before_everything_was_accepted() -> None:
    """The finding counts what is open, in the words of the sheets."""
    result = run(
        copy("S1", *GOOD[:2]),
        decisions={("S1", "r1"): REWORK, ("S1", "r2"): ACCEPTED},
        plan=approved(),
    )

    told = the(result, "M711")
    assert "утверждён 25.12.2023" in fact_of(told)
    assert "на доработке — 1; " + COMPLETENESS.column("missing").header.lower() + " — 1" in fact_of(told)
    assert state(result) is SchoolState.REWORK


def test_approved_and_changed_later() -> None:
    result = run(copy("S1", *GOOD), decisions=ALL, decided_on={("S1", "r3"): EARLIER}, plan=approved())

    assert "M711" not in codes(result, "S1")
    assert "после этого ответы изменились" in fact_of(the(result, "M713"))
    assert state(result) is SchoolState.IN_REVIEW


def test_approved_as_it_should_be() -> None:
    result = run(copy("S1", *GOOD), decisions=ALL, plan=approved())

    assert {"M711", "M713"} & set(codes(result)) == set()
