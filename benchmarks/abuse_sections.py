"""What one part of the abuse programme found, as a table that is printed and put into docs/reliability.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Section:
    """A table with a story above it; ``failures`` are sentences, none when the part held."""

    title: str
    story: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def markdown(self) -> str:
        lines = [f"## {self.title}", "", self.story, "", _line(self.heads), "|" + " --- |" * len(self.heads)]
        lines += [_line(row) for row in self.rows]
        lines += [f"\n{note}" for note in self.notes]
        lines += [f"\n**Не выдержано:** {failure}" for failure in self.failures]
        return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def share(part: int, whole: int) -> str:
    """«99.7 %», or a dash where there is nothing to divide."""
    return f"{100 * part / whole:.2f} %" if whole else "—"
