"""The small works that are measured, and what all measuring has in common: corpora, commands, hours."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import corpus
import peers
from bench_page import MILLISECONDS, TIMES, Row, duration
from corpus import Recipe
from processes import Cost, median_of, repeated, run, sheetsync, wall

from sheetsync import store
from sheetsync.workbooks.copies import open_copy

AS_OF: Final = "2025-12-22"
_READ: Final = 60
"""Copies that are read one by one in a round."""
_ROUNDS: Final = 5
_NEVER_WRITTEN_INTO: Final = (
    f"/{store.FORMS_FOLDER}/",
    f"/{store.STATE_FOLDER}/originals/",
    f"/{store.STATE_FOLDER}/forms/",
)


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
    """Forms, originals and what is remembered of forms are never written into: one place on the disk."""
    if any(one in source for one in _NEVER_WRITTEN_INTO):
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def consolidate(place: Path, *, watched: bool = False, as_of: str = AS_OF) -> Cost:
    """One run of the command, as a user calls it."""
    return run(sheetsync("consolidate", place, "--as-of", as_of), watched=watched)


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
