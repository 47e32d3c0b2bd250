"""A school fills the form in LibreOffice or Р7 and sends it as .ods: nothing is lost on the way."""

from __future__ import annotations

from datetime import date, datetime, time
from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from attacks import ods, ods_table
from sheetsync.grid import Area, Book, Cell, Sheet, Visibility
from sheetsync.intake.gate import Admitted, inspect
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.ods_reader import read_ods
from sheetsync.workbooks.xlsx_reader import read_xlsx
from varied_workbooks import filled_form


def read(data: bytes) -> Book:
    admitted = inspect(data)
    assert isinstance(admitted, Admitted), admitted
    return read_ods(admitted.parts)


def sheet_of(rows: str, name: str = "Отчёт") -> Sheet:
    return read(ods(ods_table(rows, name))).sheets[0]


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{''.join(cells)}</table:table-row>"


def cell(inside: str = "", **attributes: str) -> str:
    named = "".join(
        f' {name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in attributes.items()
    )
    return f"<table:table-cell{named}>{inside}</table:table-cell>"


def text(said: str) -> str:
    return cell(f"<text:p>{said}</text:p>", office__value_type="string")


# --- against LibreOffice ------------------------------------------------------------------------


def in_common(sheet: Sheet) -> dict[tuple[int, int], tuple[object, str | None]]:
    return {at: (one.value, one.comment) for at, one in sheet.cells.items()}


@pytest.mark.libreoffice
def test_a_form_saved_as_ods_says_what_the_form_said(saved_by_libreoffice: dict[str, bytes]) -> None:
    admitted = inspect(filled_form())
    assert isinstance(admitted, Admitted)
    sent, came = read_xlsx(admitted.parts), read(saved_by_libreoffice["ods"])

    assert [sheet.name for sheet in came.sheets] == [sheet.name for sheet in sent.sheets]
    for before, after in zip(sent.sheets, came.sheets, strict=True):
        assert in_common(after) == in_common(before)
        assert after.merges == before.merges
        assert after.hidden_columns == before.hidden_columns
        assert after.hidden_rows == before.hidden_rows
        assert after.texts == before.texts
    assert came.sheets[2].visibility is Visibility.HIDDEN, "LibreOffice knows no veryHidden"
    assert came.properties["sheetsync"] == sent.properties["sheetsync"]
    assert came.names == {
        "mark_plan": "Метки!$A$1",
        "area_all": "'Отчёт 1'!$A$1:$E$4",
        "const_code": '"СШ-07"',
    }
    assert [(one.name, one.sheet, one.area, one.columns) for one in came.tables] == [
        (one.name, one.sheet, one.area, one.columns) for one in sent.tables
    ]


@pytest.mark.libreoffice
def test_links_of_a_form_saved_as_ods_are_kept(saved_by_libreoffice: dict[str, bytes]) -> None:
    sheet = read(saved_by_libreoffice["ods"]).sheets[0]

    assert sheet.at(2, 4).links == ("https://a.example/doc?x=1&y=2",)
    assert sheet.at(4, 4).links == ("https://b.example/",)
    assert sheet.at(4, 5).value == 2
    assert sheet.at(4, 5).formula == "1+1"


@pytest.mark.libreoffice
def test_an_old_xls_is_read_for_its_values(saved_by_libreoffice: dict[str, bytes]) -> None:
    copy = open_copy(saved_by_libreoffice["xls"], "старый.xls")

    assert [finding.code for finding in copy.findings] == ["F102"]
    assert copy.book is not None
    sheet = copy.book.sheets[0]
    assert copy.book.sheets[2].visibility is not Visibility.VISIBLE
    assert sheet.at(2, 2).value == "  Педсовет,\nвторая строка  "
    assert sheet.at(2, 3).value == date(2023, 3, 1)
    assert sheet.at(3, 1).value == 2.5
    assert sheet.at(4, 1).value == 100
    assert sheet.at(200, 12).value == "далеко"
    assert sheet.merges == (Area(6, 1, 7, 3),)


# --- the format itself --------------------------------------------------------------------------


def test_each_type_of_value_is_read() -> None:
    cells = sheet_of(row(
        cell("<text:p>5,5</text:p>", office__value_type="float", office__value="5.5"),
        cell("<text:p>80 %</text:p>", office__value_type="percentage", office__value="0.8"),
        cell("<text:p>01.03.23</text:p>", office__value_type="date", office__date_value="2023-03-01"),
        cell("<text:p>…</text:p>", office__value_type="date", office__date_value="2023-03-01T10:29:59.999999"),
        cell("<text:p>9:15</text:p>", office__value_type="time", office__time_value="PT09H15M00S"),
        cell("<text:p>36:00</text:p>", office__value_type="time", office__time_value="PT36H00M00S"),
        cell("<text:p>ИСТИНА</text:p>", office__value_type="boolean", office__boolean_value="true"),
        cell("<text:p>#Н/Д</text:p>", office__value_type="string", office__string_value="", table__formula="of:=NA()"),
        cell(office__value_type="string", office__string_value="только в свойстве"),
    )).row(1)  # fmt: skip

    assert [one.value for one in cells.values()] == [
        5.5, 0.8, date(2023, 3, 1), datetime.fromisoformat("2023-03-01 10:30"), time(9, 15), "36:00", True, "#Н/Д",
        "только в свойстве",
    ]  # fmt: skip
    assert cells[8].formula == "NA()"


def test_repeated_rows_and_cells_are_spread_and_empty_ones_cost_nothing() -> None:
    many = "table:number-columns-repeated"
    sheet = sheet_of(
        row(
            cell(),
            f'<table:table-cell {many}="2" office:value-type="string"><text:p>да</text:p></table:table-cell>',
        )
        + row(f'<table:table-cell {many}="16384"/>', attributes=' table:number-rows-repeated="1000000"')
        + row(text("ниже"), attributes=' table:number-rows-repeated="2"')
        + row(cell(), attributes=' table:number-rows-repeated="48573"')
    )

    assert {at: one.text for at, one in sheet.cells.items()} == {
        (1, 2): "да", (1, 3): "да", (1_000_002, 1): "ниже", (1_000_003, 1): "ниже",
    }  # fmt: skip


def test_spaces_tabs_and_lines_are_as_typed() -> None:
    said = '<text:p><text:s text:c="2"/>два<text:s/> пробела<text:tab/>таб<text:line-break/>строка</text:p><text:p><text:span>вторая</text:span></text:p><text:p/>'

    assert sheet_of(row(cell(said))).at(1, 1).value == "  два  пробела\tтаб\nстрока\nвторая\n"


def test_links_notes_and_texts_of_shapes_do_not_mix_with_the_answer() -> None:
    inside = (
        "<office:annotation><dc:creator xmlns:dc='dc'>Завуч</dc:creator><text:p>проверить</text:p><text:p>дату</text:p></office:annotation>"
        '<text:p>см. <text:a xlink:href="https://a.example/">раз</text:a>, <text:a xlink:href="https://b.example/">два</text:a></text:p>'
        "<draw:frame><draw:text-box><text:p>надпись у ячейки</text:p></draw:text-box></draw:frame>"
    )
    sheet = sheet_of(
        "<table:shapes><draw:custom-shape><text:p>фигура</text:p></draw:custom-shape></table:shapes>"
        + row(cell(inside))
    )

    assert sheet.at(1, 1) == Cell(
        "см. раз, два", None, ("https://a.example/", "https://b.example/"), "проверить\nдату"
    )
    assert sheet.texts == ("фигура", "надпись у ячейки")


def test_hidden_sheets_rows_and_columns_are_read_and_known() -> None:
    style = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    hidden = (
        '<table:table table:name="Скрыт" table:style-name="ta2">'
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        + row(cell(), text("тут"), attributes=' table:visibility="filter"')
        + row(cell(), attributes=' table:visibility="collapse" table:number-rows-repeated="1000000"')
        + "</table:table>"
    )
    book = read(ods(style + ods_table(row(text("x"))) + hidden))

    assert [sheet.visibility for sheet in book.sheets] == [Visibility.VISIBLE, Visibility.HIDDEN]
    assert book.sheets[1].at(1, 2).text == "тут"
    assert book.sheets[1].hidden_rows == {1}
    assert book.sheets[1].hidden_columns == {2, 3}


def test_merged_cells_are_one_area_and_what_they_cover_is_kept() -> None:
    sheet = sheet_of(
        row(
            cell("<text:p>шапка</text:p>", table__number_columns_spanned="3", table__number_rows_spanned="1"),
            "<table:covered-table-cell><text:p>под ней</text:p></table:covered-table-cell>",
            "<table:covered-table-cell/>",
            text("рядом"),
        )
    )

    assert sheet.merges == (Area(1, 1, 1, 3),)
    assert {at: one.text for at, one in sheet.cells.items()} == {
        (1, 1): "шапка",
        (1, 2): "под ней",
        (1, 4): "рядом",
    }


def test_what_the_program_keeps_for_itself_is_not_a_sheet() -> None:
    """Deleted text of tracked changes, caches of other files and of DDE links."""
    content = (
        "<table:tracked-changes><table:cell-content-change><table:change-track-table-cell><text:p>стёрто</text:p></table:change-track-table-cell></table:cell-content-change></table:tracked-changes>"
        + ods_table(row(text("живое")))
        + ods_table(
            '<table:table-source xlink:href="file:///C:/other.ods"/>' + row(text("чужое")),
            "'file:///C:/other.ods'#Лист1",
        )
        + f"<table:dde-links><table:dde-link>{ods_table(row(text('вчера')), 'dde')}</table:dde-link></table:dde-links>"
    )

    book = read(ods(content))

    assert [(sheet.name, [one.text for one in sheet.cells.values()]) for sheet in book.sheets] == [
        ("Отчёт", ["живое"])
    ]


def test_rows_in_groups_and_repeated_headers_keep_their_place() -> None:
    sheet = sheet_of(
        f"<table:table-header-rows>{row(text('шапка'))}</table:table-header-rows>"
        f"<table:table-row-group>{row(text('внутри'))}<table:table-row-group>{row(text('глубже'))}</table:table-row-group></table:table-row-group>"
        + row(text("после"))
    )

    assert [(number, cells[1].text) for number, cells in sheet.rows()] == [
        (1, "шапка"),
        (2, "внутри"),
        (3, "глубже"),
        (4, "после"),
    ]


TYPED = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=60
)


@given(TYPED.filter(str.strip))
@example("=1+1")
@example("🙂 «кавычки» <b> & ]]>")
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back_as_it_was_typed(typed: str) -> None:
    assert sheet_of(row(text(escape(typed)))).at(1, 1).value == typed
