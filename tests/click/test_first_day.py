"""The first day of a coordinator with LibreOffice: as it is installed, macros are off; one command changes that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import button_district
from desktop import PROGRAMS, Office, Screen, environment_of, lacking, until
from sheetsync.columns import BUTTONS, ENTRIES_SHEET, Action, KitCell
from sheetsync.notices import Notice, say

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        bool(lacking(*PROGRAMS)), reason="needs a screen, a mouse, LibreOffice and its Python module"
    ),
]
SECONDS = 150.0
CAPTION = next(one.caption for one in BUTTONS if one.action is Action.CONSOLIDATE)
DIALOG = "Warning"
"""The title of LibreOffice's «Macros may contain viruses. Execution of macros is disabled …»."""


def test_a_double_click_on_the_workbook_and_a_click_on_its_button(
    district: Path, screen: Screen, tmp_path: Path
) -> None:
    """A profile nobody used, a folder with Cyrillic and spaces; nothing here tells LibreOffice to trust anything.

    Before the command: a dialog, then a button that does nothing; what to do stands in the status cell
    and is told by the doctor. After it: no dialog, and the same click fills the sheets.
    """
    workbook, home = button_district.copied(district, tmp_path), tmp_path / "Дом Ивановой"
    with Office.opened(home, screen, documents=[workbook]) as office:
        until(lambda: DIALOG in screen.windows(), SECONDS, "the warning that macros are off")
        screen.shot(tmp_path, "macros-off-warning")
        screen.keys("Return")
        document = office.shown()
        document.maximise()
        document.click(CAPTION)
        screen.shot(tmp_path, "macros-off-dead-button")
        assert not document.component.AllowMacroExecution
        assert document.text(KitCell.STATUS) == say(Notice.PRESS_FIRST, shortcut=CAPTION)
        office.quit()

    told = sheetsync(home, screen, "doctor", str(workbook.parent))
    command = f'sheetsync addin install "{workbook.parent}"'
    assert command in " ".join(told.split())
    sheetsync(home, screen, "addin", "install", str(workbook.parent))

    with Office.opened(home, screen, documents=[workbook]) as office:
        document = office.shown()
        assert DIALOG not in screen.windows()
        document.maximise()
        document.press(CAPTION)
        until(lambda: document.text(KitCell.STATUS).startswith("Готово"), SECONDS, "the outcome of the press")
        screen.shot(tmp_path, "trusted-folder")
        shown = document.sheet(ENTRIES_SHEET).getCellRangeByName("A5:D40").getDataArray()
        assert sum(1 for row in shown if any(row)) > 30


def sheetsync(home: Path, screen: Screen, *words: str) -> str:
    """What the command line prints to this user."""
    command = [sys.executable, "-m", "sheetsync", *words]
    environment = environment_of(home, screen) | {"COLUMNS": "400"}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=SECONDS, check=False)
    return done.stdout.decode()
