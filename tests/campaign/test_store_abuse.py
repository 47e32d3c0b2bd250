"""Runs are killed, race, meet marks of the dead, wrong clocks, shares without locks: nothing is lost or broken."""

from __future__ import annotations

import errno
import json
import os
import platform
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import coordinator as office
import cut_off
import district_fixture as district
import filelock
import openpyxl
import pytest
from cut_off import Killer, Scenes
from faulty_disk import REFUSALS, SAID, Disk, refusing

from sheetsync import campaign, cli, store
from sheetsync.columns import ENTRIES, JOURNAL
from sheetsync.district.tables import Tables
from sheetsync.journal import Journal
from sheetsync.store import lock
from sheetsync.workbooks.excel_file import ExcelFile

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Scenes:
    return cut_off.scenes(tmp_path_factory.mktemp("scenes"))


# --- the disk refuses one request


@pytest.mark.parametrize("command", cut_off.COMMANDS)
def test_whatever_request_the_disk_refuses_the_next_run_is_right(
    command: str, known: Scenes, tmp_path: Path
) -> None:
    """Every thirteenth request in turn (all of them: benchmarks/abuse_store.py), by each of four errors."""
    total = len(cut_off.requests_of(command, known, tmp_path / "counting"))
    old = cut_off.workbook(known.before[command])
    for at in range(1, total + 1, 13 if total > 10 else 1):
        place = known.copy(command, tmp_path / str(at))
        error = REFUSALS[at % len(REFUSALS)]
        disk = Disk(at, refusing(error), for_good=at % 2 == 0)
        with disk.in_place():
            code, said = cut_off.run(command, place)

        assert disk.is_reached
        assert code != cli.CANNOT or any(words in said for words in SAID[error]), said
        assert cut_off.workbook(place) == old or cut_off.is_whole(cut_off.workbook(place))
        assert cut_off.shown_wrong(command, place, known) == [], (at, disk.requests[-1])
        shutil.rmtree(place.parent)


# --- a run is killed


@pytest.mark.parametrize("command", cut_off.WRITING)
def test_a_run_killed_anywhere_leaves_old_or_new_and_the_next_run_makes_it_good(
    command: str, known: Scenes, tmp_path: Path
) -> None:
    """At requests to the disk spread over the run, and at a random moment."""
    chance = random.Random(command)
    total = len(cut_off.requests_of(command, known, tmp_path / "counting"))
    killer = Killer()
    for at in sorted(chance.sample(range(1, total + 1), 3)):
        place = known.copy(command, tmp_path / str(at))

        assert killer.at_request(command, place, at)
        assert cut_off.shown_wrong(command, place, known) == [], at
    place = known.copy(command, tmp_path / "some time")
    killer.after(command, place, chance.uniform(0, 0.3))

    assert cut_off.shown_wrong(command, place, known) == []


def test_a_form_written_just_before_the_kill_is_known_as_issued(known: Scenes, tmp_path: Path) -> None:
    """Otherwise the next issue, of a changed plan, would take it for a form somebody changed."""
    requests = cut_off.requests_of("issue", known, tmp_path / "counting")
    last = max(at for at, what in enumerate(requests, start=1) if what == "replace")
    place = known.copy("issue", tmp_path / "mine")
    assert Killer().at_request("issue", place, last + 1)

    book = openpyxl.load_workbook(office.workbook(place))
    sheet = book["План"]
    cell = next(
        cell for row in sheet.iter_rows() for cell in row if cell.value == "Пробный экзамен в девятых классах"
    )
    cell.value = "Пробный экзамен в девятых и одиннадцатых классах"
    book.save(office.workbook(place))

    assert [
        one.code for one in campaign.issue_forms(place, district.NOW).findings if one.code == "S803"
    ] == []


# --- many at once


def test_six_who_press_at_once_write_one_by_one_and_lose_nothing(issued: Path, tmp_path: Path) -> None:
    place = tmp_path / issued.name
    shutil.copytree(issued, place)

    ended = cut_off.race(place, 6)
    shown = " ".join(text for row in office.rows(place, ENTRIES.name) for text in row.values())

    assert [one.strange for one in ended if one.strange] == []
    assert [one.words for one in ended if one.words not in shown] == []
    assert office.press(place, 1).written_to is None
    assert [line.unaccounted for line in office.press(place, 2).consolidation.ledger] == [0] * 6


def test_two_new_at_once_make_one_campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second gets past the first look while the first still works; its words are the usual ones."""
    order = district.order_file(tmp_path)
    real = store.create_campaign

    def created(folder: Path) -> store.Campaign:
        made = real(folder)
        monkeypatch.setattr(store, "create_campaign", real)
        campaign.new_campaign(folder, order, district.NOW)
        return made

    monkeypatch.setattr(store, "create_campaign", created)

    with pytest.raises(store.CampaignExists):
        campaign.new_campaign(tmp_path / "К", order, district.NOW)
    assert store.open_campaign(tmp_path / "К").workbook.exists()


# --- whose mark it is


def marked(place: Path, **told: Any) -> Path:
    """A mark in the campaign, as a run left it."""
    mine = lock.Holder.this_run(datetime(2026, 6, 1, 8, 0), "consolidate")
    path = store.open_campaign(place).state / "lock-holder"
    path.write_bytes(json.dumps({**json.loads(mine.to_bytes()), "token": "x", **told}).encode())
    return path


def dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@contextmanager
def a_share_without_locks(monkeypatch: pytest.MonkeyPatch, how: str) -> Iterator[None]:
    """The system's lock is missing, or said to be taken by everybody who asks."""

    def missing(_self: Any, *_args: Any, **_options: Any) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    with monkeypatch.context() as patch:
        answer = missing if how == "missing" else lambda _self, *_args, **_options: None
        patch.setattr(filelock.BaseFileLock, "acquire", answer)
        yield


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits two seconds to be told."""
    monkeypatch.setattr(lock, "_WAIT_SECONDS", 0.1)


@pytest.mark.usefixtures("impatient")
def test_the_loser_reads_who_works_what_and_since_when(place: Path) -> None:
    held = store.one_writer(store.open_campaign(place), district.NOW, "issue")
    with held, pytest.raises(store.CampaignLocked) as told:
        office.press(place)

    for word in (socket.gethostname(), f"процесс {os.getpid()}", "issue", "02.03.2026 09:30", "Дождитесь"):
        assert word in str(told.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": "1"}', b"\xff\xfe", "ПК, 1, вчера".encode()])
def test_a_mark_that_names_nobody_is_taken_away(place: Path, content: bytes) -> None:
    (store.open_campaign(place).state / "lock-holder").write_bytes(content)

    result = office.press(place)

    assert [one.code for one in result.findings] == ["S820"]
    assert not result.is_beside


def test_the_mark_of_a_killed_run_is_taken_over_with_a_word(place: Path) -> None:
    marked(place, pid=dead_pid(), command="issue")

    result = office.press(place)

    assert [one.code for one in result.findings] == ["S820"]
    assert "issue" in str(result.findings[0].params)
    assert office.press(place, 1).findings == ()


def test_a_number_of_a_process_given_again_is_no_living_run(place: Path) -> None:
    """The mark says our own number, but of a process that began at another time."""
    marked(place, born="another boot 1")

    assert office.press(place).findings[0].code == "S820"


@pytest.mark.parametrize("how", ["missing", "lying"])
def test_on_a_share_without_locks_the_mark_alone_keeps_others_out(
    place: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    before = office.data(place)
    with a_share_without_locks(monkeypatch, how):
        with (
            store.one_writer(store.open_campaign(place), district.NOW, "issue"),
            pytest.raises(store.CampaignLocked, match=f"процесс {os.getpid()}, команда issue"),
        ):
            office.press(place)
        assert office.data(place) == before
        assert office.press(place).findings == ()


@pytest.mark.parametrize("how", ["missing", "lying"])
def test_on_a_share_without_locks_the_dead_of_this_computer_are_known(
    place: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    with a_share_without_locks(monkeypatch, how):
        marked(place, pid=dead_pid())
        assert [one.code for one in office.press(place).findings] == ["S820"]
        marked(place, born="another boot 1")
        assert [one.code for one in office.press(place, 1).findings] == ["S820"]


FAR_AWAY = {"host": "ПК-БУХГАЛТЕРИЯ", "machine": "0a0b0c0d0e0f", "pid": 4}


def test_a_living_run_of_another_computer_is_waited_for(place: Path) -> None:
    marked(place, **FAR_AWAY)

    with pytest.raises(store.CampaignLocked, match=r"ПК-БУХГАЛТЕРИЯ.*через 30 мин"):
        office.press(place)


@pytest.mark.parametrize("silent", [timedelta(minutes=31), timedelta(days=-1), timedelta(days=-365)])
def test_a_mark_of_another_computer_not_renewed_for_half_an_hour_is_taken_over(
    place: Path, silent: timedelta
) -> None:
    """Or one from the future: a clock was set back since, a living run would have renewed its mark."""
    path = marked(place, **FAR_AWAY)
    moment = time.time() - silent.total_seconds()
    os.utime(path, (moment, moment))

    result = office.press(place)

    assert [one.code for one in result.findings] == ["S820"]
    assert "ПК-БУХГАЛТЕРИЯ" in str(result.findings[0].params)


def test_the_silence_of_another_computer_is_measured_by_the_clock_of_the_disk(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our clock is a year ahead; the other computer works all the same."""
    marked(place, **FAR_AWAY)
    monkeypatch.setattr(lock.time, "time", lambda: datetime(2099, 1, 1).timestamp())

    with pytest.raises(store.CampaignLocked):
        campaign.consolidate(place, district.DUE, datetime(2099, 1, 1))


def test_a_run_renews_its_mark(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_REFRESH_SECONDS", 0.01)
    path = store.open_campaign(place).state / "lock-holder"
    with store.one_writer(store.open_campaign(place), district.NOW) as hold:
        os.utime(path, (0, 0))
        renewed = next((True for _ in range(500) if path.stat().st_mtime > 0 or hold._over.wait(0.01)), False)
        hold.check()

    assert renewed
    assert not path.exists()


def test_who_lost_the_campaign_while_asleep_does_not_replace_the_workbook(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notebook sleeps for an hour in the middle of a run; another computer took the campaign over."""
    office.send(place, "S01")
    before = office.data(place)
    real = store.back_up

    def slept(*args: Any, **more: Any) -> None:
        real(*args, **more)
        marked(place, **FAR_AWAY)

    monkeypatch.setattr(store, "back_up", slept)

    with pytest.raises(store.CampaignLocked, match="ПК-БУХГАЛТЕРИЯ"):
        office.press(place)
    assert office.data(place) == before
    assert (store.open_campaign(place).state / "lock-holder").exists()  # it is theirs


def test_of_many_who_find_one_stale_mark_none_takes_away_a_fresh_one(place: Path) -> None:
    """Between the look at a stale mark and its removal somebody else made a new one: it is put back."""
    path = marked(place, pid=dead_pid())
    stale = lock._holder_in(path)
    fresh = marked(place, token="fresh").read_bytes()

    assert not lock._taken_away(path, stale)
    assert path.read_bytes() == fresh


@pytest.mark.usefixtures("impatient")
def test_a_computer_with_a_russian_name_works_alone_like_any_other(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "node", lambda: "ПК-Директора №1 «главный»")
    held = store.one_writer(store.open_campaign(place), district.NOW)

    with held, pytest.raises(store.CampaignLocked, match="ПК-Директора №1 «главный»"):
        office.press(place)


# --- clocks


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=365), timedelta(minutes=-5)])
def test_a_clock_that_jumps_changes_no_answer_and_keeps_the_newest_backups(
    place: Path, jump: timedelta
) -> None:
    office.send(place, "S01", "первая.xlsx")
    campaign.consolidate(place, district.DUE, district.NOW)
    office.send(place, "S01", "вторая.xlsx", {"1.1": {**district.GOOD, "info": "Новее."}})
    before = office.data(place)

    result = campaign.consolidate(place, district.DUE, district.NOW + jump)
    backups = sorted(store.open_campaign(place).backups.iterdir())

    assert office.entries(place)["Липовская СОШ", "1.1"]["Информация об исполнении"] == "Новее."
    assert backups[-1].read_bytes() == before
    assert result.needs_user is not None
    assert campaign.consolidate(place, district.DUE, district.NOW + 2 * jump).written_to is None


# --- backups


def test_the_last_twenty_workbooks_are_kept_and_each_opens(place: Path) -> None:
    """The clock is set back in between: what counts is the order of the runs."""
    state = store.open_campaign(place)
    shown = []
    for step in range(store.BACKUPS_KEPT + 5):
        book = ExcelFile.from_bytes(office.data(place))
        book.set_property("шаг", str(step))
        shown.append(book.to_bytes())
        store.back_up(state, shown[-1], district.NOW - timedelta(hours=step))
    kept = sorted(state.backups.iterdir())

    assert [path.read_bytes() for path in kept] == shown[-store.BACKUPS_KEPT :]
    assert all(cut_off.is_whole(path.read_bytes()) for path in kept[::5])


def test_runs_repeated_on_a_full_disk_push_no_backup_out(place: Path) -> None:
    state = store.open_campaign(place)
    for step in range(3):
        store.back_up(state, b"%d" % step, district.NOW)
    for _ in range(30):
        store.back_up(state, b"2", district.NOW)

    assert [path.read_bytes() for path in sorted(state.backups.iterdir())] == [b"0", b"1", b"2"]


def test_the_workbook_that_is_replaced_becomes_the_backup(place: Path) -> None:
    state, before = store.open_campaign(place), office.workbook(place).stat().st_ino
    was = office.data(place)
    office.send(place, "S01")
    office.press(place)
    (backup,) = state.backups.iterdir()

    assert backup.read_bytes() == was
    assert backup.stat().st_ino == before != office.workbook(place).stat().st_ino


def test_what_cannot_have_two_names_or_holds_something_else_is_copied(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, workbook = store.open_campaign(place), office.workbook(place)
    store.back_up(state, b"something else", district.NOW, workbook)

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refused)
    store.back_up(state, office.data(place), district.NOW, workbook)
    kept = sorted(state.backups.iterdir())

    assert [one.read_bytes() for one in kept] == [b"something else", office.data(place)]
    assert workbook.stat().st_ino not in {one.stat().st_ino for one in kept}


def test_a_backup_put_in_place_of_the_workbook_is_a_workbook_again(place: Path) -> None:
    """Restoring is copying: the next run takes the old decisions from it and the copies from the store."""
    office.send(place, "S01")
    office.press(place)
    office.edit(place, lambda book: office.decide(book, "Липовская СОШ", "1.1", "принято", "верно"))
    office.send(place, "S02")
    office.press(place, 1)
    office.edit(place, lambda book: book.remove(book["План"]))
    newest = max(store.open_campaign(place).backups.iterdir())
    shutil.copyfile(newest, office.workbook(place))

    office.press(place, 2)

    assert office.entries(place)["Липовская СОШ", "1.1"]["Замечание района"] == "верно"
    assert office.entries(place)["Кленовская ООШ", "1.1"]["Статус"] == "выполнено"


# --- somebody saves the workbook while a run works


def test_a_workbook_saved_in_the_last_moment_is_read_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new workbook lies on the disk already, only its name is still to change."""
    office.send(place, "S01")
    office.press(place)
    office.send(place, "S02")
    real, saved = os.fsync, []

    def synced(handle: int) -> None:
        real(handle)
        target = Path(f"/proc/self/fd/{handle}").readlink()
        if target.parent == place and target.name.endswith(store.TEMPORARY_SUFFIX) and not saved:
            saved.append(target)
            office.edit(place, lambda book: office.decide(book, "Липовская СОШ", "1.1", "принято", "спасибо"))

    monkeypatch.setattr(os, "fsync", synced)
    office.press(place, 1)

    assert saved
    assert office.entries(place)["Липовская СОШ", "1.1"]["Замечание района"] == "спасибо"
    assert office.entries(place)["Кленовская ООШ", "1.1"]["Статус"] == "выполнено"


def test_a_workbook_saved_again_and_again_is_left_as_it_is_and_told(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.send(place, "S01")
    real, notes = Tables.bodies, []

    def slow(self: Any) -> Any:
        notes.append(f"заметка {len(notes)}")
        office.edit(place, lambda book: book["Настройки"].__setitem__("H1", notes[-1]))
        return real(self)

    monkeypatch.setattr(Tables, "bodies", slow)

    with pytest.raises(store.StoreError, match="меняли во время сборки"):
        office.press_whole(place)
    assert openpyxl.load_workbook(office.workbook(place))["Настройки"]["H1"].value == notes[-1]


# --- real disks and odd names


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of four megabytes."""
    folder = tmp_path / "диск"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=4m", "sheetsync-test", str(folder)]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not is_root or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


def test_a_disk_that_is_really_full_leaves_everything_as_it_was(issued: Path, small_disk: Path) -> None:
    """Less and less room is left; every run ends well or says that the disk is full."""
    place = small_disk / "К"
    shutil.copytree(issued, place)
    office.send(place, "S02")
    office.press(place)
    office.send(place, "S01")
    refused = 0
    stone = small_disk / "камень"
    for room in (0, 1, 4, 16, 40, 60, 80):
        before = office.data(place)
        free = shutil.disk_usage(small_disk).free
        stone.write_bytes(b"\0" * max(0, free - room * 1024))
        code, said = cut_off.run("consolidate", place)
        stone.unlink()
        refused += code == cli.CANNOT

        assert code != cli.CANNOT or any(words in said for words in SAID[errno.ENOSPC]), said
        assert office.data(place) == before or code != cli.CANNOT
        assert cut_off.is_whole(office.data(place))
        assert cut_off.journal_is_sound(place)
    assert refused > 2

    office.press(place, 1)
    assert ("Липовская СОШ", "1.1") in office.entries(place)
    assert cut_off.leftovers(place) == []


@pytest.mark.parametrize("press", [office.press, office.press_whole])
def test_a_disk_that_is_full_when_only_the_journal_is_left_to_tell_spoils_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, press: Callable[..., campaign.ConsolidateResult]
) -> None:
    office.send(place, "S01")
    press(place)
    before = office.data(place), len(office.rows(place, JOURNAL.name))
    office.send(place, "S02")
    with monkeypatch.context() as patch:
        patch.setattr(store, "write_atomically", _fills_the_disk(patch))
        result = press(place, 1)

    assert [one.code for one in result.findings if one.code == "S833"] == ["S833"]
    assert ("Кленовская ООШ", "1.1") in office.entries(place)
    press(place, 2)
    assert ("Кленовская ООШ", "1.1") in office.entries(place)
    assert office.data(place) != before[0]
    assert len(office.rows(place, JOURNAL.name)) > before[1]
    assert "S833" not in [one.code for one in press(place, 3).findings]


def _fills_the_disk(patch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes as ever; from the workbook on, the journal finds no room."""
    real = store.write_atomically

    def written(path: Path, data: bytes, **options: Any) -> None:
        real(path, data, **options)
        if path.suffix == ".xlsm":
            patch.setattr(Journal, "commit", _no_room)

    return written


def _no_room(_journal: Journal) -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise error


def test_a_disk_that_only_reads_is_named_and_a_form_on_it_can_be_checked(
    issued: Path, small_disk: Path
) -> None:
    place = small_disk / "К"
    shutil.copytree(issued, place)
    office.send(place, "S01")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    for command in cut_off.WRITING[1:]:
        code, said = cut_off.run(command, place)
        assert (code, "нет права записи" in said) == (cli.CANNOT, True), said
    code, said = cut_off.run("check", place)
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)

    assert code != cli.CANNOT, said


@pytest.mark.parametrize(
    "name", ["папка с точкой.", "пробел в конце ", "«ёлочки» и 🏫", "с\nпереносом", "-rf", "x" * 120]
)
def test_a_folder_of_any_name_holds_a_campaign(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    place = district.new(folder)
    office.send(place, "S01", f"отчёт {name[:40]}.xlsx")

    assert office.press(place).written_to == office.workbook(place)
    assert office.press(place, 1).written_to is None
