"""A copy on its own: the part of the plan it carries in its hidden sheet, when no campaign is near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sheetsync.columns import MARKS, REPORT, FormCell, MarkCell, TableSpec
from sheetsync.grid import Book, Cell, Sheet
from sheetsync.intake.marks import is_marks_sheet, named_cell, sheet_marks
from sheetsync.model import Participant, Plan, PlanRow, Settings
from sheetsync.settings import NO
from sheetsync.text import plain, skeleton


def plan_of_copy(book: Book) -> Plan | None:
    """The plan as far as the copy tells it; ``None`` when its hidden sheet is lost."""
    marks = sheet_marks(book)
    if marks is None or not marks.plan_id or not marks.participant:
        return None
    printed = _printed_texts(book)
    rows = tuple(
        _plan_row(cells, printed.get(cells["key"].text, {}), marks.participant)
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
    return Plan(settings, rows, (Participant(marks.participant, name, name),), issue=marks.issue or 1)


def _plan_row(cells: Mapping[str, Cell], printed: Mapping[str, Cell], participant: str) -> PlanRow:
    def shown(key: str) -> str:
        return printed[key].text if key in printed else ""

    return PlanRow(
        key=cells["key"].text,
        number=cells["number"].text,
        section="",
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


def _printed_texts(book: Book) -> dict[str, Mapping[str, Cell]]:
    """What the form prints beside each key: deadline, responsible, result."""
    return {
        cells["key"].text: cells
        for sheet in book.sheets
        if not is_marks_sheet(sheet)
        for cells in _table_rows(sheet, REPORT)
        if cells["key"].text
    }


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
