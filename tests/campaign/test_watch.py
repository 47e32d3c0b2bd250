"""A watch beside a folder: what a coordinator sees in the window, whatever happens meanwhile."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Any, NoReturn

import coordinator as office
import district_fixture as district
import pytest

from open_book import OpenBook
from sheetsync import campaign, cli, store
from sheetsync.campaign import Ended
from sheetsync.campaign.watching.events import FolderEvents
from sheetsync.campaign.watching.folder import sight_of
from sheetsync.campaign.watching.stopping import ended_by_signals
from sheetsync.columns import ENTRIES, KitMessage
from sheetsync.workbooks.excel_file import ExcelFile
from watched_days import Day

BEGUN = "Слежу за папкой"
DONE = "Готово"


@pytest.fixture
def day(place: Path) -> Day:
    return Day(place)


@pytest.fixture
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever program has the workbook open, it is not on this computer."""

    def found_open(_path: Path) -> NoReturn:
        raise campaign.NotConnected(KitMessage.NO_CONNECTION)

    monkeypatch.setattr("sheetsync.campaign.pressing.found_open", found_open)


def arrives(place: Path, name: str, code: str = "S01") -> Callable[[], object]:
    """A filled copy, to be dropped into «Получено» when it is time."""
    data = district.filled(place, code, district.all_good(place, code))
    return lambda: district.receive(place, name, data)


def test_what_arrives_is_collected_and_told_in_a_line(day: Day) -> None:
    day.at(60, arrives(day.place, "Липовская.xlsx"))
    day.at(61, arrives(day.place, "Кленовская.xlsx", "S02"))

    assert day.watch() is Ended.STOPPED

    begun, begin, first, arrived, second, stopped = day.told
    assert begun.startswith(BEGUN)
    assert begin == "Собираю то, что есть."
    assert "поступило 0 из 4" in first
    assert arrived == "В папке «Получено» новое (2): Кленовская.xlsx, Липовская.xlsx. Собираю."
    assert "поступило 2 из 4" in second
    assert stopped == "Слежение остановлено. Записанное цело."
    assert day.lines[0].startswith("22.11 09:00:00  ")


def test_many_names_are_told_shortly(day: Day) -> None:
    day.at(60, lambda: [(day.place / "Получено" / f"{one}.pdf").write_bytes(b"%PDF") for one in range(9)])

    day.watch(2)

    assert "новое (9): 0.pdf, 1.pdf, 2.pdf и ещё 6." in "\n".join(day.told)


def test_a_file_still_being_copied_is_collected_once_and_whole(day: Day) -> None:
    data = district.filled(day.place, "S01", district.all_good(day.place, "S01"))
    part, step = day.place / "Получено" / "Липовская.xlsx", len(data) // 5 + 1
    for number in range(5):
        day.at(60 + 3 * number, lambda upto=(number + 1) * step: part.write_bytes(data[:upto]))

    day.watch(2)

    assert day.count("поступило 1 из 4") == 1
    assert day.count("Не принято") == 0


def test_marks_of_open_copies_are_nothing_that_arrived(day: Day) -> None:
    for name in ("~$Липовская.xlsx", ".~lock.Липовская.xlsx#", "Thumbs.db"):
        (day.place / "Получено" / name).write_bytes(b"x")

    assert sight_of(day.place / "Получено") == {}


def test_a_missing_folder_is_told_and_may_come_back(day: Day) -> None:
    shutil.rmtree(day.place / "Получено")
    day.at(60, (day.place / "Получено").mkdir)
    day.at(70, arrives(day.place, "Липовская.xlsx"))

    day.watch(3)

    assert "поступило 1 из 4" in day.told[-2]


# --- how it ends


@pytest.mark.parametrize("change", ["renamed", "removed"])
def test_a_campaign_that_went_away_ends_it_with_a_sentence(day: Day, change: str) -> None:
    def go() -> None:
        if change == "renamed":
            day.place.rename(day.place.with_name("Архив"))
        else:
            shutil.rmtree(day.place)

    day.at(30, go)

    with pytest.raises(store.CampaignMissing, match="переименовали, перенесли или удалили"):
        day.watch(30)


def test_a_workbook_that_is_saved_just_now_is_not_gone(day: Day) -> None:
    workbook = store.open_campaign(day.place).workbook
    aside = workbook.with_name("aside")
    day.at(60, lambda: workbook.rename(aside))
    day.at(65, arrives(day.place, "Липовская.xlsx"))
    day.at(75, lambda: aside.rename(workbook))

    assert day.watch() is Ended.STOPPED
    assert "поступило 1 из 4" in day.told[-2]


def test_two_watches_of_one_campaign_are_one_too_many(
    day: Day, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes: list[int] = []
    day.at(10, lambda: codes.append(cli.run(["watch", str(place)])))

    assert day.watch(1) is Ended.STOPPED

    assert codes == [2]
    assert "За этой кампанией уже следят (компьютер" in capsys.readouterr().err
    assert Day(place).watch(1) is Ended.STOPPED  # and nothing is left behind


def test_others_may_collect_while_it_watches(day: Day) -> None:
    results: list[Any] = []
    day.at(10, lambda: results.append(campaign.consolidate(day.place, district.DUE, day.now())))

    day.watch(1)

    assert len(results) == 1


@pytest.mark.parametrize("where", ["one_writer", "write_atomically", "Originals", "back_up", "sha256"])
def test_ctrl_c_in_the_middle_of_a_run_leaves_all_whole(
    day: Day, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    met: list[str] = []

    def interrupted(*_: object, **__: object) -> NoReturn:
        met.append(where)
        raise KeyboardInterrupt

    arrives(day.place, "Липовская.xlsx")()
    with monkeypatch.context() as patch:
        patch.setattr(store, where, interrupted)
        assert day.watch() is Ended.STOPPED
    assert met == [where]
    assert day.told[-1] == "Слежение остановлено. Записанное цело."

    again = Day(day.place)
    again.watch(1)
    assert "поступило 1 из 4" in again.told[2]


@pytest.mark.skipif(not hasattr(signal, "SIGTERM") or os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_the_systems_ways_to_end_it_are_as_ctrl_c(day: Day, name: str) -> None:
    before = signal.getsignal(getattr(signal, name))
    day.at(10, lambda: os.kill(os.getpid(), getattr(signal, name)))

    assert day.watch() is Ended.STOPPED
    assert signal.getsignal(getattr(signal, name)) == before


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_what_nohup_ignores_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_by_signals():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


# --- what is in the way


def test_another_run_is_waited_for(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheetsync.store.lock._WAIT_SECONDS", 0)
    held = store.one_writer(store.open_campaign(day.place), day.now(), "purge")
    held.__enter__()
    day.at(100, lambda: held.__exit__(None, None, None))

    day.watch(3)

    assert day.count("работает другой запуск. Соберу, как только он закончит.") == 1
    assert "поступило 0 из 4" in day.told[-2]


def test_a_full_disk_is_told_once_and_the_rest_is_done_later(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def full(_handle: int) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    arrives(day.place, "Липовская.xlsx")()
    monkeypatch.setattr(os, "fsync", full)
    day.at(30 * 60, lambda: monkeypatch.setattr(os, "fsync", real))

    assert day.watch(120) is Ended.STOPPED

    assert day.count("на диске кончилось место") == 1
    assert "поступило 1 из 4" in day.told[-2]


def test_what_nobody_expected_does_not_end_it(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = [RuntimeError("secret of a cell")]

    def consolidate(*arguments: Any, **options: Any) -> Any:
        if failures:
            raise failures.pop()
        return campaign.consolidate(*arguments, google=options["google"])

    monkeypatch.setattr("sheetsync.campaign.watching.running.consolidate_on_screen", consolidate)

    assert day.watch() is Ended.STOPPED
    assert day.count("Неожиданная ошибка: RuntimeError") == 1
    assert day.count("secret") == 0
    assert "поступило 0 из 4" in day.told[-2]


@pytest.mark.usefixtures("nobody_answers")
def test_of_a_workbook_open_elsewhere_a_new_one_lies_beside_after_ten_minutes(day: Day) -> None:
    """Nobody here can reach it: no file beside it at once, and after it is closed no second copy."""
    mark = day.place / f"~${store.open_campaign(day.place).workbook.name}"
    mark.write_bytes(b"")
    day.at(60, arrives(day.place, "Липовская.xlsx"))
    beside = day.place / "Район (новый).xlsm"
    seen: list[bool] = []
    day.at(500, lambda: seen.append(beside.exists()))
    day.at(700, lambda: seen.append(beside.exists()))
    day.at(701, mark.unlink)

    day.watch(20)

    assert seen == [False, True]
    assert day.count("Соберу, когда её закроют") == 1
    assert day.count("Районную книгу закрыли: проверяю, всё ли в ней.") == 1
    assert "поступило 1 из 4" in day.told[-2]


def test_the_workbook_on_the_screen_gets_what_arrives_and_the_file_when_it_is_closed(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by the button: new answers appear before the coordinator, who saves or does not."""
    path = office.workbook(day.place)
    mark = path.with_name(f".~lock.{path.name}#")
    mark.write_text("Иванова,,;", encoding="utf-8")
    shown, before = OpenBook.opened(path), office.data(day.place)

    @contextlib.contextmanager
    def found(_path: Path) -> Iterator[OpenBook]:
        yield shown

    monkeypatch.setattr("sheetsync.campaign.pressing.found_open", found)
    day.at(60, arrives(day.place, "Липовская.xlsx"))
    seen: list[bytes] = []
    day.at(200, lambda: seen.append(office.data(day.place)))
    day.at(201, mark.unlink)

    day.watch(10)

    assert seen == [before]
    assert "Сделано в полном объёме." in answers(shown.to_bytes())
    assert "Сделано в полном объёме." in answers(office.data(day.place))
    assert day.count("Книга не сохранена: сохраните её (Ctrl+S).") == 2  # as it began, as the copy came
    assert day.count("Районную книгу закрыли: проверяю, всё ли в ней.") == 1
    assert not day.told[-2].endswith("(Ctrl+S).")


def answers(data: bytes) -> str:
    return str(ExcelFile.from_bytes(data).read_table(ENTRIES.name))


# --- one round


@pytest.mark.parametrize("quiet", [True, False])
def test_one_round_for_a_scheduler_ends_by_itself(
    place: Path, quiet: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    if quiet:
        for code in ("S01", "S02", "S03"):
            arrives(place, f"{code}.xlsx", code)()

    code = cli.run(["watch", "--once", str(place)])

    said = capsys.readouterr()
    assert code in {0, 1}
    assert said.out == ""
    assert DONE in said.err


def test_one_round_that_could_not_be_done_has_the_code_of_a_failure(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> NoReturn:
        raise store.DiskRefused("На диске кончилось место.")

    monkeypatch.setattr("sheetsync.campaign.watching.running.consolidate_on_screen", full)

    assert cli.run(["watch", "--once", str(place)]) == 2
    assert capsys.readouterr().err.count("На диске кончилось место.") == 1


@pytest.mark.usefixtures("nobody_answers")
def test_one_round_beside_an_open_workbook_waits_for_nobody(place: Path) -> None:
    (place / f"~${store.open_campaign(place).workbook.name}").write_bytes(b"")
    day = Day(place)

    assert day.watch(once=True) is Ended.NEEDS_USER
    assert (place / "Район (новый).xlsm").exists()


# --- with real events


def test_events_of_a_folder_that_comes_and_goes(tmp_path: Path) -> None:
    folder = tmp_path / "Получено"
    events = FolderEvents(folder)
    try:
        assert not events.wait(0.01)
        (folder / "Школа").mkdir(parents=True)
        assert events.wait(60)
        (folder / "Школа" / "a.xlsx").write_bytes(b"a")
        assert any(events.wait(60) for _ in range(20))
        shutil.rmtree(folder)
        (folder / "Другая").mkdir(parents=True)
        assert any(events.wait(0.01) for _ in range(20))
    finally:
        events.close()


class Program:
    """``sheetsync watch`` as a process of its own; lines come as it says them."""

    def __init__(self, place: Path) -> None:
        command = [sys.executable, "-m", "sheetsync", "watch", str(place)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
        self._lines: Queue[str] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(line)

    def until(self, words: str) -> str:
        """The next line with these words."""
        while True:
            line = self._lines.get(timeout=60)
            if words in line:
                return line

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=10)
        self._reader.join()
        return code

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stderr is not None
        self.process.stderr.close()


@pytest.fixture
def program(place: Path) -> Iterator[Program]:
    program = Program(place)
    yield program
    program.close()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C of another process is otherwise there")
def test_the_command_sees_a_copy_arrive_and_ends_by_ctrl_c(program: Program, place: Path) -> None:
    assert "поступило 0 из 4" in program.until(DONE)

    arrives(place, "Липовская.xlsx")()

    assert "Липовская.xlsx" in program.until("новое (1)")
    assert "поступило 1 из 4" in program.until(DONE)
    assert program.end() == 0
    program.until("Слежение остановлено.")
