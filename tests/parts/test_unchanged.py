"""A run that only looks: it notices every kind of change, and says what the run would say."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import coordinator as office
import district_fixture as district
import pytest
from msgspec.structs import replace

from sheetsync import campaign, cli, store
from sheetsync.campaign import unchanged
from sheetsync.findings import make

DAY = "2026-06-15"
LONG_AGO = 10**9


def received(place: Path) -> Path:
    return store.open_campaign(place).received


@pytest.fixture
def collected(place: Path) -> Path:
    """Two runs are over; nothing in the folder is young."""
    for code in ("S01", "S02"):
        office.send(place, code)
    for path in received(place).iterdir():
        os.utime(path, (LONG_AGO, LONG_AGO))
    consolidate(place)
    consolidate(place)
    return place


def consolidate(place: Path, *more: str) -> int:
    return cli.run(["consolidate", str(place), "--as-of", DAY, *more])


def is_looked(place: Path, day: str = DAY, language: str = "ru") -> bool:
    look = unchanged.looked_at(place, date.fromisoformat(day), language)
    return look is not None and look.said is not None


def same_size(place: Path) -> None:
    path = received(place) / "S01.xlsx"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file came": lambda place: office.send(place, "S03"),
    "a file is gone": lambda place: (received(place) / "S01.xlsx").unlink(),
    "another name": lambda place: (received(place) / "S01.xlsx").rename(received(place) / "Иная.xlsx"),
    "other bytes, as many": same_size,
    "a file in a folder": lambda place: district.receive(place, "Школа/скан.pdf", b"%PDF"),
    "the workbook": lambda place: office.workbook(place).write_bytes(office.data(place)),
    "the journal": lambda place: store.open_campaign(place).journal.touch(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_noticed(collected: Path, name: str) -> None:
    assert is_looked(collected)

    CHANGES[name](collected)

    assert not is_looked(collected)


def test_another_day_or_language_is_another_question(collected: Path) -> None:
    assert not is_looked(collected, day="2026-06-16")
    assert not is_looked(collected, language="en")


def test_the_look_says_what_the_run_says(collected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    looked = consolidate(collected), capsys.readouterr()
    store.open_campaign(collected).last_run.unlink()
    run = consolidate(collected), capsys.readouterr()

    assert looked == run


def test_answers_that_left_are_told_once_and_not_remembered(collected: Path) -> None:
    (received(collected) / "S01.xlsx").unlink()

    consolidate(collected)

    assert not is_looked(collected)


@pytest.mark.parametrize("option", ["--dry-run", "--full", "--json"])
def test_what_asks_for_more_is_run(
    collected: Path, option: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []
    monkeypatch.setattr("sheetsync.campaign.consolidate", _counting(runs))

    consolidate(collected, option)

    assert runs


def _counting(runs: list[object]) -> Callable[..., object]:
    real = campaign.consolidate

    def counted(*about: object, **more: object) -> object:
        runs.append(about)
        return real(*about, **more)  # type: ignore[arg-type]

    return counted


def test_a_young_file_proves_nothing(collected: Path) -> None:
    path = received(collected) / "S01.xlsx"
    now = time.time()
    os.utime(path, (now, now))

    consolidate(collected)

    assert not is_looked(collected)


def test_what_every_run_says_beside_the_report_lets_the_next_one_only_look(collected: Path) -> None:
    """Addresses beyond the links of a sheet are told of as long as they stand; a copy beside is of once."""
    result = campaign.consolidate(collected, date.fromisoformat(DAY), district.NOW)

    assert result.is_lasting
    assert replace(result, findings=(make("S815", left=7),)).is_lasting
    assert not replace(result, findings=(make("S801", name="Район (новый).xlsm"),)).is_lasting
