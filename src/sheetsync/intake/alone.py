"""A copy on its own: the part of the plan it carries in its hidden sheet, when no campaign is near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from sheetsync.columns import FORM_INDICATORS, MARKS, REPORT, FormCell, MarkCell, TableSpec
from sheetsync.grid import Book, Cell, Sheet
from sheetsync.intake.marks import indicator_key, is_marks_sheet, named_cell, sheet_marks
from sheetsync.model import Indicator, Participant, Plan, PlanRow, Settings
from sheetsync.settings import NO
from sheetsync.text import plain, skeleton

_NOT_ASKED: Final = Indicator("", None, None, activity="")
"""An indicator of the plan that this participant is not asked."""


def plan_of_copy(book: Book) -> Plan | None:
    """The plan as far as the copy tells it; ``None`` when its hidden sheet is lost."""
    marks = sheet_marks(book)
    if marks is None or not marks.plan_id or not marks.participant:
        return None
    printed, sections = printed_rows(book), _sections(book)
    rows = tuple(
        _plan_row(cells, printed.get(cells["key"].text, {}), sections, marks.participant)
        for sheet in book.sheets
        if is_marks_sheet(sheet)
        for cells in _table_rows(sheet, MARKS)
        if cells["key"].text
    )
    name = _text(book, MarkCell.PARTICIPANT_NAME) or marks.participant
    settings = Settings(
        plan_id=marks.plan_id,
        plan_title=_text(book, MarkCell.PLAN_TITLE),
        report_due=_day(_cell(book, MarkCell.REPORT_DUE)),
        period_start=_day(_cell(book, MarkCell.PERIOD_START)),
        organisation=_text(book, FormCell.ORGANISATION),
        evidence_required=plain(_text(book, FormCell.EVIDENCE)) != NO,
    )
    participant = Participant(marks.participant, name, name)
    return Plan(settings, rows, (participant,), _indicators(book), marks.issue or 1)


def _plan_row(
    cells: Mapping[str, Cell], printed: Mapping[str, Cell], sections: Mapping[str, str], participant: str
) -> PlanRow:
    def shown(key: str) -> str:
        return printed[key].text if key in printed else ""

    return PlanRow(
        key=cells["key"].text,
        number=cells["number"].text,
        section=sections.get(cells["key"].text, ""),
        title=cells["title"].text,
        deadline_text=shown("deadline"),
        start=_day(cells["start"]),
        due=_day(cells["due"]),
        responsible=shown("responsible"),
        reporters=(participant,),
        result=shown("result"),
        evidence_asked=cells["evidence_asked"].text,
        target=cells["target"].text,
    )


def printed_rows(book: Book) -> dict[str, Mapping[str, Cell]]:
    """What the form prints beside each key: deadline, responsible, result."""
    return {
        cells["key"].text: cells
        for sheet in book.sheets
        if not is_marks_sheet(sheet)
        for cells in _table_rows(sheet, REPORT)
        if cells["key"].text
    }


def _sections(book: Book) -> dict[str, str]:
    """The heading above each key: a row of «Отчёт» that has a title and no key."""
    found: dict[str, str] = {}
    for sheet in book.sheets:
        heading = ""
        for cells in _table_rows(sheet, REPORT) if not is_marks_sheet(sheet) else ():
            if cells["key"].text:
                found[cells["key"].text] = heading
            elif cells["title"].text:
                heading = f"{cells['number'].text}. {cells['title'].text}"
    return found


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
        for cells in _table_rows(sheet, FORM_INDICATORS)
        if cells["key"].text
    }
    places = range(max((int(key[1:]) for key in asked if key[1:].isdigit()), default=0))
    return tuple(asked.get(indicator_key(place), _NOT_ASKED) for place in places)


def _number(cell: Cell) -> float | None:
    return float(cell.value) if isinstance(cell.value, int | float) else None


def _table_rows(sheet: Sheet, spec: TableSpec) -> Iterator[dict[str, Cell]]:
    """Rows under the declared headers; nothing when the sheet has no row with all of them."""
    wanted = {skeleton(one.header): one.key for one in spec.columns}
    header = next((number for number, cells in sheet.rows() if wanted.keys() <= _words(cells)), None)
    if header is None:
        return
    places = {wanted[word]: column for column, word in _by_column(sheet, header) if word in wanted}
    for number, _ in sheet.rows():
        if number > header:
            yield {key: sheet.at(number, column) for key, column in places.items()}


def _words(cells: Mapping[int, Cell]) -> set[str]:
    return {skeleton(cell.text) for cell in cells.values()}


def _by_column(sheet: Sheet, row: int) -> list[tuple[int, str]]:
    return [(column, skeleton(cell.text)) for column, cell in sheet.row(row).items()]


def _cell(book: Book, name: MarkCell | FormCell) -> Cell:
    return named_cell(book, name) or Cell()


def _text(book: Book, name: MarkCell | FormCell) -> str:
    return _cell(book, name).text.strip()


def _day(cell: Cell) -> date | None:
    match cell.value:
        case datetime():
            return cell.value.date()
        case date():
            return cell.value
    return None
