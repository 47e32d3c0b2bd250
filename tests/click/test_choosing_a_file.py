"""«Проверить один файл» on a screen: the one dialog of the buttons, answered and cancelled."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import button_district
from desktop import PROGRAMS, Document, Office, Screen, lacking, until
from sheetsync import store
from sheetsync.columns import BUTTONS, Action, KitCell
from sheetsync.notices import Notice, say

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        bool(lacking(*PROGRAMS)), reason="needs a screen, a mouse, LibreOffice and its Python module"
    ),
]
SECONDS = 150.0
CAPTION = next(one.caption for one in BUTTONS if one.action is Action.CHECK)


@pytest.fixture
def document(district: Path, screen: Screen, tmp_path: Path) -> Iterator[Document]:
    workbook = button_district.copied(district, tmp_path)
    with Office.opened(tmp_path / "home", screen) as office, office.document(workbook) as opened:
        opened.maximise()
        yield opened


def test_the_dialog_asks_for_the_copy_and_the_next_press_asks_anew(
    document: Document, screen: Screen, district: Path, tmp_path: Path
) -> None:
    """Its title is the question; Cancel is said, a chosen copy is checked, and the choice is forgotten."""
    dialog = say(Notice.KIT_CHOOSE_FILE)
    copy = shutil.copy(store.Campaign(district.parent).received / "план (1).xlsx", tmp_path / "copy.xlsx")

    document.press(CAPTION)
    until(lambda: dialog in screen.windows(), SECONDS, "the file dialog")
    screen.keys("Escape")
    cancelled = said(document)
    document.press(CAPTION)
    until(lambda: dialog in screen.windows(), SECONDS, "the file dialog")
    screen.types(str(copy))
    screen.shot(tmp_path, "file-dialog")
    screen.keys("Return")
    until(lambda: said(document) not in {cancelled, say(Notice.KIT_RUNNING)}, SECONDS, "an answer")

    assert cancelled == say(Notice.KIT_NO_FILE)
    assert "copy.xlsx" in said(document)
    until(lambda: document.text(KitCell.FILE) == "", SECONDS, "the choice forgotten")


def said(document: Document) -> str:
    """The sentence in the status cell, once there is one."""
    return until(lambda: document.text(KitCell.STATUS), SECONDS, "a sentence")
