"""Values of every kind are written into a table as what they are."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from office_workbook import (
    HEADERS,
    OWN,
    attributes,
    entries_body,
    notes_of,
    office_workbook,
    one_table,
    opened,
    parts,
    rebuilt,
    replaced,
    style_of,
    values,
)
from sheetsync.columns import ENTRIES, ENTRIES_SHEET
from sheetsync.grid import Cell
from sheetsync.workbooks.cells_xml import MAX_TEXT
from sheetsync.workbooks.port import Out, TableBody

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


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


def test_a_table_saved_as_its_header_alone_is_filled_again() -> None:
    """All its rows were deleted in LibreOffice: filled again it went on being only as long as its header."""
    data = one_table(("Что",), ("а",))
    bare = parts(data)["xl/tables/table1.xml"].replace(b"A1:A2", b"A1:A1")
    body = TableBody(("Что",), ((Out("один"),), (Out("два"),), (Out("три"),)))
    filled = replaced(rebuilt(data, {"xl/tables/table1.xml": bare}), body, "tbl")

    assert values(opened(filled)) == [("один",), ("два",), ("три",)]
    assert parts(filled)["xl/tables/table1.xml"].count(b"A1:A4") == bare.count(b"A1:A1")


def test_an_empty_line_in_the_middle_keeps_its_place() -> None:
    book = opened(one_table(("Что",), ("а",), (None,), ("в",), (None,)))

    assert values(book) == [("а",), (None,), ("в",)]


def test_rows_must_be_as_long_as_the_headers() -> None:
    with pytest.raises(ValueError, match="as long as"):
        opened(one_table(("А", "Б"), ("x", "y"))).replace_table("tbl", TableBody(("А", "Б"), ((Out(1),),)))


def test_two_thousand_rows_are_replaced_and_replaced_again() -> None:
    headers = tuple(f"Колонка {number}" for number in range(16))
    rows = tuple(tuple(Out(f"строка {row}, ячейка {at}") for at in range(16)) for row in range(2000))
    book = opened(one_table(headers, ("x",) * 16))
    body = TableBody(headers, rows, headers[:1])
    book.replace_table("tbl", body)

    book.replace_table("tbl", body)

    assert len(book.read_table("tbl").rows) == 2000


def test_helpers_of_these_tests_agree_with_the_declarations() -> None:
    """The invented workbook uses real table names, so that its sheets count as ours."""
    assert set(HEADERS) <= set(ENTRIES.headers)
    assert OWN not in ENTRIES.headers
    assert etree.fromstring(parts(office_workbook())["xl/workbook.xml"]) is not None
