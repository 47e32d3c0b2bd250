"""Rows that say what they said are not written again; those that say something else are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import coordinator as office
import district_fixture as district
import pytest
from same_result import differences, left_by
from several_ways import at_once, by_parts, twin, type_decision

from sheetsync.campaign.parts import working


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
