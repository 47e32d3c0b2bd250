"""The buttons beside «Собрать свод» in a district that was just consolidated: each of them presses on a
folder of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench_page import duration, size, table
from bench_work import AS_OF, Hours, campaign_of, consolidate, copied
from corpus import Recipe
from processes import Cost, run, sheetsync

HEADS: Final = ("кнопка", "по часам", "процессор", "память: PSS")
_EACH: Final = 0.05
"""Seconds a press takes for each copy, at the most."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button as the coordinator knows it, and the command that does the same."""

    name: str
    command: str
    arguments: tuple[str, ...] = ()


BUTTONS: Final = (
    Button("Письма", "remind", ("--as-of", AS_OF)),
    Button("Справка", "report", ("--as-of", AS_OF)),
    Button("Принять подтверждённое", "accept"),
    Button("Вернуть на доработку", "return"),
    Button("Какой идёт период", "period"),
    Button("Всё ли стоит в книге", "verify"),
)


def pressed(recipe: Recipe, hours: Hours) -> Iterator[tuple[Button, Cost]]:
    """Each button pressed once, as long as there is time."""
    with campaign_of(recipe) as place, tempfile.TemporaryDirectory(prefix="sheetsync-bench-") as name:
        consolidate(place)
        for button in BUTTONS:
            if hours.left < recipe.count * _EACH:
                return
            own = Path(name) / button.command
            shutil.copytree(place, own, copy_function=copied)
            yield button, run(sheetsync(button.command, own, *button.arguments), watched=True)
            shutil.rmtree(own)


def told(recipe: Recipe, hours: Hours) -> str:
    """The table of presses."""
    rows = [
        (f"{button.name} (`{button.command}`)", duration(cost.wall), duration(cost.cpu), size(cost.together))
        for button, cost in pressed(recipe, hours)
    ]
    return f"{recipe.count} копий, после свода.\n\n{table(HEADS, rows)}"
