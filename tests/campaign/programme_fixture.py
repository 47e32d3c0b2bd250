"""An invented programme of three years, lived through: two schools, what each sends in each year.

2023: Lipovskaya does everything, its school-year analysis early; Klenovskaya fails to name a
coordinator. A copy of 2023 comes late, in 2024. 2024: Lipovskaya does everything, Klenovskaya sends
nothing. 2025 is the last year.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import coordinator
import district_fixture as district
import openpyxl

from sheetsync import campaign
from sheetsync.campaign import ConsolidateResult, PeriodResult
from sheetsync.columns import FORM_INDICATORS, FORM_SHEET

ORDER = """
ОТДЕЛ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ ТЕНИСТОГО РАЙОНА

ПРИКАЗ

12.01.2023\t№ 8

Об утверждении плана-графика поддержки школ на 2023-2025 годы

1. Утвердить план-график поддержки школ на 2023-2025 годы.
2. Руководителям школ представить отчёт в срок до 15.12.2023.

Целевые показатели

Показатель\tЕд. изм.\t2023\t2024\t2025
Доля учителей, прошедших повышение квалификации\t%\t60\t70\t80

План-график поддержки школ Тенистого района на 2023-2025 годы

№ п/п\tМероприятия\tСроки\tОтветственные\tОжидаемый результат
1.\tПодготовка\t\t\t
1.1.\tНазначение координатора в каждой школе\tДо 01.02.2023\tОО\tПриказ по школе
1.2.\tСамодиагностика школы по выбранным рискам\tЕжегодно, март\tОО\tСправка
1.3.\tСоздание школьного центра поддержки\tСентябрь 2024\tОО\tПриказ по школе
2.\tРабота с учениками\t\t\t
2.1.\tДополнительные занятия по математике\tПостоянно\tОО\tРасписание
2.2.\tКонсультации для учеников\tЕжемесячно\tОО\tСправка
2.3.\tАнализ итогов школьного мониторинга\tс 01.09.2023 по 31.05.2024\tОО\tСправка
2.4.\tРазвитие сетевого взаимодействия\t2023-2025 гг.\tОО\tДоговор
2.5.\tИтоговая конференция\tДо 01.12.2025\tОО\tПрограмма

Список школ:
1. МБОУ «Липовская СОШ»;
2. МБОУ «Кленовская ООШ».
"""
LIPOVSKAYA, KLENOVSKAYA = "S01", "S02"
FAILED: district.Answer = {"status": "не выполнено", "reason": "Нет кандидата, назначим в новом году."}
UNDER_WAY: district.Answer = {"status": "в работе", "info": "Данные собираются."}


def at(year: int, month: int = 12, day: int = 20) -> datetime:
    return datetime(year, month, day, 10, 0, tzinfo=UTC)


def new(folder: Path) -> Path:
    """The campaign of the programme in January of its first year, forms issued."""
    order = folder / "Приказ № 8.txt"
    order.write_text(ORDER, encoding="utf-8")
    place = folder / "Программа"
    campaign.new_campaign(place, order, at(2023, 1))
    campaign.issue_forms(place, at(2023, 1))
    return place


def good(year: int) -> dict[str, Any]:
    return {
        "status": "выполнено",
        "done_on": datetime(year, 3, 20),
        "info": f"Сделано в {year} году.",
        "document": f"приказ № 5 от 20.03.{year}",
    }


def asked(place: Path, code: str) -> list[str]:
    """Numbers of the rows the issued form of a school asks."""
    rows, _ = _form(place, code)
    return list(rows)


def _form(place: Path, code: str) -> tuple[dict[str, Any], Any]:
    book = openpyxl.load_workbook(district.form_of(place, code))
    sheet = book[FORM_SHEET]
    columns, header = district.header_of(sheet)
    found = {}
    for row in range(header + 1, sheet.max_row + 1):
        if sheet.cell(row, columns["key"]).value:
            found[str(sheet.cell(row, columns["number"]).value)] = sheet.cell(row, columns["title"])
    return found, book


def notes(place: Path, code: str) -> dict[str, str]:
    """What hangs on the rows of the form: the answers of the year before."""
    rows, _ = _form(place, code)
    return {number: cell.comment.text for number, cell in rows.items() if cell.comment}


def deadline(place: Path, code: str, number: str) -> str:
    rows, book = _form(place, code)
    columns, _ = district.header_of(book[FORM_SHEET])
    return str(book[FORM_SHEET].cell(rows[number].row, columns["deadline"]).value)


def figures_asked(place: Path, code: str) -> list[tuple[int, float, str]]:
    """Year and target of every figure the form asks, and the note that hangs on it."""
    _, book = _form(place, code)
    rows = list(book[FORM_INDICATORS.sheet].iter_rows())
    header = next(row for row in rows if FORM_INDICATORS.column("fact").header in [one.value for one in row])
    places = {cell.value: cell.column - 1 for cell in header}
    title, year, target = (places[FORM_INDICATORS.column(key).header] for key in ("title", "year", "target"))
    below = [row for row in rows if row[0].row > header[0].row and row[title].value]
    return [
        (row[year].value, row[target].value, row[title].comment.text if row[title].comment else "")
        for row in below
    ]


def send(
    place: Path,
    code: str,
    name: str,
    answers: Mapping[str, district.Answer],
    figure: float | str | None = None,
) -> Path:
    """A filled copy of the form as it is issued now."""

    def fill(sheet: Any) -> None:
        if figure is None:
            return
        figures = sheet.parent[FORM_INDICATORS.sheet]
        column = coordinator.column_of(figures, FORM_INDICATORS.column("fact").header)
        row = next(cell.row for cell in figures["A"] if str(cell.value).startswith("Доля учителей"))
        figures.cell(row, column).value = figure

    return district.receive(place, name, district.filled(place, code, answers, fill))


def press(place: Path, year: int) -> ConsolidateResult:
    return campaign.consolidate(place, date(year, 12, 20), at(year))


def turn(place: Path, year: int) -> PeriodResult:
    """The year is closed on its last but one day... of the holidays after it; forms of the new one go out."""
    result = campaign.next_period(place, at(year + 1, 1, 9))
    campaign.issue_forms(place, at(year + 1, 1, 9))
    return result


def live_2023(place: Path) -> None:
    everything = {number: good(2023) for number in asked(place, LIPOVSKAYA)}
    send(place, LIPOVSKAYA, "Липовская.xlsx", everything, 62)
    send(
        place, KLENOVSKAYA, "Кленовская.xlsx",
        everything | {"1.1": FAILED, "2.3": UNDER_WAY}, "55",
    )  # fmt: skip
    press(place, 2023)


def live_2024(place: Path) -> None:
    send(place, LIPOVSKAYA, "Липовская 2024.xlsx", {one: good(2024) for one in asked(place, LIPOVSKAYA)}, 75)
    press(place, 2024)
