"""A copy on its own: the part of the plan it carries in its hidden sheet, when no campaign is near."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from msgspec.structs import replace

from sheetsync.columns import FORM_INDICATORS, MARKS, FormCell, MarkCell
from sheetsync.grid import EMPTY, Book, Cell
from sheetsync.intake.locate import find_tables, report_of
from sheetsync.intake.marks import indicator_key, is_marks_sheet, named_cell, sheet_marks
from sheetsync.intake.match import match_rows
from sheetsync.intake.numbers import bare
from sheetsync.intake.ours import is_district_workbook, is_template
from sheetsync.intake.printed import table_rows
from sheetsync.intake.rows import BodyRow, body_rows
from sheetsync.model import Indicator, Participant, Plan, PlanRow, Settings
from sheetsync.settings import NO
from sheetsync.text import plain

_NOT_ASKED: Final = Indicator("", None, None, activity="")
"""An indicator of the plan that this participant is not asked."""


def plan_of_copy(book: Book) -> Plan | None:
    """The plan as far as the copy tells it; ``None`` when its hidden sheet is lost.

    The hidden sheet knows keys, numbers, titles and dates; what the form printed beside them is
    taken from the rows as they stand now.
    """
    marks = sheet_marks(book)
    if marks is None or not marks.plan_id or not marks.participant:
        return None
    name = _mark(book, MarkCell.PARTICIPANT_NAME).text.strip() or marks.participant
    participant = Participant(marks.participant, name, name)
    rows = tuple(
        _plan_row(cells, marks.participant)
        for sheet in book.sheets
        if is_marks_sheet(sheet)
        for cells in table_rows(sheet, MARKS)
        if cells["key"].text
    )
    known = Plan(_settings(book, marks.plan_id), rows, (participant,), _indicators(book), marks.issue or 1)
    printed = _Printed(book, known)
    return replace(known, rows=tuple(map(printed.added_to, rows)))


def why_unknown(book: Book) -> str:
    """The finding for a workbook that does not say by itself what was asked and whom."""
    tables = find_tables(book, report_of(Plan(Settings(), (), ())))
    if is_district_workbook(book):
        return "V215"
    if is_template(book, tables):
        return "V216"
    return "V212" if tables else "V201"


def _settings(book: Book, plan_id: str) -> Settings:
    return Settings(
        plan_id=plan_id,
        plan_title=_mark(book, MarkCell.PLAN_TITLE).text.strip(),
        report_due=_day(_mark(book, MarkCell.REPORT_DUE)),
        period_start=_day(_mark(book, MarkCell.PERIOD_START)),
        organisation=_text(book, FormCell.ORGANISATION),
        evidence_required=plain(_text(book, FormCell.EVIDENCE)) != NO,
    )


def _plan_row(cells: Mapping[str, Cell], participant: str) -> PlanRow:
    return PlanRow(
        key=cells["key"].text,
        number=cells["number"].text,
        section="",
        title=cells["title"].text,
        start=_day(cells["start"]),
        due=_day(cells["due"]),
        reporters=(participant,),
        evidence_asked=cells["evidence_asked"].text,
        target=cells["target"].text,
    )


class _Printed:
    """What stands beside each activity of the plan and above it, as the copy has it."""

    def __init__(self, book: Book, plan: Plan) -> None:
        rows = body_rows(find_tables(book, report_of(plan)), plan)
        found = match_rows([row.said for row in rows], plan.rows, frozenset(row.key for row in plan.rows))
        matched = {one.place: one.plan.key for one in found.matches}
        last = max(matched, default=-1)
        self._texts: dict[str, Mapping[str, str]] = {}
        self._sections: dict[str, str] = {}
        self._headings: dict[str, str] = {}
        section = ""
        for place, row in enumerate(rows):
            key = matched.get(place)
            if key is not None:
                self._texts.setdefault(key, row.said.support)
                self._sections.setdefault(key, section)
            elif _is_heading(row) and (place < last or row.said.number.text):
                section = f"{row.said.number.text}. {row.title}".removeprefix(". ")
                self._headings.setdefault(bare(row.said.number.text), section)

    def added_to(self, row: PlanRow) -> PlanRow:
        """The row of the plan with what the copy prints of it."""
        texts = self._texts.get(row.key, {})
        by_number = self._headings.get(row.number.partition(".")[0])
        return replace(
            row,
            section=by_number or self._sections.get(row.key, ""),
            deadline_text=texts.get("deadline", ""),
            responsible=texts.get("responsible", ""),
            result=texts.get("result", ""),
        )


def _is_heading(row: BodyRow) -> bool:
    """A title without a key, and nothing asked or answered beside it."""
    beside = (*row.answers().values(), *filter(None, row.said.support.values()))
    return bool(row.title.strip()) and not row.said.key and not beside


def _indicators(book: Book) -> tuple[Indicator, ...]:
    """The indicators the copy asks, each at its place in the plan."""
    asked = {
        cells["key"].text: Indicator(
            cells["title"].text,
            cells["unit"].text or None,
            _number(cells["target"]),
            int(year) if (year := _number(cells["year"])) else None,
        )
        for sheet in book.sheets
        for cells in table_rows(sheet, FORM_INDICATORS)
        if cells["key"].text
    }
    places = range(max((int(key[1:]) for key in asked if key[1:].isdigit()), default=0))
    return tuple(asked.get(indicator_key(place), _NOT_ASKED) for place in places)


def _number(cell: Cell) -> float | None:
    return float(cell.value) if isinstance(cell.value, int | float) else None


def _mark(book: Book, mark: MarkCell) -> Cell:
    """A cell of the hidden sheet: by its name, else right of its label."""
    labelled = (
        sheet.at(row, column + 1)
        for sheet in book.sheets
        if is_marks_sheet(sheet)
        for (row, column), cell in sheet.cells.items()
        if cell.value == mark.value
    )
    return named_cell(book, mark) or next(labelled, EMPTY)


def _text(book: Book, name: FormCell) -> str:
    return (named_cell(book, name) or EMPTY).text.strip()


def _day(cell: Cell) -> date | None:
    match cell.value:
        case datetime():
            return cell.value.date()
        case date():
            return cell.value
    return None
