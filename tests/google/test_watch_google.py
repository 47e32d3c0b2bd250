"""A watch over Google: the tick «Собрать сейчас», schools' edits, and Google that is away for hours."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from google_campaign import Story, new_campaign, quick_district
from google_district import GoogleDistrict, google_district
from published_books import OnGoogle
from sign_in_desk import key_file, own_home

from sheetsync import campaign, cli, store
from sheetsync.campaign import Ended
from sheetsync.campaign.files import journal_of
from sheetsync.campaign.watching.schedule import GOOGLE_REST, LIST_EVERY, TICK_EVERY
from sheetsync.columns import PANEL, GoogleCell
from sheetsync.grid import a1
from sheetsync.settings import NO, YES
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble
from sheetsync_emulator.faults import forbidden, reset
from sheetsync_emulator.quota import GOOGLES
from watched_days import Day

READS = "GET /v4/spreadsheets/"
WRITES = "POST .*:batchUpdate"
LISTINGS = "GET /drive/v3/files$"
TICKED = "Поставлена галочка «Собрать сейчас» в районной таблице Google: собираю."


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with quick_district(quotas=GOOGLES) as district:
        yield district


@pytest.fixture
def story(district: GoogleDistrict, tmp_path: Path) -> Story:
    """Two schools with their sheets, the свод shown in Google, all settled."""
    return watched(district, tmp_path)


@pytest.fixture
def day(story: Story) -> Day:
    return Day(story.place, story.district.clock, story.office)


def watched(district: GoogleDistrict, folder: Path) -> Story:
    story = Story(district, new_campaign(folder, 2))
    story.by_google(google_publish=YES)
    story.issue()
    story.consolidate()
    story.later(20)
    district.emulator.log.clear()
    return story


class Tick:
    """«Собрать сейчас» and the line under it, as a person in the browser sees them."""

    def __init__(self, story: Story) -> None:
        with journal_of(story.campaign) as journal:
            file = journal.published.file(story.plan.plan_id)
        assert file is not None
        self._google = OnGoogle(story.district, file)

    def set(self) -> None:
        area = self._google.model.names[GoogleCell.COLLECT_NOW].area
        self._google.typed(PANEL, a1(area.top, area.left), {"boolValue": True})

    @property
    def is_set(self) -> bool:
        return self._google.book.read_named(GoogleCell.COLLECT_NOW).value is True

    @property
    def line(self) -> str:
        return self._google.book.read_named(GoogleCell.OUTCOME).text


# --- the tick


def test_the_tick_is_seen_collected_taken_away_and_answered(story: Story, day: Day) -> None:
    tick = Tick(story)
    day.at(400, lambda: story.type("S01", "1.1", status="в работе"))
    day.at(401, tick.set)
    answered: list[float] = []
    day.at(402 + TICK_EVERY, lambda: answered.append(not tick.is_set))

    assert day.watch(8) is Ended.STOPPED

    assert answered == [True]
    assert tick.line.startswith("Готово 09:")
    assert "поступило 1 из 2" in tick.line
    assert day.count(TICKED) == 1
    assert day.told[-2] == "Ответ записан рядом с галочкой."


def test_the_tick_of_a_run_that_failed_is_answered_with_the_reason(
    story: Story, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise store.DiskRefused("На диске кончилось место.")

    tick = Tick(story)
    tick.set()
    began = day.now()
    with monkeypatch.context() as patch:
        patch.setattr("sheetsync.campaign.watching.running.consolidate_on_screen", full)
        day.watch(5)

    assert not tick.is_set
    assert tick.line == f"{began:%H:%M}: не собрано. На диске кончилось место."
    assert day.count("На диске кончилось место.") == 1


def test_an_answer_google_did_not_take_is_written_when_it_does(story: Story, day: Day) -> None:
    """The tick stays set meanwhile, and is not taken for a new one."""
    tick = Tick(story)
    tick.set()
    day.watch(0.1)
    day.lines.clear()
    tick.set()
    story.district.emulator.faults.append(forbidden(WRITES, times=2))

    Day(story.place, story.district.clock, story.office, day.lines).watch(20)

    assert not tick.is_set
    assert day.count(TICKED) == 1
    assert tick.line.startswith("Готово")


def test_a_tick_left_on_by_a_watch_that_ended_is_seen_by_the_next(story: Story, day: Day) -> None:
    tick = Tick(story)
    tick.set()

    assert day.watch(once=True) is Ended.DONE
    assert not tick.is_set


def test_without_publishing_nobody_looks_for_a_tick(story: Story, day: Day) -> None:
    story.settings(google_publish=NO)
    day.at(100, story.district.emulator.log.clear)

    day.watch(20)

    assert story.district.calls(READS) == 0
    assert story.district.calls(LISTINGS) > 3


def test_google_switched_off_while_it_watches_is_asked_no_more(story: Story, day: Day) -> None:
    day.at(120, lambda: story.settings(google=NO))
    day.at(200, story.district.emulator.log.clear)

    day.watch(10)

    assert story.district.calls() == 0
    assert day.count("За таблицами Google больше не слежу") == 1


# --- quota


def test_an_hour_of_watching_is_a_small_part_of_the_quota(story: Story, day: Day) -> None:
    day.watch(60)

    first_run = 3  # two schools and the district spreadsheet
    assert story.district.calls(READS) <= 3600 / TICK_EVERY + 1 + first_run
    assert story.district.calls(LISTINGS) <= 3600 / LIST_EVERY + 1 + 1
    assert story.district.calls(WRITES) <= 1
    assert story.district.waits == []


def test_an_edit_of_a_school_is_collected_though_nobody_asked(story: Story, day: Day) -> None:
    day.at(600, lambda: story.type("S01", "1.1", status="в работе"))

    day.watch(10 + 2 * LIST_EVERY / 60)

    assert day.count("Таблицы школ в Google изменились: собираю.") == 1
    assert "поступило 1 из 2" in day.told[-2]


def test_a_storm_of_edits_is_one_run_in_some_minutes(story: Story, day: Day) -> None:
    for number in range(20):
        day.at(300 + 45 * number, lambda words=f"Шаг {number}": story.type("S01", "1.1", info=words))

    day.watch(30)

    assert 3 <= day.count("изменились: собираю") <= 900 / GOOGLE_REST + 2
    assert (
        campaign.consolidate(story.place, day.now().date(), day.now(), google=story.office).written_to is None
    )


# --- Google away


def test_no_network_for_hours_is_one_line_and_then_all_goes_on(story: Story, day: Day) -> None:
    hours = reset(".*", times=100_000)
    tick = Tick(story)
    day.at(300, lambda: story.district.emulator.faults.append(hours))
    day.at(3600, story.district.emulator.log.clear)
    asked: list[int] = []
    day.at(3 * 3600, lambda: asked.append(story.district.calls()))
    day.at(3 * 3600 + 1, story.district.emulator.faults.clear)
    day.at(3 * 3600 + 2, tick.set)

    day.watch(4 * 60)

    assert day.count("Google не отвечает") == 1
    assert day.count("Google снова отвечает.") == 1
    assert asked[0] < 200  # polls a quarter of an hour apart, few tries each
    assert not tick.is_set
    assert day.count("Готово") == 2


def test_files_are_collected_while_google_is_away(story: Story, day: Day) -> None:
    story.district.emulator.faults.append(reset(".*", times=100_000))
    day.at(600, lambda: (story.place / store.RECEIVED_FOLDER / "скан.pdf").write_bytes(b"%PDF-1.4"))

    day.watch(20)

    assert day.count("новое (1): скан.pdf. Собираю.") == 1
    assert "нет связи" in day.told[-2]


def test_a_sign_in_that_ran_out_is_told_once_and_a_new_one_is_taken_up(story: Story) -> None:
    """Both in the window and in what came of the run; after ``google login`` nothing need be restarted."""
    is_over = [True]

    def connect() -> object:
        if is_over:
            raise GoogleRefused(GoogleTrouble.EXPIRED)
        return story.district.office

    day = Day(story.place, story.district.clock, connect)
    tick = Tick(story)
    tick.set()
    day.at(3600, is_over.clear)

    day.watch(80)

    told = [line for line in day.told if "Google больше не принимает этот вход" in line]
    assert len(told) == 1
    assert day.count("Google снова отвечает.") == 1
    assert not tick.is_set
    assert tick.line.startswith("Готово")


def test_a_district_sheet_thrown_away_is_told_and_made_anew_with_its_tick(story: Story, day: Day) -> None:
    with journal_of(story.campaign) as journal:
        file = journal.published.file(story.plan.plan_id)
    assert file is not None
    day.at(100, lambda: story.district.office.remove(file))
    day.at(300, lambda: (story.place / store.RECEIVED_FOLDER / "скан.pdf").write_bytes(b"%PDF-1.4"))
    day.at(500, lambda: Tick(story).set())

    day.watch(20)

    assert day.count("Файла в Google нет") == 1
    assert not Tick(story).is_set
    assert Tick(story).line.startswith("Готово")


# --- the whole way


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C of another process is otherwise there")
def test_the_command_answers_the_tick_over_a_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Signed in by the commands a coordinator uses; the process is its own."""
    own_home(tmp_path, monkeypatch)
    with google_district() as district:
        district.clock.now = datetime.now(UTC).timestamp()
        district.trial_environment(monkeypatch)
        key = key_file(tmp_path, district, "office@district.example.org")
        assert cli.run(["google", "login", "--service-account", str(key), "--agree"]) == 0
        story = watched(district, tmp_path)
        tick = Tick(story)
        story.type("S01", "1.1", status="в работе")
        tick.set()

        command = [sys.executable, "-m", "sheetsync", "watch", str(story.place)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
        assert process.stderr is not None
        with process.stderr as lines:
            said = [line for line in iter(lines.readline, "") if _goes_on(line, process)]

        assert process.wait(timeout=10) == 0
        assert "Слежение остановлено. Записанное цело." in said[-1]
        assert sum(TICKED in line for line in said) == 1
        assert not tick.is_set
        assert "поступило 1 из 2" in tick.line


def _goes_on(line: str, process: subprocess.Popen[str]) -> bool:
    """After the answer somebody presses Ctrl+C."""
    if "Ответ записан" in line:
        process.send_signal(signal.SIGINT)
    return True
