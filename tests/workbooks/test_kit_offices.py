"""The kit in workbooks an office restyled, moved about, wrote notes on or put macros of its own into."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
from kit_books import (
    MACROS_PART,
    PANEL_PART,
    TEMPLATE,
    TEXTS,
    WORKBOOK_PART,
    buttons,
    changed,
    code_names,
    fitted,
    packed,
    parts,
    restyled,
    shape_numbers,
    somebodys_project,
    vml,
    with_module,
)
from lxml import etree
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from sheetsync.columns import BUTTONS, CODE_NAMES, KIT_SHEET, PANEL, PLAN_SHEET, KitCell
from sheetsync.grid import Area, area
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.kit_macros import Macros
from sheetsync.workbooks.kit_ribbon import RIBBON_PART
from sheetsync.workbooks.measures import Measures
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.templates import macros_bytes
from sheetsync.workbooks.workbook_xml import WorkbookXml

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

ALL = {one.macro for one in BUTTONS}


def without_places(book: Any) -> None:
    """The panel as it was before there were buttons."""
    for cell in (KitCell.BUTTONS, KitCell.STATUS):
        del book.defined_names[cell]


def places(data: bytes) -> dict[str, tuple[str, int, int]]:
    workbook = WorkbookXml(Package.from_bytes(data))
    return {cell: workbook.named_cell(cell) for cell in (KitCell.BUTTONS, KitCell.STATUS)}


def covered(data: bytes) -> list[Area]:
    """The cells the buttons cover."""
    anchors = (anchor for _, anchor in buttons(data).values())
    return [
        Area(top + 1, left + 1, bottom + (below > 0), right + (beyond > 0))
        for left, _, top, _, right, beyond, bottom, below in anchors
    ]


def meets_content(data: bytes) -> list[str]:
    """Cells with content under the buttons or the answer, and charts that reach there."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    areas = [*covered(data), Area(*places(data)[KitCell.STATUS][1:] * 2)]
    found = [
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and any((cell.row, cell.column) in one for one in areas)
    ]
    for chart in sheet._charts:
        start, end = chart.anchor._from, chart.anchor.to
        found += [
            "chart"
            for one in areas
            if one.left <= end.col + 1
            and one.right > start.col
            and one.top <= end.row
            and one.bottom > start.row
        ]
    return found


# --- where the buttons find room


def test_a_workbook_made_before_there_were_buttons_gets_them_beside_what_stands_there() -> None:
    kit = fitted(restyled(without_places))

    assert buttons(kit.data).keys() == ALL
    assert meets_content(kit.data) == []
    assert {sheet for sheet, _, _ in places(kit.data).values()} == {PANEL}
    assert fitted(kit.data).data == kit.data


def test_charts_moved_to_the_top_right_corner_are_not_covered() -> None:
    def move(book: Any) -> None:
        without_places(book)
        chart = book[PANEL]._charts[0]
        chart.anchor._from.row, chart.anchor._from.col = 0, 4
        chart.anchor.to.row, chart.anchor.to.col = 12, 13

    kit = fitted(restyled(move))

    assert min(one.left for one in covered(kit.data)) > 14
    assert meets_content(kit.data) == []


def test_a_chart_that_tells_its_size_instead_of_a_second_corner_is_not_covered() -> None:
    def add(book: Any) -> None:
        without_places(book)
        sheet = book[PANEL]
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=7, max_row=10))
        chart.width = 30
        sheet.add_chart(chart, "F1")

    kit = fitted(restyled(add))

    assert min(one.left for one in covered(kit.data)) > 6 + 30 / 2.54 * 96 // 64 - 1


def test_columns_hidden_up_to_the_end_of_the_sheet_are_shown_where_buttons_stand() -> None:
    """Many offices hide all columns they do not use."""

    def hide(book: Any) -> None:
        without_places(book)

    book = restyled(hide)
    columns = re.search(r"<cols>.*</cols>", parts(book)[PANEL_PART].decode())
    assert columns
    hidden = '<cols><col min="1" max="3" width="30" customWidth="1"/><col min="4" max="16384" hidden="1" width="9"/></cols>'
    kit = fitted(changed(book, PANEL_PART, columns[0], hidden))
    measures = Measures(etree.fromstring(parts(kit.data)[PANEL_PART]))
    under = {column for one in covered(kit.data) for column in range(one.left, one.right + 1)}
    (answer,) = [
        one
        for one in openpyxl.load_workbook(io.BytesIO(kit.data))[PANEL].merged_cells.ranges
        if places(kit.data)[KitCell.STATUS][1:] in one.cells
    ]

    assert all(measures.column(column) for column in under)
    assert sum(measures.column(column) for column in range(answer.min_col, answer.max_col + 1)) >= 380
    assert measures.column(answer.max_col + 1) == 0


def test_an_answer_beside_a_table_at_the_top_never_joins_its_rows() -> None:
    """What stands beside rows of a table moves with them; the answer must not."""

    def lift(book: Any) -> None:
        without_places(book)
        sheet = book[PANEL]
        table = next(iter(sheet.tables.values()))
        old = area(table.ref)
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.delete_rows(4, old.top - 4)
        table.ref = Area(4, old.left, old.bottom - old.top + 4, old.right).ref
        table.autoFilter.ref = table.ref

    kit = fitted(restyled(lift))
    merged = openpyxl.load_workbook(io.BytesIO(kit.data))[PANEL].merged_cells.ranges
    _, row, column = places(kit.data)[KitCell.STATUS]

    assert [one.max_row for one in merged if (row, column) in one.cells] == [4]


def test_an_answer_written_where_there_was_no_place_for_it_breaks_its_lines() -> None:
    kit = fitted(restyled(without_places))
    file = ExcelFile.from_bytes(kit.data)
    file.write_named(KitCell.STATUS, Out("Готово: отчётов 8 из 9. " * 5))
    sheet = openpyxl.load_workbook(io.BytesIO(file.to_bytes()))[PANEL]
    _, row, column = places(kit.data)[KitCell.STATUS]

    assert sheet.cell(row, column).alignment.wrap_text
    assert str(sheet.cell(row, column).value).startswith("Готово")


def test_a_panel_that_an_office_renamed_is_found_by_its_table() -> None:
    def rename(book: Any) -> None:
        without_places(book)
        book[PANEL].title = "Обзор"

    kit = fitted(restyled(rename))

    assert {sheet for sheet, _, _ in places(kit.data).values()} == {"Обзор"}
    assert code_names(kit.data)["Обзор"] == CODE_NAMES[PANEL]
    assert buttons(kit.data).keys() == ALL


def test_a_place_the_office_deleted_is_found_anew() -> None:
    lost = changed(
        fitted().data, WORKBOOK_PART, f'name="{KitCell.STATUS}">', f'name="{KitCell.STATUS}">#REF!'
    )

    assert places(fitted(lost).data)[KitCell.STATUS][0] == PANEL


# --- what else stands there


def test_notes_of_the_office_on_the_panel_share_the_drawing_with_the_buttons() -> None:
    def note(book: Any) -> None:
        book[PANEL]["C7"].comment = Comment("Спросить школу № 2", "Иванова")
        book[PLAN_SHEET]["B2"].comment = Comment("Уточнить", "Иванова")

    before = restyled(note)
    kit = fitted(before)
    notes = openpyxl.load_workbook(io.BytesIO(kit.data))

    assert buttons(kit.data).keys() == ALL
    assert notes[PANEL]["C7"].comment.text == "Спросить школу № 2"
    assert notes[PLAN_SHEET]["B2"].comment.text == "Уточнить"
    etree.fromstring(vml(kit.data))
    ours = shape_numbers(kit.data)
    for number in shape_numbers(before):
        ours.remove(number)
    assert len(ours) == len(set(ours)) == len(BUTTONS)
    assert not set(ours) & set(shape_numbers(before))


def test_own_sheets_have_no_code_name_and_sheets_stay_in_their_order() -> None:
    def add(book: Any) -> None:
        book.create_sheet("Контакты", 2)["A1"] = "Телефон отдела: 2-12-34"
        book["Контакты"].sheet_properties.codeName = "shPlan"

    kit = fitted(restyled(add))
    book = openpyxl.load_workbook(io.BytesIO(kit.data))

    assert book.sheetnames[2] == "Контакты"
    assert book.sheetnames[-1] == KIT_SHEET
    assert book["Контакты"]["A1"].value == "Телефон отдела: 2-12-34"
    assert "Контакты" not in code_names(kit.data)
    assert sorted(code_names(kit.data).values()) == sorted({*CODE_NAMES.values(), "ThisWorkbook"})


def test_a_ribbon_the_office_made_stays() -> None:
    own = b'<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"><ribbon/></customUI>'
    content = parts(TEMPLATE) | {RIBBON_PART: own}
    kind = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
    content["_rels/.rels"] = content["_rels/.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rIdUI" Type="{kind}" Target="{RIBBON_PART}"/></Relationships>'.encode(),
    )

    assert parts(fitted(packed(content)).data)[RIBBON_PART] == own


# --- macros of the office's own


def test_somebodys_macros_are_never_overwritten_and_no_dead_button_is_added() -> None:
    theirs = somebodys_project()
    kit = fitted(with_project(theirs))

    assert kit.macros is Macros.THEIRS
    assert parts(kit.data)[MACROS_PART] == theirs
    assert not [name for name in parts(kit.data) if name.endswith(".vml")]
    assert RIBBON_PART not in parts(kit.data)
    assert ExcelFile.from_bytes(kit.data).read_named("ss_msg_running").value


def test_macros_put_in_by_hand_beside_ones_own_get_their_buttons() -> None:
    """The way of macros/README: both sets in one project."""
    both = with_module(macros_bytes(), "Pechat", "Sub PrintAll()\r\nEnd Sub\r\n")
    kit = fitted(with_project(both))

    assert kit.macros is Macros.OURS
    assert parts(kit.data)[MACROS_PART] == both
    assert buttons(kit.data).keys() == ALL


def test_code_names_another_program_lost_are_no_reason_to_overwrite_ones_own_macros() -> None:
    both = with_module(macros_bytes(), "Pechat", "Sub PrintAll()\r\nEnd Sub\r\n")
    nameless = changed(with_project(both), WORKBOOK_PART, 'codeName="ThisWorkbook"', "")

    assert parts(fitted(nameless).data)[MACROS_PART] == both


def test_older_macros_of_ours_beside_ones_own_are_told_of_and_left() -> None:
    old = with_module(macros_bytes(), "modSheetsync", "Sub SheetsyncIssue()\r\n    Beep\r\nEnd Sub\r\n")
    both = with_module(old, "Pechat", "Sub PrintAll()\r\nEnd Sub\r\n")
    kit = fitted(with_project(both))

    assert kit.macros is Macros.AGED
    assert parts(kit.data)[MACROS_PART] == both


def test_code_an_office_wrote_behind_a_sheet_of_ours_counts_as_its_own() -> None:
    code = "Private Sub Workbook_Open()\r\n    Beep\r\nEnd Sub\r\n"
    both = with_module(macros_bytes(), "ThisWorkbook", code)
    newer = with_module(macros_bytes(), "modSheetsync", "Sub SheetsyncIssue()\r\n    Beep\r\nEnd Sub\r\n")

    assert parts(fitted(with_project(both)).data)[MACROS_PART] == both
    assert fitted(with_project(both), macros=newer).macros is Macros.AGED


def test_a_project_nobody_wrote_anything_in_is_replaced() -> None:
    kit = fitted(with_project(with_module(somebodys_project(), "Pechat", "Option Explicit\r\n")))

    assert kit.macros is Macros.OURS
    assert parts(kit.data)[MACROS_PART] == macros_bytes()


def test_a_project_that_cannot_be_read_is_taken_for_somebodys() -> None:
    assert fitted(with_project(b"\xd0\xcf\x11\xe0 macros")).macros is Macros.THEIRS


def with_project(project: bytes) -> bytes:
    """The fitted template with another project, and neither buttons nor ribbon."""
    content = parts(fitted(TEMPLATE, TEXTS).data)
    content[MACROS_PART] = project
    bare = packed(
        {name: data for name, data in content.items() if not name.endswith(".vml") and name != RIBBON_PART}
    )
    bare = changed(bare, PANEL_PART, re.search(r"<legacyDrawing[^>]*>", content[PANEL_PART].decode())[0], "")  # type: ignore[index]
    relations = "xl/worksheets/_rels/sheet1.xml.rels"
    told = re.search(r"<Relationship [^>]*vmlDrawing[^>]*>", content[relations].decode())
    ribbon = re.search(r"<Relationship [^>]*extensibility[^>]*>", content["_rels/.rels"].decode())
    assert told
    assert ribbon
    return changed(changed(bare, relations, told[0], ""), "_rels/.rels", ribbon[0], "")


# --- a refresh


def test_a_refresh_brings_new_texts_and_leaves_the_buttons_where_the_office_moved_them() -> None:
    old = fitted().data
    before = buttons(old)
    place = ", ".join(map(str, before["SheetsyncIssue"][1]))
    drawing = next(name for name in parts(old) if name.endswith(".vml"))
    moved = changed(old, drawing, f"<x:Anchor>{place}<", "<x:Anchor>7, 3, 20, 5, 9, 3, 22, 5<")
    kit = fitted(moved, TEXTS | {KitCell.PYTHON: "D:/Новый/python.exe"})

    assert ExcelFile.from_bytes(kit.data).read_named(KitCell.PYTHON).value == "D:/Новый/python.exe"
    assert buttons(kit.data)["SheetsyncIssue"][1] == [7, 3, 20, 5, 9, 3, 22, 5]
    assert buttons(kit.data).keys() == ALL


def test_a_refresh_replaces_older_macros_and_takes_their_signature_away() -> None:
    old = with_module(macros_bytes(), "modSheetsync", "Sub SheetsyncIssue()\r\n    Beep\r\nEnd Sub\r\n")
    content = parts(fitted(macros=old).data)
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProjectSignature"
    content["xl/vbaProjectSignature.bin"] = b"signed"
    content["xl/_rels/vbaProject.bin.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="vbaProjectSignature.bin"/></Relationships>'
    ).encode()
    kit = fitted(packed(content))

    assert kit.macros is Macros.OURS
    assert parts(kit.data)[MACROS_PART] == macros_bytes()
    assert "xl/vbaProjectSignature.bin" not in parts(kit.data)


def test_a_button_the_office_deleted_comes_back_and_others_stay() -> None:
    old = fitted().data
    drawing = next(name for name in parts(old) if name.endswith(".vml"))
    last = re.findall(r"<v:shape .*?</v:shape>", vml(old), re.DOTALL)[-1]
    kit = fitted(changed(old, drawing, last, ""))

    assert buttons(kit.data) == buttons(old)


def test_buttons_excel_saved_are_known_again() -> None:
    """Excel names a shape by its words and keeps the number beside."""
    old = fitted().data
    drawing = next(name for name in parts(old) if name.endswith(".vml"))
    content = parts(old)
    text = re.sub(
        r'<v:shape id="(\w+)"', r'<v:shape id="Button_x0020_1" o:spid="\1"', content[drawing].decode()
    )
    content[drawing] = text.encode()

    assert parts(fitted(packed(content)).data)[drawing] == content[drawing]
