"""What sheetsync is compared with: what others do with the same files, measured in the same run.

python benchmarks/peers.py FOLDER OUT.xlsx

Run as a script it is the one that an office's own programmer writes: every copy read by pandas, joined,
written. It checks nothing, remembers nothing, sees neither links nor notes.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

SHEET = "Отчёт"
HEADERS_IN_ROW = 6
_NEEDED = (
    "xl/worksheets/",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/",
    "xl/comments",
    "docProps/custom.xml",
)
"""Parts with values, links, notes and marks."""


def joined(folder: Path, out: Path) -> int:
    """One table of all copies of a folder; returns its rows."""
    import pandas as pd  # noqa: PLC0415 - a peer's import is a part of its time

    frames = []
    for path in sorted(folder.glob("*.xlsx")):
        frame = pd.read_excel(path, sheet_name=SHEET, header=HEADERS_IN_ROW - 1, engine="openpyxl")
        frame.insert(0, "Файл", path.name)
        frames.append(frame)
    table = pd.concat(frames)
    table.to_excel(out, index=False)
    return len(table)


def inflated(data: bytes) -> int:
    """The parts a reader needs, unpacked and not looked at."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(len(archive.read(one)) for one in archive.namelist() if one.startswith(_NEEDED))


def written(rows: Iterable[Sequence[object]], path: Path) -> None:
    """The rows as a .csv."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


if __name__ == "__main__":
    sys.stdout.write(f"{joined(Path(sys.argv[1]), Path(sys.argv[2]))}\n")
