"""A child's name a school typed stands in the kept original and in the workbook: nowhere else.

Names are planted wherever text can stand; then everything a run leaves is searched, the journal's
tables and pages included.
"""

from __future__ import annotations

import io
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import coordinator
import district_fixture as district
import openpyxl
import pytest
from coordinator import decide, edit
from openpyxl.comments import Comment

from sheetsync import cli, store
from sheetsync.campaign import copy_reading

CHILDREN = (
    "Зимородкова",
    "Пустельгин",
    "Камышовкина",
    "Чечёткин",
    "Овсянкина",
    "Вяхирев",
    "Свиристелева",
    "Поползнев",
    "Крапивникова",
    "Трясогузов",
    "Юрковская",
    "Мухоловкин",
)
"""Invented surnames, each in its own hiding place."""


@pytest.fixture
def planted(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A campaign whose copies hold the names; one file makes the program stumble over what it says."""
    child = iter(CHILDREN)
    answer = {
        "status": f"выполнено, {next(child)}",
        "done_on": f"в мае, {next(child)}",
        "info": f"Занимался {next(child)} Пётр, 7Б",
        "document": f"справка № 2 ({next(child)})",
        "link": f"https://lipki.example/{next(child)}.pdf",
        "reason": f"=болел {next(child)}",
    }

    def hide(sheet: Any) -> None:
        columns, header = district.header_of(sheet)
        sheet.cell(header + 2, columns["info"]).comment = Comment(f"видел {next(child)}", "автор")
        sheet.cell(header + 2, columns["link"]).hyperlink = f"https://lipki.example/?{next(child)}"
        sheet.cell(sheet.max_row + 4, 3).value = f"вне плана: {next(child)}"
        sheet.parent.create_sheet("Список")["B2"] = next(child)

    district.receive(place, "S01.xlsx", district.filled(place, "S01", {"1.1": answer}, hide))
    other = {"1.1": {**answer, "info": f"Занимался {next(child)}"}}
    district.receive(place, "ещё S01.xlsx", district.filled(place, "S01", other))
    district.receive(place, "спотыкается.xlsx", stumbling(next(child)))
    real = copy_reading.received

    def stumble(data: bytes, *rest: Any) -> Any:
        found = real(data, *rest)
        if b"stumble" in data:
            raise ValueError(f"invalid literal: {CHILDREN[-1]}") from KeyError(CHILDREN[-1])
        return found

    monkeypatch.setattr(copy_reading, "received", stumble)
    return place


def stumbling(child: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = child
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue() + b"stumble"


def test_what_runs_leave_holds_no_name(planted: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "consolidate", planted, "--as-of", "2026-06-15")
    edit(planted, lambda book: decide(book, "Липовская СОШ", "1.2", "на доработку", f"А {CHILDREN[0]}?"))
    run(capfd, "consolidate", planted, "--as-of", "2026-06-15")
    run(capfd, "consolidate", planted, "--as-of", "2026-06-16", "--dry-run")
    run(capfd, "check", planted / store.RECEIVED_FOLDER / "S01.xlsx")
    run(capfd, "history", planted)
    run(capfd, "purge", planted, "--before", "2027-01-01")

    assert names_in(planted, {}) == {}
    assert (planted / store.STATE_FOLDER / "errors").is_dir()
    assert [child for child in CHILDREN if child in str(coordinator.rows(planted, "tbl_journal"))] == []
    assert len(list(planted.glob("Акт*"))) == 1


def run(capfd: pytest.CaptureFixture[str], *arguments: object) -> None:
    """A command that ends as it should; what it tells the coordinator may quote copies."""
    assert cli.run([str(one) for one in arguments]) in {0, 1}
    capfd.readouterr()


def names_in(place: Path, found: dict[str, set[str]]) -> dict[str, set[str]]:
    """Names in the state folder, in its database cell by cell, and in acts; by where they stand."""
    state = place / store.STATE_FOLDER
    kept = (state / "originals", state / "backups")
    files = [
        path for path in state.rglob("*") if path.is_file() and not any(one in path.parents for one in kept)
    ]
    texts = {path.name: path.read_bytes() for path in files}
    texts |= {
        path.name: b"".join(coordinator.parts(path.read_bytes()).values()) for path in place.glob("Акт*")
    }
    texts |= {"таблицы журнала": dump(state / "journal.sqlite")}
    for name, data in texts.items():
        for child in CHILDREN:
            forms = (child.encode(), child.encode("utf-16-le"), ascii(child)[1:-1].encode())
            if any(form in data for form in forms):
                found.setdefault(name, set()).add(child)
    return found


def dump(path: Path) -> bytes:
    with closing(sqlite3.connect(path)) as journal:
        return "\n".join(journal.iterdump()).encode()


def test_a_remark_whose_row_is_gone_is_the_one_text_the_journal_keeps(place: Path) -> None:
    """Nothing else keeps it: when the row leaves the plan, the workbook shows it from the journal."""
    coordinator.send(place, "S02")
    coordinator.press(place, 1)
    edit(place, lambda book: decide(book, "Кленовская ООШ", "1.2", "принято", f"Спасибо, {CHILDREN[0]}"))
    coordinator.press(place, 2)
    assert names_in(place, {}) == {}

    edit(place, lambda book: coordinator.drop_rows(book["План"], "1.2"))
    coordinator.press(place, 3)

    assert names_in(place, {}).keys() == {"journal.sqlite", "таблицы журнала"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such rights")
def test_only_the_owner_looks_into_what_is_kept(planted: Path, capfd: pytest.CaptureFixture[str]) -> None:
    state = planted / store.STATE_FOLDER
    state.chmod(0o755)
    run(capfd, "consolidate", planted, "--as-of", "2026-06-15")
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (state / "originals").rglob("*")}

    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert stat.S_IMODE((state / "originals").stat().st_mode) == 0o700
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o400}
    assert stat.S_IMODE((state / "fingerprints.key").stat().st_mode) == 0o600
