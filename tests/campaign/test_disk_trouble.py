"""A full disk, a write-protected folder, a killed run, two runs at once: the workbook is old or new, never broken."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import openpyxl
import pytest

from sheetsync import campaign, journal, store
from sheetsync.columns import PLAN, UNPLACED

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

KLENOVKA = "Кленовская ООШ"


@pytest.fixture(scope="module")
def waiting(issued: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign consolidated once, with one more report waiting."""
    place = tmp_path_factory.mktemp("waiting") / issued.name
    shutil.copytree(issued, place)
    office.send(place, "S02")
    office.press(place)
    office.send(place, "S01")
    return place


@pytest.fixture
def place(waiting: Path, tmp_path: Path) -> Path:
    target = tmp_path / waiting.name
    shutil.copytree(waiting, target)
    return target


# --- the journal


def test_a_journal_that_cannot_be_written_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(journal.Journal, "add_lines", full)
    before = office.data(place)

    with pytest.raises(store.StoreError, match=r"journal\.sqlite"):
        office.press(place, 1)
    assert office.data(place) == before


def test_a_damaged_journal_is_named(place: Path) -> None:
    store.open_campaign(place).journal.write_bytes(b"not a database, whatever the name says " * 40)

    with pytest.raises(store.StoreError, match=r"journal\.sqlite"):
        office.press(place, 1)


# --- a run is killed


@pytest.mark.parametrize("after_the_workbook", [False, True])
def test_a_run_killed_around_the_writing_of_the_workbook_is_made_good(
    place: Path, monkeypatch: pytest.MonkeyPatch, after_the_workbook: bool
) -> None:
    """A row with a decision and a word beside it left the plan just then: neither is lost."""

    def change(book: Any) -> None:
        office.decide(book, KLENOVKA, "1.2", "принято", "уже видели")
        sheet = book["Исполнение"]
        sheet.cell(office.row_of(sheet, KLENOVKA, "1.2"), 18).value = "позвонить"
        office.drop_rows(book[PLAN.sheet], "1.2")

    office.edit(place, change)
    real = store.write_atomically

    def killed(path: Path, data: bytes, **options: Any) -> None:
        if path == office.workbook(place):
            if after_the_workbook:
                real(path, data, **options)
            raise KeyboardInterrupt
        real(path, data, **options)

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_atomically", killed)
        with pytest.raises(KeyboardInterrupt):
            office.press(place, 1)
    openpyxl.load_workbook(office.workbook(place))
    office.press(place, 2)
    kept = {row["Значение"] for row in office.rows(place, UNPLACED.name)}

    assert {"принято; уже видели", "позвонить"} <= kept
    assert office.press(place, 3).written_to is None


def test_what_a_killed_run_left_half_written_is_swept(place: Path) -> None:
    state = store.open_campaign(place)
    left = [folder / f"tmpabc{store.TEMPORARY_SUFFIX}" for folder in (place, state.forms, state.backups)]
    left.append(state.originals / "ab" / f"tmpdef{store.TEMPORARY_SUFFIX}")
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")

    office.press(place, 1)

    assert [path for path in left if path.exists()] == []


# --- two at once


def test_the_second_run_is_told_who_works(place: Path) -> None:
    before = office.data(place)

    with (
        store.one_writer(store.open_campaign(place), district.NOW),
        pytest.raises(store.CampaignLocked, match=rf"процесс {os.getpid()}, .* начат 02\.03\.2026 09:30"),
    ):
        office.press(place, 1)

    assert office.data(place) == before
    assert office.press(place, 2).written_to == office.workbook(place)


def test_a_note_of_a_dead_run_does_not_lock(place: Path) -> None:
    (store.open_campaign(place).state / "lock-holder").write_text("другой компьютер, 1, 01.01.2026 00:00")

    assert office.press(place, 1).written_to == office.workbook(place)


def test_words_typed_into_the_file_beside_are_backed_up(place: Path) -> None:
    """The workbook stays open for days; somebody works in «Район (новый)» meanwhile."""
    mark = place / f"~${store.NEW_WORKBOOK_NAME}"
    mark.write_bytes(b"x")
    beside = office.press(place, 1).written_to
    assert beside is not None
    beside.write_bytes(typed := b"somebody's work")

    office.press(place, 2)
    backups = [path.read_bytes() for path in store.open_campaign(place).backups.iterdir()]

    assert typed in backups
    assert beside.read_bytes() != typed


def test_a_file_beside_that_is_open_too_is_left_alone(place: Path) -> None:
    (place / f"~${store.NEW_WORKBOOK_NAME}").write_bytes(b"x")
    first = office.press(place, 1).written_to
    assert first is not None
    (place / f"~${first.name}").write_bytes(b"x")
    content = first.read_bytes()

    second = office.press(place, 2)

    assert first.read_bytes() == content
    assert second.written_to == place / "Район (новый 2).xlsm"
    assert [one.code for one in second.findings] == ["S801"]


def test_an_answer_changed_while_the_workbook_was_open_is_flagged_later(place: Path) -> None:
    """The coordinator accepts what the open workbook shows; the newer answer is not what was accepted."""
    mark = place / f"~${store.NEW_WORKBOOK_NAME}"
    mark.write_bytes(b"x")
    changed = {**district.all_good(place, "S02"), "1.2": {**district.GOOD, "info": "Переделано заново."}}
    office.send(place, "S02", "новая.xlsx", changed)
    office.press(place, 1)
    office.edit(place, lambda book: office.decide(book, KLENOVKA, "1.2", "принято", ""))
    mark.unlink()

    assert "M703" in office.codes(office.press(place, 2))


# --- odd paths


@pytest.mark.parametrize("name", ["Липовск «2026» 🌅 папка #1 100%", "a long name of a folder/" * 11])
def test_any_folder_will_do(tmp_path: Path, name: str) -> None:
    """Quotes, spaces, emoji, signs of addresses; more than 260 characters."""
    folder = tmp_path / name
    folder.mkdir(parents=True)
    place = district.new(folder)
    office.send(place, "S01", "отчёт «школы» 🏫 (1).xlsx")

    assert office.press(place, 1).written_to == office.workbook(place)
    assert campaign.issue_forms(place, district.NOW).written == ()
    assert office.press(place, 2).written_to is None


def test_a_path_too_long_for_the_journal_is_told_before_a_campaign_is_begun(tmp_path: Path) -> None:
    folder = tmp_path / ("очень длинное имя папки кампании/" * 12)
    folder.mkdir(parents=True)

    with pytest.raises(store.StoreError, match="слишком длинный путь"):
        campaign.new_campaign(folder, district.order_file(tmp_path), district.NOW)
    assert not (folder / store.NEW_WORKBOOK_NAME).exists()
