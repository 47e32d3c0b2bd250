"""What forms of one kind hold, told from their pattern: a thousand of them are not looked through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sheetsync.columns import REPORT, FormCell, MarkCell
from sheetsync.grid import Book, Cell, Sheet, a1
from sheetsync.intake.known import Known
from sheetsync.intake.marks import is_marks_sheet, named_place
from sheetsync.intake.pattern import Likeness, Pattern, Place
from sheetsync.intake.printed import header_row
from sheetsync.text import plain, skeleton

_ALONE: Final = (FormCell.PARTICIPANT, FormCell.PRINTED_CODE, MarkCell.PARTICIPANT, MarkCell.PARTICIPANT_NAME)
"""Cells that say whose a form is: nothing but texts and names of cells depends on them."""


def known_of(pattern: Pattern) -> Known:
    """Everything a pattern holds, looked through once."""
    known = pattern.remembered.get(Known)
    if not isinstance(known, Known):
        known = pattern.remembered[Known] = Known.of(pattern.book)
    return known


class KnownForms:
    """The texts of a pattern, and of the forms that resemble it."""

    def __init__(self, pattern: Pattern) -> None:
        book = pattern.book
        self._of_pattern: Final = known_of(pattern)
        self._pattern = pattern
        self._alone = frozenset(_alone(book))
        self._named = _named(book)
        self._times = Counter(skeleton(cell.text) for sheet in book.sheets for cell in sheet.cells.values())

    def of(self, form: Likeness) -> Known:
        """Everything a form holds: exactly what ``Known.of`` finds in it."""
        own = form.own
        if not own:
            return replace(self._of_pattern, form=form)
        if not all(self._is_alone(form, place) for place in own):
            return replace(Known.of(form.book), form=form)
        return self._beside(form)

    def _is_alone(self, form: Likeness, place: Place) -> bool:
        own, cell = form.own[place], self._cell(place)
        return place in self._alone and _beside_value(own) == _beside_value(cell) == (None, (), None)

    def _cell(self, place: Place) -> Cell:
        return self._pattern.book.sheets[place[0]].cells[place[1:]]

    def _beside(self, form: Likeness) -> Known:
        known, sheets = self._of_pattern, self._pattern.book.sheets
        gone = Counter(skeleton(self._cell(place).text) for place in form.own)
        texts = known.texts.difference(bones for bones, times in gone.items() if times == self._times[bones])
        cells, named = dict(known.cells), dict(known.named)
        for place, cell in form.own.items():
            cells[sheets[place[0]].name, a1(*place[1:])] = plain(cell.text)
            named |= {name: plain(cell.text) for name in self._named.get(place, ())}
        said = {skeleton(cell.text) for cell in form.own.values()} - {""}
        return replace(known, texts=texts | said, cells=cells, named=named, form=form)


def _beside_value(cell: Cell) -> tuple[object, ...]:
    return cell.formula, cell.links, cell.comment


def _alone(book: Book) -> Iterator[Place]:
    """Cells that say whose a form is, where nothing is read beside a key or left of the tick."""
    ready = named_place(book, FormCell.READY)
    for name in _ALONE:
        place = named_place(book, name)
        if place is None:
            continue
        sheet, row, column = place
        header = None if is_marks_sheet(sheet) else header_row(sheet, REPORT)
        is_label = ready is not None and ready[0] is sheet and ready[1] == row and column < ready[2]
        if (header is None or row < header) and not is_label:
            yield _numbered(book, place)


def _named(book: Book) -> dict[Place, list[FormCell]]:
    """The names of named cells."""
    found: dict[Place, list[FormCell]] = {}
    for name in FormCell:
        if place := named_place(book, name):
            found.setdefault(_numbered(book, place), []).append(name)
    return found


def _numbered(book: Book, place: tuple[Sheet, int, int]) -> Place:
    number = next(number for number, one in enumerate(book.sheets) if one is place[0])
    return (number, *place[1:])
