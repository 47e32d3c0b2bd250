"""The coordinator asks who changed what: «было → стало», when, from which file."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import coordinator
import district_fixture as district
import pytest
from coordinator import decide, edit, press, press_whole, send

from sheetsync import campaign, cli, store
from sheetsync.campaign import Change
from sheetsync.campaign.versions import Recorder
from sheetsync.columns import INDICATORS

EARLIER_SCHEMA = """
CREATE TABLE copies (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, run INTEGER NOT NULL, received_on TEXT NOT NULL);
CREATE TABLE forms (participant TEXT NOT NULL, issue INTEGER NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL,
    plan_digest TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (participant, issue));
CREATE TABLE answers (participant TEXT NOT NULL, activity TEXT NOT NULL, fingerprint TEXT NOT NULL,
    PRIMARY KEY (participant, activity));
CREATE TABLE decisions (participant TEXT NOT NULL, activity TEXT NOT NULL, verdict TEXT NOT NULL,
    remark TEXT NOT NULL, fingerprint TEXT NOT NULL, PRIMARY KEY (participant, activity));
CREATE TABLE orphans (participant TEXT NOT NULL, activity TEXT NOT NULL, row TEXT NOT NULL, text TEXT NOT NULL,
    sheet TEXT NOT NULL, cell TEXT NOT NULL, PRIMARY KEY (participant, activity, row, text, sheet, cell));
CREATE TABLE events (run INTEGER NOT NULL, at TEXT NOT NULL, event TEXT NOT NULL, participant TEXT NOT NULL,
    file TEXT NOT NULL, note TEXT NOT NULL);
"""
"""The journal as the first program made it."""


def answers(place: Path, code: str, number: str, **changed: object) -> dict[str, district.Answer]:
    good = district.all_good(place, code)
    return {**good, number: {**good[number], **changed}}


def told(changes: tuple[Change, ...], column: str) -> list[tuple[str | None, str | None]]:
    return [(one.was.text, one.became.text) for one in changes if one.column == column]


def journal_bytes(place: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (place / store.STATE_FOLDER).glob("journal*"))


def test_an_answer_sent_again_is_told_with_both_files(place: Path) -> None:
    send(place, "S01", "первый.xlsx", answers(place, "S01", "1.2", status="в работе", info="Начали в марте."))
    press(place, 1)
    send(
        place, "S01", "второй.xlsx", answers(place, "S01", "1.2", status="выполнено", info="Справка готова.")
    )
    press(place, 2)

    changes = campaign.history(place, "Липовская СОШ", "1.2")
    last = [one for one in changes if one.column == "Информация об исполнении"][-1]

    assert told(changes, "Статус") == [(None, "в работе"), ("в работе", "выполнено")]
    assert (last.was.text, last.became.text) == ("Начали в марте.", "Справка готова.")
    assert (last.origin.file, last.gave_way.file) == ("второй.xlsx", "первый.xlsx")
    assert last.origin.sheet == "Отчёт"
    assert last.origin.cell
    assert [one.run for one in changes] == sorted(one.run for one in changes)
    assert last.at.minute == 2


def test_a_run_that_changes_nothing_adds_nothing(place: Path) -> None:
    send(place, "S01")
    press(place, 1)
    before = campaign.history(place)

    press(place, 2)

    assert campaign.history(place) == before
    assert before


def test_two_copies_that_disagree_are_told_as_a_conflict(place: Path) -> None:
    send(place, "S01", "а.xlsx", answers(place, "S01", "1.1", info="Назначили в январе."))
    send(place, "S01", "б.xlsx", answers(place, "S01", "1.1", info="Назначили в феврале."))
    press(place, 1)
    press(place, 2)

    (conflict,) = [one for one in campaign.history(place, "S01") if one.kind == "conflict"]

    assert {conflict.origin.file: conflict.became.text, conflict.gave_way.file: conflict.was.text} == {
        "а.xlsx": "Назначили в январе.",
        "б.xlsx": "Назначили в феврале.",
    }


def test_decisions_and_remarks_are_told_though_the_journal_has_no_words_of_theirs(place: Path) -> None:
    send(place, "S02")
    press(place, 1)
    edit(
        place,
        lambda book: decide(book, "Кленовская ООШ", "1.2", "на доработку", "Где справка о Зимородкове?"),
    )
    press(place, 2)
    edit(place, lambda book: decide(book, "Кленовская ООШ", "1.2", "принято", "Справка есть"))
    press(place, 3)

    changes = campaign.history(place, "Кленовская", "1.2")

    assert told(changes, "Решение") == [(None, "на доработку"), ("на доработку", "принято")]
    assert told(changes, "Замечание района") == [
        (None, "Где справка о Зимородкове?"),
        ("Где справка о Зимородкове?", "Справка есть"),
    ]
    assert "Зимородков".encode() not in journal_bytes(place)
    assert "Справка есть".encode() not in journal_bytes(place)


def test_a_copy_taken_away_leaves_nothing_and_history_says_so(place: Path) -> None:
    send(place, "S01", "отчёт.xlsx")
    press(place, 1)
    (place / store.RECEIVED_FOLDER / "отчёт.xlsx").unlink()
    assert "S832" in coordinator.codes(press(place, 2))
    assert "S832" not in coordinator.codes(press(place, 3))

    last = [one for one in campaign.history(place, "S01", "1.1") if one.column == "Статус"][-1]

    assert (last.was.text, last.became.text) == ("выполнено", None)
    assert last.gave_way.file == "отчёт.xlsx"


def test_facts_of_targets_have_a_history(place: Path) -> None:
    target = {"Показатель": "Доля успевающих", "Единица": "%", "Цель": 80, "Год": 2026}
    edit(place, lambda book: coordinator.add_row(book[INDICATORS.sheet], target))
    campaign.issue_forms(place, district.NOW)
    for minute, share in enumerate((71, 84), 1):
        form = district.filled(place, "S01", {}, change=lambda sheet, share=share: fact(sheet.parent, share))
        district.receive(place, f"{minute}.xlsx", form)
        press(place, minute)

    assert told(campaign.history(place, "S01", "успевающих"), "Факт") == [(None, "71"), ("71", "84")]


def fact(book: object, share: int) -> None:
    sheet = book["Показатели"]  # type: ignore[index]
    column = coordinator.column_of(sheet, "Факт")
    sheet.cell(coordinator.row_of(sheet, "Доля успевающих"), column).value = share


# --- whom and what


def test_every_activity_that_fits_is_told(place: Path) -> None:
    send(place, "S01")
    press(place)

    fitting = {one.number for one in campaign.history(place, "S01", "ШКОЛ")}
    by_key = {one.activity for one in campaign.history(place, activity="2.1.")}

    for told in ("п. 2.1", "п.2.1.", "пункт 2.1", "Мероприятие 2.1", "№ 2.1"):
        assert {one.activity for one in campaign.history(place, activity=told)} == by_key
    assert fitting == {"1.1", "1.2"}
    assert {one.number for one in campaign.history(place, activity=by_key.pop())} == {"2.1"}


@pytest.mark.parametrize("name", ["s01", "МБОУ «Липовская СОШ»", "липовская", "Липовская школа"])
def test_a_school_is_known_by_code_and_by_any_of_its_names(place: Path, name: str) -> None:
    send(place, "S01")
    send(place, "S02", "б.xlsx")
    press(place)

    assert {one.code for one in campaign.history(place, name)} == {"S01"}


@pytest.mark.parametrize(
    ("options", "near"),
    [
        ({"school": "Липавская гимназия"}, "Липовская СОШ"),
        ({"school": "Ъ"}, "Есть:"),
        ({"activity": "Занятия по математеке дополнительные"}, "2.1 Дополнительные занятия по математике"),
        ({"activity": "9.9"}, "Есть:"),
    ],
)
def test_an_unknown_name_is_answered_by_those_alike(place: Path, options: dict[str, str], near: str) -> None:
    with pytest.raises(store.StoreError) as refusal:
        campaign.history(place, **options)

    assert near in str(refusal.value)


def test_the_command_prints_a_story_and_a_plain_list(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    send(place, "S01", "первый.xlsx", answers(place, "S01", "1.2", info="Строка одна."))
    press(place, 1)
    send(place, "S01", "второй.xlsx", answers(place, "S01", "1.2", info="Строка другая."))
    press(place, 2)
    question = ["history", str(place), "--school", "S01", "--activity", "1.2"]

    assert cli.run(question) == 0
    story = capfd.readouterr().out
    assert cli.run([*question, "--json"]) == 0
    listed = json.loads(capfd.readouterr().out)
    change = next(one for one in listed if one["was"])

    assert "Липовская СОШ · 1.2 Самодиагностика" in story
    assert "было «Строка одна.» → стало «Строка другая.»" in story
    assert "Источник: второй.xlsx, Отчёт!" in story
    assert "Уступило: первый.xlsx" in story
    assert set(change) == {
        "at", "run", "kind", "participant", "activity", "number", "column", "was", "was_note", "became",
        "became_note", "file", "sha256", "sheet", "cell", "gave_way",
    }  # fmt: skip
    assert (change["participant"], change["number"], change["file"]) == ("S01", "1.2", "второй.xlsx")
    assert change["gave_way"]["file"] == "первый.xlsx"


def test_a_wrong_school_is_exit_two_with_a_sentence(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["history", str(place), "--school", "Берёзовская"]) == 2
    assert "Участника «Берёзовская» нет." in capfd.readouterr().err


# --- what the journal keeps


def test_an_original_that_is_gone_is_said_not_guessed(place: Path) -> None:
    send(place, "S01")
    press(place)
    for path in (place / store.STATE_FOLDER / "originals").rglob("*"):
        if path.is_file():
            path.unlink()

    assert {one.became.unreadable for one in campaign.history(place, "S01")} == {True}


def test_a_result_saved_beside_is_no_history_until_the_workbook_shows_it(place: Path) -> None:
    send(place, "S01")
    mark = place / f".~lock.{store.NEW_WORKBOOK_NAME}#"
    mark.write_text("Иванова,,;")
    press(place, 1)
    beside = campaign.history(place)
    mark.unlink()

    press(place, 2)

    assert beside == ()
    assert {one.at.minute for one in campaign.history(place)} == {2}


def test_a_run_killed_after_the_workbook_was_written_is_told_by_the_next(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(place, "S01")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Recorder, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            press_whole(place, 1)
    press_whole(place, 2)
    changes = campaign.history(place, "S01", "1.1")

    assert told(changes, "Статус") == [(None, "выполнено")]


def test_a_lost_key_of_fingerprints_makes_no_false_changes(place: Path) -> None:
    send(place, "S01")
    press(place, 1)
    before = campaign.history(place)
    (place / store.STATE_FOLDER / "fingerprints.key").unlink()

    press(place, 2)

    assert campaign.history(place) == before


def test_a_journal_of_the_first_program_is_taken_over(place: Path) -> None:
    """Its decisions stay made on the answers they were made on; remarks leave its pages."""
    send(place, "S02")
    edit(place, lambda book: None)
    press(place, 1)
    edit(place, lambda book: decide(book, "Кленовская ООШ", "1.2", "принято", "Спасибо Зимородковой"))
    press(place, 2)
    as_the_first_program_kept_it(place, "Спасибо Зимородковой")
    assert "Зимородковой".encode() in journal_bytes(place)

    send(place, "S02", "позже.xlsx", answers(place, "S02", "1.2", info="Переделано."))
    result = press(place, 3)

    assert "M703" in coordinator.codes(result)
    assert "Зимородковой".encode() not in journal_bytes(place)
    assert ("Сделано в полном объёме.", "Переделано.") not in told(campaign.history(place), "Статус")
    assert told(campaign.history(place, "S02", "1.2"), "Решение") == [(None, "принято")]


def as_the_first_program_kept_it(place: Path, remark: str) -> None:
    """The journal of today poured back into the tables of the first program."""
    path = store.Campaign(place).journal
    earlier = path.with_name("earlier.sqlite")
    kept = ("copies", "forms", "orphans", "events")
    with closing(sqlite3.connect(path)) as today, closing(sqlite3.connect(earlier)) as before:
        before.executescript(EARLIER_SCHEMA)
        for table in kept:
            columns = ", ".join(row[1] for row in before.execute(f"PRAGMA table_info({table})"))
            for row in today.execute(f"SELECT {columns} FROM {table}").fetchall():
                before.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        for code, said in today.execute("SELECT participant, rows FROM said").fetchall():
            rows = ((code, activity, answer) for activity, (answer, _) in json.loads(said).items())
            before.executemany("INSERT INTO answers VALUES (?, ?, ?)", rows)
        judged = today.execute("SELECT participant, activity, answer FROM judged").fetchall()
        for code, activity, answer in judged:
            words = (code, activity, "принято", remark, answer)
            before.execute("INSERT INTO decisions VALUES (?, ?, ?, ?, ?)", words)
        before.commit()
    earlier.replace(path)


def test_a_journal_of_a_later_program_is_left_alone(place: Path) -> None:
    path = store.Campaign(place).journal
    with closing(sqlite3.connect(path)) as journal:
        journal.execute("PRAGMA user_version = 99")
    before = path.read_bytes()

    with pytest.raises(store.StoreError, match="более новой программой"):
        press(place)
    assert path.read_bytes() == before
