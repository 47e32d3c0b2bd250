"""LibreOffice loses the buttons of an .xlsm in saving it; with our extension they are there when it is opened."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from computers import Computer, computer
from msgspec.structs import replace

from desktop import PROGRAMS, Document, Office, Screen, accessible_role, lacking, until
from sheetsync.columns import (
    BUTTONS,
    CODE_NAMES,
    MACRO_MODULE,
    PANEL,
    RIBBON_TAB,
    Action,
    KitCell,
    KitMessage,
)
from sheetsync.office.install import install, uninstall
from sheetsync.office.lo_extension import holds_extension
from sheetsync.office.machine import Machine, System
from sheetsync.workbooks.kit import fit_kit
from sheetsync.workbooks.templates import Template, macros_bytes, template_bytes
from tools_path import tool

build_macros = tool("build_macros")

AS_THE_USER_SET = 3
NOBODY = 65534
"""LibreOffice puts no extensions in place for root; a test that is root asks as somebody else."""
CAPTIONS = {one.action: one.caption for one in BUTTONS}
ALL = [(one.caption, one.macro) for one in BUTTONS]
SAID = "Python не запустился"
SECONDS = 20.0

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        bool(lacking(*PROGRAMS, "unopkg")),
        reason="needs a screen, a mouse, LibreOffice and its Python module",
    ),
]


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with Screen.opened() as opened:
        yield opened


@pytest.fixture
def user() -> Iterator[Computer]:
    """A user with this computer's LibreOffice and a home of his own."""
    root = Path(tempfile.mkdtemp(prefix="sheetsync"))
    made = computer(System.LINUX, root)
    made.environment["PATH"] = os.environ["PATH"]
    made.python.unlink()
    yield made
    shutil.rmtree(root)


def machine_of(user: Computer) -> Machine:
    """The user's computer, with the real program that puts extensions in place."""
    return replace(user.machine(), ask=lambda command: _real(user, command))


def _real(user: Computer, command: Sequence[str]) -> str | None:
    if Path(command[0]).stem != "unopkg":
        return user.machine().ask(command)
    own = {"HOME": str(user.home), "XDG_CONFIG_HOME": str(user.settings)}
    somebody: dict[str, Any] = {}
    if os.geteuid() == 0:
        somebody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        for path in (user.root, *user.root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    done = subprocess.run(
        command, env=os.environ | own, capture_output=True, timeout=60, check=False, **somebody
    )
    return None if done.returncode else done.stdout.decode()


def of_three_buttons() -> bytes:
    """The macros of the version that had three buttons."""
    sources = build_macros.workbook_sources()
    for one in BUTTONS[3:]:
        sub = rf"Public Sub {one.macro}\(\).*?End Sub\r\n"
        sources[MACRO_MODULE] = re.sub(sub, "", sources[MACRO_MODULE], flags=re.DOTALL)
    return bytes(build_macros.project_bytes(sources, CODE_NAMES))


def district_workbook(folder: Path, macros: bytes | None = None) -> Path:
    """A district workbook whose buttons find no Python and say so."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "Район.xlsm"
    texts: dict[KitCell | KitMessage, str | int] = {
        **dict.fromkeys(KitMessage, SAID),
        KitMessage.RUNNING: "Работаю…",
        KitCell.PYTHON: str(folder / "нет" / "python"),
        KitCell.TIMEOUT: 20,
    }
    path.write_bytes(fit_kit(template_bytes(Template.DISTRICT), macros or macros_bytes(), texts).data)
    return path


def buttons_of(document: Document) -> list[tuple[str, str]]:
    """Caption and macro of every button of the panel; one that is only being drawn has no macro yet."""
    found = []
    for form in document.sheet(PANEL).DrawPage.Forms:
        for index in range(form.Count):
            told = [bound.ScriptCode for bound in form.getScriptEvents(index)]
            macro = "".join(told).partition(f"{MACRO_MODULE}.")[2].partition("?")[0]
            found.append((form.getByIndex(index).Label, macro))
    return found


def wait_for_buttons(document: Document) -> None:
    until(lambda: buttons_of(document) == ALL, SECONDS, "the buttons")


def wait_for_sentence(document: Document) -> None:
    until(lambda: document.text(KitCell.STATUS) == SAID, SECONDS, "a sentence in the status cell")


def press(document: Document) -> None:
    document.write(KitCell.STATUS, "")
    document.press(CAPTIONS[Action.CONSOLIDATE])
    wait_for_sentence(document)


def choose(document: Document, caption: str) -> None:
    """Choose from our menu, as a person does: with the mouse."""
    screen = document.office.screen
    assert screen is not None
    window = document.component.CurrentController.Frame.ContainerWindow.getAccessibleContext()
    screen.click(*_middle(until(lambda: _inside(window, ("", RIBBON_TAB)), SECONDS, "our menu")))
    screen.click(*_middle(until(lambda: _inside(window, ("", RIBBON_TAB, caption)), SECONDS, caption)))


def _inside(accessible: Any, names: Sequence[str]) -> Any:
    """A choice of a window's menus by the names that lead to it; «» is the bar they hang on."""
    if not names:
        return accessible
    for index in range(accessible.getAccessibleChildCount()):
        child = accessible.getAccessibleChild(index).getAccessibleContext()
        is_bar = child.getAccessibleRole() == accessible_role("MENU_BAR")
        if (is_bar if not names[0] else child.getAccessibleName() == names[0]) and child.getSize().Width:
            return _inside(child, names[1:])
    return None


def _middle(accessible: Any) -> tuple[int, int]:
    corner, size = accessible.getLocationOnScreen(), accessible.getSize()
    return corner.X + size.Width // 2, corner.Y + size.Height // 2


def test_buttons_are_there_and_work_however_often_libreoffice_saves(user: Computer, screen: Screen) -> None:
    """Saved twice; a real click runs the macro in the trusted folder; the workbook opens unchanged."""
    path = district_workbook(user.home / "Плавск 2023")
    install(machine_of(user), path.parent)
    assert holds_extension(machine_of(user))
    for _ in range(2):
        with Office.opened(user.home, screen, documents=[path]) as office:
            document = office.shown()
            document.maximise()
            wait_for_buttons(document)
            assert not document.component.isModified()
            press(document)
            document.component.store()
            office.quit()

    uninstall(machine_of(user))
    assert not holds_extension(machine_of(user))


def test_the_menu_does_what_the_buttons_do_and_brings_none_back(user: Computer, screen: Screen) -> None:
    """The office deleted two buttons: one left says that they are away by its own wish."""
    path = district_workbook(user.home / "Плавск 2023")
    install(machine_of(user), path.parent)
    with Office.opened(user.home, screen, documents=[path]) as office:
        document = office.shown()
        document.maximise()
        page = document.sheet(PANEL).DrawPage
        controls = [page.getByIndex(index) for index in range(page.Count)]
        for one in [one for one in controls if hasattr(one, "Control")][1:]:
            page.remove(one)
        document.come_to_rest(CAPTIONS[Action.ISSUE])
        choose(document, CAPTIONS[Action.CONSOLIDATE])

        wait_for_sentence(document)
        assert buttons_of(document) == ALL[:1]


def test_in_another_workbook_the_menu_says_which_one_to_open(user: Computer, screen: Screen) -> None:
    """And a workbook that only has the same named cell gets no buttons."""
    install(machine_of(user), None)
    path = user.home / "Без макросов.xlsx"
    path.write_bytes(template_bytes(Template.DISTRICT))
    with Office.opened(user.home, screen, documents=[path]) as office:
        document = office.shown()
        document.maximise()
        choose(document, CAPTIONS[Action.ISSUE])

        until(lambda: RIBBON_TAB in screen.windows(), SECONDS, "the sentence in a window")
        assert buttons_of(document) == []
        screen.keys("Return")
        until(lambda: RIBBON_TAB not in screen.windows(), SECONDS, "the end of the window")


def test_a_workbook_of_an_older_version_gets_the_buttons_it_knows(user: Computer, screen: Screen) -> None:
    """Its macros know three: no other is drawn, and the menu says how to get the rest."""
    folder = user.home / "Плавск 2022"
    install(machine_of(user), district_workbook(folder).parent)  # what is there already is made new
    path = district_workbook(folder, of_three_buttons())
    with Office.opened(user.home, screen, documents=[path]) as office:
        office.shown().component.store()
        office.quit()
    with Office.opened(user.home, screen, documents=[path]) as office:
        document = office.shown()
        document.maximise()
        until(lambda: buttons_of(document) == ALL[:3], SECONDS, "three buttons")
        choose(document, CAPTIONS[Action.ACCEPT])

        until(lambda: RIBBON_TAB in screen.windows(), SECONDS, "the sentence in a window")
        screen.keys("Return")
        until(lambda: RIBBON_TAB not in screen.windows(), SECONDS, "the end of the window")
