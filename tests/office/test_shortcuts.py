"""The shortcut does a button's job by a double click, whatever the folder and the Python are called."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest
from cmd_shell import play

from desktop_entry import entry, exec_words
from sheetsync.office.machine import System
from sheetsync.office.notices import OfficeNotice
from sheetsync.office.shortcuts import cmd_words, shortcut_path, windows_shortcut, write_shortcut
from sheetsync.office.systems import this_system

FOLDERS = [
    "Плавск 2023",
    "100 % & «готово»",
    "a'b\"c $HOME `id` \\ x",
    "(скобки) ^! ;#",
    "-дефис",
    "%k %%f %d",
]
WINDOWS_FOLDERS = [
    "C:\\Кампании\\Плавск 2023\\",
    "D:\\100 % & готово! (2) ^\\",
    "\\\\сервер\\общая\\%TEMP%\\",
    "E:\\",
]
ENDS = {
    0: OfficeNotice.SHORTCUT_DONE,
    1: OfficeNotice.SHORTCUT_LOOK,
    2: OfficeNotice.SHORTCUT_FAILED,
    -1: OfficeNotice.SHORTCUT_FAILED,
}

on_a_shell = pytest.mark.skipif(this_system() is System.WINDOWS, reason="needs sh")


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """A Python that writes down what it is asked to do; what is only computed it computes."""
    path = tmp_path / "мой $python & 'x' %" / "python"
    path.parent.mkdir()
    path.write_text(
        f'#!/bin/sh\nif [ "$2" = -c ]; then exec "{sys.executable}" "$@"; fi\n'
        'printf "%s\\n" "$@" > "$ASKED.part"; mv "$ASKED.part" "$ASKED"\nexit $CODE\n'
    )
    path.chmod(0o755)
    return path


def asked(tmp_path: Path) -> list[str]:
    return (tmp_path / "asked").read_text().splitlines()


def run(words: list[str], tmp_path: Path, code: int = 0, cwd: Path | None = None) -> str:
    """What a terminal shows until Enter is pressed."""
    environment = {**os.environ, "ASKED": str(tmp_path / "asked"), "CODE": str(code)}
    done = subprocess.run(
        words, input="\n", capture_output=True, text=True, timeout=30, env=environment, cwd=cwd, check=False
    )
    assert done.stderr == ""
    return done.stdout


# --- Linux: the desktop entry


@on_a_shell
@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize(
    "told", [str, Path.as_uri, lambda _path: ""], ids=["a path", "an address", "nothing"]
)
def test_the_desktop_entry_consolidates_its_folder(
    name: str, told: Callable[[Path], str], python: Path, tmp_path: Path
) -> None:
    """Desktops tell an entry its place by a path, by an address, or not at all."""
    folder = tmp_path / name
    folder.mkdir()
    path = write_shortcut(System.LINUX, folder, python)
    shown = run(exec_words(entry(path.read_text())["Exec"], told(path)), tmp_path)

    assert asked(tmp_path) == ["-P", "-m", "sheetsync", "consolidate", "--open", str(folder)]
    assert OfficeNotice.SHORTCUT_DONE.value in shown
    assert OfficeNotice.SHORTCUT_PRESS_ENTER.value in shown


@on_a_shell
def test_the_desktop_entry_works_where_the_campaign_was_moved_to(python: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "2023", tmp_path / "Архив" / "Плавск 2023"
    before.mkdir()
    after.parent.mkdir()
    path = write_shortcut(System.LINUX, before, python)
    before.rename(after)
    run(exec_words(entry((after / path.name).read_text())["Exec"], str(after / path.name)), tmp_path)

    assert asked(tmp_path)[-1] == str(after)


@on_a_shell
@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_last_line_says_how_it_ended(code: int, python: Path, tmp_path: Path) -> None:
    path = write_shortcut(System.LINUX, tmp_path, python)
    shown = run(exec_words(entry(path.read_text())["Exec"], str(path)), tmp_path, code)

    assert [end.value in shown for end in ENDS.values()] == [ENDS[code] is end for end in ENDS.values()]


def test_the_desktop_entry_opens_a_terminal_and_has_no_icon(python: Path, tmp_path: Path) -> None:
    path = write_shortcut(System.LINUX, tmp_path, python)
    told = entry(path.read_text())

    assert path.name == "Собрать свод.desktop"
    assert (told["Type"], told["Terminal"]) == ("Application", "true")
    assert "Icon" not in told
    assert os.access(path, os.X_OK) or this_system() is System.WINDOWS


@pytest.mark.skipif(shutil.which("gio") is None, reason="no gio here")
def test_a_real_desktop_starts_it(python: Path, tmp_path: Path) -> None:
    """GLib itself reads the entry and opens a terminal (a stand-in); «gio launch» tells no place by %k."""
    bin_folder, folder = tmp_path / "bin", tmp_path / FOLDERS[1]
    bin_folder.mkdir()
    folder.mkdir()
    for name in (
        "xdg-terminal-exec",
        "gnome-terminal",
        "mate-terminal",
        "xfce4-terminal",
        "konsole",
        "xterm",
    ):
        skip = "" if name == "xdg-terminal-exec" else "shift; "
        terminal = bin_folder / name
        terminal.write_text(f'#!/bin/sh\n{skip}exec "$@" < /dev/null\n')
        terminal.chmod(0o755)
    path = write_shortcut(System.LINUX, folder, python)
    environment = {
        **os.environ,
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "ASKED": str(tmp_path / "asked"),
        "CODE": "0",
    }
    subprocess.run(["gio", "launch", str(path)], env=environment, check=True, timeout=30, capture_output=True)
    for _ in range(200):
        if (tmp_path / "asked").exists():
            break
        time.sleep(0.05)

    assert asked(tmp_path) == ["-P", "-m", "sheetsync", "consolidate", "--open", str(folder)]


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="no desktop-file-validate here")
@pytest.mark.parametrize("name", FOLDERS)
def test_the_specification_has_nothing_against_it(name: str, python: Path, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    path = write_shortcut(System.LINUX, folder, python)

    subprocess.run(["desktop-file-validate", "--no-hints", str(path)], check=True)


# --- macOS: the script


@on_a_shell
@pytest.mark.parametrize("name", FOLDERS)
def test_the_mac_script_consolidates_its_folder(name: str, python: Path, tmp_path: Path) -> None:
    """Finder opens it in Terminal, in the home folder."""
    folder = tmp_path / name
    folder.mkdir()
    path = write_shortcut(System.MACOS, folder, python)
    shown = run([str(path)], tmp_path, 1, cwd=tmp_path)

    assert path.name == "Собрать свод.command"
    assert asked(tmp_path) == ["-P", "-m", "sheetsync", "consolidate", "--open", str(folder)]
    assert OfficeNotice.SHORTCUT_LOOK.value in shown


@on_a_shell
@pytest.mark.parametrize("system", [System.MACOS, System.LINUX])
def test_a_python_that_was_removed_is_said(system: System, python: Path, tmp_path: Path) -> None:
    path = write_shortcut(system, tmp_path, python)
    python.unlink()
    text = path.read_text()
    shown = run([str(path)] if system is System.MACOS else exec_words(entry(text)["Exec"], ""), tmp_path)

    assert f"Python «{python}» не найден" in shown
    assert not (tmp_path / "asked").exists()


@on_a_shell
def test_it_is_the_real_command_line(tmp_path: Path) -> None:
    """With this very Python: a folder that is no campaign is refused in words; no file of it is imported."""
    (tmp_path / "sheetsync.py").write_text("raise SystemExit('taken from the campaign folder')")
    path = write_shortcut(System.MACOS, tmp_path, Path(sys.executable))
    done = subprocess.run(
        [str(path)], input="\n", capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False
    )

    assert OfficeNotice.SHORTCUT_FAILED.value in done.stdout
    assert "нет районной книги" in done.stderr


# --- Windows: the command file, played by the rules written in ``cmd_shell``


@pytest.mark.parametrize("folder", WINDOWS_FOLDERS)
@pytest.mark.parametrize("python", ["C:\\Python311\\python.exe", "C:\\Users\\Анна & Ко (100%)!^\\python.exe"])
def test_the_command_file_consolidates_its_folder(folder: str, python: str) -> None:
    played = play(windows_shortcut(PureWindowsPath(python)), folder, lambda path: path == python, 0)

    assert played.started == [[python, "-P", "-m", "sheetsync", "consolidate", "--open", f"{folder}."]]
    assert played.waited
    assert played.shown[-1] == OfficeNotice.SHORTCUT_PRESS_ENTER.value


@pytest.mark.parametrize("code", [0, 1, 2, -1])
def test_the_command_file_says_how_it_ended(code: int) -> None:
    played = play(windows_shortcut(PureWindowsPath("C:\\p.exe")), "C:\\", lambda _path: True, code)

    assert [one for one in played.shown if one in ENDS.values()] == [ENDS[code].value]


def test_the_command_file_says_that_python_is_gone() -> None:
    python = "C:\\Анна & Ко (100%)\\python.exe"
    played = play(windows_shortcut(PureWindowsPath(python)), "C:\\", lambda _path: False, 0)

    assert played.started == []
    assert any(f"Python «{python}» не найден" in one for one in played.shown)
    assert played.waited


def test_the_command_file_is_written_for_windows(tmp_path: Path) -> None:
    """UTF-8 without a mark (cmd.exe would take it for a command), CRLF."""
    path = write_shortcut(System.WINDOWS, tmp_path, PureWindowsPath("C:\\python.exe"))
    data = path.read_bytes()

    assert path.name == "Собрать свод.cmd"
    assert data.startswith(b"@echo off\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert "Собрать свод" in data.decode("utf-8")


def test_words_are_shown_never_obeyed() -> None:
    assert cmd_words("5 > 3 & 2 | 100% (да) ^") == "5 ^> 3 ^& 2 ^| 100%% ^(да^) ^^"


# --- only the file of this system


def test_one_shortcut_of_this_system_is_written(tmp_path: Path) -> None:
    write_shortcut(this_system(), tmp_path, Path(sys.executable))

    assert [path.name for path in tmp_path.iterdir()] == [shortcut_path(this_system(), tmp_path).name]
