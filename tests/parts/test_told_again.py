"""Tables that tell of everybody, in handfuls that are known again; what did not change is taken as it lies."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import district_fixture as district
import pytest
from same_result import differences, left_by
from several_ways import at_once, by_parts, twin

from sheetsync.campaign.parts import signs
from sheetsync.campaign.parts.around import digest_of
from sheetsync.campaign.parts.memory import Memory
from sheetsync.campaign.parts.told import Handful, handfuls
from sheetsync.model import PlanRow
from sheetsync.workbooks.port import Out, OutValue

CODES = ("S01", "S02", "S03")
ROWS = [(f"строка {number}", number, None, Out("сюда", link=f"#A{number}")) for number in range(1_000)]


def _told(items: Sequence[object], around: object = "") -> list[Handful]:
    return list(handfuls(items, lambda some: [(one,) for one in some], around))  # type: ignore[misc]


def test_handfuls_hold_every_row_in_its_order() -> None:
    found = _told(ROWS)

    assert len(found) > 5
    assert [row for one in found for row in one.rows()] == [(row,) for row in ROWS]


def test_equal_rows_have_equal_keys() -> None:
    assert [one.key for one in _told(ROWS)] == [one.key for one in _told(copy.deepcopy(ROWS))]


@pytest.mark.parametrize("at", [0, 500, 999])
def test_a_row_that_comes_changes_its_own_handful_only(at: int) -> None:
    before = {one.key for one in _told(ROWS)}
    new = [*ROWS[:at], ("новая", 0, None, Out("")), *ROWS[at:]]

    assert len({one.key for one in _told(new)} - before) <= 2


def test_rows_made_from_something_else_have_other_keys() -> None:
    assert not {one.key for one in _told(ROWS, "ru")} & {one.key for one in _told(ROWS, "en")}


def test_a_text_that_may_not_fit_its_cell_is_written_anew() -> None:
    keys = [one.key for one in _told([*ROWS, ("слово " * 2_000, 1)])]

    assert keys.count("") == 1
    assert keys[-1] == ""


def test_keys_of_different_values_differ() -> None:
    assert digest_of([1, "a"], "b") == digest_of([1, "a"], "b") != digest_of([1], "a", "b")
    assert digest_of("\udc81") == digest_of("\udc81") != digest_of("\udc82")


def test_rows_of_others_are_taken_from_the_workbook_as_they_lie(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in CODES:
        said = {"1.1": {"status": "в работе", "info": f"Начали в марте, отвечает {code}."}}
        district.receive(place, f"{code}.xlsx", district.filled(place, code, said))
    other = twin(place, "other")
    by_parts(place, 1)
    at_once(other, 1)
    news = district.filled(place, "S02", {"1.1": district.GOOD})
    for folder in (place, other):
        district.receive(folder, "S02.xlsx", news)
    fetched: list[tuple[str, ...]] = []
    rows = Memory.rows
    monkeypatch.setattr(Memory, "rows", lambda self, codes: fetched.append(codes) or rows(self, codes))

    found = left_by(place, by_parts(place, 2))

    assert set(fetched) == {("S02",)}
    assert differences(left_by(other, at_once(other, 2)), found) == {}


def test_signs_made_a_row_at_a_time_are_the_same(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for code in CODES:
        district.receive(place, f"{code}.xlsx", district.filled(place, code, {"1.1": district.GOOD}))
    other = twin(place, "other")
    monkeypatch.setattr(signs, "_SIGNS_AT_ONCE", 1)

    found = left_by(place, by_parts(place, 1))

    assert differences(left_by(other, at_once(other, 1)), found) == {}


def test_a_sign_that_changes_makes_its_own_row_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for code in CODES:
        said = {"1.1": {"status": "в работе", "info": f"Начали в марте, отвечает {code}."}}
        district.receive(place, f"{code}.xlsx", district.filled(place, code, said))
    other = twin(place, "other")
    monkeypatch.setattr(signs, "_SIGNS_AT_ONCE", 1)
    by_parts(place, 1)
    at_once(other, 1)
    news = district.filled(place, "S02", {"1.1": district.GOOD})
    for folder in (place, other):
        district.receive(folder, "S02.xlsx", news)
    made: list[str] = []
    beside = signs.signs_beside

    def watched(rows: Sequence[PlanRow], *about: Any) -> list[list[OutValue | Out]]:
        made.extend(row.number for row in rows)
        return beside(rows, *about)

    monkeypatch.setattr(signs, "signs_beside", watched)

    found = left_by(place, by_parts(place, 2))

    assert made == ["1.1"]
    assert differences(left_by(other, at_once(other, 2)), found) == {}
