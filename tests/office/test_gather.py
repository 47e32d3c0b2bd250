"""What the doctor finds on a Windows, a Mac and a Linux made of folders and a dictionary."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from computers import EXCEL_KEY, GOOD_PYTHON, LOCATIONS_KEY, POLICY_KEY, Computer
from xlsxwriter import Workbook

from sheetsync.columns.buttons import PROTOCOL, KitCell
from sheetsync.office import places
from sheetsync.office.facts import Facts
from sheetsync.office.gather import gather, libreoffice_runs
from sheetsync.office.gather_folder import is_network
from sheetsync.office.machine import System
from sheetsync.office.systems import this_machine, this_system


def facts_of(one: Computer, folder: Path | None = None) -> Facts:
    return gather(one.machine(), folder)


def workbook_with(path: Path, *, protocol: object = PROTOCOL, python: str = "") -> Path:
    """A workbook with the named cells of the buttons' hidden sheet, and a part called as a VBA project."""
    with Workbook(path) as book:
        sheet = book.add_worksheet("x")
        sheet.write(0, 0, protocol)
        sheet.write(1, 0, python)
        book.define_name(KitCell.PROTOCOL.value, "=x!$A$1")
        book.define_name(KitCell.PYTHON.value, "=x!$A$2")
        project = path.with_suffix(".bin")
        project.write_bytes(b"vba")
        book.add_vba_project(str(project))
    project.unlink()
    return path


# --- programs


def test_a_bare_computer_has_nothing(windows: Computer) -> None:
    facts = facts_of(windows)

    assert (facts.excel, facts.libreoffice, facts.r7, facts.folder, facts.button_python) == (
        None,
        None,
        "",
        None,
        None,
    )
    assert facts.python.version == GOOD_PYTHON["version"]


def test_excel_is_found_by_the_registry(windows: Computer) -> None:
    facts = facts_of(windows.with_excel())

    assert facts.excel is not None
    assert facts.excel.path.endswith("EXCEL.EXE")


def test_excel_of_microsoft_365_is_found_by_its_installer(windows: Computer) -> None:
    key = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration"
    windows.registry[key] = {"InstallationPath": "C:\\Program Files\\Microsoft Office"}

    assert (
        places.find_excel(windows.machine())
        == "C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE"
    )


def test_excel_of_a_mac_is_an_application(mac: Computer) -> None:
    facts = facts_of(mac.with_excel())

    assert facts.excel is not None
    assert facts.excel.path.endswith("Microsoft Excel.app")


@pytest.mark.parametrize("name", ["windows", "mac", "linux"])
def test_libreoffice_is_found_in_its_usual_folder(name: str, request: pytest.FixtureRequest) -> None:
    one: Computer = request.getfixturevalue(name)
    facts = facts_of(one.with_libreoffice())

    assert facts.libreoffice is not None
    assert Path(facts.libreoffice.path).exists()


def test_libreoffice_is_found_on_the_path_first(linux: Computer) -> None:
    program = linux.put("bin", "soffice")
    program.chmod(0o755)
    linux.environment["PATH"] = str(program.parent)

    assert places.find_libreoffice(linux.with_libreoffice().machine()) == str(program)


def test_libreoffice_is_found_by_the_registry(windows: Computer) -> None:
    program = windows.put("D", "LO", "program", "soffice.exe")
    windows.registry["HKLM\\SOFTWARE\\LibreOffice\\UNO\\InstallPath"] = {"": str(program.parent)}

    assert places.find_libreoffice(windows.machine()) == str(program)


def test_its_version_and_its_python_are_told(linux: Computer) -> None:
    linux.with_libreoffice().bridge = "3.9"
    linux.put(
        "programs", "libreoffice", "program", "bootstraprc", text="[Bootstrap]\nProductKey=LibreOffice 7.4\n"
    )
    facts = facts_of(linux)

    assert facts.libreoffice is not None
    assert (facts.libreoffice.version, facts.libreoffice.python) == ("7.4", "3.9")


@pytest.mark.parametrize(
    ("parts", "sandbox"),
    [((".var", "app", "org.libreoffice.LibreOffice"), "flatpak"), (("snap", "libreoffice"), "snap")],
)
def test_a_sandboxed_libreoffice_is_recognised(linux: Computer, parts: tuple[str, ...], sandbox: str) -> None:
    linux.put("home", *parts, "x")
    facts = facts_of(linux)

    assert facts.libreoffice is not None
    assert facts.libreoffice.sandbox == sandbox
    assert facts.libreoffice.python == "", "no Python is looked for beside a program that is not there"


def test_a_sandbox_left_over_beside_a_real_one_does_not_count(linux: Computer) -> None:
    linux.with_libreoffice().put("home", "snap", "libreoffice", "x")
    facts = facts_of(linux)

    assert facts.libreoffice is not None
    assert facts.libreoffice.sandbox == ""


@pytest.mark.parametrize("name", ["R7-Office", "ONLYOFFICE", "r7-office"])
def test_r7_and_onlyoffice_are_found(windows: Computer, name: str) -> None:
    windows.put("programs", name, "DesktopEditors", "x")

    assert facts_of(windows).r7.endswith(name)


# --- what programs are told


def test_the_macro_settings_of_excel_are_read(windows: Computer) -> None:
    windows.with_excel().registry |= {
        f"{EXCEL_KEY}\\Security": {"VBAWarnings": 3},
        LOCATIONS_KEY: {"AllowNetworkLocations": 1},
        f"{LOCATIONS_KEY}\\Location3": {"Path": "C:\\Книги\\", "AllowSubFolders": 1, "Description": "наши"},
        f"{LOCATIONS_KEY}\\Location4": {"Date": "пусто"},
    }
    facts = facts_of(windows)

    assert facts.excel is not None
    trust = facts.excel.trust
    assert (trust.warnings, trust.by_policy, trust.network_allowed) == (3, False, True)
    assert [(one.path, one.subfolders, one.description) for one in trust.locations] == [
        ("C:\\Книги\\", True, "наши")
    ]


def test_the_administrator_goes_before_the_user(windows: Computer) -> None:
    windows.with_excel().registry |= {
        f"{EXCEL_KEY}\\Security": {"VBAWarnings": 1},
        f"{POLICY_KEY}\\Security": {"VBAWarnings": 4, "blockcontentexecutionfrominternet": 1},
        f"{POLICY_KEY}\\Security\\Trusted Locations": {"AllLocationsDisabled": 1},
    }
    facts = facts_of(windows)

    assert facts.excel is not None
    trust = facts.excel.trust
    assert (trust.warnings, trust.by_policy, trust.blocks_internet, trust.locations_off) == (
        4,
        True,
        True,
        True,
    )


def test_the_settings_of_an_older_excel_are_read_where_no_newer_one_is(windows: Computer) -> None:
    windows.with_excel().registry["HKCU\\Software\\Microsoft\\Office\\14.0\\Excel\\Security"] = {
        "VBAWarnings": 4
    }
    facts = facts_of(windows)

    assert facts.excel is not None
    assert facts.excel.trust.warnings == 4


def test_the_profile_of_libreoffice_is_read(linux: Computer) -> None:
    settings = (
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" '
        'oor:op="fuse"><value>1</value></prop></item></oor:items>'
    )
    linux.with_libreoffice().put(".config")
    file = places.libreoffice_settings(linux.machine())
    file.parent.mkdir(parents=True)
    file.write_text(settings)
    facts = facts_of(linux)

    assert facts.libreoffice is not None
    assert facts.libreoffice.macros is not None
    assert facts.libreoffice.macros.level == 1
    file.write_text("<items>")
    broken = facts_of(linux).libreoffice
    assert broken is not None
    assert broken.macros is None


def test_a_lock_left_over_from_a_crash_is_no_open_office(linux: Computer) -> None:
    lock = places.libreoffice_profile(linux.with_libreoffice().machine()) / ".lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    machine = linux.machine()

    assert not libreoffice_runs(machine)
    linux.running.add("soffice.bin")
    assert libreoffice_runs(machine)
    lock.unlink()
    assert not libreoffice_runs(machine), "an office of another profile"


# --- Python


def test_the_buttons_take_the_python_of_the_workbook_first(linux: Computer, campaign: Path) -> None:
    mine, told = linux.put("a", "python"), linux.put("b", "python")
    linux.pythons[str(told)] = GOOD_PYTHON
    linux.put("home", ".config", "sheetsync", "python.txt", text=f"{told}\n")
    book = workbook_with(campaign / "Район.xlsm", python=str(mine))
    first = facts_of(linux, campaign).button_python
    mine.unlink()
    then = facts_of(linux, campaign).button_python
    told_file = places.python_place(linux.machine())
    told_file.unlink()
    last = facts_of(linux, book).button_python

    assert first is not None
    assert then is not None
    assert last is not None
    assert (first.path, then.path) == (str(mine), str(told))
    assert last.path == str(mine), "what the workbook says, though it is gone: it is named in the advice"


def test_a_python_only_the_workbook_names_is_not_started(linux: Computer, campaign: Path) -> None:
    """A workbook may come from anywhere: the doctor runs no program on its word."""
    foreign = linux.put("a", "python")
    workbook_with(campaign / "Район.xlsm", python=str(foreign))
    linux.pythons[str(foreign)] = GOOD_PYTHON
    told = facts_of(linux, campaign).button_python
    foreign.unlink()
    gone = facts_of(linux, campaign).button_python

    assert told is not None
    assert gone is not None
    assert (told.asked, told.runs, told.version) == (False, True, "")
    assert (gone.asked, gone.runs) == (False, False)


def test_a_python_that_does_not_answer_is_told(linux: Computer) -> None:
    linux.put("home", ".config", "sheetsync", "python.txt", text="/nowhere/python\n")
    told = facts_of(linux).button_python

    assert told is not None
    assert not told.runs


@pytest.mark.parametrize(
    ("name", "parts"), [("linux", (".config",)), ("mac", (".config",)), ("windows", ("AppData", "Roaming"))]
)
def test_the_place_of_python_is_where_the_macros_look(
    name: str, parts: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    one: Computer = request.getfixturevalue(name)

    assert places.python_place(one.machine()) == one.home.joinpath(*parts, "sheetsync", "python.txt")


# --- the folder and the workbook


@pytest.mark.parametrize(
    ("folder", "cloud"),
    [
        ("OneDrive - Управление образования", "OneDrive"),
        ("Яндекс.Диск", "Яндекс.Диск"),
        ("YandexDisk", "Яндекс.Диск"),
        ("Облако Mail.ru", "Облако Mail"),
        ("Документы", ""),
    ],
)
def test_a_cloud_is_known_by_the_folders_on_the_way(
    windows: Computer, tmp_path: Path, folder: str, cloud: str
) -> None:
    place = tmp_path / folder / "Плавск"
    place.mkdir(parents=True)
    facts = facts_of(windows, place)

    assert facts.folder is not None
    assert facts.folder.cloud == cloud


def test_a_cloud_is_known_by_the_environment(windows: Computer, campaign: Path) -> None:
    """OneDrive may keep the ordinary «Documents»: only the environment tells."""
    windows.environment["OneDriveCommercial"] = str(campaign.parent)
    facts = facts_of(windows, campaign)

    assert facts.folder is not None
    assert facts.folder.cloud == "OneDrive"


@pytest.mark.parametrize(
    ("folder", "network"), [("\\\\server\\общая\\Плавск", True), ("Z:\\Плавск", True), ("C:\\Плавск", False)]
)
def test_a_share_is_known_by_its_path_or_its_letter(windows: Computer, folder: str, network: bool) -> None:
    windows.registry["HKCU\\Network\\Z"] = {"RemotePath": "\\\\server\\общая"}

    assert is_network(windows.machine(), folder) is network


def test_the_workbook_tells_its_protocol(linux: Computer, campaign: Path) -> None:
    workbook_with(campaign / "Район.xlsm", protocol=7, python="/p/python")
    facts = facts_of(linux, campaign)

    assert facts.folder is not None
    assert facts.folder.book is not None
    book = facts.folder.book
    assert (book.has_macros, book.protocol, book.python, book.readable) == (True, 7, "/p/python", True)


def test_a_file_that_is_no_workbook_is_told(linux: Computer, campaign: Path) -> None:
    (campaign / "Район.xlsm").write_bytes(b"\xd0\xcf\x11\xe0 under a password")
    facts = facts_of(linux, campaign)

    assert facts.folder is not None
    assert facts.folder.book is not None
    assert not facts.folder.book.readable


@pytest.mark.parametrize(
    ("name", "mark", "marked"),
    [
        ("windows", "[ZoneTransfer]\nZoneId=3\nHostUrl=https://mail.example/\n", True),
        ("windows", "[ZoneTransfer]\nZoneId=0\n", False),
        ("mac", "0083;65a;Mail;", True),
        ("mac", "", False),
    ],
)
def test_where_the_file_came_from_is_read(
    name: str, mark: str, marked: bool, campaign: Path, request: pytest.FixtureRequest
) -> None:
    one: Computer = request.getfixturevalue(name)
    workbook_with(campaign / "Район.xlsm")
    one.origins["Район.xlsm"] = mark
    facts = facts_of(one, campaign)

    assert facts.folder is not None
    assert facts.folder.book is not None
    assert facts.folder.book.from_internet is marked


def test_an_open_workbook_is_seen(linux: Computer, campaign: Path) -> None:
    workbook_with(campaign / "Район.xlsm")
    (campaign / "~$Район.xlsm").touch()
    facts = facts_of(linux, campaign)

    assert facts.folder is not None
    assert facts.folder.book is not None
    assert facts.folder.book.is_open


def test_a_folder_that_is_not_there_is_told(linux: Computer, campaign: Path) -> None:
    facts = facts_of(linux, campaign / "нет")

    assert facts.folder is not None
    assert not facts.folder.exists


# --- this very computer


def test_this_computer_answers() -> None:
    """The real adapter, on the system the tests run on: its own Python has everything but perhaps uno."""
    machine = this_machine()
    facts = gather(machine, None)

    assert facts.system is this_system() is machine.system
    assert facts.python.path == sys.executable
    assert facts.python.runs
    assert facts.python.sheetsync
    assert facts.python.xlwings
    assert facts.python.version == "{}.{}.{}".format(*sys.version_info[:3])
    assert machine.processes()


@pytest.mark.skipif(this_system() is not System.LINUX, reason="names of processes are Linux'")
def test_running_programs_are_named() -> None:
    assert any(name.startswith(("python", "pytest")) for name in this_machine().processes())
