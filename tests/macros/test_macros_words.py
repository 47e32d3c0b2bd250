"""Small functions of the macros: quoting, paths, addresses, waiting."""

from __future__ import annotations

import ast
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest
from excel_stand_in import ExcelOnWindows, excel

PATHS = (
    "D:\\Плавск 2023\\Район.xlsm",
    "\\\\сервер\\отдел образования\\Район (1).xlsm",
    "/home/ivanova/Плавск 2023/Район.xlsm",
    "/home/o'neil/50%/Район & Ко.xlsm",
    "C:\\new\\table\\Район.xlsm",
)


@pytest.fixture(scope="module")
def office() -> ExcelOnWindows:
    return excel()


@pytest.mark.parametrize("path", [*PATHS, '/home/a "b" c/Район.xlsm'])
def test_a_path_reaches_python_whole(office: ExcelOnWindows, path: str) -> None:
    """As an argument of a command, and as a text inside a line of Python."""
    in_command = str(office.run("Quoted", path))
    in_python = str(office.run("PythonText", path))

    assert shlex.split(in_command.replace("\\", "\\\\")) == [path]
    assert ast.literal_eval(in_python) == path
    assert '"' not in in_python


def test_names_of_arguments_are_left_bare(office: ExcelOnWindows) -> None:
    assert office.run("QuotedOf", "issue|--book|/a b") == 'issue --book "/a b"'


def test_the_line_for_the_addin_is_python_and_ends_no_argument(office: ExcelOnWindows) -> None:
    line = str(office.run("PressOf", "|".join(("check", "--book", *PATHS))))
    tree = ast.parse(line)
    [call] = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) == "press"]

    assert ast.literal_eval(call.args[0]) == ["check", "--book", *PATHS]
    assert not set('"&|<>^\n') & set(line.replace(PATHS[3].replace("'", "\\'"), ""))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def test_the_line_for_the_addin_is_quiet_without_sheetsync(
    office: ExcelOnWindows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error would make the add-in open a dialog; the line looks first whether there is a sheetsync."""
    line = str(office.run("PressOf", "issue")).replace("sheetsync", "no_such_sheetsync")

    exec(line, {})  # the macros' own line, run as the add-in's Python runs it


@pytest.mark.parametrize(
    ("folder", "name", "path"),
    [
        ("D:\\Плавск", "Район.xlsm", "D:\\Плавск\\Район.xlsm"),
        ("D:\\", "Район.xlsm", "D:\\Район.xlsm"),
        ("\\\\сервер\\папка", "Район.xlsm", "\\\\сервер\\папка\\Район.xlsm"),
        ("/home/ivanova", "Район.xlsm", "/home/ivanova/Район.xlsm"),
        ("/", "Район.xlsm", "/Район.xlsm"),
        ("/home/a\\b", "Район.xlsm", "/home/a\\b/Район.xlsm"),
    ],
)
def test_a_file_in_a_folder_is_written_as_the_folder_is(
    office: ExcelOnWindows, folder: str, name: str, path: str
) -> None:
    assert office.run("Joined", folder, name) == path


@pytest.mark.parametrize(
    ("path", "is_cloud"),
    [
        ("https://d.docs.live.net/0123456789abcdef/Плавск", True),
        ("https://office.sharepoint.com/sites/rono/Документы", True),
        ("vnd.google-apps://drive/1", True),
        ("C:\\Users\\ivanova\\OneDrive\\Плавск", False),
        ("\\\\сервер\\Плавск", False),
        ("/home/ivanova/https:/Плавск", False),
    ],
)
def test_a_cloud_is_told_from_a_disk(office: ExcelOnWindows, path: str, is_cloud: bool) -> None:
    assert office.run("IsCloudPath", path) is is_cloud


@pytest.mark.parametrize(
    ("word", "waited", "limit", "is_too_long"),
    [
        ("", 19, 120, False),
        ("", 21, 120, True),
        ("", 3, 2, True),
        ("started", 21, 120, False),
        ("started", 124, 120, False),
        ("started", 126, 120, True),
    ],
)
def test_waiting_ends_at_the_limit(
    office: ExcelOnWindows, word: str, waited: float, limit: float, is_too_long: bool
) -> None:
    """Twenty seconds for the first word; then as long as a press may take, and a little more."""
    assert office.run("IsTooLong", word, float(waited), float(limit)) is is_too_long


@pytest.mark.parametrize(
    ("word", "is_last"), [("", False), ("started", False), ("done", True), ("failed", True)]
)
def test_the_last_word_is_told(office: ExcelOnWindows, word: str, is_last: bool) -> None:
    assert office.run("IsLastWord", word) is is_last


def test_the_profile_is_the_folder_libreoffice_is_started_with(office: ExcelOnWindows) -> None:
    folder = "file:///home/ivanova/.config/libreoffice/4"

    assert office.run("WithoutUser", f"{folder}/user") == office.run("WithoutUser", folder) == folder
    assert office.run("FolderOf", f"{folder}/%D0%A0.xlsm") == f"{folder}/"


def test_two_presses_use_files_of_their_own(office: ExcelOnWindows) -> None:
    names = {str(office.run("TemporaryName", ".flag")) for _ in range(20)}

    assert len(names) == 20
    assert all(
        one.startswith("C:\\Users\\Иванова\\Temp\\sheetsync-") and one.endswith(".flag") for one in names
    )


def test_the_arguments_are_those_of_the_xlwings_addin() -> None:
    """What the add-in hands to Python, our own launcher hands over too."""
    xlwings = find_spec("xlwings")
    assert xlwings is not None
    assert xlwings.origin is not None
    source = Path(xlwings.origin).with_name("xlwings.bas").read_text(encoding="utf-8")
    ours = (
        Path(__file__).parents[2].joinpath("macros", "excel", "modLauncher.bas").read_text(encoding="ascii")
    )

    for argument in ("--wb=", "--from_xl=1", "--app=", "--hwnd="):
        assert f" {argument}" in source
        assert f" {argument}" in ours
