"""The command line as a user meets it: exit codes, sentences, one JSON document on stdout."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner

from sheetsync import cli

ORDER = """Отдел образования администрации Тенистого района

ПРИКАЗ

от 12.01.2026 № 8

Об утверждении плана-графика поддержки школ на 2026 год

ПРИКАЗЫВАЮ:

1. Утвердить план-график поддержки школ на 2026 год.
2. Руководителям школ представить информацию об исполнении плана-графика в срок до 15.06.2026.

План-график поддержки школ Тенистого района на 2026 год

№ п/п\tМероприятия\tСроки\tОтветственные
1.\tПодготовка\t\t
1.1.\tНазначение координатора в каждой школе\tДо 01.02.2026\tОО
1.2.\tСамодиагностика школы\tФевраль\tОО

Список школ:
1. МБОУ «Липовская СОШ»;
2. МБОУ «Кленовская ООШ».
"""

CHILD = "Зимородкова Аня, 7Б"
"""What an exception may quote of a cell."""

Said = tuple[int, str, str]


def run(capfd: pytest.CaptureFixture[str], *arguments: object) -> Said:
    """A command with its exit code, stdout and stderr."""
    code = cli.run([str(one) for one in arguments])
    out, err = capfd.readouterr()
    return code, out, err


@pytest.fixture
def order(tmp_path: Path) -> Path:
    path = tmp_path / "Приказ «№ 8» 🌳.txt"
    path.write_text(ORDER, encoding="utf-8")
    return path


@pytest.fixture
def place(order: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "Район 2026"
    assert run(capfd, "new", folder, "--order", order)[0] == 0
    assert run(capfd, "issue", folder)[0] == 0
    return folder


def test_order_read_json_is_the_contract(order: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "order", "read", order, "--json")
    said = json.loads(out)

    assert code == 0
    assert said["order"]["number"] == "8"
    assert said["order"]["date"] == "2026-01-12"
    assert said["order"]["report_due"] == "2026-06-15"
    assert [one["name"] for one in said["order"]["schools"]] == [
        "МБОУ «Липовская СОШ»",
        "МБОУ «Кленовская ООШ»",
    ]
    assert set(said) == {"order", "sections", "activities", "instructions", "indicators", "doubts"}
    assert [set(one) for one in said["instructions"]] == [
        {"key", "number", "title", "deadline", "responsible", "doubts"}
    ]
    assert set(said["activities"][0]) == {
        "key", "number", "number_printed", "section", "title", "deadline", "responsible", "result", "info", "doubts",
    }  # fmt: skip
    assert said["activities"][0]["deadline"] == {
        "text": "До 01.02.2026", "kind": "by-date", "start": None, "due": "2026-02-01", "occurrences": [],
    }  # fmt: skip
    assert said["activities"][0]["responsible"]["schools"] == "all"


def test_order_read_for_people_shows_rows_and_doubts(order: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "order", "read", order)

    assert code == 0
    assert "Назначение" in out
    assert "мероприятий: 2" in out


def test_consolidate_json_is_one_document_and_says_what_the_contract_says(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capfd, "consolidate", place, "--as-of", "2026-06-20", "--json")
    said = json.loads(out)

    assert code == 1
    assert set(said) == {"as_of", "files", "participants", "entries", "findings", "ledger"}
    assert set(said["ledger"]) == {"filled", "placed", "reported", "superseded", "refused", "unaccounted"}
    assert [one["code"] for one in said["findings"]] == ["C401", "C401"]
    assert {
        "code",
        "name",
        "received",
        "on_time",
        "rows_due",
        "reported",
        "confirmed_none",
        "missing",
        "done",
        "evidenced",
        "state",
    } == set(said["participants"][0])
    assert "Районная книга" in err


def test_entries_use_the_keys_of_order_read(
    order: Path, place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    keys = [one["key"] for one in json.loads(run(capfd, "order", "read", order, "--json")[1])["activities"]]
    form = next((place / "Формы").glob("S01*"))
    book = openpyxl.load_workbook(form)
    sheet = book["Отчёт"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "№")
    status = next(cell.column for cell in header if cell.value == "Статус")
    for row in sheet.iter_rows(min_row=header[0].row + 1):
        if row[len(header) - 1].value in keys:
            sheet.cell(row[0].row, status).value = "в работе"
    book.save(place / "Получено" / "x.xlsx")

    _, out, _ = run(capfd, "consolidate", place, "--json", "--as-of", "2026-01-20")
    entries = json.loads(out)["entries"]

    assert [one["activity"] for one in entries] == keys
    assert {one["status"] for one in entries} == {"в работе"}
    assert entries[0]["source"]["file"] == "x.xlsx"


def test_nothing_to_do_for_anybody_is_exit_zero(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Before the report date a missing copy asks for nothing."""
    assert run(capfd, "consolidate", place, "--as-of", "2026-01-15")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["consolidate"], "Команда не понята"),
        (["colect"], "Команда не понята"),
        (["consolidate", "ничего-нет"], "нет районной книги"),
        (["consolidate", ".", "--as-of", "15.12.2026"], "не дата"),
        (["new", "куда-то"], "Команда не понята"),
        (["new", "куда-то", "--order", "нет-такого.docx"], "нет. Проверьте имя"),
        (["order", "read", "."], "папка"),
        (["check", "нет-такого.xlsx"], "нет. Проверьте имя"),
    ],
)
def test_wrong_usage_is_exit_two_with_a_russian_sentence(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capfd, *arguments)

    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("пустой.docx", b"", "пустой"),
        ("скан.jpg", b"\xff\xd8\xff\xe0" + bytes(100), "скан"),
        (
            "старый.doc",
            bytes.fromhex("D0CF11E0A1B11AE1") + "WordDocument".encode("utf-16-le"),
            "старом формате",
        ),
        ("битый.docx", b"PK\x03\x04" + bytes(50), ""),
        ("письмо.txt", "Уважаемые коллеги! Поздравляем с праздником.".encode(), ""),
        ("битый.pdf", b"%PDF-1.7\n" + bytes(50), ""),
    ],
)
def test_an_order_that_cannot_be_understood_is_refused(
    name: str, data: bytes, said: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    code, _, err = run(capfd, "new", tmp_path / "кампания", "--order", path)

    assert code == 2
    assert said in err
    assert len(err.strip()) > 40
    assert not (tmp_path / "кампания").exists()


def test_check_of_a_form_alone_and_of_a_stranger(
    place: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """An untouched form taken out of its campaign; then a workbook that is no form."""
    alone = tmp_path / "моя форма.xlsx"
    shutil.copy(next((place / "Формы").glob("S01*")), alone)
    code, out, err = run(capfd, "check", alone, "--as-of", "2026-03-01", "--json")

    assert code == 1
    assert json.loads(out)["participants"] == [
        {"code": "S01", "name": "МБОУ «Липовская СОШ»", "rows": 2, "answered": 0}
    ]
    assert {one["code"] for one in json.loads(out)["findings"]} <= {"C404", "C410"}
    assert "Липовская" in err

    book = openpyxl.Workbook()
    book.active["A1"] = "Расписание звонков"
    book.save(alone)
    assert run(capfd, "check", alone)[0] == 1


def test_english_is_one_switch_away(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    english = run(capfd, "--lang", "en", "consolidate", "nowhere")[2]
    monkeypatch.setenv("SHEETSYNC_LANG", "en")
    from_environment = run(capfd, "consolidate", "nowhere")[2]
    monkeypatch.delenv("SHEETSYNC_LANG")
    russian = run(capfd, "consolidate", "nowhere")[2]

    assert english == from_environment != russian
    assert "district workbook" in english


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "x"], "Команда не понята: не указан ключ '--order'"),
        (["colect"], "нет такой команды: colect"),
        (["--lang", "de"], "не из списка"),
        (["issue", "a", "b"], "лишнее слово: b"),
        (["--help"], "Как вызвать: sheetsync"),
    ],
)
def test_the_command_line_itself_speaks_russian(
    arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    _, out, err = run(capfd, *arguments)

    assert said in out + err


def test_a_mistake_of_the_program_is_a_sentence_and_a_file(
    place: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The frames go to a file the sentence names; what the exception says goes nowhere."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(CHILD)

    monkeypatch.setattr("sheetsync.campaign.consolidate", broken)
    code, _, err = run(capfd, "consolidate", place)
    details = Path(err.split("Подробности: ")[1].split(". Пришлите")[0])

    assert code == 2
    assert "Traceback" not in err
    assert "ZeroDivisionError, test_cli.py:" in err
    assert "in broken" in details.read_text(encoding="utf-8")
    assert CHILD not in err + details.read_text(encoding="utf-8")
    assert os.name != "posix" or details.stat().st_mode & 0o077 == 0
    details.unlink()


@pytest.mark.parametrize("name", cli.commands.list_commands(click.Context(cli.commands)))
def test_a_command_says_in_the_list_what_it_says_itself(name: str) -> None:
    """Also one that is imported only when it is called."""
    listed = CliRunner().invoke(cli.commands, ["--help"]).output
    command = cli.commands.get_command(click.Context(cli.commands), name)

    assert command
    assert command.name == name
    assert command.help
    words = command.get_short_help_str(60).removesuffix("...").split()
    assert re.search(rf"\b{name} +{re.escape(' '.join(words[:4]))}", listed)


def test_a_command_there_is_not_is_refused() -> None:
    assert cli.commands.get_command(click.Context(cli.commands), "nothing") is None


def test_python_readers_are_public() -> None:
    import sheetsync  # noqa: PLC0415

    assert sheetsync.read_deadline("До 01.03.2023", years=[2023]).kind == "by-date"
    assert sheetsync.read_parties("ОО", schools=[]).schools == "all"
    assert sheetsync.read_evidence("приказ № 5 от 01.02.2026").sufficient == "yes"
    assert sorted(sheetsync.__all__) == sheetsync.__all__
    with pytest.raises(AttributeError):
        sheetsync.nothing_of_the_kind  # noqa: B018
