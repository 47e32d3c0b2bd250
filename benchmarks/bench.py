"""Speed and memory beside the goals, in one table.

python benchmarks/bench.py [--copies 1000] [--many 10000] [--districts 40] [--minutes 14] [--write] [PART ...]

Parts: read, full, again, many, write, start, hostile, growth, profile, google, country; without a name all
of them. Each line compares with something measured in the same run. What would not fit into the minutes is
left out and said to be. ``--write`` puts the tables into docs/performance.md, as ``make bench`` does.
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

sys.path.insert(0, str(Path(__file__).parent))

import bench_country
import bench_growth
import bench_hostile
import bench_page
import bench_work
from bench_country import Country
from bench_page import HEADS, PAGE, PLOT, Row, number, table
from bench_work import AS_OF, Full, Hours, campaign_of
from corpus import Recipe
from processes import Cost, Others, machine
from sampling import sampled

from sheetsync import campaign

COPIES: Final = 1_000
MANY: Final = 10_000
DISTRICTS: Final = 40
MINUTES: Final = 14
SERIAL: Final = 90
"""A district small enough to be read by one process: the one that is looked at."""
PARTS: Final = (
    "read",
    "full",
    "again",
    "many",
    "write",
    "start",
    "hostile",
    "growth",
    "profile",
    "google",
    "country",
)


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
    _full: Full | None = None

    def goals(self) -> Iterator[Row]:
        """Lines as they are measured, the quick ones first."""
        if "start" in self.parts:
            yield bench_work.starting()
            yield bench_work.button()
        if "read" in self.parts:
            yield bench_work.reading(Recipe(min(self.copies, 100)))
        if "write" in self.parts:
            yield bench_work.writing(self.copies)
        if "hostile" in self.parts:
            yield from bench_hostile.rows()
        if {"full", "again", "many", "country"} & set(self.parts):
            usual = Recipe(bench_work.affordable(self.copies, self.hours))
            found = bench_work.full(usual, self.hours)
            self.costs[usual.count] = found.memory
            each = found.wall / usual.count
            yield from bench_work.full_rows(usual, found)
            if "again" in self.parts:
                yield from bench_work.again_rows(usual, found, self.hours)
            if "many" in self.parts:
                row, cost = bench_work.many_row(Recipe(self.many), self.hours, each)
                self.costs.update({self.many: cost} if cost else {})
                yield row
            if "country" in self.parts:
                country = Country(self.districts, self.copies)
                lines, cost = bench_country.rows(country, self.hours, each)
                self.costs.update({country.copies: cost} if cost else {})
                yield from lines

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


def profile(count: int = SERIAL) -> str:
    """Which rooms the time of a first run goes to."""
    now = datetime.now(UTC)
    with campaign_of(Recipe(count)) as place:
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
        (f"`{one}`", f"{number(100 * times / looks)} %") for one, times in seen.functions.most_common(12)
    ]
    heads = f"{count} копий, один процесс, {number(1000 * spent / count)} мс процессора на копию.\n\n"
    return (
        f"{heads}{table(('комната', 'доля', 'мс на копию'), rooms)}\n{table(('где именно', 'доля'), places)}"
    )


def growth(bench: Bench) -> tuple[str, bench_growth.Curve]:
    usual = {one for one in bench_growth.COPIES if one <= max(bench.many, bench.copies)}
    sizes = sorted(usual | set(bench.costs))
    beside = min(bench.copies, 100)
    rows, findings = bench_growth.rows(bench.hours, beside), bench_growth.findings(bench.hours, beside)
    copies = bench_growth.copies(bench.hours, bench.costs, sizes)
    beside_told = f"При {beside} копиях:\n\n"
    parts = (bench_growth.told(copies), beside_told + bench_growth.told(rows), bench_growth.told(findings))
    return "\n".join(parts), copies


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed and memory beside the goals.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--copies", type=int, default=COPIES)
    parser.add_argument("--many", type=int, default=MANY)
    parser.add_argument("--districts", type=int, default=DISTRICTS)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    hours = Hours(60 * asked.minutes)
    bench = Bench(asked.copies, asked.many, asked.districts, hours, asked.parts or PARTS)
    measure(bench, asked.write)


def measure(bench: Bench, is_written: bool = False) -> None:
    """Print the tables as they grow; write them when asked."""
    pages: dict[str, str] = {}
    tell(f"| {' | '.join(HEADS)} |\n{'| --- ' * len(HEADS)}|")
    for row in bench.goals():
        bench.rows.append(row)
        tell(f"| {' | '.join(row.cells())} |")
    if bench.rows:
        pages["цели"] = f"{table(HEADS, [one.cells() for one in bench.rows])}\n{bench.machine()}"
    if "profile" in bench.parts:
        pages["куда уходит время"] = profile(min(SERIAL, bench.copies))
        tell(f"\n{pages['куда уходит время']}")
    if "growth" in bench.parts:
        pages["рост"], curve = growth(bench)
        tell(f"\n{pages['рост']}")
        if is_written:
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
