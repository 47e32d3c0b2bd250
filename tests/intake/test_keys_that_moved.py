"""Keys stand in a hidden column: when rows are sorted without it, only the texts are to be believed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from sheetsync.grid import Cell
from sheetsync.intake.match import CopyRow, match_rows
from sheetsync.model import PlanRow

PLAN = tuple(
    PlanRow(key, number, "", title, deadline)
    for key, number, title, deadline in (
        ("A", "1.1", "Анализ результатов диагностики по русскому языку в 5 классах", "До 01.03.2023"),
        ("B", "1.2", "Анализ результатов диагностики по русскому языку в 6 классах", "До 01.04.2023"),
        ("C", "1.3", "Семинар для наставников молодых педагогов района", "Май 2023"),
        ("D", "1.4", "Выездное заседание клуба «Учитель года» в сельских школах", "Июнь 2023"),
    )
)
OWED = frozenset("ABCD")
SHIFTED = ("", "A", "B", "C")
SORTED = ("D", "C", "B", "A")


def rows(keys: Sequence[str], titles: Sequence[str], *, renumbered: bool = False) -> list[CopyRow]:
    return [
        CopyRow(
            place,
            key,
            Cell(str(place + 1) if renumbered else one.number),
            title,
            {"deadline": one.deadline_text},
        )
        for place, (one, key, title) in enumerate(zip(PLAN, keys, titles, strict=True))
    ]


def matched(copy: Sequence[CopyRow]) -> dict[int, str]:
    return {one.place: one.plan.key for one in match_rows(copy, PLAN, OWED).matches}


def cut(title: str) -> str:
    return " ".join(title.split()[:-2]) + "…"


def misspelt(title: str) -> str:
    return title.replace("ль", "л").replace("ст", "тс", 1)


@pytest.mark.parametrize("keys", [SHIFTED, SORTED])
@pytest.mark.parametrize("spoil", [cut, misspelt, str])
def test_keys_that_moved_do_not_lead_cut_or_misspelt_titles_astray(
    keys: Sequence[str], spoil: Callable[[str], str]
) -> None:
    """No title stands word for word; the numbers still tell the two activities alike apart."""
    copy = rows(keys, [spoil(one.title) for one in PLAN])

    assert matched(copy) == {0: "A", 1: "B", 2: "C", 3: "D"}


def test_activities_alike_stay_open_where_neither_key_nor_number_can_be_believed() -> None:
    """Cut titles, moved keys, other numbers and no deadline: an open question, not a wrong row."""
    copy = [
        CopyRow(one.place, one.key, one.number, one.title)
        for one in rows(SORTED, [cut(one.title) for one in PLAN], renumbered=True)
    ]

    assert matched(copy) == {2: "C", 3: "D"}


@pytest.mark.parametrize("keys", [SHIFTED, SORTED])
def test_without_titles_a_key_against_number_and_deadline_is_not_believed(keys: Sequence[str]) -> None:
    """The column of titles was deleted and the keys moved: nothing goes to the row of a key."""
    assert all(PLAN[place].key == key for place, key in matched(rows(keys, [""] * 4)).items())


def test_without_titles_keys_in_their_places_hold() -> None:
    """The column of titles was deleted and the rows numbered anew: the deadlines agree with the keys."""
    copy = rows("ABCD", [""] * 4, renumbered=True)

    assert matched(copy) == {0: "A", 1: "B", 2: "C", 3: "D"}
