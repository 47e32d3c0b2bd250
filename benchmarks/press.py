"""From a mouse click on «Собрать свод» to the finished sheets, part by part.

python benchmarks/press.py [PRESSES] [SCHOOLS]

On the demo district, or on one of so many schools, sixty rows each. A real LibreOffice on a screen
nobody sees. The first press is cold (nothing of ours is in the office's memory yet, nothing in the
sheets); before each later one a school sends its copy again, changed by one cell.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import openpyxl

_ROOT = Path(__file__).parents[1]
sys.path.append(str(_ROOT / "tests"))

import corpus  # noqa: E402

import button_district  # noqa: E402
from desktop import Document, Office, Screen, until  # noqa: E402
from sheetsync import store  # noqa: E402
from sheetsync.columns import BUTTONS, FORM_SHEET, Action, KitCell  # noqa: E402
from sheetsync.notices import Notice, say  # noqa: E402

CAPTION = next(one.caption for one in BUTTONS if one.action is Action.CONSOLIDATE)
COPY = "план (1).xlsx"
"""The copy of the demo district that is sent again."""
CLAIM = 20
"""Letters a cell has that tells what was done."""
STARTING, SHOWING = "button found, macro -> Python started", "Python ended -> sentence shown"


@dataclass(frozen=True)
class Press:
    """One press: seconds in all and by part, and the seconds Python itself was busy."""

    whole: float
    parts: dict[str, float]
    busy: dict[str, float]


def main() -> None:
    asked = argparse.ArgumentParser(description="From a click on «Собрать свод» to the finished sheets.")
    asked.add_argument("presses", type=int, nargs="?", default=5)
    asked.add_argument("schools", type=int, nargs="?", default=0, help="0: the demo district")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, Screen.opened() as screen:
        home = Path(folder)
        workbook, copy = district_of(told.schools, home / button_district.FOLDER)
        with Office.opened(home / "home", screen) as office, office.document(workbook) as document:
            document.maximise()
            document.write(KitCell.PYTHON, clocked_python(home))
            time.sleep(2)
            cold = press(document, home)
            warm = []
            for number in range(told.presses - 1):
                change(copy, number)
                warm.append(press(document, home))
    tell(table(cold, warm))


def clocked_python(home: Path) -> str:
    """What the button starts: Python with a clock beside the press."""
    script = home / "python"
    inside = Path(__file__).with_name("press_inside.py")
    script.write_text(f"#!/bin/sh\nexec '{sys.executable}' -E -P '{inside}' '{home / 'times.json'}' \"$@\"\n")
    script.chmod(0o755)
    return str(script)


def press(document: Document, home: Path) -> Press:
    """Click and wait for the sentence."""
    document.write(KitCell.STATUS, "")
    times = home / "times.json"
    times.unlink(missing_ok=True)
    clicked = time.time()
    document.press(CAPTION)
    until(lambda: document.text(KitCell.STATUS) not in {"", say(Notice.KIT_RUNNING)}, 120, "an answer")
    until(times.exists, 20, "the clock of the press")
    # the sentence may be there before Python has ended: the press is over when both are
    ended = time.time()
    told = json.loads(times.read_text(encoding="utf-8"))
    parts = {STARTING: told["began"] - clicked, **told["spent"], SHOWING: max(ended - told["ended"], 0.0)}
    return Press(ended - clicked, parts, told["cpu"])


def district_of(schools: int, folder: Path) -> tuple[Path, Path]:
    """The district workbook of a campaign, and the copy that is to be sent again and again."""
    if not schools:
        workbook = button_district.build(folder)
        return workbook, store.Campaign(folder).received / COPY
    shutil.copytree(corpus.kept(corpus.Recipe(schools)), folder)
    campaign = store.Campaign(folder)
    return campaign.workbook, min(campaign.received.glob("*.xlsx"))


def change(copy: Path, number: int) -> None:
    """A school sends its form again with other words in one cell."""
    book = openpyxl.load_workbook(copy)
    cells = (cell for row in book[FORM_SHEET].iter_rows() for cell in row)
    told = next(one for one in cells if not one.protection.locked and len(str(one.value or "")) > CLAIM)
    told.value = f"Сделано, всё хорошо. Приказ № {number + 1} от 01.09.2026"
    book.save(copy)


def table(cold: Press, warm: list[Press]) -> str:
    """Markdown: seconds of each part, cold and the median of the warm presses."""
    lines = [
        f"| part | cold, s | warm, s (median of {len(warm)}) | of it Python busy, s |",
        "|---|---:|---:|---:|",
    ]
    for part in cold.parts:
        usual = statistics.median(one.parts.get(part, 0.0) for one in warm)
        busy = statistics.median(one.busy.get(part, 0.0) for one in warm)
        lines.append(f"| {part} | {cold.parts[part]:.2f} | {usual:.2f} | {busy:.2f} |")
    whole = statistics.median(one.whole for one in warm)
    busy = statistics.median(sum(one.busy.values()) for one in warm)
    lines.append(f"| **click to finished sheet** | **{cold.whole:.2f}** | **{whole:.2f}** | {busy:.2f} |")
    return "\n".join(lines)


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
