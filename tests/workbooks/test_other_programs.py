"""Copies saved by programs other than Excel, imitated by what is known of them, and old quirks of real files."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from mutants import packed, parts_of

from attacks import HEAD, MAIN, ods, ods_table, relations, strings_xml, styles_xml, with_sheet, workbook
from sheetsync.grid import Book, Cell, Visibility
from sheetsync.intake.gate import Admitted, inspect
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.ods_reader import read_ods
from sheetsync.workbooks.xlsx_reader import read_xlsx

R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def read(data: bytes) -> Book:
    admitted = inspect(data)
    assert isinstance(admitted, Admitted), admitted
    return read_xlsx(admitted.parts, admitted.plain)


def sheet_xml(rows: str, after: str = "") -> str:
    return f"{HEAD}<worksheet {MAIN} {R}><sheetData>{rows}</sheetData>{after}</worksheet>"


def dated(code: str, serial: str) -> object:
    """The value of a cell that holds a number under a number format."""
    styles = (
        f'{HEAD}<styleSheet {MAIN}><numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
        '<cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    rows = f'<row r="1"><c r="A1" s="0"><v>{serial}</v></c></row>'
    return (
        read(workbook({"xl/worksheets/sheet1.xml": sheet_xml(rows), "xl/styles.xml": styles}))
        .sheets[0]
        .at(1, 1)
        .value
    )


# --- what newer and older Excels write ----------------------------------------------------------


def test_an_extension_named_like_a_setting_does_not_move_dates_by_four_years() -> None:
    """Excel 2013 repeats «workbookPr» in an extension list: the epoch of 1904 must survive it."""
    book = (
        f'{HEAD}<workbook {MAIN} {R}><workbookPr date1904="1"/><sheets><sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets>'
        '<extLst><ext uri="{x}" xmlns:x15="x15"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>'
    )
    data = workbook({
        "xl/workbook.xml": book,
        "xl/styles.xml": styles_xml('<xf numFmtId="14"/>'),
        "xl/worksheets/sheet1.xml": sheet_xml('<row r="1"><c r="A1" s="0"><v>43524</v></c></row>'),
    })  # fmt: skip

    assert read(data).sheets[0].at(1, 1).value == date(2023, 3, 1)


def test_a_module_of_macros_left_by_an_old_xls_is_an_empty_sheet() -> None:
    book = (
        f'{HEAD}<workbook {MAIN} {R}><sheets><sheet name="Отчёт" sheetId="1" r:id="rId1"/>'
        '<sheet name="Module1" sheetId="2" state="veryHidden" r:id=""/></sheets></workbook>'
    )
    sheets = read(workbook({"xl/workbook.xml": book})).sheets

    assert [(one.name, one.visibility) for one in sheets] == [
        ("Отчёт", Visibility.VISIBLE),
        ("Module1", Visibility.VERY_HIDDEN),
    ]
    assert not sheets[1].cells


@pytest.mark.parametrize(
    ("code", "serial", "value"),
    [
        ("ДД.ММ.ГГГГ", "44986", date(2023, 3, 1)),
        ("дд/мм/гггг чч:мм", "44986.5", datetime(2023, 3, 1, 12)),
        ("[$-419]dd mmmm yyyy &quot;г.&quot;;@", "44986", date(2023, 3, 1)),
        ("&quot;a;b&quot;dd.mm.yyyy", "44986", date(2023, 3, 1)),
        ("0 &quot;м.&quot;", "12", 12),
        ("dd.mm.yyyy", "0", 0),
        ("dd.mm.yyyy", "0.5", time(12)),
        ("dd.mm.yyyy", "-1", -1),
        ("dd.mm.yyyy", "2958465.9999999", 2958465.9999999),
        ("dd.mm.yyyy", "99999999", 99999999),
    ],
)
def test_a_number_is_the_date_its_format_shows(code: str, serial: str, value: object) -> None:
    assert dated(code, serial) == value


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("2023-03-01", date(2023, 3, 1)),
        ("2023-03-01T00:00:00", date(2023, 3, 1)),
        ("2023-03-01T10:30:00Z", datetime(2023, 3, 1, 10, 30)),
        ("10:30:00", time(10, 30)),
        ("весной", "весной"),
    ],
)
def test_strict_files_write_moments_in_words_of_iso(stored: str, value: object) -> None:
    sheet = read(with_sheet(f'<row r="1"><c r="A1" t="d"><v>{stored}</v></c></row>')).sheets[0]

    assert sheet.at(1, 1).value == value


def test_links_listed_before_the_cells_and_without_a_mode_still_lead_out() -> None:
    sheet = (
        f'{HEAD}<worksheet {MAIN} {R}><hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>приказ</t></is></c></row></sheetData></worksheet>'
    )
    rels = relations(("hyperlink", "https://a.example/x?y=1"))
    data = workbook({"xl/worksheets/sheet1.xml": sheet, "xl/worksheets/_rels/sheet1.xml.rels": rels})

    assert read(data).sheets[0].at(1, 1) == Cell("приказ", links=("https://a.example/x?y=1",))


# --- Google, OnlyOffice (Р7), WPS, 1С ------------------------------------------------------------


def test_a_sheet_downloaded_from_google() -> None:
    """Ticks are booleans, links are formulas, dates are serials, places are all named, properties gone."""
    rows = (
        '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2" t="b"><v>1</v></c>'
        '<c r="C1" s="3"><v>44986.0</v></c>'
        '<c r="D1" s="1" t="str"><f>HYPERLINK("https://docs.example/d/1","приказ")</f><v>приказ</v></c><c r="E1" s="1"/></row>'
    )
    data = workbook({
        "xl/sharedStrings.xml": strings_xml("выполнено"),
        "xl/styles.xml": styles_xml('<xf numFmtId="0"/><xf numFmtId="0"/><xf numFmtId="0"/><xf numFmtId="14"/>'),
        "xl/worksheets/sheet1.xml": sheet_xml(rows),
    })  # fmt: skip
    book = read(data)

    assert [cell.value for cell in book.sheets[0].row(1).values()] == [
        "выполнено",
        True,
        date(2023, 3, 1),
        "приказ",
    ]
    assert book.sheets[0].at(1, 4).links == ("https://docs.example/d/1",)
    assert not book.properties


def test_notes_of_onlyoffice_carry_an_alternate_content_beside_the_text() -> None:
    notes = (
        f'{HEAD}<comments {MAIN} xmlns:mc="mc"><authors><author>Завуч</author></authors><commentList>'
        '<comment ref="A1" authorId="0"><text><r><t>Завуч:\n</t></r><r><t>уточню</t></r></text>'
        '<mc:AlternateContent><mc:Choice Requires="v2"><commentPr locked="0"/></mc:Choice><mc:Fallback/></mc:AlternateContent>'
        "</comment></commentList></comments>"
    )
    data = workbook({
        "xl/worksheets/sheet1.xml": sheet_xml(""),
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("comments", "/xl/comments1.xml")),
        "xl/comments1.xml": notes,
    })  # fmt: skip

    assert read(data).sheets[0].at(1, 1).comment == "Завуч:\nуточню"


def test_prefixed_names_and_missing_places_as_1c_and_old_converters_write() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'{HEAD}<x:worksheet xmlns:x="{main}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>да</x:t></x:is></x:c>'
        "<x:c/><x:c><x:v>5</x:v></x:c></x:row><x:row/><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    cells = read(workbook({"xl/worksheets/sheet1.xml": sheet})).sheets[0].cells

    assert {at: cell.value for at, cell in cells.items()} == {(1, 1): "да", (1, 3): 5, (3, 1): 7}


# --- LibreOffice --------------------------------------------------------------------------------


def test_a_measuring_line_over_a_cell_is_not_its_answer() -> None:
    inside = "<draw:measure><text:p>79,99 мм</text:p></draw:measure>"
    rows = (
        f"<table:table-row><table:table-cell>{inside}<text:p>да</text:p></table:table-cell></table:table-row>"
    )
    admitted = inspect(ods(ods_table(rows)))
    assert isinstance(admitted, Admitted)
    sheet = read_ods(admitted.parts).sheets[0]

    assert sheet.at(1, 1).value == "да"
    assert sheet.texts == ("79,99 мм",)


def test_macros_of_libreoffice_do_not_shut_the_file_out() -> None:
    """LibreOffice itself writes a DOCTYPE into the parts of Basic, which nobody reads here."""
    macros = {"Basic/script-lc.xml": b'<!DOCTYPE library:libraries PUBLIC "x" "libraries.dtd"><x/>'}
    rows = "<table:table-row><table:table-cell><text:p>да</text:p></table:table-cell></table:table-row>"
    opened = open_copy(packed({**parts_of(ods(ods_table(rows))), **macros}), "с макросами.ods")

    assert opened.book is not None
    assert opened.book.sheets[0].at(1, 1).value == "да"
    assert [one.code for one in opened.findings] == ["F107"]
