"""A school fills the form in Google: «Проверка» and the progress line say what they say everywhere."""

from __future__ import annotations

from itertools import groupby, islice, product

import pytest
from msgspec.structs import replace
from translated_books import form
from translated_office import SCHOOL_MAIL, GoogleCopy, Office

from invented_plan import PLAN, SCHOOL
from sheetsync.columns import FORM_SHEET, REPORT, FormCell
from sheetsync.forms.checking import check_of, progress_of
from sheetsync.grid import a1
from sheetsync.model import Plan, PlanRow, Status
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.port import Json

STATUSES = ("", " ", "сделано", "Выполнено", " в  работе ", *(one.value for one in Status))
FILLED: dict[str, str | float] = {
    "done_on": 44986,
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
][::3]
"""Every status with a third of all sets of filled cells, another third for the next status."""


def plan_of_ways(*, evidence_required: bool) -> Plan:
    rows = tuple(
        PlanRow(
            f"K{at:03d}", str(at), "1. Ответы" if at < 9 else "2. Ещё", f"Ответ {at}", reporters=(SCHOOL,)
        )
        for at in range(len(WAYS))
    )
    return replace(PLAN, rows=rows, settings=replace(PLAN.settings, evidence_required=evidence_required))


def typed(value: str | float) -> Json:
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    return {"userEnteredValue": {kind: value}} if value != "" else {}


def filled(office: Office, sheet: GoogleCopy, rows: list[int]) -> GoogleCopy:
    """The school types an answer into each of these rows, as its own account; titles of sections stay locked."""
    token = office.share(sheet.id, SCHOOL_MAIL)
    where = sheet.sheet(FORM_SHEET)["properties"]["sheetId"]
    answered = ("status", "done_on", "info", "document", "link", "reason")
    requests = []
    ways = iter(WAYS)
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        block = [row for _, row in run]
        requests.append(
            {
                "updateCells": {
                    "start": {
                        "sheetId": where,
                        "rowIndex": block[0] - 1,
                        "columnIndex": REPORT.keys.index("status"),
                    },
                    "rows": [
                        {"values": [typed(way.get(key, "")) for key in answered]}
                        for way in islice(ways, len(block))
                    ],
                    "fields": "userEnteredValue",
                }
            }
        )
    office.batch(sheet.id, requests, token)
    return office.copy(sheet.id)


@pytest.mark.parametrize("evidence_required", [True, False])
def test_the_form_calculates_as_our_own_check_does(*, evidence_required: bool) -> None:
    """The same answers the tests of the form put through LibreOffice, here through the emulator."""
    data = form(plan=plan_of_ways(evidence_required=evidence_required))
    table = ExcelFile.from_bytes(data).read_table(REPORT.name)
    key, check = REPORT.keys.index("key"), REPORT.keys.index("check") + 1
    rows = [table.first_row + at for at, row in enumerate(table.rows) if row[key].text]
    office = Office(judged=False)
    sheet = filled(office, office.issue(data), rows)

    texts = [{name: str(value) for name, value in way.items()} for way in WAYS]
    wanted = [check_of(one, evidence_required=evidence_required) for one in texts]
    place = sheet.names()[FormCell.PROGRESS]
    progress = a1(place["startRowIndex"] + 1, place["startColumnIndex"] + 1)

    assert [sheet.shown(FORM_SHEET, a1(row, check)) for row in rows] == wanted
    assert sheet.shown(FORM_SHEET, progress) == progress_of(wanted)
