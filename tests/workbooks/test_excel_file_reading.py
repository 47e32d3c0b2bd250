"""Tables of a workbook file are read, named cells and properties are written."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from office_workbook import (
    OTHER_TABLE,
    TABLE_HEADERS,
    TOP,
    entries_body,
    grid,
    office_workbook,
    opened,
    parts,
    rebuilt,
    replaced,
    sheet_part,
    values,
)
from sheetsync.columns import COMPLETENESS, ENTRIES, ENTRIES_SHEET, MATRIX, MATRIX_SHEET, PANEL
from sheetsync.grid import Cell
from sheetsync.workbooks.cells_xml import Calendar
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.package import NotAPackageError
from sheetsync.workbooks.port import Out, TableBody, WorkbookFile

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def test_the_file_keeps_the_port() -> None:
    book: WorkbookFile = opened(office_workbook())

    assert set(book.table_names()) == {COMPLETENESS.name, ENTRIES.name, OTHER_TABLE, MATRIX.name}


def test_a_table_is_read_with_dates_links_and_notes() -> None:
    found = opened(office_workbook(2)).read_table(ENTRIES.name)

    assert (found.sheet, found.first_row, found.headers) == (ENTRIES_SHEET, TOP, TABLE_HEADERS)
    assert found.rows[1] == (
        Cell("Ясеневская школа"),
        Cell("выполнено", comment="спорно"),
        Cell("пометка k2"),
        Cell(date(2023, 3, 1)),
        Cell("ссылка", links=("https://school.example/k2",)),
        Cell("k2"),
    )


def test_a_table_saved_by_openpyxl_reads_the_same() -> None:
    data = office_workbook(3)
    again = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(again)

    assert opened(again.getvalue()).read_table(ENTRIES.name) == opened(data).read_table(ENTRIES.name)


def test_rows_without_addresses_and_with_other_prefixes_are_understood() -> None:
    data = office_workbook(3)
    name = sheet_part(data, ENTRIES_SHEET)
    text = parts(data)[name].decode()
    dense = re.sub(r'<row r="(\d+)"', lambda m: f'<row r="{m[1]}"' if int(m[1]) in (1, 4, 5) else m[0], text)
    dense = re.sub(r'(<c) r="[A-F][67]"', r"\1", dense)
    prefixed = re.sub(r"<(/?)(?=[a-zA-Z])(?![a-z0-9]+:)", r"<\1m:", dense).replace(" xmlns=", " xmlns:m=", 1)
    strange = rebuilt(data, {name: prefixed.encode()})

    assert opened(strange).read_table(ENTRIES.name) == opened(data).read_table(ENTRIES.name)
    after = replaced(strange, entries_body("k3", "новая"))
    assert grid(after, ENTRIES_SHEET)["H5"] == "заметка k3"
    assert replaced(after, entries_body("k3", "новая")) == after


def test_the_strict_edition_of_the_format_stays_strict() -> None:
    editions = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    data = office_workbook(3)
    strict = {}
    for name, content in parts(data).items():
        strict[name] = content
        for transitional, edition in editions:
            strict[name] = strict[name].replace(transitional, edition)
    file = opened(rebuilt(data, strict))
    assert file.read_table(ENTRIES.name) == opened(data).read_table(ENTRIES.name)
    file.replace_table(ENTRIES.name, entries_body("k3", "новая", note="проверьте"))

    written = parts(file.to_bytes())
    sheet = sheet_part(data, ENTRIES_SHEET)
    for name in (
        sheet,
        sheet.replace("sheets/", "sheets/_rels/") + ".rels",
        "xl/comments1.xml",
        "xl/tables/table2.xml",
    ):
        assert b"spreadsheetml/2006/main" not in written[name]
        assert b"officeDocument/2006/relationships" not in written[name]


@pytest.mark.parametrize(
    ("code", "written", "expected"),
    [
        ("dd.mm.yyyy", datetime(2023, 3, 1), date(2023, 3, 1)),
        ("dd.mm.yyyy hh:mm", datetime(2023, 3, 1, 9, 30), datetime(2023, 3, 1, 9, 30)),
        ('[$-419]d mmmm yyyy" г.";@', datetime(2023, 3, 1), date(2023, 3, 1)),
        ("hh:mm", datetime(1899, 12, 31, 9, 30), time(9, 30)),
        ('0.00" д."', 12.5, 12.5),
        ("0%", 0.5, 0.5),
        ("General", 44986, 44986),
    ],
)
@pytest.mark.parametrize("since_1904", [False, True])
def test_numbers_are_dates_where_their_format_says_so(
    code: str, written: object, expected: object, since_1904: bool
) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": since_1904})
    sheet = book.add_worksheet()
    sheet.add_table("A1:A2", {"name": "tbl", "columns": [{"header": "Что"}]})
    look = book.add_format({"num_format": code})
    if isinstance(written, datetime):
        if since_1904 and written.year < 1904:
            book.close()
            pytest.skip("no such day in this calendar")
        sheet.write_datetime("A2", written, look)
    else:
        sheet.write("A2", written, look)
    book.close()

    assert values(opened(out.getvalue())) == [(expected,)]


@given(st.dates(date(1904, 1, 2), date(2199, 12, 31)), st.booleans())
def test_a_day_becomes_a_number_and_a_day_again(day: date, since_1904: bool) -> None:
    calendar = Calendar(since_1904=since_1904)

    assert calendar.value(calendar.serial(day)) == day


def test_an_unknown_table_or_name_is_a_key_error() -> None:
    book = opened(office_workbook(1))

    for ask in (
        book.read_table,
        book.read_named,
        lambda name: book.replace_table(name, TableBody(("№",), ())),
    ):
        with pytest.raises(KeyError):
            ask("нет такого")


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(NotAPackageError):
        ExcelFile.from_bytes(rebuilt(office_workbook(1), {"_rels/.rels": b"<Relationships/>"}))


def test_a_named_cell_is_written_in_its_style_and_read_back() -> None:
    book = opened(office_workbook(1))
    book.write_named("panel_title", Out("=свод", link="https://a.example/", note="сама написала"))

    assert opened(book.to_bytes()).read_named("panel_title") == Cell(
        "=свод", links=("https://a.example/",), comment="сама написала"
    )
    book.write_named("panel_title", Out("Свод"))
    assert opened(book.to_bytes()).read_named("PANEL_TITLE") == Cell("Свод")


def test_a_named_cell_nobody_wrote_to_is_made_in_its_place() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Лист")
    sheet.write("A1", "a")
    sheet.write("C3", "c")
    book.define_name("сюда", "=Лист!$B$2")
    book.define_name("число", "=5")
    book.close()
    file = opened(out.getvalue())
    file.write_named("сюда", Out(date(2023, 3, 1)))

    assert grid(file.to_bytes(), "Лист") == {"A1": "a", "B2": datetime(2023, 3, 1), "C3": "c"}
    with pytest.raises(KeyError):
        file.read_named("число")


def test_a_property_is_set_and_changed() -> None:
    book = opened(office_workbook(1))
    book.set_property("sheetsync", "план/01")
    book.set_property("прочее", "да")
    book.set_property("sheetsync", "план/02")

    found = openpyxl.load_workbook(io.BytesIO(book.to_bytes())).custom_doc_props
    assert {one.name: one.value for one in found.props} == {"sheetsync": "план/02", "прочее": "да"}


def test_a_sheet_is_hidden_but_never_the_last_one() -> None:
    book = opened(office_workbook(1))
    for name in (PANEL, MATRIX_SHEET, ENTRIES_SHEET, "Моё"):
        book.hide_sheet(name)

    shown = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))
    assert {sheet.title: sheet.sheet_state for sheet in shown} == {
        PANEL: "hidden", ENTRIES_SHEET: "hidden", MATRIX_SHEET: "hidden", "Моё": "visible",
    }  # fmt: skip
    assert shown.active is not None
    assert shown.active.title == "Моё"
    with pytest.raises(KeyError):
        book.hide_sheet("нет такого")
