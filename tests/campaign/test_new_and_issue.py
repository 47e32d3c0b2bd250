"""A coordinator makes a campaign from an order, mends the workbook and issues forms."""

from __future__ import annotations

from pathlib import Path

import district_fixture as district
import openpyxl
import pytest

from sheetsync import campaign, store
from sheetsync.columns import FORM_SHEET, PARTICIPANTS, PLAN, PLAN_SHEET, SETTINGS_SHEET
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.templates import OFFICE_FOLDER


def tables_of(place: Path) -> ExcelFile:
    return ExcelFile.from_bytes((place / store.NEW_WORKBOOK_NAME).read_bytes())


def texts(place: Path, table: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in tables_of(place).read_table(table).rows]


def edit(place: Path, sheet: str, old: str, new: object) -> None:
    """Change one cell the way Excel does: the whole workbook saved again by another program."""
    path = place / store.NEW_WORKBOOK_NAME
    book = openpyxl.load_workbook(path)
    cell = next(cell for row in book[sheet].iter_rows() for cell in row if cell.value == old)
    cell.value = new
    book.save(path)


def test_the_order_fills_participants_and_plan(place: Path) -> None:
    codes = [row[0] for row in texts(place, PARTICIPANTS.name)]
    titles = [row[PLAN.keys.index("title")] for row in texts(place, PLAN.name)]

    assert codes == ["S01", "S02", "S03", "O01"]
    assert len(titles) == 7
    assert titles[0] == "Назначение координатора в каждой школе"
    assert titles[-1] == "представить отчёт в срок до 15.06.2026"


def test_everybody_who_owes_rows_gets_a_form_with_only_those_rows(place: Path) -> None:
    book = openpyxl.load_workbook(district.form_of(place, "O01"))
    shown = {cell.value for row in book[FORM_SHEET].iter_rows() for cell in row}

    assert sorted(path.name.split()[0] for path in (place / store.FORMS_FOLDER).iterdir()) == [
        "O01",
        "S01",
        "S02",
        "S03",
    ]
    assert "Совещание с директорами школ" in shown
    assert "Пробный экзамен в девятых классах" not in shown


def test_issuing_again_writes_nothing_new(place: Path) -> None:
    again = campaign.issue_forms(place, district.NOW)

    assert again.written == ()
    assert len(again.same) == 4


def test_a_form_somebody_filled_in_place_is_not_overwritten(place: Path) -> None:
    path = district.form_of(place, "S01")
    touched = district.filled(place, "S01", {"1.1": district.GOOD})
    path.write_bytes(touched)

    again = campaign.issue_forms(place, district.NOW)

    assert path.read_bytes() == touched
    assert [(one.code, one.participant) for one in again.findings] == [("S803", "S01")]
    assert again.needs_user


def test_a_changed_plan_is_a_new_issue_and_replaces_untouched_forms(place: Path) -> None:
    edit(place, PLAN_SHEET, "Летняя смена для отстающих", "Летняя смена")

    again = campaign.issue_forms(place, district.NOW)

    assert again.plan.issue == 2
    assert sorted(path.name.split()[0] for path in again.written) == ["O01", "S01", "S02", "S03"]


def test_the_coordinator_says_who_reports(place: Path) -> None:
    """«все школы» is replaced by one school: the others are not asked."""
    path = place / store.NEW_WORKBOOK_NAME
    book = openpyxl.load_workbook(path)
    sheet = book[PLAN_SHEET]
    headers = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row}
    row = next(
        cell.row for line in sheet.iter_rows() for cell in line if cell.value == "Летняя смена для отстающих"
    )
    sheet.cell(row, headers[PLAN.column("reporters").header]).value = "Кленовская ООШ"
    book.save(path)

    plan = district.plan_of(place)

    assert [one.reporters for one in plan.rows if one.number == "2.3"] == [("S02",)]


def test_a_date_nobody_can_read_is_a_finding(place: Path) -> None:
    path = place / store.NEW_WORKBOOK_NAME
    book = openpyxl.load_workbook(path)
    sheet = book[SETTINGS_SHEET]
    row = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == "Срок отчёта")
    value = next(cell for cell in sheet[row] if cell.is_date)
    value.value = "как получится"
    book.save(path)

    found = campaign.issue_forms(place, district.NOW)

    assert {"S808", "S809"} <= {one.code for one in found.findings}


def test_a_second_campaign_in_the_same_folder_is_refused(place: Path) -> None:
    before = (place / store.NEW_WORKBOOK_NAME).read_bytes()

    with pytest.raises(store.CampaignExists, match="не тронута"):
        campaign.new_campaign(place, district.order_file(place), district.NOW)

    assert (place / store.NEW_WORKBOOK_NAME).read_bytes() == before


def test_an_office_template_beside_the_campaign_is_used(place: Path) -> None:
    """Another font and another width in «Шаблоны»: the forms get them."""
    own = place / OFFICE_FOLDER / "form.xlsx"
    own.parent.mkdir()
    source = Path(__file__).parents[2] / "workbook_templates" / "form.xlsx"
    book = openpyxl.load_workbook(source)
    sheet = book[FORM_SHEET]
    columns, header = district.header_of(sheet)
    sheet.column_dimensions[sheet.cell(header, columns["info"]).column_letter].width = 77
    book.save(own)
    for path in (place / store.FORMS_FOLDER).iterdir():
        path.unlink()

    campaign.issue_forms(place, district.NOW)
    book = openpyxl.load_workbook(district.form_of(place, "S01"))
    sheet = book[FORM_SHEET]
    columns, header = district.header_of(sheet)

    assert sheet.column_dimensions[sheet.cell(header, columns["info"]).column_letter].width == pytest.approx(
        77, abs=1
    )
    assert len([1 for row in sheet.iter_rows(min_row=header + 1) if row[columns["key"] - 1].value]) == 5


def test_form_names_are_safe_on_every_system() -> None:
    from sheetsync.campaign.issuing import form_name  # noqa: PLC0415
    from sheetsync.model import Participant  # noqa: PLC0415

    name = form_name(Participant("S01", "x", 'Школа «№ 1/2»: "Заря"? 🌅 ' + "д" * 90))

    assert name.startswith("S01 Школа № 1 2")
    assert not set('<>:"/\\|?*«»') & set(name)
    assert len(name) < 80
