"""A form with one row for every way a school may answer, as a school's Excel would save it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from itertools import product

import openpyxl
from msgspec.structs import replace

from invented_plan import PLAN, SCHOOL
from sheetsync.columns import FORM_SHEET, REPORT
from sheetsync.forms.model import form_of
from sheetsync.forms.render import fill_form
from sheetsync.model import Plan, PlanRow, Status
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.templates import Template, template_bytes

STATUSES = ("", " ", "сделано", "Выполнено", " в  работе ", *(one.value for one in Status))
FILLED: dict[str, str | date] = {
    "done_on": date(2023, 3, 1),
    "info": "проведено 2 семинара",
    "document": "приказ № 45 от 01.03.2023",
    "link": "https://shkola.example/1",
    "reason": "перенесено на май",
}
WAYS = [
    {"status": status}
    | {key: value for (key, value), given in zip(FILLED.items(), mask, strict=True) if given}
    for status in STATUSES
    for mask in product((False, True), repeat=len(FILLED))
]
WAYS += [
    {"status": status, **(FILLED if is_full else {}), "remark": remark}
    for status in (Status.DONE.value, Status.NOT_DONE.value, Status.IN_PROGRESS.value)
    for is_full in (True, False)
    for remark in ("Приложите протокол", "  ", "✓ принято")
]
ANSWERS = {"required": True, "waived": False}
"""Names of the answered forms: does the office ask for documents?"""


def plan_of_ways(*, evidence_required: bool) -> Plan:
    rows = tuple(
        PlanRow(f"K{place:03d}", str(place), "1. Ответы" if place < 9 else "2. Ещё ответы", f"Ответ {place}",
                reporters=(SCHOOL,))
        for place in range(len(WAYS))
    )  # fmt: skip
    return replace(PLAN, settings=replace(PLAN.settings, evidence_required=evidence_required), rows=rows)


def empty_form(name: str) -> bytes:
    """The form as it is issued, before the school opens it."""
    workbook = ExcelFile.from_bytes(template_bytes(Template.FORM))
    fill_form(workbook, form_of(plan_of_ways(evidence_required=ANSWERS[name]), SCHOOL))
    return workbook.to_bytes()


def typed(name: str, first_row: int) -> Iterator[tuple[int, int, str | date]]:
    """What the school types: row, column (from 1), value."""
    ways = iter(WAYS)
    for step, row in enumerate(form_of(plan_of_ways(evidence_required=ANSWERS[name]), SCHOOL).rows):
        if not row.is_section:
            for key, value in next(ways).items():
                yield first_row + step, REPORT.keys.index(key) + 1, value


def answered_form(name: str) -> bytes:
    """The form with every way to answer filled in by another program (its cached results are lost)."""
    data = empty_form(name)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[FORM_SHEET]
    for row, column, value in typed(name, ExcelFile.from_bytes(data).read_table(REPORT.name).first_row):
        sheet.cell(row, column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
