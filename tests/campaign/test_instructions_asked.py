"""The order's own instructions go through the whole campaign once the coordinator switches them on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import coordinator
import district_fixture as district
import openpyxl
import pytest

from sheetsync import campaign, store
from sheetsync.columns import (
    COMPLETENESS,
    FORM_SHEET,
    INSTRUCTIONS_SECTION,
    MATRIX,
    PARTICIPANTS,
    PLAN,
    SETTINGS_SHEET,
)
from sheetsync.model import Plan
from sheetsync.settings import NO, YES

REPORT = "представить отчёт в срок до 15.06.2026"
CENTRE = "провести выездные консультации до 20.05.2026"
ORDER = district.ORDER.replace(
    "2. Руководителям школ представить отчёт в срок до 15.06.2026.",
    f"2. Руководителям школ:\n- {REPORT};\n- обновить программы развития.\n"
    f"3. Директору МКУ «Центр развития образования» Сомовой В.Н. {CENTRE}.\n"
    "4. Контроль за исполнением приказа оставляю за собой.",
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    order = tmp_path / "Приказ № 8.txt"
    order.write_text(ORDER, encoding="utf-8")
    folder = tmp_path / "Тенистый «2026»"
    campaign.new_campaign(folder, order, district.NOW)
    campaign.issue_forms(folder, district.NOW)
    return folder


def switch(place: Path, word: str) -> None:
    """The coordinator types «да» or «нет» beside «Поручения приказа»."""

    def change(book: Any) -> None:
        sheet = book[SETTINGS_SHEET]
        row = coordinator.row_of(sheet, INSTRUCTIONS_SECTION)
        sheet.cell(row, coordinator.column_of(sheet, "Значение")).value = word

    coordinator.edit(place, change)


def asked_in_form(place: Path, code: str) -> set[str]:
    book = openpyxl.load_workbook(district.form_of(place, code))
    return {str(cell.value) for row in book[FORM_SHEET].iter_rows() for cell in row if cell.value}


def instructions(plan: Plan) -> list[tuple[str, str, tuple[str, ...], bool]]:
    found = [one for one in plan.rows if one.section == INSTRUCTIONS_SECTION]
    return [(one.number, one.title, one.reporters, one.is_retired) for one in found]


def in_plan(place: Path) -> list[tuple[str, str, str, str]]:
    rows = coordinator.rows(place, PLAN.name)
    found = [row for row in rows if row["Раздел"] == INSTRUCTIONS_SECTION]
    return [
        (row["№"], row["Мероприятие"], row["Срок до"], row["Кто отчитывается (через ;)"]) for row in found
    ]


def test_they_stand_in_the_plan_after_the_activities_with_date_and_reporters(place: Path) -> None:
    assert in_plan(place) == [
        ("2.1", REPORT, "15.06.2026", "все школы"),
        ("2.2", "обновить программы развития", "", "все школы"),
        ("3", CENTRE, "20.05.2026", "Центр развития образования"),
    ]
    assert "МКУ «Центр развития образования»" in [
        row["Официальное название"] for row in coordinator.rows(place, PARTICIPANTS.name)
    ]


def test_until_switched_on_nobody_is_asked(place: Path) -> None:
    result = coordinator.press(place)

    assert [retired for *_, retired in instructions(district.plan_of(place))] == [True, True, True]
    assert REPORT not in asked_in_form(place, "S01")
    assert not list((place / store.FORMS_FOLDER).glob("U01 *"))
    assert INSTRUCTIONS_SECTION not in {row["Мероприятие"] for row in coordinator.rows(place, MATRIX.name)}
    assert "S805" not in coordinator.codes(result)
    assert {row["Участник"] for row in coordinator.rows(place, COMPLETENESS.name)}.isdisjoint(
        {"Центр развития образования"}
    )


def test_switched_on_they_go_through_forms_and_consolidation(place: Path) -> None:
    switch(place, YES)

    issued = campaign.issue_forms(place, district.NOW)

    assert issued.plan.issue == 2
    assert {"S01", "S02", "S03", "U01"} <= {path.name.split()[0] for path in issued.written}
    assert {REPORT, INSTRUCTIONS_SECTION} <= asked_in_form(place, "S01")
    assert CENTRE in asked_in_form(place, "U01")

    coordinator.send(place, "S01")
    coordinator.send(place, "U01")
    coordinator.press(place)
    entries = {
        (row["Участник"], row["Мероприятие"]): row["Статус"]
        for row in coordinator.rows(place, coordinator.ENTRIES.name)
    }
    whole = {row["Участник"]: row for row in coordinator.rows(place, COMPLETENESS.name)}

    assert entries["Липовская СОШ", REPORT] == "выполнено"
    assert entries["Кленовская ООШ", REPORT] == ""
    assert entries["Центр развития образования", CENTRE] == "выполнено"
    assert whole["Липовская СОШ"]["Строк всего"] == "7"
    assert whole["Центр развития образования"]["Отчитались"] == "1"


def test_switched_off_again_the_answers_stay_and_nothing_is_asked(place: Path) -> None:
    switch(place, YES)
    campaign.issue_forms(place, district.NOW)
    coordinator.send(place, "S01")
    coordinator.press(place)
    switch(place, NO)

    again = campaign.issue_forms(place, district.NOW)
    result = coordinator.press(place, minute=5)
    answered = {
        row["Участник"]: row["Статус"]
        for row in coordinator.rows(place, coordinator.ENTRIES.name)
        if row["Мероприятие"].startswith(REPORT)
    }
    whole = {row["Участник"]: row for row in coordinator.rows(place, COMPLETENESS.name)}

    assert again.plan.issue == 3
    assert answered == {"Липовская СОШ": "выполнено"}
    assert (whole["Липовская СОШ"]["Строк всего"], whole["Липовская СОШ"]["Отчитались"]) == ("5", "4")
    assert [line.unaccounted for line in result.consolidation.ledger] == [0]
