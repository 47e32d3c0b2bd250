"""What a plan's rows are read into: headings, entries, tails without a head, skipped text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.plan.headers import ColumnKind, is_mark
from sheetsync.plan.numbering import heading_number, split_number
from sheetsync.plan.printed import PrintedRow
from sheetsync.text import squeeze

TOLD: Final = (ColumnKind.DEADLINE, ColumnKind.START, ColumnKind.END, ColumnKind.RESPONSIBLE)
"""Cells of which a whole row fills at least one besides its title."""

_SUBITEM: Final = re.compile(r"(?:[а-яa-z]\s?\)|[-–—•])\s*\w")

_JOINED: Final = (
    ColumnKind.ACTIVITY, ColumnKind.DEADLINE, ColumnKind.START, ColumnKind.END,
    ColumnKind.RESPONSIBLE, ColumnKind.RESULT, ColumnKind.INFO,
)  # fmt: skip


class Heading(Struct, frozen=True):
    """The heading of a section: its number as printed and its title."""

    number: str
    title: str
    line: int = 0
    outside: bool = False
    rejoined: bool = False
    may_be_tail: bool = False
    """It opens a page right after a row: it might as well be the end of that row."""


class Entry(Struct, frozen=True):
    """A row of the plan put together from its printed pieces, cell by cell."""

    number: str
    pieces: dict[ColumnKind, tuple[str, ...]]
    line: int = 0
    extras: tuple[tuple[str, str], ...] = ()
    rejoined: tuple[ColumnKind, ...] = ()
    has: frozenset[ColumnKind] = frozenset()
    follows_deadline: bool = False
    """The deadline column stands left of the title: one month is printed for several rows."""
    other_reading: str = ""

    def last(self, kind: ColumnKind) -> str:
        """The latest piece of a cell, '' when it is empty."""
        return squeeze(self.pieces.get(kind, ("",))[-1])

    @property
    def title(self) -> str:
        """The first piece of the title."""
        return squeeze(self.pieces.get(ColumnKind.ACTIVITY, ("",))[0])

    def with_piece(self, other: Entry) -> Entry:
        """This entry with the cells of a row that goes on it."""
        pieces = {kind: self.pieces.get(kind, ()) + other.pieces.get(kind, ()) for kind in ColumnKind}
        broken = tuple(kind for kind in other.pieces if self.pieces.get(kind))
        arrived = tuple(kind for kind in other.pieces if not self.pieces.get(kind))
        return replace(
            self,
            pieces={kind: texts for kind, texts in pieces.items() if texts},
            extras=self.extras + other.extras,
            other_reading=squeeze(f"{self.other_reading} {other.other_reading}"),
            rejoined=tuple(dict.fromkeys((*self.rejoined, *broken, *arrived))),
        )


class Tail(Struct, frozen=True):
    """The end of a row whose beginning is not in the document."""

    text: str
    line: int = 0


class Skipped(Struct, frozen=True):
    """Text among the plan's rows that is neither a row nor a heading."""

    text: str
    line: int = 0


Item = Heading | Entry | Tail | Skipped


class Style(Struct, frozen=True):
    """How this plan is printed, seen over all its rows."""

    numbered: bool
    number_in_title: bool
    lower_titles: bool
    numbered_headings: bool


# --- how the plan is printed --------------------------------------------------------------------


def style_of(rows: Sequence[PrintedRow]) -> Style:
    """How a plan with these rows is printed."""
    whole = [row for row in rows if row.one(ColumnKind.ACTIVITY) and any(row.all_of(kind) for kind in TOLD)]
    titles = [row.one(ColumnKind.ACTIVITY) for row in whole]
    in_column = sum(bool(row.one(ColumnKind.NUMBER)) for row in whole)
    in_title = sum(bool(split_number(title)[0]) for title in titles)
    lower = sum(title[0].islower() for title in titles)
    alone = [row.text for row in rows if len(row.filled) == 1]
    return Style(
        numbered=in_column * 3 >= max(len(whole), 1) or in_title * 2 > len(whole),
        number_in_title=in_column == 0 and in_title * 2 > len(whole),
        lower_titles=lower * 5 > len(whole) * 4,
        numbered_headings=any(heading_number(text)[0] for text in alone),
    )


# --- one row ------------------------------------------------------------------------------------


def entry_of(row: PrintedRow, style: Style) -> Entry:
    """The row as an entry of its own."""
    pieces = {kind: row.all_of(kind) for kind in _JOINED if row.all_of(kind)}
    if periods := tuple(_periods(row)):
        pieces[ColumnKind.DEADLINE] = (*pieces.get(ColumnKind.DEADLINE, ()), ", ".join(periods))
    number = squeeze(row.one(ColumnKind.NUMBER))
    if style.number_in_title and ColumnKind.ACTIVITY in pieces:
        number, title = split_number(pieces[ColumnKind.ACTIVITY][0])
        pieces[ColumnKind.ACTIVITY] = (title, *pieces[ColumnKind.ACTIVITY][1:])
    kinds = row.header.kinds
    return Entry(
        number,
        pieces,
        row.line,
        tuple(_extras(row)),
        has=frozenset(kinds),
        follows_deadline=ColumnKind.DEADLINE in kinds[: kinds.index(ColumnKind.ACTIVITY)],
        other_reading=row.other_reading,
    )


def _periods(row: PrintedRow) -> Iterator[str]:
    """Months and quarters ticked in a matrix; other words in it are kept beside the month."""
    for place in row.header.places(ColumnKind.PERIOD):
        cell = row.cells[place] if place < len(row.cells) else ""
        if cell:
            title = row.header.titles[place]
            yield title if is_mark(cell) else f"{title}: {squeeze(cell)}"


def _extras(row: PrintedRow) -> Iterator[tuple[str, str]]:
    """Cells under headers a plan has no place for, and cells right of the last header."""
    for place, cell in enumerate(row.cells):
        named = place < row.header.width
        if cell and (not named or row.header.kinds[place] is ColumnKind.EXTRA):
            yield (row.header.titles[place] if named else f"№ {place + 1}"), squeeze(cell)


def starts_low(text: str) -> bool:
    """The text goes on a sentence: a small letter, a dash of a list, closing signs."""
    return bool(text) and (text[0].islower() or text[0] in ",;.)»-–—")


def opens_subitem(text: str) -> bool:
    """The text is an item of a list: «а) ...», «- ...»."""
    return bool(_SUBITEM.match(text))


def opens_inside(text: str) -> bool:
    """At the top of a page, a bracket or a quotation mark hardly begins a row of its own."""
    return text[:1] in set('(«"')
