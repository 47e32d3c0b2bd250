"""Whose rows of a plan are, however many are asked of the same participants."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from sheetsync.model import Participant, Plan, PlanRow, Settings

CODES = ("S1", "S2", "S3", "S4")
REPORTERS = some.lists(some.sampled_from(CODES), max_size=6).map(tuple)


@given(some.lists(some.tuples(REPORTERS, some.booleans()), max_size=8))
def test_each_participant_has_its_rows_in_the_order_of_the_plan(
    asked: list[tuple[tuple[str, ...], bool]],
) -> None:
    rows = tuple(
        PlanRow(f"r{place}", "", "", "", reporters=reporters, is_retired=is_retired)
        for place, (reporters, is_retired) in enumerate(asked)
    )
    plan = Plan(Settings(), rows, tuple(Participant(code, code, code) for code in CODES))

    for code in CODES:
        own = tuple(row for row in rows if code in row.reporters)

        assert plan.placed_rows_of(code) == own
        assert plan.rows_of(code) == tuple(row for row in own if not row.is_retired)
