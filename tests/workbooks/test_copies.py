"""A school drops some file into Получено: it becomes a book or a finding, and the run goes on."""

from __future__ import annotations

import io
import random
import socket
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from attacks import (
    ATTACKS,
    HARMLESS,
    NOTED,
    Attack,
    ods,
    ods_table,
    ole,
    row_xml,
    sheet_xml,
    with_sheet,
    workbook,
)
from markdown_book import book_from, markdown_of, xlsx_from
from sheetsync.findings import advice_of, fact_of
from sheetsync.intake.limits import Reason
from sheetsync.workbooks import child, copies
from sheetsync.workbooks.child import Failure, Worker
from sheetsync.workbooks.copies import OpenedCopy, open_copy


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a copy made the program open a socket")

    monkeypatch.setattr(socket, "socket", refuse)


@pytest.fixture
def impatient() -> Iterator[Worker]:
    worker = Worker(deadline=0.2)
    yield worker
    worker.close()


# --- what is refused, what is read --------------------------------------------------------------


@cache
def opened(attack: Attack) -> OpenedCopy:
    """The file opened, once for all tests that ask."""
    return open_copy(attack.make.__wrapped__(), f"{attack.name}.xlsx")


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.name)
def test_a_bad_file_ends_in_its_own_finding(
    attack: Attack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    copy = opened(attack)

    assert copy.book is None
    assert [finding.code for finding in copy.findings] == [attack.code]
    assert attack.says in fact_of(copy.findings[0])
    assert advice_of(copy.findings[0])
    assert copy.findings[0].origin.file == f"{attack.name}.xlsx"
    assert not list(tmp_path.iterdir()), "nothing is written beside"


def test_every_reason_of_refusal_is_met_by_an_attack() -> None:
    """A reason nobody can cause is dead code: its words stand in the finding of some attack."""
    said = [fact_of(finding) for attack in ATTACKS for finding in opened(attack).findings]
    beyond_words = {Reason.FILE_TOO_BIG, Reason.ENCRYPTED, Reason.EMPTY, Reason.NOT_A_WORKBOOK}

    unmet = {
        reason
        for reason in set(Reason) - beyond_words
        if not any(all(piece in one for piece in reason.value[1].split("{}")) for one in said)
    }

    assert unmet == set()


@pytest.mark.parametrize("attack", HARMLESS, ids=lambda one: one.name)
def test_an_odd_but_honest_file_is_read_whole(attack: Attack) -> None:
    copy = open_copy(attack.make(), "копия.xlsx")

    assert copy.findings == ()
    assert copy.book is not None
    assert copy.book.sheets[0].at(1, 1).text in ("план", "x", "да")


@pytest.mark.parametrize("attack", NOTED, ids=lambda one: one.name)
def test_a_file_with_macros_is_read_and_said_so(attack: Attack) -> None:
    copy = open_copy(attack.make(), "копия.xlsm")

    assert [finding.code for finding in copy.findings] == [attack.code]
    assert copy.book is not None
    assert copy.book.has_macros
    assert copy.book.sheets[0].at(1, 1).text in ("план", "да")


def test_an_honest_form_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)

    assert open_copy(xlsx_from("| № | Мероприятие |\n| 1 | Педсовет |"), "копия.xlsx").findings == ()


def test_a_workbook_with_macros_is_read_as_data() -> None:
    parts = zipfile.ZipFile(io.BytesIO(workbook()))
    types = (
        parts.read("[Content_Types].xml")
        .decode()
        .replace(
            "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
            "vnd.ms-excel.sheet.macroEnabled.main",
        )
    )
    data = workbook({"[Content_Types].xml": types}, more=[("xl/vbaProject.bin", b"Sub Auto_Open()")])

    copy = open_copy(data, "копия.xlsm")

    assert [finding.code for finding in copy.findings] == ["F107"]
    assert copy.book is not None
    assert copy.book.has_macros
    assert copy.book.sheets[0].at(1, 1).text == "план"


# --- the second reader --------------------------------------------------------------------------


def test_a_copy_our_reader_stumbles_over_is_read_by_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise KeyError("r:id")

    monkeypatch.setattr(copies, "read_book", stumble)
    grid = "## Отчёт\n| № | Мероприятие |\n| `1` | Педсовет |\n| `2.5` | `2023-03-01` |\n## Ещё [hidden]\n|  | `ИСТИНА` |"

    copy = open_copy(xlsx_from(grid), "копия.xlsx")

    assert [finding.code for finding in copy.findings] == ["F112"]
    assert copy.book is not None
    assert markdown_of(copy.book) == markdown_of(book_from(grid))


def test_a_text_that_is_missing_from_the_file_does_not_lose_the_rest() -> None:
    """A cell points beyond the shared strings: our reader will not guess."""
    data = with_sheet(row_xml(1, "план") + '<row r="2"><c r="A2" t="s"><v>7</v></c></row>')

    copy = open_copy(data, "копия.xlsx")

    assert [finding.code for finding in copy.findings] in (["F112"], ["F105"])


def test_an_unexpected_error_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(copies, "inspect", fail)

    copy = open_copy(workbook(), "копия.xlsx")

    assert copy.book is None
    assert [(one.code, one.params) for one in copy.findings] == [("X999", (("what", "ZeroDivisionError"),))]


def test_an_old_workbook_that_cannot_be_read_is_called_damaged() -> None:
    copy = open_copy(ole("Workbook"), "старый.xls")

    assert copy.book is None
    assert [finding.code for finding in copy.findings] == ["F105"]


def test_the_worker_is_reused_and_started_again_after_a_death() -> None:
    """Two values in opposite corners make the library abort the whole process (calamine #693)."""
    corners = with_sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    worker = Worker()
    try:
        assert not isinstance(worker.read_values(workbook()), Failure)
        first = worker._process
        assert not isinstance(worker.read_values(workbook()), Failure)
        assert worker._process is first

        assert worker.read_values(corners) in (Failure.DIED, Failure.UNREADABLE)
        assert not isinstance(worker.read_values(workbook()), Failure)
    finally:
        worker.close()


def test_a_file_that_takes_too_long_is_given_up(impatient: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(process: subprocess.Popen[bytes], *_: object) -> None:
        process.wait(5)

    child.values_apart.cache_clear()
    monkeypatch.setattr(child, "_exchange", hang)
    monkeypatch.setattr(child, "worker", lambda: impatient)

    copy = open_copy(ole("Workbook"), "старый.xls")

    assert [fact_of(finding) for finding in copy.findings] == ["Файл не удалось прочитать за 0.2 с."]


# --- mutants of honest copies -------------------------------------------------------------------

HONEST = {
    "xlsx": xlsx_from(
        "| № | Мероприятие ^[ой] | [да](https://a.example/) |\n| `1` | Педсовет | `2023-03-01` |"
    ),
    "ods": ods(
        ods_table(
            "<table:table-row><table:table-cell office:value-type='string'><text:p>да</text:p></table:table-cell></table:table-row>"
        )
    ),
}


@pytest.mark.parametrize("kind", HONEST)
def test_flipped_bits_end_in_a_book_or_a_known_finding(kind: str) -> None:
    source = random.Random(20230301)
    for _ in range(150):
        data = bytearray(HONEST[kind])
        for _ in range(source.randint(1, 4)):
            data[source.randrange(len(data))] ^= 1 << source.randrange(8)

        copy = open_copy(bytes(data), "копия")

        assert copy.book is not None or copy.findings
        assert "X999" not in {finding.code for finding in copy.findings}


def test_shuffled_and_dropped_elements_end_in_a_book_or_a_known_finding() -> None:
    source = random.Random(20230302)
    whole = sheet_xml("".join(row_xml(number, "план") for number in range(1, 6)))
    for _ in range(150):
        pieces = whole.replace("><", ">\0<").split("\0")
        place, action = source.randrange(len(pieces)), source.choice(["drop", "double", "swap"])
        if action == "drop":
            del pieces[place]
        elif action == "double":
            pieces.insert(place, pieces[place])
        else:
            pieces[place], pieces[-place] = pieces[-place], pieces[place]

        copy = open_copy(workbook({"xl/worksheets/sheet1.xml": "".join(pieces)}), "копия")

        assert copy.book is not None or copy.findings
        assert "X999" not in {finding.code for finding in copy.findings}
