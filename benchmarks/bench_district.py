"""A district of any size: read for the first time, then as it was, then after each kind of change.

Every round has a folder of its own, in which nothing was ever read: neither a memory of copies nor a note
of a last run is in it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import bench_changes
import corpus
import peers
from bench_page import MIB as MIB_UNIT
from bench_page import SECONDS, SHARE, TIMES, Row, duration, number, size
from bench_work import Hours, campaign_of, consolidate, received
from corpus import Recipe
from processes import MIB, Cost, cpu, repeated, run, wall

from sheetsync import store

NEXT_DAY: Final = "2025-12-23"
MAKING: Final = 0.02
"""Seconds it takes to make a copy of a corpus, about."""
_TRIED: Final = 30
"""Copies of the district that tells how much time there will be."""
_ROUND: Final = 3.0
"""How much longer a round is than its first run: a changed plan and another day take nearly as long."""
_PEER: Final = Path(peers.__file__)


@dataclass
class District:
    """What the runs of a district cost, each kind of run in the order of rounds."""

    count: int
    first: list[Cost] = field(default_factory=list)
    again: list[Cost] = field(default_factory=list)
    changed: list[Cost] = field(default_factory=list)
    replanned: list[Cost] = field(default_factory=list)
    next_day: list[Cost] = field(default_factory=list)
    memory: Cost | None = None
    script: Script | None = None

    @property
    def wall(self) -> float:
        return wall(self.first)


@dataclass(frozen=True, slots=True)
class Script:
    """The office's own script on so many copies of the district."""

    copies: int
    costs: tuple[Cost, ...]

    def seconds(self, count: int) -> float:
        """By the clock, for so many copies."""
        return wall(self.costs) * count / self.copies


def pace() -> float:
    """Seconds by the clock for one copy of a small district."""
    with campaign_of(Recipe(_TRIED)) as place:
        return consolidate(place).wall / _TRIED


def affordable(copies: int, hours: Hours) -> int:
    """As many of the copies asked for as leave time for the rest: on a slow day a smaller district."""
    if copies <= _TRIED:
        return copies
    each = pace()
    sizes = (one for one in (copies, copies // 3, copies // 10) if one * each * _ROUND < hours.left * 0.4)
    return next(sizes, _TRIED)


def measured(recipe: Recipe, hours: Hours, wanted: int = 3) -> District:
    """All kinds of runs, in as many rounds as there is time for; the first one is watched."""
    found = District(recipe.count)
    corpus.kept(recipe)
    before = hours.left
    _round(recipe, found, 0)
    for number_ in range(1, hours.rounds(wanted, before - hours.left, 0.35)):
        _round(recipe, found, number_)
    if len(found.first) > 1:  # a run that is watched takes a little longer
        del found.first[0]
    return found


def _round(recipe: Recipe, found: District, number_: int) -> None:
    with campaign_of(recipe) as place:
        cost = consolidate(place, watched=not number_)
        found.memory = found.memory or cost
        found.first.append(cost)
        found.again += repeated(lambda: consolidate(place), 3)
        corpus.send_again(recipe, place, number_)
        found.changed.append(consolidate(place))
        bench_changes.move_due(place)
        found.replanned.append(consolidate(place))
        found.next_day.append(consolidate(place, as_of=NEXT_DAY))


def script(recipe: Recipe, hours: Hours) -> Script:
    """On the same copies; on a part of them where all would take too long."""
    files = received(corpus.kept(recipe))
    tried = _script(files[:_TRIED])
    each = tried.wall / min(_TRIED, len(files))
    sizes = (one for one in (len(files), len(files) // 3, len(files) // 10) if one * each < hours.left * 0.2)
    count = next(sizes, 0)
    if count <= _TRIED:
        return Script(min(_TRIED, len(files)), (tried,))
    return Script(count, tuple(_script(files[:count]) for _ in range(hours.rounds(2, each * count, 0.15))))


def _script(files: list[Path]) -> Cost:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / store.RECEIVED_FOLDER
        folder.mkdir()
        for one in files:
            (folder / one.name).symlink_to(one)
        return run([sys.executable, str(_PEER), str(folder), f"{name}/свод.xlsx"])


# --- lines of the table


def full_rows(found: District) -> Iterator[Row]:
    count, script_ = number(found.count), found.script
    assert script_ is not None
    theirs = script_.seconds(found.count)
    each = cpu(script_.costs) / script_.copies * 1000
    yield Row(
        f"{count} копий впервые, весь процесс",
        f"{duration(found.wall)} ({number(cpu(found.first) / found.count * 1000)} мс процессора на копию)",
        f"{duration(theirs)} ({number(each)} мс): скрипт pandas{_measured_on(script_, found.count)}",
        theirs / found.wall,
        TIMES,
        15,
        28,
        more_is_better=True,
    )
    yield from memory_rows(f"память на {count} копий", found.memory, 150, 64)


def _measured_on(script_: Script, count: int) -> str:
    return "" if script_.copies == count else f", измерен на {number(script_.copies)}, умножено"


def memory_rows(work: str, cost: Cost | None, goal: float, stretch: float) -> Iterator[Row]:
    assert cost is not None
    told = f"RSS вместе {size(cost.resident)}"
    yield Row(f"{work}: все процессы (PSS)", size(cost.together), told, cost.together / MIB, MIB_UNIT, goal)
    yield Row(f"{work}: главный процесс", size(cost.parent), "", cost.parent / MIB, MIB_UNIT, goal, stretch)


def again_rows(found: District) -> Iterator[Row]:
    """The next run over the same folder, and the one after one school sent its copy again."""
    assert found.script is not None
    theirs = found.script.seconds(found.count)
    for work, costs, goal in (
        ("ничего не изменилось", found.again, 3),
        ("одна копия другая", found.changed, 5),
    ):
        mine = wall(costs)
        name = f"{number(found.count)} копий, {work}"
        yield _share(name, mine, found, goal)
        yield Row(
            f"{name}: против скрипта",
            duration(mine),
            f"{duration(theirs)}: скрипт pandas",
            theirs / mine,
            TIMES,
            stretch=350,
            more_is_better=True,
        )
    for work, costs in (
        ("в плане сдвинут один срок", found.replanned),
        ("наступил другой день", found.next_day),
    ):
        yield _share(f"{number(found.count)} копий, {work}", wall(costs), found, None)


def _share(work: str, mine: float, found: District, goal: float | None) -> Row:
    share = mine / found.wall * 100
    return Row(work, duration(mine), f"{duration(found.wall)}: впервые", share, f"{SHARE} полного", goal)


def many_row(recipe: Recipe, hours: Hours, each: float) -> tuple[Row, Cost | None]:
    """A region's worth of copies, nothing changed; measured when the first run fits the time left."""
    work = f"{number(recipe.count)} копий, ничего не изменилось"
    making = 0 if corpus.is_kept(recipe) else MAKING * recipe.count
    expected = each * recipe.count * 1.2 + making
    if expected > hours.left * 0.8:
        why = f"первый запуск занял бы около {duration(expected)}"
        return Row(work, why, "", None, SECONDS, 0.5, 0.3), None
    with campaign_of(recipe) as place:
        first = consolidate(place, watched=True)
        idle = repeated(lambda: consolidate(place), 5)
    against = f"{duration(first.wall)}: впервые"
    return Row(work, duration(wall(idle)), against, wall(idle), SECONDS, 0.5, 0.3), first
