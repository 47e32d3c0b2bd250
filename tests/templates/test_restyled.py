"""An office restyles the templates as it likes; forms and consolidations still find their places."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill

from invented_plan import PLAN, SCHOOL
from sheetsync.columns import COMPLETENESS, FORM_SHEET, REPORT, FormCell, PanelCell
from sheetsync.forms.model import form_of
from sheetsync.forms.render import fill_form
from sheetsync.model import Status
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out, TableBody
from sheetsync.workbooks.templates import Template, template_bytes
from tools_path import tool


def logo() -> bytes:
    """A red square as a PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xc0\x20\x20" * 40 for _ in range(40))
    header = struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def restyled(template: Template) -> bytes:
    """Another font, colour and width everywhere, a logo, a row of the office's own above the table."""
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(template)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name="Times New Roman", size=12, color="7030A0")
        for letter in "ABCDEFGH":
            sheet.column_dimensions[letter].width = 25
        sheet["A1"].fill = PatternFill("solid", fgColor="FFD966")
    book.worksheets[0].add_image(Image(io.BytesIO(logo())), "F1")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_other_columns(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The form with its columns in another order, as Excel leaves it when an office drags them."""
    order = ("number", "title", "responsible", "deadline", "result", "done_on", "status", "info", "link",
             "document", "reason", "check", "remark", "key")  # fmt: skip
    moved = replace(REPORT, columns=tuple(REPORT.column(key) for key in order))
    monkeypatch.setattr(tool("template_form"), "REPORT", moved)
    return bytes(tool("build_templates").build(Template.FORM))


def issued_from(template: bytes) -> ExcelFile:
    workbook = ExcelFile.from_bytes(template)
    fill_form(workbook, form_of(PLAN, SCHOOL))
    return ExcelFile.from_bytes(workbook.to_bytes())


def by_header(workbook: ExcelFile, key: str) -> list[str]:
    table = workbook.read_table(REPORT.name)
    place = table.headers.index(REPORT.column(key).header)
    return [row[place].text for row in table.rows]


def test_a_form_from_a_restyled_template_says_the_same() -> None:
    plain, restyle = issued_from(template_bytes(Template.FORM)), issued_from(restyled(Template.FORM))

    for key in REPORT.keys:
        assert by_header(restyle, key) == by_header(plain, key)
    for cell in FormCell:
        assert restyle.read_named(cell).value == plain.read_named(cell).value


def test_the_logo_and_the_font_of_the_office_stay() -> None:
    data = issued_from(restyled(Template.FORM)).to_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(data))[FORM_SHEET]
    body = sheet[sheet.tables[REPORT.name].ref.split(":")[0]].row + 2

    assert any(name.startswith("xl/media/") for name in zipfile.ZipFile(io.BytesIO(data)).namelist())
    assert sheet.cell(body, 2).font.name == "Times New Roman"


def test_columns_in_another_order_get_their_own_values(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = issued_from(template_bytes(Template.FORM))
    other = issued_from(with_other_columns(monkeypatch))

    assert other.read_table(REPORT.name).headers != plain.read_table(REPORT.name).headers
    for key in REPORT.keys:
        assert by_header(other, key) == by_header(plain, key)


def test_columns_in_another_order_still_calculate(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """«Проверка» looks at the status wherever the office put it."""
    workbook = issued_from(with_other_columns(monkeypatch))
    table = workbook.read_table(REPORT.name)
    check = table.headers.index(REPORT.column("check").header)
    row = next(at for at, cells in enumerate(table.rows) if cells[check].formula)
    status = "ABCDEFGHIJKLMN"[table.headers.index(REPORT.column("status").header)]
    formula = table.rows[row][check].formula or ""

    assert f'TRIM({status}{table.first_row + row})="{Status.DONE.value}"' in formula


def test_a_restyled_district_workbook_takes_a_consolidation() -> None:
    workbook = ExcelFile.from_bytes(restyled(Template.DISTRICT))
    values = ("Заозёрная СОШ", "да", None, "да", 5, 5, 4, 0, 1, 3, 2, 0.8, 0.66, "", "поступило", "")
    rows = tuple(tuple(map(Out, values)) for _ in range(3))
    workbook.replace_table(COMPLETENESS.name, TableBody(COMPLETENESS.headers, rows))
    workbook.write_named(PanelCell.FILLED, Out(0.8))
    again = ExcelFile.from_bytes(workbook.to_bytes())

    assert [row[0].text for row in again.read_table(COMPLETENESS.name).rows] == ["Заозёрная СОШ"] * 3
    assert again.read_named(PanelCell.FILLED).value == 0.8
