"""What stands around a replaced table: moved where it must, left byte for byte where it must not."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from office_workbook import (
    OTHER_TABLE,
    attributes,
    entries_body,
    grid,
    matrix_body,
    note_shapes,
    notes_of,
    office_workbook,
    parts,
    rebuilt,
    replaced,
    sheet_part,
    sheet_tree,
    texts,
)
from sheetsync.columns import COMPLETENESS, ENTRIES, ENTRIES_SHEET, MATRIX, MATRIX_SHEET, PANEL
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out, TableBody

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

GROWN = entries_body("k3", "новая", "k1", "k2", "ещё")
"""Three rows become five: everything below goes two rows down."""

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EXOTIC = {
    "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros",
    "xl/slicers/slicer1.xml": b'<?xml version="1.0"?><slicers  xmlns="urn:x"><slicer name="a"/></slicers>',
    "xl/slicerCaches/slicerCache1.xml": b'<slicerCacheDefinition xmlns="urn:x" name="Slicer"/>',
    "xl/pivotTables/pivotTable1.xml": b'<pivotTableDefinition xmlns="urn:x"  name="\xd0\xb0"/>',
    "xl/pivotCache/pivotCacheDefinition1.xml": b'<pivotCacheDefinition xmlns="urn:x"/>',
    "xl/pivotCache/pivotCacheRecords1.xml": b"<broken but nobody reads it",
    "xl/printerSettings/printerSettings1.bin": b"\x00\x01\x02",
    "customXml/item1.xml": b"<a  b='1' ></a>",
    "customUI/customUI14.xml": b'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"/>',
}


def exotic_workbook() -> bytes:
    """The office's workbook with parts no library here can write."""
    data = office_workbook()
    relation = '<Relationship Id="rX{}" Type="{}/{}" Target="/{}"/>'
    kinds = ("vbaProject", "slicer", "slicerCache", "pivotTable", "pivotCacheDefinition")
    added = "".join(
        relation.format(number, RELATIONS, kind, name)
        for number, (kind, name) in enumerate(zip(kinds, EXOTIC, strict=False))
    )
    rels = (
        parts(data)["xl/_rels/workbook.xml.rels"]
        .decode()
        .replace("</Relationships>", f"{added}</Relationships>")
    )
    types = (
        parts(data)["[Content_Types].xml"]
        .decode()
        .replace("</Types>", '<Default Extension="bin" ContentType="application/octet-stream"/></Types>')
    )
    return rebuilt(
        data, {**EXOTIC, "xl/_rels/workbook.xml.rels": rels.encode(), "[Content_Types].xml": types.encode()}
    )


def changed_parts(before: bytes, after: bytes) -> set[str]:
    old, new = parts(before), parts(after)
    return {name for name in {*old, *new} if old.get(name) != new.get(name)}


# --- what is never touched ----------------------------------------------------------------------


def test_parts_without_our_tables_stay_byte_for_byte_and_in_order() -> None:
    data = exotic_workbook()
    after = replaced(replaced(data, GROWN), matrix_body("Ясеневская", "Липовская"), MATRIX.name)

    ours = {sheet_part(data, name) for name in (PANEL, ENTRIES_SHEET, MATRIX_SHEET)}
    tables = {"xl/tables/table2.xml", "xl/tables/table3.xml", "xl/tables/table4.xml"}
    beside = {
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/drawings/drawing2.xml",
        "xl/charts/chart1.xml",
        f"xl/worksheets/_rels/{Path(sheet_part(data, ENTRIES_SHEET)).name}.rels",
    }
    assert changed_parts(data, after) <= ours | tables | beside
    assert [name for name in parts(after) if name in parts(data)] == list(parts(data))
    assert not set(EXOTIC) & changed_parts(data, after)
    assert sheet_part(data, "Моё") not in changed_parts(data, after)


def test_a_body_of_the_same_shape_touches_the_sheet_its_table_and_the_workbook_only() -> None:
    data = office_workbook()
    after = replaced(data, entries_body("k1", ("k2", "в работе"), "k3"))

    sheet = Path(sheet_part(data, ENTRIES_SHEET)).name
    allowed = {
        f"xl/worksheets/{sheet}", f"xl/worksheets/_rels/{sheet}.rels", "xl/tables/table2.xml", "xl/workbook.xml",
        sheet_part(data, PANEL),
    }  # fmt: skip
    assert changed_parts(data, after) <= allowed


def test_replacing_with_the_same_body_again_changes_no_byte() -> None:
    for body in (GROWN, entries_body("k2"), entries_body(), entries_body("k1", "k2", note="проверьте")):
        once = replaced(exotic_workbook(), body)

        assert replaced(once, body) == once


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(["k1", "k2", "k3", "k4", "k5"]), max_size=7),
    st.lists(st.sampled_from(["k1", "k2"]), max_size=3),
)
def test_any_two_bodies_leave_a_whole_workbook(first: list[str], second: list[str]) -> None:
    """Whatever grew and shrank, what the office has stands where it should and nothing doubles."""
    data = _PLAIN
    for keys in (first, second):
        data = replaced(data, entries_body(*keys))
    found = grid(data, ENTRIES_SHEET)
    last = 4 + max(len(second), 1)

    assert found[f"A{last + 4}"] == "Подпись начальника"
    assert found[f"B{last + 4}"] == f"=COUNTA(B5:B{last})"
    assert [found.get(f"F{row}") for row in range(5, last + 1)] == (second or [None])
    assert attributes(data, ENTRIES_SHEET, "dataValidation", "sqref")[0] == (
        "B5" if last == 5 else f"B5:B{last}"
    )
    assert replaced(data, entries_body(*second)) == data


_PLAIN = office_workbook()


# --- what moves ---------------------------------------------------------------------------------


def test_what_stands_below_moves_down_and_back_up() -> None:
    grown = replaced(office_workbook(), GROWN)
    shrunk = replaced(grown, entries_body("k1", "k2", "k3"))

    for data, row in ((grown, 13), (shrunk, 11)):
        found = grid(data, ENTRIES_SHEET)
        assert found[f"A{row}"] == "Подпись начальника"
        assert found[f"B{row}"] == f"=COUNTA(B5:B{row - 4})"
        assert found[f"A{row + 5}"] == "семинары"
        assert attributes(data, ENTRIES_SHEET, "mergeCell", "ref") == [f"A{row + 1}:C{row + 1}"]
        assert attributes(data, ENTRIES_SHEET, "brk", "id") == [str(row + 2)]
        assert attributes(data, ENTRIES_SHEET, "ignoredError", "sqref") == [f"A{row}:B{row}"]
        assert attributes(data, ENTRIES_SHEET, "dataValidation", "sqref") == [f"B5:B{row - 4}", f"C{row}"]
        assert texts(data, ENTRIES_SHEET, "formula1")[1] == f"B{row}"
        assert notes_of(data, ENTRIES_SHEET)[f"A{row}"] == "не забыть подписать"
        assert f"A{row}" in note_shapes(data)
        other = next(
            one for name, one in parts(data).items() if OTHER_TABLE.encode() in one and "tables" in name
        )
        assert f'ref="A{row + 4}:B{row + 6}"'.encode() in other


def test_ranges_over_the_whole_body_are_stretched() -> None:
    data = replaced(office_workbook(), GROWN)

    assert attributes(data, ENTRIES_SHEET, "dataValidation", "sqref")[0] == "B5:B9"
    assert {"A5:F9", "I5:I9"} <= set(attributes(data, ENTRIES_SHEET, "conditionalFormatting", "sqref"))
    assert texts(data, ENTRIES_SHEET, "formula")[0] == '$B5="в работе"'
    assert "I5:I9" in texts(data, ENTRIES_SHEET, "sqref")
    assert attributes(data, ENTRIES_SHEET, "dimension", "ref") == ["A1:K18"]


def test_rules_links_and_sparklines_beside_a_row_follow_it() -> None:
    data = replaced(office_workbook(), GROWN)

    assert "H8" in attributes(data, ENTRIES_SHEET, "conditionalFormatting", "sqref")
    assert "LEN($H8)>3" in texts(data, ENTRIES_SHEET, "formula")
    assert ("K8", f"'{ENTRIES_SHEET}'!A8") in list(
        zip(
            attributes(data, ENTRIES_SHEET, "hyperlink", "ref"),
            attributes(data, ENTRIES_SHEET, "hyperlink", "location"),
            strict=True,
        )
    )
    spark = next(iter(sheet_tree(data, ENTRIES_SHEET).iter("{*}sparkline")))
    assert [one.text for one in spark] == [f"{ENTRIES_SHEET}!I8:J8", "L8"]


def test_names_and_print_areas_move() -> None:
    book = openpyxl.load_workbook(io.BytesIO(replaced(office_workbook(), GROWN)))

    assert book.defined_names["свод_подпись"].attr_text == f"{ENTRIES_SHEET}!$A$13"
    assert book.defined_names["свод_статусы"].attr_text == f"{ENTRIES_SHEET}!$B$5:$B$9"
    assert book[ENTRIES_SHEET].print_area == f"'{ENTRIES_SHEET}'!$A$1:$F$14"
    assert book[ENTRIES_SHEET].print_title_rows == "$4:$4"


def test_pictures_and_buttons_below_move_with_their_cells() -> None:
    before, after = office_workbook(), replaced(office_workbook(), GROWN)

    def picture(data: bytes) -> list[int]:
        root = etree.fromstring(parts(data)["xl/drawings/drawing2.xml"])
        return [int(one.text) for one in root.iter("{*}row")]

    def button(data: bytes) -> list[str]:
        text = parts(data)["xl/drawings/vmlDrawing1.vml"].decode()
        shape = re.search(r'ObjectType="Button".*?<x:Anchor>([^<]*)<', text, re.DOTALL)
        assert shape
        return shape[1].split(", ")

    assert picture(after) == [row + 2 for row in picture(before)]
    moved = [str(int(one) + (2 if at in (2, 6) else 0)) for at, one in enumerate(button(before))]
    assert button(after) == moved


def test_charts_on_our_sheets_are_stretched_and_the_offices_own_stay() -> None:
    found = parts(replaced(office_workbook(), GROWN))

    assert f"{ENTRIES_SHEET}!$I$5:$I$9" in found["xl/charts/chart1.xml"].decode()
    assert f"{ENTRIES_SHEET}!$I$5:$I$7" in found["xl/charts/chart2.xml"].decode()


@pytest.mark.parametrize(
    "bodies",
    [
        [entries_body("k1", "новая", "k3")],
        [entries_body("k1", "k3", "новая")],
        [entries_body("k2"), entries_body()],
        [entries_body("k2"), entries_body("новая", "другая")],
    ],
)
def test_a_link_beside_a_row_goes_with_it(bodies: list[TableBody]) -> None:
    """It must not lead to a strange row from the place of the old one."""
    data = office_workbook(3)
    for body in bodies:
        data = replaced(data, body)

    assert offices_links(data) == []


def test_a_link_beside_the_only_row_stays_with_it() -> None:
    data = replaced(replaced(office_workbook(3), entries_body("k2")), entries_body("k1", "k2", "k3"))

    assert offices_links(data) == ["K6"]


def offices_links(data: bytes) -> list[str]:
    """Links right of «Исполнение», where the office has its own."""
    return [ref for ref in attributes(data, ENTRIES_SHEET, "hyperlink", "ref") if ref.startswith("K")]


def test_formulas_and_links_of_our_other_sheets_follow() -> None:
    data = replaced(office_workbook(), GROWN)
    found = grid(data, PANEL)

    assert found["B3"] == f'=COUNTIF({ENTRIES_SHEET}!B5:B9,"выполнено")'
    assert found["B4"] == f"={ENTRIES_SHEET}!A13"
    assert attributes(data, PANEL, "hyperlink", "location") == [f"'{ENTRIES_SHEET}'!A13"]
    assert grid(data, "Моё")["A2"] == f"={ENTRIES_SHEET}!A11"


@pytest.mark.parametrize("has_formulas", [True, False])
def test_a_place_in_another_file_stays_the_place_it_was(*, has_formulas: bool) -> None:
    """Of another file's sheet «Исполнение» our own says nothing, and needs no taking apart for it."""
    data = office_workbook()
    part = sheet_part(data, PANEL)
    panel = parts(data)[part]
    if not has_formulas:
        panel = re.sub(rb"<f>[^<]*</f>", b"", panel)
    out = f'<hyperlink xmlns:r="{RELATIONS}" ref="A1" r:id="rOut" location="{ENTRIES_SHEET}!A9"/>'.encode()
    panel = re.sub(rb"<hyperlinks>.*</hyperlinks>", b"<hyperlinks>" + out + b"</hyperlinks>", panel)
    data = rebuilt(data, {part: panel})

    after = replaced(data, GROWN)

    assert attributes(after, PANEL, "hyperlink", "location") == [f"{ENTRIES_SHEET}!A9"]
    assert has_formulas or parts(after)[part] == panel


def test_links_the_tool_wrote_in_our_tables_are_not_bent() -> None:
    """«Свод» is written before «Исполнение» and already leads to the new rows."""
    book = ExcelFile.from_bytes(office_workbook())
    body = matrix_body("Ясеневская", "Берёзовская")
    linked = tuple(
        (*row[:3], *(Out("✓", link=f"#'{ENTRIES_SHEET}'!A9") for _ in row[3:])) for row in body.rows
    )
    book.replace_table(MATRIX.name, TableBody(body.headers, linked, body.key_headers))
    book.replace_table(ENTRIES.name, GROWN)

    assert set(attributes(book.to_bytes(), MATRIX_SHEET, "hyperlink", "location")) == {
        f"'{ENTRIES_SHEET}'!A9"
    }


def test_formulas_are_calculated_anew_and_the_stale_chain_goes() -> None:
    data = office_workbook()
    chain = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="I5" i="2"/></calcChain>'
    rels = parts(data)["xl/_rels/workbook.xml.rels"].decode()
    types = parts(data)["[Content_Types].xml"].decode()
    with_chain = rebuilt(
        data,
        {
            "xl/calcChain.xml": chain,
            "xl/_rels/workbook.xml.rels": rels.replace(
                "</Relationships>",
                f'<Relationship Id="rC" Type="{RELATIONS}/calcChain" Target="calcChain.xml"/></Relationships>',
            ).encode(),
            "[Content_Types].xml": types.replace(
                "</Types>", '<Override PartName="/xl/calcChain.xml" ContentType="application/x"/></Types>'
            ).encode(),
        },
    )

    same = parts(replaced(with_chain, entries_body("k1", "k2", "k3")))
    moved = parts(replaced(with_chain, GROWN))

    assert same["xl/calcChain.xml"] == chain
    assert b'fullCalcOnLoad="1"' in same["xl/workbook.xml"]
    assert "xl/calcChain.xml" not in moved
    assert b"calcChain" not in moved["xl/_rels/workbook.xml.rels"] + moved["[Content_Types].xml"]


def test_a_shared_formula_of_the_office_becomes_one_formula_a_cell() -> None:
    data = office_workbook()
    name = sheet_part(data, ENTRIES_SHEET)
    text = parts(data)[name].decode()
    text = text.replace(
        '<f>IF(B5="выполнено",1,0)</f>', '<f t="shared" ref="I5:I7" si="0">IF(B5="выполнено",1,0)</f>'
    )
    for row in (6, 7):
        text = text.replace(f'<f>IF(B{row}="выполнено",1,0)</f>', '<f t="shared" si="0"/>')
    assert text.count("shared") == 3
    found = grid(replaced(rebuilt(data, {name: text.encode()}), GROWN), ENTRIES_SHEET)

    assert [found.get(f"I{row}") for row in (5, 6, 7, 8)] == [
        '=IF(B5="выполнено",1,0)', None, '=IF(B7="выполнено",1,0)', '=IF(B8="выполнено",1,0)',
    ]  # fmt: skip


def test_a_table_of_the_office_beside_ours_does_not_move() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(PANEL)
    sheet.add_table("A1:A2", {"name": COMPLETENESS.name, "columns": [{"header": "Участник"}]})
    sheet.add_table("D1:E4", {"name": OTHER_TABLE, "columns": [{"header": "Что"}, {"header": "Где"}]})
    sheet.write_column("D2", ["раз", "два", "три"])
    sheet.write("A6", "ниже")
    sheet.write("B2", "рядом")
    book.close()
    body = TableBody(("Участник",), tuple((Out(text),) for text in "абвг"))
    file = ExcelFile.from_bytes(out.getvalue())
    file.replace_table(COMPLETENESS.name, body)
    found = grid(file.to_bytes(), PANEL)

    assert [found[f"D{row}"] for row in (2, 3, 4)] == ["раз", "два", "три"]
    assert found["A9"] == "ниже"
    assert b'ref="D1:E4"' in parts(file.to_bytes())["xl/tables/table2.xml"]
