"""The coordinator keeps the district workbook as their own document, in whatever program."""

from __future__ import annotations

import shutil
from copy import copy
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import FilterColumn, Filters

from resaving import saved_by_libreoffice
from sheetsync import campaign, store
from sheetsync.columns import (
    COMPLETENESS,
    DISTRICT_TABLES,
    ENTRIES,
    JOURNAL,
    MATRIX,
    PANEL,
    PARTICIPANTS,
    PLAN,
    REPORT,
    UNPLACED,
    MatrixMark,
)
from sheetsync.district.as_json import consolidation_as_json

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

LIPOVKA, KLENOVKA, NEWCOMER = "Липовская СОШ", "Кленовская ООШ", "Ольховская СОШ"
OWN = "Пометка района"
OLHOVKA = {
    "Код": "S04",
    "Официальное название": "МБОУ «Ольховская СОШ»",
    "Краткое название": NEWCOMER,
    "Вид": "школа",
}


@pytest.fixture(scope="session")
def collected(issued: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with two reports consolidated; tests copy it."""
    place = tmp_path_factory.mktemp("collected") / issued.name
    shutil.copytree(issued, place)
    for code in ("S01", "S02"):
        office.send(place, code)
    office.press(place)
    return place


@pytest.fixture
def place(collected: Path, tmp_path: Path) -> Path:
    target = tmp_path / collected.name
    shutil.copytree(collected, target)
    return target


def work_of_a_coordinator(book: Any) -> None:
    """A decision, an own column inside a table, a word beside a row."""
    office.decide(book, KLENOVKA, "1.2", "на доработку", "нужна справка")
    entries = book[ENTRIES.sheet]
    own = office.add_column(entries, OWN)
    entries.cell(office.row_of(entries, LIPOVKA, "2.2"), own).value = "проверить на месте"
    sheet = book[COMPLETENESS.sheet]
    sheet.cell(office.row_of(sheet, KLENOVKA), 20).value = "обещали в пятницу"


@pytest.fixture(scope="session")
def saved(issued: Path, collected: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The workbook as LibreOffice saves it: right after «new», and after a consolidation."""
    folder = tmp_path_factory.mktemp("libreoffice")
    fresh, used = folder / "свежая.xlsx", folder / "рабочая.xlsx"
    book = openpyxl.load_workbook(office.workbook(issued))
    office.add_row(book[PARTICIPANTS.sheet], OLHOVKA, grow=False)
    book.save(fresh)
    book = openpyxl.load_workbook(office.workbook(collected))
    work_of_a_coordinator(book)
    book.save(used)
    return {name: path.read_bytes() for name, path in saved_by_libreoffice(folder, [fresh, used]).items()}


# --- other programs


def test_libreoffice_saved_the_new_workbook_and_the_whole_job_runs(
    saved: dict[str, bytes], issued: Path, tmp_path: Path
) -> None:
    """A school typed under the table gets its form and its column, though LibreOffice left it outside."""
    place = tmp_path / issued.name
    shutil.copytree(issued, place)
    office.workbook(place).write_bytes(saved["свежая.xlsx"])

    made = campaign.issue_forms(place, district.NOW)
    for code in ("S01", "S04"):
        office.send(place, code)
    first, second = office.press(place, 1), office.press(place, 2)

    assert f"S04 {NEWCOMER}.xlsx" in {path.name for path in made.written}
    assert office.rows(place, MATRIX.name)[0][NEWCOMER] == MatrixMark.EVIDENCED
    ranges = [one for one in office.chart_ranges(office.data(place)) if COMPLETENESS.sheet in one]
    assert {one.rpartition("$")[2] for one in ranges} == {"9"}
    assert first.written_to == office.workbook(place)
    assert second.written_to is None


def test_libreoffice_saved_a_worked_on_workbook_and_nothing_is_lost(
    saved: dict[str, bytes], place: Path, tmp_path: Path
) -> None:
    before = saved["рабочая.xlsx"]
    office.workbook(place).write_bytes(before)
    office.send(place, "S03")

    office.press(place, 1)
    after = office.data(place)
    beside = openpyxl.load_workbook(office.workbook(place))[COMPLETENESS.sheet]

    assert office.entries(place)[KLENOVKA, "1.2"]["Замечание района"] == "нужна справка"
    assert office.entries(place)[LIPOVKA, "2.2"][OWN] == "проверить на месте"
    assert beside.cell(office.row_of(beside, KLENOVKA), 20).value == "обещали в пятницу"
    assert office.press(place, 2).written_to is None
    assert office.chart_ranges(after) == office.chart_ranges(before) != []
    assert office.faults(after, tmp_path) == []
    assert office.orphan_parts(after) == set()


def test_the_same_answer_whatever_program_saved_the_workbook(
    saved: dict[str, bytes], place: Path, tmp_path: Path
) -> None:
    office.edit(place, work_of_a_coordinator)
    books = {
        "openpyxl": office.data(place),
        "LibreOffice": saved["рабочая.xlsx"],
        "другие имена": office.with_prefixes(office.data(place)),
        "без таблиц": office.without_tables(office.data(place)),
    }
    found = {}
    for name, data in books.items():
        other = tmp_path / name
        shutil.copytree(place, other)
        office.workbook(other).write_bytes(data)
        found[name] = consolidation_as_json(office.press(other, 1).consolidation)
        assert office.press(other, 2).written_to is None, name

    assert [name for name, one in found.items() if one != found["openpyxl"]] == []


def test_tables_an_online_program_lost_are_made_again(place: Path, tmp_path: Path) -> None:
    before = office.data(place)
    office.workbook(place).write_bytes(office.without_tables(before))
    office.send(place, "S03")

    office.press(place, 1)
    book = openpyxl.load_workbook(office.workbook(place))
    told = [row["Событие"] for row in office.rows(place, JOURNAL.name)]

    assert {one.name for one in DISTRICT_TABLES} == {name for sheet in book for name in sheet.tables}
    assert told.count("таблица восстановлена") == len(DISTRICT_TABLES)
    assert office.chart_ranges(office.data(place)) == office.chart_ranges(before)
    assert office.faults(office.data(place), tmp_path) == []
    office.press(place, 2)
    assert office.press(place, 3).written_to is None


def test_a_table_the_office_called_otherwise_is_still_ours(place: Path) -> None:
    def rename(book: Any) -> None:
        sheet = book[ENTRIES.sheet]
        table = sheet.tables.pop(ENTRIES.name)
        table.name = table.displayName = "НашеИсполнение"
        sheet.add_table(table)
        office.decide(book, LIPOVKA, "1.1", "принято", "спасибо")

    office.edit(place, rename)
    office.send(place, "S03")
    office.press(place, 1)
    book = openpyxl.load_workbook(office.workbook(place))
    sheet = book[ENTRIES.sheet]

    assert list(sheet.tables) == ["НашеИсполнение"]
    assert (
        sheet.cell(office.row_of(sheet, LIPOVKA, "1.1"), office.column_of(sheet, "Решение")).value
        == "принято"
    )
    assert office.press(place, 2).written_to is None


def test_a_workbook_under_a_password_is_told_from_a_broken_one(place: Path) -> None:
    office.workbook(place).write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))

    with pytest.raises(store.StoreError, match="закрыта паролем"):
        office.press(place, 1)


# --- what an office adds


def furnished(book: Any) -> None:
    """Everything openpyxl can write that an office may add."""
    entries, matrix, plan = book[ENTRIES.sheet], book[MATRIX.sheet], book[PLAN.sheet]
    row = office.row_of(entries, KLENOVKA, "1.2")
    entries.cell(row, 2).comment = Comment("позвонить", "Иванова")
    entries.cell(row, 18).value = "рядом"
    entries.cell(row, 1).fill = PatternFill("solid", fgColor="FFFF00")
    entries.column_dimensions["D"].hidden = True
    entries.freeze_panes = "C5"
    entries.print_options.gridLines = True
    entries.protection.sheet = True
    entries.oddFooter.center.text = "Отдел образования"
    own = DataValidation(type="list", formula1='"да,нет"')
    own.add(f"R{row}")
    entries.add_data_validation(own)
    entries.conditional_formatting.add(
        f"R5:R{entries.max_row}", FormulaRule(['$R5<>""'], fill=PatternFill(bgColor="FFCCCC"))
    )
    (table,) = entries.tables.values()
    table.autoFilter.filterColumn = [FilterColumn(colId=0, filters=Filters(filter=[KLENOVKA]))]
    for number in range(5, entries.max_row + 1):
        entries.row_dimensions[number].hidden = entries.cell(number, 1).value != KLENOVKA
    mine = book.create_sheet("Моё", 0)
    mine["A1"] = f"=SUM({COMPLETENESS.name}[Выполнено])"
    mine["A2"] = f"={ENTRIES.sheet}!A5"
    chart = BarChart()
    chart.add_data(Reference(book[COMPLETENESS.sheet], min_col=7, min_row=5, max_row=8))
    mine.add_chart(chart, "C3")
    inner = BarChart()
    inner.add_data(Reference(book[COMPLETENESS.sheet], min_col=10, min_row=5, max_row=8))
    book[PANEL].add_chart(inner, "N3")
    book.defined_names["наши_итоги"] = DefinedName("наши_итоги", attr_text=f"{COMPLETENESS.sheet}!$J$5:$J$8")
    matrix.title = "Сводная 2026"
    plan.sheet_state = "hidden"
    book.move_sheet(COMPLETENESS.sheet, -5)


def test_what_an_office_added_stays_or_goes_with_its_row(place: Path) -> None:
    office.edit(place, furnished)
    office.edit(place, lambda book: office.add_row(book[PARTICIPANTS.sheet], {**OLHOVKA, "Код": "S00"}))
    office.send(place, "S03")
    order = openpyxl.load_workbook(office.workbook(place)).sheetnames

    office.press(place, 1)
    book = openpyxl.load_workbook(office.workbook(place))
    sheet = book[ENTRIES.sheet]
    row = office.row_of(sheet, KLENOVKA, "1.2")

    assert book.sheetnames == order
    assert sheet.cell(row, 2).comment.text == "позвонить"
    assert sheet.cell(row, 18).value == "рядом"
    assert sheet.cell(row, 1).fill.fgColor.rgb == "00FFFF00"
    assert sheet.column_dimensions["D"].hidden
    assert sheet.freeze_panes == "C5"
    assert sheet.print_options.gridLines
    assert sheet.protection.sheet
    assert sheet.oddFooter.center.text == "Отдел образования"
    assert [
        str(one.sqref) for one in sheet.data_validations.dataValidation if one.formula1 == '"да,нет"'
    ] == [f"R{row}"]
    assert sheet.tables[ENTRIES.name].autoFilter.filterColumn[0].filters.filter == [KLENOVKA]
    assert {
        sheet.cell(at, 1).value for at in range(5, sheet.max_row) if not sheet.row_dimensions[at].hidden
    } >= {KLENOVKA}
    assert book["Моё"]["A1"].value == f"=SUM({COMPLETENESS.name}[Выполнено])"
    assert len(book["Моё"]._charts) == 1
    assert len(book[PANEL]._charts) == 3
    assert book.defined_names["наши_итоги"].attr_text.replace("'", "") == f"{COMPLETENESS.sheet}!$J$5:$J$9"
    assert f"'{COMPLETENESS.sheet}'!$J$5:$J$9" in office.chart_ranges(office.data(place))
    assert book[PLAN.sheet].sheet_state == "hidden"
    assert office.press(place, 2).written_to is None


def test_rows_the_coordinator_sorted_keep_their_decisions(place: Path) -> None:
    """«Исполнение» sorted backwards: decisions, own column and colours follow their rows."""

    def sort(book: Any) -> None:
        work_of_a_coordinator(book)
        sheet = book[ENTRIES.sheet]
        sheet.cell(office.row_of(sheet, LIPOVKA, "2.2"), 1).fill = PatternFill("solid", fgColor="FFFF00")
        rows = [[copy(cell) for cell in row] for row in sheet.iter_rows(min_row=5)]
        for row, cells in enumerate(reversed(rows), start=5):
            for cell in cells:
                target = sheet.cell(row, cell.column)
                target.value, target._style = cell.value, copy(cell._style)

    office.edit(place, sort)
    office.send(place, "S03")
    office.press(place, 1)
    book = openpyxl.load_workbook(office.workbook(place))
    sheet = book[ENTRIES.sheet]
    rows = office.entries(place)

    assert rows[KLENOVKA, "1.2"]["Замечание района"] == "нужна справка"
    assert rows[LIPOVKA, "2.2"][OWN] == "проверить на месте"
    assert sheet.cell(office.row_of(sheet, LIPOVKA, "2.2"), 1).fill.fgColor.rgb == "00FFFF00"
    assert office.press(place, 2).written_to is None


def test_signs_of_a_renamed_sheet_still_lead_to_their_rows(place: Path) -> None:
    def rename(book: Any) -> None:
        book[ENTRIES.sheet].title = "Исполнение, 2-е полугодие"

    office.edit(place, rename)
    office.send(place, "S03")
    office.press(place, 1)
    book = openpyxl.load_workbook(office.workbook(place))
    sheet = book[MATRIX.sheet]
    sign = sheet.cell(office.row_of(sheet, "1.2"), office.column_of(sheet, KLENOVKA))
    target, _, address = sign.hyperlink.location.rpartition("!")
    row = book[target.strip("'")][address].row

    assert [cell.value for cell in book[target.strip("'")][row]][:2] == [KLENOVKA, "1.2"]


FOREIGN = {
    "xl/pivotCache/pivotCacheDefinition1.xml": b"<?xml version='1.0'?><pivotCacheDefinition xmlns='x'> a </pivotCacheDefinition>",
    "xl/slicers/slicer1.xml": b"<?xml version=\"1.0\"?>\r\n<slicers xmlns='y'   />",
    "xl/media/logo.png": b"\x89PNG\r\n\x1a\n not really",
    "customXml/item1.xml": b"<office>\xd0\x9e\xd1\x82\xd0\xb4\xd0\xb5\xd0\xbb</office>",
    "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
}


def test_parts_of_the_office_stay_byte_for_byte(place: Path) -> None:
    """Whatever program made them, and whether we know them or not."""
    office.edit(place, furnished)
    content = {**office.parts(office.data(place)), **FOREIGN}
    office.workbook(place).write_bytes(office.packed(content))
    own = openpyxl.load_workbook(office.workbook(place)).sheetnames.index("Моё") + 1
    office.send(place, "S03")

    office.press(place, 1)
    after = office.parts(office.data(place))
    kept = [*FOREIGN, f"xl/worksheets/sheet{own}.xml", "docProps/core.xml", "xl/theme/theme1.xml"]

    assert content.keys() <= after.keys() | {"xl/calcChain.xml"}
    assert [name for name in kept if after[name] != content[name]] == []


# --- participants and plan come and go


def test_a_school_that_came_later_gets_its_column_and_the_charts_grow(place: Path) -> None:
    before = office.chart_ranges(office.data(place))
    office.edit(place, lambda book: office.add_row(book[PARTICIPANTS.sheet], OLHOVKA))

    office.press(place, 1)
    after = office.chart_ranges(office.data(place))

    assert office.rows(place, MATRIX.name)[0][NEWCOMER] == MatrixMark.MISSING
    assert [one.replace("$9", "$8") for one in after] == before
    assert any("$9" in one for one in after)
    assert office.press(place, 2).written_to is None


def test_a_school_that_left_takes_its_column_and_leaves_the_words_about_it(place: Path) -> None:
    """Two equal decisions on two of its rows stay two, each with the row it was about, for good."""

    def judge(book: Any) -> None:
        for number in ("1.1", "1.2"):
            office.decide(book, KLENOVKA, number, "принято", "хорошо")

    office.edit(place, judge)
    office.press(place, 1)
    office.edit(place, lambda book: office.drop_rows(book[PARTICIPANTS.sheet], KLENOVKA))
    results = [office.press(place, minute) for minute in (2, 3)]
    kept = [row for row in office.rows(place, UNPLACED.name) if row["Значение"] == "принято; хорошо"]

    assert KLENOVKA not in office.rows(place, MATRIX.name)[0]
    assert [office.codes(one).count("M704") for one in results] == [2, 2]
    assert [one.written_to is None for one in results] == [False, True]
    assert sorted("1.1" in row["Почему не размещено"] for row in kept) == [False, True]
    assert {row["Участник"] for row in kept} == {KLENOVKA}


def test_a_plan_that_lost_gained_and_reordered_rows(place: Path) -> None:
    def change(book: Any) -> None:
        office.decide(book, LIPOVKA, "1.2", "принято", "уже видели")
        office.decide(book, LIPOVKA, "2.2", "на доработку", "нет справки")
        plan = book[PLAN.sheet]
        office.drop_rows(plan, "1.2")
        who = office.column_of(plan, PLAN.column("reporters").header)
        office.add_row(
            plan, {"№": "2.4", "Мероприятие": "Поездка в музей", plan.cell(4, who).value: "все школы"}
        )
        first, last = office.row_of(plan, "1.1"), office.row_of(plan, "2.2")
        for column in range(1, plan.max_column + 1):
            one, other = plan.cell(first, column), plan.cell(last, column)
            one.value, other.value = other.value, one.value

    office.edit(place, change)
    result = office.press(place, 1)
    rows = office.entries(place)

    assert [row["№"] for row in office.rows(place, MATRIX.name)] == ["2.2", "1.3", "2.1", "1.1", "2.3", "2.4"]
    assert rows[LIPOVKA, "2.2"]["Замечание района"] == "нет справки"
    assert (LIPOVKA, "2.4") in rows
    assert "M704" in office.codes(result)
    assert "принято; уже видели" in {row["Значение"] for row in office.rows(place, UNPLACED.name)}
    assert office.press(place, 2).written_to is None


# --- validity over many runs


def test_ten_runs_add_nothing_to_the_workbook(place: Path, tmp_path: Path) -> None:
    """Answers come and go, the file stays as it is but for the lines of the journal."""
    answers = (district.all_good(place, "S03"), {"1.1": {**district.GOOD, "info": "Сделано иначе."}})
    copies = [district.filled(place, "S03", one) for one in answers]
    district.receive(place, "S03.xlsx", copies[1])
    office.press(place)
    before = office.data(place)
    for run in range(10):
        district.receive(place, "S03.xlsx", copies[run % 2])
        office.press(place, run + 1)
    after = office.data(place)

    assert office.parts(after).keys() == office.parts(before).keys()
    assert office.rules(after) == office.rules(before)
    styles = "xl/styles.xml"
    assert len(office.parts(after)[styles]) == len(office.parts(before)[styles])
    assert office.orphan_parts(after) == set()
    assert office.faults(after, tmp_path) == []


def test_libreoffice_opens_whatever_was_written(saved: dict[str, bytes], place: Path, tmp_path: Path) -> None:
    """Workbooks of three histories, and a form: opened, and our rows are where they were."""
    form = next((place / store.FORMS_FOLDER).glob("S01*"))
    files = {"форма": form.read_bytes()}
    before = office.data(place)
    for name, data in (
        ("своя", before),
        ("из LibreOffice", saved["рабочая.xlsx"]),
        ("без таблиц", office.without_tables(before)),
    ):
        office.workbook(place).write_bytes(data)
        office.press(place, 1)
        files[name] = office.data(place)
    for name, data in files.items():
        (tmp_path / f"{name}.xlsx").write_bytes(data)
    opened = saved_by_libreoffice(tmp_path, [tmp_path / f"{name}.xlsx" for name in files])
    tables = {
        name: {table for sheet in openpyxl.load_workbook(path) for table in sheet.tables}
        for name, path in opened.items()
    }

    assert len(opened) == len(files)
    assert all(
        tables[f"{name}.xlsx"] >= {one.name for one in DISTRICT_TABLES} for name in files if name != "форма"
    )
    assert REPORT.name in tables["форма.xlsx"]


def test_every_form_and_workbook_is_valid(place: Path, issued: Path, tmp_path: Path) -> None:
    books = {path.name: path.read_bytes() for path in (place / store.FORMS_FOLDER).iterdir()}
    books |= {"new": office.data(issued), "consolidated": office.data(place)}

    assert {name: found for name, data in books.items() if (found := office.faults(data, tmp_path))} == {}
    assert [name for name, data in books.items() if office.orphan_parts(data)] == []
