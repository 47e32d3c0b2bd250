"""Rows get into a new order with few edits, and whatever hangs on the body's edges goes on hanging there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.workbooks.excel_live.rearranging import (
    Copy,
    Delete,
    Edit,
    Insert,
    Move,
    Wipe,
    rearranged,
    staying,
)

BLANK = None


class Paper:
    """A sheet of rows with one area over the whole body, edited as a spreadsheet program edits."""

    def __init__(self, count: int) -> None:
        self.rows: list[int | None] = list(range(count))
        self.first, self.last = 0, count - 1
        self.of_one = count == 1

    def do(self, edit: Edit) -> None:
        match edit:
            case Insert(at, count):
                inside = self.first < at <= self.last
                assert inside or (self.of_one and at == 1), "rows are inserted inside the area"
                self.rows[at:at] = [BLANK] * count
                self.last += count
            case Delete(at, count):
                assert self.first <= at <= at + count - 1 <= self.last
                del self.rows[at : at + count]
                self.last -= count
            case Move(source, target, count):
                for number in range(count):
                    assert self.first < source + number < self.last, "an edge is never cut"
                    assert self.rows[target + number] is BLANK
                    self.rows[target + number] = self.rows[source + number]
                    self.rows[source + number] = BLANK
            case Copy(source, target):
                assert self.rows[target] is BLANK
                self.rows[target] = self.rows[source]
            case Wipe(at):
                self.rows[at] = BLANK


def after(count: int, sources: Sequence[int | None]) -> list[int | None]:
    paper = Paper(count)
    for edit in rearranged(count, sources):
        paper.do(edit)
    assert (paper.first, paper.last) == (0, len(paper.rows) - 1)
    return paper.rows


@st.composite
def changes(draw: st.DrawFn) -> tuple[int, list[int | None]]:
    count = draw(st.integers(1, 9))
    order = draw(st.permutations(range(count)))
    kept: list[int | None] = [*order[: draw(st.integers(0, count))]]
    for _ in range(draw(st.integers(0, 5))):
        kept.insert(draw(st.integers(0, len(kept))), None)
    return count, kept or [None]


@given(changes())
def test_any_rows_become_any_others(change: tuple[int, list[int | None]]) -> None:
    count, sources = change

    assert after(count, sources) == sources


@given(changes())
def test_no_more_rows_travel_than_must(change: tuple[int, list[int | None]]) -> None:
    """Beside the rows that are out of order only the two at the edges may be copied."""
    count, sources = change
    alive = [one for one in sources if one is not None]

    edits = rearranged(count, sources)

    moved = sum(edit.count for edit in edits if isinstance(edit, Move))
    copied = sum(isinstance(edit, Copy) for edit in edits)
    assert moved + copied <= len(alive) - len(staying(sources)) + 2


@given(st.lists(st.integers(0, 30), unique=True, max_size=9))
def test_the_rows_that_stay_are_as_many_as_can(sources: list[int]) -> None:
    found = staying(sources)

    assert found == sorted(found)
    assert [one for one in sources if one in found] == found
    assert len(found) == longest(sources)


def longest(numbers: list[int]) -> int:
    """The length of a longest increasing subsequence, the slow way."""
    best: list[int] = []
    for at, number in enumerate(numbers):
        best.append(1 + max((best[b] for b in range(at) if numbers[b] < number), default=0))
    return max(best, default=0)


@pytest.mark.parametrize(
    ("count", "sources", "edits"),
    [
        (3, [0, 1, 2], ()),
        (3, [0, None, 1, 2], (Insert(1, 1),)),
        (4, [0, 3], (Delete(1, 2),)),
        (3, [1, 2], (Delete(0, 1),)),
        (1, [0], ()),
        (1, [None, None], (Insert(1, 1), Wipe(0))),
        (1, [0, None, None], (Insert(1, 2),)),
        (2, [0, 1, None], (Insert(1, 1), Copy(2, 1), Wipe(2))),
        (6, [0, 3, 4, 1, 2, 5], (Insert(1, 2), Move(5, 1, 2), Delete(5, 2))),
    ],
    ids=["as it was", "one between", "two gone", "the first gone", "one row", "from one row",
         "under one row", "one at the end", "a block moves"],
)  # fmt: skip
def test_simple_changes_take_few_edits(
    count: int, sources: list[int | None], edits: tuple[Edit, ...]
) -> None:
    assert rearranged(count, sources) == edits
