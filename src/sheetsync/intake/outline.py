"""A form laid out for comparing: is a copy the same in every cell but those for answers?"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat
from operator import attrgetter
from typing import Any, Final

from msgspec import Struct

from sheetsync.columns import MARK_PROPERTY, FormCell, MarkCell, ReturnCell
from sheetsync.grid import EMPTY, Book, Cell, Sheet
from sheetsync.intake.blueprint import Blueprint
from sheetsync.intake.marks import read_mark_property, read_printed_code
from sheetsync.intake.pattern import Likeness, Place, is_set_up_as
from sheetsync.intake.strays import is_constant
from sheetsync.model import Marks

At = tuple[int, int]

_said: Final = attrgetter("value", "formula", "links", "comment")
_NAMES: Final = frozenset(one.value for names in (FormCell, MarkCell, ReturnCell) for one in names)
_MOST_SHOWN: Final = 4096


class _Layout(Struct, frozen=True):
    """A sheet of the form: cells a copy repeats, those whose value is computed, those for answers."""

    sheet: Sheet
    fixed: tuple[At, ...]
    said: list[Any]
    steps: Mapping[At, int]
    """Where a fixed cell comes among them."""
    figures: tuple[At, ...]
    """Fixed cells that hold a number."""
    computed: tuple[At, ...]
    open: frozenset[At]


class Outline:
    """A blueprint made ready for many copies."""

    def __init__(self, blueprint: Blueprint, form: Book) -> None:
        self.blueprint: Final = blueprint
        self._form = form
        self._layouts = tuple(map(self._laid_out, form.sheets))
        places = {sheet.name: place for place, sheet in enumerate(form.sheets)}
        self._whose = {name: (places[at[0]], *at[1:]) for name, at in blueprint.whose.items()}
        self._shown: dict[str, bool] = {}
        self._kept = [[one.sheet.cells[at] for at in one.fixed] for one in self._layouts]
        """Of every sheet cells that repeat the form's, those aside that say whose a form is."""

    def _laid_out(self, sheet: Sheet) -> _Layout:
        ready = (self.blueprint.ready,) if self.blueprint.ready else ()
        places = (*self.blueprint.answers(), *ready)
        free = frozenset((row, column) for name, row, column in places if name == sheet.name)
        computed = tuple(at for at, cell in sheet.cells.items() if self._is_computed(sheet.name, at, cell))
        fixed = tuple(at for at in sheet.cells if at not in free and at not in computed)
        return _Layout(
            sheet,
            fixed,
            [_said(sheet.cells[at]) for at in fixed],
            {at: step for step, at in enumerate(fixed)},
            tuple(at for at in fixed if isinstance(sheet.cells[at].value, int | float)),
            computed,
            free,
        )

    def _is_computed(self, sheet: str, at: At, cell: Cell) -> bool:
        """Of formulas among the rows only «Проверка» may show something else."""
        if (sheet, *at) in self.blueprint.checks:
            return True
        is_in_table = sheet == self.blueprint.figures or (
            sheet == self.blueprint.table.sheet.name and at[0] in self.blueprint.table.rows
        )
        return cell.formula is not None and not is_in_table

    # --- whose the form is

    def marks(self, form: Likeness) -> Marks | None:
        """The marks of a form that differs from the pattern in nothing but whose it is and in notes;
        ``None`` when they do not agree or anything else differs."""
        if not all(self._may_differ(form, place) for place in form.own):
            return None
        code, printed = self._said_in(form, MarkCell.PARTICIPANT), self._said_in(form, FormCell.PRINTED_CODE)
        marks, told = read_mark_property(form.properties.get(MARK_PROPERTY, "")), read_printed_code(printed)
        like = self.blueprint.marks
        wanted = Marks(like.plan_id, code.strip(), like.issue)
        if marks is None or told != wanted or marks != Marks(*_three(wanted), like.version):
            return None
        return (
            None if any(self.blueprint.words.have(self._said_in(form, one)) for one in self._whose) else marks
        )

    def _may_differ(self, form: Likeness, place: Place) -> bool:
        own, cell = form.own[place], form.pattern.book.sheets[place[0]].cells[place[1:]]
        is_open = place[1:] in self._layouts[place[0]].open
        is_whose = (
            place in self._whose.values() and isinstance(own.value, str) and own.comment == cell.comment
        )
        has_note = (own.value, own.links) == (cell.value, cell.links) and not self._is_check(place)
        return is_open or (is_whose and own.links == cell.links) or has_note

    def _is_check(self, place: Place) -> bool:
        return place[1:] in self._layouts[place[0]].computed

    def _said_in(self, form: Likeness, name: FormCell | MarkCell) -> str:
        cell = form.cell(self._whose[name])
        return cell.text if cell else ""

    # --- a copy beside its form

    def is_kept(self, book: Book, form: Likeness) -> bool:
        """Does a copy repeat its form, cell by cell, but for answers and what is computed?"""
        if len(book.sheets) != len(self._layouts) or book.tables != self._form.tables:
            return False
        if book.properties.get(MARK_PROPERTY) != form.properties.get(MARK_PROPERTY):
            return False
        if book.names != self._form.names and not self._is_named_as(book.names):
            return False
        return all(self._repeats(place, sheet, form) for place, sheet in enumerate(book.sheets))

    def _is_named_as(self, names: Mapping[str, str]) -> bool:
        """The form's names as they were, and others that hold nothing and are none of ours."""
        form = self._form.names
        added = {name: target for name, target in names.items() if name not in form}
        return all(names.get(name) == target for name, target in form.items()) and not any(
            name in _NAMES or is_constant(target) for name, target in added.items()
        )

    def _repeats(self, place: int, sheet: Sheet, form: Likeness) -> bool:
        layout, cells = self._layouts[place], sheet.cells
        if not is_set_up_as(sheet, layout.sheet):
            return False
        if not self._has_fixed(place, list(map(cells.get, layout.fixed, repeat(EMPTY))), form):
            return False
        if any(cells[at].value.__class__ is bool for at in layout.figures):
            return False
        if not all(self._shows(layout, at, cells.get(at)) for at in layout.computed):
            return False
        filled = sum(map(cells.__contains__, layout.open))
        return len(cells) == len(layout.fixed) + len(layout.computed) + filled

    def _has_fixed(self, place: int, held: list[Cell], form: Likeness) -> bool:
        """Are these the cells of the form? Most of them are the very cells another copy repeated."""
        own, steps, kept = form.own, self._layouts[place].steps, self._kept[place]
        beside = held.copy() if own else held
        for (sheet, *at), cell in own.items():
            step = steps.get((at[0], at[1])) if sheet == place else None
            if step is not None and _said(held[step]) == _said(cell):
                beside[step] = kept[step]
        is_kept = beside == kept or list(map(_said, held)) == self._expected(place, form)
        if is_kept:
            self._kept[place] = beside
        return is_kept

    def _expected(self, place: int, form: Likeness) -> list[Any]:
        layout = self._layouts[place]
        own = [(at, cell) for (sheet, *at), cell in form.own.items() if sheet == place]
        if not own:
            return layout.said
        said = layout.said.copy()
        for (row, column), cell in own:
            step = layout.steps.get((row, column))
            if step is not None:
                said[step] = _said(cell)
        return said

    def _shows(self, layout: _Layout, at: At, cell: Cell | None) -> bool:
        """Is this what a formula of the form can show?"""
        known = layout.sheet.cells[at]
        if cell is None or cell.links != known.links or cell.comment != known.comment:
            return False
        if (layout.sheet.name, *at) not in self.blueprint.checks:
            return _said(cell) == _said(known) or self.blueprint.known.calculates(cell)
        text = cell.text
        if not text.strip():
            return cell.formula is not None
        shown = self._shown.get(text)
        if shown is None:
            if len(self._shown) >= _MOST_SHOWN:
                self._shown.clear()
            shown = self._shown[text] = self.blueprint.known.computes(text)
        return shown


def _three(marks: Marks) -> tuple[str | None, str | None, int | None]:
    return marks.plan_id, marks.participant, marks.issue
