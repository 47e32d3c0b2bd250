"""Draws docs/google.png: a school's sheet in the stand-in for Google, as a browser shows it in the demo.

Needs chromium, and the font Carlito for the widths of Calibri. No test and no command needs either.
"""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from sheetsync import demo_google

PICTURE = Path(__file__).parents[1] / "docs" / "google.png"
SIZE = (1840, 800)
SHOWN = 1220
"""Pixels the picture is wide in the end."""
COLOURS = 200
OFFLINE = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
LOOKS = ("--hide-scrollbars", "--no-first-run", f"--window-size={SIZE[0]},{SIZE[1]}")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        work, said = Path(name), io.StringIO()

        def draw() -> None:
            school = re.findall(r"http://\S+/edit", said.getvalue())[-1]
            shot = work / "page.png"
            command = ["chromium", *OFFLINE, *LOOKS, f"--screenshot={shot}", school]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            with Image.open(shot) as page:
                small = page.convert("RGB").resize(
                    (SHOWN, SHOWN * SIZE[1] // SIZE[0]), Image.Resampling.LANCZOS
                )
                small.quantize(COLOURS).save(PICTURE, optimize=True)

        with contextlib.redirect_stderr(said):
            demo_google.run(work / "Светлореченск 2026", datetime.now(UTC), draw)


if __name__ == "__main__":
    main()
