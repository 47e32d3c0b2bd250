"""A row of «Не размещено» that holds a row of a sheet: the ledger finds every value in it again."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sheetsync.merge.consolidate import Judged, consolidate
from sheetsync.merge.received import CensusItem, ItemKind
from sheetsync.merge.shown import Shown, shown_by
from sheetsync.model import Origin, Unplaced
from small_district import AT_THE_END, PLAN, copy

OWN = "Свои данные"
ROW = ("B5:D5", "Поход | 44986 | вся школа")
IN_IT = {"B5": "Поход", "C5": "44986", "D5": "вся школа"}


def judged(row: tuple[str, str] = ROW, **typed: str) -> Judged:
    """A copy with one row set aside whole; ``typed`` is what the file holds by an independent count."""
    place, text = row
    came = copy("S1", unplaced=(Unplaced("S1", text, Origin(sheet=OWN, cell=place), "стоит вне таблицы"),))
    items = tuple(
        CensusItem(OWN, cell, ItemKind.VALUE, said) for cell, said in ({**IN_IT, **typed}).items() if said
    )
    return consolidate(PLAN, [replace(came, census=items)], {}, AT_THE_END)


def balance(one: Judged, shown: Shown | None = None) -> tuple[int, int]:
    """How many values the file holds, and how many of them nobody shows."""
    (reckoning,) = one.counted(shown or shown_by(one.found))
    return reckoning.line.filled, reckoning.line.unaccounted


def showing(one: Judged, text: str) -> Shown:
    shown = shown_by(one.found)
    return replace(shown, unplaced=dict.fromkeys(shown.unplaced, (text,)))


def test_every_value_of_the_row_is_accounted_for() -> None:
    assert balance(judged()) == (3, 0)


def test_a_day_may_be_shown_as_people_write_it() -> None:
    assert balance(judged(("B5:D5", "Поход | 01.03.2023 | вся школа"))) == (3, 0)


@pytest.mark.parametrize(
    "text",
    ["Поход | 44986", "Поход | вся школа | 44986", "Поход | 44987 | вся школа", "Поход | 44986 | вся", ""],
)
def test_a_row_shown_otherwise_accounts_for_nothing(text: str) -> None:
    one = judged()
    assert balance(one, showing(one, text)) == (3, 3)


def test_a_row_that_leaves_a_value_out_accounts_for_none_of_it() -> None:
    """The reader overlooked a cell between others: what it claims is not what the file holds."""
    assert balance(judged(C5="", D5="")) == (1, 1)
    assert balance(judged(("B5:E5", ROW[1]), E5="ещё")) == (4, 4)


def test_a_value_of_another_row_is_not_in_it() -> None:
    assert balance(judged(B6="Поход")) == (4, 1)
