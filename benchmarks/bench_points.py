"""What growing districts cost, kept beside the page: the largest are not measured every day.

A run replaces the points it has measured and leaves the others, which say their own day. Points of
another machine are not mixed in.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Final

from bench_growth import Curve, Point
from bench_page import PAGE
from processes import Cost

POINTS: Final = PAGE.with_name("performance-growth.csv")
_HEADS: Final = (
    "copies",
    "seconds",
    "processor seconds",
    "parent",
    "pss",
    "rss",
    "day",
    "machine",
)


def kept(machine: str, path: Path = POINTS) -> dict[int, Point]:
    """What was measured on this machine, by the number of copies."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return {int(row[0]): _point(row) for row in rows if row[-1] == machine}


def _point(row: list[str]) -> Point:
    seconds, processor, *memory = row[1:6]
    return Point(int(row[0]), Cost(float(seconds), float(processor), *map(int, memory)), row[6])


def together(measured: Mapping[int, Point], machine: str, path: Path = POINTS) -> Curve:
    """What has just been measured and what was measured before."""
    points = {**kept(machine, path), **measured}
    return Curve("копий", tuple(points[one] for one in sorted(points)))


def keep(curve: Curve, machine: str, path: Path = POINTS) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADS)
        for one in curve.points:
            seconds, processor, *memory = astuple(one.cost)
            told = (f"{seconds:.3f}", f"{processor:.3f}", *memory, one.day, machine)
            writer.writerow((int(one.amount), *told))
