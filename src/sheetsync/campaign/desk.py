"""Where the district workbook of one run is, and how a result gets into it.

A run judges alike whatever the desk: a file that nobody has open, or the workbook people look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from sheetsync.campaign.placing import Put
from sheetsync.campaign.rendering import Orphans, Rendering
from sheetsync.grid import Cell
from sheetsync.merge.shown import Shown
from sheetsync.model import Origin, Plan
from sheetsync.workbooks.port import TableRows, WorkbookTables


class Trial(Struct, frozen=True):
    """What becomes of the workbook once a rendering is put into it.

    ``shown`` is what it will say; ``None`` where only writing tells.
    """

    rendering: Rendering
    orphans: Orphans
    shown: Shown | None


Keep = Callable[[Orphans], None]
"""Told at once of what the office lost beside rows that went, before anything else is written."""


class Desk(Protocol):
    """The district workbook of one run."""

    @property
    def workbook(self) -> WorkbookTables:
        """As it was when the run began, lost tables found again. It is read, never written."""
        ...

    @property
    def source(self) -> Origin:
        """The copy a word of the coordinator is cited from: kept, or the file itself."""
        ...

    def shown(self, plan: Plan) -> Shown:
        """What the workbook says now."""
        ...

    def shows(self, rendering: Rendering) -> bool:
        """Whether putting it would change nothing."""
        ...

    def tried(self, rendering: Rendering, plan: Plan) -> Trial:
        """What putting it would lead to; nothing is changed."""
        ...

    def put(self, rendering: Rendering, keep: Keep) -> Put:
        """Make the workbook show it; ``keep`` is told of losses no trial told of.

        Raises ``store.EditedMeanwhile`` when somebody changed the workbook since the run began.
        """
        ...

    def keep_source(self) -> None:
        """Keep the copy that words were cited from when nothing else does."""
        ...


class ReadOnce:
    """A workbook that is asked for each table and cell once: a program answers slowly, a file is parsed."""

    def __init__(self, book: WorkbookTables) -> None:
        self._book = book
        self._tables: dict[str, TableRows] = {}
        self._cells: dict[str, Cell] = {}
        self._names = book.table_names()
        self.made_anew = book.made_anew

    def table_names(self) -> Sequence[str]:
        return self._names

    def read_table(self, name: str) -> TableRows:
        if name not in self._tables:
            self._tables[name] = self._book.read_table(name)
        return self._tables[name]

    def read_named(self, name: str) -> Cell:
        if name not in self._cells:
            self._cells[name] = self._book.read_named(name)
        return self._cells[name]

    def forget(self, names: Iterable[str]) -> None:
        """Ask again for these tables and cells: they may show something else by now."""
        for name in names:
            self._tables.pop(name, None)
            self._cells.pop(name, None)
