"""The command «accept»: what is done and confirmed is accepted in one go, and given back."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import pytest
from click.testing import CliRunner

from open_book import OpenBook
from sheetsync import campaign, store
from sheetsync.campaign import AcceptResult
from sheetsync.cli import commands
from sheetsync.columns import ENTRIES, JOURNAL
from sheetsync.journal.bulk import BulkJournal
from sheetsync.merge.acceptable import Left
from sheetsync.model import Event, ReviewState

ACCEPTED, REWORK, UNDECIDED = ENTRIES.column("decision").choices
DECISION = ENTRIES.column("decision").header


def differently(place: Path) -> dict[str, district.Answer]:
    """The same answers of the first school, one of them in other words."""
    answers = district.confirmed(place, "S01")
    return {**answers, "1.1": {**answers["1.1"], "info": "Назначен приказом по школе."}}


@pytest.fixture(scope="module")
def begun(issued: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports: the first all good, in the second a row in work and one without a document."""
    place = Path(shutil.copytree(issued, tmp_path_factory.mktemp("begun") / issued.name))
    office.send(place, "S01", answers=district.confirmed(place, "S01"))
    answers = district.confirmed(place, "S02")
    answers |= {
        "1.1": {"status": "в работе", "info": "Готовим приказ."},
        "1.2": {**answers["1.2"], "document": ""},
    }
    office.send(place, "S02", answers=answers)
    office.press(place)
    return place


@pytest.fixture
def come(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / begun.name))


def accept(place: Path, minute: int = 1, **asked: Any) -> AcceptResult:
    return campaign.accept_sufficient(place, datetime(2026, 6, 15, 9, minute), **asked)


def verdicts(place: Path, code: str) -> dict[str, str]:
    """What stands in «Решение» of a participant, by the number of the row."""
    name = next(one.short_name for one in district.plan_of(place).participants if one.code == code)
    return {number: row[DECISION] for (who, number), row in office.entries(place).items() if who == name}


def decide(place: Path, code: str, number: str, verdict: str, remark: str = "") -> None:
    name = next(one.short_name for one in district.plan_of(place).participants if one.code == code)
    office.edit(place, lambda book: office.decide(book, name, number, verdict, remark))


def lines(place: Path, event: Event) -> list[dict[str, str]]:
    return [row for row in office.rows(place, JOURNAL.name) if row[JOURNAL.column("event").header] == event]


# --- accepting


def test_what_is_done_and_confirmed_is_accepted(come: Path) -> None:
    """The rest is left, and it is said why."""
    result = accept(come)

    assert set(verdicts(come, "S01").values()) == {ACCEPTED}
    second = verdicts(come, "S02")
    assert (second.pop("1.1"), second.pop("1.2"), set(second.values())) == ("", "", {ACCEPTED})
    assert result.rows == {"S01": 5, "S02": 3}
    assert result.left == {Left.NOT_DONE: 1, Left.UNCONFIRMED: 1}
    told = lines(come, Event.ACCEPTED)
    assert [one[JOURNAL.column("note").header] for one in told] == [
        "принято ответов: 3",
        "принято ответов: 5",
    ]


def test_words_of_the_coordinator_stay(come: Path) -> None:
    """A row with a remark, sent back or mended after it is not touched."""
    decide(come, "S01", "1.1", REWORK, "Приложите приказ")
    decide(come, "S01", "1.2", "", "Где справка?")
    decide(come, "S01", "2.1", UNDECIDED)
    office.press(come, 1)
    office.send(come, "S01", "ещё.xlsx", differently(come))

    result = accept(come, 2)

    found = verdicts(come, "S01")
    assert (found["1.1"], found["1.2"], found["2.1"]) == (REWORK, "", ACCEPTED)
    assert (result.left[Left.MENDED], result.left[Left.REWORK]) == (1, 1)


def test_a_copy_that_has_just_come_is_accepted_as_it_is_now(come: Path) -> None:
    """Nobody collected in between: the decision is made on the new answer, not on the one shown before."""
    office.send(come, "S01", "новая.xlsx", differently(come))

    accept(come)
    office.press(come, 2)

    header = ENTRIES.column("review").header
    assert {row[header] for row in office.entries(come).values()} & {ReviewState.CHANGED} == set()


def test_of_one_school(come: Path) -> None:
    result = accept(come, school="s02")

    assert set(result.rows) == {"S02"}
    assert set(verdicts(come, "S01").values()) == {""}


def test_a_school_nobody_knows(come: Path) -> None:
    with pytest.raises(store.StoreError, match="«Дубровская СОШ» нет"):
        accept(come, school="Дубровская СОШ")


def test_a_dry_run_counts_and_writes_nothing(come: Path) -> None:
    before = office.data(come)

    assert accept(come, dry_run=True).count == 8
    assert office.data(come) == before
    assert accept(come, undo=True).count == 0


def test_nothing_to_accept_changes_nothing(come: Path) -> None:
    accept(come)
    before = office.data(come)

    assert accept(come, 2).count == 0
    assert office.data(come) == before


def test_the_workbook_on_the_screen(come: Path) -> None:
    """Written where people look; the file on the disk is theirs to save."""
    before = office.data(come)
    book = OpenBook.opened(office.workbook(come))

    result = accept(come, workbook=book)

    table = book.read_table(ENTRIES.name)
    column = table.headers.index(DECISION)
    assert result.count == [row[column].text for row in table.rows].count(ACCEPTED) == 8
    assert office.data(come) == before


def test_a_workbook_open_elsewhere_is_not_written(come: Path) -> None:
    (come / f".~lock.{store.NEW_WORKBOOK_NAME}#").write_text(",user,host,15.06.2026 09:00,file;")

    with pytest.raises(store.StoreError, match="открыта в другой программе"):
        accept(come)


# --- taking back


def test_the_last_acceptance_is_taken_back_and_then_the_one_before(come: Path) -> None:
    accept(come, 1, school="S01")
    accept(come, 2)

    last = accept(come, 3, undo=True)
    first = accept(come, 4, undo=True)
    nothing = accept(come, 5, undo=True)

    assert (last.rows, first.rows, nothing.rows) == ({"S02": 3}, {"S01": 5}, {})
    assert set(verdicts(come, "S01").values()) | set(verdicts(come, "S02").values()) == {""}
    assert len(lines(come, Event.UNDONE)) == 2


def test_what_the_coordinator_changed_since_stays(come: Path) -> None:
    decide(come, "S01", "2.1", UNDECIDED)
    accept(come)
    decide(come, "S01", "1.1", REWORK, "Нет подписи")
    decide(come, "S01", "1.2", ACCEPTED, "Образцово")

    result = accept(come, 2, undo=True)

    found = verdicts(come, "S01")
    assert (found["1.1"], found["1.2"], found["2.1"], found["2.2"]) == (REWORK, ACCEPTED, UNDECIDED, "")
    assert (result.count, result.kept) == (6, 2)


def test_taken_back_for_one_school_the_rest_waits_its_turn(come: Path) -> None:
    accept(come)

    one = accept(come, 2, undo=True, school="S02")
    rest = accept(come, 3, undo=True)

    assert (one.rows, rest.rows) == ({"S02": 3}, {"S01": 5})


def test_an_answer_that_changed_after_it_was_accepted_is_told_like_any(come: Path) -> None:
    accept(come)
    office.send(come, "S01", "новая.xlsx", differently(come))

    assert "M703" in office.codes(office.press(come, 2))


# --- at the command line


def test_the_words_of_the_command(come: Path) -> None:
    runner = CliRunner()

    told = [runner.invoke(commands, ["accept", str(come), *more]) for more in ([], ["--undo"], ["--undo"])]

    assert [one.exit_code for one in told] == [0, 0, 0]
    assert "Принято ответов: 8." in told[0].output
    assert "подтверждения нет, оно слабое или вызывает вопрос — 1" in told[0].output
    assert "Отменено решений «принято»: 8." in told[1].output
    assert "Отменять нечего" in told[2].output


def test_taking_back_of_which_a_full_disk_tells_the_journal_nothing_is_done_and_said(
    come: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    accept(come)
    with monkeypatch.context() as patch:
        patch.setattr(BulkJournal, "forget", no_room)
        result = accept(come, 2, undo=True)

    assert [one.code for one in result.findings if one.code == "S833"] == ["S833"]
    assert ACCEPTED not in verdicts(come, "S01").values()
    again = accept(come, 3, undo=True)
    assert (again.count, "S833" in [one.code for one in again.findings]) == (0, False)
