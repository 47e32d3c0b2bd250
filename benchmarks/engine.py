"""How fast the engine over LibreOffice reads and writes, from inside the office and from outside.

python benchmarks/engine.py        a headless LibreOffice of its own; seconds, the best of three
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from desktop import Office
from sheetsync.workbooks.libreoffice.beyond import BeyondLibreOffice
from sheetsync.workbooks.libreoffice.connect import engine_on

ROWS, COLUMNS, ROUNDS = 3_000, 14, 3
LINKS, LINKS_FROM_OUTSIDE = 1_000, 100
BLOCK = [
    [f"строка {row}, столбец {at}: " + "слово " * 6 if at % 3 else float(row * at) for at in range(COLUMNS)]
    for row in range(ROWS)
]


def main() -> None:
    with tempfile.TemporaryDirectory() as home, Office.opened(Path(home)) as office:
        for from_inside, links in ((True, LINKS), (False, LINKS_FROM_OUTSIDE)):
            sys.stdout.write(f"{'from inside' if from_inside else 'from outside'}\n")
            app = engine_on(office.context, from_inside).apps.active
            book = app.books.add()
            app.screen_updating = False
            for name, act in acts(book.sheets[0], links).items():
                sys.stdout.write(f"  {name:<34}{best(act):8.3f}\n")
            app.screen_updating = True
            book.close()


def acts(sheet: Any, links: int) -> dict[str, Callable[[], object]]:
    """What is measured, in the order it is done."""
    beyond = BeyondLibreOffice()
    block, column = sheet.range((1, 1), (ROWS, COLUMNS)), sheet.range((1, 2), (links, 2))
    targets = {(row, 2): f"https://school.example.org/{row}" for row in range(1, links + 1)}
    return {
        f"write {ROWS} x {COLUMNS}": lambda: setattr(block, "value", BLOCK),
        f"read {ROWS} x {COLUMNS}": lambda: block.value,
        f"formulas of {ROWS} x {COLUMNS}": lambda: block.formula,
        f"make {links} links": lambda: beyond.add_links(sheet, targets),
        f"links of {ROWS} x {COLUMNS}": lambda: beyond.links(block),
        f"make {links} links anew": lambda: (beyond.remove_links(column), beyond.add_links(sheet, targets)),
        "100 rows cut and pasted": lambda: each_row(100, sheet, lambda row, to: row.move(to)),
        "100 rows inserted and deleted": lambda: (
            sheet["100:199"].insert("down"),
            sheet["100:199"].delete("up"),
        ),
        "100 cells, each on its own": lambda: each_row(100, sheet, lambda row, _: row[0, 0].value),
    }


def each_row(count: int, sheet: Any, act: Callable[[Any, Any], object]) -> None:
    for number in range(count):
        first, second = (ROWS + 10 + number, ROWS + 10 + count + number)
        act(sheet[f"{first}:{first}"], sheet[f"{second}:{second}"])


def best(act: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return min(times)


if __name__ == "__main__":
    main()
