"""Forms of one kind: a thousand schools get one form, but for a few cells that say whose it is.

One of them is the pattern; each other is told from it by the cells in which it differs. What a
copy must look like to stand where its form stood is found once a pattern.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.grid import Book, Cell, Sheet

Place = tuple[int, int, int]
"""A cell of a form: which of its sheets (from 0), row, column."""

_MOST_DIFFERING: Final = 4
"""A form of which more than one cell in so many differs is of another kind."""


class Pattern(Struct, frozen=True, eq=False):
    """A form that others resemble. ``remembered`` is for who derives something from it once."""

    book: Book
    remembered: dict[Any, Any] = {}


class Likeness(Struct, frozen=True, eq=False):
    """A form as its pattern, the cells in which it differs and its own properties."""

    pattern: Pattern
    own: Mapping[Place, Cell]
    properties: Mapping[str, str]

    @property
    def book(self) -> Book:
        """The form itself."""
        pattern = self.pattern.book
        cells = [
            dict(sheet.cells) if self._has_own(place) else None for place, sheet in enumerate(pattern.sheets)
        ]
        for (place, *at), cell in self.own.items():
            (cells[place] or {})[at[0], at[1]] = cell
        sheets = (
            sheet if own is None else dataclasses.replace(sheet, cells=own)
            for sheet, own in zip(pattern.sheets, cells, strict=True)
        )
        return replace(pattern, sheets=tuple(sheets), properties=self.properties)

    def _has_own(self, place: int) -> bool:
        return any(one == place for one, _, _ in self.own)

    def cell(self, place: Place) -> Cell | None:
        """What the form holds in a cell."""
        own = self.own.get(place)
        return own if own is not None else self.pattern.book.sheets[place[0]].cells.get(place[1:])


def likeness(book: Book, pattern: Pattern) -> Likeness | None:
    """A form told from a pattern; ``None`` when it is of another kind: other sheets, other cells filled,
    other formulas, or too much in them that differs."""
    other = pattern.book
    if len(book.sheets) != len(other.sheets) or (book.names, book.tables) != (other.names, other.tables):
        return None
    own: dict[Place, Cell] = {}
    for place, (sheet, like) in enumerate(zip(book.sheets, other.sheets, strict=True)):
        if not _is_alike(sheet, like):
            return None
        for (at, cell), known in zip(sheet.cells.items(), like.cells.values(), strict=True):
            if cell != known:
                if cell.formula != known.formula:
                    return None
                own[place, *at] = cell
    if len(own) * _MOST_DIFFERING > sum(len(sheet.cells) for sheet in other.sheets):
        return None
    return Likeness(pattern, own, book.properties)


def _is_alike(sheet: Sheet, like: Sheet) -> bool:
    """The same cells filled, in one order, and all else of the sheet equal."""
    return list(sheet.cells) == list(like.cells) and is_set_up_as(sheet, like)


def is_set_up_as(sheet: Sheet, like: Sheet) -> bool:
    """Are two sheets equal in everything but their cells?"""
    return (
        sheet.name == like.name
        and sheet.visibility is like.visibility
        and sheet.merges == like.merges
        and sheet.hidden_rows == like.hidden_rows
        and sheet.hidden_columns == like.hidden_columns
        and sheet.texts == like.texts
        and sheet.pictures == like.pictures
    )
