"""Many districts, one after another, and the region's workbook over them: tens of thousands of copies."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import corpus
from bench_page import MIB as MIB_UNIT
from bench_page import SECONDS, Row, duration, number, size
from bench_work import Hours, consolidate, copied
from corpus import Recipe
from processes import MIB, Cost, run, sheetsync

_MAKING = 0.012
"""Seconds it takes to make a copy of a corpus, about."""
_KEPT_BACK = 90
"""Seconds that other parts of the benchmark need after this one."""


@dataclass(frozen=True, slots=True)
class Country:
    """So many districts of so many schools."""

    districts: int
    each: int

    @property
    def copies(self) -> int:
        return self.districts * self.each

    def recipes(self) -> list[Recipe]:
        return [Recipe(self.each, district=one) for one in range(self.districts)]

    def fits(self, hours: Hours, per_copy: float) -> bool:
        """Whether what is left is enough, corpora to be made included."""
        making = 0 if all(map(corpus.is_kept, self.recipes())) else self.copies * _MAKING
        return making + self.copies * per_copy * 1.3 < hours.left - _KEPT_BACK


def rows(country: Country, hours: Hours, per_copy: float) -> tuple[list[Row], Cost | None]:
    """The lines of the table and the cost of the first run; without it when there is no time."""
    districts = f"{country.districts} районов по {number(country.each)}"
    work = f"{number(country.copies)} копий: {districts} и книга региона"
    if not country.fits(hours, per_copy):
        why = f"заняло бы около {duration(country.copies * (per_copy + _MAKING))}"
        return [Row(work, why, "", None, SECONDS, 180, 60)], None
    with _places(country) as (places, out):
        first = _all(places, out)
        for place, recipe in zip(places, country.recipes(), strict=True):
            corpus.send_again(recipe, place, 0)
        again = _all(places, out)
    return [
        Row(work, duration(first.wall), "", first.wall, SECONDS, 180, 60),
        Row(
            "то же: память, все процессы вместе",
            size(first.together),
            "",
            first.together / MIB,
            MIB_UNIT,
            0.7 * 1024,
        ),
        Row(
            f"то же, {country.districts} копий другие",
            duration(again.wall),
            f"{duration(first.wall)}: впервые",
            again.wall,
            SECONDS,
            5,
            1,
        ),
    ], first


@contextmanager
def _places(country: Country) -> Iterator[tuple[list[Path], Path]]:
    with tempfile.TemporaryDirectory(prefix="sheetsync-bench-") as name:
        places = []
        for number_, recipe in enumerate(country.recipes()):
            place = Path(name) / f"Район {number_ + 1:02}"
            shutil.copytree(corpus.kept(recipe), place, copy_function=copied)
            places.append(place)
        yield places, Path(name) / "Регион"


def _all(places: Sequence[Path], out: Path) -> Cost:
    """Every district in its turn, then the region."""
    costs = [consolidate(place, watched=True) for place in places]
    costs.append(run(sheetsync("rollup", *places, "--out", out), watched=True))
    return Cost(
        sum(one.wall for one in costs),
        sum(one.cpu for one in costs),
        max(one.parent for one in costs),
        max(one.together for one in costs),
    )
