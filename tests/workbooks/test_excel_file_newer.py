"""What only newer Excel writes beside a table: threads, controls, filters; and protection."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree

from office_workbook import (
    attributes,
    entries_body,
    matrix_body,
    note_shapes,
    notes_of,
    office_workbook,
    parts,
    rebuilt,
    replaced,
    sheet_part,
    sheet_tree,
)
from sheetsync.columns import COMPLETENESS, ENTRIES_SHEET, MATRIX, MATRIX_SHEET, PANEL
from sheetsync.workbooks.port import Out, TableBody

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

GROWN = entries_body("k3", "новая", "k1", "k2", "ещё")
"""Three rows become five: everything below goes two rows down."""


def test_threads_of_comments_move_with_their_notes() -> None:
    data = office_workbook()
    sheet = Path(sheet_part(data, ENTRIES_SHEET)).name
    rels = parts(data)[f"xl/worksheets/_rels/{sheet}.rels"].decode()
    threads = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="H6" id="{A}"><text>позвонить</text></threadedComment></ThreadedComments>'
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    relation = f'<Relationship Id="rT" Type="{kind}" Target="../threadedComments/threadedComment1.xml"/>'
    data = rebuilt(
        data,
        {
            "xl/threadedComments/threadedComment1.xml": threads.encode(),
            f"xl/worksheets/_rels/{sheet}.rels": rels.replace(
                "</Relationships>", f"{relation}</Relationships>"
            ).encode(),
        },
    )

    assert b'ref="H8"' in parts(replaced(data, GROWN))["xl/threadedComments/threadedComment1.xml"]


def test_form_controls_below_move_with_their_cells() -> None:
    data = office_workbook()
    name = sheet_part(data, ENTRIES_SHEET)
    control = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14">'
        '<controls><control shapeId="1025" name="Кнопка"><controlPr><anchor>'
        '<from xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:col>3</xdr:col><xdr:row>10</xdr:row></from>'
        '<to xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:col>4</xdr:col><xdr:row>11</xdr:row></to>'
        "</anchor></controlPr></control></controls></mc:Choice></mc:AlternateContent>"
    )
    text = parts(data)[name].decode().replace("<tableParts", f"{control}<tableParts")
    after = replaced(rebuilt(data, {name: text.encode()}), GROWN)

    found = [one.text for one in sheet_tree(after, ENTRIES_SHEET).iter("{*}row") if one.text]
    assert found == ["12", "13"]


def test_a_filter_of_the_office_stays_on_its_column() -> None:
    data = office_workbook()
    name = "xl/tables/table4.xml"
    assert MATRIX.name.encode() in parts(data)[name]
    filtered = (
        parts(data)[name]
        .decode()
        .replace(
            '<autoFilter ref="A4:E6"/>',
            '<autoFilter ref="A4:E6"><filterColumn colId="4"><filters><filter val="✗"/></filters></filterColumn></autoFilter>',
        )
    )
    data = rebuilt(data, {name: filtered.encode()})

    kept = parts(replaced(data, matrix_body("Берёзовская", dropped=("Ясеневская",)), MATRIX.name))[
        name
    ].decode()
    gone = parts(replaced(data, matrix_body("Ясеневская", dropped=("Берёзовская",)), MATRIX.name))[
        name
    ].decode()

    assert 'colId="3"' in kept
    assert "filterColumn" not in gone


def test_notes_and_pictures_right_of_a_growing_table_move_aside() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(MATRIX_SHEET)
    sheet.add_table(
        "A1:D3", {"name": MATRIX.name, "columns": [{"header": h} for h in (*MATRIX.headers, "Ясеневская")]}
    )
    sheet.write_column("A2", ["1", "2"])
    sheet.write_column("B2", ["Мероприятие 1", "Мероприятие 2"])
    sheet.write("F2", "рядом")
    sheet.write_comment("F2", "пометка")
    sheet.insert_textbox("F5", "плакат")
    book.close()
    data = replaced(out.getvalue(), matrix_body("Ясеневская", "Липовская"), MATRIX.name)

    assert notes_of(data, MATRIX_SHEET) == {"G2": "пометка"}
    assert note_shapes(data) == ["G2"]
    drawing = etree.fromstring(parts(data)["xl/drawings/drawing1.xml"])
    assert next(drawing.iter("{*}col")).text == "6"


def test_protection_stays_as_the_office_set_it() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(PANEL)
    sheet.add_table("A1:A2", {"name": COMPLETENESS.name, "columns": [{"header": "Участник"}]})
    sheet.protect("", {"sort": True})
    sheet.unprotect_range("A2:A2", "ввод")
    book.close()
    data = replaced(out.getvalue(), TableBody(("Участник",), ((Out("а"),), (Out("б"),))), COMPLETENESS.name)

    assert attributes(data, PANEL, "sheetProtection", "sheet") == ["1"]
    assert attributes(data, PANEL, "protectedRange", "sqref") == ["A2:A3"]
