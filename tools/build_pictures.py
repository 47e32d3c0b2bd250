"""Draws the pictures of the pages from the demonstration: the panel after a press, a school's form, the
form returned to it, the note.

    python tools/build_pictures.py               all of them
    python tools/build_pictures.py note form     only these

Needs LibreOffice, a screen nobody sees (Xvfb, for the panel), imagemagick and poppler's pdftoppm. Run
`make pictures` after the templates changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sheetsync import demo, store
from sheetsync.columns import BUTTONS, Action, KitCell
from sheetsync.notices import Notice, say

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

from desktop import Document, Office, Screen, buttons_called, until  # noqa: E402

DOCS = ROOT / "docs"
DOTS_PER_INCH = "90"
COLOURS = "128"
PANEL = "panel"
MARGIN = 20
"""Pixels of the sheet right of the buttons that stay in the picture."""
BORDER = 12
CAPTION = next(one.caption for one in BUTTONS if one.action is Action.CONSOLIDATE)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        district = work / "Светлореченск 2026"
        demo.run(district, datetime.now(UTC))
        place = store.open_campaign(district)
        pages = {
            "form": place.received / "план (1).xlsx",
            "returned": next(place.returned.iterdir()),
            "note": place.note,
        }
        wanted = sys.argv[1:] or [*pages, PANEL]
        for picture in pages.keys() & set(wanted):
            draw_page(pages[picture], picture, work)
        if PANEL in wanted:
            draw_panel(place.workbook, work)


def draw_page(document: Path, picture: str, work: Path) -> None:
    """The first printed page of a workbook or a document as docs/PICTURE.png."""
    source = work / f"{picture}{document.suffix}"
    shutil.copy(document, source)
    profile = f"-env:UserInstallation=file://{work}/profile"
    soffice = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(source)]
    subprocess.run(soffice, check=True, capture_output=True)
    page = ["pdftoppm", "-png", "-singlefile", "-r", DOTS_PER_INCH, str(source.with_suffix(".pdf"))]
    subprocess.run([*page, str(DOCS / picture)], check=True)
    drawn = str(DOCS / f"{picture}.png")
    subprocess.run(["convert", drawn, "+dither", "-colors", COLOURS, "-strip", drawn], check=True)


def draw_panel(workbook: Path, work: Path) -> None:
    """The panel as the screen shows it after a real click on «Собрать свод», as docs/panel.png."""
    with (
        Screen.opened() as screen,
        Office.opened(work / "home", screen) as office,
        office.document(workbook) as document,
    ):
        document.maximise()
        document.component.CurrentController.ShowPageBreaks = False
        document.write(KitCell.STATUS, "")
        document.press(CAPTION)
        until(lambda: document.text(KitCell.STATUS) not in {"", say(Notice.KIT_RUNNING)}, 60, "an answer")
        width, height, left, top = sheet_area(document)
        screen.click(left + width + 2 * MARGIN, top + height // 2)  # the selected cell is out of the picture
        time.sleep(2)
        whole = screen.shot(work, PANEL)
        area = f"{width}x{height}+{left}+{top}"
        looks = [
            "-crop",
            area,
            "+repage",
            "-bordercolor",
            "white",
            "-border",
            str(BORDER),
            "-colors",
            COLOURS,
        ]
        subprocess.run(["convert", str(whole), *looks, "-strip", str(DOCS / f"{PANEL}.png")], check=True)


def sheet_area(document: Document) -> tuple[int, int, int, int]:
    """Where the sheet stands on the screen, as far as the buttons: width, height, left, top."""
    window = document.component.CurrentController.Frame.ContainerWindow
    button = next(buttons_called(CAPTION, window.getAccessibleContext()))
    sheet = button.getAccessibleParent().getAccessibleContext()
    corner, right = sheet.getLocationOnScreen(), button.getLocationOnScreen().X + button.getSize().Width
    return right + MARGIN - corner.X, sheet.getSize().Height, corner.X, corner.Y


if __name__ == "__main__":
    main()
