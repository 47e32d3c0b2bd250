"""A real LibreOffice believes what «addin install» wrote into its profile, and only that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from computers import Computer
from xlsxwriter import Workbook

from desktop import Office, lacking
from sheetsync.office import places
from sheetsync.office.install import install, uninstall
from sheetsync.office.lo_settings import macro_settings
from tools_path import tool

AS_THE_USER_SET = 3
"""MacroExecutionMode USE_CONFIG: what a double click on the file does."""
SCRIPT = "vnd.sun.star.script:VBAProject.modSheetsync.Touch?language=Basic&location=document"
MACRO = (
    'Attribute VB_Name = "modSheetsync"\r\nOption Explicit\r\n\r\nPublic Sub Touch()\r\n'
    '    ThisWorkbook.Names("touched").RefersToRange.Value = "ran"\r\nEnd Sub\r\n'
)

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(lacking("soffice")), reason="needs LibreOffice and its Python module"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("project") / "vbaProject.bin"
    path.write_bytes(tool("build_macros").project_bytes({"modSheetsync": MACRO}, {"Лист": "Sheet1"}))
    return path


def workbook(folder: Path, project: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "Район.xlsm"
    with Workbook(path) as book:
        book.set_vba_name()
        book.add_worksheet("Лист").set_vba_name()
        book.define_name("touched", "=Лист!$B$2")
        book.add_vba_project(str(project))
    return path


@contextmanager
def office(computer: Computer) -> Iterator[Office]:
    """LibreOffice as the computer's user starts it, ended as people end it."""
    with Office.opened(computer.home) as opened:
        yield opened
        opened.quit()


def runs(office: Office, path: Path) -> bool:
    """Whether a press in this workbook does anything.

    Pressed the way a button does it, through the window: a script provider asks nobody for leave.
    """
    with office.document(path, MacroExecutionMode=AS_THE_USER_SET) as document:
        address = office.struct("com.sun.star.util.URL")
        address.Complete = address.Main = SCRIPT
        address.Protocol = SCRIPT.partition(":")[0] + ":"
        document.component.CurrentController.Frame.queryDispatch(address, "", 0).dispatch(address, ())
        did = document.text("touched") == "ran"
        assert did is document.component.AllowMacroExecution
        return did


def test_a_macro_runs_in_the_trusted_folder_and_nowhere_else(
    linux: Computer, campaign: Path, project: Path
) -> None:
    """Default security level, folder names with Cyrillic and a space; a neighbour with a longer name is not covered."""
    inside, deeper = workbook(campaign, project), workbook(campaign / "Архив 2022", project)
    outside = workbook(campaign.with_name(f"{campaign.name} копия"), project)
    with office(linux) as first:
        assert not runs(first, inside)

    machine = linux.with_libreoffice().machine()
    file = places.libreoffice_settings(machine)
    before = file.read_bytes()
    assert all(not one.needs_user for one in install(machine, campaign))
    with office(linux) as second:
        assert [runs(second, one) for one in (inside, deeper, outside)] == [True, True, False]

    assert macro_settings(file.read_bytes()).trusted == (campaign.as_uri(),), "LibreOffice kept it as it was"
    uninstall(machine)
    assert macro_settings(file.read_bytes()) == macro_settings(before)
    assert b"SecureURL" not in file.read_bytes()
