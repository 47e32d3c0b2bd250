"""Many districts, one after another, and the region's workbook over them: tens of thousands of copies.

As many districts are read as there is time for, each with schools and answers of its own; the region is
made over all of them, the rest being workbooks of a measured district under other names.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import corpus
from bench_district import MAKING
from bench_page import MIB as MIB_UNIT
from bench_page import SECONDS, Row, duration, number, size
from bench_work import Hours, consolidate, copied
from corpus import Recipe
from processes import MIB, Cost, repeated, run, sheetsync

import region
from sheetsync import store

_REGION: Final = 30
_REGION_EACH: Final = 0.003
"""Seconds the region's workbook may take, all its runs together: at least, and for each copy."""
_GOAL: Final = 0.7 * 1024


@dataclass(frozen=True, slots=True)
class Country:
    """So many districts of so many schools."""

    districts: int
    each: int

    @property
    def copies(self) -> int:
        return self.districts * self.each

    def recipe(self, district: int) -> Recipe:
        return Recipe(self.each, district=district)

    def fitting(self, hours: Hours, per_copy: float) -> int:
        """How many districts can be read in what is left, their copies made included."""
        left, count = hours.left - _REGION - self.copies * _REGION_EACH, 0
        while count < self.districts:
            making = 0 if corpus.is_kept(self.recipe(count)) else MAKING
            left -= self.each * (per_copy * 1.2 + making)
            if left < 0:
                break
            count += 1
        return count


@dataclass
class Run:
    """One district after another, and the region: first, then with a copy of each sent again, then with as
    many sent again in one of them."""

    first: list[Cost]
    again: list[Cost]
    rollup: Cost
    rollup_idle: Cost
    rollup_again: Cost
    in_one: Cost
    rollup_of_one: Cost

    def whole(self, districts: int) -> Cost:
        """All districts, those that were not read being like those that were."""
        times = districts / len(self.first)
        every = [*self.first, self.rollup]
        return Cost(
            sum(one.wall for one in self.first) * times + self.rollup.wall,
            sum(one.cpu for one in self.first) * times + self.rollup.cpu,
            max(one.parent for one in every),
            max(one.together for one in every),
            max(one.resident for one in every),
        )

    def again_in(self, districts: int) -> float:
        """Seconds when a copy of each of so many districts is another: every district and the region."""
        times = districts / len(self.again)
        one_more = max(0.0, self.rollup_again.wall - self.rollup_idle.wall)
        return (sum(one.wall for one in self.again) + one_more) * times + self.rollup_idle.wall


def rows(country: Country, hours: Hours, per_copy: float) -> tuple[list[Row], Cost | None]:
    """The lines of the table and the cost of the first run; without it when there is no time."""
    districts = f"{country.districts} районов по {number(country.each)}"
    work = f"{number(country.copies)} копий впервые: {districts} и книга региона"
    count = country.fitting(hours, per_copy)
    if not count:
        why = f"заняло бы около {duration(country.copies * (per_copy + MAKING))}"
        return [Row(work, why, "", None, SECONDS, 180, 60)], None
    with _places(country, count) as (places, out):
        found = _measured(country, places, out)
    whole = found.whole(country.districts)
    told = "" if count == country.districts else f"прочитано районов: {count}, остальные как они"
    again = found.again_in(country.districts)
    many = f"{country.districts} копий другие, по одной в районе: все районы и регион"
    one = found.in_one.wall + found.rollup_of_one.wall
    in_one = f"{country.districts} копий другие, все в одном районе: этот район и регион"
    return [
        Row(work, duration(whole.wall), told, whole.wall, SECONDS, 180, 60),
        Row("то же: все процессы (PSS)", size(whole.together), f"RSS вместе {size(whole.resident)}",
            whole.together / MIB, MIB_UNIT, _GOAL),
        Row(many, duration(again), told, again, SECONDS, 5, 1),
        Row(in_one, duration(one), "", one, SECONDS, 5, 1),
        _of_region("впервые", found.rollup),
        _of_region("ничего не изменилось", found.rollup_idle),
        _of_region(f"изменилось районов: {count}", found.rollup_again),
    ], whole  # fmt: skip


def _of_region(when: str, cost: Cost) -> Row:
    return Row(f"из них книга региона, {when}", duration(cost.wall), "", cost.wall, SECONDS)


def _measured(country: Country, places: Sequence[Path], out: Path) -> Run:
    first = [consolidate(place, watched=True) for place in places]
    beside = out.parent / "Остальные районы"
    book = store.Campaign(places[0]).workbook
    region.write(beside, book, iter(range(len(places), country.districts)), seed=0)
    inside = [*places, *sorted(beside.iterdir())]

    def rollup(*, watched: bool = False) -> Cost:
        return run(sheetsync("rollup", *inside, "--out", out), watched=watched)

    made, idle = rollup(watched=True), repeated(rollup, 3)
    for number_, place in enumerate(places):
        corpus.send_again(country.recipe(number_), place, 0)
    again = [consolidate(place) for place in places]
    rolled_up = rollup()
    for version in range(1, country.districts + 1):
        corpus.send_again(country.recipe(0), places[0], version)
    in_one = consolidate(places[0])
    return Run(first, again, made, sorted(idle, key=lambda one: one.wall)[1], rolled_up, in_one, rollup())


@contextmanager
def _places(country: Country, count: int) -> Iterator[tuple[list[Path], Path]]:
    with tempfile.TemporaryDirectory(prefix="sheetsync-bench-") as name:
        places = []
        for number_ in range(count):
            place = Path(name) / f"Район {number_ + 1:02}"
            shutil.copytree(corpus.kept(country.recipe(number_)), place, copy_function=copied)
            places.append(place)
        yield places, Path(name) / "Регион"
