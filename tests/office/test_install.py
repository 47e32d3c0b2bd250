"""«addin install» puts everything in place once; «addin uninstall» takes away exactly that."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from computers import EXCEL_KEY, LOCATIONS_KEY, Computer

from sheetsync.office import install as installing
from sheetsync.office import places
from sheetsync.office.codes import Check
from sheetsync.office.diagnose import diagnose
from sheetsync.office.gather import gather
from sheetsync.office.install import Step, install, uninstall
from sheetsync.office.lo_settings import macro_settings
from sheetsync.office.notices import OfficeNotice
from sheetsync.office.shortcuts import shortcut_path
from sheetsync.workbooks.templates import ADDIN_FILE

OURS = f"{LOCATIONS_KEY}\\Location2"
THEIRS: Mapping[str, dict[str, str | int]] = {
    f"{LOCATIONS_KEY}\\Location0": {"Path": "C:\\XLSTART\\", "Description": "Excel"},
    f"{LOCATIONS_KEY}\\Location1": {"Path": "D:\\Бухгалтерия\\", "AllowSubFolders": 1, "Description": "1C"},
    f"{LOCATIONS_KEY}\\Location3": {"Path": "D:\\Отчёты\\", "Description": ""},
}


@pytest.fixture(autouse=True)
def packed_addin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An add-in to put in place, whatever this installation was built with."""
    addin = tmp_path / "built" / ADDIN_FILE
    addin.parent.mkdir()
    addin.write_bytes(b"the ribbon")
    for module in ("install", "gather"):
        monkeypatch.setattr(f"sheetsync.office.{module}.built_in", lambda _name: addin)
    return addin


def files_of(one: Computer) -> dict[str, bytes]:
    """Every file of the user's home."""
    return {
        path.relative_to(one.home).as_posix(): path.read_bytes()
        for path in sorted(one.home.rglob("*"))
        if path.is_file()
    }


def folders_of(one: Computer) -> set[Path]:
    return {path for path in one.home.rglob("*") if path.is_dir()}


def asked(steps: tuple[Step, ...]) -> list[str]:
    return [one.sentence for one in steps if one.needs_user]


def beginning(notice: OfficeNotice) -> str:
    return notice.value.partition("{")[0]


def checks_of(one: Computer, folder: Path) -> set[Check]:
    return {said.check for said in diagnose(gather(one.machine(), folder))}


# --- Windows


def test_on_windows_everything_is_put_in_place(windows: Computer, campaign: Path, packed_addin: Path) -> None:
    windows.with_excel().with_libreoffice().registry.update(THEIRS)
    steps = install(windows.machine(), campaign)
    machine = windows.machine()

    assert asked(steps) == []
    assert windows.registry[OURS] == {
        "Path": f"{campaign}\\",
        "AllowSubFolders": 1,
        "Description": "sheetsync",
    }
    assert (
        windows.settings / "Microsoft" / "Excel" / "XLSTART" / "sheetsync.xlam"
    ).read_bytes() == b"the ribbon"
    assert places.python_place(machine).read_text("utf-8") == f"{windows.python}\n"
    assert macro_settings(places.libreoffice_settings(machine).read_bytes()).trusted == (campaign.as_uri(),)
    assert shortcut_path(machine.system, campaign).name == "Собрать свод.cmd"
    assert shortcut_path(machine.system, campaign).exists()


def test_afterwards_the_doctor_is_content(windows: Computer, campaign: Path) -> None:
    windows.with_excel().with_libreoffice()
    before = checks_of(windows, campaign)
    install(windows.machine(), campaign)
    after = checks_of(windows, campaign)

    assert {
        Check.EXCEL_ASKS,
        Check.LIBREOFFICE_DISTRUSTS,
        Check.BUTTONS_NO_PYTHON,
        Check.RIBBON_ABSENT,
    } <= before
    assert {Check.EXCEL_TRUSTS, Check.LIBREOFFICE_TRUSTS, Check.BUTTONS_PYTHON, Check.RIBBON_GOOD} <= after


def test_others_trusted_locations_are_never_touched(windows: Computer, campaign: Path) -> None:
    windows.with_excel().registry.update(THEIRS)
    before = {key: dict(values) for key, values in windows.registry.items()}
    install(windows.machine(), campaign)
    during = {key: dict(windows.registry[key]) for key in before}
    uninstall(windows.machine())

    assert during == before
    assert windows.registry == before


def test_a_folder_somebody_trusted_already_gets_no_second_entry(windows: Computer, campaign: Path) -> None:
    windows.with_excel().registry[f"{LOCATIONS_KEY}\\Location0"] = {
        "Path": str(campaign.parent),
        "AllowSubFolders": 1,
    }
    before = {key: dict(values) for key, values in windows.registry.items()}
    install(windows.machine(), campaign)
    uninstall(windows.machine())

    assert windows.registry == before


def test_an_older_excel_gets_its_own_key(windows: Computer, campaign: Path) -> None:
    key = "HKCU\\Software\\Microsoft\\Office\\15.0\\Excel\\Security"
    windows.with_excel().registry[key] = {}
    install(windows.machine(), campaign)

    assert f"{key}\\Trusted Locations\\Location0" in windows.registry
    assert not any(one.startswith(EXCEL_KEY) for one in windows.registry)
    uninstall(windows.machine())
    assert f"{key}\\Trusted Locations\\Location0" not in windows.registry


def test_a_share_is_only_told(windows: Computer, campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    windows.with_excel()
    monkeypatch.setattr(installing, "is_network", lambda _machine, _folder: True)
    before = dict(windows.registry)
    steps = install(windows.machine(), campaign)

    assert [one.partition("»")[0] for one in asked(steps)] == [f"Папка «{campaign}"]
    assert windows.registry == before


def test_an_addin_excel_holds_open_stops_nothing_else(
    windows: Computer, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel keeps the add-in of its start folder open: the old one stays, the rest is done."""
    from sheetsync.store import TargetBusy, write_atomically  # noqa: PLC0415

    def held(path: Path, data: bytes, **options: bytes | None) -> None:
        if path.name == ADDIN_FILE:
            raise TargetBusy(path)
        write_atomically(path, data, **options)

    windows.with_excel()
    monkeypatch.setattr(installing, "write_atomically", held)
    steps = install(windows.machine(), campaign)

    assert [one.startswith("Файл «") for one in asked(steps)] == [True]
    assert shortcut_path(windows.system, campaign).exists()


def test_a_python_whose_path_the_code_page_lacks_is_said(
    windows: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "python_place_encoding", lambda _machine: "ascii")
    windows.root = windows.root / "Анна"
    steps = install(windows.machine(), None)

    assert [str(windows.python) in one for one in asked(steps)] == [True]
    assert not places.python_place(windows.machine()).exists()


# --- macOS


def test_on_a_mac_the_addin_goes_to_the_start_folder(mac: Computer, campaign: Path) -> None:
    steps = install(mac.with_excel().machine(), campaign)
    start = (
        mac.home / "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
    )

    assert asked(steps) == []
    assert (start / "sheetsync.xlam").read_bytes() == b"the ribbon"
    assert mac.registry == {}
    assert shortcut_path(mac.system, campaign).stat().st_mode & 0o111


# --- Linux and LibreOffice


def test_a_profile_that_was_never_used_gets_its_first_setting(linux: Computer, campaign: Path) -> None:
    install(linux.with_libreoffice().machine(), campaign)
    file = places.libreoffice_settings(linux.machine())

    assert macro_settings(file.read_bytes()).trusted == (campaign.as_uri(),)


def test_an_open_libreoffice_is_not_disturbed(linux: Computer, campaign: Path) -> None:
    machine = linux.with_libreoffice().machine()
    lock = places.libreoffice_profile(machine) / ".lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    linux.running.add("soffice.bin")
    steps = install(machine, campaign)

    assert asked(steps) == [OfficeNotice.SKIPPED_OFFICE_RUNS.value]
    assert not places.libreoffice_settings(machine).exists()
    linux.running.clear()
    assert asked(install(machine, campaign)) == []
    linux.running.add("soffice.bin")
    assert asked(uninstall(machine)) == [OfficeNotice.SKIPPED_OFFICE_RUNS.value]
    linux.running.clear()
    assert asked(uninstall(machine)) == []
    assert not places.libreoffice_settings(machine).exists()


def test_a_damaged_profile_is_left_alone(linux: Computer, campaign: Path) -> None:
    machine = linux.with_libreoffice().machine()
    file = places.libreoffice_settings(machine)
    file.parent.mkdir(parents=True)
    file.write_bytes(b"<oor:items")
    steps = install(machine, campaign)

    assert [one.startswith(beginning(OfficeNotice.SKIPPED_OFFICE_SETTINGS)) for one in asked(steps)] == [True]
    assert file.read_bytes() == b"<oor:items"


def test_two_campaigns_are_both_trusted_and_both_taken_back(linux: Computer, campaign: Path) -> None:
    other = campaign.parent / "Другая"
    other.mkdir()
    machine = linux.with_libreoffice().machine()
    for folder in (campaign, other, campaign):
        install(machine, folder)
    trusted = macro_settings(places.libreoffice_settings(machine).read_bytes()).trusted

    assert trusted == (campaign.as_uri(), other.as_uri())
    uninstall(machine)
    assert not places.libreoffice_settings(machine).exists()


def test_a_folder_behind_a_link_is_trusted_under_both_names(linux: Computer, campaign: Path) -> None:
    """LibreOffice compares letters: a workbook opened through the link lies elsewhere for it."""
    link = linux.home / "кампании"
    link.symlink_to(campaign.parent)
    machine = linux.with_libreoffice().machine()
    install(machine, link / campaign.name)
    trusted = macro_settings(places.libreoffice_settings(machine).read_bytes()).trusted

    assert trusted == ((link / campaign.name).as_uri(), campaign.as_uri())
    assert Check.LIBREOFFICE_TRUSTS in checks_of(linux, campaign) & checks_of(linux, link / campaign.name)
    uninstall(machine)
    assert not places.libreoffice_settings(machine).exists()


def test_the_old_settings_are_kept_beside_while_ours_are_in(linux: Computer, campaign: Path) -> None:
    machine = linux.with_libreoffice().machine()
    file = places.libreoffice_settings(machine)
    file.parent.mkdir(parents=True)
    before = b'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n</oor:items>\n'
    file.write_bytes(before)
    install(machine, campaign)

    assert [path.read_bytes() for path in file.parent.glob("*.before-sheetsync")] == [before]


# --- on every system


def ready(name: str, request: pytest.FixtureRequest) -> Computer:
    one: Computer = request.getfixturevalue(name)
    if name != "linux":
        one.with_excel()
    return one.with_libreoffice()


@pytest.mark.parametrize("name", ["windows", "mac", "linux"])
def test_once_more_changes_nothing_and_says_so(
    name: str, campaign: Path, request: pytest.FixtureRequest
) -> None:
    one = ready(name, request)
    install(one.machine(), campaign)
    files, registry = files_of(one), {key: dict(values) for key, values in one.registry.items()}
    steps = install(one.machine(), campaign)

    assert (files_of(one), one.registry) == (files, registry)
    again = [step.sentence.startswith(beginning(OfficeNotice.KEPT_ALREADY)) for step in steps]
    assert again[:-1] == [True] * (len(steps) - 1), "all but the shortcut, which is written anew"


@pytest.mark.parametrize("name", ["windows", "mac", "linux"])
def test_uninstall_leaves_the_computer_as_it_was(
    name: str, campaign: Path, request: pytest.FixtureRequest
) -> None:
    one = ready(name, request)
    settings = places.libreoffice_settings(one.machine())
    settings.parent.mkdir(parents=True)
    settings.write_bytes(
        b'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
        b'<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="SecureURL" oor:op="fuse">'
        b"<value><it>file:///srv/others</it></value></prop></item>\n</oor:items>\n"
    )
    files, registry = files_of(one), {key: dict(values) for key, values in one.registry.items()}
    install(one.machine(), campaign)
    changed = files_of(one)
    steps = uninstall(one.machine())

    assert changed != files
    assert (files_of(one), one.registry) == (files, registry)
    assert not places.our_settings(one.machine()).exists()
    assert "ярлыки" in steps[-1].sentence, "what stays is said"
    assert [step.sentence for step in uninstall(one.machine())] == [OfficeNotice.TOOK_NOTHING.value]


def test_what_somebody_changed_since_is_left_and_said(windows: Computer, campaign: Path) -> None:
    machine = windows.with_excel().machine()
    install(machine, campaign)
    places.python_place(machine).write_text("D:\\other\\python.exe\n")
    start = places.excel_start_folder(machine)
    assert start is not None
    (start / ADDIN_FILE).write_bytes(b"their own")
    steps = uninstall(machine)

    assert places.python_place(machine).read_text() == "D:\\other\\python.exe\n"
    assert (start / ADDIN_FILE).read_bytes() == b"their own"
    left = [one.sentence for one in steps if one.sentence.startswith("Файл «")]
    assert len(left) == 2


def test_another_python_takes_over_the_buttons(linux: Computer, campaign: Path) -> None:
    """sheetsync was moved to a new Python: its own «addin install» tells the buttons so."""
    machine = linux.machine()
    file = places.python_place(machine)
    file.parent.mkdir(parents=True)
    file.write_text("/old/python\n")
    install(machine, None)

    assert file.read_text() == f"{linux.python}\n"


def test_without_a_folder_no_folder_is_trusted(windows: Computer) -> None:
    install(windows.with_excel().with_libreoffice().machine(), None)

    assert not any("Location" in key.rpartition("\\")[2] for key in windows.registry)
    assert not places.libreoffice_settings(windows.machine()).exists()


def test_a_disk_that_refuses_is_said_and_the_rest_is_done(
    linux: Computer, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = places.our_settings(linux.machine())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("a file where our folder should be")
    steps = install(linux.machine(), campaign)

    assert len(asked(steps)) == 1
    assert shortcut_path(linux.system, campaign).exists()


def test_an_installation_without_the_addin_says_so(
    windows: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "built_in", lambda _name: None)
    steps = install(windows.with_excel().machine(), None)

    assert any(ADDIN_FILE in one.sentence and not one.needs_user for one in steps)


def test_a_computer_without_office_programs_is_told(linux: Computer, campaign: Path) -> None:
    steps = install(linux.machine(), campaign)

    assert OfficeNotice.NO_OFFICE_PROGRAM.value in [one.sentence for one in steps]
