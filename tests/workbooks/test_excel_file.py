"""A table of a workbook file is read and gets a new body; named cells and properties are written."""

from __future__ import annotations

import io
import re
import time as clock
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from office_workbook import (
    HEADERS,
    OTHER_TABLE,
    OWN,
    TABLE_HEADERS,
    TOP,
    attributes,
    entries_body,
    grid,
    notes_of,
    office_workbook,
    parts,
    rebuilt,
    replaced,
    sheet_part,
    style_of,
)

from sheetsync.columns import COMPLETENESS, ENTRIES, ENTRIES_SHEET, MATRIX, MATRIX_SHEET, PANEL
from sheetsync.grid import Cell
from sheetsync.workbooks.cells_xml import MAX_TEXT, Calendar
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.package import NotAPackageError
from sheetsync.workbooks.port import Orphan, Out, TableBody, Workbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def opened(data: bytes) -> ExcelFile:
    return ExcelFile.from_bytes(data)


def one_table(headers: tuple[str, ...], *rows: tuple[object, ...], **options: object) -> bytes:
    """A workbook with one table at A1."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    sheet = book.add_worksheet("Лист")
    columns = [{"header": header} for header in headers]
    sheet.add_table(0, 0, max(len(rows), 1), len(headers) - 1, {"name": "tbl", "columns": columns})
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def values(book: ExcelFile, table: str = "tbl") -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in book.read_table(table).rows]


# --- reading ------------------------------------------------------------------------------------


def test_the_file_keeps_the_port() -> None:
    book: Workbook = opened(office_workbook())

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


# --- writing ------------------------------------------------------------------------------------


def test_columns_are_matched_by_header_whatever_their_order() -> None:
    data = one_table(("Б", "А\nвторая", "Своя"), ("б", "а", "с"))
    body = TableBody(("а вторая", "Б"), ((Out("а1"), Out("б1")), (Out("а2"), Out("б2"))))
    book = opened(data)
    book.replace_table("tbl", body)

    assert values(book) == [("б1", "а1", None), ("б2", "а2", None)]


HOSTILE = [
    "=1+1", "+7(486)12", "- проведено", "@home", "'кавычка", "=HYPERLINK(\"http://a\")", " края ", "две\nстроки",
    "\ttab", "a\x0bb\x00c", "_x0041_", "<b>&amp;</b>", "возврат\r\nстроки", "ударе\u0301ние", "😀", "\ufffe",
]  # fmt: skip


def test_text_is_written_as_text_byte_for_byte() -> None:
    book = opened(one_table(("Текст",), ("x",)))
    book.replace_table("tbl", TableBody(("Текст",), tuple((Out(text),) for text in HOSTILE)))
    data = book.to_bytes()

    assert [row[0] for row in values(opened(data))] == HOSTILE
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Лист"]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert [sheet.cell(row, 1).quotePrefix for row in range(2, 8)] == [True] * 6
    assert not sheet["A8"].quotePrefix


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=5))
def test_any_text_comes_back(texts: list[str]) -> None:
    book = opened(_ONE_TABLE)
    texts = [*texts, "конец"]
    book.replace_table("tbl", TableBody(("Текст",), tuple((Out(text),) for text in texts)))

    assert [row[0] for row in values(opened(book.to_bytes()))] == texts


_ONE_TABLE = one_table(("Текст",), ("x",))


def test_values_of_every_kind_are_written_as_what_they_are() -> None:
    book = opened(one_table(("Что",), ("x",)))
    asked = (
        Out(5), Out(0.125), Out(True), Out(date(2023, 3, 1)), Out(datetime(2023, 3, 1, 9, 30)),
        Out(12, formula="6*2"), Out("да", formula='IF(1=1,"да","нет")'), Out(None), Out(""), Out("конец"),
    )  # fmt: skip
    book.replace_table("tbl", TableBody(("Что",), tuple((one,) for one in asked)))
    data = book.to_bytes()

    sheet = openpyxl.load_workbook(io.BytesIO(data))["Лист"]
    cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Лист"]
    shown = [sheet.cell(row, 1).value for row in range(2, 12)]
    assert shown[:4] == [5, 0.125, True, datetime(2023, 3, 1)]
    assert shown[4:] == [datetime(2023, 3, 1, 9, 30), "=6*2", '=IF(1=1,"да","нет")', None, None, "конец"]
    assert [cached["A7"].value, cached["A8"].value] == [12, "да"]
    assert values(opened(data))[3:5] == [(date(2023, 3, 1),), (datetime(2023, 3, 1, 9, 30),)]


def test_a_date_is_shown_as_a_date_even_where_the_office_took_the_format_away() -> None:
    data = one_table(("Дата",), ("не дата",))

    assert (
        style_of(replaced(data, TableBody(("Дата",), ((Out(date(2023, 3, 1)),),)), "tbl"), "Лист", "A2")
        == "mm-dd-yy"
    )


@pytest.mark.parametrize(
    "out",
    [
        Out("я" * (MAX_TEXT + 1)),
        Out("😀" * (MAX_TEXT // 2 + 1)),
        Out(float("nan")),
        Out("ссылка", link="file:///C:/тайна.txt"),
        Out("ссылка", link="javascript:alert(1)"),
        Out("ссылка", link="\\\\10.0.0.1\\share"),
        Out("ссылка", link="ms-word:ofe|u|https://a.example/x.docx"),
    ],
)
def test_what_a_cell_cannot_keep_is_refused(out: Out) -> None:
    book = opened(one_table(("Что",), ("x",)))
    before = book.to_bytes()

    with pytest.raises(ValueError, match=r"\w"):
        book.replace_table("tbl", TableBody(("Что",), ((Out("хорошо"),), (out,))))
    assert book.to_bytes() == before


@pytest.mark.parametrize("link", ["http://", "http://:80/", "http://[", "https://a.example/" + "x" * 3000])
def test_an_address_nobody_could_open_stays_as_text(link: str) -> None:
    book = opened(one_table(("Что",), ("x",)))
    book.replace_table("tbl", TableBody(("Что",), ((Out(link, link=link),),)))

    assert opened(book.to_bytes()).read_table("tbl").rows == ((Cell(link),),)


@pytest.mark.parametrize("since_1904", [False, True])
def test_a_day_before_the_calendar_is_written_as_text(since_1904: bool) -> None:
    book = opened(one_table(("Что",), ("x",), date_1904=since_1904))
    book.replace_table("tbl", TableBody(("Что",), ((Out(date(1203, 2, 1)),), (Out(date(2023, 2, 1)),))))

    assert values(opened(book.to_bytes())) == [("01.02.1203",), (date(2023, 2, 1),)]


def test_the_longest_text_fits() -> None:
    longest = "я" * MAX_TEXT
    book = opened(one_table(("Что",), ("x",)))
    book.replace_table("tbl", TableBody(("Что",), ((Out(longest),),)))

    assert values(opened(book.to_bytes())) == [(longest,)]


def test_links_lead_outside_through_relations_and_inside_by_place() -> None:
    book = opened(one_table(("Что",), ("x",)))
    links = ["https://шк.example/отчёт 1.pdf#лист", f"#'{ENTRIES_SHEET}'!A5", "http://a.example/?a=1&b=%20"]
    book.replace_table("tbl", TableBody(("Что",), tuple((Out("ссылка", link=link),) for link in links)))
    data = book.to_bytes()

    assert attributes(data, "Лист", "hyperlink", "location") == ["лист", f"'{ENTRIES_SHEET}'!A5", None]
    assert [row[0].links for row in opened(data).read_table("tbl").rows] == [
        ("https://шк.example/отчёт%201.pdf#лист",), (links[1],), (links[2],),
    ]  # fmt: skip
    book.replace_table("tbl", TableBody(("Что",), ((Out("без ссылки"),),)))
    assert b"hyperlink" not in b"".join(parts(book.to_bytes()).values())


def test_notes_of_ours_appear_and_go_and_the_offices_stay() -> None:
    body = entries_body("k1", "k2", "k3", note="проверьте срок")
    data = replaced(office_workbook(3), body)

    assert notes_of(data, ENTRIES_SHEET) == {
        "B6": "спорно", "H6": "позвонить в школу", "A11": "не забыть подписать",
        "F5": "проверьте срок", "F6": "проверьте срок", "F7": "проверьте срок",
    }  # fmt: skip
    assert set(notes_of(replaced(data, entries_body("k1", "k2", "k3")), ENTRIES_SHEET)) == {"A11", "B6", "H6"}


def test_notes_can_be_put_on_a_sheet_that_had_none() -> None:
    body = TableBody(("Что",), ((Out("а", note="первая"),), (Out("б", note="вторая"),)))
    data = replaced(one_table(("Что",), ("x",)), body, "tbl")

    assert notes_of(data, "Лист") == {"A2": "первая", "A3": "вторая"}
    assert replaced(data, body, "tbl") == data


def test_an_empty_body_keeps_its_looks_and_reads_as_no_rows() -> None:
    data = replaced(office_workbook(3), entries_body())
    book = opened(data)

    assert book.read_table(ENTRIES.name).rows == ()
    assert replaced(data, entries_body()) == data
    again = replaced(data, entries_body("k1"))
    assert style_of(again, ENTRIES_SHEET, "D5") == style_of(office_workbook(3), ENTRIES_SHEET, "D5")


def test_an_empty_line_in_the_middle_keeps_its_place() -> None:
    book = opened(one_table(("Что",), ("а",), (None,), ("в",), (None,)))

    assert values(book) == [("а",), (None,), ("в",)]


def test_rows_must_be_as_long_as_the_headers() -> None:
    with pytest.raises(ValueError, match="as long as"):
        opened(one_table(("А", "Б"), ("x", "y"))).replace_table("tbl", TableBody(("А", "Б"), ((Out(1),),)))


# --- keys and looks -----------------------------------------------------------------------------


def test_what_the_office_wrote_beside_a_row_follows_its_key() -> None:
    found = grid(replaced(office_workbook(3), entries_body("k3", "новая", "k1", "k2")), ENTRIES_SHEET)

    assert [found.get(f"H{row}") for row in range(5, 9)] == ["заметка k3", None, "заметка k1", "заметка k2"]
    assert [found.get(f"C{row}") for row in range(5, 9)] == ["пометка k3", None, "пометка k1", "пометка k2"]
    assert found["I7"] == '=IF(B7="выполнено",1,0)'
    assert found["J7"] == "=SUM(I$5:I7)"


def test_the_height_the_note_and_the_colour_follow_too() -> None:
    data = replaced(office_workbook(3), entries_body("k3", "новая", "k1", "k2"))
    sheet = openpyxl.load_workbook(io.BytesIO(data))[ENTRIES_SHEET]
    before = openpyxl.load_workbook(io.BytesIO(office_workbook(3)))[ENTRIES_SHEET]

    assert sheet.row_dimensions[5].height == before.row_dimensions[7].height
    assert sheet.row_dimensions[7].height == before.row_dimensions[5].height
    assert {"B8", "H8"} <= set(notes_of(data, ENTRIES_SHEET))
    assert style_of(data, ENTRIES_SHEET, "H7") == style_of(office_workbook(3), ENTRIES_SHEET, "H5") != ""
    assert style_of(data, ENTRIES_SHEET, "H6") == "General"


def test_a_row_the_office_painted_stays_painted_and_new_rows_look_usual() -> None:
    painted = openpyxl.load_workbook(io.BytesIO(office_workbook(3)))
    painted[ENTRIES_SHEET]["B5"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")
    out = io.BytesIO()
    painted.save(out)

    data = replaced(out.getvalue(), entries_body("новая", "k2", "k1"))

    assert [style_of(data, ENTRIES_SHEET, f"B{row}") for row in (5, 6, 7)] == [
        "General",
        "General",
        "FF00FF00 General",
    ]


def test_samples_give_each_row_the_style_of_a_row_of_the_template() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Лист")
    sheet.add_table("A1:A3", {"name": "tbl", "columns": [{"header": "Что"}]})
    sheet.write("A2", None, book.add_format({"bg_color": "#FF0000"}))
    sheet.write("A3", None, book.add_format({"bg_color": "#00FF00"}))
    book.close()
    body = TableBody(("Что",), tuple((Out(text),) for text in "абв"), samples=(1, 0, 1))

    data = replaced(out.getvalue(), body, "tbl")

    assert [style_of(data, "Лист", f"A{row}")[:8] for row in (2, 3, 4)] == [
        "FF00FF00",
        "FFFF0000",
        "FF00FF00",
    ]


def test_what_lost_its_row_is_told() -> None:
    orphans = opened(office_workbook(3)).replace_table(ENTRIES.name, entries_body("k1", "k3"))

    assert set(orphans) == {
        Orphan("k2", "C6", "пометка k2"),
        Orphan("k2", "H6", "заметка k2"),
        Orphan("k2", "I6", '=IF(B6="выполнено",1,0)'),
        Orphan("k2", "J6", "=SUM(I$5:I6)"),
        Orphan("k2", "K6", f"сюда #'{ENTRIES_SHEET}'!A6"),
        Orphan("k2", "H6", "позвонить в школу"),
        Orphan("k2", "B6", "спорно"),
    }


def test_equal_keys_are_told_apart_by_their_order() -> None:
    data = office_workbook(keys=("k", "k", "z"))
    found = grid(replaced(data, entries_body("z", "k", "k", "k")), ENTRIES_SHEET)

    assert [found.get(f"J{row}") for row in range(5, 9)] == [
        "=SUM(I$5:I5)",
        "=SUM(I$5:I6)",
        "=SUM(I$5:I7)",
        None,
    ]
    assert [found.get(f"H{row}") for row in range(5, 9)] == ["заметка z", "заметка k", "заметка k", None]


def test_without_key_headers_a_row_is_known_by_all_it_says() -> None:
    body = entries_body("k2", ("k1", "не начато"))
    whole = TableBody(body.headers, body.rows)

    orphans = opened(office_workbook(2)).replace_table(ENTRIES.name, whole)

    assert {one.text for one in orphans if one.cell == "H5"} == {"заметка k1"}
    assert not [one for one in orphans if one.cell.endswith("6")]


def test_a_calculated_column_of_the_office_is_filled_down() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Лист")
    columns = [{"header": "Число"}, {"header": "Вдвое", "formula": "=tbl[[#This Row],[Число]]*2"}]
    sheet.add_table("A1:B3", {"name": "tbl", "columns": columns, "data": [[1], [2]]})
    book.close()
    body = TableBody(("Число",), tuple((Out(number),) for number in (2, 3, 4)))
    book_file = opened(out.getvalue())

    assert book_file.replace_table("tbl", body) == ()
    found = grid(book_file.to_bytes(), "Лист")
    assert [found[f"B{row}"] for row in (2, 3, 4)] == ["=tbl[[#This Row],[Число]]*2"] * 3
    table = parts(book_file.to_bytes())["xl/tables/table1.xml"].decode()
    assert "<calculatedColumnFormula>tbl[[#This Row],[Число]]*2</calculatedColumnFormula>" in table


def test_a_totals_row_stays_the_last_one() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Лист")
    columns = [{"header": "Что", "total_string": "Итого"}, {"header": "Число", "total_function": "sum"}]
    sheet.add_table("A1:B3", {"name": "tbl", "columns": columns, "data": [["а", 1]], "total_row": True})
    book.close()
    rows = tuple((Out(text), Out(1)) for text in "абвг")

    data = replaced(out.getvalue(), TableBody(("Что", "Число"), rows), "tbl")

    assert grid(data, "Лист")["A6"] == "Итого"
    assert grid(data, "Лист")["B6"] == "=SUBTOTAL(109,[Число])"
    assert b'ref="A1:B6"' in parts(data)["xl/tables/table1.xml"]
    assert b'<autoFilter ref="A1:B5"/>' in parts(data)["xl/tables/table1.xml"]


# --- named cells, properties, sheets ------------------------------------------------------------


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


# --- speed --------------------------------------------------------------------------------------


def test_two_thousand_rows_are_replaced_in_about_a_second() -> None:
    headers = tuple(f"Колонка {number}" for number in range(16))
    rows = tuple(tuple(Out(f"строка {row}, ячейка {at}") for at in range(16)) for row in range(2000))
    book = opened(one_table(headers, ("x",) * 16))
    body = TableBody(headers, rows, headers[:1])
    book.replace_table("tbl", body)

    started = clock.process_time()
    book.replace_table("tbl", body)

    assert clock.process_time() - started < 2.0
    assert len(book.read_table("tbl").rows) == 2000


def test_helpers_of_these_tests_agree_with_the_declarations() -> None:
    """The invented workbook uses real table names, so that its sheets count as ours."""
    assert set(HEADERS) <= set(ENTRIES.headers)
    assert OWN not in ENTRIES.headers
    assert etree.fromstring(parts(office_workbook())["xl/workbook.xml"]) is not None
