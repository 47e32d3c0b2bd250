"""«addin install» gives LibreOffice the extension with the menu, «addin uninstall» takes it away."""

from __future__ import annotations

from pathlib import Path

import pytest
from computers import Computer

from sheetsync.notices import say
from sheetsync.office import places
from sheetsync.office.codes import Check
from sheetsync.office.diagnose import diagnose
from sheetsync.office.gather import gather
from sheetsync.office.install import Step, install, read_receipt, uninstall
from sheetsync.office.lo_extension import holds_extension
from sheetsync.office.notices import OfficeNotice
from sheetsync.workbooks.templates import EXTENSION_FILE, EXTENSION_NAME

MENU = "Свод"
PUT = Step(say(OfficeNotice.PUT_EXTENSION, menu=MENU))


@pytest.fixture(autouse=True)
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An extension to put in place, whatever this installation was built with."""
    extension = tmp_path / "built" / EXTENSION_FILE
    extension.parent.mkdir()
    extension.write_bytes(b"the menu")
    for module in ("install", "gather"):
        monkeypatch.setattr(
            f"sheetsync.office.{module}.built_in", lambda name: extension if name == EXTENSION_FILE else None
        )
    return extension


def there(computer: Computer) -> bytes:
    """What LibreOffice has of it."""
    machine = computer.machine()
    listed = places.extensions_list(machine).read_bytes() if holds_extension(machine) else b""
    return listed.removeprefix(EXTENSION_NAME.encode())


@pytest.mark.parametrize("system", ["windows", "mac", "linux"])
def test_libreoffice_gets_the_menu_and_loses_it_again(system: str, request: pytest.FixtureRequest) -> None:
    computer = request.getfixturevalue(system).with_unopkg()

    assert PUT in install(computer.machine(), None)
    assert there(computer) == b"the menu"
    assert Step(say(OfficeNotice.TOOK_EXTENSION, menu=MENU)) in uninstall(computer.machine())
    assert not there(computer)
    assert not places.receipt_place(computer.machine()).exists()


def test_the_doctor_sees_whether_libreoffice_has_it(linux: Computer, campaign: Path) -> None:
    """It reads LibreOffice's own list and starts nothing of LibreOffice."""
    linux.with_unopkg()

    assert found_by_doctor(linux, campaign) == {Check.EXTENSION_ABSENT}
    install(linux.machine(), None)
    linux.takes_extensions = False
    assert found_by_doctor(linux, campaign) == {Check.EXTENSION_GOOD}
    places.extensions_list(linux.machine()).write_bytes(b"Pmp1")
    assert found_by_doctor(linux, campaign) == {Check.EXTENSION_ABSENT}


def test_the_doctor_asks_for_nothing_install_cannot_do(
    linux: Computer, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No program that puts extensions in place, or no extension built."""
    assert found_by_doctor(linux.with_libreoffice(), campaign) == set()
    monkeypatch.setattr("sheetsync.office.gather.built_in", lambda _name: None)
    assert found_by_doctor(linux.with_unopkg(), campaign) == set()


def found_by_doctor(computer: Computer, campaign: Path) -> set[Check]:
    """What the doctor says of the extension."""
    said = {one.check for one in diagnose(gather(computer.machine(), campaign))}
    return said & {Check.EXTENSION_GOOD, Check.EXTENSION_ABSENT}


def test_a_second_time_it_is_said_to_be_there(linux: Computer) -> None:
    install(linux.with_unopkg().machine(), None)
    linux.takes_extensions = False

    assert Step(say(OfficeNotice.KEPT_ALREADY, what=PUT.sentence)) in install(linux.machine(), None)


def test_a_newer_one_takes_the_place_of_the_old(linux: Computer, packed: Path) -> None:
    install(linux.with_unopkg().machine(), None)
    packed.write_bytes(b"the newer menu")

    assert PUT in install(linux.machine(), None)
    assert there(linux) == b"the newer menu"


def test_one_the_user_removed_by_hand_comes_back_when_asked_for(linux: Computer) -> None:
    install(linux.with_unopkg().machine(), None)
    places.extensions_list(linux.machine()).write_bytes(b"Pmp1")

    assert PUT in install(linux.machine(), None)


def test_where_libreoffice_refuses_the_file_to_double_click_is_named(linux: Computer, packed: Path) -> None:
    """So it does after a crash, and to root."""
    linux.with_unopkg().takes_extensions = False
    refused = Step(say(OfficeNotice.SKIPPED_EXTENSION, menu=MENU, file=packed))

    assert refused in install(linux.machine(), None)
    assert read_receipt(linux.machine()).extension == ""


def test_an_open_libreoffice_is_asked_to_be_closed_and_that_once(linux: Computer, campaign: Path) -> None:
    linux.with_unopkg().running.add("soffice.bin")
    linux.put("home", ".config", "libreoffice", "4", ".lock")

    wanting = [one for one in install(linux.machine(), campaign) if one.needs_user]

    assert wanting == [Step(say(OfficeNotice.SKIPPED_OFFICE_RUNS), needs_user=True)]
    assert not there(linux)


def test_what_cannot_be_taken_away_now_is_told_and_taken_the_next_time(linux: Computer) -> None:
    install(linux.with_unopkg().machine(), None)
    linux.takes_extensions = False
    said = uninstall(linux.machine())
    linux.takes_extensions = True

    assert Step(say(OfficeNotice.LEFT_EXTENSION, menu=MENU), needs_user=True) in said
    assert there(linux)
    uninstall(linux.machine())
    assert not there(linux)
    assert not places.receipt_place(linux.machine()).exists()


def test_a_receipt_of_an_older_version_is_understood(linux: Computer) -> None:
    machine = linux.machine()
    text = '{"python": "p", "ribbon": "r", "trusted": ["file:///home"]}'
    places.receipt_place(machine).parent.mkdir(parents=True)
    places.receipt_place(machine).write_text(text)

    assert read_receipt(machine).trusted == ("file:///home",)
