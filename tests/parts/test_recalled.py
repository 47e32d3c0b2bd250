"""A run that judges everybody at once reads only what no earlier run has read, and comes to the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import pytest
from same_result import differences, left_by
from several_ways import at_once, by_parts, press, twin
from test_memory_file import DAMAGES

from sheetsync import campaign, store
from sheetsync.campaign.copy_reading import CopyReader
from sheetsync.campaign.parts.keeping import DamagedMemoryError
from sheetsync.campaign.parts.memory import Memory, forget
from sheetsync.journal import Journal
from sheetsync.model import Origin

EVERYBODY = ("S01", "S02", "S03")


@contextmanager
def reading() -> Iterator[list[str]]:
    """The files that are read meanwhile, by the first words of their names."""
    files: list[str] = []
    real = CopyReader.read

    def watched(self: CopyReader, data: bytes, origin: Origin, *about: Any) -> object:
        files.append(origin.file.partition(" ")[0].removesuffix(".xlsx"))
        return real(self, data, origin, *about)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(CopyReader, "read", watched)
        yield files


@pytest.fixture
def sent(place: Path) -> Path:
    for code in EVERYBODY:
        office.send(place, code)
    return place


@pytest.fixture
def corrected(sent: Path) -> Path:
    """Everybody was judged at once; a copy was corrected since."""
    at_once(sent, 1)
    office.send(sent, "S02", answers={"1.1": {**district.GOOD, "info": "Исправлено."}})
    return sent


def test_only_what_came_since_is_read(corrected: Path) -> None:
    without = twin(corrected, "without")
    forget(store.open_campaign(without).memory)
    with reading() as files:
        found = left_by(corrected, at_once(corrected, 2))
    with reading() as all_files:
        expected = left_by(without, at_once(without, 2))

    assert files == ["S02"]
    assert len(all_files) == len(EVERYBODY)
    assert differences(expected, found) == {}


def test_both_kinds_of_runs_find_what_the_other_has_read(sent: Path) -> None:
    with reading() as first:
        by_parts(sent, 1)
    with reading() as files:
        at_once(sent, 2)
        by_parts(sent, 3)

    assert len(first) == len(EVERYBODY)
    assert files == []


def test_a_copy_that_is_gone_is_not_remembered(corrected: Path) -> None:
    with reading() as files:
        at_once(corrected, 2)
        with store.open_campaign(corrected).received.joinpath("S02.xlsx").open("rb") as file:
            data = file.read()
        store.open_campaign(corrected).received.joinpath("S02.xlsx").unlink()
        at_once(corrected, 3)
        store.open_campaign(corrected).received.joinpath("S02.xlsx").write_bytes(data)
        at_once(corrected, 4)

    assert files == ["S02", "S02"]


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_memory_costs_only_time(corrected: Path, name: str) -> None:
    other = twin(corrected, "other")
    DAMAGES[name](store.open_campaign(corrected).memory)

    expected, found = (left_by(place, at_once(place, 2)) for place in (other, corrected))

    assert differences(expected, found) == {}


@pytest.mark.parametrize("method", ["find_packed", "add_reading", "keep_readings"])
def test_a_memory_the_disk_spoils_meanwhile_costs_only_time(
    corrected: Path, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = twin(corrected, "other")
    expected = left_by(other, at_once(other, 2))

    def spoilt(*_: object) -> None:
        raise DamagedMemoryError

    monkeypatch.setattr(Memory, method, spoilt)

    assert differences(expected, left_by(corrected, at_once(corrected, 2))) == {}


def test_trouble_with_the_journal_is_not_taken_for_that_of_the_memory(
    corrected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(*_: object) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    monkeypatch.setattr(Journal, "add_copy", spoilt)

    with pytest.raises((sqlite3.DatabaseError, store.StoreError)):
        at_once(corrected, 2)


def test_whoever_verifies_or_asks_for_everything_reads_everything(corrected: Path) -> None:
    at_once(corrected, 2)
    with reading() as verified:
        campaign.verify(corrected, district.NOW)
    with reading() as asked:
        press(corrected, 3, full=True)

    assert sorted(verified) == list(EVERYBODY)
    assert sorted(asked) == list(EVERYBODY)


def test_a_dry_run_recalls_but_leaves_nothing(sent: Path) -> None:
    press(sent, 1, dry_run=True)
    memory = store.open_campaign(sent).memory
    assert not memory.exists()
    at_once(sent, 2)
    before = memory.read_bytes()
    office.send(sent, "S02", answers={"1.1": {**district.GOOD, "info": "Исправлено."}})
    with reading() as files:
        press(sent, 3, dry_run=True)

    assert files == ["S02"]
    assert memory.read_bytes() == before
