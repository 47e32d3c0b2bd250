"""Rows that say what they said are not written again; those that say something else are."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import coordinator as office
import district_fixture as district
import pytest
from same_result import differences, left_by
from several_ways import at_once, by_parts, here, twin, type_decision

from sheetsync import deflate
from sheetsync.campaign.parts import running, working
from sheetsync.campaign.parts.around import Around, Decided
from sheetsync.campaign.parts.workers import Workers


def test_another_day_writes_no_rows_a_decision_its_own(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office.send(place, "S01")
    early = district.DUE - timedelta(days=2)
    by_parts(place, 1, early)
    written: list[int] = []
    block_of = working.block_of
    monkeypatch.setattr(
        working, "block_of", lambda *about: (written.append(len(about[2])), block_of(*about))[1]
    )

    by_parts(place, 2, early + timedelta(days=1))
    assert not written

    other = twin(place, "apart")
    for each in (place, other):
        assert type_decision(each, "Липовская СОШ", "1.1", "Принято")
    found = left_by(place, by_parts(place, 3, early))
    assert written
    assert differences(left_by(other, at_once(other, 3, early)), found) == {}


def test_a_campaign_goes_on_where_another_library_compresses(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was remembered is of use on a computer without ISA-L, and what came there on one with it."""
    early = district.DUE - timedelta(days=2)
    office.send(place, "S01")
    by_parts(place, 1, early)
    opened: list[str] = []
    read = working.Worker.read
    monkeypatch.setattr(
        working.Worker, "read", lambda self, task: (opened.append(task.origin.file), read(self, task))[1]
    )

    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(deflate, "_library", zlib)
        office.send(place, "S02")
        by_parts(place, 2, early)
    assert type_decision(place, "Липовская СОШ", "1.1", "Принято")
    other = twin(place, "apart")
    found = left_by(place, by_parts(place, 3, early + timedelta(days=1)))

    assert opened == ["S02.xlsx"]
    assert differences(left_by(other, at_once(other, 3, early + timedelta(days=1))), found) == {}


def test_nobody_is_read_and_all_are_judged_by_as_many_hands_as_reading_takes(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = district.DUE - timedelta(days=2)
    for code in ("S01", "S02"):
        office.send(place, code)
    by_parts(place, 1, early)
    monkeypatch.setattr(running, "_A_HANDFUL", 1)
    asked: list[int] = []

    def way(around: Around, decided: Mapping[str, Decided], tasks: int) -> Workers:
        asked.append(tasks)
        return here(around, decided, tasks)

    by_parts(place, 2, early + timedelta(days=1), way=way)

    read, judged = asked
    assert read == 0
    assert judged >= 2
