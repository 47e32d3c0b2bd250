"""«doctor» and «addin» as a person runs them, with a home folder of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sheetsync import cli
from sheetsync.notices import Notice, say
from sheetsync.office import places
from sheetsync.office.notices import OfficeNotice
from sheetsync.office.shortcuts import shortcut_path
from sheetsync.office.systems import this_machine, this_system
from sheetsync.workbooks.templates import ADDIN_FILE, built_in

ORDER = """\
Управление образования Тенистого района
Приказ от 12.01.2026 № 8
План-график поддержки школ Тенистого района на 2026 год

№ п/п\tМероприятия\tСроки\tОтветственные
1.1.\tНазначение координатора в каждой школе\tДо 01.02.2026\tОО

Список школ:
1. МБОУ «Липовская СОШ»;
2. МБОУ «Кленовская ООШ».
"""

Said = tuple[int, str, str]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Whatever these commands write goes here, not into the settings of who runs the tests."""
    home = tmp_path / "home"
    (home / ".config").mkdir(parents=True)  # every home has one; a module «uno» would make it
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("APPDATA", str(home / "AppData"))
    assert this_machine().settings.is_relative_to(home)
    # It would make a whole profile, and refuses root.
    monkeypatch.setattr(places, "find_unopkg", lambda _soffice: "")
    return home


@pytest.fixture
def place(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Path:
    order = tmp_path / "Приказ.txt"
    order.write_text(ORDER, encoding="utf-8")
    folder = tmp_path / "Плавск 2023"
    assert run(capfd, "new", folder, "--order", order)[0] == 0
    return folder


def run(capfd: pytest.CaptureFixture[str], *arguments: object) -> Said:
    code = cli.run([str(one) for one in arguments])
    out, err = capfd.readouterr()
    return code, out, err


def codes(text: str) -> dict[str, str]:
    return {one["code"]: one["level"] for one in json.loads(text)}


def test_a_new_campaign_has_its_shortcut(place: Path) -> None:
    assert shortcut_path(this_system(), place).exists()


def test_the_doctor_changes_nothing(place: Path, own_home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in (*place.rglob("*"), *own_home.rglob("*")))
    run(capfd, "doctor", place)

    assert (
        sorted((path, path.stat().st_mtime_ns) for path in (*place.rglob("*"), *own_home.rglob("*")))
        == before
    )


def test_install_sets_right_what_the_doctor_found(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """From the workbook's own buttons to trust: nothing that install can do is left to do."""
    _, before, _ = run(capfd, "doctor", place, "--json")
    code, out, said = run(capfd, "addin", "install", place)
    _, after, _ = run(capfd, "doctor", place, "--json")

    assert (code, out) == (0, "")
    assert "Ярлык" in said
    assert codes(before)["book-good"] == codes(after)["book-good"] == "good"
    assert "buttons-python" in codes(after)
    assert not {"buttons-no-python", "libreoffice-distrusts", "shortcut-absent"} & set(codes(after))


def test_uninstall_takes_it_back(place: Path, own_home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "addin", "install", place)
    code, out, said = run(capfd, "addin", "uninstall")

    assert (code, out) == (0, "")
    assert "Оставлено" in said
    assert [path for path in own_home.rglob("*") if path.is_file()] == []
    assert shortcut_path(this_system(), place).exists()


def test_buttons_another_program_lost_come_back(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The workbook was saved as .xlsx: its macros are gone, the doctor sees it, install puts them back."""
    from sheetsync.workbooks.templates import Template, template_bytes  # noqa: PLC0415

    (place / "Район.xlsm").unlink()
    (place / "Район.xlsx").write_bytes(template_bytes(Template.DISTRICT))
    _, before, _ = run(capfd, "doctor", place, "--json")
    run(capfd, "addin", "install", place)
    _, after, _ = run(capfd, "doctor", place, "--json")

    assert codes(before)["book-without-buttons"] == "note"
    assert codes(after)["book-good"] == "good"


def test_an_open_workbook_keeps_its_buttons_and_the_rest_is_done(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "~$Район.xlsm").touch()
    code, _, said = run(capfd, "addin", "install", place)

    assert code == 1
    assert say(Notice.BUTTONS_BOOK_OPEN, path="Район.xlsm") in said
    assert "записано в" in said


def test_a_folder_that_is_no_campaign_is_refused_before_anything_is_written(
    tmp_path: Path, own_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, _, said = run(capfd, "addin", "install", tmp_path / "нет")

    assert code == 2
    assert "нет районной книги" in said
    assert not (tmp_path / "нет").exists()
    assert list(own_home.rglob("*")) == [own_home / ".config"]


def test_the_doctor_of_a_missing_folder_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "doctor", tmp_path / "нет")

    assert code == 1
    assert "обязательно" in out
    assert "Проверьте имя" in out.replace("\n", " ")


def test_the_list_is_for_people(
    place: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst first, in lines that fit the window; only a command is never broken: it is copied."""
    monkeypatch.setenv("COLUMNS", "60")
    _, out, err = run(capfd, "doctor", place)
    signs = [line[0] for line in out.splitlines() if line[:1] in {"✗", "!", "✓"}]
    commands = [line for line in out.splitlines() if "sheetsync addin install" in line]

    assert err == ""
    assert [line for line in out.splitlines() if len(line) > 60 and '"' not in line and "/" not in line] == []
    assert all(f'sheetsync addin install "{place}"' in line for line in commands)
    assert signs == sorted(signs, key="✗!✓".index)
    assert "\x00" not in out
    assert "✓ Районная книга: Кнопки в книге есть" in out
    assert out.strip().splitlines()[-1].endswith((".", ")."))


def test_without_a_folder_the_doctor_does_not_promise_working_buttons(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Said «Всё готово» once, with the campaign's folder not looked at."""
    _, out, _ = run(capfd, "doctor", "--json")

    assert codes(out)["folder-unnamed"] == "note"


def test_install_without_a_folder_says_what_was_not_put(capfd: pytest.CaptureFixture[str]) -> None:
    code, _, said = run(capfd, "addin", "install")

    assert code == 0
    assert say(OfficeNotice.SKIPPED_NO_FOLDER) in said


def test_a_new_campaign_tells_how_its_buttons_come_to_work(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    order = tmp_path / "Приказ.txt"
    order.write_text(ORDER, encoding="utf-8")
    _, out, _ = run(capfd, "new", tmp_path / "район", "--order", order)

    assert say(Notice.NEW_BUTTONS, folder=tmp_path / "район") in out


def test_the_json_is_for_administrators(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capfd, "doctor", place, "--json")

    assert all(set(one) == {"code", "level", "subject", "found", "click"} for one in json.loads(out))
    assert set(codes(out).values()) <= {"good", "note", "must"}


def test_the_program_carries_its_addin() -> None:
    assert built_in(ADDIN_FILE) is not None
