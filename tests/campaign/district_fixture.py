"""A small invented district for tests that press the buttons: order, campaign, filled copies."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from sheetsync import campaign, store
from sheetsync.campaign.files import open_workbook, read_workbook_plan
from sheetsync.columns import FORM_SHEET, REPORT
from sheetsync.model import Plan
from sheetsync.text import skeleton

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DUE = date(2026, 6, 15)

ORDER = """
ОТДЕЛ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ ТЕНИСТОГО РАЙОНА

ПРИКАЗ

12.01.2026\t№ 8

Об утверждении плана-графика поддержки школ на 2026 год

1. Утвердить план-график поддержки школ на 2026 год.
2. Руководителям школ представить отчёт в срок до 15.06.2026.

План-график поддержки школ Тенистого района на 2026 год

№ п/п\tМероприятия\tСроки\tОтветственные\tОжидаемый результат
1.\tПодготовка\t\t\t
1.1.\tНазначение координатора в каждой школе\tДо 01.02.2026\tОО\tПриказ по школе
1.2.\tСамодиагностика школы по выбранным рискам\tФевраль 2026\tОО\tСправка
1.3.\tСовещание с директорами школ\t20.01.2026\tОтдел образования администрации Тенистого района\tПротокол
2.\tРабота с учениками\t\t\t
2.1.\tДополнительные занятия по математике\tПостоянно\tОО\tРасписание
2.2.\tПробный экзамен в девятых классах\tМай 2026\tОО\tСправка
2.3.\tЛетняя смена для отстающих\tИюль 2026\tОО\tПрограмма

Список школ:
1. МБОУ «Липовская СОШ»;
2. МБОУ «Кленовская ООШ»;
3. МБОУ «СОШ №7 посёлка Ручьи».
"""

Answer = Mapping[str, Any]
GOOD: Answer = {
    "status": "выполнено",
    "done_on": datetime(2026, 2, 1),
    "info": "Сделано в полном объёме.",
    "document": "приказ № 5 от 30.01.2026",
}


def order_file(folder: Path) -> Path:
    path = folder / "Приказ № 8.txt"
    path.write_text(ORDER, encoding="utf-8")
    return path


def new(folder: Path) -> Path:
    """A campaign with its forms issued; returns the campaign folder."""
    place = folder / "Тенистый «2026»"
    campaign.new_campaign(place, order_file(folder), NOW)
    campaign.issue_forms(place, NOW)
    return place


def plan_of(place: Path) -> Plan:
    return read_workbook_plan(open_workbook(store.open_campaign(place)), issue=1).plan


def form_of(place: Path, code: str) -> Path:
    return next((place / store.FORMS_FOLDER).glob(f"{code} *.xlsx"))


def filled(
    place: Path, code: str, answers: Mapping[str, Answer], change: Callable[[Any], None] | None = None
) -> bytes:
    """The issued form with answers by activity number, saved by another program than ours."""
    book = openpyxl.load_workbook(form_of(place, code))
    sheet = book[FORM_SHEET]
    columns, header = header_of(sheet)
    for row in range(header + 1, sheet.max_row + 1):
        number = str(sheet.cell(row, columns["number"]).value)
        if sheet.cell(row, columns["key"]).value:
            for key, value in answers.get(number, {}).items():
                sheet.cell(row, columns[key]).value = value
    if change:
        change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def header_of(sheet: Any) -> tuple[dict[str, int], int]:
    """Columns by key and the row of the headers."""
    keys = {skeleton(one.header): one.key for one in REPORT.columns}
    for cells in sheet.iter_rows():
        found = {
            keys[skeleton(str(one.value))]: one.column for one in cells if skeleton(str(one.value)) in keys
        }
        if len(found) == len(keys):
            return found, cells[0].row
    raise LookupError(sheet.title)


def all_good(place: Path, code: str) -> dict[str, Answer]:
    return {row.number: GOOD for row in plan_of(place).rows_of(code)}


KINDS = {"1.1": "приказ", "1.2": "справка", "2.1": "приказ", "2.2": "справка", "2.3": "программа"}
"""What the plan asks to be confirmed with."""


def confirmed(place: Path, code: str) -> dict[str, Answer]:
    """Everything is done, and confirmed with what was asked: each row with a document of its own."""
    numbers = [row.number for row in plan_of(place).rows_of(code)]
    return {
        number: {
            **GOOD,
            "document": f"{KINDS[number]} № {code[1:]}-{at} от 30.01.2026",
            "info": f"Сделано в полном объёме, участников {code[1:]}{at}.",
        }
        for at, number in enumerate(numbers, 1)
    }


def receive(place: Path, name: str, data: bytes) -> Path:
    path = place / store.RECEIVED_FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
