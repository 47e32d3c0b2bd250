"""Forms come back damaged: every answer is found at its activity, or is left open and said so."""

from __future__ import annotations

from typing import Any

import pytest
from every_damage import DAMAGES, damaged
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

QUICK: dict[str, Any] = {"deadline": None, "derandomize": True, "phases": [Phase.explicit, Phase.generate]}
"""The same cases every run, and none made smaller: the benchmark tries many more."""

UNNAMED = {
    "header_deleted",
    "header_reworded",
    "column_in_own_words_alone",
    "columns_moved",
    "answer_column_deleted",
    "status_column_deleted",
    "column_inserted",
    "column_doubled",
    "many_office_columns_deleted",
    "headers_in_english",
}
"""Together these leave columns nobody could name: answers may stay open, never go wrong unsaid."""

UNREAD = {"table_transposed", "answers_over_titles", "two_rows_made_one"}
"""Of these, alone or together with lost keys, answers may stay open."""


def test_there_are_at_least_thirty_kinds() -> None:
    """The corpus is as wide as promised, and each kind has its story."""
    assert len(DAMAGES) >= 100
    assert all(one.__doc__ for one in DAMAGES.values())


@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_one_damage_loses_no_answer(name: str) -> None:
    """One kind of damage, twice: every answer stays with its activity."""
    for seed in range(2):
        found = damaged((name,), seed)

        assert (found.wrong, found.lost) == ([], [])
        if name != "table_transposed":
            assert found.attributed == found.expected, found.open


@settings(max_examples=60, **QUICK)
@given(st.lists(st.sampled_from(sorted(DAMAGES)), min_size=2, max_size=2, unique=True), st.integers(0, 9999))
def test_two_damages_never_mislead(names: list[str], seed: int) -> None:
    """Any two damages at once: nothing goes to a wrong activity unsaid, nothing disappears."""
    found = damaged(names, seed)

    assert (found.wrong, found.lost) == ([], [])
    if not (UNNAMED | UNREAD) & set(names):
        assert found.attributed >= 0.98 * found.expected


@settings(max_examples=30, **QUICK)
@given(st.lists(st.sampled_from(sorted(DAMAGES)), min_size=3, max_size=3, unique=True), st.integers(0, 9999))
def test_three_damages_lose_nothing(names: list[str], seed: int) -> None:
    """Three damages at once: still nothing wrong unsaid and nothing lost."""
    found = damaged(names, seed)

    assert (found.wrong, found.lost) == ([], [])


@pytest.mark.parametrize(
    ("names", "seed"),
    [(("table_split", "answers_one_column_right", "status_column_deleted"), 276218)],
)
def test_what_once_misled_does_not(names: tuple[str, ...], seed: int) -> None:
    """Combinations the abuse programme found: nothing is taken for another answer in silence."""
    verdict = damaged(names, seed)

    assert (verdict.wrong, verdict.lost) == ([], [])
