"""A double click on «Собрать свод.desktop»: the very command line of the file, beside a real LibreOffice."""

from __future__ import annotations

import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import button_district
from button_district import without_hours
from desktop import PROGRAMS, Office, Screen, environment_of, lacking
from desktop_entry import entry, exec_words
from sheetsync.columns import FINDINGS
from sheetsync.findings import fact_of, make
from sheetsync.notices import Notice, say
from sheetsync.office.machine import System
from sheetsync.office.notices import OfficeNotice
from sheetsync.office.shortcuts import shortcut_path, write_shortcut

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        bool(lacking(*PROGRAMS)), reason="needs a screen, a mouse, LibreOffice and its Python module"
    ),
]
SECONDS = 150.0
SHOWN_OPEN = fact_of(make("S811"))


@pytest.fixture
def workbook(district: Path, tmp_path: Path) -> Path:
    """A campaign whose shortcut is the one `sheetsync new` made."""
    return button_district.copied(district, tmp_path)


@dataclass(frozen=True)
class Window:
    """What the terminal shows until Enter is pressed, by the last line and before it."""

    words: str

    def says(self, notice: OfficeNotice) -> bool:
        return notice.value in self.words


def double_click(workbook: Path, home: Path, screen: Screen | None = None) -> Window:
    """Run what the desktop would run; the window waits for Enter, which is pressed."""
    path = shortcut_path(System.LINUX, workbook.parent)
    done = subprocess.run(
        exec_words(entry(path.read_text(encoding="utf-8"))["Exec"], str(path)),
        input=b"\n",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment_of(home, screen) | {"COLUMNS": "400"},
        timeout=SECONDS,
        check=False,
    )
    return Window(done.stdout.decode())


def test_a_closed_workbook_changes_on_the_disk_and_an_open_one_on_the_screen_alone(
    workbook: Path, district: Path, screen: Screen, tmp_path: Path
) -> None:
    """Both show the same then, table by table."""
    home, closed = tmp_path / "home", button_district.copied(district, tmp_path / "closed")
    before = workbook.read_bytes()
    with Office.opened(home, screen) as office, office.document(workbook) as document:
        document.maximise()
        told_of_closed = double_click(closed, home, screen)
        told_of_open = double_click(workbook, home, screen)
        screen.shot(tmp_path, "shortcut-while-open")
        on_screen = button_district.tables_on_screen(document, closed)

    on_disk = button_district.tables_of_file(closed)
    assert without_hours(on_screen) == without_hours(on_disk)
    assert (closed.read_bytes() != before, workbook.read_bytes() == before) == (True, True)
    assert SHOWN_OPEN in told_of_open.words
    assert SHOWN_OPEN not in told_of_closed.words
    assert told_of_open.says(OfficeNotice.SHORTCUT_LOOK)
    assert told_of_closed.says(OfficeNotice.SHORTCUT_LOOK)


def test_an_office_that_dies_in_the_middle_is_told_in_a_sentence(workbook: Path, tmp_path: Path) -> None:
    """It is killed when half of the tables are written; the file on the disk is as it was."""
    home, before = tmp_path / "home", workbook.read_bytes()
    with Office.opened(home) as office, office.document(workbook):
        write_shortcut(System.LINUX, workbook.parent, killing(office, tmp_path))
        window = double_click(workbook, home)

    assert say(Notice.PRESS_CLOSED) in window.words
    assert window.says(OfficeNotice.SHORTCUT_FAILED)
    assert workbook.read_bytes() == before


def killing(office: Office, folder: Path) -> Path:
    """A Python that kills the office where it would write «Замечания»."""
    first = (
        "import os, signal, sheetsync.workbooks.excel_live.workbook as live; "
        "kept = live.LiveWorkbook.replace_table; "
        f"live.LiveWorkbook.replace_table = lambda self, name, body: (name == '{FINDINGS.name}' and "
        f"os.killpg({office.process.pid}, signal.SIGKILL), kept(self, name, body))[1]"
    )
    script = folder / "python"
    body = f"import runpy, sys; {first}; runpy.run_module('sheetsync', run_name='__main__', alter_sys=True)"
    script.write_text(
        f'#!/bin/sh\nshift 3\nexec {shlex.quote(sys.executable)} -P -c {shlex.quote(body)} "$@"\n'
    )
    script.chmod(0o755)
    return script
