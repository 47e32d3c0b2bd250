"""The schools of the invented district: who sends what, under which name, and how each fills its form.

Copies are made the way schools make them: the issued form is opened, filled, saved. One copy was saved
by LibreOffice as .ods beforehand and lies in the package.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from sheetsync import store
from sheetsync.columns import FORM_INDICATORS, FORM_SHEET, REPORT, TableSpec
from sheetsync.model import Participant, ParticipantKind, Plan, PlanRow, Status
from sheetsync.plan.evidence_asked import asked_in
from sheetsync.plan.papers import Paper
from sheetsync.text import skeleton

ORDER_NAME: Final = "Приказ № 17-ОД.docx"
ISSUED_ON: Final = date(2026, 9, 1)
ODS_NAME: Final = "ЦО2 отчет ИСПРАВЛЕННЫЙ.ods"
REPORT_DUE: Final = date(2026, 10, 15)
LATE_DAY: Final = date(2026, 10, 20)
OVERLOOKED: Final = 16
"""The place in its form of a row that the hasty school was asked to mend and did not."""


def example(name: str) -> bytes:
    """A file of the bundled example."""
    return files("sheetsync").joinpath("example", name).read_bytes()


# --- who sends what -----------------------------------------------------------------------------


def copies_in_time(place: store.Campaign, plan: Plan) -> Iterable[tuple[str, bytes]]:
    """Copies that lie in «Получено» on the report date: names as people give them."""
    first, gaps, *_ = schools_of(plan)
    yield "Отчёт Верхнеключинская.xlsx", filled(place, plan, first, complete)
    yield "план (1).xlsx", filled(place, plan, gaps, with_gaps)
    yield from copies_by_file(place, plan)


def copies_by_file(place: store.Campaign, plan: Plan) -> Iterable[tuple[str, bytes]]:
    """Those of them that come as files also where some schools work in Google."""
    *_, moved, _ = schools_of(plan)
    yield "от Лесноборской/отчёт на 15 октября.xlsx", filled(place, plan, moved, complete, rearranged)
    yield ODS_NAME, example("copy.ods")
    for one in plan.participants:
        if one.kind in {ParticipantKind.OFFICE, ParticipantKind.INSTITUTION}:
            yield f"{one.short_name} итог.xlsx", filled(place, plan, one, complete)


def late_copies(place: store.Campaign, plan: Plan) -> Iterable[tuple[str, bytes]]:
    """What comes after the report date."""
    yield "Дальнегорка отчёт.xlsx", filled(place, plan, schools_of(plan)[2], complete)


def mended_copies(place: store.Campaign, plan: Plan) -> Iterable[tuple[str, bytes]]:
    """The form that was returned with remarks, under the name it went out with."""
    gaps = schools_of(plan)[1]
    yield form_of(place, gaps).name, filled(place, plan, gaps, mended)


def last_copies(place: store.Campaign, plan: Plan) -> Iterable[tuple[str, bytes]]:
    """What comes when the note has been written already."""
    yield "Озёркинская, просим извинить.xlsx", filled(place, plan, schools_of(plan)[3], complete)


def schools_of(plan: Plan) -> list[Participant]:
    """The schools in the order of the order."""
    return [one for one in plan.participants if one.kind is ParticipantKind.SCHOOL]


# --- how a school fills -------------------------------------------------------------------------

Answers = dict[str, Any]
Habit = Callable[[int, PlanRow, Participant], Answers]
"""What a school writes beside the row at a place of its form."""


def complete(place: int, row: PlanRow, who: Participant) -> Answers:
    """A diligent school: every row with a date and a document; what is not due yet is under way."""
    if row.due and row.due > REPORT_DUE:
        return {"status": Status.IN_PROGRESS.value, "info": "Идёт по плану, работа начата."}
    done = _day_of(place, row)
    number = 200 * int(who.code[1:]) + 5 * place
    papers = enumerate(_papers_asked(row), number)
    answers: Answers = {
        "status": Status.DONE.value,
        "done_on": done,
        "info": f"Проведено, участвовали {12 + place} педагогов. Итоги обсуждены на педсовете.",
        "document": "; ".join(f"{paper} № {one} от {done:%d.%m.%Y}" for one, paper in papers),
    }
    if place % 2 or Paper.SITE_PAGE in asked_in(row.evidence_asked).kinds:
        answers["link"] = f"https://{who.code.lower()}.example.org/docs/{number}.pdf"
    return answers


_NOTE: Final = "справка"


def _papers_asked(row: PlanRow) -> list[str]:
    """What the plan asks for: of a choice the first; a note for a link and for what is unheard of."""
    named: list[str] = []
    for one in asked_in(row.evidence_asked).papers:
        is_paper = bool(set(one.kinds) - {Paper.SITE_PAGE})
        named += [re.split(r",| или ", one.text)[0] if is_paper else _NOTE] * one.count
    return named or [_NOTE]


def _day_of(place: int, row: PlanRow) -> date:
    last = row.due or REPORT_DUE - timedelta(days=20)
    day = last - timedelta(days=3 + place % 5)
    return max(day, row.start or day)


def with_gaps(place: int, row: PlanRow, who: Participant) -> Answers:
    """A school in a hurry: empty rows, claims without documents, other words, a future date."""
    answers = complete(place, row, who)
    match place % 7:
        case 0:
            return {}
        case 1:
            return {"status": "исполнено", "done_on": answers.get("done_on"), "info": "Сделано, всё хорошо."}
        case 2:
            return {**answers, "document": "приказ есть", "link": None}
        case 3:
            return {**answers, "done_on": None}
        case 4:
            return {**answers, "done_on": date(2027, 3, 1)}
        case 5:
            return {"status": Status.NOT_REQUIRED.value}
    return answers


def mended(place: int, row: PlanRow, who: Participant) -> Answers:
    """The same school after the remarks: what was asked for is there, but for one row overlooked."""
    is_seen_to = place % 7 in {0, 1, 2} and place != OVERLOOKED
    return complete(place, row, who) if is_seen_to else {}


def filled(
    place: store.Campaign,
    plan: Plan,
    who: Participant,
    habit: Habit,
    damage: Callable[[Any], None] | None = None,
) -> bytes:
    """The form a participant has, opened, filled and saved as a school's Excel would."""
    import openpyxl  # noqa: PLC0415 - only the demonstration plays a school

    book = openpyxl.load_workbook(form_of(place, who))
    sheet = book[FORM_SHEET]
    rows = {row.key: row for row in plan.rows_of(who.code)}
    for step, (cells, row) in enumerate(_rows_of(sheet, rows)):
        for key, value in habit(step, row, who).items():
            sheet.cell(cells["row"], cells[key]).value = value
    if habit in {complete, mended}:
        _fill_indicators(book)
    if damage:
        damage(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def form_of(place: store.Campaign, who: Participant) -> Path:
    """The form a participant was given last: the one returned to it, when there is one."""
    pattern = f"{who.code} *.xlsx"
    return next(iter((*place.returned.glob(pattern), *place.forms.glob(pattern))))


def _fill_indicators(book: Any) -> None:
    """What was reached: a little above each target."""
    sheet = book[FORM_INDICATORS.sheet]
    columns, header = _header(sheet, FORM_INDICATORS)
    for number in range(header + 1, sheet.max_row + 1):
        target = sheet.cell(number, columns["target"]).value
        if target is not None:
            sheet.cell(number, columns["fact"]).value = target if target == 100 else target + number % 3


def _rows_of(sheet: Any, rows: dict[str, PlanRow]) -> Iterable[tuple[dict[str, int], PlanRow]]:
    columns, header = _header(sheet)
    for number in range(header + 1, sheet.max_row + 1):
        row = rows.get(str(sheet.cell(number, columns["key"]).value))
        if row:
            yield {**columns, "row": number}, row


def _header(sheet: Any, spec: TableSpec = REPORT) -> tuple[dict[str, int], int]:
    """Columns of a table of the form by key, and the row of their headers."""
    keys = {skeleton(one.header): one.key for one in spec.columns}
    for cells in sheet.iter_rows():
        found = {
            keys[skeleton(str(cell.value))]: cell.column
            for cell in cells
            if skeleton(str(cell.value)) in keys
        }
        if len(found) == len(keys):
            return found, cells[0].row
    raise LookupError(sheet.title)


def rearranged(sheet: Any) -> None:
    """What happens to forms at home: a header renamed, two rows exchanged, a line inserted above."""
    columns, header = _header(sheet)
    sheet.cell(header, columns["info"]).value = "Что сделано"
    last = len(REPORT.columns)
    for column in range(1, last + 1):
        one, other = sheet.cell(header + 2, column), sheet.cell(header + 5, column)
        one.value, other.value = other.value, one.value
