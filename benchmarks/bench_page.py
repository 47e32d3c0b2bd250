"""Tables of the benchmark, and where they stand in docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[1] / "docs" / "performance.md"
PLOT: Final = "performance-growth.png"
_FROM_HERE: Final = "<!-- Отсюда сделано make bench: {name}. -->"
_UP_TO_HERE: Final = "<!-- Досюда: {name}. -->"
HEADS: Final = ("работа", "наше", "с чем сравнено", "вышло", "цель", "с запасом", "итог")
TIMES, SHARE, SECONDS, MILLISECONDS, MIB = "×", "%", "с", "мс", "МиБ"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the goals: what was measured, beside what, and what it should be.

    ``value`` is compared with ``goal`` and ``stretch``; ``None`` when it could not be measured, for the
    reason that ``ours`` gives then. Without a goal the line is there to be read.
    """

    work: str
    ours: str
    against: str
    value: float | None
    unit: str
    goal: float | None = None
    stretch: float | None = None
    more_is_better: bool = False

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "не мерено"
        if self.stretch is not None and self._meets(self.stretch):
            return "с запасом"
        if self.goal is None:
            return ""
        return "да" if self._meets(self.goal) else "**нет**"

    def _meets(self, bound: float) -> bool:
        assert self.value is not None
        return self.value >= bound if self.more_is_better else self.value <= bound

    def cells(self) -> tuple[str, ...]:
        sign = "≥" if self.more_is_better else "≤"
        stretch = "" if self.stretch is None else f"{sign} {number(self.stretch)} {self.unit}"
        value = "—" if self.value is None else f"{number(self.value)} {self.unit}"
        goal = "" if self.goal is None else f"{sign} {number(self.goal)} {self.unit}"
        return self.work, self.ours, self.against, value, goal, stretch, self.verdict


def number(value: float) -> str:
    """As much of a number as says something: 1,25; 12,5; 1 250."""
    magnitude = abs(value)
    digits = 0 if magnitude >= 100 or value == int(value) else 1 if magnitude >= 10 else 2
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")


def duration(seconds: float) -> str:
    return f"{number(seconds * 1000)} мс" if seconds < 1 else f"{number(seconds)} с"


def size(amount: float) -> str:
    return f"{number(amount / (1 << 20))} МиБ"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(one)} |" for one in lines) + "\n"


def put(name: str, text: str, page: Path = PAGE) -> None:
    """Replace what stands between the marks of that name. Raises ``ValueError`` when they are not there."""
    start, end = _FROM_HERE.format(name=name), _UP_TO_HERE.format(name=name)
    old = page.read_text(encoding="utf-8")
    before, found, rest = old.partition(start)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{page}: {start}")
    page.write_text(f"{before}{start}\n\n{text.strip()}\n\n{end}{after}", encoding="utf-8")
