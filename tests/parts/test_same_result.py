"""Everybody at once, by parts, in processes: the same findings, ledger, workbook and journal."""

from __future__ import annotations

from pathlib import Path
from string import ascii_uppercase
from typing import Any

import coordinator as office
import district_fixture as district
import openpyxl
import pytest
from same_result import differences, left_by
from several_ways import Way, at_once, by_parts, here, press, processes, put_formula, twin
from test_bundled_copies import archive_of
from test_files_sent_along import PDF, SCHOOL, report

from sheetsync import store
from sheetsync.campaign.parts import writing
from sheetsync.campaign.parts.memory import open_memory
from sheetsync.campaign.parts.writing import Drawn, Writing
from sheetsync.columns import FINDINGS, LEDGER, LIGHTS, TableSpec

WAYS = {"here": here, "two processes": processes(2), "spawned": processes(1, "spawn")}
SHARED = {
    "document": "приказ № 77 от 30.01.2026",
    "info": "Проведено семь занятий со всеми классами школы. " * 4,
}


def fill_the_folder(place: Path) -> None:
    """A little of all that comes: good, poor, damaged and doubled files, an archive, scans, no copies."""
    district.receive(place, f"{SCHOOL}/отчёт.xlsx", report(place, "S01", {"1.1": "приказ № 7"}))
    district.receive(place, f"{SCHOOL}/1.2 справка.pdf", PDF)
    shared = {number: {**district.GOOD, **SHARED} for number in district.all_good(place, "S02")}
    second = district.filled(place, "S02", shared)
    district.receive(place, "вторая.xlsx", second)
    district.receive(place, "вторая (2).xlsx", second)
    third = district.filled(place, "S03", {"1.1": {**district.GOOD, **SHARED}})
    district.receive(place, "все.zip", archive_of(("S03.xlsx", third), ("скан.pdf", PDF + b"3")))
    district.receive(place, "старая.xlsx", third[:-40])
    district.receive(place, "письмо.docx", b"PK\3\4 word")


@pytest.mark.parametrize("name", WAYS)
def test_a_run_by_parts_leaves_what_one_for_everybody_leaves(place: Path, name: str) -> None:
    fill_the_folder(place)
    other = twin(place, "apart")
    way: Way = WAYS[name]

    expected = left_by(place, at_once(place, 1))
    found = left_by(other, by_parts(other, 1, way=way))

    assert differences(expected, found) == {}
    assert store.open_campaign(other).memory.exists()
    with open_memory(store.open_campaign(place).memory) as memory:
        assert not memory.parts()


@pytest.mark.parametrize("name", WAYS)
def test_the_bytes_of_the_workbook_do_not_tell_who_did_the_work(place: Path, name: str) -> None:
    fill_the_folder(place)
    other = twin(place, "other")
    by_parts(place, 1)

    by_parts(other, 1, way=WAYS[name])

    assert office.data(other) == office.data(place)


def test_a_formula_that_points_to_one_finding_goes_where_the_finding_goes(place: Path) -> None:
    fill_the_folder(place)
    by_parts(place, 1)
    put_formula(place, FINDINGS.sheet, 1, "B9")
    district.receive(place, "третья.xlsx", district.filled(place, "S03", {"1.2": district.GOOD}))
    other = twin(place, "apart")

    expected = left_by(place, at_once(place, 2))
    found = left_by(other, press(other, 2))

    assert differences(expected, found) == {}


def test_formulas_of_a_sheet_nobody_opens_follow_what_they_point_to(place: Path) -> None:
    fill_the_folder(place)
    below = {FINDINGS: _below(place, FINDINGS), LEDGER: _below(place, LEDGER)}
    for row, (spec, cell) in enumerate(below.items(), start=_plan_row(place)):
        put_formula(place, "План", row, f"'{spec.sheet}'!{cell}")
    other = twin(place, "apart")

    expected = left_by(place, at_once(place, 1))
    found = left_by(other, by_parts(other, 1))

    assert differences(expected, found) == {}
    moved = [found[f"workbook План!AZ{_plan_row(place) + step}"][0] for step in range(2)]
    assert moved == [f"='{spec.sheet}'!{_below(place, spec)}" for spec in below]
    assert set(below.values()) != {_below(place, spec) for spec in below}


def _below(place: Path, spec: TableSpec) -> str:
    """A cell three rows under a table."""
    table = openpyxl.load_workbook(office.workbook(place))[spec.sheet].tables[spec.name]
    return f"B{int(table.ref.partition(':')[2].lstrip(ascii_uppercase)) + 3}"


def _plan_row(place: Path) -> int:
    return int(office.row_of(openpyxl.load_workbook(office.workbook(place))["План"], "1.1"))


def test_a_table_whose_single_rows_are_pointed_to_is_drawn_row_by_row(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_the_folder(place)
    by_parts(place, 1)
    put_formula(place, LIGHTS.sheet, 1, f"A{_first_light(place) + 1}")
    district.receive(place, "третья.xlsx", district.filled(place, "S03", {"1.2": district.GOOD}))
    other = twin(place, "apart")
    tries: list[bool] = []
    draw = Writing._drawn

    def watched(*arguments: Any, is_tried: bool) -> Drawn:
        tries.append(is_tried)
        return draw(*arguments, is_tried=is_tried)

    monkeypatch.setattr(Writing, "_drawn", watched)

    expected = left_by(place, at_once(place, 2))
    found = left_by(other, by_parts(other, 2))

    assert differences(expected, found) == {}
    assert tries == [True, False]


def test_a_workbook_whose_rows_are_not_those_that_were_judged_is_written_whole(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_the_folder(place)
    other = twin(place, "apart")
    monkeypatch.setattr(writing.WrittenBook, "laid", lambda *_: None)

    expected = left_by(place, at_once(place, 1))
    found = left_by(other, press(other, 1))

    assert differences(expected, found) == {}


def _first_light(place: Path) -> int:
    sheet = openpyxl.load_workbook(office.workbook(place))[LIGHTS.sheet]
    return int(sheet.tables[LIGHTS.name].ref.partition(":")[0].lstrip(ascii_uppercase)) + 1


def test_a_run_of_one_kind_after_one_of_the_other_finds_nothing_changed(place: Path) -> None:
    fill_the_folder(place)

    first = by_parts(place, 1)
    later = [at_once(place, 2), by_parts(place, 3), at_once(place, 4)]

    assert first.written_to
    assert [one.written_to for one in later] == [None, None, None]
    assert [one.consolidation.findings for one in later] == [first.consolidation.findings] * 3
