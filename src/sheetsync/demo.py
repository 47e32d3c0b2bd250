"""The whole story on an invented district: order, plan, forms, six schools, the свод. Offline.

The schools' copies are made the way schools make them: the issued form is opened, filled, saved.
One copy was saved by LibreOffice as .ods beforehand and lies in the package.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from sheetsync import campaign, reports, store
from sheetsync.campaign.files import open_workbook, read_workbook_plan
from sheetsync.columns import FORM_INDICATORS, FORM_SHEET, REPORT, TableSpec
from sheetsync.model import Participant, ParticipantKind, Plan, PlanRow, Status
from sheetsync.notices import Notice, say
from sheetsync.plan.evidence_asked import asked_in
from sheetsync.plan.papers import Paper
from sheetsync.text import skeleton

ORDER_NAME: Final = "Приказ № 17-ОД.docx"
ODS_NAME: Final = "ЦО2 отчет ИСПРАВЛЕННЫЙ.ods"
REPORT_DUE: Final = date(2026, 10, 15)
LATE_DAY: Final = date(2026, 10, 20)


def run(folder: Path, now: datetime) -> None:
    """Play the story into ``folder`` and say where the result is.

    A folder that holds something already is left alone: the story goes into the next free one.
    """
    folder = free_folder(folder)
    tell = reports.plain_line
    tell(say(Notice.DEMO_ORDER, name=ORDER_NAME))
    folder.mkdir(parents=True, exist_ok=True)
    order_path = folder / ORDER_NAME
    store.write_atomically(order_path, example("order.docx"))
    place = campaign.new_campaign(folder, order_path, now).campaign
    tell(say(Notice.DEMO_ISSUE))
    campaign.issue_forms(folder, now)
    plan = read_workbook_plan(open_workbook(place), issue=1).plan

    tell(say(Notice.DEMO_FILL))
    for name, data in copies_in_time(place, plan):
        store.write_atomically(place.received / name, data)
    campaign.consolidate(folder, REPORT_DUE, now)
    tell(say(Notice.DEMO_LATE, day=f"{LATE_DAY:%d.%m.%Y}"))
    for name, data in late_copies(place, plan):
        store.write_atomically(place.received / name, data)
    reports.show_consolidation(campaign.consolidate(folder, LATE_DAY, now))


def free_folder(folder: Path) -> Path:
    """«район», or «район-2», «район-3»... when it is taken."""
    free, ordinal = folder, 2
    while free.exists() and any(free.iterdir()):
        free, ordinal = folder.with_name(f"{folder.name}-{ordinal}"), ordinal + 1
    return free


def example(name: str) -> bytes:
    """A file of the bundled example."""
    return files("sheetsync").joinpath("example", name).read_bytes()


# --- who sends what -----------------------------------------------------------------------------


def copies_in_time(place: store.Campaign, plan: Plan) -> Iterable[tuple[str, bytes]]:
    """Copies that lie in «Получено» on the report date: names as people give them."""
    first, gaps, *_ = _schools(plan)
    yield "Отчёт Верхнеключинская.xlsx", filled(place, plan, first, complete)
    yield "план (1).xlsx", filled(place, plan, gaps, with_gaps)
    yield from copies_by_file(place, plan)


def copies_by_file(place: store.Campaign, plan: Plan) -> Iterable[tuple[str, bytes]]:
    """Those of them that come as files also where some schools work in Google."""
    *_, moved, _ = _schools(plan)
    yield "от Лесноборской/отчёт на 15 октября.xlsx", filled(place, plan, moved, complete, rearranged)
    yield ODS_NAME, example("copy.ods")
    for one in plan.participants:
        if one.kind in {ParticipantKind.OFFICE, ParticipantKind.INSTITUTION}:
            yield f"{one.short_name} итог.xlsx", filled(place, plan, one, complete)


def late_copies(place: store.Campaign, plan: Plan) -> Iterable[tuple[str, bytes]]:
    yield "Дальнегорка отчёт.xlsx", filled(place, plan, _schools(plan)[2], complete)


def _schools(plan: Plan) -> list[Participant]:
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


def filled(
    place: store.Campaign,
    plan: Plan,
    who: Participant,
    habit: Habit,
    damage: Callable[[Any], None] | None = None,
) -> bytes:
    """The issued form of a participant, opened, filled and saved as a school's Excel would."""
    import openpyxl  # noqa: PLC0415 - only the demonstration plays a school

    form = next(place.forms.glob(f"{who.code} *.xlsx"))
    book = openpyxl.load_workbook(form)
    sheet = book[FORM_SHEET]
    rows = {row.key: row for row in plan.rows_of(who.code)}
    for step, (cells, row) in enumerate(_rows_of(sheet, rows)):
        for key, value in habit(step, row, who).items():
            sheet.cell(cells["row"], cells[key]).value = value
    if habit is complete:
        _fill_indicators(book)
    if damage:
        damage(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


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
