"""How long the parts of the job take, printed as medians beside a peer measured in the same run.

python benchmarks/measure.py        about a minute; numbers are for this machine only
"""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl

from sheetsync import campaign, demo, read_deadline, read_evidence, read_parties, store
from sheetsync.intake.gate import inspect
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out, TableBody

ROUNDS = 5
LONGEST_CELL = 32_767
HOSTILE = ("план ", "№ 1 и ", "март ", "школы ", "a.b.c.", "от 01.01.", "А.Б. ", "1", "_", "приказ № ")


def median_ms(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "district"
        story = median_ms(lambda: demo.run(Path(tempfile.mkdtemp(dir=name)) / "d", datetime.now(UTC)), 1)
        demo.run(folder, datetime.now(UTC))
        copy = next((folder / "Получено").glob("*.xlsx")).read_bytes()
        book = (folder / store.NEW_WORKBOOK_NAME).read_bytes()
        report(story, copy, book, folder)


def report(story: float, copy: bytes, book: bytes, folder: Path) -> None:
    def read() -> None:
        inspect.cache_clear()
        open_copy(copy, "копия.xlsx")

    rows = tuple(tuple(Out(f"строка {row}, столбец {at}") for at in range(16)) for row in range(2000))
    lines = {
        "demo, whole story (9 copies)": story,
        "one copy: gate and reading": median_ms(read),
        "one copy: openpyxl.load_workbook (peer)": median_ms(
            lambda: openpyxl.load_workbook(io.BytesIO(copy))
        ),
        "district workbook: open and save": median_ms(lambda: ExcelFile.from_bytes(book).to_bytes()),
        "2,000 rows x 16 columns replaced": median_ms(lambda: replaced(book, rows), 3),
        "consolidate, nothing changed (9 copies)": median_ms(lambda: consolidate_again(folder), 3),
        "evidence in the worst hostile cell": worst(read_evidence),
        "deadline in the worst hostile cell": worst(lambda text: read_deadline(text, [2023])),
        "parties in the worst hostile cell": worst(read_parties),
    }
    for what, milliseconds in lines.items():
        sys.stdout.write(f"{what:45} {milliseconds:10.1f} ms\n")


def worst(read: Callable[[str], object]) -> float:
    """The slowest of the longest cells Excel can hold."""
    return max(
        median_ms(lambda crumb=crumb: read((crumb * LONGEST_CELL)[:LONGEST_CELL]), 1) for crumb in HOSTILE
    )


def replaced(book: bytes, rows: tuple[tuple[Out, ...], ...]) -> None:
    workbook = ExcelFile.from_bytes(book)
    headers = workbook.read_table("tbl_entries").headers
    width = len(headers)
    workbook.replace_table("tbl_entries", TableBody(headers, tuple(row[:width] for row in rows), headers[:1]))


def consolidate_again(folder: Path) -> None:
    campaign.consolidate(folder, date(2026, 10, 20), datetime.now(UTC))


if __name__ == "__main__":
    main()
