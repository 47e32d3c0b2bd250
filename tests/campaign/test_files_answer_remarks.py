"""A school asked for a scan sends just the scan: the remark is answered though no cell changed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import district_fixture as district
from coordinator import decide, edit, entries, press, send

from sheetsync import store

SCHOOL = "Липовская СОШ"
SCAN, ANOTHER = b"%PDF-1.7 1", b"%PDF-1.7 2"
MENDED, REWORK, ACCEPTED = "исправлено, ждёт проверки", "на доработке", "принято"


def decided(place: Path, verdict: str, remark: str) -> None:
    edit(place, lambda book: decide(book, SCHOOL, "1.2", verdict, remark))


def scan(place: Path, data: bytes = SCAN, name: str = "1.2 скан.pdf") -> None:
    district.receive(place, f"S01/{name}", data)


def review(place: Path) -> str:
    return entries(place)[SCHOOL, "1.2"]["Проверка района"]


def test_a_scan_alone_answers_a_remark_until_the_next_decision(place: Path) -> None:
    send(place, "S01", "S01/отчёт.xlsx")
    press(place)
    decided(place, "на доработку", "Приложите скан")
    press(place, 1)
    assert review(place) == REWORK

    scan(place)
    press(place, 2)
    assert review(place) == MENDED
    press(place, 3)
    assert review(place) == MENDED

    decided(place, "на доработку", "Скан не читается")
    press(place, 4)
    assert review(place) == REWORK

    scan(place, ANOTHER)
    press(place, 5)
    assert review(place) == MENDED


def test_a_scan_that_lay_there_when_it_was_decided_answers_nothing(place: Path) -> None:
    send(place, "S01", "S01/отчёт.xlsx")
    scan(place)
    press(place)
    decided(place, "на доработку", "Нужен протокол")
    press(place, 1)
    scan(place, SCAN, "1.2 тот же скан.pdf")
    press(place, 2)

    assert review(place) == REWORK


def test_an_accepted_answer_stays_accepted_with_one_more_file(place: Path) -> None:
    send(place, "S01", "S01/отчёт.xlsx")
    press(place)
    decided(place, "принято", "")
    press(place, 1)
    scan(place)
    press(place, 2)

    assert review(place) == ACCEPTED


def test_decisions_of_an_earlier_program_count_files_from_its_successor_s_first_run(place: Path) -> None:
    send(place, "S01", "S01/отчёт.xlsx")
    scan(place)
    press(place)
    decided(place, "на доработку", "Нужен протокол")
    press(place, 1)
    with closing(sqlite3.connect(store.Campaign(place).journal)) as journal, journal:
        as_before_files_were_seen(journal)

    press(place, 2)
    assert review(place) == REWORK
    scan(place, ANOTHER, "1.2 протокол.pdf")
    press(place, 3)
    assert review(place) == MENDED


def as_before_files_were_seen(journal: sqlite3.Connection) -> None:
    """A journal of today as the program before the last two steps kept it."""
    journal.execute(
        "CREATE TABLE answers (participant TEXT NOT NULL, activity TEXT NOT NULL, fingerprint TEXT NOT NULL,"
        " PRIMARY KEY (participant, activity))"
    )
    for code, said in journal.execute("SELECT participant, rows FROM said").fetchall():
        rows = [(code, activity, answer) for activity, (answer, _) in json.loads(said).items()]
        journal.executemany("INSERT INTO answers VALUES (?, ?, ?)", rows)
    journal.execute("DROP TABLE said")
    journal.execute("DROP TABLE version_batches")
    journal.execute("ALTER TABLE judged DROP COLUMN files")
    (steps,) = journal.execute("PRAGMA user_version").fetchone()
    journal.execute(f"PRAGMA user_version = {steps - 2}")
