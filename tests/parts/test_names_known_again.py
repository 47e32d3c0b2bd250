"""What the names of a roster are found by is worked out once, however many runs and readers ask."""

from __future__ import annotations

from pathlib import Path

import coordinator as office
import district_fixture as district
import pytest
from several_ways import by_parts

from sheetsync.plan import name_index


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many names were taken apart, each time any were."""
    counts: list[int] = []
    taken_apart = name_index._made

    def counted(names: tuple[str, ...]) -> object:
        counts.append(len(names))
        return taken_apart(names)

    monkeypatch.setattr(name_index, "_made", counted)
    monkeypatch.setattr(name_index, "_known", {})
    return counts


def test_the_next_run_knows_the_names(place: Path, asked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    office.send(place, "S01")
    by_parts(place, 1, district.DUE)
    assert len(asked) == 1
    monkeypatch.setattr(name_index, "_known", {})  # another process begins
    office.send(place, "S02")

    by_parts(place, 2, district.DUE)

    assert len(asked) == 1
