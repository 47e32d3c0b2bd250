"""What the reader makes of a form nobody touched: where its table, rows and answers stand.

Drawn once a pattern by the general reader, from the form without its answers. A form it has
anything to say of gets no blueprint: copies of it are read like any other book.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import FORM_INDICATORS, REPORT, FormCell, MarkCell, Owner, TableSpec
from sheetsync.grid import Book, Sheet, Visibility, a1
from sheetsync.intake.headers import declared_names
from sheetsync.intake.indicators import indicator_of
from sheetsync.intake.known import Known
from sheetsync.intake.known_forms import known_of
from sheetsync.intake.locate import Found, find_tables, indicators_of, report_of
from sheetsync.intake.marks import indicator_key, named_place, printed_marks, property_marks, sheet_marks
from sheetsync.intake.match import RowMatch, match_rows
from sheetsync.intake.pattern import Pattern
from sheetsync.intake.rows import BodyRow, body_rows
from sheetsync.intake.statuses import LISTED
from sheetsync.intake.words import Words
from sheetsync.model import Marks, Match, Plan
from sheetsync.text import skeleton

Place = tuple[str, int, int]
"""A cell of a form: name of its sheet, row, column."""

AnswerCells = tuple[tuple[str, tuple[int, int], str], ...]
"""Cells that take answers, in the order they are read: column key, place, «G9»."""

Office = frozenset[tuple[str, str]]
"""Cells that are the office's: sheet, «B2»."""

_CHECK: Final = "check"


class AnswerRow(Struct, frozen=True):
    """A row of the report: the activity it asks of and the cells for its answers."""

    said: BodyRow
    match: RowMatch
    cells: AnswerCells
    columns: tuple[int, ...]
    """Where something stands in the row or in the header over it, or may."""


class FigureRow(Struct, frozen=True):
    """A row of the indicators: its place in the plan and the cells for its figure."""

    indicator: int
    cells: AnswerCells


class Blueprint(Struct, frozen=True):
    """A form as the reader sees it; ``whose`` are the cells that say whose it is."""

    known: Known
    marks: Marks
    table: Found
    rows: tuple[AnswerRow, ...]
    figures: str
    figure_rows: tuple[FigureRow, ...]
    activities: tuple[str, ...]
    office: Office
    whose: Mapping[FormCell | MarkCell, Place]
    ready: Place | None
    checks: frozenset[Place]
    """Cells of «Проверка», whose words are computed."""
    words: Words
    figure_words: Words
    """What no answer in the report, and none among the indicators, may be for a quick look."""

    def answers(self) -> Iterator[Place]:
        """All cells that take answers."""
        yield from _places(self.table.sheet.name, self.rows)
        yield from _places(self.figures, self.figure_rows)


def draw(pattern: Pattern, plan: Plan, office_of: Callable[[Book, Known], Office | None]) -> Blueprint | None:
    """The blueprint of a form; ``None`` when it is no ordinary one.

    ``office_of`` reads a form without answers: the cells that are the office's, or ``None`` when it
    finds an answer or anything to say.
    """
    book, known = pattern.book, known_of(pattern)
    whose = _whose(book)
    found = _tables(book, plan)
    if found is None or whose is None:
        return None
    table, figures = found
    rows, figure_rows = _answer_rows(table, plan), _figure_rows(figures, plan)
    sheet = figures.sheet.name if figures else ""
    bare = _without(book, {*_places(table.sheet.name, rows), *_places(sheet, figure_rows)})
    again, marks, office = _tables(bare, plan), _marks(bare, table, plan), office_of(bare, known)
    ready = named_place(bare, FormCell.READY)
    words = _words(plan)
    if not rows or again is None or marks is None or office is None or ready is None or words is None:
        return None
    if _lies(again[0]) != _lies(table) or not _is_open(table, rows) or not _is_open(figures, figure_rows):
        return None
    check = table.columns[_CHECK]
    return Blueprint(
        known,
        marks,
        again[0],
        rows,
        sheet,
        figure_rows,
        tuple(row.key for row in plan.rows if row.key in {one.match.plan.key for one in rows}),
        office,
        whose,
        None if ready[1:] in ready[0].cells else (ready[0].name, *ready[1:]),
        frozenset((table.sheet.name, one.said.row, check) for one in rows),
        *words,
    )


def _tables(book: Book, plan: Plan) -> tuple[Found, Found | None] | None:
    """The one table of answers and the one of indicators, all their columns headed as declared."""
    reports = find_tables(book, report_of(plan))
    figures = find_tables(book, indicators_of(plan)) if plan.indicators else ()
    whole = [_is_whole(one, REPORT) for one in reports] + [_is_whole(one, FORM_INDICATORS) for one in figures]
    if len(reports) != 1 or len(figures) > 1 or not all(whole):
        return None
    return reports[0], figures[0] if figures else None


def _is_whole(table: Found, spec: TableSpec) -> bool:
    names = {skeleton(text): key for text, key in declared_names(spec).items()}
    return (
        len(table.header) == 1
        and table.columns.keys() == set(spec.keys)
        and all(names.get(skeleton(text)) == key for key, text in table.headers.items())
        and table.headers.keys() == table.columns.keys()
    )


def _lies(table: Found) -> tuple[object, ...]:
    return table.sheet.name, table.header, table.columns, table.rows, table.above, table.by_place


def _answer_rows(table: Found, plan: Plan) -> tuple[AnswerRow, ...]:
    """Rows of the report that are known by their keys; nothing when one is known otherwise, or twice."""
    rows = body_rows((table,), plan)
    asking = [row.said for row in rows if not row.is_section]
    matching = match_rows(asking, plan.rows, frozenset())
    keys = {one.plan.key for one in matching.matches}
    is_known = all(one.how is Match.KEY for one in matching.matches)
    is_anybodys = matching == match_rows(asking, plan.rows, frozenset(row.key for row in plan.rows))
    if len(keys) < len(matching.matches) or not is_known or not is_anybodys:
        return ()
    cells = _school_columns(table, REPORT, from_left=True)
    filled = {at for row, at in table.sheet.cells if row in {*table.rows, *table.header}}
    columns = tuple(sorted(filled | set(table.columns.values())))
    return tuple(
        AnswerRow(rows[one.place], one, _answer_cells(rows[one.place].row, cells), columns)
        for one in matching.matches
    )


def _figure_rows(table: Found | None, plan: Plan) -> tuple[FigureRow, ...]:
    if table is None:
        return ()
    cells = _school_columns(table, FORM_INDICATORS, from_left=False)
    asked = [(row, indicator_of(table, row, plan)) for row in table.rows]
    known = [(row, place) for row, place in asked if place is not None]
    twice = len({place for _, place in known}) < len(known)
    return () if twice else tuple(FigureRow(place, _answer_cells(row, cells)) for row, place in known)


def _school_columns(table: Found, spec: TableSpec, *, from_left: bool) -> list[tuple[str, int]]:
    own = [(key, at) for key, at in table.columns.items() if spec.column(key).owner is Owner.SCHOOL]
    return sorted(own, key=lambda one: one[1]) if from_left else own


def _answer_cells(row: int, columns: Iterable[tuple[str, int]]) -> AnswerCells:
    return tuple((key, (row, column), a1(row, column)) for key, column in columns)


def _places(sheet: str, rows: Iterable[AnswerRow | FigureRow]) -> Iterator[Place]:
    yield from ((sheet, *at) for row in rows for _, at, _ in row.cells)


def _without(book: Book, places: set[Place]) -> Book:
    def left(sheet: Sheet) -> Sheet:
        cells = {at: cell for at, cell in sheet.cells.items() if (sheet.name, *at) not in places}
        return sheet if len(cells) == len(sheet.cells) else dataclasses.replace(sheet, cells=cells)

    return replace(book, sheets=tuple(map(left, book.sheets)))


def _is_open(table: Found | None, rows: tuple[AnswerRow, ...] | tuple[FigureRow, ...]) -> bool:
    """Does every cell for answers stand in sight and by itself?"""
    if table is None or not rows:
        return True
    sheet, places = table.sheet, [at for row in rows for _, at, _ in row.cells]
    top, bottom = min(row for row, _ in places), max(row for row, _ in places)
    return (
        sheet.visibility is Visibility.VISIBLE
        and not any(row in sheet.hidden_rows or column in sheet.hidden_columns for row, column in places)
        and not any(area.top <= bottom and area.bottom >= top for area in sheet.merges)
    )


def _whose(book: Book) -> dict[FormCell | MarkCell, Place] | None:
    """Where a form says whose it is, each in a cell of its own."""
    wanted = (FormCell.PARTICIPANT, FormCell.PRINTED_CODE, MarkCell.PARTICIPANT, MarkCell.PARTICIPANT_NAME)
    found = {name: place for name in wanted if (place := named_place(book, name))}
    if len(found) < len(wanted) or len({sheet.name for sheet in book.sheets}) < len(book.sheets):
        return None
    return {name: (sheet.name, row, column) for name, (sheet, row, column) in found.items()}


def _marks(book: Book, table: Found, plan: Plan) -> Marks | None:
    """The marks of a form of this plan that says the same everywhere; its code is printed above the table."""
    marks, hidden = property_marks(book), sheet_marks(book)
    printed = [(sheet.name, row, one) for sheet in book.sheets for row, _, one in printed_marks(sheet)]
    if marks is None or hidden is None or len(printed) != 1 or marks.plan_id != plan.plan_id:
        return None
    name, row, code = printed[0]
    said = {(one.plan_id, one.participant, one.issue) for one in (marks, hidden, code)}
    is_above = name == table.sheet.name and row in table.above
    return marks if len(said) == 1 and is_above and marks.issue is not None else None


def _words(plan: Plan) -> tuple[Words, Words] | None:
    """Texts by which tables are found on the sheets of answers and of indicators; ``None`` where figures
    or statuses are among them."""
    headers = [text for spec in (REPORT, FORM_INDICATORS) for text in declared_names(spec)]
    figures = [
        text for place, one in enumerate(plan.indicators) for text in (one.title, indicator_key(place))
    ]
    texts = [*headers, *figures, *(one.value for one in MarkCell)]
    words, all_words = (
        Words(texts),
        Words([*texts, *(text for row in plan.rows for text in (row.title, row.key))]),
    )
    return None if all_words.have_figures or any(map(words.have, LISTED)) else (words, all_words)
