"""The works that are measured: each a function from a corpus to a line of the table."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import corpus
import peers
from bench_page import MIB as MIB_UNIT
from bench_page import MILLISECONDS, SECONDS, SHARE, TIMES, Row, duration, number, size
from corpus import Recipe
from processes import MIB, Cost, cpu, median_of, repeated, run, sheetsync, wall

from sheetsync import store
from sheetsync.columns import ENTRIES, Kind
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out, TableBody
from sheetsync.workbooks.templates import Template, template_bytes

AS_OF: Final = "2025-12-22"
_READ: Final = 60
"""Copies that are read one by one in a round."""
_ROUNDS: Final = 5
_TRIED: Final = 30
"""Copies of the district that tells how much time there will be."""
_RUNS_OF_ALL: Final = 4
"""How often a district is read for the first time."""
_PEER: Final = Path(peers.__file__)


@dataclass
class Hours:
    """The time a benchmark may take, and what it has spent."""

    seconds: float
    began: float = field(default_factory=time.perf_counter)

    @property
    def left(self) -> float:
        return self.seconds - (time.perf_counter() - self.began)

    def rounds(self, wanted: int, each: float, share: float = 0.25) -> int:
        """How many times something may be done that takes so long: at least once."""
        return max(1, min(wanted, int(self.left * share / max(each, 0.001))))


@contextmanager
def campaign_of(recipe: Recipe) -> Iterator[Path]:
    """A corpus to work on; nothing of it has been consolidated."""
    kept = corpus.kept(recipe)
    with tempfile.TemporaryDirectory(prefix="sheetsync-bench-") as name:
        place = Path(name) / "campaign"
        shutil.copytree(kept, place, copy_function=copied)
        yield place


def copied(source: str, target: str) -> None:
    """Forms and originals are never written into, so they need no second place on the disk."""
    if f"/{store.FORMS_FOLDER}/" in source or "/originals/" in source:
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def consolidate(place: Path, *, watched: bool = False) -> Cost:
    """One run of the command, as a user calls it."""
    return run(sheetsync("consolidate", place, "--as-of", AS_OF), watched=watched)


def received(place: Path) -> list[Path]:
    return sorted((place / store.RECEIVED_FOLDER).glob("*.xlsx"))


# --- one copy


def reading(recipe: Recipe) -> Row:
    """The gate, values, links, notes and marks of one copy after another, beside unpacking them."""
    files = [(one.name, one.read_bytes()) for one in received(corpus.kept(recipe))[:_READ]]

    def ours() -> None:
        for name, data in files:
            assert open_copy(data, name).book is not None

    def unpacked() -> None:
        for _, data in files:
            peers.inflated(data)

    ours()
    pairs = [(median_of(ours, 1), median_of(unpacked, 1)) for _ in range(_ROUNDS)]
    mine, theirs = (sorted(times)[_ROUNDS // 2] / len(files) for times in zip(*pairs, strict=True))
    against = f"{duration(theirs)}: zipfile распаковал те же части"
    work = "прочитать одну копию: ворота, значения, ссылки, примечания, метки"
    return Row(work, duration(mine), against, mine / theirs, TIMES, 3, 2)


# --- a district


@dataclass
class Full:
    """What a full run costs, and the script it is compared with."""

    costs: list[Cost]
    memory: Cost
    script: list[Cost]

    @property
    def wall(self) -> float:
        return wall(self.costs)


def affordable(copies: int, hours: Hours) -> int:
    """As many of the copies asked for as leave time for the rest: on a slow day a smaller district."""
    if copies <= _TRIED:
        return copies
    with campaign_of(Recipe(_TRIED)) as place:
        each = consolidate(place).wall / _TRIED
    sizes = (
        one for one in (copies, copies // 3, copies // 10) if one * each * _RUNS_OF_ALL < hours.left * 0.6
    )
    return next(sizes, _TRIED)


def full(recipe: Recipe, hours: Hours, wanted: int = 3) -> Full:
    """A district read for the first time, a new folder each time; and the office's own script."""
    with campaign_of(recipe) as place:
        memory = consolidate(place, watched=True)
    costs = []
    for _ in range(hours.rounds(wanted, memory.wall)):
        with campaign_of(recipe) as place:
            costs.append(consolidate(place))
    files = corpus.kept(recipe) / store.RECEIVED_FOLDER
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(_PEER), str(files), f"{folder}/свод.xlsx"]
        script = repeated(lambda: run(command), 1)
        script += repeated(lambda: run(command), hours.rounds(2, script[0].wall, 0.15) - 1)
    return Full(costs, memory, script)


def full_rows(recipe: Recipe, found: Full) -> Iterator[Row]:
    count = number(recipe.count)
    theirs = wall(found.script)
    yield Row(
        f"{count} копий впервые, весь процесс",
        f"{duration(found.wall)} ({number(cpu(found.costs) / recipe.count * 1000)} мс процессора на копию)",
        f"{duration(theirs)} ({number(cpu(found.script) / recipe.count * 1000)} мс): скрипт pandas",
        theirs / found.wall,
        TIMES,
        15,
        28,
        more_is_better=True,
    )
    yield Row(
        f"память на {count} копий: все процессы вместе",
        size(found.memory.together),
        "",
        found.memory.together / MIB,
        MIB_UNIT,
        150,
    )
    yield Row(
        "то же: главный процесс", size(found.memory.parent), "", found.memory.parent / MIB, MIB_UNIT, 150, 64
    )


def again_rows(recipe: Recipe, found: Full, hours: Hours) -> Iterator[Row]:
    """The same folder once more: as it was, and with one copy sent again."""
    count, theirs = number(recipe.count), wall(found.script)
    with campaign_of(recipe) as place:
        consolidate(place)
        first = consolidate(place)
        idle = repeated(lambda: consolidate(place), hours.rounds(_ROUNDS, first.wall, 0.1))
        changed = []
        for version in range(hours.rounds(_ROUNDS, first.wall, 0.1)):
            corpus.send_again(recipe, place, version)
            changed.append(consolidate(place))
    for work, costs, goal in (
        (f"{count} копий, ничего не изменилось", idle, 3),
        (f"{count} копий, одна другая", changed, 5),
    ):
        mine = wall(costs)
        share = mine / found.wall * 100
        yield Row(work, duration(mine), f"{duration(found.wall)}: впервые", share, f"{SHARE} полного", goal)
        yield Row(
            "то же против скрипта",
            duration(mine),
            f"{duration(theirs)}: скрипт pandas",
            theirs / mine,
            TIMES,
            100,
            350,
            more_is_better=True,
        )


def many_row(recipe: Recipe, hours: Hours, each: float) -> tuple[Row, Cost | None]:
    """A region's worth of copies, nothing changed; measured when the first run fits the time left."""
    work = f"{number(recipe.count)} копий, ничего не изменилось"
    expected = each * recipe.count * 1.3 + recipe.count / 100
    if expected > hours.left * 0.5:
        why = f"первый запуск занял бы около {duration(expected)}"
        return Row(work, why, "", None, SECONDS, 0.5, 0.3), None
    with campaign_of(recipe) as place:
        first = consolidate(place, watched=True)
        consolidate(place)
        idle = repeated(lambda: consolidate(place), _ROUNDS)
    against = f"{duration(first.wall)}: впервые"
    return Row(work, duration(wall(idle)), against, wall(idle), SECONDS, 0.5, 0.3), first


# --- writing


def writing(schools: int) -> Row:
    """«Исполнение» of so many schools put into a district workbook, beside the same rows as .csv."""
    rows = tuple(_entries(Recipe(schools)))
    plain = [[cell.value for cell in row] for row in rows]
    body = TableBody(
        ENTRIES.headers, rows, (ENTRIES.column("participant").header, ENTRIES.column("key").header)
    )
    book = template_bytes(Template.DISTRICT)
    with tempfile.TemporaryDirectory() as folder:

        def ours() -> None:
            workbook = ExcelFile.from_bytes(book)
            workbook.replace_table(ENTRIES.name, body)
            (Path(folder) / "Район.xlsx").write_bytes(workbook.to_bytes())

        def as_csv() -> None:
            peers.written(plain, Path(folder) / "Исполнение.csv")

        theirs = median_of(as_csv, 3)
        mine = median_of(ours, 3)
    work = f"записать {number(len(rows))} строк «Исполнения» в готовую книгу"
    return Row(
        work, duration(mine), f"{duration(theirs)}: csv.writer, те же строки", mine / theirs, TIMES, 1.5, 0.75
    )


def _entries(recipe: Recipe) -> Iterator[tuple[Out, ...]]:
    """Rows as a consolidation shows them."""
    words = {
        "evidence": "есть",
        "findings": "",
        "review": "не проверено",
        "source": "S01 Липовская СОШ.xlsx, Отчёт!F12",
    }
    for who, asked, answer in corpus.told(recipe):
        shown: dict[str, str | date] = {
            "participant": who.short_name, "number": asked.number, "title": asked.title, "due": asked.due,
            "key": f"{who.code}{asked.number}", **words, **answer.cells,
        }  # fmt: skip
        yield tuple(_shown(shown.get(one.key), one.kind is Kind.LINK) for one in ENTRIES.columns)


def _shown(value: str | date | None, is_link: bool) -> Out:
    return Out(value, link=value if is_link and isinstance(value, str) else None)


# --- starting


def starting() -> Row:
    bare = repeated(lambda: run([sys.executable, "-c", "pass"]), 9)
    ours = repeated(lambda: run(sheetsync("--help")), 9)
    mine = wall(ours) * 1000
    return Row(
        "sheetsync --help",
        duration(wall(ours)),
        f"{duration(wall(bare))}: python -c pass",
        mine,
        MILLISECONDS,
        120,
        60,
    )


def button(copies: int = 4) -> Row:
    """A small district read for the first time, by the command the button calls."""
    costs = []
    for _ in range(_ROUNDS):
        with campaign_of(Recipe(copies)) as place:
            costs.append(consolidate(place))
    mine = wall(costs)
    return Row(
        f"кнопка, {copies} копии в папке, весь процесс",
        duration(mine),
        "",
        mine * 1000,
        MILLISECONDS,
        400,
        150,
    )


def every(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    return [one.cells() for one in rows]
