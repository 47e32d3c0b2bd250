"""How time and memory grow: with copies, with rows of the plan, with findings.

The exponent is the slope of a straight line through the logarithms: 1 is linear, less is better.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench_changes import findings_in
from bench_page import duration, number, size, table
from bench_work import Hours, campaign_of, consolidate
from corpus import Recipe
from processes import MIB, Cost

COPIES: Final = (10, 100, 1_000)
ROWS: Final = (20, 60, 300)
SLIPS: Final = (0.0, 0.07, 0.25, 1.0)
_BESIDE: Final = 100
"""Copies in the runs that vary something else."""
_INK, _SECOND, _GRID = "#1F4E78", "#C65911", "#D9D9D9"


@dataclass(frozen=True, slots=True)
class Point:
    """One run: how much of something, and its cost."""

    amount: float
    cost: Cost
    day: str = ""
    """When it was measured, where points of several days stand together."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The runs that vary one thing."""

    name: str
    points: tuple[Point, ...]

    def exponent(self, measure: Callable[[Cost], float]) -> float | None:
        """``None`` for fewer than three points; the fixed cost of a start counts as it is."""
        found = [(math.log(one.amount), math.log(measure(one.cost))) for one in self.points if one.amount > 0]
        return slope(found) if len(found) > 2 else None


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the straight line that fits points best."""
    middle = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    rise = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return rise / sum((x - middle[0]) ** 2 for x, _ in points)


def copies(hours: Hours, known: dict[int, Cost], most: int) -> dict[int, Cost]:
    """Growing districts up to a size, as far as the time left allows; ``known`` were measured already."""
    costs = dict(known)
    each = 0.0
    for count in COPIES:
        if count not in costs and count <= most and each * count < hours.left * 0.4:
            costs[count] = _run(Recipe(count))
        if count in costs:
            each = 1.3 * costs[count].wall / count
    return costs


def rows(hours: Hours, count: int = _BESIDE) -> Curve:
    return Curve("строк плана", tuple(_varied(hours, [(n, Recipe(count, rows=n)) for n in ROWS])))


def findings(hours: Hours, count: int = _BESIDE) -> Curve:
    """Districts with ever more slips; how many findings they make is counted in their workbooks."""
    points = []
    for slips in SLIPS:
        if hours.left > 0:
            with campaign_of(Recipe(count, slips=slips)) as place:
                cost = consolidate(place, watched=True)
                points.append(Point(findings_in(place), cost))
    return Curve("замечаний", tuple(points))


def _varied(hours: Hours, recipes: Sequence[tuple[float, Recipe]]) -> Iterator[Point]:
    for amount, recipe in recipes:
        if hours.left > 0:
            yield Point(amount, _run(recipe))


def _run(recipe: Recipe) -> Cost:
    with campaign_of(recipe) as place:
        return consolidate(place, watched=True)


def told(curve: Curve) -> str:
    """The points of a curve and how steep it is."""
    if not curve.points:
        return f"{curve.name}: на это не хватило времени.\n"
    lines = [
        (
            number(one.amount),
            duration(one.cost.wall),
            duration(one.cost.cpu),
            size(one.cost.parent),
            size(one.cost.together),
            size(one.cost.resident),
            *([one.day] if one.day else []),
        )
        for one in curve.points
    ]
    heads = ["по часам", "процессор", "память главного процесса", "всех: PSS", "всех: RSS"]
    if any(one.day for one in curve.points):
        heads.append("мерено")
    time, memory = curve.exponent(lambda cost: cost.cpu), curve.exponent(lambda cost: cost.together)
    steep = (
        ""
        if time is None or memory is None
        else f"\nПоказатель роста: время {number(time)}, память {number(memory)}.\n"
    )
    return table([curve.name, *heads], lines) + steep


def plot(curve: Curve, path: Path) -> None:
    """Time and memory against copies, both axes by powers of ten."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who draws waits for it

    amounts = [one.amount for one in curve.points]
    figure = Figure(figsize=(8, 3.6), layout="constrained")
    times, memories = figure.subplots(1, 2)
    times.loglog(amounts, [one.cost.wall for one in curve.points], "o-", color=_INK, label="по часам")
    times.loglog(amounts, [one.cost.cpu for one in curve.points], "s--", color=_SECOND, label="процессор")
    memories.semilogx(
        amounts, [one.cost.parent / MIB for one in curve.points], "o-", color=_INK, label="главный процесс"
    )
    memories.semilogx(
        amounts, [one.cost.together / MIB for one in curve.points], "s--", color=_SECOND, label="все процессы"
    )
    memories.set_ylim(bottom=0)
    for axes, title in ((times, "Время первого запуска, с"), (memories, "Память, МиБ")):
        axes.set(xlabel="копий", title=title)
        axes.grid(visible=True, color=_GRID)
        axes.legend(frameon=False)
    figure.savefig(path, dpi=110)
