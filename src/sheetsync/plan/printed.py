"""A document as the plan's reader sees it: lines of text, and rows under the header of a plan."""

from __future__ import annotations

from msgspec import Struct

from sheetsync.plan.headers import ColumnKind, Header
from sheetsync.text import squeeze


class Line(Struct, frozen=True):
    """A line of running text, or a row of a table that is no plan (its ``cells``)."""

    text: str
    line: int = 0
    cells: tuple[str, ...] = ()


class PrintedRow(Struct, frozen=True):
    """A printed row under the header that says what its cells are.

    ``opens_page`` marks the first row of a printed table: a page may have broken before it.
    ``other_reading`` is what a second scan of the same page reads here.
    """

    cells: tuple[str, ...]
    header: Header
    line: int = 0
    opens_page: bool = False
    other_reading: str = ""

    def all_of(self, kind: ColumnKind) -> tuple[str, ...]:
        """The filled cells of a kind, left to right."""
        found = (self.cells[place] for place in self.header.places(kind) if place < len(self.cells))
        return tuple(cell for cell in found if cell)

    def one(self, kind: ColumnKind) -> str:
        return "\n".join(self.all_of(kind))

    @property
    def filled(self) -> tuple[int, ...]:
        return tuple(place for place, cell in enumerate(self.cells) if cell)

    @property
    def text(self) -> str:
        return squeeze(" ".join(self.cells))


class PlanText(Struct, frozen=True):
    """A document sorted out: the plan's rows with the lines that stand among them, and the rest.

    ``above`` and ``below`` are what stands before the plan's first row and after its last one.
    """

    above: tuple[Line, ...]
    body: tuple[Line | PrintedRow, ...]
    below: tuple[Line, ...]
    skipped: tuple[Header, ...] = ()
    """Headers of tables that look like a plan and are none."""
    unread: tuple[str, ...] = ()
    """First rows of tables right after the plan that do not fit its columns."""
