"""The few things a live workbook needs and xlwings does not offer; each program has its own way to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

Place = tuple[int, int]
"""(row, column), counted from 1."""

PutBack = Callable[[], None]
"""What makes it again as it was."""


class Beyond(Protocol):
    """What one program does for us outside xlwings' public interface; ranges, sheets, books are xlwings'."""

    def formulas(self, cells: Any) -> Mapping[Place, str]:
        """Formulas of a range as Excel spells them, with «=»."""
        ...

    def links(self, cells: Any) -> Mapping[Place, str]:
        """Hyperlinks of a range: addresses as stored, places of this workbook as «#Лист!A1»."""
        ...

    def add_links(self, sheet: Any, links: Mapping[Place, str]) -> None:
        """Make cells hyperlinks; what they hold and how they look stays.

        A link the program cannot keep is left out.
        """
        ...

    def remove_links(self, cells: Any) -> None:
        """Hyperlinks of a range go; what the cells hold and how they look stays."""
        ...

    def add_note(self, cell: Any, text: str) -> None:
        """A note of ours beside a cell that has none, by ``TOOL_AUTHOR`` where the program lets us say so."""
        ...

    def filters_off(self, sheet: Any) -> PutBack:
        """Rows hidden by filters of a sheet come into sight; what is returned puts the filters back."""
        ...

    def are_hidden(self, rows: Any) -> bool | None:
        """Whether whole rows are hidden; None when some are."""
        ...

    def forget_copied(self, book: Any) -> None:
        """What the user copied and has not pasted yet is let go: Excel's Insert would insert it."""
        ...

    def scrolled(self, book: Any) -> PutBack:
        """Remember how far the sheet in front is scrolled; what is returned scrolls there again."""
        ...

    def save_copy(self, book: Any, target: Path) -> None:
        """The workbook as it is now, unsaved changes included, as a file beside."""
        ...

    def is_read_only(self, book: Any) -> bool:
        """Whether the program holds the workbook for reading only."""
        ...

    def is_protected(self, sheet: Any) -> bool:
        """Whether cells of a sheet are locked."""
        ...
