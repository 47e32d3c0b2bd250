"""«Проверка» and the progress line say the same in LibreOffice, in ironcalc and in our own Python."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import ironcalc
import openpyxl
import pytest
from answered_forms import ANSWERS, WAYS, empty_form, plan_of_ways, typed

from invented_plan import SCHOOL
from sheetsync.columns import FORM_SHEET, REPORT, FormCell
from sheetsync.forms.checking import NO_EVIDENCE, READY, SEE_REMARK, check_of, progress_of
from sheetsync.forms.model import form_of
from sheetsync.model import Status
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.templates import Template, template_bytes

CHECK = REPORT.keys.index("check") + 1


def expected(*, evidence_required: bool) -> list[str]:
    texts = [{key: str(value) for key, value in way.items()} for way in WAYS]
    return [check_of(one, evidence_required=evidence_required) for one in texts]


def shown(name: str) -> tuple[int, list[bool], tuple[int, int]]:
    """First row of the body, which rows are activities, and where the progress line stands."""
    form = form_of(plan_of_ways(evidence_required=ANSWERS[name]), SCHOOL)
    workbook = ExcelFile.from_bytes(empty_form(name))
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(Template.FORM)))
    cell = book[FORM_SHEET][book.defined_names[FormCell.PROGRESS].attr_text.split("!")[1].replace("$", "")]
    activities = [not row.is_section for row in form.rows]
    return workbook.read_table(REPORT.name).first_row, activities, (cell.row, cell.column)


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ANSWERS)
def test_libreoffice_shows_what_is_missing(name: str, calculated: dict[str, Path]) -> None:
    """Every status with every set of filled cells, recalculated by a real LibreOffice."""
    first, activities, progress = shown(name)
    sheet = openpyxl.load_workbook(calculated[name], data_only=True)[FORM_SHEET]
    checks = [sheet.cell(first + step, CHECK).value or "" for step in range(len(activities))]
    wanted = expected(evidence_required=ANSWERS[name])

    assert [one for one, asked in zip(checks, activities, strict=True) if asked] == wanted
    assert {one for one, asked in zip(checks, activities, strict=True) if not asked} == {""}
    assert sheet.cell(*progress).value == progress_of(wanted)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_second_engine_shows_the_same(name: str, tmp_path: Path) -> None:
    """The same answers typed into the form in ironcalc."""
    first, activities, progress = shown(name)
    path = tmp_path / "form.xlsx"
    path.write_bytes(empty_form(name))
    model = ironcalc.load_from_xlsx(str(path))
    for row, column, value in typed(name, first):
        if isinstance(value, date):
            model.update_cell_with_number(0, row, column, (value - date(1899, 12, 30)).days)
        else:
            model.update_cell_with_text(0, row, column, value)
    model.evaluate()
    checks = [model.get_formatted_cell_value(0, first + step, CHECK) for step in range(len(activities))]
    wanted = expected(evidence_required=ANSWERS[name])

    assert [one for one, asked in zip(checks, activities, strict=True) if asked] == wanted
    assert model.get_formatted_cell_value(0, *progress) == progress_of(wanted)


def test_a_row_is_not_called_ready_while_the_remark_of_the_district_stands() -> None:
    """It counts as filled all the same; what is missing in it is said before."""
    done = {"status": Status.DONE.value, "done_on": "01.03.2023", "info": "сделано", "document": "приказ"}
    remarked = check_of(done | {"remark": "Приложите протокол"})

    assert remarked == SEE_REMARK
    assert check_of(done | {"remark": "✓ принято"}) == check_of(done | {"remark": " "}) == READY
    assert check_of(done | {"remark": "Нет документа", "document": ""}) == NO_EVIDENCE
    assert progress_of([remarked]) == "Заполнено 1 из 1, без подтверждения 0"


def test_a_done_row_needs_date_information_and_a_document_or_a_link() -> None:
    done = {"status": Status.DONE.value}

    assert check_of(done) == "нет даты, нет информации, нет подтверждения"
    assert check_of(done | {"done_on": "01.03.2023", "info": "сделано"}) == NO_EVIDENCE
    assert check_of(done | {"done_on": "01.03.2023", "info": "сделано", "link": "https://a.example"}) == READY


def test_a_row_not_done_or_not_required_needs_a_reason() -> None:
    for status in (Status.NOT_DONE, Status.NOT_REQUIRED):
        assert check_of({"status": status.value}) == "нет причины"
        assert check_of({"status": status.value, "reason": "карантин"}) == READY


def test_an_empty_row_is_never_ready_and_a_foreign_status_is_named() -> None:
    assert check_of({"info": "провели"}) == "нет статуса"
    assert check_of({"status": "сделано"}) == "статус не из списка"


def test_progress_counts_answered_rows_and_rows_without_documents() -> None:
    checks = [READY, "ждёт исполнения", NO_EVIDENCE, "нет даты, нет подтверждения", "нет статуса", ""]

    assert progress_of(checks) == "Заполнено 3 из 5, без подтверждения 2"
