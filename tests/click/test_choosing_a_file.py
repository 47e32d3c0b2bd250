"""«Проверить один файл» on a screen: the one dialog of the buttons, answered and cancelled."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import button_district
from desktop import PROGRAMS, Document, Office, Screen, lacking, until
from sheetsync import store
from sheetsync.columns import BUTTONS, PANEL, Action, KitCell
from sheetsync.notices import Notice, say

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        bool(lacking(*PROGRAMS)), reason="needs a screen, a mouse, LibreOffice and its Python module"
    ),
]
SECONDS = 150.0
COPY = "план (1).xlsx"
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
    copy = shutil.copy(store.Campaign(district.parent).received / COPY, tmp_path / "copy.xlsx")

    asked_by(document, screen)
    screen.keys("Escape")
    cancelled = said(document)
    chosen(document, screen, str(copy))

    assert cancelled == say(Notice.KIT_NO_FILE)
    until(lambda: "copy.xlsx" in said(document), SECONDS, "an answer about the copy")
    until(lambda: document.text(KitCell.FILE) == "", SECONDS, "the choice forgotten")


def test_the_dialog_opens_where_the_copies_lie(document: Document, screen: Screen, tmp_path: Path) -> None:
    """A name alone is enough for a copy in «Получено»; where that folder is gone, for one beside the workbook."""
    campaign = store.Campaign(tmp_path / button_district.FOLDER)
    shutil.copy(campaign.received / COPY, campaign.received / "received.xlsx")
    shutil.copy(campaign.received / COPY, campaign.folder / "beside.xlsx")

    chosen(document, screen, "received.xlsx")
    until(lambda: "received.xlsx" in said(document), SECONDS, "an answer about the received copy")
    until(lambda: document.text(KitCell.FILE) == "", SECONDS, "the choice forgotten")
    campaign.received.rename(tmp_path / "elsewhere")
    chosen(document, screen, "beside.xlsx")
    until(lambda: "beside.xlsx" in said(document), SECONDS, "an answer about the copy beside the workbook")


def asked_by(document: Document, screen: Screen) -> None:
    """Press the button, which an answer may have hidden behind its own sheet, and wait for the dialog."""
    document.component.CurrentController.setActiveSheet(document.sheet(PANEL))
    document.press(CAPTION, lambda: say(Notice.KIT_CHOOSE_FILE) in screen.windows())


def chosen(document: Document, screen: Screen, name: str) -> None:
    """Press the button and type into its dialog."""
    asked_by(document, screen)
    screen.types(name)
    screen.keys("Return")


def said(document: Document) -> str:
    """The sentence in the status cell, once there is one."""
    return until(lambda: document.text(KitCell.STATUS), SECONDS, "a sentence")
