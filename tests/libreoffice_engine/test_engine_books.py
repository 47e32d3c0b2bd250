"""Workbooks of a live LibreOffice: found by their files, saved beside, tables, names, filters, protection."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from desktop import Office, until
from sheetsync.workbooks.libreoffice.beyond import BeyondLibreOffice
from sheetsync.workbooks.libreoffice.bridge import OfficeGone, OfficeRefused
from sheetsync.workbooks.libreoffice.connect import book_at
from sheetsync.workbooks.libreoffice.inside import document
from sheetsync.workbooks.libreoffice.inside.places import choice, struct

pytestmark = pytest.mark.libreoffice

BEYOND = BeyondLibreOffice()
ROWS = [[1, "да", "х"], [2, "нет", "у"], [3, "да", "ф"]]
HEADERS = [{"header": "№"}, {"header": "Ответ"}, {"header": "Код"}]


def written(path: Path) -> Path:
    """A workbook with a table, a chart and a rule over it, a name, and a list with a filter of its own."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("План работ")
        sheet.add_table("B3:D6", {"name": "tbl_answers", "columns": HEADERS, "data": ROWS})
        sheet.conditional_format(
            "B4:B6",
            {"type": "cell", "criteria": ">", "value": 1, "format": workbook.add_format({"bold": True})},
        )
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "='План работ'!$B$4:$B$6"})
        sheet.insert_chart("H2", chart)
        workbook.define_name("ss_status", "='План работ'!$A$1")
        workbook.define_name("'План работ'!local", "='План работ'!$C$1")
        other = workbook.add_worksheet("Список")
        other.write_column("A1", ["Имя", "аа", "бб", "аа"])
        other.autofilter("A1:A4")
        other.filter_column("A", "x == аа")
        other.set_row(2, options={"hidden": True})
    return path


@pytest.fixture
def file(folder: Path) -> Path:
    return written(folder / "Район.xlsx")


@pytest.fixture
def opened(app: Any, file: Path) -> Iterator[Any]:
    found = app.books.open(str(file))
    yield found
    found.close()


# --- files


def test_a_workbook_is_found_by_its_file(engine: Any, opened: Any, file: Path, tmp_path: Path) -> None:
    link = tmp_path / "ссылка"
    link.symlink_to(file.parent, target_is_directory=True)

    assert book_at(engine, file).fullname == str(file)
    assert book_at(engine, link / file.name) == opened
    assert (opened.name, opened.sheets.count) == ("Район.xlsx", 2)


def test_a_workbook_that_is_not_open_is_not_found(engine: Any, opened: Any, file: Path) -> None:
    with pytest.raises(KeyError, match=r"Другой\.xlsx"):
        book_at(engine, file.with_name("Другой.xlsx"))


def test_of_two_workbooks_of_one_name_the_right_one_is_found(
    engine: Any, opened: Any, file: Path, tmp_path: Path
) -> None:
    twin_file = written(tmp_path / file.name)
    twin = engine.apps.active.impl.books.open(str(twin_file))  # xlwings' own ``open`` refuses a second one
    try:
        assert book_at(engine, twin_file).fullname == str(twin_file)
        assert book_at(engine, file).fullname == str(file)
    finally:
        twin.close()


def test_a_copy_is_saved_beside_and_the_workbook_stays_unsaved(opened: Any, file: Path) -> None:
    before = file.read_bytes()
    opened.sheets[0]["A1"].value = "не сохранено"
    BEYOND.save_copy(opened, file.with_name("копия.xlsx"))

    assert file.read_bytes() == before
    assert opened.impl.doc.isModified()
    assert opened.fullname == str(file)
    with zipfile.ZipFile(file.with_name("копия.xlsx")) as package:
        assert "не сохранено" in package.read("xl/sharedStrings.xml").decode()


def test_saving_under_another_name_and_kind(opened: Any, file: Path) -> None:
    opened.save(str(file.with_suffix(".ods")))

    assert opened.name == "Район.ods"
    with pytest.raises(NotImplementedError, match=r"\.csv"):
        opened.save(str(file.with_suffix(".csv")))


def test_read_only_and_protected_are_told(app: Any, file: Path) -> None:
    found = app.books.open(str(file), read_only=True)
    try:
        sheet = found.sheets[0]
        before = (BEYOND.is_read_only(found), BEYOND.is_protected(sheet))
        found.impl.doc.Sheets.getByIndex(0).protect("")

        assert before == (True, False)
        assert BEYOND.is_protected(sheet)
        for change in (
            lambda: setattr(sheet["A1"], "value", 1),
            sheet["A1"].clear,
            lambda: sheet["5:5"].insert("down"),
            lambda: BEYOND.add_links(sheet, {(1, 1): "https://a.example.org"}),
        ):
            with pytest.raises(PermissionError, match="План работ"):
                change()
    finally:
        found.close()


ABANDONED_PRESS = """
import os, sys
from sheetsync.workbooks.libreoffice.connect import engine_on
from sheetsync.workbooks.libreoffice.reaching import reach

with reach(url=sys.argv[1]) as context:
    app = engine_on(context).apps.active
    app.screen_updating = False
    app.calculation = "manual"
    sys.stdout.write("resting" if app.books.active.impl.doc.hasControllersLocked() else "not resting")
    sys.stdout.flush()
    os._exit(3)
"""


def test_a_press_that_dies_in_the_middle_leaves_a_living_window(opened: Any, office: Office) -> None:
    """The office notices that who asked for rest is gone: no window stands still for ever."""
    press = [sys.executable, "-c", ABANDONED_PRESS, office.address]
    done = subprocess.run(press, capture_output=True, text=True, timeout=60, check=False)
    doc = opened.impl.doc

    assert (done.returncode, done.stdout) == (3, "resting"), done.stderr
    awake = (False, True, True)

    def state() -> tuple[bool, bool, bool]:
        return doc.hasControllersLocked(), doc.IsAdjustHeightEnabled, doc.isAutomaticCalculationEnabled()

    until(lambda: state() == awake, 30, "the end of the rest")


def test_a_workbook_closed_meanwhile_is_told_apart(app: Any, file: Path) -> None:
    """LibreOffice's own exceptions break a ``with`` they pass; ours do not."""
    found = app.books.open(str(file))
    sheet = found.sheets[0]
    found.close()

    with pytest.raises(OfficeGone), nullcontext():
        _ = sheet["A1"].value


def test_what_the_office_itself_refuses_is_an_ordinary_error(opened: Any) -> None:
    with pytest.raises(OfficeRefused, match="NoSuchElement"):
        opened.impl.do(document.read, "Нет такого листа", "IsVisible")


# --- sheets


def test_sheets_are_added_renamed_hidden_and_deleted(opened: Any) -> None:
    made = opened.sheets.add("Свод", after=opened.sheets[0])
    made.name = "Свод 'итог' 2026"
    made.visible = False

    assert opened.sheet_names == ["План работ", "Свод 'итог' 2026", "Список"]
    assert (made.index, made.visible, opened.sheets["СПИСОК"].name) == (2, False, "Список")
    with pytest.raises(ValueError, match="Список"):
        made.name = "Список"

    made.delete()

    assert "Свод 'итог' 2026" not in opened.sheets
    with pytest.raises(KeyError):
        _ = opened.sheets["Свод"]


# --- tables


def table_of(book: Any) -> Any:
    return book.sheets["План работ"].tables["tbl_answers"]


def test_a_table_of_a_file_is_a_table(opened: Any) -> None:
    table = table_of(opened)

    assert [one.name for one in opened.sheets[0].tables] == ["tbl_answers"]
    assert list(opened.sheets["Список"].tables) == []
    assert table.range.address == "$B$3:$D$6"
    assert table.header_row_range.value == ["№", "Ответ", "Код"]
    assert table.data_body_range.value[1] == [2.0, "нет", "у"]
    assert (table.show_headers, table.show_totals, table.show_autofilter) == (True, False, True)
    assert table.totals_row_range is None
    assert opened.sheets[0]["C4"].table == table
    assert opened.sheets[0]["C7"].table is None
    assert opened.sheets[0].range("tbl_answers").address == "$B$4:$D$6"


def test_a_table_grows_and_shrinks_with_its_rows(opened: Any) -> None:
    sheet, table = opened.sheets[0], table_of(opened)
    sheet["E1"].formula = '=COUNTIF(tbl_answers[Ответ],"да")'
    sheet["5:6"].insert("down")
    sheet["B5:D6"].value = [[8, "да", "новая"], [9, "да", "новая"]]

    assert table.range.address == "$B$3:$D$8"
    assert sheet["E1"].value == 4.0

    table.resize(sheet["B3:D9"])

    assert table.data_body_range.shape == (6, 3)

    sheet["4:8"].delete("up")

    assert table.range.address == "$B$3:$D$4"
    assert sheet["E1"].value == 0.0


def test_charts_and_rules_follow_the_rows(opened: Any) -> None:
    sheet = opened.sheets[0]
    sheet["5:6"].insert("down")
    native = opened.impl.doc.Sheets.getByIndex(0)
    chart = native.Charts.getByIndex(0)
    rules = native.ConditionalFormats.getConditionalFormats()

    assert [(one.StartRow, one.EndRow) for one in chart.Ranges] == [(3, 7)]
    assert [rule.Range.RangeAddresses[0].EndRow for rule in rules] == [7]


def test_a_table_is_made_renamed_and_found_in_the_saved_file(opened: Any, file: Path) -> None:
    sheet = opened.sheets["Список"]
    sheet["D1"].value = [["Код", "Итог"], ["S01", 5]]
    table = sheet.tables.add(source=sheet["D1"].expand(), name="tbl_new")
    table.name = "tbl_totals"
    table_of(opened).resize(opened.sheets[0]["B3:D8"])
    copy = file.with_name("копия.xlsx")
    BEYOND.save_copy(opened, copy)

    with zipfile.ZipFile(copy) as package:
        parts = "".join(package.read(name).decode() for name in package.namelist() if "/tables/" in name)
    assert 'displayName="tbl_totals" ref="D1:E2"' in parts
    assert 'displayName="tbl_answers" ref="B3:D8"' in parts
    assert 'name="Итог"' in parts


def test_a_saved_table_has_the_headers_of_its_cells(opened: Any, file: Path) -> None:
    """Excel repairs a file whose table says other headers than the cells: a new column must be said."""
    sheet = opened.sheets[0]
    sheet["D:D"].insert("right")
    sheet["D3"].value = "Новый столбец"
    table_of(opened).resize(sheet["B3:E6"])
    sheet["C3"].value = "Ответ школы"
    copy = file.with_name("копия.xlsx")
    BEYOND.save_copy(opened, copy)

    with zipfile.ZipFile(copy) as package:
        part = package.read("xl/tables/table1.xml").decode()
    headers = ["№", "Ответ школы", "Новый столбец", "Код"]
    assert all(f'name="{header}"' in part for header in headers)
    assert 'count="4"' in part


def test_tables_live_through_a_saving_by_libreoffice(app: Any, opened: Any, file: Path) -> None:
    copy = file.with_name("сохранено.xlsx")
    BEYOND.save_copy(opened, copy)
    again = app.books.open(str(copy))
    try:
        table = table_of(again)

        assert (table.range.address, table.show_autofilter) == ("$B$3:$D$6", True)
        assert again.names["ss_status"].refers_to_range.address == "$A$1"
    finally:
        again.close()


def test_two_tables_of_one_name_are_refused(opened: Any) -> None:
    sheet = opened.sheets["Список"]
    with pytest.raises(ValueError, match="TBL_ANSWERS"):
        sheet.tables.add(source=sheet["D1:E2"], name="TBL_ANSWERS")
    with pytest.raises(KeyError):
        _ = sheet.tables["tbl_answers"]


# --- names


def test_names_of_the_workbook_and_of_its_sheets(opened: Any) -> None:
    names = opened.names

    assert {one.name: one.refers_to for one in names} == {
        "ss_status": "='План работ'!$A$1",
        "'План работ'!local": "='План работ'!$C$1",
    }
    assert names["SS_STATUS"].refers_to_range.sheet.name == "План работ"
    assert opened.sheets[0].names["local"].refers_to_range.address == "$C$1"
    assert opened.sheets[0].range("local").address == "$C$1"
    assert ("ss_status" in names, "local" in names, "нет" in names) == (True, False, False)


def test_names_are_made_changed_and_dropped(opened: Any) -> None:
    names = opened.names
    names.add("срок", "=Список!$A$1:$A$4")
    names["срок"].refers_to = "=Список!$A$2"
    names["срок"].name = "срок_сдачи"
    names.add("число", "=5")

    assert names["срок_сдачи"].refers_to_range.address == "$A$2"
    with pytest.raises(ValueError, match="число"):
        _ = names["число"].refers_to_range

    names["срок_сдачи"].delete()

    assert "срок_сдачи" not in names


# --- filters


def shown(book: Any, sheet: str, rows: range) -> list[int]:
    return [row for row in rows if not book.sheets[sheet][f"{row}:{row}"].rows.hidden]


def test_a_filter_of_a_list_is_lifted_and_put_back(opened: Any) -> None:
    rows = range(1, 5)
    back = BEYOND.filters_off(opened.sheets["Список"])
    lifted = shown(opened, "Список", rows)
    back()

    assert lifted == [1, 2, 3, 4]
    assert shown(opened, "Список", rows) == [1, 2, 4]


def test_a_filter_of_a_table_goes_over_its_new_rows(opened: Any) -> None:
    sheet = opened.sheets["План работ"]
    filter_by_answer(opened, "да")
    before = shown(opened, "План работ", range(3, 7))
    back = BEYOND.filters_off(sheet)
    sheet["5:5"].insert("down")
    sheet["B5:D5"].value = [4, "нет", "новая"]
    lifted = shown(opened, "План работ", range(3, 8))
    back()

    assert before == [3, 4, 6]
    assert lifted == [3, 4, 5, 6, 7]
    assert shown(opened, "План работ", range(3, 8)) == [3, 4, 7]
    assert table_of(opened).show_autofilter


def filter_by_answer(book: Any, answer: str) -> None:
    """What a user chooses under the button of the column «Ответ»."""
    cells = book.impl.doc.Sheets.getByIndex(0).getCellRangeByName("B3:D6")
    asked = cells.createFilterDescriptor(True)
    asked.ContainsHeader = True
    value = struct("sheet.FilterFieldValue", IsNumeric=False, StringValue=answer, FilterType=1)
    equal = 2
    field = struct(
        "sheet.TableFilterField3", Connection=choice("sheet.FilterConnection", "AND"), Field=1, Operator=equal
    )
    field.Values = (value,)
    asked.setFilterFields3((field,))
    cells.filter(asked)
