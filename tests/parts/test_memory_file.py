"""The memory is a convenience: whatever becomes of its file, a run shows what is so."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import coordinator as office
import district_fixture as district
import pytest
from same_result import differences, left_by
from several_ways import by_parts, judge_apart, press, twin

from sheetsync import campaign, store
from sheetsync.campaign.parts import memory as ours


def flipped(path: Path) -> None:
    """Every hundredth byte of the last three quarters is another one."""
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 4, len(data), 100):
        data[at] ^= 0xFF
    path.write_bytes(data)


def of_another_version(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE about SET shape = '0.0.1'")
    connection.close()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:5_000]),
    "empty": lambda path: path.write_bytes(b""),
    "flipped": flipped,
    "no database": lambda path: path.write_bytes(b"PK\3\4 no database at all" * 300),
    "of another version": of_another_version,
    "read-only": lambda path: path.chmod(0o400),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.fixture
def collected(place: Path) -> Path:
    """One run is over; a copy was corrected since."""
    for code in ("S01", "S02", "S03"):
        office.send(place, code)
    by_parts(place, 1)
    office.send(place, "S02", answers={"1.1": {**district.GOOD, "info": "Исправлено."}})
    return place


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_memory_costs_only_time(collected: Path, name: str) -> None:
    other = twin(collected, "other")
    DAMAGES[name](store.open_campaign(collected).memory)

    expected, found = (left_by(place, by_parts(place, 2)) for place in (other, collected))

    assert differences(expected, found) == {}
    assert by_parts(collected, 3).written_to is None


def test_a_disk_that_takes_no_memory_stops_nobody(collected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = twin(collected, "other")
    by_parts(other, 2)

    prepared = ours._prepared
    monkeypatch.setattr(ours, "_prepared", lambda path: prepared(path) if path == "" else _damaged())

    by_parts(collected, 2)

    assert office.data(collected) == office.data(other)


def _damaged() -> sqlite3.Connection:
    raise ours.DamagedMemoryError


def test_an_act_of_destruction_takes_what_was_remembered(
    collected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge_apart(monkeypatch.setattr)
    press(collected, 2)
    where = store.open_campaign(collected)
    where.last_run.write_text("{}", encoding="utf-8")
    assert where.memory.exists()

    campaign.purge(collected, date(2027, 1, 1), district.NOW)

    assert not where.memory.exists()
    assert not where.last_run.exists()
