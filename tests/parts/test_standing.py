"""The buttons that write no workbook ask the memory, and are told what judging everybody at once tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import openpyxl
import pytest
from same_result import differences, journal_of
from several_ways import at_once, by_parts, twin, type_decision, type_in
from standing_now import NOW, need_same, told_at_once, told_by_parts, verified, verified_at_once
from test_memory_file import DAMAGES
from test_same_result import fill_the_folder

from sheetsync import campaign, store
from sheetsync.campaign.parts.judging import Judging
from sheetsync.campaign.parts.standing import STATES
from sheetsync.columns import ENTRIES
from sheetsync.workbooks.excel_file import ExcelFile

NAME = "СОШ №7 посёлка Ручьи"
LATER = district.DUE.replace(month=district.DUE.month + 1)


@pytest.fixture
def collected(place: Path) -> Path:
    """Everything was collected by parts; a decision was typed since, and a copy corrected."""
    fill_the_folder(place)
    by_parts(place, 1)
    type_decision(place, NAME, "1.1", "на доработку", "Где приказ?")
    district.receive(place, "S02 снова.xlsx", district.filled(place, "S02", {"1.1": district.GOOD}))
    return place


@pytest.mark.parametrize("day", [district.DUE, LATER])
def test_rows_findings_and_counts_are_those_of_everybody_judged_at_once(collected: Path, day: Any) -> None:
    need_same(collected, day)


def test_a_workbook_somebody_spoilt_is_verified_by_parts(
    collected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_parts(collected, 2)
    sheet = openpyxl.load_workbook(office.workbook(collected))[ENTRIES.sheet]
    place = office.row_of(sheet, NAME, "1.1"), office.column_of(sheet, ENTRIES.column("info").header)
    type_in(collected, ENTRIES.sheet, {place: ""})
    expected = verified_at_once(collected)
    monkeypatch.setattr("sheetsync.campaign.verifying.judged_now", None)

    found = verified(collected)

    assert found == expected
    assert [len(missing) for _, missing in found if missing] == [1]


def test_nothing_need_be_remembered(place: Path) -> None:
    need_same(place, district.DUE)
    fill_the_folder(place)
    need_same(place, district.DUE)
    at_once(place, 1)
    need_same(place, LATER)


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_memory_costs_only_time(collected: Path, name: str) -> None:
    expected = told_at_once(collected, district.DUE)
    DAMAGES[name](store.open_campaign(collected).memory)

    found = told_by_parts(collected, district.DUE)

    assert found is None or found == expected


def test_what_has_come_is_kept_when_it_is_to_be(collected: Path) -> None:
    other = twin(collected, "other")

    expected = told_at_once(collected, district.DUE, keep=True)
    found = told_by_parts(other, district.DUE, keep=True)

    assert found == expected


def test_a_return_keeps_what_has_come_either_way(collected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = twin(collected, "other")
    campaign.return_remarks(other, NOW)
    monkeypatch.setattr("sheetsync.campaign.found_now.found_by_parts", lambda *_, **__: None)
    campaign.return_remarks(collected, NOW)

    expected, found = _journal(collected), _journal(other)
    assert differences(expected, found) == {}
    assert any("S02 снова.xlsx" in line for line in found["events"])


def _journal(place: Path) -> dict[str, Any]:
    """The journal without parts of a second: a stopwatch runs while forms are returned."""
    begun = NOW.isoformat()

    def whole_seconds(value: object) -> object:
        return begun if isinstance(value, str) and value.startswith(begun) else value

    found = journal_of(place)
    timed = {name: [tuple(map(whole_seconds, row)) for row in found[name]] for name in ("events", "forms")}
    return {**found, **timed}


def test_rows_may_be_told_without_their_words(collected: Path) -> None:
    found = told_by_parts(collected, district.DUE, wanted=STATES)

    assert found
    assert {one.entry for one in found.outcomes} == {None}
    assert len(found.outcomes) == len(told_at_once(collected, district.DUE).outcomes)


def test_neither_the_workbook_is_read_nor_anybody_judged_for_the_note_of_a_district(
    collected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_parts(collected, 2)

    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(ExcelFile, "read_table", never)
    monkeypatch.setattr(Judging, "take", never)
    monkeypatch.setattr("sheetsync.campaign.found_now.judged_now", never)

    assert told_by_parts(collected, district.DUE)
    assert campaign.remind(collected, NOW, district.DUE, dry_run=True).letters
