"""Our reader of .xlsx sees what openpyxl sees, cell by cell, and what it does not."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from attacks import HEAD, MAIN, relations, strings_xml, styles_xml, with_sheet, workbook
from markdown_book import xlsx_of
from sheetsync.grid import Area, Book, Cell, Sheet, Visibility, a1
from sheetsync.intake.gate import Admitted, inspect
from sheetsync.workbooks.xlsx_reader import read_xlsx
from sheetsync.workbooks.xlsx_values import link_in
from varied_workbooks import VARIED, filled_form


def read(data: bytes) -> Book:
    admitted = inspect(data)
    assert isinstance(admitted, Admitted), admitted
    return read_xlsx(admitted.parts, admitted.plain, has_macros=admitted.has_macros)


def as_moment(value: object) -> object:
    """Our dates as openpyxl gives them: midnight."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value


# --- the oracle ---------------------------------------------------------------------------------


def seen_by_openpyxl(data: bytes) -> dict[str, dict[str, dict[str, Any]]]:
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: {
            "values": {c.coordinate: c.value for c in cells(sheet) if c.value is not None},
            "formulas": {
                c.coordinate: c.value[1:] for c in cells(formulas[sheet.title]) if c.data_type == "f"
            },
            "links": {c.coordinate: target_of(c.hyperlink) for c in cells(sheet) if c.hyperlink},
            "comments": {c.coordinate: c.comment.text for c in cells(sheet) if c.comment},
            "merges": sorted(str(one) for one in sheet.merged_cells.ranges),
            "hidden_rows": {number for number, row in sheet.row_dimensions.items() if row.hidden},
            "state": sheet.sheet_state,
            "tables": {
                one.name: (one.ref, [c.name for c in one.tableColumns]) for one in sheet.tables.values()
            },
        }
        for sheet in values
    }


def cells(sheet: Any) -> list[Any]:
    return list(sheet._cells.values())


def target_of(link: Any) -> str:
    return (link.target or "") + (f"#{link.location}" if link.location else "")


def seen_by_us(data: bytes) -> dict[str, dict[str, dict[str, Any]]]:
    book = read(data)
    return {
        sheet.name: {
            "values": {
                a1(*at): as_moment(cell.value) for at, cell in sheet.cells.items() if cell.value is not None
            },
            "formulas": {
                a1(*at): cell.formula for at, cell in sheet.cells.items() if cell.formula is not None
            },
            "links": {
                a1(*at): cell.links[0] for at, cell in sheet.cells.items() if cell.links and not spelled(cell)
            },
            "comments": {a1(*at): cell.comment for at, cell in sheet.cells.items() if cell.comment},
            "merges": sorted(one.ref for one in sheet.merges),
            "hidden_rows": set(sheet.hidden_rows),
            "state": sheet.visibility.value,
            "tables": {
                one.name: (one.area.ref, list(one.columns)) for one in book.tables if one.sheet == sheet.name
            },
        }
        for sheet in book.sheets
    }


def spelled(cell: Cell) -> bool:
    return bool(cell.formula and link_in(cell.formula))


@pytest.mark.parametrize("kind", VARIED)
def test_every_cell_is_as_openpyxl_reads_it(kind: str) -> None:
    data = VARIED[kind]()

    assert seen_by_us(data) == seen_by_openpyxl(data)


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", VARIED)
def test_no_text_is_longer_than_the_sheet_says(kind: str) -> None:
    assert_none_is_longer(read(VARIED[kind]()))


def assert_none_is_longer(book: Book) -> None:
    for sheet in book.sheets:
        told = ((one.value, one.formula, one.comment) for one in sheet.cells.values())
        sizes = [len(text) for texts in told for text in texts if isinstance(text, str)]
        assert sheet.longest == 0 or max(sizes, default=0) <= sheet.longest


def test_a_copy_saved_by_libreoffice_is_as_openpyxl_reads_it(saved_by_libreoffice: dict[str, bytes]) -> None:
    data = saved_by_libreoffice["xlsx"]
    ours, theirs = seen_by_us(data), seen_by_openpyxl(data)

    assert ours == theirs
    assert ours["Отчёт 1"]["links"]["D2"] == "https://a.example/doc?x=1&y=2"


@pytest.mark.libreoffice
def test_a_form_saved_again_by_libreoffice_says_what_it_said(saved_by_libreoffice: dict[str, bytes]) -> None:
    sent, came = read(filled_form()), read(saved_by_libreoffice["xlsx"])

    for before, after in zip(sent.sheets, came.sheets, strict=True):
        assert {at: (one.value, one.links, one.comment) for at, one in after.cells.items()} == {
            at: (one.value, one.links, one.comment) for at, one in before.cells.items()
        }
        assert after.texts == before.texts
        assert after.hidden_columns == before.hidden_columns
    assert (came.properties, came.names, came.tables) == (sent.properties, sent.names, sent.tables)


# --- what libraries do not give -----------------------------------------------------------------


def test_links_comments_shapes_and_hidden_things_come_in_one_reading() -> None:
    book = read(filled_form())
    sheet = book.sheets[0]

    assert sheet.at(2, 4) == Cell("протокол", links=("https://a.example/doc?x=1&y=2",))
    assert sheet.at(3, 4).links == ("#'Показатели'!A1",)
    assert sheet.at(4, 4) == Cell(
        "по формуле", 'HYPERLINK("https://b.example/","по формуле")', ("https://b.example/",)
    )
    assert sheet.at(2, 2) == Cell("  Педсовет,\nвторая строка  ", comment="Иванова: уточнить\nдату")
    assert sheet.at(20, 8) == Cell(comment="в пустой ячейке")
    assert sheet.texts == ("Надпись поверх листа\nвторая строка",)
    assert sheet.hidden_columns == {9}
    assert sheet.hidden_rows == {10}
    assert sheet.merges == (Area(6, 1, 7, 3),)
    assert sheet.at(4, 3).value == time(9, 15)
    assert book.sheets[2].visibility is Visibility.VERY_HIDDEN
    assert book.properties == {"sheetsync": "план/школа/1/1"}
    assert book.names == {
        "mark_plan": "Метки!$A$1",
        "area_all": "'Отчёт 1'!$A$1:$E$4",
        "const_code": '"СШ-07"',
    }


def test_a_thread_of_comments_is_read_instead_of_its_stand_in() -> None:
    """Excel keeps a threaded comment beside a note for old versions that only explains itself."""
    notes = (
        f"{HEAD}<comments {MAIN}><authors><author>tc={{1}}</author><author>Завуч</author></authors><commentList>"
        '<comment ref="A1" authorId="0"><text><t>[Цепочка примечаний] Ваша версия Excel…</t></text></comment>'
        '<comment ref="B1" authorId="1"><text><r><t>просто </t></r><r><t>примечание</t></r></text></comment>'
        "</commentList></comments>"
    )
    thread = (
        f'{HEAD}<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A1" id="{1}"><text>Где протокол?</text></threadedComment>'
        '<threadedComment ref="A1" id="{2}" parentId="{1}"><text>Приложу</text></threadedComment></ThreadedComments>'
    )
    rels = relations(("comments", "../comments1.xml"), ("x/threadedComment", "../threadedComments/t1.xml"))
    data = workbook({
        "xl/worksheets/_rels/sheet1.xml.rels": rels,
        "xl/comments1.xml": notes,
        "xl/threadedComments/t1.xml": thread,
    })  # fmt: skip

    sheet = read(data).sheets[0]

    assert sheet.at(1, 1).comment == "Где протокол?\nПриложу"
    assert sheet.at(1, 2) == Cell(comment="просто примечание")


def test_a_link_over_several_cells_belongs_to_the_filled_ones() -> None:
    link = '<hyperlinks><hyperlink ref="A1:C2" location="Лист!A1"/><hyperlink ref="E5:F6" location="B2"/></hyperlinks>'
    rows = '<row r="1"><c r="B1"><v>1</v></c></row><row r="2"><c r="C2"><v>2</v></c></row>'

    sheet = read(with_sheet(rows, after=link)).sheets[0]

    assert {a1(*at): cell.links for at, cell in sheet.cells.items()} == {
        "B1": ("#Лист!A1",), "C2": ("#Лист!A1",), "E5": ("#B2",),
    }  # fmt: skip


def test_a_formula_that_was_never_calculated_keeps_its_place() -> None:
    """So that the program can say «формула без посчитанного значения» instead of losing it."""
    rows = '<row r="1"><c r="A1"><f>SUM(B1:B9)</f></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>4</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>8</v></c></row>'

    sheet = read(with_sheet(rows)).sheets[0]

    assert sheet.at(1, 1) == Cell(None, "SUM(B1:B9)")
    assert sheet.at(1, 2) == Cell(4, "A1*2")
    assert sheet.at(2, 2) == Cell(8, "A1*2")


def test_values_excel_itself_never_writes_are_kept_as_text() -> None:
    rows = '<row r="1"><c r="A1"><v>1_000</v></c><c r="B1"><v>NaN</v></c><c r="C1"><v>1E999</v></c><c r="D1" t="d"><v>2023-03-01</v></c><c r="E1" t="d"><v>2023-03-01T10:30:00</v></c><c r="F1" t="e"><v>#REF!</v></c></row>'

    row = read(with_sheet(rows)).sheets[0].row(1)

    assert [cell.value for cell in row.values()] == [
        "1_000", "NaN", "1E999", date(2023, 3, 1), datetime.fromisoformat("2023-03-01 10:30"), "#REF!",
    ]  # fmt: skip


def test_hours_beyond_a_day_are_read_as_excel_shows_them() -> None:
    styles = styles_xml('<xf numFmtId="46"/>')
    data = workbook({
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet {MAIN}><sheetData><row r="1"><c r="A1" s="0"><v>1.5</v></c><c r="B1" s="0"><v>0.25</v></c></row></sheetData></worksheet>',
        "xl/styles.xml": styles,
    })  # fmt: skip

    assert [cell.value for cell in read(data).sheets[0].row(1).values()] == ["36:00", time(6)]


def test_formats_of_rules_are_not_taken_for_formats_of_cells() -> None:
    """LibreOffice and openpyxl number the formats of conditional formats anew, from the same number."""
    code, mark = "dd\\.mm\\.yyyy", "&quot;✓ &quot;@"
    data = workbook({
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet {MAIN}><sheetData><row r="1"><c r="A1" s="0"><v>44986</v></c></row></sheetData></worksheet>',
        "xl/styles.xml": f'{HEAD}<styleSheet {MAIN}><numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
        f'<cellXfs><xf numFmtId="164"/></cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="{mark}"/></dxf></dxfs></styleSheet>',
    })  # fmt: skip

    assert read(data).sheets[0].at(1, 1).value == date(2023, 3, 1)


def test_phonetic_readings_are_not_part_of_a_text() -> None:
    strings = f'{HEAD}<sst {MAIN}><si><r><t>東</t></r><rPh sb="0" eb="1"><t>ヒガシ</t></rPh><r><t>京</t></r></si></sst>'
    sheet = f'{HEAD}<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'

    assert (
        read(workbook({"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet}))
        .sheets[0]
        .at(1, 1)
        .text
        == "東京"
    )


def test_one_value_in_the_last_corner_costs_one_cell() -> None:
    rows = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'

    assert dict(read(with_sheet(rows)).sheets[0].cells) == {(1_048_576, 16_384): Cell(2)}


# --- whatever a school types --------------------------------------------------------------------

TYPED = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=60
)


@given(st.lists(TYPED.filter(str.strip), min_size=1, max_size=8))
@example(
    [
        "  пробелы  ",
        "строка\nстрока",
        "_x000D_",
        "a_x0041_b",
        "__x000d_",
        "🙂 семья 👨‍👩‍👧",
        "=1+1",
        "+7 (486)",
        "- да",
        "@школа",
    ]
)
@example(["\r\n", "\x0b\x01x", "\ttab", "nb\u00a0sp", "]]>", "&amp;", "<t>", "x" * 32_767])
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back_as_it_was_typed(texts: list[str]) -> None:
    """Through XlsxWriter, which escapes what XML cannot hold as Excel does."""
    grid = {(row, 1): Cell(text) for row, text in enumerate(texts, start=1) if text.strip()}

    book = read(xlsx_of(Book((Sheet("Отчёт", grid),))))

    assert dict(book.sheets[0].cells) == grid
    assert_none_is_longer(book)


def test_an_escape_in_shared_strings_is_undone_once() -> None:
    data = workbook({
        "xl/sharedStrings.xml": strings_xml("a_x000D__x000A_b", "_x005F_x000D_"),
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row></sheetData></worksheet>',
    })  # fmt: skip

    assert [cell.value for cell in read(data).sheets[0].row(1).values()] == ["a\r\nb", "_x000D_"]


# --- speed --------------------------------------------------------------------------------------
