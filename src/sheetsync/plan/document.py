"""A neutral document: what an order's file is to us after its format is forgotten.

Readers of files (``documents``) make it; ``plan`` reads it. Blocks stand in reading order.
"""

from __future__ import annotations

from msgspec import Struct

MAY_CONTINUE = "\u00ad"
"""A soft hyphen at the end of a line of a cell: the line is full, its last word may go on in the next."""


class Paragraph(Struct, frozen=True):
    """A line of running text; ``line`` is its place in the source, for messages."""

    text: str
    line: int = 0


class TableRow(Struct, frozen=True):
    """One printed row. A cell merged over columns or rows holds its text once, in its first place;
    the places it covers are ''. Text may contain line breaks and, in scans, HTML tags.

    ``covered`` are the places of this row under a tall cell that begins in a row above, with the
    text of that cell."""

    cells: tuple[str, ...]
    line: int = 0
    covered: tuple[tuple[int, str], ...] = ()


class TableBlock(Struct, frozen=True):
    """Consecutive rows as one printed table; a page break or a blank line may end it early."""

    rows: tuple[TableRow, ...]


Block = Paragraph | TableBlock


class Document(Struct, frozen=True):
    """The blocks of one order and the name of its file (for messages only)."""

    blocks: tuple[Block, ...]
    name: str = ""


class OrderRefused(Exception):
    """The document cannot be understood; ``args[0]`` is the Russian sentence for the user."""
