"""A district too large for a sheet of Excel: refused before anything is written, or shown with less to click."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import coordinator as office
import openpyxl
import pytest
import several_ways as ways

from sheetsync import store
from sheetsync.columns import ENTRIES, MATRIX
from sheetsync.findings import make

MOST = 3
Judge = Callable[[ways.SetAttribute], None]
WAYS = pytest.mark.parametrize("judge", [ways.judge_apart, ways.judge_at_once], ids=["apart", "at once"])


@WAYS
@pytest.mark.parametrize(
    ("limit", "sheet"),
    [
        ("sheetsync.campaign.sheet_room.SHEET_ROWS", ENTRIES.sheet),
        ("sheetsync.campaign.sheet_room.SHEET_COLUMNS", MATRIX.sheet),
    ],
)
def test_a_district_no_sheet_holds_is_refused_and_told_to_divide(
    place: Path, judge: Judge, limit: str, sheet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.send(place, "S01")
    judge(monkeypatch.setattr)
    monkeypatch.setattr(limit, 4)
    before = (place / "Район.xlsm").read_bytes()

    with pytest.raises(store.StoreError, match=rf"«{sheet}».* sheetsync rollup"):
        ways.press(place)

    assert (place / "Район.xlsm").read_bytes() == before


@WAYS
def test_a_table_that_outgrows_its_sheet_is_told_of(
    place: Path, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.send(place, "S01")
    judge(monkeypatch.setattr)
    monkeypatch.setattr("sheetsync.workbooks.fitting.MAX_ROW", 12)
    before = (place / "Район.xlsm").read_bytes()

    with pytest.raises(store.StoreError, match="не хватает строк или столбцов"):
        ways.press(place)

    assert (place / "Район.xlsm").read_bytes() == before


@WAYS
def test_links_beyond_the_limit_are_texts_and_told_of_once(
    place: Path, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.send(place, "S01")
    whole = _links(ways.twin(place, "whole"))
    judge(monkeypatch.setattr)
    for one in ("campaign.sheet_room.SHEET_LINKS", "workbooks.long_table.MAX_LINKS"):
        monkeypatch.setattr(f"sheetsync.{one}", MOST)

    result = ways.press(place)

    left = sum(max(count - MOST, 0) for count in whole.values())
    assert left
    assert [one for one in result.findings if one.code == "S815"] == [make("S815", left=left)]
    assert _links(place) == {sheet: min(count, MOST) for sheet, count in whole.items()}


def _links(place: Path) -> dict[str, int]:
    """How many cells of the tables can be clicked, by sheet."""
    ways.press(place)
    book = openpyxl.load_workbook(place / "Район.xlsm")
    return {
        one: sum(bool(cell.hyperlink) for row in book[one] for cell in row)
        for one in (ENTRIES.sheet, MATRIX.sheet)
    }
