"""What may be accepted unseen, and why the rest may not."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.merge.acceptable import Left, acceptable
from sheetsync.model import AnswerMark, Decision, Entry
from small_district import FULL, answer, copy, run

NOTHING, REWORK, ACCEPTED = Decision(), Decision("на доработку"), Decision("принято")
PLACE = ("S1", "r1")


def chosen(
    entry: Entry, decision: Decision = NOTHING, *, is_changed: bool = False
) -> tuple[int, dict[Left, int]]:
    """How many rows would be accepted, and what is left."""
    earlier = {PLACE: AnswerMark("of another answer")} if is_changed else {}
    found = acceptable(run(copy("S1", entry), decisions={PLACE: decision}, decided_on=earlier))
    return len(found.rows), dict(found.left)


def full(**other: str) -> Entry:
    return answer("r1", **{**FULL, **other})


def test_done_and_confirmed() -> None:
    assert chosen(full()) == (1, {})


def test_what_was_not_checked_waits_like_the_rest() -> None:
    assert chosen(full(), Decision("не проверено")) == (1, {})


def test_what_is_accepted_already_is_not_counted() -> None:
    assert chosen(full(), ACCEPTED) == (0, {})


def test_every_reason_to_leave_a_row() -> None:
    reasons: Mapping[Left, tuple[int, dict[Left, int]]] = {
        Left.REWORK: chosen(full(), REWORK),
        Left.MENDED: chosen(full(), REWORK, is_changed=True),
        Left.CHANGED: chosen(full(), ACCEPTED, is_changed=True),
        Left.NOT_DONE: chosen(full(status="в работе")),
        Left.UNCONFIRMED: chosen(full(document="протокол")),
        Left.FAULTY: chosen(full(done_on="")),
    }

    assert dict(reasons) == {why: (0, {why: 1}) for why in Left}


def test_a_confirmation_the_program_doubts_is_left() -> None:
    """The same document in two schools: somebody has to ask whose it is."""
    row = full(document="приказ № 5 от 01.02.2023")
    found = acceptable(run(copy("S1", row), copy("S2", row)))

    assert (len(found.rows), found.left[Left.UNCONFIRMED]) == (0, 2)


def test_of_one_school_only() -> None:
    found = run(
        copy("S1", full()), copy("S2", full(document="протокол № 8 от 21.02.2023", info="Педсовет прошёл"))
    )

    assert [one.participant for one in acceptable(found, {"S2"}).rows] == ["S2"]
