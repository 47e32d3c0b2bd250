"""Speed and memory beside the goals, in one table.

python benchmarks/bench.py [--copies 1000] [--many 10000] [--districts 40] [--minutes 14] [--write] [PART ...]

Parts: start, read, write, hostile, full, buttons, growth, profile, google, and many, country, which have a
table of their own; without a name all but these two. Each line compares with something measured in the same
run. What would not fit into the minutes is left out and said to be. ``--write`` puts the tables into
docs/performance.md, as ``make bench`` and ``make bench-country`` do.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from unittest import mock

sys.path.insert(0, str(Path(__file__).parent))

import bench_buttons
import bench_country
import bench_district
import bench_growth
import bench_hostile
import bench_page
import bench_points
import bench_work
import bench_writing
from bench_country import Country
from bench_page import HEADS, PAGE, PLOT, Row, number, table
from bench_work import AS_OF, Hours, campaign_of
from corpus import Recipe
from processes import Cost, Others, machine
from sampling import sampled

from sheetsync import campaign
from sheetsync.campaign.parts import running

COPIES: Final = 1_000
MANY: Final = 10_000
DISTRICTS: Final = 40
MINUTES: Final = 14
LOOKED_AT: Final = 200
"""Copies of the district whose run is looked at from inside."""
PARTS: Final = ("start", "read", "write", "hostile", "full", "buttons", "growth", "profile", "google")
LARGE: Final = ("many", "country")
"""What takes longer than a benchmark may that is run every day."""


@dataclass
class Bench:
    """One run of the benchmark: its sizes, its time, what it has found."""

    copies: int
    many: int
    districts: int
    hours: Hours
    parts: Sequence[str]
    others: Others = field(default_factory=Others)
    rows: list[Row] = field(default_factory=list)
    costs: dict[int, Cost] = field(default_factory=dict)
    each: float | None = None
    """Seconds by the clock for one copy read for the first time."""

    def goals(self) -> Iterator[Row]:
        """Lines as they are measured, the quick ones first."""
        if "start" in self.parts:
            yield bench_work.starting()
            yield bench_work.button()
        if "read" in self.parts:
            yield bench_work.reading(Recipe(min(self.copies, 100)))
        if "write" in self.parts:
            yield from bench_writing.writing(self.copies)
        if "hostile" in self.parts:
            yield from bench_hostile.rows(self.hours, min(self.copies, bench_hostile.AMONG))
        if "full" in self.parts:
            yield from self._district()

    def _district(self) -> Iterator[Row]:
        usual = Recipe(bench_district.affordable(self.copies, self.hours))
        found = bench_district.measured(usual, self.hours)
        found.script = bench_district.script(usual, self.hours)
        self.each = found.wall / usual.count
        if found.memory:
            self.costs[usual.count] = found.memory
        yield from bench_district.full_rows(found)
        yield from bench_district.again_rows(found)

    def country(self) -> Iterator[Row]:
        """More copies than one district has."""
        each = self.each or bench_district.pace()
        if "many" in self.parts:
            row, cost = bench_district.many_row(Recipe(self.many), self.hours, each)
            self.costs.update({self.many: cost} if cost else {})
            yield row
        if "country" in self.parts:
            country = Country(self.districts, self.copies)
            lines, cost = bench_country.rows(country, self.hours, each)
            self.costs.update({country.copies: cost} if cost else {})
            yield from lines

    def curve(self) -> bench_growth.Curve:
        """Districts of all sizes, those of earlier days too."""
        day = f"{datetime.now(UTC):%d.%m.%Y}"
        measured = {count: bench_growth.Point(count, cost, day) for count, cost in self.costs.items()}
        return bench_points.together(measured, machine().processor)

    def machine(self) -> str:
        here, others = machine(), 100 * self.others.share()
        told = (
            here.processor,
            f"ядер {here.cores}",
            f"память {number(here.memory)} ГиБ",
            here.python,
            here.system,
            f"{datetime.now(UTC):%d.%m.%Y}",
            f"другие программы занимали {number(others)} % процессора",
        )
        return f"{', '.join(told)}."


def profile(count: int = LOOKED_AT) -> str:
    """Which rooms the time of a first run goes to, all of it done by one process."""
    now = datetime.now(UTC)
    with campaign_of(Recipe(count)) as place, mock.patch.object(running, "cores", return_value=1):
        began = time.process_time()
        with sampled() as seen:
            campaign.consolidate(place, date.fromisoformat(AS_OF), now)
        spent = time.process_time() - began
    looks = seen.rooms.total()
    rooms = [
        (one, f"{number(100 * times / looks)} %", number(1000 * spent * times / looks / count))
        for one, times in seen.rooms.most_common()
        if times * 200 > looks
    ]
    places = [
        (f"`{one}`", f"{number(100 * times / looks)} %") for one, times in seen.functions.most_common(15)
    ]
    heads = f"{count} копий, один процесс, {number(1000 * spent / count)} мс процессора на копию.\n\n"
    return (
        f"{heads}{table(('комната', 'доля', 'мс на копию'), rooms)}\n{table(('где именно', 'доля'), places)}"
    )


def growth(bench: Bench) -> str:
    """How the cost grows with rows of the plan and with findings."""
    beside = min(bench.copies, 100)
    rows, findings = bench_growth.rows(bench.hours, beside), bench_growth.findings(bench.hours, beside)
    return f"При {beside} копиях:\n\n{bench_growth.told(rows)}\n{bench_growth.told(findings)}"


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def told_of(rows: Iterator[Row]) -> Iterator[Row]:
    """Each line is printed as soon as it is measured."""
    for number_, row in enumerate(rows):
        if not number_:
            tell(f"| {' | '.join(HEADS)} |\n{'| --- ' * len(HEADS)}|")
        tell(f"| {' | '.join(row.cells())} |")
        yield row


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed and memory beside the goals.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join((*PARTS, *LARGE)))
    parser.add_argument("--copies", type=int, default=COPIES)
    parser.add_argument("--many", type=int, default=MANY)
    parser.add_argument("--districts", type=int, default=DISTRICTS)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    unknown = set(asked.parts) - {*PARTS, *LARGE}
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    hours = Hours(60 * asked.minutes)
    bench = Bench(asked.copies, asked.many, asked.districts, hours, asked.parts or PARTS)
    measure(bench, asked.write)


def measure(bench: Bench, is_written: bool = False) -> None:
    """Print the tables as they grow; write them when asked."""
    pages: dict[str, str] = {}
    bench.rows += told_of(bench.goals())
    if bench.rows:
        pages["цели"] = f"{table(HEADS, [one.cells() for one in bench.rows])}\n{bench.machine()}"
    large = list(told_of(bench.country()))
    if large:
        pages["страна"] = f"{table(HEADS, [one.cells() for one in large])}\n{bench.machine()}"
    if "buttons" in bench.parts:
        pages["другие кнопки"] = bench_buttons.told(Recipe(bench.copies), bench.hours)
        tell(f"\n{pages['другие кнопки']}")
    if "profile" in bench.parts:
        pages["куда уходит время"] = profile(min(LOOKED_AT, bench.copies))
        tell(f"\n{pages['куда уходит время']}")
    if "growth" in bench.parts:
        pages["рост"] = growth(bench)
        tell(f"\n{pages['рост']}")
        bench.costs = bench_growth.copies(bench.hours, bench.costs, bench.copies)
    if bench.costs:
        curve = bench.curve()
        pages["рост по копиям"] = bench_growth.told(curve)
        tell(f"\n{pages['рост по копиям']}")
        if is_written:
            bench_points.keep(curve, machine().processor)
            bench_growth.plot(curve, PAGE.with_name(PLOT))
    if "google" in bench.parts and bench.hours.left > 0:
        import google_scale  # noqa: PLC0415 - the emulator is for this part alone

        pages["google"] = google_scale.told()
        tell(f"\n{pages['google']}")
    tell(f"\n{bench.machine()}")
    for name, text in pages.items() if is_written else ():
        bench_page.put(name, text)


if __name__ == "__main__":
    main()
