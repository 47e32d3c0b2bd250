"""A district too large for a sheet of Excel: refused before anything is written, or shown with less to click."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import coordinator as office
import district_fixture as district
import openpyxl
import pytest
import several_ways as ways
from same_result import differences, left_by

from sheetsync import store
from sheetsync.columns import ENTRIES, MATRIX
from sheetsync.findings import make

MOST = 3
BY_HAND = 3
"""Before this run the office works in the workbook."""
SCHOOLS = ("S01", "S02", "S03")
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
    ways.limit_links(monkeypatch, MOST)

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


@pytest.mark.parametrize("most", [0, 1, MOST, 2 * MOST])
def test_links_come_and_go_as_there_is_room_for_them(
    place: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways.limit_links(monkeypatch, most)
    other = ways.twin(place, "other")
    copies = {code: _with_links(place, code, "Провели.") for code in SCHOOLS}
    first, last = SCHOOLS[0], SCHOOLS[-1]
    for minute, sent in enumerate(
        (
            copies,
            {last: _with_links(place, last, "Провели дважды.")},
            {first: _with_links(place, first, "Провели трижды.")},
            {first: district.filled(place, first, {"1.1": {"status": "не выполнено", "reason": "нет"}})},
            copies,
        ),
        start=1,
    ):
        for folder in (place, other):
            for code, data in sent.items():
                district.receive(folder, f"{code}.xlsx", data)
            if minute == BY_HAND:
                assert ways.type_decision(folder, "Кленовская ООШ", "1.2", "принято", "Проверено.")

        expected = left_by(place, ways.at_once(place, minute))

        assert differences(expected, left_by(other, ways.by_parts(other, minute))) == {}


def _with_links(place: Path, code: str, words: str) -> bytes:
    """A copy that has nothing in common with those of others."""
    own = {
        "info": f"{words} Вела {code}.",
        "document": f"приказ № {code} от 30.01.2026",
        "link": f"https://example.org/{code}",
    }
    return district.filled(place, code, {key: {**district.GOOD, **own} for key in ("1.1", "1.2", "2.1")})
