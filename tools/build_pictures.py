"""Draws the two pictures of the README from the demonstration: the panel and a school's form.

Needs LibreOffice and poppler's pdftoppm. Run `make pictures` after the templates changed.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sheetsync import demo, store

DOCS = Path(__file__).parents[1] / "docs"
DOTS_PER_INCH = "90"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        district = work / "district"
        demo.run(district, datetime.now(UTC))
        draw(district / store.NEW_WORKBOOK_NAME, "panel", work)
        draw(district / store.RECEIVED_FOLDER / "план (1).xlsx", "form", work)


def draw(workbook: Path, picture: str, work: Path) -> None:
    """The first printed page of a workbook as docs/PICTURE.png."""
    source = work / f"{picture}.xlsx"
    shutil.copy(workbook, source)
    profile = f"-env:UserInstallation=file://{work}/profile"
    soffice = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(source)]
    subprocess.run(soffice, check=True, capture_output=True)
    page = ["pdftoppm", "-png", "-singlefile", "-r", DOTS_PER_INCH, str(source.with_suffix(".pdf"))]
    subprocess.run([*page, str(DOCS / picture)], check=True)


if __name__ == "__main__":
    main()
