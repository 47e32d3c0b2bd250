"""A document becomes an order: the plan's activities and what the order says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from sheetsync.doubts import doubt
from sheetsync.model import Activity, Doubt, Indicator, Instruction, Order, Passport
from sheetsync.plan.activities import Around, read_activities
from sheetsync.plan.document import Document
from sheetsync.plan.headers import ColumnKind
from sheetsync.plan.indicators import find_indicators
from sheetsync.plan.instructions import read_instructions
from sheetsync.plan.items import Entry
from sheetsync.plan.joining import Vocabulary, join_all
from sheetsync.plan.pages import Undoubled, undoubled
from sheetsync.plan.passport import Said, read_said
from sheetsync.plan.printed import Line, PlanText, PrintedRow
from sheetsync.plan.rows import ReadRows, read_rows
from sheetsync.plan.school_lists import Schools, find_schools
from sheetsync.plan.tables import find_plan, refuse_interleaved

_MOST_CELLS_OF_HEADING: Final = 2


def read_document(document: Document) -> Order:
    """Read an order. Raises ``OrderRefused`` when its plan cannot be understood."""
    text = find_plan(document)
    outside = (*text.above, *text.below)
    pages = undoubled(text.body, (one.text for one in outside))
    known = Vocabulary.of(
        (*(one.text for one in outside), *(cell for one in pages.body for cell in one.cells))
    )
    rows = read_rows([_unwrapped(one, known) for one in pages.body])
    if rows.interleaved:
        raise refuse_interleaved(document.name)
    said = read_said(text.above, text.below, _cells(rows, ColumnKind.DEADLINE), known)
    told = [join_all(text.splitlines(), known).text for text in _cells(rows, ColumnKind.RESPONSIBLE)]
    schools = find_schools(outside, said.statements, told, _cells(rows, ColumnKind.ACTIVITY))
    around = Around(said.years.years, said.years.school, schools.schools, schools.group_words, known)
    plan = read_activities(rows, around)
    return Order(
        _passport(said, schools),
        plan.sections,
        plan.activities,
        _indicators(text, plan.activities, said),
        (*said.doubts, *schools.doubts, *plan.doubts, *_left_out(text, pages)),
        read_instructions(text.above, plan.activities, around),
    )


def doubts_of(one: Activity | Instruction) -> tuple[Doubt, ...]:
    """Every doubt about one activity or instruction: its row, its deadline, its parties."""
    return tuple(dict.fromkeys((*one.doubts, *one.deadline.doubts, *one.responsible.doubts)))


def _unwrapped(row: Line | PrintedRow, known: Vocabulary) -> Line | PrintedRow:
    """What may be the heading of a section is read as one line."""
    if isinstance(row, Line) or len(row.filled) > _MOST_CELLS_OF_HEADING:
        return row
    return replace(row, cells=tuple(join_all(cell.splitlines(), known).text for cell in row.cells))


def _cells(rows: ReadRows, kind: ColumnKind) -> list[str]:
    """The texts of one column, row by row."""
    return [" ".join(one.pieces[kind]) for one in rows.items if isinstance(one, Entry) and kind in one.pieces]


def _passport(said: Said, schools: Schools) -> Passport:
    return Passport(
        said.number,
        said.date,
        said.issuer,
        said.title,
        said.years.years,
        said.report_due,
        schools.schools,
        schools.curators,
    )


def _indicators(text: PlanText, activities: Sequence[Activity], said: Said) -> tuple[Indicator, ...]:
    found = find_indicators((*text.above, *text.below), activities)
    year = said.years.years[-1] if said.years.years else None
    return tuple(one if one.year else replace(one, year=year) for one in found)


def _left_out(text: PlanText, pages: Undoubled) -> Iterator[Doubt]:
    """Tables and pages of the document that are not in the plan."""
    for header in text.skipped:
        yield doubt("table-skipped", header=" | ".join(header.titles))
    for first_row in text.unread:
        yield doubt("table-unread", row=first_row)
    if pages.dropped:
        yield doubt("page-dropped", count=pages.dropped)
