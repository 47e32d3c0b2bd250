"""Forms come back damaged: every answer is found at its activity, or is left open and said so."""

from __future__ import annotations

from random import Random

import pytest
from damages import DAMAGES, Draft
from hypothesis import given, settings
from hypothesis import strategies as st
from issued_copies import ORIGIN, filled, issued, the_plan
from judging import Judgement, judge

from sheetsync.intake.known import Known
from sheetsync.intake.read import read_copy
from sheetsync.model import Verdict

PLAN = the_plan()
BOOK, EXPECTED = filled(PLAN, "S01")
KNOWN = Known.of(issued(PLAN, "S01"))

UNTOUCHED_WORDS = {
    "header_deleted",
    "header_reworded",
    "columns_moved",
    "answer_column_deleted",
    "column_inserted",
}
"""Together these leave columns nobody could name: answers may stay open, never go wrong unsaid."""


def damaged(names: tuple[str, ...], seed: int) -> Judgement:
    draft, random = Draft(BOOK, EXPECTED), Random(seed)
    for name in names:
        DAMAGES[name](draft, random)
    reading = read_copy(draft.book, PLAN, ORIGIN, KNOWN)
    assert reading.verdict is Verdict.ACCEPTED
    assert [one.participant for one in reading.submissions] == ["S01"]
    return judge(reading, draft)


def test_there_are_at_least_thirty_kinds() -> None:
    """The corpus is as wide as promised."""
    assert len(DAMAGES) >= 30


@pytest.mark.parametrize("name", DAMAGES)
def test_one_damage_loses_no_answer(name: str) -> None:
    """One kind of damage, several times: every answer stays with its activity."""
    for seed in range(4):
        found = damaged((name,), seed)

        assert (found.wrong, found.lost) == ((), ())
        assert found.right == found.expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(DAMAGES)), min_size=2, max_size=2, unique=True), st.integers(0, 9999))
def test_two_damages_never_mislead(names: list[str], seed: int) -> None:
    """Any two damages at once: nothing goes to a wrong activity unsaid, nothing disappears."""
    found = damaged(tuple(names), seed)

    assert (found.wrong, found.lost) == ((), ())
    if not UNTOUCHED_WORDS & set(names):
        assert found.right >= 0.98 * found.expected


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(sorted(DAMAGES)), min_size=3, max_size=3, unique=True), st.integers(0, 9999))
def test_three_damages_lose_nothing(names: list[str], seed: int) -> None:
    """Three damages at once: still nothing wrong unsaid and nothing lost."""
    found = damaged(tuple(names), seed)

    assert (found.wrong, found.lost) == ((), ())
